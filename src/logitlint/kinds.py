"""Kinds of values, the kinds that losses want, and the one table that judges their meeting.

The facts behind every cell were measured with the real frameworks: a value of the row's kind was fed to a loss
that wants the column's kind and the result held against the reference formula.
"""

from __future__ import annotations

from enum import Enum


class Kind(str, Enum):
    """What the numbers of a tensor mean.

    ``axis`` (where a distribution sums to one), size and rank are kept beside the kind, see
    :class:`logitlint.interp.values.Tensor`.
    """

    SCORES = "scores"  #: unbounded, made by a learned layer; class logits or element-wise logits by its consumer
    PROB_CAT = "prob_cat"  #: non-negative, sums to 1 along its class axis (softmax)
    PROB_EL = "prob_el"  #: each element a probability of its own, in (0, 1) (sigmoid)
    LOGPROB_CAT = "logprob_cat"  #: logarithm of PROB_CAT (log_softmax)
    LOGPROB_EL = "logprob_el"  #: logarithm of PROB_EL (logsigmoid)
    UNIT = "unit"  #: in [0, 1], piecewise linear (hard_sigmoid)
    CLAMPED = "clamped"  #: scores cut to [0, 1]
    RECTIFIED = "rectified"  #: relu: zero for every negative input
    NONNEG = "nonneg"  #: non-negative otherwise (softplus, exp)
    BOUNDED_PM1 = "bounded_pm1"  #: in [-1, 1] (tanh)
    BOUNDED_0_6 = "bounded_0_6"  #: in [0, 6] (relu6)
    HALF_BOUNDED = "half_bounded"  #: elu, gelu, leaky relu and their kin
    INDEX = "index"  #: class numbers (argmax, round)
    ONEHOT = "onehot"  #: rows of one 1 and zeros
    CONST_ONE = "const_one"  #: softmax over an axis of size one: the constant 1
    FEATURES = "features"  #: the input of a last learned layer
    LOSS = "loss"  #: the value of a loss
    UNKNOWN = "unknown"


class Want(str, Enum):
    """What a consumer does with the value it is given."""

    LOGITS_CAT = "logits_cat"  #: applies softmax itself
    LOGITS_EL = "logits_el"  #: applies sigmoid itself
    PROB_CAT = "prob_cat"  #: takes the logarithm of a distribution over classes
    PROB_EL = "prob_el"  #: takes log(p) and log(1 - p) of every element
    LOGPROB_CAT = "logprob_cat"  #: takes log-probabilities as they are
    TARGET_PROB = "target_prob"  #: a target given as probabilities (KL divergence)
    TARGET_INDEX = "target_index"  #: a target given as class numbers
    TARGET_ONEHOT = "target_onehot"  #: a target given as one row of class probabilities, most often one-hot
    ANY = "any"


PROBABILITIES = frozenset({Kind.PROB_CAT, Kind.PROB_EL, Kind.ONEHOT})
LOG_PROBABILITIES = frozenset({Kind.LOGPROB_CAT, Kind.LOGPROB_EL})
BOUNDED = frozenset({Kind.RECTIFIED, Kind.BOUNDED_PM1, Kind.BOUNDED_0_6})

#: Kinds that every join of a value with itself keeps but that say nothing on their own.
SILENT = frozenset({Kind.UNKNOWN, Kind.FEATURES, Kind.LOSS, Kind.HALF_BOUNDED, Kind.NONNEG, Kind.CONST_ONE, Kind.ONEHOT})

_CELLS: dict[Want, dict[Kind, str]] = {
    Want.LOGITS_CAT: {
        Kind.PROB_CAT: "LGT101",
        Kind.PROB_EL: "LGT104",
        Kind.LOGPROB_CAT: "LGT102",
        Kind.LOGPROB_EL: "LGT104",
        Kind.UNIT: "LGT105",
        Kind.RECTIFIED: "LGT105",
        Kind.BOUNDED_PM1: "LGT105",
        Kind.BOUNDED_0_6: "LGT105",
        Kind.INDEX: "LGT407",
    },
    Want.LOGITS_EL: {
        Kind.PROB_CAT: "LGT104",
        Kind.PROB_EL: "LGT103",
        Kind.LOGPROB_CAT: "LGT104",
        Kind.LOGPROB_EL: "LGT104",
        Kind.UNIT: "LGT105",
        Kind.RECTIFIED: "LGT105",
        Kind.BOUNDED_PM1: "LGT105",
        Kind.BOUNDED_0_6: "LGT105",
        Kind.INDEX: "LGT407",
    },
    Want.PROB_CAT: {
        Kind.SCORES: "LGT201",
        Kind.PROB_EL: "LGT401",
        Kind.LOGPROB_CAT: "LGT204",
        Kind.LOGPROB_EL: "LGT204",
        Kind.RECTIFIED: "LGT205",
        Kind.BOUNDED_PM1: "LGT205",
        Kind.BOUNDED_0_6: "LGT205",
        Kind.CLAMPED: "LGT206",
        Kind.INDEX: "LGT407",
    },
    Want.PROB_EL: {
        Kind.SCORES: "LGT201",
        Kind.PROB_CAT: "LGT402",
        Kind.LOGPROB_CAT: "LGT204",
        Kind.LOGPROB_EL: "LGT204",
        Kind.RECTIFIED: "LGT205",
        Kind.BOUNDED_PM1: "LGT205",
        Kind.BOUNDED_0_6: "LGT205",
        Kind.CLAMPED: "LGT206",
        Kind.INDEX: "LGT407",
    },
    Want.LOGPROB_CAT: {
        Kind.SCORES: "LGT202",
        Kind.PROB_CAT: "LGT203",
        Kind.PROB_EL: "LGT203",
        Kind.INDEX: "LGT407",
    },
    Want.TARGET_PROB: {
        Kind.LOGPROB_CAT: "LGT204",
        Kind.LOGPROB_EL: "LGT204",
    },
    Want.TARGET_INDEX: {},
    Want.TARGET_ONEHOT: {},
    Want.ANY: {},
}

#: The forms in which labels are wanted. What contradicts them is not a matter of kinds alone: see :mod:`logitlint.rules.forms`.
LABELS = frozenset({Want.TARGET_INDEX, Want.TARGET_ONEHOT})


def judge(kind: Kind, want: Want) -> str | None:
    """The rule code that a value of ``kind`` earns at a consumer that wants ``want``; None where they agree or nothing is known.

    Total over both enumerations.
    """
    return _CELLS[want].get(kind)


_FITS: dict[Want, frozenset[Kind]] = {
    Want.LOGITS_CAT: frozenset({Kind.SCORES}),
    Want.LOGITS_EL: frozenset({Kind.SCORES}),
    Want.PROB_CAT: frozenset({Kind.PROB_CAT, Kind.ONEHOT}),
    Want.PROB_EL: frozenset({Kind.PROB_EL, Kind.PROB_CAT, Kind.UNIT, Kind.ONEHOT}),
    Want.LOGPROB_CAT: frozenset({Kind.LOGPROB_CAT}),
    Want.TARGET_PROB: frozenset({Kind.PROB_CAT, Kind.PROB_EL, Kind.ONEHOT}),
}


def fits(kind: Kind, want: Want | None) -> bool:
    """Whether ``kind`` is what the consumer wants: for ``audit``, where silence must not read as approval."""
    return want is not None and kind in _FITS.get(want, frozenset())
