"""GitHub workflow commands: annotations on the lines of a pull request.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word, so the gravest come
first and the last notice says how many more there are.
"""

from __future__ import annotations

from logitlint.diagnostics import LEVELS, Diagnostic, Span
from logitlint.reporters import Findings
from logitlint.reporters.text import location, printable

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_LIMIT = 10  #: annotations of one command that GitHub shows for a step


def github(report: Findings, *, color: bool, width: int) -> str:
    """An annotation per finding at the consumer, and a notice at the producer of each while there is room for it."""
    ranked = sorted(report.diagnostics, key=lambda each: (LEVELS.index(each.level), each.confidence != "certain", each.sort_key()))
    used = dict.fromkeys(_COMMANDS.values(), 0)
    lines: list[str] = []
    shown: list[Diagnostic] = []
    for diagnostic in ranked:
        command = _COMMANDS[diagnostic.level]
        # One notice is kept back for the count of what does not fit.
        if used[command] < _LIMIT - (command == "notice"):
            used[command] += 1
            shown.append(diagnostic)
            lines.append(_command(command, diagnostic, diagnostic.span, _message(diagnostic), report))
    for diagnostic in shown:
        if diagnostic.producer is not None and diagnostic.producer != diagnostic.span and used["notice"] < _LIMIT - 1:
            used["notice"] += 1
            lines.append(_command("notice", diagnostic, diagnostic.producer, _producer_message(diagnostic), report))
    hidden = len(ranked) - len(shown)
    if hidden:
        lines.append(f"::notice title=logitlint::{hidden} more finding{'s' * (hidden != 1)}, see the log")
    return "".join(line + "\n" for line in lines)


def _command(command: str, diagnostic: Diagnostic, span: Span, message: str, report: Findings) -> str:
    properties = [("title", f"logitlint ({diagnostic.code})"), ("file", span.path), *_range(span, report)]
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties if value)
    return f"::{command} {listed}::{_data(message)}"


def _range(span: Span, report: Findings) -> list[tuple[str, str]]:
    if span.cell is not None:
        source = report.sources.get(span.path)
        if source is None:
            return []
        # Columns of a cell are not columns of the JSON text around it.
        first, last = (source.physical_line(span.cell, line) for line in (span.line, span.end_line))
        return [("line", str(first)), ("endLine", str(max(first, last)))]
    lines = [("line", str(span.line)), ("endLine", str(max(span.line, span.end_line)))]
    if span.line != span.end_line:
        return lines  # with columns, GitHub would drop the annotation
    columns = [("col", str(span.column))]
    if span.end_column >= span.column:
        columns.append(("endColumn", str(span.end_column)))
    return [lines[0], columns[0], lines[1], *columns[1:]]


def _message(diagnostic: Diagnostic) -> str:
    lines = [f"{location(diagnostic.span)}: {diagnostic.code} {printable(diagnostic.message)}"]
    lines.extend(f"  when {printable(each)}" for each in diagnostic.conditions)
    lines.extend(f"  {location(step.span)}: {printable(step.message)}" for step in diagnostic.trace)
    return "\n".join(lines)


def _producer_message(diagnostic: Diagnostic) -> str:
    step = next((each for each in diagnostic.trace if each.span == diagnostic.producer), None)
    what = "the value is made here" if step is None else printable(step.message)
    return f"{what}; it reaches {location(diagnostic.span)}: {diagnostic.code} {printable(diagnostic.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return printable(_data(text).replace(":", "%3A").replace(",", "%2C"))
