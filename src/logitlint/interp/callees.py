"""What each call calls: who changes a call has to know that it never calls anything else."""

from __future__ import annotations

from logitlint import catalog, ir
from logitlint.interp.core import Core
from logitlint.interp.values import Callee, Loc


def note(m: Core, loc: Loc, callee: Callee, name: str = "") -> None:
    """Note that the call at a place has called something. What goes by its own ``name``, which is none of an activation's, always is what
    is called there, and a large library has a hundred thousand such calls."""
    if name and name not in catalog.producer_names() and m.calling is not None and m.calling[0] == loc and _said(m.calling[1].fn) == name:
        return
    known = m.callees.get(loc, ())
    if callee not in known:
        m.callees[loc] = (*known, callee)


def _said(fn: ir.Expr) -> str:
    return fn.id if isinstance(fn, ir.Name) else fn.name if isinstance(fn, ir.Attr) else ""
