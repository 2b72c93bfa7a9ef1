"""Lines of source with a range underlined, for a terminal of a given width."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from logitlint.diagnostics import Span
from logitlint.reporters import Excerpted
from logitlint.reporters.text import printable

CUT = "..."
_SHOWN_LINES = 4  #: of a range over more lines than this, only its ends are shown
_TAB = "    "
_LEAST = 20  #: columns that an excerpt takes however narrow the terminal is


class Row(NamedTuple):
    """One line of an excerpt: its number (None: lines were left out), its text and the columns that the range takes under it."""

    number: int | None
    text: str
    start: int = 0
    length: int = 0


class Reader:
    """The lines of the files that a report is about, by the place that a user knows: a line of a file or of a notebook's cell."""

    def __init__(self, sources: Mapping[str, Excerpted]) -> None:
        self._sources = sources
        self._cells: dict[str, dict[tuple[int | None, int], int]] = {}

    def line(self, path: str, cell: int | None, line: int) -> str | None:
        """The text of ``line`` (of ``cell``), without its line end; None where there is no such line."""
        source = self._sources.get(path)
        if source is None:
            return None
        number = line if cell is None else self._joined(path, source).get((cell, line), 0)
        return source.original(number) if 0 < number <= len(source.lines) else None

    def _joined(self, path: str, source: Excerpted) -> dict[tuple[int | None, int], int]:
        if path not in self._cells:
            spans = (source.span(number, 1, number, 1) for number in range(1, len(source.lines) + 1))
            self._cells[path] = {(span.cell, span.line): number for number, span in enumerate(spans, 1)}
        return self._cells[path]

    def rows(self, span: Span, width: int) -> list[Row]:
        """The lines of ``span``, each no wider than ``width`` columns; empty where the source has no such lines."""
        numbers = list(range(span.line, max(span.end_line, span.line) + 1))
        if len(numbers) > 1 and span.end_column <= 1:
            numbers.pop()
        shown: list[int | None] = [*numbers] if len(numbers) <= _SHOWN_LINES else [numbers[0], numbers[1], None, numbers[-1]]
        out = []
        for number in shown:
            if number is None:
                out.append(Row(None, CUT))
                continue
            text = self.line(span.path, span.cell, number)
            if text is not None:
                start = span.column - 1 if number == span.line else len(text) - len(text.lstrip())
                end = span.end_column - 1 if number == span.end_line else len(text.rstrip())
                out.append(row(number, text, start, end, width))
        return out


def row(number: int, text: str, start: int, end: int, width: int) -> Row:
    """Line ``text`` cropped to ``width`` columns around the code points from ``start`` to ``end``."""
    start = min(max(start, 0), len(text))
    end = min(max(end, start + 1), max(len(text), start + 1))
    room = max(width, _LEAST)
    if len(text) <= room and _is_plain(text):  # as most lines are
        return Row(number, text.rstrip(), start, max(min(end, len(text)) - start, 1))
    before, marked, after = (displayed(part) for part in (text[:start], text[start:end], text[end:]))
    if columns(before + marked + after) > room:
        # The range itself matters most: what stands before it gives way first.
        tail = min(columns(after), len(CUT))
        if columns(before + marked) + tail > room and before:
            before = _last(before, room - columns(marked) - tail - len(CUT))
        marked = cropped(marked, room - columns(before) - tail)
        after = cropped(after, room - columns(before) - columns(marked))
    return Row(number, (before + marked + after).rstrip(), columns(before), max(columns(marked), 1))


def _is_plain(text: str) -> bool:
    """Whether a text is shown as it is, every character in a column of its own."""
    return text.isprintable() and "##" not in text and _is_narrow(text)


def displayed(text: str) -> str:
    """Source as it is shown: a tab takes four columns wherever it stands, so that the marks below it fit."""
    return printable(text.replace("\t", _TAB).replace("\f", " "))


def columns(text: str) -> int:
    """How many columns of a terminal ``text`` takes."""
    return len(text) if _is_narrow(text) else sum(map(_char_columns, text))


def _is_narrow(text: str) -> bool:
    return text.isascii() or max(text) < "\u0300"


@lru_cache(maxsize=4096)
def _char_columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cropped(text: str, room: int) -> str:
    """``text``, its end replaced by ``...`` where it takes more than ``room`` columns."""
    if columns(text) <= room:
        return text
    kept = used = 0
    for char in text:
        used += _char_columns(char)
        if used > room - len(CUT):
            break
        kept += 1
    return text[:kept] + CUT


def _last(text: str, room: int) -> str:
    """The end of ``text`` that takes no more than ``room`` columns, after ``...``."""
    first, used = len(text), 0
    while first and used + _char_columns(text[first - 1]) <= room:
        first -= 1
        used += _char_columns(text[first])
    return CUT + text[first:]


def wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of no more than ``width`` columns where its words allow it, and of no fewer than its longest word."""
    if columns(text) <= max(width, _LEAST):
        return [text]
    lines: list[str] = []
    used = 0
    for word in text.split(" "):
        needed = columns(word)
        if lines and used + 1 + needed <= max(width, _LEAST):
            lines[-1] += f" {word}"
            used += 1 + needed
        else:
            lines.append(word)
            used = needed
    return lines
