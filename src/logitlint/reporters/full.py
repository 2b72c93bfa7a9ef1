"""The format for reading: each finding as the story of a value, from where it was made to the loss, with the lines of source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from logitlint.diagnostics import Diagnostic, Span
from logitlint.reporters import Findings
from logitlint.reporters.diff import Hunk, hunks
from logitlint.reporters.excerpt import CUT, Reader, Row, columns, wrapped
from logitlint.reporters.text import LEVEL_COLORS, headline, location, painter, printable

_LABEL_ROOM = 24  #: columns that words below the marks get at least, however far right the marks stand


@dataclass(frozen=True, slots=True)
class _Stop:
    """A place on the way, with the words of each step there. Both ends of the way are marked ``^``, what lies between ``-``."""

    span: Span
    words: tuple[str, ...]
    end: bool


def full(report: Findings, *, color: bool, width: int) -> str:
    """Findings as paragraphs, a blank line after each."""
    reader = Reader(report.sources)
    return "".join("\n".join(_Paragraph(each, reader, color, width).lines()) + "\n\n" for each in report.diagnostics)


def _stops(diagnostic: Diagnostic) -> list[_Stop]:
    """The trace in its order, both ends always among it; steps at one place become one stop."""
    steps = [(step.span, printable(step.message)) for step in diagnostic.trace]
    told = {span for span, _ in steps}
    if diagnostic.producer is not None and diagnostic.producer not in told | {diagnostic.span}:
        steps.insert(0, (diagnostic.producer, "the value is made here"))
    if diagnostic.span not in told:
        steps.append((diagnostic.span, ""))
    ends = {diagnostic.span, diagnostic.producer}
    counted = sum(bool(words) for _, words in steps) > 1
    stops: list[_Stop] = []
    for number, (span, words) in enumerate(steps, 1):
        label: tuple[str, ...] = (f"{number}. {words}" if counted else words,) if words else ()
        if stops and stops[-1].span == span:
            label = stops.pop().words + label
        stops.append(_Stop(span, label, span in ends))
    return stops


class _Paragraph:
    """One finding, line by line. ``gutter`` is the room of the line numbers."""

    def __init__(self, diagnostic: Diagnostic, reader: Reader, color: bool, width: int) -> None:
        self.diagnostic = diagnostic
        self.reader = reader
        self.color = color
        self.paint: Callable[[str, str], str] = painter(color)
        self.width = width
        self.stops = _stops(diagnostic)
        self.changes: list[Hunk] = [] if diagnostic.fix is None else hunks(diagnostic.fix, reader)
        numbers = [max(stop.span.line, stop.span.end_line) for stop in self.stops]
        numbers += [number for hunk in self.changes for number, _, _ in hunk.lines]
        self.gutter = max(len(str(number)) for number in numbers)
        self.bar = f"{'':>{self.gutter}} {self.paint('|', 'blue')}"

    def lines(self) -> list[str]:
        out = self._title()
        place: tuple[str, int | None] | None = None
        group: list[_Stop] = []
        for stop in self.stops:
            if (stop.span.path, stop.span.cell) != place:
                out += self._file(group)
                place, group = (stop.span.path, stop.span.cell), []
            group.append(stop)
        out += self._file(group)
        out += self._notes()
        return out + [line for hunk in self.changes for line in self._hunk(hunk)]

    def _title(self) -> list[str]:
        """The one line of the concise format, broken where the terminal ends."""
        plain = headline(self.diagnostic)
        rest = wrapped(plain, self.width)
        if len(rest) == 1:
            return [headline(self.diagnostic, color=self.color)]
        words = len(rest[0]) - len(plain) + len(printable(self.diagnostic.message))
        if words <= 0:  # the place alone is wider than the terminal
            return [headline(self.diagnostic, color=self.color)]
        first = headline(self.diagnostic, color=self.color)[: -len(printable(self.diagnostic.message))] + rest[0][-words:]
        return [first, *(f"  {line}" for line in wrapped(" ".join(rest[1:]), self.width - 2))]

    def _file(self, stops: Sequence[_Stop]) -> list[str]:
        """The stops in one file, or in one cell."""
        if not stops:
            return []
        out: list[str] = []
        above: Row | None = None
        for stop in stops:
            rows = self.reader.rows(stop.span, self.width - self.gutter - 3)
            if not stop.end:
                rows = rows[:1]  # of a call over many lines on the way, the first says which it is
            if not rows:
                out += [f"{self.bar} {line}" for words in stop.words for line in wrapped(words, self.width - self.gutter - 3)]
            for index, row in enumerate(rows):
                out += self._source(row, above)
                if row.number is not None:
                    out += self._marks(row, stop, last=index == len(rows) - 1)
                above = row
        return [self._arrow(stops[0].span), *([self.bar, *out, self.bar] if out else [])]

    def _arrow(self, span: Span) -> str:
        return f"{'':>{self.gutter}}{self.paint('-->', 'blue')} {location(span)}"

    def _source(self, row: Row, above: Row | None) -> list[str]:
        if row.number is None:
            return [self.paint(CUT, "blue")]
        if above is not None and (above.number, above.text) == (row.number, row.text):
            return []  # a second range of the line above
        line = f"{self.paint(f'{row.number:>{self.gutter}}', 'blue')} {self.paint('|', 'blue')} {row.text}".rstrip()
        gap = above is not None and above.number is not None and row.number != above.number + 1
        return [self.paint(CUT, "blue"), line] if gap else [line]

    def _marks(self, row: Row, stop: _Stop, *, last: bool) -> list[str]:
        style = "bold yellow" if stop.end else "bold blue"
        if stop.span == self.diagnostic.span:
            style = LEVEL_COLORS[self.diagnostic.level]
        marks = self.paint(("^" if stop.end else "-") * row.length, style)
        prefix = f"{self.bar} {' ' * row.start}"
        if not last or not stop.words:
            return [prefix + marks]
        room = self.width - self.gutter - 3
        widest = max(map(columns, stop.words))
        if len(stop.words) == 1 and row.start + row.length + 1 + widest <= room:
            return [f"{prefix}{marks} {self.paint(stop.words[0], style)}"]
        indent = min(row.start, max(room - max(_LABEL_ROOM, widest), 0))
        lines = [line for words in stop.words for line in wrapped(words, room - indent)]
        return [prefix + marks, *(f"{self.bar} {' ' * indent}{self.paint(line, style)}" for line in lines)]

    def _notes(self) -> list[str]:
        diagnostic = self.diagnostic
        notes: list[tuple[str, str]] = [
            (diagnostic.level, diagnostic.name + (" (possible)" if diagnostic.confidence == "possible" else ""))
        ]
        if diagnostic.conditions:
            notes.append(("when", " and ".join(printable(each) for each in diagnostic.conditions)))
        notes.append(("help", f"logitlint explain {diagnostic.code}"))
        if diagnostic.fix is not None:
            notes.append((f"fix ({diagnostic.fix.applicability})", printable(diagnostic.fix.message)))
        return [line for name, text in notes for line in self._note(name, text)]

    def _note(self, name: str, text: str) -> Iterable[str]:
        style = LEVEL_COLORS.get(name, "green" if name.startswith("fix") else "bold")
        indent = " " * (self.gutter + 1)
        first, *rest = wrapped(text, self.width - self.gutter - 5 - len(name))
        yield f"{indent}{self.paint('=', 'blue')} {self.paint(f'{name}:', style)} {first}"
        yield from (f"{indent}  {' ' * (len(name) + 1)} {line}" for line in rest)

    def _hunk(self, hunk: Hunk) -> list[str]:
        """Removed lines with their old numbers, added ones with their new."""
        out = [self._arrow(hunk.span), self.bar]
        for number, sign, row in ((number, sign, row(self.width - self.gutter - 5)) for number, sign, row in hunk.lines):
            line = f"{number:>{self.gutter}} {self.paint('|', 'blue')} {sign} {row.text}".rstrip()
            style = {"-": "red", "+": "green"}.get(sign)
            if style is not None:
                line = f"{number:>{self.gutter}} {self.paint('|', 'blue')} {self.paint(f'{sign} {row.text}'.rstrip(), style)}"
            out.append(line)
        return [*out, self.bar]
