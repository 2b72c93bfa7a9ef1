"""Forward hooks of modules: one that returns something puts it in the place of what its module gives."""

from __future__ import annotations

from logitlint import ir
from logitlint.interp import inplace
from logitlint.interp.core import Core
from logitlint.interp.objects import class_lookup, mro
from logitlint.interp.state import options
from logitlint.interp.values import Const, Descriptor, Function, LibObject, Partial, Ref, Unknown, Value

CHANGED = Const("a hook")  #: stands for a ``forward`` of which nothing is known
_UNKNOWN = Unknown(None, "a hook may change what it gives")
#: What gives nothing, as the one thing that a lambda does.
_NOTHING_GIVEN = frozenset("append extend add update insert put clear write info debug print setattr __setitem__ put_nowait".split())


def may_change(m: Core, hook: Value | None) -> bool:
    """Whether a hook may return something. One that only looks is of no concern."""
    return hook is None or any(_may_return(m, option) for _, option in options(hook))


def on_layer(m: Core, layer: LibObject, hook: Value | None) -> None:
    """A hook on a library's layer, wherever that is kept."""
    if may_change(m, hook):
        inplace.replace_everywhere(m, lambda value: value == layer, _UNKNOWN, since=0)


def _may_return(m: Core, hook: Value) -> bool:
    if isinstance(hook, Partial):
        return _may_return(m, hook.fn)
    if isinstance(hook, Descriptor):
        return _may_return(m, hook.fn)
    if isinstance(hook, Ref):
        found = class_lookup(m, mro(m, m.heap[hook.addr].cls), "__call__")
        return found is None or _may_return(m, found[1])
    if not isinstance(hook, Function):
        return True
    node = m.project.completed(hook.loc.path, hook.loc.unit, hook.node)
    returned = [each.value for each in ir.expressions(node.body) if isinstance(each, ir.Exit) and each.kind == "return"]
    return any(not _gives_nothing(value) for value in returned)


def _gives_nothing(value: ir.Expr | None) -> bool:
    if isinstance(value, ir.Call):
        called = value.fn.name if isinstance(value.fn, ir.Attr) else value.fn.id if isinstance(value.fn, ir.Name) else ""
        return called in _NOTHING_GIVEN
    return value is None or (isinstance(value, ir.Const) and value.value is None)
