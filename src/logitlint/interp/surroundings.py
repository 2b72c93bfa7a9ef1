"""The statements around what is being run."""

from __future__ import annotations

from collections.abc import Sequence

from logitlint import ir
from logitlint.interp.core import Core


def enclosing(m: Core) -> tuple[Sequence[ir.Stmt], Sequence[ir.Stmt]]:
    """The body of the function that is being run; of a module, the unit, and what follows it."""
    frame = m.frame
    if frame.function is not None:
        return m.project.completed(frame.path, frame.unit, frame.function.node).body, ()
    units = range(frame.unit + 1, len(m.project.outline(frame.path).units))
    return m.project.lowered(frame.path, frame.unit), [each for unit in units for each in m.project.lowered(frame.path, unit)]
