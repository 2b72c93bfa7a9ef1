"""Where an ordinal stands in the text: found again by reading its unit once more, and only for what ends up in a finding."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from logitlint.diagnostics import Span
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
        self._units: dict[tuple[str, int], list[Range]] = {}

    def range(self, loc: Place) -> Range:
        key = loc.path, loc.unit
        ranges = self._units.get(key)
        if ranges is None:
            ranges = self._units[key] = self._read(*key)
        return ranges[max(loc.at, 0)] if max(loc.at, 0) < len(ranges) else Range(1, 1, 1, 1)

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

    def _read(self, path: str, unit: int) -> list[Range]:
        from libcst.metadata import MetadataWrapper, PositionProvider

        from logitlint import lower

        first = self._project.outline(path).units[unit].first
        module, nodes = lower.nodes(self._project.text(path, unit))
        found = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
        ranges = []
        for node in nodes:
            where = found[node]
            ranges.append(Range(where.start.line + first - 1, where.start.column + 1, where.end.line + first - 1, where.end.column + 1))
        return ranges
