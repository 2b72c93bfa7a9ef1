"""What a finding is: its place, its trace, its fix, its fingerprint."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning", "note"]
Confidence = Literal["certain", "possible"]
Role = Literal["value", "loss", "condition"]
Applicability = Literal["safe", "unsafe", "suggestion"]

#: From the gravest to the mildest; a possible finding is one level lower.
LEVELS: tuple[Level, ...] = ("error", "warning", "note")
DOCUMENTATION = "https://logitlint.readthedocs.io/rules/"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of source text.

    Lines and columns count from 1, columns in code points, ends exclusive. In a notebook ``cell`` counts from 1 over
    all cells and lines count within the cell. ``path`` uses ``/`` and is relative to the working directory where it can be.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One hop of a value (or of the loss, or a condition) on its way to the consumer."""

    span: Span
    role: Role
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    span: Span
    content: str


@dataclass(frozen=True, slots=True)
class Fix:
    applicability: Applicability
    message: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. ``span`` is the consumer; ``producer`` is where the value's kind was made; ``trace`` runs from there to here."""

    code: str
    name: str
    group: str
    level: Level
    confidence: Confidence
    message: str
    span: Span
    producer: Span | None = None
    conditions: tuple[str, ...] = ()
    trace: tuple[Step, ...] = ()
    fix: Fix | None = None
    #: The text of the consumer and of the producer, white space folded: what the fingerprint holds on to when lines move.
    anchor: str = field(default="", compare=False)
    #: How many findings with the same code, file name and anchor stand before this one.
    ordinal: int = field(default=0, compare=False)

    @property
    def url(self) -> str:
        return f"{DOCUMENTATION}{self.name}"

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that survive moved lines: code, file name and the texts at both ends."""
        parts = [self.code, self.span.path.rsplit("/", 1)[-1], self._essence()]
        return _digest(*parts, *([str(self.ordinal)] if self.ordinal else []))

    @property
    def content(self) -> str:
        """As the fingerprint, of code and texts alone: it survives a renamed file, and is the same for like findings anywhere."""
        return _digest(self.code, self._essence())

    def _essence(self) -> str:
        return self.anchor or f"{self.span.line}:{self.span.column}"

    def sort_key(self) -> tuple[object, ...]:
        return (self.span.path, self.span.cell or 0, self.span.line, self.span.column, self.code, self.message)


def _digest(*parts: str) -> str:
    import hashlib

    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
