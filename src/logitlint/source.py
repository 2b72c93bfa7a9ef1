"""Bytes to `SourceFile`: encodings, newlines, and notebooks as one module of Python with a map back to their cells.

A notebook's code cells are joined in document order; of what only IPython understands, :mod:`logitlint.magics` makes Python. Percent
scripts and Databricks sources are ordinary Python, their magics stand in comments.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from logitlint import formatted
from logitlint.diagnostics import Span
from logitlint.guard import too_deep
from logitlint.legacy import may_be_legacy, modern
from logitlint.lines import split_lines
from logitlint.magics import DATABRICKS, hands_over, has_magic, mask, run_lines, written_file
from logitlint.notebook import cells_of, execution_count, is_of_other_language, is_python, physical_lines, text_of

_LINE = re.compile(rb"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
#: How a script says that it is a notebook: to Jupytext and editors, as nbconvert writes it, as Databricks does.
_CELL = re.compile(r"^# ?(?:%%|<codecell>|In ?\[|Databricks notebook|COMMAND ---)", re.MULTILINE)
#: Half a character: a string of JSON may hold one, and no encoding has it.
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
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
    unrun: tuple[Problem, ...] = ()  #: of cells that were never run in a notebook that was: notes and drafts, no part of the program
    #: Modules that cells of a notebook write to disk, by their paths from its folder: every line is where it stands in the notebook.
    written: dict[str, SourceFile] = field(default_factory=dict, repr=False)
    _masked: dict[int, str] = field(default_factory=dict, repr=False)
    _json: str = field(default="", repr=False)
    _lines: list[str] | None = field(default=None, repr=False, compare=False)
    _physical: dict[tuple[int, int], int] | None = field(default=None, repr=False, compare=False)

    @property
    def is_plain(self) -> bool:
        """Whether the text is what stands in the file."""
        return not (self.is_notebook or self.problems or self._masked)

    @property
    def runs_by_cells(self) -> bool:
        """Whether it is a notebook, or a script that says so: its parts may be run again at any time, and a bare value is shown."""
        return self.is_notebook or _CELL.search(self.text) is not None

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

    def line_of(self, span: Span) -> int:
        """The line of ``text`` on which a place begins."""
        above = next((cell.first_line - 1 for cell in self.cells if cell.number == span.cell), 0)
        return span.line + above

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
            self._physical = physical_lines(self._json)
        return self._physical.get((cell, line)) or self._physical.get((cell, 1), 1)


def read_source(path: str, data: bytes) -> SourceFile:
    """Read a module or a notebook (by its name). Never raises: what cannot be read is a `Problem`, with the text left empty."""
    if path.endswith(".ipynb"):
        return _read_notebook(path, data)
    text, problem = _decode(data)
    if problem is not None:
        return SourceFile(path, "", problems=(problem,))
    if text.startswith(DATABRICKS):
        exported, originals = run_lines(text)
        if has_magic(exported) and _parse_problem(exported) is not None:  # behind a comment they are exported as they were typed
            exported, typed = mask(exported, lambda line: _parse_problem(line) is None)
            originals = {**originals, **typed}
        return SourceFile(path, exported, _masked=originals)
    if (has_magic(text) or may_be_legacy(text)) and _parse_problem(text) is not None:
        python, originals, problem = _python_in(text)
        if python is not None:
            return SourceFile(path, python, problems=(problem,) if problem is not None else (), _masked=originals)
    return SourceFile(path, text)


def read_plain(path: str, data: bytes) -> SourceFile:
    """Read a module once more that was found to be plain."""
    return SourceFile(path, _decode(data)[0])


def _python_in(text: str) -> tuple[str | None, dict[int, str], Problem | None]:
    """What Python 3 reads of a text that it refuses, IPython's own and Python 2 replaced; None where it reads nothing of it.

    Also the lines that differ from the text's, by number from 1, and why Python 3 refuses what is not IPython's own.
    """
    masked, originals = mask(text, lambda line: _parse_problem(line) is None)
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
    try:
        formatted.tree(text)
    except SyntaxError as error:
        return Problem(max(error.lineno or 1, 1), max(error.offset or 1, 1), error.msg)
    except (ValueError, RecursionError, MemoryError) as error:
        return Problem(1, 1, str(error) or "the text is too complex for Python's parser")
    return None


def _read_notebook(path: str, data: bytes) -> SourceFile:
    try:
        raw = data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
        document = json.loads(raw)
    except (ValueError, RecursionError, MemoryError) as error:
        line, column = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (1, 1)
        message = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        return SourceFile(path, "", True, problems=(Problem(line, column, f"the notebook is not valid JSON: {message}"),))
    cells = cells_of(document)
    if cells is None:
        return SourceFile(path, "", True, problems=(Problem(1, 1, "the notebook has no cells"),))
    if not is_python(document):
        return SourceFile(path, "", True)
    return _Joiner(path, raw).join(cells)


class _Joiner:
    """Joins the code cells of a notebook into one text."""

    def __init__(self, path: str, raw: str) -> None:
        self.path = path
        self.raw = raw
        self.parts: list[str] = []
        self.cells: list[Cell] = []
        self.problems: list[Problem] = []
        self.unrun: list[Problem] = []
        self.masked: dict[int, str] = {}
        self.written: dict[str, list[tuple[int, list[str]]]] = {}
        self.unclear: set[str] = set()  #: of these files only running tells what an import reads
        self.line = 1

    def join(self, cells: list[dict[str, Any]]) -> SourceFile:
        code = [(number, cell) for number, cell in enumerate(cells, 1) if cell.get("cell_type") == "code"]
        was_run = any(execution_count(cell) is not None for _, cell in code)
        for number, cell in code:
            is_draft = was_run and execution_count(cell) is None and not cell.get("outputs")
            self.add(number, cell, self.unrun if is_draft else self.problems)
        written = {name: self.module_of(parts) for name, parts in self.written.items() if name not in self.unclear}
        problems, unrun = tuple(self.problems), tuple(self.unrun)
        return SourceFile(self.path, "".join(self.parts), True, tuple(self.cells), problems, unrun, written, self.masked, self.raw)

    def module_of(self, parts: list[tuple[int, list[str]]]) -> SourceFile:
        """What cells write into one file, as a module in which no fix may touch a line."""
        lines: list[str] = []
        masked: dict[int, str] = {}
        for first, content in parts:
            lines += ["\n"] * (first - 1 - len(lines)) + content
            masked.update((number, line.rstrip("\r\n")) for number, line in enumerate(content, first))
        return SourceFile(self.path, "".join(lines), True, tuple(self.cells), (), (), {}, masked, self.raw)

    def add(self, number: int, cell: dict[str, Any], problems: list[Problem]) -> None:
        text = text_of(cell.get("source", cell.get("input")))
        unreadable = [number for number, line in enumerate(split_lines(text)) if _LONE_SURROGATE.search(line)]
        text = _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
        if not text.endswith(("\n", "\r")):
            text += "\n"
        lines = split_lines(text)
        self.masked.update((self.line + number, lines[number].rstrip("\r\n")) for number in unreadable)
        self.note_written(lines)
        python, masked, problem = self.python_of(text, lines, is_of_other_language(cell))
        if problem is not None:
            problems.append(replace(problem, line=min(problem.line, len(lines)), cell=number))
        self.parts.append(python)
        self.masked.update((self.line + offset - 1, original) for offset, original in masked.items())
        self.cells.append(Cell(number, self.line, len(lines), execution_count(cell)))
        self.line += len(lines)

    def note_written(self, lines: list[str]) -> None:
        target = written_file(lines)
        if target is None:
            return
        name, is_appended = target
        content = [line if not line.lstrip().startswith("%%") else line[len(line.rstrip("\r\n")) :] for line in lines]
        if is_appended != (name in self.written) or _parse_problem("".join(content)) is not None:
            self.unclear.add(name)  # written twice, put behind what is not in sight, or no Python
        self.written.setdefault(name, []).append((self.line, content))

    def python_of(self, text: str, lines: list[str], other_language: bool) -> tuple[str, dict[int, str], Problem | None]:
        """The cell as Python, its masked lines by number from 1 in the cell, and why Python refuses it."""
        if other_language or hands_over(lines):
            return *_replaced(lines, "#"), None
        if _parse_problem(text) is None:
            return text, {}, None
        python, masked, problem = _python_in(text)
        if python is not None:
            return python, masked, problem
        return (*_replaced(lines, "#"), None) if _parses_without_its_indent(lines) else (*_replaced(lines, ""), problem)


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
