"""What operators make of kinds: sums, differences, products and quotients of values, and comparisons of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from math import inf

from logitlint.interp import blends, columns, written
from logitlint.interp.core import Core, hop
from logitlint.interp.guards import Symbol
from logitlint.interp.state import options
from logitlint.interp.transfer import (
    COLUMN,
    LARGEST,
    NARROW,
    PREDICTED,
    SHIFTED,
    broadcast,
    is_axis,
    is_scale,
    is_variable,
    minus,
    number,
    residue,
)
from logitlint.interp.values import ADJUSTED_LOG, Const, Loc, Producer, Tensor, Unknown, Value, made, passed
from logitlint.kinds import PROBABILITIES, Kind

TEMPERED = "tempered"  #: the form of a distribution that is divided by a temperature
WEIGHTED_ROWS = "matmul"  #: what makes a distribution of one-hot rows
_LEAST_FLATTENING = 0.5
_PROB = frozenset({Kind.PROB_CAT, Kind.PROB_EL})


def add(a: Value, b: Value, loc: Loc, note: str) -> Value:
    for tensor, other in ((a, b), (b, a)):
        if not isinstance(tensor, Tensor):
            continue
        amount = number(other)
        if amount is not None or _is_epsilon(other):
            tensor = written.chosen(tensor)
        if amount == 0 and (tensor.kind is not Kind.UNKNOWN or _addends(tensor)):
            return hop(tensor, loc, note)
        if tensor.kind is Kind.SCORES and (amount is not None or is_scores(other) or is_variable(other)):
            return hop(broadcast(tensor, other), loc, note)
        if tensor.kind in _PROB and tensor.form in ("", "column", "complement", "padded") and (amount is not None or _is_epsilon(other)):
            if amount is not None and abs(amount) > 0.01:
                return residue(tensor)
            return replace(tensor, form="padded", tag="", origin=passed(tensor.origin, loc, note))
        if tensor.form == "negated" and amount == 1 and tensor.producer is not None and tensor.producer.kind is Kind.PROB_EL:
            return replace(tensor, kind=Kind.PROB_EL, form="complement", origin=passed(tensor.origin, loc, note))
        if tensor.form == "exp" and amount == 1:
            return replace(tensor, form="1+exp", origin=passed(tensor.origin, loc, note))
        if blends.is_total(tensor) and (_is_epsilon(other) or (amount is not None and abs(amount) <= 0.01)):
            return tensor  # of a division by 0 it keeps
    if isinstance(a, Tensor) and isinstance(b, Tensor):
        summed = _sum(a, b) or _weighted_sum(a, b) or blends.blended(a, b)
        if summed is not None:
            return replace(summed, origin=passed(a.origin, loc, note))
    return residue(a) if isinstance(a, Tensor) else residue(b)


_SUM = "sum of "


def _addends(value: Tensor) -> float:
    """How many distributions were added up, infinity where only running tells; 0 when something else was."""
    if value.kind in _PROB:
        return 1 if value.form in ("", "mixed") else 0
    return float(value.form[len(_SUM) :]) if value.form.startswith(_SUM) else 0


def accumulated(before: Value, after: Value) -> Value | None:
    """What a loop adds up of which one turn gave ``before`` and two turns ``after``, if it is distributions."""
    if not isinstance(before, Tensor) or not isinstance(after, Tensor) or not 0 < _addends(before) < _addends(after):
        return None
    return replace(after, form=f"{_SUM}{inf}")


def many(value: Value, loc: Loc, note: str) -> Value:
    """The sum of an unknown number of values that are alike."""
    if isinstance(value, Tensor) and value.kind in _PROB:
        summed = _sum(value, value)
        return replace(summed, form=f"{_SUM}{inf}", origin=passed(value.origin, loc, note)) if summed is not None else residue(value)
    return value if not isinstance(value, Tensor) or value.kind is Kind.SCORES else residue(value)


def _sum(a: Tensor, b: Tensor) -> Tensor | None:
    """Distributions added up: their number is needed to see that a later division makes a mixture of them."""
    count, more = _addends(a), _addends(b)
    if not count or not more or a.producer is None or b.producer is None or a.producer.kind is not b.producer.kind:
        return None
    if a.producer.kind not in _PROB:
        return None
    return replace(a, kind=Kind.UNKNOWN, size=a.size if a.size == b.size else None, form=f"{_SUM}{count + more}", tag="")


_WEIGHTED = "weighted by "


def _weighted_sum(a: Tensor, b: Tensor) -> Tensor | None:
    """Distributions times written weights: a mixture once the weights sum to 1.

    Weights that are not written prove nothing: ``g * x + (1 - g) * h`` with a sigmoid ``g`` is a gate over any ``x`` and ``h``.
    """
    if not (a.form.startswith(_WEIGHTED) and b.form.startswith(_WEIGHTED)) or a.producer is None or b.producer is None:
        return None
    if a.producer.kind is not b.producer.kind:
        return None
    total = float(a.form[len(_WEIGHTED) :]) + float(b.form[len(_WEIGHTED) :])
    if abs(total - 1) > 1e-9:
        return replace(a, form=f"{_WEIGHTED}{total}")
    return replace(a, kind=a.producer.kind, form="mixed")


def _mixture(value: Tensor, divisor: Value, loc: Loc, note: str) -> Value | None:
    """The mean of as many distributions as were added up; of an unknown number, by what is a number of such."""
    count = _addends(value)
    if count < 2 or value.producer is None or not _divides(divisor, count):
        return None
    return replace(value, kind=value.producer.kind, form="mixed", origin=passed(value.origin, loc, note))


#: The tag of distributions, one behind the other along the last axis but one, times a weight of each that is a distribution there.
_WEIGHED = "weighed"


def _weighed(a: Value, b: Value, loc: Loc, note: str) -> Tensor | None:
    """``p * pi.unsqueeze(-1)``, whose sum over the axis along which ``pi`` sums to 1 is a mixture."""
    for rows, weights in ((a, b), (b, a)):
        if not isinstance(rows, Tensor) or not isinstance(weights, Tensor) or weights.tag != COLUMN:
            continue
        if not rows.kind is weights.kind is Kind.PROB_CAT or {rows.form, weights.form} - {"", "mixed"} or not is_axis(rows, -1):
            continue
        rank = rows.rank if weights.rank is None or weights.rank == rows.rank else None
        return replace(rows, kind=Kind.UNKNOWN, rank=rank, form="mixed", tag=_WEIGHED, origin=passed(rows.origin, loc, note))
    return None


def mixed(value: Value, axis: Value | None, loc: Loc, note: str) -> Tensor | None:
    """The sum of weighed distributions over the axis along which they lie, which is a distribution; None for every other sum."""
    at = axis.value if isinstance(axis, Const) and isinstance(axis.value, int) else None
    if not isinstance(value, Tensor) or value.tag != _WEIGHED or at is None:
        return None
    if at != -2 and (value.rank is None or at != value.rank - 2):
        return None
    return replace(value, kind=Kind.PROB_CAT, rank=None, axis=-1, tag="", columns=None, origin=passed(value.origin, loc, note))


def _divides(divisor: Value, count: float) -> bool:
    by = number(divisor)
    if by is None:
        return count == inf and isinstance(divisor, Unknown) and divisor.sym is not None and _is_count(divisor.sym)
    return by > 1 if count == inf else abs(by - count) <= 1e-9


_COUNT = re.compile(
    r"(?:^|_|\b)(?:n|k|t|m|num|number|count|len|size|turns|steps|times|samples|models|members|passes|runs|folds|repeats)(?:$|_)"
)


def _is_count(sym: Symbol) -> bool:
    """Whether an unknown is the length of something, or named like a number of turns."""
    names = [part for part in sym if isinstance(part, str)]
    return bool(names) and _COUNT.search(names[-1].lower()) is not None


def _is_epsilon(value: Value) -> bool:
    """An unknown that is named like the small number that guards a logarithm."""
    if not isinstance(value, Unknown) or value.sym is None:
        return False
    return any(isinstance(part, str) and part.lower().strip("_").startswith(("eps", "smooth", "tiny")) for part in value.sym)


def subtract(a: Value, b: Value, loc: Loc, note: str) -> Value:
    if number(a) == 1 and isinstance(b, Tensor) and b.kind in (Kind.PROB_EL, Kind.PROB_CAT):
        if b.form == "complement":
            return replace(b, form="", origin=passed(b.origin, loc, note))
        kind = b.kind if b.form in ("", "padded", "column") else Kind.UNKNOWN
        if b.kind is Kind.PROB_CAT:
            return Tensor(Kind.PROB_EL, producer=b.producer, form="mixed", origin=passed(b.origin, loc, note))
        form = "padded" if b.form == "padded" else "complement"
        return replace(b, kind=kind, form=form, tag="", origin=passed(b.origin, loc, note))
    if isinstance(a, Tensor) and isinstance(b, Tensor) and a.kind is b.kind is Kind.SCORES and b.form == LARGEST:
        return replace(a, tag=SHIFTED, origin=passed(a.origin, loc, note))
    if isinstance(a, Tensor) and a.kind is Kind.SCORES and (number(b) is not None or is_scores(b)):
        return hop(broadcast(a, b), loc, note)
    if isinstance(b, Tensor) and b.kind is Kind.SCORES and number(a) is not None:
        return hop(b, loc, note)  # raw scores of the opposite
    if isinstance(a, Tensor) and a.kind in _PROB and _is_epsilon(b):
        return replace(a, form="padded", tag="", origin=passed(a.origin, loc, note))
    return residue(a) if isinstance(a, Tensor) else residue(b)


def _note_entropy(m: Core, log: Value, other: Value) -> None:
    """``log p`` times the same ``p`` is no log-probability on its own."""
    if not (isinstance(log, Tensor) and isinstance(other, Tensor)) or log.producer is None or other.producer is None:
        return
    taken_of = m.logs.get(log.producer.loc)
    if taken_of is not None and taken_of in (other.producer, m.logs.get(other.producer.loc)):
        m.cancelled.add(log.producer.loc)


def contracted(m: Core, operands: Sequence[Value]) -> None:
    """``einsum``, ``dot``: a product and a sum in one, of which no more is known."""
    for log, other in permutations(operands, 2):
        _note_entropy(m, log, other)


def multiply(m: Core, a: Value, b: Value, loc: Loc, note: str) -> Value:
    """A product. ``log p`` times ``p`` (or ``1 - p``) is an entropy or a focal weight, so its log site is cancelled."""
    for log, other in ((a, b), (b, a)):
        if isinstance(log, Tensor) and log.producer is not None and log.producer.loc in m.score_logs and number(other) is None:
            api, scores = m.score_logs[log.producer.loc]
            m.record("product", log.producer.loc, api, scores)
        if isinstance(log, Tensor) and log.producer is not None and log.producer.loc in m.logs and isinstance(other, Tensor):
            _note_entropy(m, log, other)
            entropy = written.product(log, other, loc, note)
            return entropy if entropy is not None else residue(log, "multiplied")
    entropy = written.product(a, b, loc, note)
    if entropy is not None:
        return entropy
    weighed = _weighed(a, b, loc, note)
    if weighed is not None:
        return weighed
    for tensor, other in ((a, b), (b, a)):
        if isinstance(tensor, Tensor) and number(other) is not None:
            if number(other) == 1:
                return replace(hop(tensor, loc, note), tag="")
            if tensor.kind is Kind.SCORES and number(other) != 0:
                return replace(tensor, form="scaled", origin=passed(tensor.origin, loc, note))
            mixture = _mixture(tensor, Const(1 / factor), loc, note) if (factor := number(other)) else None
            if mixture is not None:
                return mixture
            if number(other) == -1:
                entropy = written.negated(m, tensor, loc)
                return entropy if entropy is not None else minus(tensor)
        if isinstance(tensor, Tensor) and tensor.kind is Kind.SCORES and is_scale(other):
            return replace(broadcast(tensor, other), form="scaled", origin=passed(tensor.origin, loc, note))
    for tensor, other in ((a, b), (b, a)):
        weight = number(other)
        if isinstance(tensor, Tensor) and tensor.kind in _PROB and _addends(tensor) and weight is not None and weight > 0:
            return residue(tensor, f"{_WEIGHTED}{float(weight)}")
    return blends.product(a, b, loc) or (residue(a) if isinstance(a, Tensor) and a.producer else residue(b))


def divide(m: Core, a: Value, b: Value, loc: Loc, note: str) -> Value:
    if isinstance(a, Tensor):
        if a.form == "exp" and isinstance(b, Tensor) and b.form == "sumexp" and a.producer == b.producer:
            producer = Producer(loc, Kind.PROB_CAT, "exp(x) / sum(exp(x))")
            form = "mixed" if b.tag == NARROW else ""  # of such exponents no class comes near 0: a logarithm may be taken
            note = "exp(x) / sum(exp(x)) makes softmax probabilities"
            return Tensor(Kind.PROB_CAT, producer=producer, form=form, origin=made(loc, note))
        shares = blends.renormalised(a, b, loc)
        if shares is not None:
            return shares
        if number(b) is not None:
            if number(b) == 1:
                return hop(a, loc, note)
            if a.kind is Kind.SCORES:
                return replace(a, form="scaled", origin=passed(a.origin, loc, note))
        if a.kind is Kind.SCORES and is_scale(b):
            return replace(broadcast(a, b), form="scaled", origin=passed(a.origin, loc, note))
        if a.kind is Kind.LOGPROB_CAT and not a.form and a.producer is not None and a.producer.loc in m.logs and not isinstance(b, Tensor):
            return replace(a, kind=Kind.UNKNOWN, form=ADJUSTED_LOG, tag="")
        if _is_temperature(a, b):
            return _mixture(a, b, loc, note) or replace(a, kind=Kind.UNKNOWN, form=TEMPERED, tag="")
        return _mixture(a, b, loc, note) or residue(a)
    if number(a) == 1 and isinstance(b, Tensor) and b.form == "1+exp":
        producer = Producer(loc, Kind.PROB_EL, "1 / (1 + exp(-x))")
        return Tensor(Kind.PROB_EL, producer=producer, origin=made(loc, "1 / (1 + exp(-x)) makes sigmoid probabilities"))
    return residue(b)


def drawn(m: Core, value: Value) -> None:
    """A logarithm that was adjusted so as to be drawn from: what underflows is never drawn."""
    for _, each in options(value):
        if isinstance(each, Tensor) and each.form == ADJUSTED_LOG and each.producer is not None:
            m.cancelled.add(each.producer.loc)


def _is_temperature(a: Tensor, b: Value) -> bool:
    """Whether a whole distribution is divided by what leaves it flat: by much less it is made sharp, as scores would be."""
    amount = number(b)
    return a.kind is Kind.PROB_CAT and not a.form and amount is not None and amount >= _LEAST_FLATTENING


def is_scores(value: Value) -> bool:
    return isinstance(value, Tensor) and value.kind is Kind.SCORES


def matrix_product(m: Core, a: Value, b: Value, loc: Loc, note: str) -> Value:
    """With a trained variable it is a linear layer by hand: scores. Otherwise nothing is known; nor of a distribution, which a matrix
    of transitions leaves one, unless it weighs one-hot rows. What a sigmoid made is a hidden layer like any other."""
    if isinstance(a, Tensor) and isinstance(b, Tensor) and _weighs_rows(a, b):
        rows = Producer(loc, Kind.PROB_CAT, WEIGHTED_ROWS)
        origin = passed(a.origin, loc, "are the weights of one-hot rows, whose sum is a distribution again")
        return Tensor(Kind.PROB_CAT, -1, b.size, producer=rows, form="mixed", origin=origin)
    distribution = any(isinstance(each, Tensor) and each.kind in PROBABILITIES - {Kind.PROB_EL} for each in (a, b))
    if (is_variable(a) or is_variable(b)) and not distribution:
        producer = Producer(loc, Kind.SCORES, "matmul")
        return Tensor(Kind.SCORES, axis=-1, producer=producer, origin=made(loc, "the product with a trained variable makes raw scores"))
    return Unknown(("call", "matmul", loc, *m.turns()))


def _weighs_rows(weights: Tensor, rows: Tensor) -> bool:
    """Whether a distribution over examples is multiplied with their one-hot classes."""
    on_last = weights.axis in (-1, None) or (weights.axis == 1 and weights.rank in (2, None))
    over_examples = weights.kind is Kind.PROB_CAT and _addends(weights) == 1 and on_last
    return over_examples and rows.kind is Kind.ONEHOT and not rows.form


def operator(m: Core, name: str, a: Value, b: Value, loc: Loc) -> Value:
    """A Python operator on at least one tensor."""
    found = _operator(m, name, a, b, loc)
    return columns.kept(found, a, b) if name in "+-*/" else found


def _operator(m: Core, name: str, a: Value, b: Value, loc: Loc) -> Value:
    note = f"goes into the arithmetic `{name}`"
    if name in "+-":
        entropy = written.added(m, a, b, loc, name == "-")
        if entropy is not None:
            return entropy
        return add(a, b, loc, note) if name == "+" else subtract(a, b, loc, note)
    if name == "*":
        return multiply(m, a, b, loc, note)
    if name == "/":
        return divide(m, a, b, loc, note)
    if name == "@":
        contracted(m, (a, b))
        return matrix_product(m, a, b, loc, note)
    return residue(a) if isinstance(a, Tensor) else residue(b)


_ORDERINGS = frozenset({"<", "<=", ">", ">="})


def comparison(m: Core, name: str, a: Value, b: Value, loc: Loc) -> Value | None:
    """Where a tensor is compared with a threshold: zeros and ones without a gradient; None for every other comparison."""
    if name not in _ORDERINGS:
        return None
    for value, threshold in ((a, b), (b, a)):
        tensors = [each for _, each in options(value) if isinstance(each, Tensor) and each.kind is not Kind.UNKNOWN]
        if tensors:
            note_threshold(m, value, threshold, loc, f"{name} {number(threshold)}")
            form = "hard" if any(each.kind in PREDICTED for each in tensors) else ""
            producer = Producer(loc, Kind.INDEX, name)
            return Tensor(Kind.INDEX, producer=producer, form=form, origin=made(loc, f"the comparison `{name}` gives zeros and ones"))
    return None


def note_threshold(m: Core, value: Value, threshold: Value, loc: Loc, api: str) -> None:
    """A site where a threshold lies inside (0, 1), as one for probabilities does."""
    amount = number(threshold)
    if amount is not None and 0 < amount < 1:
        m.record("comparison", loc, api, value)
