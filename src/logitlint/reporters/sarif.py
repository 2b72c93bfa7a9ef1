"""SARIF 2.1.0, with what GitHub code scanning asks for beyond the standard."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from logitlint import __version__
from logitlint.diagnostics import DOCUMENTATION, Diagnostic, Edit, Span
from logitlint.reporters import Findings
from logitlint.reporters.linehash import line_hashes
from logitlint.reporters.machine import line
from logitlint.reporters.places import Replacement, checkout_path, in_document, in_words, physical, ranked
from logitlint.reporters.text import location, printable

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation"}
_MOST_RESULTS = 25_000  #: GitHub refuses a run with more


def sarif(report: Findings, *, color: bool, width: int) -> str:
    """One run. A file that cannot be parsed is a notification of the tool, not a result about the code."""
    from logitlint.rules.table import RULES

    writer = _Writer(report, {rule.code: index for index, rule in enumerate(RULES)})
    results = [each for each in report.diagnostics if each.code != "LGT900"]
    dropped = len(results) - _MOST_RESULTS
    if dropped > 0:
        results = sorted(ranked(results)[:_MOST_RESULTS], key=Diagnostic.sort_key)
    notes = [writer.notification(each) for each in report.diagnostics if each.code == "LGT900"]
    notes += [_notice("error", printable(message)) for message in report.messages]
    if dropped > 0:
        notes.append(_notice("warning", f"{dropped} findings are left out: GitHub takes {_MOST_RESULTS} of one run"))
    driver = {
        "name": "logitlint",
        "fullName": f"logitlint {__version__}",
        "semanticVersion": __version__,
        "version": __version__,
        "informationUri": DOCUMENTATION.removesuffix("rules/"),
        "rules": [_rule(rule) for rule in RULES],
    }
    invocation = {"executionSuccessful": not report.failed, "toolExecutionNotifications": notes}
    # The final slash makes it a category: what is uploaded later replaces what was uploaded before.
    head = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "logitlint/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
    }
    listed = ",\n".join(line(writer.result(each)) for each in results)
    # A result per line, and most of the document written by the fast encoder.
    run = line(head)[:-1] + ', "results": [' + (f"\n{listed}\n" if listed else "") + "]}"
    return f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [\n{run}\n]}}\n'


def _rule(rule: Any) -> dict[str, Any]:
    """:class:`logitlint.rules.table.Rule` as a reporting descriptor."""
    url = f"{DOCUMENTATION}{rule.name}"
    summary = rule.summary[0].upper() + rule.summary[1:] + "."
    fix = f" Fix: {rule.fix}." if rule.fix and rule.fix != "none" else ""
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": f"{summary}{fix}"},
        "help": {"text": f"{summary}{fix} {url}", "markdown": f"{summary}{fix}\n\n[{rule.name}]({url})"},
        "helpUri": url,
        "defaultConfiguration": {"level": rule.default_level},
        "properties": {
            "tags": [rule.group],
            "precision": "medium" if rule.group == "advice" else "very-high",
            "problem.severity": _PROBLEMS[rule.default_level],
        },
    }


def _notice(level: str, text: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": text or "unknown"}}


@lru_cache(maxsize=1024)
def _uri(path: str) -> dict[str, str]:
    """A relative path counts from the top of the checkout; percent-encoded, bytes that are not UTF-8 included."""
    shown = checkout_path(path)
    encoded = quote(shown, errors="surrogateescape") if _encodes(shown) else quote(shown, errors="backslashreplace")
    if shown.startswith("/"):
        return {"uri": f"file://{encoded}"}
    if re.match("[A-Za-z]:/", shown):
        return {"uri": f"file:///{shown[:2]}{quote(shown[2:], errors='replace')}"}
    return {"uri": encoded, "uriBaseId": "%SRCROOT%"}


def _encodes(path: str) -> bool:
    try:
        path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


class _Writer:
    """The parts of a run that need the report's sources. Hashes of lines are computed once for a file."""

    def __init__(self, report: Findings, rules: Mapping[str, int]) -> None:
        _uri.cache_clear()  # what the paths count from is the environment's to say
        self.report = report
        self.rules = rules
        wanted: dict[str, set[int]] = {}
        for each in report.diagnostics:
            if each.span.cell is None:
                wanted.setdefault(each.span.path, set()).add(each.span.line)
        self.hashes = {path: self._hashes(path, lines) for path, lines in wanted.items()}

    def _hashes(self, path: str, lines: set[int]) -> dict[int, str]:
        source = self.report.sources.get(path)
        if source is None:
            return {}
        text = "".join(source.original(number) + "\n" for number in range(1, len(source.lines) + 1))
        ended = not source.lines or source.lines[-1].endswith(("\n", "\r"))
        return line_hashes(text if ended else text[:-1], lines)

    def result(self, diagnostic: Diagnostic) -> dict[str, Any]:
        fingerprints = {"logitlint/v1": diagnostic.fingerprint}
        line_hash = self.hashes.get(diagnostic.span.path, {}).get(diagnostic.span.line) if diagnostic.span.cell is None else None
        if line_hash is not None:
            fingerprints["primaryLocationLineHash"] = line_hash
        result: dict[str, Any] = {"ruleId": diagnostic.code}
        if diagnostic.code in self.rules:
            result["ruleIndex"] = self.rules[diagnostic.code]
        result |= {
            "level": diagnostic.level,
            "message": self._message(diagnostic),
            "locations": [self._location(diagnostic.span)],
            "partialFingerprints": fingerprints,
            "properties": {"confidence": diagnostic.confidence, "conditions": list(diagnostic.conditions)},
        }
        if diagnostic.producer is not None:
            made = next((step.message for step in diagnostic.trace if step.span == diagnostic.producer), "the value is made here")
            result["relatedLocations"] = [{"id": 0, **self._location(diagnostic.producer, made)}]
        if diagnostic.trace:
            steps = [{"location": self._location(step.span, step.message)} for step in diagnostic.trace]
            result["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
        if diagnostic.fix is not None and (changes := self._changes(diagnostic.fix.edits)):
            text = f"{printable(diagnostic.fix.message)} ({diagnostic.fix.applicability})"
            result["fixes"] = [{"description": {"text": text}, "artifactChanges": changes}]
        return result

    def _message(self, diagnostic: Diagnostic) -> dict[str, str]:
        """GitHub links ``[words](id)`` in a text to the related location; every other bracket is escaped."""
        text = in_words(diagnostic)
        if diagnostic.producer is None:
            return {"text": _plain(text)}
        link = _plain(location(diagnostic.producer).replace("\\", "\\\\"))
        return {"text": f"{_plain(text)} ([{link}](0))"}

    def notification(self, diagnostic: Diagnostic) -> dict[str, Any]:
        rule = {"id": diagnostic.code} | ({"index": self.rules[diagnostic.code]} if diagnostic.code in self.rules else {})
        place = {"locations": [self._location(diagnostic.span)], "associatedRule": rule}
        return _notice(diagnostic.level, in_words(diagnostic)) | place

    def _location(self, span: Span, message: str | None = None) -> dict[str, Any]:
        found: dict[str, Any] = {"physicalLocation": {"artifactLocation": _uri(span.path), **self._region(span)}}
        if span.cell is not None:
            found["logicalLocations"] = [{"name": f"cell {span.cell}", "fullyQualifiedName": f"{printable(span.path)}:cell {span.cell}"}]
        return found if message is None else found | {"message": {"text": _plain(printable(message)) or "here"}}

    def _region(self, span: Span) -> dict[str, Any]:
        place = physical(span, self.report)
        if place is None:
            return {}
        if place.column is None:
            return {"region": {"startLine": place.line, "endLine": place.end_line}}  # whole lines
        columns = {"startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column}
        return {"region": {"startLine": place.line, **columns}}

    def _changes(self, edits: Sequence[Edit]) -> list[dict[str, Any]]:
        """The replacements file by file, in a notebook those in its JSON; nothing where one of them is not known: half a fix is none."""
        files: dict[str, list[Edit]] = {}
        for edit in edits:
            files.setdefault(edit.span.path, []).append(edit)
        found = []
        for path, changes in files.items():
            replacements = self._replacements(path, changes)
            if replacements is None:
                return []
            found.append({"artifactLocation": _uri(path), "replacements": replacements})
        return found

    def _replacements(self, path: str, edits: Sequence[Edit]) -> list[dict[str, Any]] | None:
        if all(edit.span.cell is None for edit in edits):
            return [_replacement(self._region(edit.span)["region"], edit.content) for edit in edits]
        inside = in_document(edits, self.report.sources.get(path))
        return None if inside is None else [_replacement(_lines(each), each.content) for each in inside]


def _lines(place: Replacement) -> dict[str, int]:
    return {"startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column}


def _replacement(region: dict[str, Any], content: str) -> dict[str, Any]:
    return {"deletedRegion": region} | ({"insertedContent": {"text": content}} if content else {})


def _plain(text: str) -> str:
    return text.replace("[", "\\[").replace("]", "\\]")
