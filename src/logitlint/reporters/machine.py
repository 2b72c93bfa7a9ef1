"""Findings, counts and audits as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from logitlint.diagnostics import Diagnostic, Fix, Span
from logitlint.reporters import Findings

_SURROGATE = re.compile("[\ud800-\udfff]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)  #: what it is given are trees, built here
_LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")  #: and what else a reader of lines may take for an end


def dumps(value: object) -> str:
    """One JSON document with a line feed. Lone surrogates (paths that are not UTF-8) stay as escapes, so it encodes everywhere."""
    return _encodable(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def line(value: object) -> str:
    """One JSON value on one line, without a line feed; it encodes everywhere, as that of :func:`dumps` does."""
    text = _ENCODER.encode(value)
    return text if text.isascii() and "\x7f" not in text else _LINE_ENDS.sub(_escaped, text)


def rows(values: Iterable[object]) -> str:
    """One JSON array with a value per line: small, quick to write, and readable in a diff."""
    listed = ",\n".join(line(value) for value in values)
    return f"[\n{listed}\n]" if listed else "[]"


def _encodable(text: str) -> str:
    return text if text.isascii() else _SURROGATE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def json_array(report: Findings, *, color: bool, width: int) -> str:
    """All findings as one array; ``[]`` when there are none."""
    return dumps([finding(each) for each in report.diagnostics])


def json_lines(report: Findings, *, color: bool, width: int) -> str:
    """One finding per line, for programs that read while we write; nothing when there are none."""
    return "".join(line(finding(each)) + "\n" for each in report.diagnostics)


def finding(diagnostic: Diagnostic) -> dict[str, Any]:
    """Lines and columns from 1, columns in code points, ends exclusive; in a notebook, lines within the cell."""
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "group": diagnostic.group,
        "level": diagnostic.level,
        "confidence": diagnostic.confidence,
        "message": diagnostic.message,
        **place(diagnostic.span),
        "producer": None if diagnostic.producer is None else place(diagnostic.producer),
        "conditions": list(diagnostic.conditions),
        "trace": [{**place(step.span), "role": step.role, "message": step.message} for step in diagnostic.trace],
        "fix": None if diagnostic.fix is None else _fix(diagnostic.fix),
        "fingerprint": diagnostic.fingerprint,
        "url": diagnostic.url,
    }


def place(span: Span) -> dict[str, Any]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "cell": span.cell,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**place(edit.span), "content": edit.content} for edit in fix.edits]
    return {"applicability": fix.applicability, "message": fix.message, "edits": edits}


def statistics(counts: Iterable[tuple[int, str, str]]) -> str:
    """``(count, code, name)`` rows as an array."""
    return dumps([{"code": code, "name": name, "count": count} for count, code, name in counts])
