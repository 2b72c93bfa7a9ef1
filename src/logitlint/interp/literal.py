"""Arrays that are written down: numbers in the source that look like a distribution over classes."""

from __future__ import annotations

from collections.abc import Sequence

from logitlint.interp.core import Core
from logitlint.interp.values import NOTHING, Api, Const, Loc, Producer, Ref, Seq, Tensor, Unknown, Value, made
from logitlint.kinds import Kind

_TOLERANCE = 1e-3


def filled(m: Core, value: Value) -> Value:
    """A tensor of one number as a call of a library is given it, where :func:`labels` may tell what it is."""
    assert isinstance(value, Ref)
    about = m.heap[value.addr]
    return Unknown(("filled", about.cls.name, about.loc)) if isinstance(about.cls, Api) else NOTHING


def number(value: Value) -> Value:
    """A tensor of zeros or ones as the one number that it holds; else the value itself."""
    match value:
        case Unknown(sym=("filled", str(api), Loc())):
            last = api.rpartition(".")[2].removeprefix("new_")
            return Const(0) if last.startswith("zeros") else Const(1) if last.startswith("ones") else value
    return value


def labels(value: Value, target: Value | None) -> Value:
    """A tensor of one number as labels, which it is where a model's output stands in the labels' place; else the value itself."""
    match value:
        case Unknown(sym=("filled", str(api), Loc() as loc)) if isinstance(target, Tensor):
            return Tensor(Kind.ONEHOT, producer=Producer(loc, Kind.ONEHOT, api), origin=made(loc, "every number here is the same"))
    return value


def distribution(m: Core, value: Value, loc: Loc) -> Value:
    """A list of rows that are non-negative and sum to one, as a distribution of the form ``literal``; else the value itself.

    Rows of one 1 and zeros only are left alone: whether those are predictions, scores or labels nobody can tell.
    """
    rows = [_numbers(m, row) for row in _elements(m, value)]
    if not rows or not all(row is not None and len(row) > 1 for row in rows):
        return value
    found = [row for row in rows if row is not None]
    if any(min(row) < 0 or abs(sum(row) - 1) > _TOLERANCE for row in found) or all(max(row) == 1 for row in found):
        return value
    place = m.heap[value.addr].loc if isinstance(value, Ref) else None
    producer = Producer(place or loc, Kind.PROB_CAT, "literal")
    origin = made(place or loc, "the rows that are written here are not negative and sum to 1, as probabilities do")
    return Tensor(Kind.PROB_CAT, axis=-1, size=len(found[0]), rank=2, producer=producer, form="literal", origin=origin)


def _elements(m: Core, value: Value) -> Sequence[Value]:
    content = m.field(value, "items") if m.form(value) == "list" else value
    return content.items if isinstance(content, Seq) and content.rest is None else ()


def _numbers(m: Core, value: Value) -> list[float] | None:
    elements = [each.value for each in _elements(m, value) if isinstance(each, Const)]
    numbers = [float(each) for each in elements if isinstance(each, (int, float)) and not isinstance(each, bool)]
    return numbers if len(numbers) == len(_elements(m, value)) else None
