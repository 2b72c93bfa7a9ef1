"""Where an ordinal stands in the text: found again by reading its unit once more, and only for what ends up in a finding."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from logitlint.diagnostics import Span
from logitlint.ir import body_number
from logitlint.outline import Body
from logitlint.project import Project


class Place(Protocol):
    """A syntax node: module path, index of the unit, ordinal in the unit."""

    @property
    def path(self) -> str: ...
    @property
    def unit(self) -> int: ...
    @property
    def at(self) -> int: ...


class Range(NamedTuple):
    """Lines and columns of a module's text from 1, columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Positions:
    def __init__(self, project: Project) -> None:
        self._project = project
        self._read: dict[tuple[str, int, int | None], dict[int, Range]] = {}

    def range(self, loc: Place) -> Range:
        at = max(loc.at, 0)
        bodies = self._project.bodies(loc.path, loc.unit)
        body = next((each for each in bodies if each.number == body_number(at)), None)
        key = loc.path, loc.unit, body.number if body is not None else None
        ranges = self._read.get(key)
        if ranges is None:
            ranges = self._read[key] = self._ranges(loc.path, loc.unit, body)
        return ranges.get(at, Range(1, 1, 1, 1))

    def span(self, loc: Place) -> Span:
        source = self._project.source(loc.path)
        assert source is not None
        return source.span(*self.range(loc))

    def text(self, loc: Place) -> str:
        """The source of a node, white space folded."""
        source = self._project.source(loc.path)
        assert source is not None
        r = self.range(loc)
        lines = source.lines[r.line - 1 : r.end_line]
        if not lines:
            return ""
        lines[-1] = lines[-1][: r.end_column - 1] if r.end_line > r.line else lines[-1][r.column - 1 : r.end_column - 1]
        if r.end_line > r.line:
            lines[0] = lines[0][r.column - 1 :]
        return " ".join(" ".join(lines).split())

    def _ranges(self, path: str, unit: int, body: Body | None) -> dict[int, Range]:
        """The place of every ordinal of a unit outside its bodies, or in one of them."""
        from libcst.metadata import MetadataWrapper, PositionProvider

        from logitlint import units

        if body is None:
            before = self._project.outline(path).units[unit].first - 1
            module, nodes = units.nodes(self._project.outside(path, unit))
        else:
            before = body.first - 2
            module, nodes = units.body_nodes(self._project.body(path, unit, body.number), body.number)
        found = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
        # a definition ends where the body does that has been left out of it
        ends = {each.first: each for each in self._project.bodies(path, unit)} if body is None else {}
        ranges = {}
        for at, node in nodes.items():
            start, end = found[node].start, found[node].end
            inside = ends.get(end.line + before)
            last, column = (inside.last, inside.column) if inside is not None else (end.line + before, end.column + 1)
            ranges[at] = Range(start.line + before, start.column + 1, last, column)
        return ranges
