"""Every cell of ``kinds.judge`` that a real loss can show.

One random matrix of scores is turned into a value of each kind and fed to each loss. What the author means is always the same: the
cross entropy of those scores. Where the table is silent the loss must return it; where the table has a code the loss must return
something else, or refuse. What is neither is listed in ``ON_PURPOSE`` with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import torch
import torch.nn.functional as F

from logitlint.kinds import SILENT, Kind, Want, judge

Maker = Callable[[torch.Tensor], torch.Tensor]
Loss = Callable[[torch.Tensor], float]

BATCH, CLASSES = 64, 5
_GENERATOR = torch.Generator().manual_seed(7)
SCORES = torch.randn(BATCH, CLASSES, generator=_GENERATOR, dtype=torch.float64) * 2
LABELS = torch.randint(0, CLASSES, (BATCH,), generator=_GENERATOR)
ONE_HOT = F.one_hot(LABELS, CLASSES).double()
TEACHER = torch.softmax(torch.randn(BATCH, CLASSES, generator=_GENERATOR, dtype=torch.float64), dim=1)

VALUES: dict[Kind, Maker] = {
    Kind.SCORES: lambda x: x,
    Kind.PROB_CAT: lambda x: torch.softmax(x, dim=1),
    Kind.PROB_EL: torch.sigmoid,
    Kind.LOGPROB_CAT: lambda x: torch.log_softmax(x, dim=1),
    Kind.LOGPROB_EL: F.logsigmoid,
    Kind.UNIT: F.hardsigmoid,
    Kind.CLAMPED: lambda x: x.clamp(0, 1),
    Kind.RECTIFIED: torch.relu,
    Kind.BOUNDED_PM1: torch.tanh,
    Kind.BOUNDED_0_6: F.relu6,
    Kind.INDEX: lambda x: x.argmax(dim=1),
}

#: What the author means: cross entropy of the scores, class by class or element by element, in float64.
CROSS_ENTROPY = float(-(ONE_HOT * (SCORES - SCORES.logsumexp(dim=1, keepdim=True))).sum(dim=1).mean())
BINARY_CROSS_ENTROPY = float((SCORES.clamp(min=0) - SCORES * ONE_HOT + torch.log1p(torch.exp(-SCORES.abs()))).mean())
DIVERGENCE = float((TEACHER * (TEACHER.log() - SCORES + SCORES.logsumexp(dim=1, keepdim=True))).sum(dim=1).mean())
#: With the softmax of the scores as the target and the teacher as the prediction.
DIVERGENCE_FROM_TEACHER = float((torch.softmax(SCORES, 1) * (torch.log_softmax(SCORES, 1) - TEACHER.log())).sum(dim=1).mean())


def keras_loss(function: Callable[..., Any], target: torch.Tensor, **options: Any) -> Loss:
    """Keras on plain numbers: no layer made them, so nothing is cached on the way."""
    return lambda value: float(np.mean(keras.ops.convert_to_numpy(function(target.numpy(), value.numpy(), **options))))


LOSSES: dict[tuple[Want, str], tuple[Loss, float]] = {
    (Want.LOGITS_CAT, "cross_entropy"): (lambda v: float(F.cross_entropy(v, LABELS)), CROSS_ENTROPY),
    (Want.LOGITS_CAT, "CrossEntropyLoss, one-hot target"): (lambda v: float(torch.nn.CrossEntropyLoss()(v, ONE_HOT)), CROSS_ENTROPY),
    (Want.LOGITS_CAT, "keras categorical, from_logits=True"): (
        keras_loss(keras.losses.categorical_crossentropy, ONE_HOT, from_logits=True),
        CROSS_ENTROPY,
    ),
    (Want.LOGITS_EL, "binary_cross_entropy_with_logits"): (
        lambda v: float(F.binary_cross_entropy_with_logits(v, ONE_HOT)),
        BINARY_CROSS_ENTROPY,
    ),
    (Want.LOGITS_EL, "MultiLabelSoftMarginLoss"): (lambda v: float(torch.nn.MultiLabelSoftMarginLoss()(v, ONE_HOT)), BINARY_CROSS_ENTROPY),
    (Want.LOGITS_EL, "keras binary, from_logits=True"): (
        keras_loss(keras.losses.binary_crossentropy, ONE_HOT, from_logits=True),
        BINARY_CROSS_ENTROPY,
    ),
    (Want.PROB_EL, "binary_cross_entropy"): (lambda v: float(F.binary_cross_entropy(v, ONE_HOT)), BINARY_CROSS_ENTROPY),
    (Want.PROB_EL, "keras binary"): (keras_loss(keras.losses.binary_crossentropy, ONE_HOT), BINARY_CROSS_ENTROPY),
    (Want.PROB_CAT, "keras categorical"): (keras_loss(keras.losses.categorical_crossentropy, ONE_HOT), CROSS_ENTROPY),
    (Want.PROB_CAT, "keras sparse"): (keras_loss(keras.losses.sparse_categorical_crossentropy, LABELS), CROSS_ENTROPY),
    (Want.LOGPROB_CAT, "nll_loss"): (lambda v: float(F.nll_loss(v, LABELS)), CROSS_ENTROPY),
    (Want.LOGPROB_CAT, "kl_div, input"): (lambda v: float(F.kl_div(v, TEACHER, reduction="batchmean")), DIVERGENCE),
    (Want.TARGET_PROB, "kl_div, target"): (
        lambda v: float(F.kl_div(TEACHER.log(), v, reduction="batchmean")),
        DIVERGENCE_FROM_TEACHER,
    ),
}

#: Redundant, not wrong: the value is the one that is meant.
EQUAL_THOUGH_REPORTED = frozenset({"LGT102"})

_HARD = "a hard sigmoid is a probability in its own right: the loss computes what it says, on another curve than the sigmoid's"
_CLIPPED = "scores clipped before a loss on logits: bounded on purpose, as in pointer networks and actor-critics"
_NOT_JUDGED = "wrong, but no activation that people put before a loss on log-probabilities: not worth a rule yet"
_TARGET = "a target is judged only where it is known to be log-probabilities: people scale and soften targets in many ways"

ON_PURPOSE: dict[tuple[Kind, Want], str] = {
    (Kind.CLAMPED, Want.LOGITS_CAT): _CLIPPED,
    (Kind.CLAMPED, Want.LOGITS_EL): _CLIPPED,
    (Kind.UNIT, Want.PROB_CAT): _HARD,
    (Kind.UNIT, Want.PROB_EL): _HARD,
    (Kind.LOGPROB_EL, Want.LOGPROB_CAT): "one against the rest: log-probabilities, each of its own class, are read as they are",
    **dict.fromkeys([(kind, Want.LOGPROB_CAT) for kind in (Kind.UNIT, Kind.CLAMPED, Kind.RECTIFIED)], _NOT_JUDGED),
    **dict.fromkeys([(kind, Want.LOGPROB_CAT) for kind in (Kind.BOUNDED_PM1, Kind.BOUNDED_0_6)], _NOT_JUDGED),
    **dict.fromkeys([(kind, Want.TARGET_PROB) for kind in VALUES if not kind.name.startswith(("PROB_CAT", "LOGPROB"))], _TARGET),
}


def outcome(loss: Loss, kind: Kind) -> float | None:
    """The loss of a value of ``kind`` made from the scores; None when the framework refuses the value."""
    try:
        return loss(VALUES[kind](SCORES))
    except (RuntimeError, ValueError, IndexError, TypeError):
        return None


def agrees(got: float | None, meant: float) -> bool:
    return got is not None and bool(np.isclose(got, meant, rtol=1e-4))


CELLS = [pytest.param(kind, want, name, id=f"{kind.value}-{want.value}-{name}") for kind in VALUES for want, name in LOSSES]


@pytest.mark.parametrize(("kind", "want", "name"), CELLS)
def test_cell(kind: Kind, want: Want, name: str) -> None:
    loss, meant = LOSSES[want, name]
    got, code = outcome(loss, kind), judge(kind, want)
    if code is None and (kind, want) not in ON_PURPOSE:
        assert agrees(got, meant), f"silent, but {name} returns {got} instead of {meant}"
    elif code in EQUAL_THOUGH_REPORTED:
        assert agrees(got, meant), f"reported as redundant, but {name} returns {got} instead of {meant}"
    else:
        assert not agrees(got, meant), f"{code or ON_PURPOSE[kind, want]}: yet {name} returns the value that is meant, {meant}"


def test_the_exceptions_are_silent_cells() -> None:
    """An exception that a rule has come to report must leave the list."""
    assert {cell: judge(*cell) for cell in ON_PURPOSE if judge(*cell) is not None} == {}


def test_every_kind_is_fed_or_says_nothing_by_itself() -> None:
    assert set(Kind) == set(VALUES) | set(SILENT)
    assert {(kind, want) for kind in SILENT for want in Want if judge(kind, want) is not None} == set()
