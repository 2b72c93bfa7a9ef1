"""The format for reading: each finding with its source, its trace and its fix."""

from __future__ import annotations

from logitlint.diagnostics import Diagnostic, Edit, Fix, Span
from logitlint.reporters import Excerpted, Findings
from logitlint.reporters.excerpt import block, source_line
from logitlint.reporters.text import headline, location, painter, printable


def full(report: Findings, *, color: bool, width: int) -> str:
    """Findings as paragraphs, a blank line after each."""
    return "".join(_finding(each, report, color, width) + "\n\n" for each in report.diagnostics)


def _finding(diagnostic: Diagnostic, report: Findings, color: bool, width: int) -> str:
    paint = painter(color)
    spans = [diagnostic.span]
    if diagnostic.producer is not None and diagnostic.producer != diagnostic.span:
        spans.append(diagnostic.producer)
    gutter = max(len(str(max(span.line, span.end_line))) for span in spans)
    lines = [headline(diagnostic, color=color)]
    for span in spans:
        source = report.sources.get(span.path)
        excerpt = [] if source is None else block(source, span, gutter, color=color, width=width)
        if excerpt or span is not diagnostic.span:
            role = "" if span is diagnostic.span else " (where the value is made)"
            lines.append(f"{'':>{gutter}}{paint('-->', 'blue')} {location(span)}{role}")
        lines.extend(excerpt)
    if lines[1:]:
        lines.append(f"{'':>{gutter}} {paint('|', 'blue')}")
    indent = " " * (gutter + 1)
    lines.extend(f"{indent}{paint('=', 'blue')} {note}" for note in _notes(diagnostic))
    if diagnostic.fix is not None:
        lines.extend(indent + "  " + line for line in _fix_lines(diagnostic.fix, report, color))
    return "\n".join(lines)


def _notes(diagnostic: Diagnostic) -> list[str]:
    notes = [f"{diagnostic.level}: {diagnostic.name}" + (" (possible)" if diagnostic.confidence == "possible" else "")]
    if diagnostic.conditions:
        notes.append("when: " + " and ".join(printable(each) for each in diagnostic.conditions))
    if diagnostic.trace:
        notes.append("trace:")
        notes.extend(f"  {number}. {location(step.span)}: {printable(step.message)}" for number, step in enumerate(diagnostic.trace, 1))
    notes.append(f"help: logitlint explain {diagnostic.code}")
    if diagnostic.fix is not None:
        notes.append(f"fix ({diagnostic.fix.applicability}): {printable(diagnostic.fix.message)}")
    return notes


def _fix_lines(fix: Fix, report: Findings, color: bool) -> list[str]:
    """The changed lines before and after, by place; nothing for a fix whose source is not at hand."""
    groups: dict[tuple[str, int | None], list[Edit]] = {}
    for edit in sorted(fix.edits, key=lambda each: (each.span.path, each.span.cell or 0, each.span.line, each.span.column)):
        groups.setdefault((edit.span.path, edit.span.cell), []).append(edit)
    lines: list[str] = []
    for (path, _), edits in groups.items():
        source = report.sources.get(path)
        if source is not None:
            lines.extend(_changed(source, edits, color))
    return lines


def _changed(source: Excerpted, edits: list[Edit], color: bool) -> list[str]:
    paint = painter(color)
    touched = sorted({number for edit in edits for number in range(edit.span.line, edit.span.end_line + 1)})
    before = {number: source_line(source, edits[0].span.cell, number) for number in touched}
    known = {number: text for number, text in before.items() if text is not None}
    if len(known) != len(before):
        return []
    after = dict(known)
    for edit in reversed(edits):
        _splice(after, edit.span, edit.content)
    lines = [f"at {location(edits[0].span)}:"]
    lines.extend(paint(f"- {printable(text.expandtabs(4))}", "red") for text in known.values())
    kept = (line for _, text in sorted(after.items()) for line in text.split("\n"))
    lines.extend(paint(f"+ {printable(line.expandtabs(4))}", "green") for line in kept if line.strip())
    return lines


def _splice(lines: dict[int, str], span: Span, content: str) -> None:
    lines[span.line] = lines[span.line][: span.column - 1] + content + lines[span.end_line][span.end_column - 1 :]
    for number in range(span.line + 1, span.end_line + 1):
        lines.pop(number, None)
