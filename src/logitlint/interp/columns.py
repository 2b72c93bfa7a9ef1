"""Values side by side along an axis: which columns of what ``cat`` joins, or what is stored into, are of which kind.

Slices with written bounds say how many columns a part has, so that a later index along the same axis says which part it takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from logitlint.interp.values import NONE, Columns, Const, Loc, Part, SliceValue, Tensor, Value, passed
from logitlint.kinds import Kind

_DISTRIBUTIONS = frozenset({Kind.PROB_CAT, Kind.LOGPROB_CAT})


class _Cut(NamedTuple):
    """The columns that an index takes along an axis; ``stop`` is None where it takes all to the end."""

    axis: int
    start: int
    stop: int | None
    single: bool  #: the axis is gone afterwards


def placed(keys: Sequence[Value]) -> list[tuple[int, Value]]:
    """The keys of an index by the axis that each is for; behind an ellipsis axes count from the end."""
    dotted = next((i for i, key in enumerate(keys) if isinstance(key, Const) and key.value is ...), len(keys))
    front, back = ([key for key in part if key != NONE] for part in (keys[:dotted], keys[dotted + 1 :]))
    return [*enumerate(front), *((i - len(back), key) for i, key in enumerate(back))]


def of_slice(keys: Sequence[Value]) -> Columns | None:
    """How many columns a slice with written bounds leaves."""
    cut = _cut(keys)
    if cut is None or cut.axis == 0 or cut.single or cut.stop is None or cut.stop <= cut.start:
        return None
    return Columns(cut.axis, cut.stop - cut.start)


def as_wide(value: Tensor | None) -> Columns | None:
    """What is left to know of the columns of what is done to each element alone."""
    known = value.columns if value is not None else None
    return Columns(known.axis, known.width) if known is not None and known.width is not None else None


def kept(result: Value, a: Value, b: Value) -> Value:
    """The result of arithmetic, as wide as its operands; one column may have become as many as the other operand has."""
    if not isinstance(result, Tensor):
        return result
    known = {each for each in (as_wide(a if isinstance(a, Tensor) else None), as_wide(b if isinstance(b, Tensor) else None)) if each}
    found = known.pop() if len(known) == 1 else None
    alone = isinstance(a, Const) or isinstance(b, Const)
    return replace(result, columns=found if found is not None and (alone or found.width != 1) else None)


def side_by_side(joined: Value, parts: Sequence[Value], axis: int | None, loc: Loc, note: str) -> Value:
    """What is joined of several kinds, with where each of its parts begins, as far as that is known; the last one takes the rest."""
    tensors = [part for part in parts if isinstance(part, Tensor)]
    if not isinstance(joined, Tensor) or joined.kind is not Kind.UNKNOWN or len(tensors) < len(parts) or axis is None:
        return joined
    found: list[Part] = []
    start = 0
    for part in tensors:
        width = part.columns.width if part.columns is not None and part.columns.axis == axis else None
        if width is None and part is not tensors[-1]:
            break
        stop = start + width if width is not None else None
        found.append(_part(start, stop, part, loc, note))
        start = stop or start
    return replace(joined, columns=Columns(axis, None, tuple(found)))


def _part(start: int, stop: int | None, value: Tensor, loc: Loc, note: str) -> Part:
    return Part(start, stop, replace(value, columns=None, origin=passed(value.origin, loc, note)))


def stored(old: Tensor, keys: Sequence[Value], new: Tensor, loc: Loc) -> Columns | None:
    """What a value is made of once another one is stored into some of its columns."""
    cut = _cut(keys)
    if cut is None:
        return None
    before: tuple[Part, ...] = (Part(0, None, replace(old, columns=None)),)
    if old.columns is not None and old.columns.parts:
        if old.columns.axis != cut.axis:
            return None
        before = old.columns.parts
    found = [_part(cut.start, cut.stop, new, loc, "is stored into a part of a tensor")]
    for part in before:
        if part.start < cut.start:
            found.append(part._replace(stop=cut.start if part.stop is None else min(part.stop, cut.start)))
        if cut.stop is not None and (part.stop is None or part.stop > cut.stop):
            found.append(part._replace(start=max(part.start, cut.stop)))
    return Columns(cut.axis, None, tuple(sorted(found, key=lambda part: part.start)))


def picked(value: Tensor, keys: Sequence[Value]) -> Tensor | None:
    """The part out of which an index takes its columns; None where nobody knows, or where it takes them out of several."""
    cut = _cut(keys)
    if cut is None or value.columns is None or value.columns.axis != cut.axis:
        return None
    for part in value.columns.parts:
        inside = part.start <= cut.start and (part.stop is None or (cut.stop is not None and cut.stop <= part.stop))
        if not inside:
            continue
        whole = (part.start, part.stop) == (cut.start, cut.stop) and not cut.single
        if part.value.kind in _DISTRIBUTIONS and not whole:
            return None
        return replace(part.value, axis=part.value.axis if whole else None, rank=None, size=None, columns=of_slice(keys))
    return None


def _cut(keys: Sequence[Value]) -> _Cut | None:
    """The one axis of which an index does not take all."""
    cuts = [(at, key) for at, key in placed(keys) if key != SliceValue(NONE, NONE, NONE)]
    if len(cuts) != 1:
        return None
    at, key = cuts[0]
    if isinstance(key, SliceValue) and key.step == NONE:
        start, stop = 0 if key.start == NONE else _place(key.start), _place(key.stop)
        if start is None or (stop is None and key.stop != NONE):
            return None
        return _Cut(at, start, stop, False)
    only = _place(key)
    return _Cut(at, only, only + 1, True) if only is not None else None


def _place(bound: Value) -> int | None:
    """A column that is written, counted from the first."""
    return bound.value if isinstance(bound, Const) and type(bound.value) is int and bound.value >= 0 else None
