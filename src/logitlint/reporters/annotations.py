"""Commands that GitHub and Azure Pipelines read from the log of a step and show at the lines of a pull request.

Both show only the first ten of a kind for a step and drop the rest without a word, so the gravest come first and the last
command says how many more there are.
"""

from __future__ import annotations

import os

from logitlint.diagnostics import Diagnostic, Span
from logitlint.reporters import Findings
from logitlint.reporters.places import checkout_path, physical, ranked, told
from logitlint.reporters.text import location, printable

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_ISSUES = {"error": "error", "warning": "warning", "note": "warning"}  #: Azure knows no third kind
_LIMIT = 10  #: annotations of one kind that are shown for a step


def github(report: Findings, *, color: bool, width: int) -> str:
    """An annotation per finding at the consumer, and a notice at the producer of each while there is room for it."""
    order = ranked(report.diagnostics)
    # One notice is kept back for the count of what does not fit.
    shown = _that_fit(order, _COMMANDS, {"error": _LIMIT, "warning": _LIMIT, "notice": _LIMIT - 1})
    lines = [_command(_COMMANDS[each.level], each, each.span, told(each), report) for each in shown]
    room = _LIMIT - 1 - sum(_COMMANDS[each.level] == "notice" for each in shown)
    producers = [each for each in shown if each.producer is not None and each.producer != each.span][:room]
    for each in producers:
        assert each.producer is not None
        lines.append(_command("notice", each, each.producer, _producer_message(each), report))
    if len(order) > len(shown):
        lines.append(f"::notice title=logitlint::{_more(len(order) - len(shown))}")
    return "".join(line + "\n" for line in lines)


def azure(report: Findings, *, color: bool, width: int) -> str:
    """An issue per finding at the consumer. Paths are absolute: the agent maps them to the repository."""
    order = ranked(report.diagnostics)
    shown = _that_fit(order, _ISSUES, {"error": _LIMIT, "warning": _LIMIT - 1})
    lines = [_issue(each, report) for each in shown]
    if len(order) > len(shown):
        lines.append(f"##vso[task.logissue type=warning;]logitlint: {_more(len(order) - len(shown))}")
    return "".join(line + "\n" for line in lines)


def _that_fit(order: list[Diagnostic], kinds: dict[str, str], room: dict[str, int]) -> list[Diagnostic]:
    shown = []
    for diagnostic in order:
        kind = kinds[diagnostic.level]
        if room[kind] > 0:
            room[kind] -= 1
            shown.append(diagnostic)
    return shown


def _more(hidden: int) -> str:
    return f"{hidden} more finding{'s' * (hidden != 1)}, see the log"


# -- GitHub -------------------------------------------------------------------------------------------------------------------


def _command(command: str, diagnostic: Diagnostic, span: Span, message: str, report: Findings) -> str:
    properties = [("title", f"logitlint ({diagnostic.code})"), ("file", checkout_path(span.path)), *_range(span, report)]
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties if value)
    return f"::{command} {listed}::{_data(message)}"


def _range(span: Span, report: Findings) -> list[tuple[str, str]]:
    place = physical(span, report)
    if place is None:
        return []
    lines = [("line", str(place.line)), ("endLine", str(place.end_line))]
    if place.column is None or place.line != place.end_line:
        return lines  # columns of a range over several lines would cost the annotation
    return [lines[0], ("col", str(place.column)), lines[1], ("endColumn", str(place.end_column))]


def _producer_message(diagnostic: Diagnostic) -> str:
    step = next((each for each in diagnostic.trace if each.span == diagnostic.producer), None)
    what = "the value is made here" if step is None else printable(step.message)
    return f"{what}; it reaches {location(diagnostic.span)}: {diagnostic.code} {printable(diagnostic.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return printable(_data(text).replace(":", "%3A").replace(",", "%2C"))


# -- Azure --------------------------------------------------------------------------------------------------------------------


def _issue(diagnostic: Diagnostic, report: Findings) -> str:
    place = physical(diagnostic.span, report)
    properties = [("type", _ISSUES[diagnostic.level]), ("sourcepath", os.path.abspath(diagnostic.span.path))]
    if place is not None:
        properties.append(("linenumber", str(place.line)))
        if place.column is not None:
            properties.append(("columnnumber", str(place.column)))
    properties.append(("code", diagnostic.code))
    listed = "".join(f"{key}={_azure(printable(value), ';', ']')};" for key, value in properties)
    return f"##vso[task.logissue {listed}]{_azure(told(diagnostic))}"


def _azure(text: str, *reserved: str) -> str:
    """The agent's own escapes: ``%`` first."""
    text = text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")
    for char in reserved:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
