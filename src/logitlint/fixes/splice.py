"""Edits -> bytes: an edit is spliced into the bytes of its file, and every byte outside of it stays.

Neither a module nor a notebook is ever printed anew. In a notebook only the string literals that hold the changed lines are
touched; where the number of lines changes, elements are added to or taken from their list in the style of their neighbours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from logitlint.diagnostics import Edit
from logitlint.lines import split_lines
from logitlint.notebook import code_literals
from logitlint.source import SourceFile, encoding_of


class Unspliceable(Exception):
    """An edit cannot be put into the bytes of its file; the message says why."""


class Cut(NamedTuple):
    """``content`` comes in place of a range of a text: offsets in code points, the end exclusive."""

    start: int
    end: int
    content: str


def spliced(data: bytes, source: SourceFile, edits: Iterable[Edit]) -> bytes:
    """The bytes of a file with its edits applied.

    Raises:
        Unspliceable: edits overlap, touch a line that only IPython understands, or cannot be encoded.
    """
    ordered = sorted(set(edits), key=lambda e: (e.span.cell or 0, e.span.line, e.span.column, e.span.end_line, e.span.end_column))
    if source.is_notebook:
        return _notebook(data, source, ordered)
    encoding = encoding_of(data)
    text = data.decode(encoding)
    if text.encode(encoding) != data:
        raise Unspliceable(f"the file's encoding {encoding} does not give the same bytes back")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text[len(mark) :]
    for edit in ordered:
        _refuse_masked(source, edit, 0)
    try:
        return (mark + _replaced(body, _cuts(body, ordered))).encode(encoding)
    except UnicodeEncodeError as error:
        raise Unspliceable(f"the fix cannot be written in {error.encoding}") from None


def _refuse_masked(source: SourceFile, edit: Edit, above: int) -> None:
    span = edit.span
    if any(source.is_masked(line + above) for line in range(span.line, span.end_line + 1)):
        raise Unspliceable("the fix would touch a line of IPython's own syntax")


def _cuts(text: str, edits: Sequence[Edit]) -> list[Cut]:
    """Ranges of ``text`` and what comes there, in order. Raises Unspliceable where two overlap."""
    starts = list(accumulate(map(len, split_lines(text)), initial=0))
    found: list[Cut] = []
    for edit in edits:
        span = edit.span
        if not 1 <= span.line <= span.end_line <= len(starts):
            raise Unspliceable("the fix lies outside of the file")
        start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        if not start <= end <= len(text) or (found and start < found[-1].end):
            raise Unspliceable("two edits overlap")
        found.append(Cut(start, end, edit.content))
    return found


def _replaced(text: str, cuts: Iterable[Cut]) -> str:
    parts: list[str] = []
    position = 0
    for cut in cuts:
        parts += (text[position : cut.start], cut.content)
        position = cut.end
    return "".join((*parts, text[position:]))


# ---------------------------------------------------------------------- notebooks

_CHARACTER = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL)


class _Character(NamedTuple):
    """One code point of a string, and how the JSON spells it."""

    value: str
    raw: str


def _notebook(data: bytes, source: SourceFile, edits: Sequence[Edit]) -> bytes:
    encoding = json.detect_encoding(data)
    raw = data.decode(encoding)
    if raw.encode(encoding) != data:
        raise Unspliceable("the notebook's encoding does not give the same bytes back")
    mark = "\ufeff" if raw.startswith("\ufeff") else ""
    raw = raw[len(mark) :]
    new = _replaced(raw, document_cuts(raw, source, edits))
    _held_against(raw, new, {edit.span.cell for edit in edits if edit.span.cell is not None})
    return (mark + new).encode(encoding)


def document_cuts(raw: str, source: SourceFile, edits: Sequence[Edit]) -> list[Cut]:
    """What the edits of a notebook change in its JSON, in order. Raises Unspliceable."""
    plain = not raw.isascii()
    by_cell: dict[int, list[Edit]] = {}
    for edit in edits:
        cell = next((c for c in source.cells if c.number == edit.span.cell), None)
        if cell is None:
            raise Unspliceable("the fix lies outside of the notebook's cells")
        _refuse_masked(source, edit, cell.first_line - 1)
        by_cell.setdefault(cell.number, []).append(edit)
    cuts: list[Cut] = []
    literals = code_literals(raw)
    for number, changes in by_cell.items():
        cuts += _cell_cuts(raw, literals[number], changes, plain)
    return sorted(cuts)


def _cell_cuts(raw: str, literals: Sequence[tuple[int, int]], edits: Sequence[Edit], plain: bool) -> list[Cut]:
    """What changes in the JSON for the edits of one cell. ``literals`` are the offsets of the strings that make up its source."""
    texts = [[_character(match[0]) for match in _CHARACTER.finditer(raw, start + 1, end - 1)] for start, end in literals]
    joined = "".join(c.value for characters in texts for c in characters)
    bounds = list(accumulate(map(len, texts), initial=0))
    cuts = _cuts(joined, edits)
    found: list[Cut] = []
    index = 0
    while index < len(texts):
        last = _touched(index, bounds, cuts)
        if last is None:
            index += 1
            continue
        inside = [cut for cut in cuts if bounds[index] <= cut.start and cut.end <= bounds[last + 1]]
        cuts = [cut for cut in cuts if cut not in inside]
        characters = [c for part in texts[index : last + 1] for c in part]
        found += _rewritten(raw, literals, (index, last), _edited(characters, inside, bounds[index], plain))
        index = last + 1
    if cuts:
        raise Unspliceable("the fix does not fit into the cell")
    return found


def _touched(index: int, bounds: Sequence[int], cuts: Sequence[Cut]) -> int | None:
    """The last literal of the run that begins at ``index`` and that the cuts change together; None when none begins here."""
    last: int | None = None
    final = len(bounds) - 2
    for cut in cuts:
        latest = index if last is None else last
        end = bounds[latest + 1]
        if bounds[index] <= cut.start and (cut.start < end or (cut.start == end and latest == final)):
            last = latest
            while bounds[last + 1] < cut.end:
                last += 1
    return last


def _character(raw: str) -> _Character:
    return _Character(json.loads(f'"{raw}"', strict=False), raw)


def _edited(characters: list[_Character], cuts: Sequence[Cut], base: int, plain: bool) -> list[_Character]:
    out: list[_Character] = []
    position = 0
    for cut in cuts:
        out += characters[position : cut.start - base]
        out += [_Character(c, json.dumps(c, ensure_ascii=not plain)[1:-1]) for c in cut.content]
        position = cut.end - base
    return out + characters[position:]


def _rewritten(raw: str, literals: Sequence[tuple[int, int]], run: tuple[int, int], characters: list[_Character]) -> list[Cut]:
    """New literals for a run of old ones: one for each line where the source is a list of lines."""
    first, last = run
    start, end = literals[first][0], literals[last][1]
    lines: list[str] = []
    if len(literals) == 1 and raw[:start].rstrip()[-1:] != "[":
        lines = ["".join(c.raw for c in characters)]
    else:
        line: list[str] = []
        for c in characters:
            line.append(c.raw)
            if c.value == "\n":
                lines.append("".join(line))
                line = []
        lines += ["".join(line)] if line or not lines else []
    between = (
        raw[literals[0][1] : literals[1][0]] if len(literals) > 1 else "," + raw[raw.rfind("[", 0, literals[0][0]) + 1 : literals[0][0]]
    )
    if not characters and last - first + 1 < len(literals):  # nothing is left of these lines: their elements go
        inner = last + 1 < len(literals)
        return [Cut(start, literals[last + 1][0], "") if inner else Cut(literals[first - 1][1], end, "")]
    separators = [raw[literals[i][1] : literals[i + 1][0]] for i in range(first, last)]
    text = ""
    for number, each in enumerate(lines):
        gap = separators[number - 1] if 0 < number <= len(separators) else between
        text += (gap if number else "") + f'"{each}"'
    return [Cut(start, end, text)] if raw[start:end] != text else []


def _held_against(old: str, new: str, changed: set[int]) -> None:
    """The new JSON says what the old one said, but for the source of the changed cells."""
    try:
        before, after = json.loads(old), json.loads(new)
    except ValueError as error:
        raise Unspliceable(f"the notebook would not be JSON any more: {error}") from None
    for document in (before, after):
        sheets = [document, *document.get("worksheets", ())] if isinstance(document, dict) else []
        cells = [cell for sheet in sheets if isinstance(sheet, dict) for cell in sheet.get("cells", ())]
        for number, cell in enumerate(cells, 1):
            if number in changed and isinstance(cell, dict):
                cell.pop("source" if "source" in cell else "input", None)
    if before != after:
        raise Unspliceable("more of the notebook would change than the fix says")
