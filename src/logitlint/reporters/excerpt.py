"""Lines of source with a range underlined, for a terminal of a given width."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from logitlint.diagnostics import Span
from logitlint.reporters import Excerpted
from logitlint.reporters.text import painter, printable

_SHOWN_LINES = 4  #: of a range over more lines than this, only its ends are shown
_TAB = "    "
_CUT = "..."


class Row(NamedTuple):
    """One line of an excerpt: its number (None: lines were left out), its text and what stands under it."""

    number: int | None
    text: str
    underline: str


def source_line(source: Excerpted, cell: int | None, line: int) -> str | None:
    """The text of ``line`` (of ``cell``), without its line end; None where there is no such line."""
    index = _joined_index(source, cell, line)
    if index is None or not 0 <= index < len(source.lines):
        return None
    return source.original(index + 1)


def _joined_index(source: Excerpted, cell: int | None, line: int) -> int | None:
    if cell is None:
        return line - 1
    for index in range(len(source.lines)):
        span = source.span(index + 1, 1, index + 1, 1)
        if (span.cell, span.line) == (cell, line):
            return index
    return None


def rows(source: Excerpted, span: Span, width: int) -> list[Row]:
    """The lines of ``span``, each no wider than ``width``, with carets under the range; empty where the source has no such lines."""
    numbers = list(range(span.line, max(span.end_line, span.line) + 1))
    if len(numbers) > 1 and span.end_column <= 1:
        numbers.pop()
    shown: list[int | None] = [*numbers] if len(numbers) <= _SHOWN_LINES else [numbers[0], numbers[1], None, numbers[-1]]
    out = []
    for number in shown:
        if number is None:
            out.append(Row(None, _CUT, ""))
            continue
        text = source_line(source, span.cell, number)
        if text is not None:
            start = span.column - 1 if number == span.line else len(text) - len(text.lstrip())
            end = span.end_column - 1 if number == span.end_line else len(text.rstrip())
            out.append(_row(number, text, start, end, width))
    return out


def _row(number: int, text: str, start: int, end: int, width: int) -> Row:
    start = min(max(start, 0), len(text))
    end = min(max(end, start + 1), max(len(text), start + 1))
    before, marked, after = (_display(part) for part in (text[:start], text[start:end], text[end:]))
    # The range itself matters most: what stands before it gives way first.
    room = max(width, 20)
    tail = min(_columns(after), len(_CUT))
    if _columns(before + marked) + tail > room and before:
        before = _CUT + before[max(len(before) - max(room - _columns(marked) - tail - len(_CUT), 0), 0) :]
    marked = _cut(marked, room - _columns(before) - tail)
    after = _cut(after, room - _columns(before) - _columns(marked))
    underline = " " * _columns(before) + "^" * max(_columns(marked), 1)
    return Row(number, (before + marked + after).rstrip(), underline)


def _display(text: str) -> str:
    return printable(text.replace("\t", _TAB).replace("\f", " "))


def _columns(text: str) -> int:
    return sum(_char_columns(char) for char in text)


def _char_columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _cut(text: str, room: int) -> str:
    if _columns(text) <= room:
        return text
    kept = used = 0
    for char in text:
        used += _char_columns(char)
        if used > room - len(_CUT):
            break
        kept += 1
    return text[:kept] + _CUT


def block(source: Excerpted, span: Span, gutter: int, *, color: bool, width: int) -> list[str]:
    """The rows of ``span`` with line numbers in a gutter of ``gutter`` digits."""
    paint = painter(color)
    bar = paint("|", "blue")
    found = rows(source, span, width - gutter - 3)
    if not found:
        return []
    out = [f"{'':>{gutter}} {bar}"]
    for row in found:
        number = _CUT if row.number is None else str(row.number)
        if row.number is None:
            out.append(paint(number, "blue"))
            continue
        out.append(f"{paint(f'{number:>{gutter}}', 'blue')} {bar} {row.text}".rstrip())
        marks = row.underline.lstrip()
        if marks:
            indent = " " * (len(row.underline) - len(marks))
            out.append(f"{'':>{gutter}} {bar} {indent}{paint(marks, 'red')}")
    return out
