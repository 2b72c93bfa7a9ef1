"""GitLab's Code Quality report: what a merge request shows in its widget and beside the changed lines."""

from __future__ import annotations

from collections import Counter
from typing import Any

from logitlint.diagnostics import Diagnostic
from logitlint.reporters import Findings
from logitlint.reporters.machine import rows
from logitlint.reporters.places import checkout_path, in_words, physical

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def gitlab(report: Findings, *, color: bool, width: int) -> str:
    """One array. GitLab compares reports by fingerprint and drops what has the same one, so none is given twice."""
    seen: Counter[str] = Counter()
    found = []
    for each in report.diagnostics:
        ordinal = seen[each.fingerprint]
        seen[each.fingerprint] += 1
        found.append(_degradation(each, report, f"{each.fingerprint}-{ordinal}" if ordinal else each.fingerprint))
    return rows(found) + "\n"


def _degradation(diagnostic: Diagnostic, report: Findings, fingerprint: str) -> dict[str, Any]:
    place = physical(diagnostic.span, report)
    lines = {"begin": 1} if place is None else {"begin": place.line, "end": place.end_line}
    return {
        # GitLab shows neither the check's name nor its code.
        "description": f"{diagnostic.code} {in_words(diagnostic)}",
        "check_name": diagnostic.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.level],
        "location": {"path": checkout_path(diagnostic.span.path), "lines": lines},
    }
