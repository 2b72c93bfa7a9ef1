"""Output formats: each turns a Report into text. A format's module is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Protocol

from logitlint.diagnostics import Diagnostic, Span


class Excerpted(Protocol):
    """The part of a SourceFile that reports need. Lines count from 1 over the joined text of all cells."""

    @property
    def lines(self) -> Sequence[str]: ...

    def span(self, line: int, column: int, end_line: int, end_column: int) -> Span:
        """The place of a range of the joined text: in a notebook, its cell and the lines within it."""
        ...

    def original(self, line: int) -> str:
        """A line of the joined text as the user wrote it, without its end."""
        ...

    def physical_line(self, cell: int | None, line: int) -> int:
        """The line of the ``.ipynb`` file that holds ``line`` of ``cell``."""
        ...


class Findings(Protocol):
    """The part of :class:`logitlint.engine.Report` that a format reads."""

    @property
    def diagnostics(self) -> Sequence[Diagnostic]: ...

    @property
    def sources(self) -> Mapping[str, Excerpted]: ...

    @property
    def messages(self) -> Sequence[str]:
        """What went wrong beside the findings, in words."""
        ...

    @property
    def failed(self) -> bool:
        """Something could not be read: the report may lack findings."""
        ...


class Render(Protocol):
    def __call__(self, report: Findings, *, color: bool, width: int) -> str:
        """The whole document, with a line feed at its end where it is not empty; ``width`` is the terminal's, in columns."""
        ...


def _lazy(module: str, function: str) -> Render:
    def render(report: Findings, *, color: bool, width: int) -> str:
        loaded: Callable[..., str] = getattr(import_module(f"logitlint.reporters.{module}"), function)
        return loaded(report, color=color, width=width)

    return render


REPORTERS: dict[str, Render] = {
    "concise": _lazy("text", "concise"),
    "full": _lazy("full", "full"),
    "json": _lazy("machine", "json_array"),
    "jsonl": _lazy("machine", "json_lines"),
    "github": _lazy("annotations", "github"),
    "gitlab": _lazy("gitlab", "gitlab"),
    "sarif": _lazy("sarif", "sarif"),
    "junit": _lazy("markup", "junit"),
    "rdjson": _lazy("rdjson", "rdjson"),
    "azure": _lazy("annotations", "azure"),
    "checkstyle": _lazy("markup", "checkstyle"),
    "markdown": _lazy("markdown", "markdown"),
}

#: Formats for people: these may have colour. Standard output of the others holds the document and nothing else.
TEXT_FORMATS = frozenset({"concise", "full"})

#: Formats whose reader shows only some of the annotations: the log has to hold every finding in words too.
ANNOTATIONS = frozenset({"github", "azure"})
