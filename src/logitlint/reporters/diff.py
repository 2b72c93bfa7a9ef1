"""A fix as the lines that it takes away and the lines that it puts there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from logitlint.diagnostics import Edit, Fix, Span
from logitlint.reporters.excerpt import Reader, Row, row


class Hunk(NamedTuple):
    """Changed lines that stand together: their number (the old one of a removed line), ``-``, ``+`` or a blank, and their text."""

    span: Span
    lines: list[tuple[int, str, Callable[[int], Row]]]


def spliced(edits: Sequence[Edit], reader: Reader) -> tuple[list[str], list[str]] | None:
    """The lines that edits in one file (or cell) touch, before and after; None where the source is not at hand or edits overlap."""
    ordered = sorted(edits, key=_start)
    first, last = ordered[0].span.line, max(edit.span.end_line for edit in ordered)
    before = []
    for number in range(first, last + 1):
        text = reader.line(ordered[0].span.path, ordered[0].span.cell, number)
        if text is None and number == last and _ends_before(ordered, last):
            text = ""  # an edit may end at the line after the last one
        if text is None:
            return None
        before.append(text)
    after, position = "", (first, 1)
    for edit in ordered:
        if _start(edit) < position:
            return None
        after += _between(before, first, position, _start(edit)) + edit.content
        position = (edit.span.end_line, edit.span.end_column)
    after += before[position[0] - first][position[1] - 1 :]
    return before, after.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _start(edit: Edit) -> tuple[int, int]:
    return edit.span.line, edit.span.column


def _ends_before(edits: Sequence[Edit], line: int) -> bool:
    return all(edit.span.end_column <= 1 for edit in edits if edit.span.end_line == line)


def _between(lines: Sequence[str], first: int, start: tuple[int, int], end: tuple[int, int]) -> str:
    if start[0] == end[0]:
        return lines[start[0] - first][start[1] - 1 : end[1] - 1]
    middle = lines[start[0] - first + 1 : end[0] - first]
    return "\n".join([lines[start[0] - first][start[1] - 1 :], *middle, lines[end[0] - first][: end[1] - 1]])


def hunks(fix: Fix, reader: Reader) -> list[Hunk]:
    """What the fix changes, file by file and in the order of lines; nothing for an edit whose source is not at hand."""
    ordered = sorted(fix.edits, key=lambda edit: (edit.span.path, edit.span.cell or 0, *_start(edit)))
    found = []
    for _, edits in groupby(ordered, key=lambda edit: (edit.span.path, edit.span.cell)):
        shift = 0
        for group in _together(list(edits)):
            changed = spliced(group, reader)
            if changed is not None:
                found.append(Hunk(group[0].span, list(_lines(group[0].span.line, shift, *changed))))
                shift += len(changed[1]) - len(changed[0])
    return found


def _together(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Edits that touch the same or neighbouring lines."""
    group: list[Edit] = []
    for edit in edits:
        if group and edit.span.line > max(each.span.end_line for each in group) + 1:
            yield group
            group = []
        group.append(edit)
    yield group


def _lines(first: int, shift: int, before: list[str], after: list[str]) -> Iterator[tuple[int, str, Callable[[int], Row]]]:
    head = _common(before, after)
    tail = min(_common(before[::-1], after[::-1]), len(before) - head, len(after) - head)
    removed, added = before[head : len(before) - tail], after[head : len(after) - tail]
    if head and not removed:
        yield first + head - 1, " ", _cropped(first + head - 1, before[head - 1], "")
    for index, text in enumerate(removed):
        yield first + head + index, "-", _cropped(first + head + index, text, added[index] if index < len(added) else text)
    for index, text in enumerate(added):
        number = first + head + shift + index
        yield number, "+", _cropped(number, text, removed[index] if index < len(removed) else text)
    if tail and not removed:
        number = first + head + shift + len(added)
        yield number, " ", _cropped(number, after[len(after) - tail], "")


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _cropped(number: int, text: str, other: str) -> Callable[[int], Row]:
    """The line, for a width, cropped around what differs from ``other``."""
    start = _common(text, other)
    end = len(text) - min(_common(text[::-1], other[::-1]), len(text) - start)
    return lambda width: row(number, text, *((start, end) if text != other else (0, 0)), width)
