"""Where a finding stands for a program that knows files, not notebook cells, and a checkout, not a working directory."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from logitlint.diagnostics import LEVELS, Diagnostic, Span
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
