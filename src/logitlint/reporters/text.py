"""Text that no path, message or line of source can break, its colours, and the one-line-per-finding format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from logitlint.diagnostics import Diagnostic, Span
from logitlint.reporters import Findings

#: Control characters, line and paragraph separators, lone surrogates, and the marks that reorder text on the screen.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_AGENT_COMMAND = re.compile(r"##(?=vso\[)", re.IGNORECASE)
_COLORS = {
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "cyan": "36",
    "bold": "1",
    "dim": "2",
    "bold red": "1;31",
    "bold yellow": "1;33",
    "bold blue": "1;34",
}

LEVEL_COLORS = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def printable(text: str) -> str:
    """``text`` on one line, with every character that a terminal or a parser could act on as a backslash escape.

    The agent of Azure Pipelines obeys a command wherever it stands in a line of the log: a blank takes the command apart.
    """
    if "##" in text:
        text = _AGENT_COMMAND.sub("## ", text)
    return text if text.isprintable() else _UNPRINTABLE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char)
    if short is not None:
        return short
    return f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"


def painter(color: bool) -> Callable[[str, str], str]:
    """``paint(text, style)``, which is ``text`` itself where there is no colour."""
    return (lambda text, style: f"\x1b[{_COLORS[style]}m{text}\x1b[0m") if color else (lambda text, style: text)


def shown_path(path: str) -> str:
    """``path``, printable; never read as a workflow command of a CI service that watches the log."""
    text = printable(path)
    return f"./{text}" if text.lstrip().startswith((":", "##[", "#[")) else text


def location(span: Span) -> str:
    """``path:line:column``, or ``path:cell N:line:column`` in a notebook."""
    cell = "" if span.cell is None else f"cell {span.cell}:"
    return f"{shown_path(span.path)}:{cell}{span.line}:{span.column}"


def headline(diagnostic: Diagnostic, *, color: bool = False) -> str:
    """``path:line:column: CODE message``, the form that flake8 made known."""
    paint = painter(color)
    place = diagnostic.span
    cell = "" if place.cell is None else f"cell {place.cell}:"
    where = f"{paint(shown_path(place.path), 'bold')}:{cell}{place.line}:{place.column}:" if color else f"{location(place)}:"
    return f"{where} {paint(diagnostic.code, LEVEL_COLORS[diagnostic.level])} {printable(diagnostic.message)}"


def concise(report: Findings, *, color: bool, width: int) -> str:
    """One line per finding."""
    return "".join(headline(diagnostic, color=color) + "\n" for diagnostic in report.diagnostics)


def fixable(report: Findings, *, fixing: bool, unsafe: bool) -> str:
    """How many findings a fix could take away, and which option has it done; empty where none could.

    ``fixing``: what ``--fix`` applies has been applied. ``unsafe``: ``--unsafe-fixes`` was given.
    """
    counts = Counter(each.fix.applicability for each in report.diagnostics if each.fix is not None)
    hidden = 0 if unsafe else counts["unsafe"]
    ready = 0 if fixing else counts["safe"] + counts["unsafe"] - hidden
    parts = [f"{ready} fixable with the `--fix` option"] if ready else []
    if hidden:
        parts.append(f"{_many(hidden, 'hidden fix', 'hidden fixes')} can be enabled with the `--unsafe-fixes` option")
    if counts["suggestion"]:
        parts.append(f"{_many(counts['suggestion'], 'suggestion', 'suggestions')} for you to decide on, see `--output-format full`")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
