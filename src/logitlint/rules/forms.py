"""What each form of site earns beside the table of kinds: a site and one alternative of its value -> a rule's code, or None.

Every function here is silent on what is not known: labels are labels only where a labelling function made them, a
prediction is one only where a model made it, an axis is wrong only where both axes are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from logitlint import catalog
from logitlint.catalog import short
from logitlint.interp.arithmetic import TEMPERED
from logitlint.interp.buffers import FILLED
from logitlint.interp.guards import Symbol
from logitlint.interp.sites import Site
from logitlint.interp.state import options
from logitlint.interp.transfer import CUT, MOVED
from logitlint.interp.values import Loc, Tensor, Unknown, Value, made, steps
from logitlint.kinds import LOG_PROBABILITIES, PROBABILITIES, Kind, Want, fits, judge

_LOGITS = frozenset({Want.LOGITS_CAT, Want.LOGITS_EL})
_PROBS = frozenset({Want.PROB_CAT, Want.PROB_EL})
#: The kinds that a model makes of its input.
_PREDICTED = frozenset({Kind.SCORES, Kind.PROB_CAT, Kind.PROB_EL}) | LOG_PROBABILITIES
_CATEGORICAL = frozenset({Kind.PROB_CAT, Kind.LOGPROB_CAT})
#: The last names of what makes labels of labels: a rounded or sampled value is none.
_ONE_HOT = frozenset({"one_hot", "to_categorical", "one_hot_encoding"})
_CLASSES = frozenset({"argmax", "load_data"})
_ACTIVATIONS = frozenset({"softmax", "Softmax", "sigmoid", "Sigmoid", "log_softmax", "LogSoftmax"})

#: Losses on element-wise probabilities with a twin on logits, by canonical name, and what to write instead.
FUSED: dict[str, str] = {
    "torch.nn.BCELoss": "`nn.BCEWithLogitsLoss` on the scores",
    "torch.nn.functional.binary_cross_entropy": "`F.binary_cross_entropy_with_logits` on the scores",
    "paddle.nn.BCELoss": "`paddle.nn.BCEWithLogitsLoss` on the scores",
    "paddle.nn.functional.binary_cross_entropy": "`binary_cross_entropy_with_logits` on the scores",
    "mindspore.nn.BCELoss": "`mindspore.nn.BCEWithLogitsLoss` on the scores",
    "mindspore.ops.BinaryCrossEntropy": "`mindspore.nn.BCEWithLogitsLoss` on the scores",
    "mindspore.ops.binary_cross_entropy": "`mindspore.ops.binary_cross_entropy_with_logits` on the scores",
    **dict.fromkeys(
        (
            "keras.losses.BinaryCrossentropy",
            "keras.losses.binary_crossentropy",
            "keras.losses.BinaryFocalCrossentropy",
            "keras.losses.binary_focal_crossentropy",
            "keras.ops.binary_crossentropy",
            "keras.backend.binary_crossentropy",
        ),
        "`from_logits=True` and no sigmoid in the model",
    ),
}
#: Losses that nobody trains on: they take probabilities in whatever shape, and say with them how good a model is.
MEASURED = frozenset({"sklearn.metrics.log_loss", "sklearn.metrics.brier_score_loss"})


# ---------------------------------------------------------------------- losses


def swapped(site: Site, value: Value) -> str | None:
    """LGT409: labels where the prediction belongs, and a model's output where the labels belong."""
    if site.role.startswith("prediction") and is_labels(value) and site.target is not None and _is_prediction(site.target):
        return "LGT409"
    return None


def exchanged(site: Site, value: Value, aim: Site, target: Value) -> bool:
    """Whether a prediction and a target that are both wrong would be right in each other's place: `kl_div(softmax(t), log_softmax(s))`."""
    if aim.role != "target" or not site.role.startswith("prediction") or site.want is None:
        return False
    if not (isinstance(value, Tensor) and isinstance(target, Tensor)) or value.form or target.form not in ("", "scaled"):
        return False
    return value.kind in PROBABILITIES and (fits(target.kind, site.want) or judge(target.kind, site.want) == "LGT102")


def is_labels(value: Value) -> bool:
    """Class numbers or one-hot rows that are nobody's prediction; what a session is fed."""
    if not isinstance(value, Tensor) or value.producer is None or value.form:
        return False
    last = value.producer.api.rpartition(".")[2]
    if last == "placeholder":
        return True
    return (value.kind is Kind.ONEHOT and (last in _ONE_HOT or last.startswith(FILLED))) or (value.kind is Kind.INDEX and last in _CLASSES)


def _is_prediction(value: Value) -> bool:
    return all(isinstance(each, Tensor) and each.kind in _PREDICTED and each.producer is not None for _, each in options(value))


def hard(site: Site, value: Value) -> str | None:
    """LGT407 for what the table cannot see: one-hot rows of the classes that a model predicts."""
    made = isinstance(value, Tensor) and value.kind is Kind.ONEHOT and value.form == "hard"
    return "LGT407" if made and site.role.startswith("prediction") else None


def misplaced(site: Site, value: Value) -> str | None:
    """LGT406: the distribution runs along another axis than the one along which the loss looks for classes.

    A loss that applies softmax itself leaves log-probabilities over its own axis as they are, and over no other.
    """
    if not isinstance(value, Tensor) or value.kind not in (Kind.PROB_CAT, Kind.LOGPROB_CAT) or value.form not in ("", "padded"):
        return None
    unharmed = value.kind is Kind.LOGPROB_CAT and site.want is Want.LOGITS_CAT
    if value.axis is None or site.axis is None or not (unharmed or fits(value.kind, site.want)):
        return None
    if value.rank is not None and value.rank > 1:
        return "LGT406" if value.axis % value.rank != site.axis % value.rank else None
    # axis 0 may be that of a single example, a negative one may be any
    return "LGT406" if value.rank is None and value.axis > 0 and site.axis >= 0 and value.axis != site.axis else None


_WORDS: dict[Kind, str] = {
    Kind.SCORES: "raw scores",
    Kind.PROB_CAT: "probabilities",
    Kind.PROB_EL: "sigmoid probabilities",
    Kind.LOGPROB_CAT: "log-probabilities",
    Kind.LOGPROB_EL: "log-probabilities",
    Kind.INDEX: "class numbers",
    Kind.BOUNDED_PM1: "values in [-1, 1]",
}
_NEVER_LABELS = frozenset({Kind.SCORES, Kind.BOUNDED_PM1}) | LOG_PROBABILITIES
#: What the target is not meant to be where the prediction, or the target itself, has to be something; and what it is meant to be.
_UNFIT: dict[Want, tuple[frozenset[Kind], str]] = {
    **dict.fromkeys((*_LOGITS, *_PROBS), (_NEVER_LABELS, "labels or probabilities")),
    Want.TARGET_ONEHOT: (_NEVER_LABELS, "labels or probabilities"),
    Want.TARGET_INDEX: (_NEVER_LABELS, "class numbers"),
    Want.LOGPROB_CAT: (frozenset({Kind.SCORES, Kind.BOUNDED_PM1, Kind.PROB_CAT, Kind.PROB_EL}), "class numbers or log-probabilities"),
    Want.TARGET_PROB: (_NEVER_LABELS | {Kind.PROB_EL, Kind.INDEX}, "probabilities that sum to 1"),
}


def unfit_target(want: Want | None, value: Value) -> str:
    """In what a known target contradicts a loss of whose prediction, or of whose target, ``want`` speaks; "" if in nothing."""
    unfit = _UNFIT[want][0] if want in _UNFIT else frozenset[Kind]()
    if not isinstance(value, Tensor) or value.producer is None or value.kind not in unfit:
        return ""
    if value.form not in ("", "padded", "scaled", "hard", CUT):
        return ""
    return f"the target is {_WORDS[value.kind]} where {expected_target(want)} are expected"


def expected_target(want: Want | None) -> str:
    """What the target of a loss is meant to be, of whose prediction, or of whose target, ``want`` speaks."""
    return _UNFIT[want][1] if want in _UNFIT else "labels"


def askew(value: Value, target: Value) -> str:
    """Where two distributions that are compared sum to 1 along different axes; "" if they do not."""
    if not (isinstance(value, Tensor) and isinstance(target, Tensor)) or value.kind not in _CATEGORICAL or target.kind not in _CATEGORICAL:
        return ""
    if value.axis is None or target.axis is None:
        return ""
    rank = value.rank or target.rank
    same = value.axis == target.axis if rank is None else value.axis % rank == target.axis % rank
    if same or (rank is None and (value.axis < 0) != (target.axis < 0)):
        return ""
    return f"the values sum to 1 along axis {value.axis}, the target along axis {target.axis}"


def doubtful(site: Site, value: Value) -> str:
    """Why a prediction of the right kind is hardly what the loss wants."""
    if not isinstance(value, Tensor):
        return ""
    if value.kind is Kind.SCORES and value.form == CUT and site.want in _LOGITS:
        return "the scores were cut, or filled with a number that counts as a score"
    if value.kind not in _CATEGORICAL or not fits(value.kind, site.want):
        return ""
    if value.tag == MOVED:
        return "a reshape may have moved the axis along which the values sum to 1"
    if value.axis is None or site.axis is None or site.want is Want.PROB_EL or value.rank == 1:
        return ""
    elsewhere = value.axis == 0 != site.axis or (value.axis < -1 and site.axis == -1)
    elsewhere = elsewhere or (value.axis == 1 and site.axis == -1 and value.rank != 2)  # the last only of two
    return f"the values sum to 1 along axis {value.axis}, the loss reads axis {site.axis}" if elsewhere else ""


def reads_last(site: Site, value: Tensor) -> bool:
    """Whether a loss may look for classes along the last axis."""
    return site.axis is None or value.rank is None or value.rank < 2 or site.axis % value.rank == value.rank - 1


def first_place(value: Value, otherwise: Loc) -> Loc:
    """Where the first step of a value's way stands: the activation itself, whatever was done to it since."""
    way = steps(value.origin) if isinstance(value, Tensor) else []
    return way[0].loc if way else otherwise


def fresh_sigmoid(site: Site, value: Value) -> str | None:
    """LGT308: the output of a sigmoid, as it was made, in a loss that has a twin on logits."""
    if not isinstance(value, Tensor) or value.kind is not Kind.PROB_EL or value.form or site.want is not Want.PROB_EL:
        return None
    return "LGT308" if catalog.canonical(site.api) in FUSED and site.role.startswith("prediction") else None


def labels(site: Site, value: Value) -> str | None:
    """LGT408: class numbers for a loss on one-hot rows, or the other way round; what is no label at all."""
    if not is_labels(value):
        return no_labels(site, value)
    assert isinstance(value, Tensor)
    wrong = Kind.ONEHOT if site.want is Want.TARGET_INDEX else Kind.INDEX
    return "LGT408" if value.kind is wrong else None


def no_labels(site: Site, value: Value) -> str | None:
    """LGT408: raw scores or log-probabilities, as a model made them, where labels belong or what a teacher makes of its scores."""
    if not isinstance(value, Tensor) or value.form or value.producer is None:
        return None
    if value.kind in LOG_PROBABILITIES and site.want is Want.TARGET_PROB:
        return None  # LGT204
    if value.kind is not Kind.SCORES and value.kind not in LOG_PROBABILITIES:
        return None
    if "conv" in value.producer.api.rpartition(".")[2].lower():
        return None  # some have weights that are written by hand: the edges of a mask are labels
    return "LGT408" if unfit_target(site.want, value) else None


# ---------------------------------------------------------------------- other consumers


def distribution(site: Site, value: Value) -> str | None:
    """LGT501: scores or log-probabilities as ``probs``, probabilities as ``logits``."""
    if not isinstance(value, Tensor):
        return None
    if site.want in _LOGITS:
        return "LGT501" if value.kind in (Kind.PROB_CAT, Kind.PROB_EL) or value.form == TEMPERED else None
    return "LGT501" if site.want in _PROBS and value.kind in (Kind.SCORES, *LOG_PROBABILITIES) else None


def metric(site: Site, value: Value) -> str | None:
    """LGT502: a metric compares with a threshold between 0 and 1, or counts on scores, whatever the loss is told; LGT201: it is a loss."""
    if not isinstance(value, Tensor):
        return None
    if site.want in _PROBS and value.kind is Kind.SCORES:
        return "LGT201" if catalog.canonical(site.api) in MEASURED else "LGT502"
    if site.want in _PROBS:
        return None
    return "LGT502" if site.want in _LOGITS and value.kind in PROBABILITIES else None


def written(site: Site, value: Value) -> str | None:
    """LGT305, and LGT310 where the logarithm is missing."""
    return "LGT310" if site.detail == "no log" else "LGT305"


def across_batch(site: Site, value: Value) -> str | None:
    """LGT406: classes are picked along the last axis of what is a distribution over the rows."""
    if not isinstance(value, Tensor) or value.form or value.kind not in (Kind.PROB_CAT, Kind.LOGPROB_CAT):
        return None
    return "LGT406" if value.rank == 2 and value.axis in (0, -2) and site.axis in (1, -1) else None


# ---------------------------------------------------------------------- what a value is used for elsewhere


class Uses:
    """What the losses of the whole analysis do with the values that each layer makes."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self._wants: defaultdict[Loc, set[Want]] = defaultdict(set)
        self._told: set[Loc] = set()  #: losses that some callers tell to expect scores
        self._activated: dict[tuple[object, Symbol], Site] = {}
        self._of_layers: set[Loc] = set()  #: activations of what a layer makes
        self.trained: set[Loc] = set()  #: what makes a value that a loss is given
        for site in sites:
            if site.form in ("loss", "free") and site.want is not None and site.role.startswith("prediction"):
                if site.want in _LOGITS:
                    self._told.add(site.loc)
                for _, value in options(site.value):
                    if isinstance(value, Tensor) and value.producer is not None:
                        self._wants[value.producer.loc].add(site.want)
                        if site.form == "loss":
                            self.trained.add(value.producer.loc)
            elif site.form == "activation" and site.api.rpartition(".")[2] in _ACTIVATIONS:
                for _, value in options(site.value):
                    if isinstance(value, Tensor) and value.kind is Kind.SCORES:
                        self._of_layers.add(site.loc)
                    if isinstance(value, Unknown) and value.sym is not None:
                        self._activated.setdefault((site.loc[:2], value.sym), site)

    def as_scores(self, site: Site, value: Value) -> Tensor | None:
        """A value of which nothing is known but that the same definition gives to a softmax or sigmoid too: used as scores. Not by a loss
        that takes what it is told to: by this caller probabilities."""
        if not isinstance(value, Unknown) or value.sym is None or site.loc in self._told:
            return None
        found = self._activated.get((site.loc[:2], value.sym))
        if found is None:
            return None
        note = f"goes into `{short(found.api)}` here, so it is used as scores"
        return Tensor(Kind.SCORES, form="used", origin=made(found.loc, note))

    def is_of_no_layer(self, value: Value) -> bool:
        """Whether an activation made a value of numbers of which it is not known that a layer gives them: they may be there to be shown."""
        producer = value.producer if isinstance(value, Tensor) else None
        return producer is not None and producer.kind is not Kind.SCORES and producer.loc not in self._of_layers

    def are_logits(self, value: Value) -> bool:
        """Scores that every loss they reach takes as logits: numbers whose probability is their sigmoid or softmax."""
        if not isinstance(value, Tensor) or value.kind is not Kind.SCORES or value.producer is None:
            return False
        wants = self._wants.get(value.producer.loc)
        return wants is not None and wants <= _LOGITS
