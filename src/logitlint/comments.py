"""Suppression comments of a project at work: which findings they cover, which of them cover nothing (LGT901), and their removal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from logitlint import suppress
from logitlint.diagnostics import Diagnostic, Edit, Fix, Span
from logitlint.project import Project
from logitlint.source import SourceFile
from logitlint.suppress import Directive, Suppressions

_OURS = (b"logitlint", b"LGT", b"lgt")  #: a file without any of these holds no comment that is only for us


class Comments:
    """The suppression comments of a project's files, read when they are asked for."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._read: dict[str, Suppressions] = {}

    def of(self, path: str) -> Suppressions:
        if path not in self._read:
            source = self._project.source(path)
            self._read[path] = suppress.suppressions(source) if source is not None else Suppressions()
        return self._read[path]

    def suppress(self, diagnostic: Diagnostic) -> bool:
        """Does a comment at the consumer, or at the place where the value was made, cover this finding? All that do are in use."""
        ends = [diagnostic.span, *([diagnostic.producer] if diagnostic.producer is not None else [])]
        covered = [self._covers(span, diagnostic.code) for span in ends]
        return any(covered)

    def _covers(self, span: Span, code: str) -> bool:
        source = self._project.source(span.path)
        if source is None:
            return False
        path = self._project.module_at(span.path, source.line_of(span))
        return self.of(path).covers(code, *statement_lines(self._project, path, source, span))

    def in_noqa(self, paths: Iterable[str]) -> bool:
        """Does one of the files name a code of ours in a ``noqa``, which other tools read too?"""
        return any(
            directive.form.startswith("noqa") and any(item.startswith("LGT") for item in directive.selectors or ())
            for path in paths
            if self._may_hold(path)
            for directive in self.of(path).directives
        )

    def _may_hold(self, path: str) -> bool:
        data = self._project.bytes(path)
        return data is not None and any(stem in data for stem in _OURS)

    def _files_of(self, root: str) -> Iterator[str]:
        """The file of a root that is named ``path`` or ``path: definition``; a path may hold a colon itself."""
        parts = root.split(": ")
        for count in range(1, len(parts) + 1):
            path = ": ".join(parts[:count])
            if self._project.file_of(path) in self._project.files:
                yield path

    def unused(self, paths: Sequence[str], unfinished: Sequence[str]) -> Iterator[Diagnostic]:
        """LGT901 for the comments in ``paths`` that covered nothing, once every finding has been asked for.

        ``unfinished`` are roots whose evaluation was cut short, the path first: what they lead to is not judged, for a finding may
        be missing there. Neither is a file that was not read as a whole.
        """
        doubtful = frozenset(self._project.reachable(path for root in unfinished for path in self._files_of(root)))
        for path in (*paths, *self._project.written(paths)):
            if path in doubtful or not self._may_hold(path):
                continue
            source = self._project.source(path)
            if (
                source is None
                or source.problems
                or source.unrun
                or not self.of(path).directives
                or self._project.outline(path).problem is not None
            ):
                continue
            for directive, idle in self.of(path).unused():
                yield _unused(source, directive, idle)


def statement_lines(project: Project, path: str, source: SourceFile, span: Span) -> tuple[int, int]:
    """The lines of a module's text that the statement around a span has; ``source`` is its file's."""
    line = source.line_of(span)
    last = line + span.end_line - span.line
    for first, end in project.statements(path):
        if first <= line <= end:
            return first, max(end, last)
    return line, last


# -- LGT901 -------------------------------------------------------------------------------------------------------------------


def _unused(source: SourceFile, directive: Directive, idle: tuple[str, ...]) -> Diagnostic:
    from logitlint.rules.table import by_code

    rule = by_code("LGT901")
    comment = source.lines[directive.line - 1][directive.column - 1 :].rstrip("\r\n")
    span = source.span(directive.line, directive.column, directive.line, directive.column + len(comment))
    unknown = [item for item in idle if not suppress.means_a_rule(item)]
    fix = None
    if unknown:
        # Perhaps a newer version knows it: that comment is not ours to remove.
        message = f"{_listed(unknown)} {'is' if len(unknown) == 1 else 'are'} no rule of this version and suppress{_s(unknown)} nothing"
    else:
        named = _listed(idle) if idle else f"`# logitlint: {directive.form}`"
        message = f"{named} suppress{_s(idle or ('',))} nothing"
        fix = None if source.is_masked(directive.line) else _removal(source, directive, idle)
    anchor = " ".join(comment.split())
    return Diagnostic(rule.code, rule.name, rule.group, rule.default_level, "certain", message, span, fix=fix, anchor=anchor)


def _listed(items: Sequence[str]) -> str:
    return ", ".join(f"`{item}`" for item in items)


def _s(items: Sequence[str]) -> str:
    return "es" if len(items) == 1 else ""


def _removal(source: SourceFile, directive: Directive, idle: tuple[str, ...]) -> Fix:
    """Take the idle selectors out of a comment, or the comment out of the file. Other remarks on the line stay."""
    line = source.lines[directive.line - 1]
    kept = [item for item in directive.selectors or () if item not in idle]
    start, end = directive.listed if kept else directive.extent
    content = ", ".join(kept)
    if not kept:
        start, end, content = _whole(line, start, end)
    span = source.span(directive.line, start + 1, directive.line, end + 1)
    if not kept and not line[:start].strip() and not line[end:].strip():
        span = _whole_line(source, directive.line)
    return Fix("safe", "remove the unused suppression", (Edit(span, content),))


def _whole(line: str, start: int, end: int) -> tuple[int, int, str]:
    """The offsets of a directive with the white space that it leaves, and what has to stand there so that a remark stays a comment."""
    rest = line[end:].strip()
    if not rest:
        return len(line[:start].rstrip()), len(line.rstrip("\r\n")), ""
    after = end + len(line[end:]) - len(line[end:].lstrip())
    return start, after, "" if rest.startswith("#") else "# "


def _whole_line(source: SourceFile, line: int) -> Span:
    """The line with its end; without it where a file or a cell ends."""
    cell = source.cell_at(line)
    last = len(source.lines) if cell is None else cell.first_line + cell.line_count - 1
    if line < last or (cell is None and source.lines[line - 1].endswith(("\n", "\r"))):
        place = source.span(line, 1, line, 1)
        return Span(place.path, place.line, 1, place.line + 1, 1, place.cell)
    return source.span(line, 1, line, len(source.lines[line - 1].rstrip("\r\n")) + 1)
