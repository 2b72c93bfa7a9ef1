"""Where a finding stands for a program that knows files, not notebook cells, and a checkout, not a working directory."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from logitlint.diagnostics import LEVELS, Diagnostic, Edit, Span
from logitlint.reporters import Findings
from logitlint.reporters.text import location, printable

#: Where GitHub, GitLab and Azure say that the repository was checked out; their paths count from there.
_CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY")


class Physical(NamedTuple):
    """Lines of the file itself, from 1. ``column`` and ``end_column`` are None in a notebook: the JSON around a cell has others."""

    line: int
    column: int | None
    end_line: int
    end_column: int | None


def physical(span: Span, report: Findings) -> Physical | None:
    """The place of ``span`` in its file; None for a notebook whose text is not at hand."""
    last = max(span.line, span.end_line)
    if span.cell is None:
        end_column = max(span.end_column, span.column) if last == span.line else max(span.end_column, 1)
        return Physical(max(span.line, 1), max(span.column, 1), max(last, 1), end_column)
    source = report.sources.get(span.path)
    if source is None:
        return None
    first, end = (source.physical_line(span.cell, line) for line in (span.line, last))
    return Physical(first, None, max(first, end), None)


class Replacement(NamedTuple):
    """A range of a file, lines and columns from 1, columns in code points, the end exclusive; and what comes there."""

    line: int
    column: int
    end_line: int
    end_column: int
    content: str


def in_document(edits: Sequence[Edit], source: object) -> list[Replacement] | None:
    """What the edits of one notebook change in its file: string literals of the JSON. None where that is not known."""
    from logitlint.fixes.splice import Unspliceable, document_cuts
    from logitlint.source import SourceFile

    if not isinstance(source, SourceFile) or not source.document:
        return None
    raw = source.document
    try:
        cuts = document_cuts(raw, source, sorted(edits, key=lambda edit: edit.span))
    except Unspliceable:
        return None
    starts = [0, *(match.end() for match in re.finditer("\n", raw))]

    def place(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    return [Replacement(*place(cut.start), *place(cut.end), cut.content) for cut in cuts]


def checkout_path(path: str) -> str:
    """``path`` as the CI service knows it: from the top of its checkout where the run is inside of one, else unchanged."""
    folder = next((value for name in _CHECKOUTS if (value := os.environ.get(name))), None)
    if folder is None or path.startswith("<"):
        return path
    try:
        inside = os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return path
    return path if inside == ".." or inside.startswith("../") else inside


def in_words(diagnostic: Diagnostic) -> str:
    """The message; in a notebook with the cell in front, and with the decision that it depends on."""
    span = diagnostic.span
    cell = "" if span.cell is None else f"cell {span.cell}, line {span.line}: "
    condition = f" (when {' and '.join(diagnostic.conditions)})" if diagnostic.conditions else ""
    return printable(f"{cell}{diagnostic.message}{condition}")


def told(diagnostic: Diagnostic) -> str:
    """The finding as in the log: where and what, the decisions it depends on, and the way of the value, a line for each."""
    lines = [f"{location(diagnostic.span)}: {diagnostic.code} {printable(diagnostic.message)}"]
    lines.extend(f"  when {printable(each)}" for each in diagnostic.conditions)
    lines.extend(f"  {location(step.span)}: {printable(step.message)}" for step in diagnostic.trace)
    return "\n".join(lines)


def ranked(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The gravest first: what a service drops beyond its limit is then what matters least."""
    return sorted(diagnostics, key=lambda each: (LEVELS.index(each.level), each.confidence != "certain", each.sort_key()))
