"""Cross entropies written out by hand: ``-sum(y * log p)``, its two-term binary form, and ``-sum(p * y)`` without the log.

A product of log-probabilities and labels keeps, as a residue, which of the three it may become (``tag``) and how far it
has come (``form``): ``times`` after the product, ``sum`` after the sum over the classes, ``minus`` before either once the
sign has changed. What is both summed and negated is a site; a binary form needs no sum, its two terms are enough.
"""

from __future__ import annotations

from dataclasses import replace

from logitlint.interp.core import Core
from logitlint.interp.values import Const, Loc, Tensor, Unknown, Value, passed
from logitlint.kinds import LOG_PROBABILITIES, Kind

#: What a product may become: a categorical cross entropy, one term of a binary one, both, or one without its logarithm.
CATEGORICAL, TERM, BINARY, NO_LOG = "categorical", "term", "binary", "no log"
CHOSEN = "chosen"  #: one without its logarithm that is summed over the classes: the probability of the labelled one
_OF_TENSORFLOW = ("tensorflow.", "keras.", "tf_slim.", "tflearn.")
_TIMES, _MINUS_TIMES, _SUM, _MINUS = "times", "-times", "sum", "-sum"
_FORMS = frozenset({_TIMES, _MINUS_TIMES, _SUM})
_OPPOSITE = {_TIMES: _MINUS_TIMES, _MINUS_TIMES: _TIMES, _SUM: _MINUS}


def product(a: Value, b: Value, loc: Loc, note: str) -> Value | None:
    """``a * b``, where it may be the inside of a cross entropy; else None."""
    for value, labels in ((a, b), (b, a)):
        if not isinstance(value, Tensor) or value.producer is None or value.producer.api.startswith("numpy."):
            continue
        tag = ""
        if value.kind in LOG_PROBABILITIES and value.form in ("", "column") and _may_be_labels(labels):
            tag = CATEGORICAL if value.kind is Kind.LOGPROB_CAT else TERM
        elif value.kind is Kind.PROB_CAT and not value.form and isinstance(labels, Tensor) and _one_hot(labels):
            tag = NO_LOG
        if tag:
            form = _MINUS_TIMES if _is_negative(labels) else _TIMES
            return replace(value, kind=Kind.UNKNOWN, form=form, tag=tag, size=None, origin=passed(value.origin, loc, note))
    return None


def _may_be_labels(value: Value) -> bool:
    """Data from outside, one-hot rows; not what a model made: its probabilities are a teacher's, or make an entropy."""
    if isinstance(value, Tensor):
        return _one_hot(value)
    return isinstance(value, Unknown) and value.sym is not None


def _one_hot(value: Tensor) -> bool:
    kind = value.producer.kind if value.form == "negated" and value.producer is not None else value.kind
    return kind is Kind.ONEHOT and value.form in ("", "negated")


def _is_negative(value: Value) -> bool:
    if isinstance(value, Tensor):
        return value.form == "negated"
    return isinstance(value, Unknown) and value.sym is not None and value.sym[0] == "call" and value.sym[-1] == "neg"


def negated(m: Core, value: Value, loc: Loc) -> Value | None:
    """``-value``; None where it is no part of a cross entropy."""
    if not isinstance(value, Tensor) or value.form not in _FORMS or not value.tag:
        return None
    changed = replace(value, form=_OPPOSITE[value.form])
    if changed.form == _MINUS or (changed.form == _MINUS_TIMES and changed.tag == BINARY):
        return _complete(m, changed, loc)
    return changed


def summed(m: Core, value: Value, axis: Value | None, loc: Loc) -> Value | None:
    """The sum over an axis, the class axis or all of them."""
    if not isinstance(value, Tensor) or value.form not in _FORMS or value.tag not in (CATEGORICAL, NO_LOG):
        return None
    over = axis.value if isinstance(axis, Const) and isinstance(axis.value, int) else None
    if over is not None and value.axis is not None and over != value.axis and (over < 0) == (value.axis < 0):
        return None
    if value.tag == NO_LOG and value.form == _TIMES and _over_classes(value, over):
        return replace(value, form=_SUM, tag=CHOSEN)
    return _after_sum(m, value, loc)


def _over_classes(value: Tensor, over: int | None) -> bool:
    """Whether a sum runs over the axis of the classes. TensorFlow's softmax has the last by default; where it makes the rows of a batch,
    as it mostly does, that is the second."""
    if over is None or value.axis is None or value.producer is None:
        return False
    rows = over == 1 and value.axis == -1 and value.producer.api.startswith(_OF_TENSORFLOW)
    return over == value.axis or (rows and value.rank in (None, 2))


def chosen(value: Tensor) -> Tensor:
    """``sum(p * y)`` over the classes, of which somebody takes the logarithm after all: the probability of the labelled class."""
    return replace(value, kind=Kind.PROB_EL, form="column", axis=None) if value.tag == CHOSEN and value.form == _SUM else value


def _after_sum(m: Core, value: Tensor, loc: Loc) -> Value:
    return _complete(m, value, loc) if value.form == _MINUS_TIMES else replace(value, form=_SUM)


def averaged(value: Value) -> Value | None:
    """A mean over the examples, after the sum over the classes or of the two binary terms."""
    if isinstance(value, Tensor) and (value.form == _SUM or (value.form == _TIMES and value.tag == BINARY)):
        return value
    return None


def added(m: Core, a: Value, b: Value, loc: Loc, minus: bool = False) -> Value | None:
    """``y * log(p) + (1 - y) * log(1 - p)``: two terms of one sign."""
    if not (isinstance(a, Tensor) and isinstance(b, Tensor) and a.tag == b.tag == TERM):
        return None
    sign = _OPPOSITE.get(b.form) if minus else b.form
    if a.form != sign or a.producer == b.producer:
        return None
    both = replace(a, tag=BINARY)
    return _complete(m, both, loc) if a.form == _MINUS_TIMES else both


def _complete(m: Core, value: Tensor, loc: Loc) -> Value:
    assert value.producer is not None
    taken = value.producer.loc
    tag = NO_LOG if value.tag == CHOSEN else value.tag
    how = "" if tag == NO_LOG else ", padded" if taken in m.padded else "" if taken in m.logs else ", stable"
    m.record("written", loc, value.producer.api, value, detail=tag + how)
    return Tensor(Kind.UNKNOWN, producer=value.producer, form="mixed", origin=value.origin)
