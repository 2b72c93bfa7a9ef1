"""The summary of a CI job: a table of the findings, and the way of each value to fold out."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import quote

from logitlint.diagnostics import LEVELS, Diagnostic, Span
from logitlint.reporters import Findings
from logitlint.reporters.places import checkout_path, physical, ranked
from logitlint.reporters.text import location, printable

_MARKS = {"error": "\N{LARGE RED CIRCLE} error", "warning": "\N{LARGE YELLOW CIRCLE} warning", "note": "\N{LARGE BLUE CIRCLE} note"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~@&$-])")
_CODE = re.compile(r"(`+)([^`\n]+?)\1(?!`)")
_ROOM = 900 * 1024  #: bytes: GitHub refuses a summary over 1024 KiB with an error


def markdown(report: Findings, *, color: bool, width: int) -> str:
    """GitHub's Markdown, which GitLab and Azure read too; the gravest findings first, and as many as a job summary may hold."""
    out = [f"### logitlint: {_counted(report)}\n\n"]
    if not report.diagnostics:
        return out[0]
    order = ranked(report.diagnostics)
    out.append("| level | place | rule | finding |\n|---|---|---|---|\n")
    room = _ROOM - sum(len(each.encode("utf-8", "replace")) for each in out)
    shown, used = _fitting((_row(each, report) for each in order), room // 2)
    out += shown
    if len(shown) < len(order):
        hidden = len(order) - len(shown)
        out.append(f"\n{hidden} more finding{'s' * (hidden != 1)} did not fit; the log holds them all.\n")
    details, _ = _fitting((_details(each, report) for each in order[: len(shown)] if each.trace), room - used)
    if details:
        out += ["\n<details><summary>How the values get there</summary>\n\n", *details, "</details>\n"]
    return "".join(out)


def _fitting(parts: Iterable[str], room: int) -> tuple[list[str], int]:
    kept, used = [], 0
    for part in parts:
        used += len(part.encode("utf-8", "replace"))
        if used > room:
            break
        kept.append(part)
    return kept, used


def _counted(report: Findings) -> str:
    counts = Counter(each.level for each in report.diagnostics)
    found = ", ".join(f"{counts[level]} {level}{'s' * (counts[level] != 1)}" for level in LEVELS if counts[level])
    return found or ("the run failed" if report.failed else "all checks passed")


def _row(diagnostic: Diagnostic, report: Findings) -> str:
    level = _MARKS[diagnostic.level] + (" (possible)" if diagnostic.confidence == "possible" else "")
    when = f" (when {' and '.join(map(_words, diagnostic.conditions))})" if diagnostic.conditions else ""
    rule = f"[{diagnostic.code}]({diagnostic.url})"
    return f"| {level} | {_place(diagnostic.span, report)} | {rule} | {_words(diagnostic.message)}{when} |\n"


def _details(diagnostic: Diagnostic, report: Findings) -> str:
    steps = [f"{number}. {_place(step.span, report)}: {_words(step.message)}\n" for number, step in enumerate(diagnostic.trace, 1)]
    return f"**{diagnostic.code}** {_place(diagnostic.span, report)}\n\n{''.join(steps)}\n"


def _place(span: Span, report: Findings) -> str:
    """The place in code, linked to the lines on GitHub where the job says which commit it is about."""
    words = _code(location(span))
    server, repository, commit = (os.environ.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "SHA"))
    if not (server and repository and commit) or os.path.isabs(span.path):
        return words
    place = physical(span, report)
    line = f"#L{place.line}" if place is not None and span.cell is None else ""
    return f"[{words}]({server}/{repository}/blob/{commit}/{quote(checkout_path(span.path), errors='replace')}{line})"


def _words(text: str) -> str:
    """Text in which only our own `code` is Markdown."""
    out, end = [], 0
    text = printable(text)
    for match in _CODE.finditer(text):
        out += [_SPECIAL.sub(r"\\\1", text[end : match.start()]), _code(match[2])]
        end = match.end()
    return "".join([*out, _SPECIAL.sub(r"\\\1", text[end:])])


def _code(text: str) -> str:
    """A span of code in a table's cell: HTML, since backticks cannot hold a pipe or a backtick there."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "<code>" + re.sub(r"[|`*_~\[\]\\@$]", lambda match: f"&#{ord(match[0])};", escaped) + "</code>"
