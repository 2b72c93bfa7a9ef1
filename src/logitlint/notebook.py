"""The JSON of a notebook: its code cells, and where in the file each of their lines stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from logitlint.lines import split_lines

_NOT_PYTHON_KERNELS = re.compile(r"ir$|julia|bash|scala|javascript|octave|sos$", re.IGNORECASE)


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def cells_of(document: object) -> list[dict[str, Any]] | None:
    """All cells in document order, of nbformat 4 or of nbformat 3 with its worksheets; None when there is no such list."""
    notebook = _mapping(document)
    cells = notebook.get("cells")
    if isinstance(cells, list):
        return [_mapping(cell) for cell in cells]
    sheets = notebook.get("worksheets")
    if not isinstance(sheets, list):
        return None
    found = (_mapping(sheet).get("cells") for sheet in sheets)
    return [_mapping(cell) for cells in found if isinstance(cells, list) for cell in cells]


def is_python(document: object) -> bool:
    metadata = _mapping(_mapping(document).get("metadata"))
    kernel = _mapping(metadata.get("kernelspec"))
    names = [_mapping(metadata.get("language_info")).get("name"), kernel.get("language"), metadata.get("language")]
    known = [name.lower() for name in names if isinstance(name, str) and name]
    if known:
        return any(name.startswith(("py", "ipython")) for name in known)
    return not _NOT_PYTHON_KERNELS.match(str(kernel.get("name") or ""))


def text_of(source: object) -> str:
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def execution_count(cell: dict[str, Any]) -> int | None:
    """As which of the notebook's cells it was run last; None where it was not, or nobody knows."""
    count = cell.get("execution_count", cell.get("prompt_number"))
    return count if isinstance(count, int) and not isinstance(count, bool) else None


def is_of_other_language(cell: dict[str, Any]) -> bool:
    chosen = _mapping(_mapping(cell.get("metadata")).get("vscode")).get("languageId") or cell.get("language")
    return isinstance(chosen, str) and not chosen.lower().startswith(("py", "ipython"))


# The physical line of a cell's line: a scan of the JSON with offsets, since `json` keeps none

_SPACE = re.compile(r"[ \t\r\n]*")
_JSON_PIECE = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{]|[\]}]')
_SCALAR = re.compile(r"[^,\]}\s]+")


def _skip(text: str, start: int) -> int:
    """The offset after the value that starts at ``start``."""
    if text[start] not in '"[{':
        match = _SCALAR.match(text, start)
        return match.end() if match else start + 1
    depth = 0
    for piece in _JSON_PIECE.finditer(text, start):
        depth += 1 if piece[0] in "[{" else -1 if piece[0] in "]}" else 0
        if not depth:
            return piece.end()
    return len(text)


def _space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


def _children(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Key (empty in arrays) and offset of each value in the object or array that starts at ``start``."""
    if text[start : start + 1] not in ("{", "["):
        return
    is_object = text[start] == "{"
    position = _space(text, start + 1)
    while position < len(text) and text[position] not in "]}":
        key = ""
        if is_object:
            end = _skip(text, position)
            key = text[position + 1 : end - 1]
            position = _space(text, _space(text, end) + 1)
        yield key, position
        position = _space(text, _skip(text, position))
        if text[position : position + 1] == ",":
            position = _space(text, position + 1)


def _cell_offsets(text: str) -> Iterator[int]:
    top = dict(_children(text, _space(text, 0)))
    if "cells" in top:
        yield from (offset for _, offset in _children(text, top["cells"]))
        return
    for _, sheet in _children(text, top.get("worksheets", len(text))):
        yield from (offset for _, offset in _children(text, dict(_children(text, sheet)).get("cells", len(text))))


def code_literals(text: str) -> dict[int, list[tuple[int, int]]]:
    """Cell, counted from 1 over all cells -> the offsets (end exclusive) of the JSON strings that its source is made of."""
    found: dict[int, list[tuple[int, int]]] = {}
    for number, cell in enumerate(_cell_offsets(text), 1):
        members = dict(_children(text, cell))
        source = members.get("source", members.get("input"))
        if source is not None:
            starts = [source] if text[source] == '"' else [start for _, start in _children(text, source) if text[start] == '"']
            found[number] = [(start, _skip(text, start)) for start in starts]
    return found


def physical_lines(text: str) -> dict[tuple[int, int], int]:
    """(cell, line in the cell) -> line of the file, all from 1."""
    newline = "\n" if "\n" in text else "\r"
    found: dict[tuple[int, int], int] = {}
    offset, physical = 0, 1
    for number, cell in enumerate(_cell_offsets(text), 1):
        members = dict(_children(text, cell))
        source = members.get("source", members.get("input"))
        if source is None:
            continue
        literals = [source] if text[source] == '"' else [start for _, start in _children(text, source)]
        line = 1
        for start in literals:
            physical += text.count(newline, offset, start)
            offset = start
            value = json.loads(text[start : _skip(text, start)])
            if isinstance(value, str):
                for step in range(max(1, len(split_lines(value)))):
                    found.setdefault((number, line + step), physical)
                line += len(split_lines(value + ".")) - 1
    return found
