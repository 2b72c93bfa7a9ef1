"""Distributions times weights that are not written down: what makes distributions of such products again.

A product is a residue whose ``tag`` says what the weight is: divided by its own sum it sums to 1 again, and so does its sum with a
distribution that has the rest of the weight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeGuard

from logitlint.interp.transfer import is_axis, number, residue
from logitlint.interp.values import Const, Loc, Producer, Tensor, Unknown, Value, passed
from logitlint.kinds import Kind

#: What makes a distribution of values that are divided by their sum.
RENORMALISED = "p / sum(p)"
_PRODUCT = "times "  #: begins the tag of a distribution that is multiplied by a weight
_TOTAL = "total of "  #: begins the form of the sum over the classes of a distribution, or of such a product
_WHOLE = frozenset({"", "mixed", "padded"})
#: Factors without a negative part, and what is not known to have one.
_WEIGHTS = frozenset({Kind.PROB_CAT, Kind.PROB_EL, Kind.UNIT, Kind.CLAMPED, Kind.NONNEG, Kind.RECTIFIED, Kind.INDEX, Kind.ONEHOT})


def product(a: Value, b: Value, loc: Loc) -> Tensor | None:
    """``p * w`` with a weight, or a mask, that is not known; None where no distribution is weighed."""
    for rows, weight in ((a, b), (b, a)):
        if not _is_distribution(rows) or not _is_weight(weight):
            continue
        left = residue(rows)
        if isinstance(left, Tensor):
            return replace(left, axis=rows.axis, rank=rows.rank, tag=f"{_PRODUCT}{_name(weight) or loc}")
    return None


def is_product(value: Tensor) -> bool:
    return value.kind is Kind.UNKNOWN and value.tag.startswith(_PRODUCT)


def total(value: Value, axis: Value | None, given: Mapping[str, Value]) -> Tensor | None:
    """``p.sum(1, keepdim=True)`` over the classes; None for every other sum."""
    at = axis.value if isinstance(axis, Const) and isinstance(axis.value, int) else None
    keeps = Const(True) in (given.get("keepdim"), given.get("keepdims"))
    if not isinstance(value, Tensor) or not (_is_distribution(value) or is_product(value)):
        return None
    if at is None or not keeps or not is_axis(value, at):
        return None
    left = residue(value)
    return replace(left, form=f"{_TOTAL}{_same(value)}") if isinstance(left, Tensor) else None


def is_total(value: Tensor) -> bool:
    return value.form.startswith(_TOTAL)


def renormalised(value: Tensor, divisor: Value, loc: Loc) -> Tensor | None:
    """A distribution, or a product of one, divided by its own sum over the classes."""
    if not isinstance(divisor, Tensor) or not is_total(divisor) or not (_is_distribution(value) or is_product(value)):
        return None
    if divisor.form != f"{_TOTAL}{_same(value)}":
        return None
    origin = passed(value.origin, loc, "is divided by its sum, and sums to 1")
    return Tensor(Kind.PROB_CAT, value.axis, value.size, value.rank, Producer(loc, Kind.PROB_CAT, RENORMALISED), "mixed", origin=origin)


def as_shares(value: Value, order: Value) -> Value:
    """A product as what it is to a division by its norm of this order: not negative."""
    product = isinstance(value, Tensor) and is_product(value) and number(order) == 1
    return replace(value, kind=Kind.PROB_EL, tag="") if isinstance(value, Tensor) and product else value


def blended(a: Tensor, b: Tensor) -> Tensor | None:
    """``w * a + (1 - w) * b`` of two distributions."""
    if not is_product(a) or not is_product(b) or a.producer is None or b.producer is None or a.axis != b.axis:
        return None
    one, other = a.tag.removeprefix(_PRODUCT), b.tag.removeprefix(_PRODUCT)
    if one != _rest(other) and other != _rest(one):
        return None
    return replace(a, kind=Kind.PROB_CAT, form="mixed", tag="")


def is_divided(value: Value) -> bool:
    """Whether a value is a distribution since it was divided by its sum."""
    if not isinstance(value, Tensor) or value.kind is not Kind.PROB_CAT or value.producer is None:
        return False
    return value.producer.api == RENORMALISED or value.producer.api.endswith(".normalize")


def _is_distribution(value: Value) -> TypeGuard[Tensor]:
    return isinstance(value, Tensor) and value.kind is Kind.PROB_CAT and value.form in _WHOLE and value.producer is not None


def _is_weight(value: Value) -> bool:
    return isinstance(value, Unknown) or (isinstance(value, Tensor) and value.kind in _WEIGHTS)


_DEEPEST = 6  #: of the unknowns that have a name here: what is made of more is told from others by where it is made


def _name(weight: Value) -> str | None:
    """What tells a weight from others, ``1 - `` in front of it where it is the rest of another one."""
    if isinstance(weight, Unknown):
        return _spelled(weight.sym) if weight.sym is not None else None
    assert isinstance(weight, Tensor)
    if weight.producer is None:
        return None
    return _rest(str(weight.producer)) if weight.form == "complement" else f"{weight.producer}{weight.form}"


def _spelled(symbol: tuple[object, ...], left: int = _DEEPEST) -> str | None:
    match symbol:
        case ("call", tuple() as whole, "-", 1, "_"):
            spelled = _spelled(whole, left)
            return _rest(spelled) if spelled is not None else None
    if not left:
        return None
    parts = [_spelled(each, left - 1) if isinstance(each, tuple) else repr(each) for each in symbol]
    known = [part for part in parts if part is not None]
    return f"({' '.join(known)})" if len(known) == len(parts) else None


def _rest(name: str) -> str:
    return f"1 - {name}"


def _same(value: Tensor) -> str:
    """What a value has in common with nothing but itself; all that sums to 1 has its sum in common."""
    return f"{value.producer}{value.tag}" if is_product(value) else "1"
