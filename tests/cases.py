"""Fixtures as Markdown: a page that a newcomer learns from and that the tool is held against.

A page opens with a ``#`` heading and a paragraph. Every ``##`` section is one case, a little project of its own::

    ## through a local variable
    flow: local variable
    spelling: F.softmax

    ```python title="train.py"
    probs = F.softmax(model(x), dim=1)  # producer: LGT101
    loss = F.cross_entropy(probs, y)  # expect: LGT101
    ```

Markers, each at the end of the line it speaks of, several codes separated by commas:

``# expect: LGT101``
    one finding of that code has its primary location on this line; ``# expect: LGT101 possible`` for one that is possible only
``# producer: LGT101``
    the findings of that code in this section name this line as their producer
``# kind: prob_cat``
    the kind of the value that this line assigns or evaluates
``# miss: LGT101``, ``# spurious: LGT101``
    known debt: a finding that ought to be here and is not, one that is here and ought not; both are counted in ``debt.toml``

No marker means silence. Under the heading stand ``flow:`` (how the value travels), ``spelling:`` (how the activation or the
loss is written) and ``select:`` (codes that are off by default and on in this case; ``all``, ``none``); ``form:`` and ``trap:``
name the cells of the grid (tests/forms.py) that the case fills. A section whose heading ends in "done right" shows how the code
ought to be: it carries no ``expect`` and runs with every rule on. With ``others: as above`` it shows only the files that differ
from the section before it.

A block of ``json``, ``toml`` or ``yaml`` is a data file of the project. A block titled ``*.ipynb`` becomes a notebook: a line
``# %%`` opens a cell, ``# %% [markdown]`` one of prose, ``# %% [7]`` one with the execution count 7.
Without a title a block is ``case.py``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from logitlint.formatted import tree

if TYPE_CHECKING:
    from logitlint.diagnostics import Diagnostic

#: What the fixture `check` is: sources, then settings by name, to findings.
Checker = Callable[..., "tuple[Diagnostic, ...]"]

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "fixtures" / "cases"
DEFAULT_NAME = "case.py"
METADATA = ("flow", "spelling", "select", "form", "trap", "others")

_MARKER = re.compile(r"#\s*(expect|producer|kind|miss|spurious):\s*([^#\n]*)")
_CODE = re.compile(r"LGT\d{3}")
_FENCE = re.compile(r"^(`{3,})(\w*)\s*(?:title=\"([^\"]+)\")?\s*$")
_CELL = re.compile(r"^# %%\s*(?:\[(markdown|\d+)\])?\s*$")
_METADATA = re.compile(r"^(\w+):\s*(.*?)\s*$")


class FixtureError(Exception):
    """A fixture is not written as it should be; the message names file and line."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line as a finding names it: in a notebook ``line`` counts within ``cell``, otherwise ``cell`` is 0."""

    path: str
    cell: int
    line: int

    def __str__(self) -> str:
        return f"{self.path}:cell {self.cell}:{self.line}" if self.cell else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Marker:
    """``what`` is the word before the colon, ``value`` a rule code or a kind."""

    what: str
    value: str
    confidence: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cell:
    sort: str  #: "code" or "markdown"
    count: int | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One file of a case. ``line`` is where its text begins in the fixture."""

    path: str
    text: str
    line: int

    @property
    def is_notebook(self) -> bool:
        return self.path.endswith(".ipynb")

    @property
    def is_python(self) -> bool:
        return self.path.endswith((".py", ".ipynb"))

    def cells(self) -> tuple[Cell, ...]:
        """The cells of a notebook; a plain file is one cell of code."""
        if not self.is_notebook:
            return (Cell("code", None, tuple(self.text.splitlines())),)
        return tuple(_cells(self.text.splitlines()))

    def unmarked(self) -> Block:
        """The same file without what it says about findings."""
        text = "\n".join(_MARKER.sub("", line).rstrip() for line in self.text.split("\n"))
        return Block(self.path, text, self.line)

    def content(self) -> bytes:
        """The file as it would lie on disk."""
        return (_notebook(self.cells()) if self.is_notebook else self.text).encode()

    def places(self) -> Iterator[tuple[Place, str]]:
        """Every line of code with the place a finding on it would name."""
        for number, cell in enumerate(self.cells(), 1):
            if cell.sort == "code" and self.is_python:
                for line, text in enumerate(cell.lines, 1):
                    yield Place(self.path, number if self.is_notebook else 0, line), text

    def python(self) -> Iterator[str]:
        """The Python in it, a notebook's magic lines left out."""
        for cell in self.cells():
            if cell.sort == "code" and self.is_python:
                keep = (line for line in cell.lines if not (self.is_notebook and line.lstrip().startswith(("%", "!"))))
                yield "\n".join(keep) + "\n"


@dataclass(frozen=True, slots=True)
class Case:
    """One section: a project, what is to be found in it, and where it belongs in the grid."""

    page: Path
    title: str
    line: int
    flow: str
    spelling: str
    select: tuple[str, ...]
    blocks: tuple[Block, ...]
    markers: tuple[Marker, ...]
    forms: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.page.relative_to(CASES).with_suffix('').as_posix()}::{self.title}"

    @property
    def is_right(self) -> bool:
        """Whether it shows how the code ought to be."""
        return self.title.endswith("done right")

    @property
    def parts(self) -> int:
        """How many files and cells the program has."""
        return sum(len(block.cells()) for block in self.blocks)

    @property
    def codes(self) -> tuple[str, ...]:
        """The rules this case is about, known misses included."""
        return tuple(sorted({marker.value for marker in self.marked("expect", "miss")}))

    def marked(self, *what: str) -> tuple[Marker, ...]:
        return tuple(marker for marker in self.markers if marker.what in what)

    def sources(self) -> dict[str, bytes]:
        return {block.path: block.content() for block in self.blocks}


def _cells(lines: Iterable[str]) -> Iterator[Cell]:
    sort, count, body = "code", None, list[str]()
    opened = False
    for line in lines:
        head = _CELL.match(line)
        if head is None:
            body.append(line)
            continue
        if opened or any(text.strip() for text in body):
            yield Cell(sort, count, _trimmed(body))
        tag, body, opened = head[1] or "", [], True
        sort = "markdown" if tag == "markdown" else "code"
        count = int(tag) if tag.isdigit() else None
    yield Cell(sort, count, _trimmed(body))


def _trimmed(lines: list[str]) -> tuple[str, ...]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return tuple(lines[:end])


def _notebook(cells: Iterable[Cell]) -> str:
    """Notebook JSON, format 4.4, without identifiers so that it stays the same from run to run."""
    body: list[dict[str, Any]] = []
    for cell in cells:
        source = [line + "\n" for line in cell.lines[:-1]] + list(cell.lines[-1:])
        if cell.sort == "markdown":
            prose = [line[2:] if line.startswith("# ") else line for line in source]
            body.append({"cell_type": "markdown", "metadata": {}, "source": prose})
        else:
            body.append({"cell_type": "code", "execution_count": cell.count, "metadata": {}, "outputs": [], "source": source})
    metadata = {"language_info": {"name": "python"}, "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return json.dumps({"cells": body, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}, indent=1) + "\n"


def _markers(block: Block) -> Iterator[Marker]:
    for place, text in block.places():
        for what, values in _MARKER.findall(text):
            for value in values.split(","):
                name, _, confidence = value.strip().partition(" ")
                well_formed = confidence in ("", "possible", "certain") and (what == "kind" or _CODE.fullmatch(name))
                if not name or not well_formed:
                    raise FixtureError(f"{place}: cannot read the marker {what}: {value.strip()!r}")
                yield Marker(what, name, confidence or "certain", place)


def read_page(page: Path) -> tuple[Case, ...]:
    """The cases of one page, in order. Raises FixtureError."""
    lines = page.read_text(encoding="utf-8").splitlines()
    if not lines or not lines[0].startswith("# "):
        raise FixtureError(f"{page.name}:1: a page opens with a heading")
    heads = [number for number, line in _outside_fences(lines) if line.startswith("## ")]
    ends = [*heads[1:], len(lines)]
    cases: list[Case] = []
    for start, end in zip(heads, ends, strict=True):
        cases.append(_read_section(page, lines, start, end, cases[-1] if cases else None))
    for title, count in Counter(case.title for case in cases).items():
        if count > 1:
            raise FixtureError(f"{page.name}: two sections are called {title!r}")
    return tuple(cases)


def _outside_fences(lines: list[str]) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(lines):
        if fence:
            fence = "" if line.strip() == fence else fence
        elif match := _FENCE.match(line):
            fence = match[1]
        else:
            yield number, line


def _read_section(page: Path, lines: list[str], start: int, end: int, before: Case | None) -> Case:
    data = dict.fromkeys(METADATA, "")
    for line in lines[start + 1 : end]:
        match = _METADATA.match(line)
        if match and match[1] in data:
            data[match[1]] = match[2]
        elif line.strip():
            break
    title = lines[start][3:].strip()
    blocks = tuple(_blocks(page, lines, start, end))
    if not blocks:
        raise FixtureError(f"{page.name}:{start + 1}: the section {title!r} has no block")
    markers = tuple(marker for block in blocks for marker in _markers(block))
    if data["others"]:
        if before is None or data["others"] != "as above":
            raise FixtureError(f"{page.name}:{start + 1}: `others:` can only be `as above`, below another section")
        own = {block.path: block for block in blocks}
        blocks = tuple(own.get(block.path) or block.unmarked() for block in before.blocks)
        blocks += tuple(block for path, block in own.items() if path not in {each.path for each in before.blocks})
    forms, traps = _words(data["form"], ";"), _words(data["trap"], ";")
    return Case(page, title, start + 1, data["flow"], data["spelling"], _select(data["select"], title), blocks, markers, forms, traps)


def _words(text: str, separator: str = ",") -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(separator) if word.strip())


def _select(text: str, title: str) -> tuple[str, ...]:
    words = _words(text)
    if words == ("none",):
        return ()
    if words == ("all",) or (not words and title.endswith("done right")):
        return ("LGT",)
    return words


def _blocks(page: Path, lines: list[str], start: int, end: int) -> Iterator[Block]:
    number = start + 1
    while number < end:
        fence = _FENCE.match(lines[number])
        number += 1
        if fence is None:
            continue
        first = number
        while number < end and lines[number].strip() != fence[1]:
            number += 1
        if number == end:
            raise FixtureError(f"{page.name}:{first}: the block is not closed")
        if fence[2] in ("python", "json", "toml", "yaml"):
            yield Block(fence[3] or DEFAULT_NAME, "\n".join(lines[first:number]) + "\n", first + 1)
        number += 1


def pages() -> list[Path]:
    return sorted(CASES.rglob("*.md"))


def read_all() -> list[Case]:
    """Every case of every page. Raises FixtureError."""
    return [case for page in pages() for case in read_page(page)]


def invalid_python(case: Case) -> list[str]:
    """What does not parse in it, one message per cell or file. A case of LGT900 is exempt: that is its subject."""
    if "LGT900" in case.codes:
        return []
    problems = [_syntax_problem(case, block, text) for block in case.blocks for text in block.python()]
    return [problem for problem in problems if problem]


def _syntax_problem(case: Case, block: Block, text: str) -> str | None:
    try:
        tree(text)
    except SyntaxError as error:
        return f"{case.page.name}:{block.line + (error.lineno or 1) - 1}: {block.path}: {error.msg}"
    return None


# --- holding the tool against a case -----------------------------------------------------------------------------------


def place_of(span: Any) -> Place:
    return Place(span.path, span.cell or 0, span.line)


def diagnose(case: Case) -> tuple[Diagnostic, ...]:
    """The findings of a case: in memory, possible ones included."""
    from logitlint.config import Settings
    from logitlint.engine import check

    report = check(case.sources(), Settings(confidence="possible", extend_select=case.select))
    assert not report.failed, report.messages
    return report.diagnostics


def disagreements(case: Case, found: Iterable[Diagnostic]) -> list[str]:
    """Where markers and findings differ, both ways; empty when they agree."""
    found = tuple(found)
    wanted = Counter((m.place, m.value, m.confidence) for m in case.marked("expect"))
    spurious = Counter((m.place, m.value) for m in case.marked("spurious"))
    missed = {(m.place, m.value) for m in case.marked("miss")}
    problems = []
    for finding in sorted(found, key=lambda each: place_of(each.span)):
        place, code = place_of(finding.span), finding.code
        if wanted[place, code, finding.confidence]:
            wanted[place, code, finding.confidence] -= 1
        elif spurious[place, code]:
            spurious[place, code] -= 1
        elif (place, code) in missed:
            problems.append(f"{place}: {code} is found now: turn `miss` into `expect` and lower tests/debt.toml")
        else:
            problems.append(f"{place}: unexpected {code} ({finding.confidence}): {finding.message}")
    problems += [f"{place}: {code} ({confidence}) is not reported" for place, code, confidence in wanted.elements()]
    problems += [f"{place}: {code} is gone: remove `spurious` and lower tests/debt.toml" for place, code in spurious.elements()]
    return problems + _producer_disagreements(case, found)


def _producer_disagreements(case: Case, found: tuple[Diagnostic, ...]) -> list[str]:
    problems = []
    for code in sorted({marker.value for marker in case.marked("producer")}):
        marked = {marker.place for marker in case.marked("producer") if marker.value == code}
        actual = {place_of(each.producer) if each.producer else None for each in found if each.code == code}
        if actual and marked != actual:
            says = ", ".join(sorted(str(place) for place in actual))
            problems.append(f"the producer of {code} is {says}, not {', '.join(sorted(map(str, marked)))}")
    return problems


def kind_disagreements(case: Case) -> list[str]:
    """Where the kinds that the interpreter gives differ from the ``# kind:`` markers."""
    from logitlint import engine

    reveal = getattr(engine, "reveal", None)
    markers = case.marked("kind")
    if reveal is None or not markers:
        return []
    revealed = {path: reveal(case.sources(), path) for path in sorted({marker.place.path for marker in markers})}
    problems = []
    for marker in markers:
        kind = revealed[marker.place.path].get(marker.place.line)
        actual = str(getattr(kind, "value", kind))
        if actual != marker.value:
            problems.append(f"{marker.place}: kind is {actual}, not {marker.value}")
    return problems
