"""Bytes to `SourceFile`: encodings, newlines, and notebooks as one module of Python with a map back to their cells.

A notebook's code cells are joined in document order. What only IPython understands (magics, shell escapes, help) is masked line
by line, so that every other character keeps its line and column. ``%run other.py`` becomes ``from other import *``: that is what it
does to the names. Percent scripts and Databricks sources are ordinary Python, their magics stand in comments.
"""

from __future__ import annotations

import ast
import io
import json
import keyword
import re
import warnings
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from logitlint.diagnostics import Span
from logitlint.guard import STRING, too_deep
from logitlint.legacy import may_be_legacy, modern

_LINE = re.compile(rb"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text cannot be read (LGT900). Line and column count from 1, within the cell for notebooks."""

    line: int
    column: int
    message: str
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell: ``number`` counts from 1 over all cells, ``first_line`` from 1 in the joined text."""

    number: int
    first_line: int
    line_count: int
    execution_count: int | None


@dataclass(slots=True)
class SourceFile:
    """The text of one module as Python sees it. ``path`` is for display and uses ``/``."""

    path: str
    text: str
    is_notebook: bool = False
    cells: tuple[Cell, ...] = ()
    problems: tuple[Problem, ...] = ()
    _masked: dict[int, str] = field(default_factory=dict, repr=False)
    _json: str = field(default="", repr=False)
    _lines: list[str] | None = field(default=None, repr=False, compare=False)
    _physical: dict[tuple[int, int], int] | None = field(default=None, repr=False, compare=False)

    @property
    def is_plain(self) -> bool:
        """Whether the text is what stands in the file."""
        return not (self.is_notebook or self.problems or self._masked)

    @property
    def lines(self) -> list[str]:
        """The lines of ``text`` with their ends."""
        if self._lines is None:
            self._lines = split_lines(self.text)
        return self._lines

    @property
    def document(self) -> str:
        """The JSON of a notebook, without a byte order mark; empty for a module."""
        return self._json

    def cell_at(self, line: int) -> Cell | None:
        """The cell that holds a line of ``text``; None outside notebooks."""
        index = bisect_right(self.cells, line, key=lambda cell: cell.first_line) - 1
        return self.cells[max(index, 0)] if self.cells else None

    def span(self, line: int, column: int, end_line: int, end_column: int) -> Span:
        """The place of a range of ``text`` as the user knows it; positions count from 1, columns in code points."""
        cell = self.cell_at(line)
        if cell is None:
            return Span(self.path, line, column, end_line, end_column)
        above = cell.first_line - 1
        return Span(self.path, line - above, column, end_line - above, end_column, cell.number)

    def original(self, line: int) -> str:
        """Line ``line`` of ``text`` as the user wrote it, before masking, without its end; empty when there is no such line."""
        if line in self._masked:
            return self._masked[line]
        return self.lines[line - 1].rstrip("\r\n") if 0 < line <= len(self.lines) else ""

    def is_masked(self, line: int) -> bool:
        """True where ``text`` differs from what the user wrote: a fix must not touch such a line."""
        return line in self._masked

    def hidden(self) -> str:
        """What the user wrote in the lines where ``text`` differs: cells that cannot be parsed, magics, commands for a shell."""
        return "\n".join(self._masked.values())

    def physical_line(self, cell: int | None, line: int) -> int:
        """The line of the file itself: of the ``.ipynb`` for a line of a cell, else ``line``. Falls back to 1."""
        if cell is None or not self._json:
            return line
        if self._physical is None:
            self._physical = _physical_lines(self._json)
        return self._physical.get((cell, line)) or self._physical.get((cell, 1), 1)


def split_lines(text: str) -> list[str]:
    """Lines with their ends, split at ``\\n``, ``\\r\\n`` and ``\\r`` only: a form feed or U+2028 ends no line of Python."""
    return list(io.StringIO(text, newline=""))


def read_source(path: str, data: bytes) -> SourceFile:
    """Read a module or a notebook (by its name). Never raises: what cannot be read is a `Problem`, with the text left empty."""
    if path.endswith(".ipynb"):
        return _read_notebook(path, data)
    text, problem = _decode(data)
    if problem is not None:
        return SourceFile(path, "", problems=(problem,))
    if text.startswith(_DATABRICKS):
        masked, originals = _run_lines(text)
        return SourceFile(path, masked, _masked=originals)
    if (_has_magic(text) or may_be_legacy(text)) and _parse_problem(text) is not None:
        python, originals, problem = _python_in(text)
        if python is not None:
            return SourceFile(path, python, problems=(problem,) if problem is not None else (), _masked=originals)
    return SourceFile(path, text)


def _python_in(text: str) -> tuple[str | None, dict[int, str], Problem | None]:
    """What Python 3 reads of a text that it refuses, IPython's own and Python 2 replaced; None where it reads nothing of it.

    Also the lines that differ from the text's, by number from 1, and why Python 3 refuses what is not IPython's own.
    """
    masked, originals = _mask(text)
    problem = _parse_problem(masked)
    if problem is None:
        return masked, originals, None
    python = modern(masked) if may_be_legacy(masked) else masked
    if _parse_problem(python) is not None:
        return None, {}, problem
    pairs = enumerate(zip(split_lines(text), split_lines(python), strict=True), 1)
    changed = {number: old.rstrip("\r\n") for number, (old, new) in pairs if old != new}
    return python, changed, replace(problem, message=f"{problem.message} (followed all the same, as an older Python)")


_MOST_BROKEN = 3  #: lines of a module that are passed over
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")


def without_broken_lines(source: SourceFile) -> SourceFile | None:
    """A module that no parser reads with ``pass`` in the place of a broken line or a few; None where that does not make it Python, or
    makes one program of two versions of it.

    Such a file does not run, but is often one that did before somebody's last note or idea; the problem stays its first.
    """
    first = problem = _parse_problem(source.text)
    lines = list(source.lines)
    broken: dict[int, str] = {}
    while problem is not None and problem.line <= len(lines) and problem.line not in broken and len(broken) < _MOST_BROKEN:
        line = lines[problem.line - 1]
        code = line.strip()
        if not code or code.startswith(_CONFLICT):
            return None
        broken[problem.line] = line.rstrip("\r\n")
        before, _, after = line.partition(code)
        lines[problem.line - 1] = f"{before}pass{after}"
        problem = _parse_problem("".join(lines))
    if first is None or problem is not None:
        return None
    first = replace(first, message=f"{first.message} (the rest is followed all the same)")
    return SourceFile(source.path, "".join(lines), problems=(first,), _masked={**source._masked, **broken})


def _has_magic(text: str) -> bool:
    # One pattern for the three would be seven times slower: sre looks for a fixed first character as fast as memory allows.
    return bool(_MAGIC_FIRST.match(text) or _LOOSE_MAGIC.search(text) or _LOOSE_MAGIC_CR.search(text))


# Decoding


def _decode(data: bytes) -> tuple[str, Problem | None]:
    """PEP 263: a byte order mark, else a cookie in the first two lines, else UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", Problem(1, 1, "the file is encoded in UTF-16 or UTF-32, which Python does not read")
    if b"\0" in data:
        return "", Problem(_line_of(data, data.index(b"\0")), 1, "the file contains NUL bytes")
    try:
        encoding = _encoding(data)
        text = data.decode(encoding)
        if encoding not in ("utf-8", "utf-8-sig", "iso-8859-1"):
            text.encode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_of(data, error.start)
        byte = data[error.start : error.start + 1].hex()
        return "", Problem(line, 1, f"byte 0x{byte} cannot be decoded as {error.encoding}")
    except SyntaxError as error:
        return "", Problem(1, 1, str(error.msg))
    except (LookupError, ValueError) as error:
        return "", Problem(1, 1, f"the text cannot be decoded: {error}")
    return text.removeprefix("\ufeff"), None


def encoding_of(data: bytes) -> str:
    """The codec that a module's bytes are read and written with; ``utf-8`` where a byte order mark stands, which is then a character.

    Raises:
        SyntaxError: the declared encoding is not one that Python reads.
    """
    encoding = _encoding(data)
    return "utf-8" if encoding == "utf-8-sig" else encoding


def _encoding(data: bytes) -> str:
    head = [match[0] for match in _first_two(data)]
    if not any(b"coding" in line for line in head):
        return "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    import tokenize

    # The tokenizer wants these lines in UTF-8, the compiler does not: the comment around a cookie may be in what it declares.
    bom = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    plain = [_NOT_ASCII.sub(b"?", line) for line in (head[0].removeprefix(bom), *head[1:])]
    name = tokenize.detect_encoding(iter([bom + plain[0], *plain[1:]]).__next__)[0]
    if re.match(r"utf[-_]?(16|32|7)|punycode|idna", name, re.IGNORECASE):
        raise SyntaxError(f"the declared encoding {name} is not one that Python reads sources in")
    return name


def _first_two(data: bytes) -> Iterator[re.Match[bytes]]:
    for count, match in enumerate(_LINE.finditer(data)):
        if count == 2:
            return
        yield match


def _line_of(data: bytes, offset: int) -> int:
    before = data[:offset]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1


def _parse_problem(text: str) -> Problem | None:
    """Why CPython's parser refuses ``text``."""
    deep = too_deep(text)
    if deep is not None:
        return Problem(1, 1, f"not analysed: {deep}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except SyntaxError as error:
            return Problem(max(error.lineno or 1, 1), max(error.offset or 1, 1), error.msg)
        except (ValueError, RecursionError, MemoryError) as error:
            return Problem(1, 1, str(error) or "the text is too complex for Python's parser")
    return None


# IPython's syntax

_MAGIC_FIRST, _LOOSE_MAGIC, _LOOSE_MAGIC_CR = (re.compile(rf"{start}[ \t]*[%!]") for start in (r"\A", r"\n", r"\r"))
_PYTHON_CELL_MAGICS = frozenset(
    (
        *(
            "capture",
            "debug",
            "heat",
            "ipytest",
            "local",
            "lprun",
            "memit",
            "mprun",
            "mypy",
            "prun",
            "px",
            "pyinstrument",
            "pypy",
            "python",
        ),
        *("python3", "pytest", "run_pytest", "scalene", "skip", "snakeviz", "spark", "time", "timeit", "wandb"),
    )
)
_CELL_MAGIC = re.compile(r"%%(\w+)")
_ESCAPE = re.compile(r"([ \t]*)(?:[%!?]|[,;/](?=[\w]))")
_TARGET = r"[A-Za-z_](?:[\w., \t*:]|\[[^\]\r\n]*\])*=[ \t]*"
_ASSIGNMENT = re.compile(rf"([ \t]*{_TARGET})(?:%(?=\w)|!)")
_HELP = re.compile(r"([ \t]*)[\w.*\[\]'\"]+[ \t]*\?{1,2}[ \t;]*(?:#.*)?$")
_BARE = re.compile(
    r"([ \t]*)(?:pip3?|conda|mamba|micromamba|cd|ls|ll|mkdir|rmdir|cp|mv|rm|cat|run|load|load_ext|env|matplotlib|time|timeit)"
    r"[ \t]+(?![=(\[,:+*%&|^<>]|(?:in|is|if|and|or|not|for|else)\b)\S"
)
_TIME = re.compile(rf"([ \t]*(?:{_TARGET})?)(%time[ \t]+)(?=[\w(\[{{\"'-])")
_RUN = re.compile(r"[ \t]*%run[ \t]+(?:-[einp][ \t]+)*(['\"]?)((?:\.{0,2}/)*)([\w/]+?)(?:\.py|\.ipynb)?\1(?:[ \t]|$)")
_AIMPORT = re.compile(r"[ \t]*%aimport[ \t]+([A-Za-z_][\w.]*(?:[ \t]*,[ \t]*[A-Za-z_][\w.]*)*)[ \t]*$")
_PIECE = re.compile(rf"{STRING}|#[^\r\n]*|[(\[{{]|[)\]}}]|\r\n?|\n|\\(?:\r\n?|\n)|[^\"'#(\[{{)\]}}\r\n\\]+|\\")
_REST_OF_LINE = re.compile(r"[^\r\n]*")


_DATABRICKS = "# Databricks notebook source"
_MAGIC_COMMENT = "# MAGIC "


def _run_lines(text: str) -> tuple[str, dict[int, str]]:
    """A notebook that Databricks exported: its ``%run`` of another one stands in a comment."""
    lines = split_lines(text)
    masked: dict[int, str] = {}
    for number, line in enumerate(lines):
        old = line.rstrip("\r\n")
        match = _RUN.match(old[len(_MAGIC_COMMENT) :]) if old.startswith(_MAGIC_COMMENT) else None
        replacement = _star_import(match[2], match[3]) if match is not None else "pass"
        if replacement != "pass":
            masked[number + 1] = old
            lines[number] = replacement + line[len(old) :]
    return "".join(lines), masked


def _cell_magic(lines: list[str]) -> bool:
    """True when the cell is not Python: its first magic hands the whole cell to something else."""
    for line in lines:
        stripped = line.strip()
        magic = _CELL_MAGIC.match(stripped)
        if magic is None and stripped and not stripped.startswith("#"):
            return False
        if magic is not None and magic[1] not in _PYTHON_CELL_MAGICS:
            return True
    return False


def _mask(text: str) -> tuple[str, dict[int, str]]:
    """Replace IPython's syntax at the start of logical lines by Python of as many lines; also the replaced lines, by number from 1."""
    lines = split_lines(text)
    offsets = list(accumulate(map(len, lines), initial=0))
    masked: dict[int, str] = {}
    number = 0
    while number < len(lines):
        line = lines[number].rstrip("\r\n")
        replacement = _replacement(line)
        if replacement is None:
            number += _lines_in_logical_line(text, offsets[number])
            continue
        last = _last_masked(lines, number)
        for index in range(number, last + 1):
            old = lines[index].rstrip("\r\n")
            masked[index + 1] = old
            lines[index] = (replacement if index == number else "") + lines[index][len(old) :]
        number = last + 1
    return "".join(lines), masked


def _last_masked(lines: list[str], number: int) -> int:
    """Index of the last line that the escape at ``number`` takes: its continuations, or the rest for a cell magic of another language."""
    magic = _CELL_MAGIC.match(lines[number])
    if magic is not None and magic[1] not in _PYTHON_CELL_MAGICS:
        return len(lines) - 1
    while number + 1 < len(lines) and lines[number].rstrip("\r\n").endswith("\\"):
        number += 1
    return number


def _lines_in_logical_line(text: str, start: int) -> int:
    """How many lines the logical line has that starts at ``start``. Read from there on, since a masked line above may hold any quote."""
    depth = lines = 0
    for match in _PIECE.finditer(text, start):
        token = match[0]
        if token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
        elif token in ("\n", "\r", "\r\n"):
            lines += 1
            if depth <= 0:
                return lines
        elif "\n" in token or "\r" in token:
            lines += len(split_lines(token + ".")) - 1
    return lines + 1


def _replacement(line: str) -> str | None:
    """Python in place of one line of IPython; None when the line is not IPython's own."""
    run = _RUN.match(line)
    if run is not None:
        return _indent(line) + _star_import(run[2], run[3])
    imported = _AIMPORT.match(line)
    if imported is not None and not any(map(keyword.iskeyword, re.split(r"\W+", imported[1]))):
        return f"{_indent(line)}import {imported[1]}"
    timed = _TIME.match(line)
    if timed is not None:
        filler = "0;".ljust(len(timed[2])) if timed[1].isspace() or not timed[1] else " " * len(timed[2])
        python = timed[1] + filler + line[timed.end() :]
        if not line.endswith("\\") and _parse_problem(python.strip()) is None:
            return python
    assignment = _ASSIGNMENT.match(line)
    if assignment is not None:
        return assignment[1] + "None"
    for pattern in (_ESCAPE, _HELP, _BARE):
        match = pattern.match(line)
        if match is not None:
            return match[1] + "pass"
    return None


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _star_import(up: str, path: str) -> str:
    """``%run`` of a plain path runs the file in this module's scope: the same names come from a star import."""
    parts = [part for part in path.split("/") if part]
    absolute = path.startswith("/") or up.startswith("/")
    if absolute or not parts or not all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
        return "pass"
    levels = up.count("..")
    return f"from {'.' * (levels + 1) if levels else ''}{'.'.join(parts)} import *"


# Notebooks

_NOT_PYTHON_KERNELS = re.compile(r"ir$|julia|bash|scala|javascript|octave|sos$", re.IGNORECASE)


def _read_notebook(path: str, data: bytes) -> SourceFile:
    try:
        raw = data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
        document = json.loads(raw)
    except (ValueError, RecursionError, MemoryError) as error:
        line, column = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (1, 1)
        message = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        return SourceFile(path, "", True, problems=(Problem(line, column, f"the notebook is not valid JSON: {message}"),))
    cells = _cells_of(document)
    if cells is None:
        return SourceFile(path, "", True, problems=(Problem(1, 1, "the notebook has no cells"),))
    if not _is_python(document):
        return SourceFile(path, "", True)
    return _Joiner(path, raw).join(cells)


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _cells_of(document: object) -> list[dict[str, Any]] | None:
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


def _is_python(document: object) -> bool:
    metadata = _mapping(_mapping(document).get("metadata"))
    kernel = _mapping(metadata.get("kernelspec"))
    names = [_mapping(metadata.get("language_info")).get("name"), kernel.get("language"), metadata.get("language")]
    known = [name.lower() for name in names if isinstance(name, str) and name]
    if known:
        return any(name.startswith(("py", "ipython")) for name in known)
    return not _NOT_PYTHON_KERNELS.match(str(kernel.get("name") or ""))


def _text_of(source: object) -> str:
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _other_language(cell: dict[str, Any]) -> bool:
    chosen = _mapping(_mapping(cell.get("metadata")).get("vscode")).get("languageId") or cell.get("language")
    return isinstance(chosen, str) and not chosen.lower().startswith(("py", "ipython"))


class _Joiner:
    """Joins the code cells of a notebook into one text."""

    def __init__(self, path: str, raw: str) -> None:
        self.path = path
        self.raw = raw
        self.parts: list[str] = []
        self.cells: list[Cell] = []
        self.problems: list[Problem] = []
        self.masked: dict[int, str] = {}
        self.line = 1

    def join(self, cells: list[dict[str, Any]]) -> SourceFile:
        for number, cell in enumerate(cells, 1):
            if cell.get("cell_type") == "code":
                self.add(number, cell)
        return SourceFile(self.path, "".join(self.parts), True, tuple(self.cells), tuple(self.problems), self.masked, self.raw)

    def add(self, number: int, cell: dict[str, Any]) -> None:
        text = _text_of(cell.get("source", cell.get("input")))
        if not text.endswith(("\n", "\r")):
            text += "\n"
        lines = split_lines(text)
        python, masked = self.python_of(number, text, lines, _other_language(cell))
        self.parts.append(python)
        self.masked.update((self.line + offset - 1, original) for offset, original in masked.items())
        count = cell.get("execution_count", cell.get("prompt_number"))
        executed = count if isinstance(count, int) and not isinstance(count, bool) else None
        self.cells.append(Cell(number, self.line, len(lines), executed))
        self.line += len(lines)

    def python_of(self, number: int, text: str, lines: list[str], other_language: bool) -> tuple[str, dict[int, str]]:
        """The cell as Python, and its masked lines by number from 1 in the cell."""
        if other_language or _cell_magic(lines):
            return _replaced(lines, "#")
        if _parse_problem(text) is None:
            return text, {}
        python, masked, problem = _python_in(text)
        if python is None and _parses_without_its_indent(lines):
            return _replaced(lines, "#")
        if problem is not None:
            self.problems.append(replace(problem, line=min(problem.line, len(lines)), cell=number))
        return (python, masked) if python is not None else _replaced(lines, "")


def _parses_without_its_indent(lines: list[str]) -> bool:
    """Whether a cell begins with an indent that IPython takes off every line: it runs, but its columns are not those of the text."""
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip(" \t"))]
    if not indent or not lines[0].strip():
        return False
    return _python_in("".join(line.removeprefix(indent) for line in lines))[0] is not None


def _replaced(lines: list[str], content: str) -> tuple[str, dict[int, str]]:
    bare = [line.rstrip("\r\n") for line in lines]
    text = "".join(content + line[len(kept) :] for line, kept in zip(lines, bare, strict=True))
    return text, dict(enumerate(bare, 1))


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


def _physical_lines(text: str) -> dict[tuple[int, int], int]:
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
