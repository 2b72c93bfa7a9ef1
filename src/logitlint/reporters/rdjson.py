"""Reviewdog's Diagnostic Format: comments on a pull request, with fixes that a click applies. Columns count bytes of UTF-8."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from logitlint.diagnostics import DOCUMENTATION, Diagnostic, Fix, Span
from logitlint.reporters import Findings
from logitlint.reporters.diff import spliced
from logitlint.reporters.excerpt import Reader
from logitlint.reporters.machine import line, rows
from logitlint.reporters.places import in_document, in_words, physical
from logitlint.reporters.text import printable
from logitlint.source import SourceFile

#: A notebook of fewer lines is written without line breaks between its cells.
_LEAST_LINES = 3
_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def rdjson(report: Findings, *, color: bool, width: int) -> str:
    """One ``DiagnosticResult``. ``related_locations`` is read by reviewdog 0.18 and later; those before refuse what they do not know."""
    reader = Reader(report.sources)
    source = {"name": "logitlint", "url": DOCUMENTATION.removesuffix("rules/")}
    listed = rows(_diagnostic(each, report, reader) for each in report.diagnostics)
    return f'{{"source": {line(source)}, "diagnostics": {listed}}}\n'


def _diagnostic(diagnostic: Diagnostic, report: Findings, reader: Reader) -> dict[str, Any]:
    found: dict[str, Any] = {
        "message": in_words(diagnostic),
        "location": _location(diagnostic.span, report, reader),
        "severity": _SEVERITIES[diagnostic.level],
        "code": {"value": diagnostic.code, "url": diagnostic.url},
    }
    suggestion = None if diagnostic.fix is None else _suggestion(diagnostic.fix, diagnostic.span, reader, report)
    if suggestion is not None:
        found["suggestions"] = [suggestion]
    steps = [(step.span, step.message) for step in diagnostic.trace if step.span != diagnostic.span]
    if not steps and diagnostic.producer not in (None, diagnostic.span):
        assert diagnostic.producer is not None
        steps = [(diagnostic.producer, "the value is made here")]
    if steps:
        found["related_locations"] = [
            {"message": printable(message), "location": _location(span, report, reader)} for span, message in steps
        ]
    return found


def _location(span: Span, report: Findings, reader: Reader) -> dict[str, Any]:
    place = physical(span, report)
    if place is None:
        return {"path": span.path}
    if place.column is None:
        return {"path": span.path, "range": {"start": {"line": place.line}, "end": {"line": place.end_line}}}
    return {"path": span.path, "range": _range(span, reader)}


def _range(span: Span, reader: Reader) -> dict[str, Any]:
    last = max(span.end_line, span.line)
    return {
        "start": {"line": span.line, "column": _bytes(span, span.line, span.column, reader)},
        "end": {"line": last, "column": _bytes(span, last, max(span.end_column, span.column if last == span.line else 1), reader)},
    }


def _bytes(span: Span, number: int, column: int, reader: Reader) -> int:
    text = reader.line(span.path, None, number)
    if text is None or text.isascii():
        return column
    before = text[: column - 1]
    return len(before.encode("utf-8", "surrogatepass")) + 1 + max(column - 1 - len(before), 0)


def _suggestion(fix: Fix, consumer: Span, reader: Reader, report: Findings) -> dict[str, Any] | None:
    """The edits of a safe fix as one replacement of whole lines; None where they are not all in the consumer's file or cell.

    Reviewdog takes several suggestions for alternatives, so half a fix must never be one.
    """
    places = {(edit.span.path, edit.span.cell) for edit in fix.edits}
    if fix.applicability != "safe" or places != {(consumer.path, consumer.cell)}:
        return None
    if consumer.cell is not None:
        return _in_notebook(fix, report.sources.get(consumer.path))
    changed = spliced(fix.edits, reader)
    if changed is None:
        return None
    before, after = changed
    return _lines(min(edit.span.line for edit in fix.edits), before, "\n".join(after))


def _lines(first: int, before: Sequence[str], text: str) -> dict[str, Any]:
    end = len(before[-1].encode("utf-8", "surrogatepass")) + 1
    lines = {"start": {"line": first, "column": 1}, "end": {"line": first + len(before) - 1, "column": end}}
    return {"range": lines, "text": text}


def _in_notebook(fix: Fix, source: object) -> dict[str, Any] | None:
    """The lines of the JSON that hold the cell; None where that is all one line, outputs included."""
    changes = in_document(fix.edits, source)
    if not changes or not isinstance(source, SourceFile):
        return None
    lines = source.document.split("\n")
    first, last = changes[0].line, changes[-1].end_line
    if len(lines) < _LEAST_LINES:
        return None
    before, text, position = lines[first - 1 : last], "", (first, 1)
    for each in changes:
        text += _between(lines, position, (each.line, each.column)) + each.content
        position = (each.end_line, each.end_column)
    text += _between(lines, position, (last, len(lines[last - 1]) + 1))
    return _lines(first, [each.rstrip("\r") for each in before], text.replace("\r\n", "\n").rstrip("\r"))


def _between(lines: Sequence[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    if start[0] == end[0]:
        return lines[start[0] - 1][start[1] - 1 : end[1] - 1]
    middle = lines[start[0] : end[0] - 1]
    return "\n".join([lines[start[0] - 1][start[1] - 1 :], *middle, lines[end[0] - 1][: end[1] - 1]])
