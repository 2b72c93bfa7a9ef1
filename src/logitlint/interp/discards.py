"""Results that are thrown away: where somebody forgot to assign one, not where nobody wants it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from logitlint import ir
from logitlint.interp import calls
from logitlint.interp.core import Core
from logitlint.interp.surroundings import enclosing
from logitlint.interp.values import Choice, Const, LibObject, Tensor, Unknown, Value
from logitlint.kinds import Kind

#: What a layer, a comparison or an argmax gives: called for another reason than its value, or for none.
_NO_ACTIVATION = frozenset({Kind.SCORES, Kind.INDEX, Kind.ONEHOT})
#: Mathematics rather than activations: who calls it alone wants to see what it gives.
_SHOWN = frozenset({"exp", "expm1", "log", "log1p", "log2", "log10"})


def discarded(m: Core, node: ir.Do, value: Value) -> None:
    """A bare statement whose value an activation or a clamp has just made: in place it is meant, otherwise it is lost."""
    if not isinstance(node.value, ir.Call) or not isinstance(value, Tensor) or value.producer is None:
        return
    if any(arg.name in ("out", "inplace") for arg in node.value.args):
        return
    loc = m.here(node.value.at)
    function = m.frame.function
    if function.name.startswith("test") if function is not None else m.project.runs_by_cells(loc.path):
        return
    if value.producer.api.rpartition(".")[2] in _SHOWN:
        if value.producer.loc == loc and value.kind is Kind.UNKNOWN:
            m.cancelled.add(loc)  # the logarithm of a sum of exponentials: nobody reads what overflows
        return
    last = value.origin
    clamped = value.form == "padded" and last is not None and last.loc == loc and not last.note.startswith(calls.RETURNED)
    fn = node.value.fn
    in_place = (fn.name if isinstance(fn, ir.Attr) else fn.id if isinstance(fn, ir.Name) else "").endswith("_")
    if in_place or not (clamped or (value.producer.loc == loc and value.kind not in _NO_ACTIVATION)):
        return
    layer = m.evaluate(fn) if isinstance(fn, (ir.Name, ir.Attr, ir.Call)) else None
    if isinstance(layer, LibObject) and layer.get("inplace") not in (None, Const(False)):
        return
    if _is_forgotten(m, node, node.value):
        m.record("discard", loc, value.producer.api, value)


#: Blocks that run something for its time, its warnings or its failure.
_WATCHES = re.compile(r"profile|time|bench|raises|warns|assert|suppress|record|trace|count", re.IGNORECASE)


def _is_forgotten(m: Core, node: ir.Do, call: ir.Call) -> bool:
    """Whether what should have been changed is read afterwards, as it was. A benchmark, a warm-up, a probe goes on without it."""
    chain = _operand(m, call)
    receiver = call.fn.obj if isinstance(call.fn, ir.Attr) else None
    if chain is None or _is_part(receiver) or _is_part(call.args[0].value if call.args else None):
        return False  # nobody takes a part of something to change it as a whole
    body, later = enclosing(m)
    around = _around(body, node)
    if any(isinstance(each, ir.With) and any(_WATCHES.search(_last(item)) for item, _ in each.items) for each in around):
        return False
    if around and isinstance(around[-1], ir.Try) and around[-1].handlers and len(around[-1].body) == 1:
        return False
    loop = next((each for each in reversed(around) if isinstance(each, ir.Loop)), None)
    if loop is not None and not any(chain[0] in _bound(each) for each in ir.expressions(loop)):
        return False  # the same again in every turn
    own = set(map(_at, ir.expressions(node)))
    read = {_at(each) for statement in body for each in ir.expressions(statement) if _chain(each) == chain} - own
    if loop is not None:
        read -= {at for at in read if at < node.at} - set(map(_at, ir.expressions(loop)))
        return bool(read)
    return any(at > node.at for at in read) or any(_chain(each) == chain for statement in later for each in ir.expressions(statement))


def _is_part(node: ir.Expr | None) -> bool:
    """``x[:5]``; ``batch["x"]`` is a whole."""
    return isinstance(node, ir.Item) and not (isinstance(node.key, ir.Const) and isinstance(node.key.value, str))


def _at(node: tuple[object, ...]) -> int:
    return getattr(node, "at", -1)


def _operand(m: Core, call: ir.Call) -> tuple[str, ...] | None:
    """The variable that an activation is applied to, with its attributes: the first argument, or what the method is called on."""
    if isinstance(call.fn, ir.Attr):
        receiver = _chain(call.fn.obj)
        if receiver is not None and len(receiver) == 1 and isinstance(m.frame_value(receiver[0]), (Tensor, Unknown, Choice)):
            return receiver
    return _chain(call.args[0].value) if call.args else None


def _chain(node: object) -> tuple[str, ...] | None:
    """``a.b`` of ``a.b``, of ``a.b[i]`` too."""
    while isinstance(node, ir.Item):
        node = node.obj
    if isinstance(node, ir.Attr):
        before = _chain(node.obj)
        return (*before, node.name) if before is not None else None
    return (node.id,) if isinstance(node, ir.Name) else None


def _last(manager: ir.Expr) -> str:
    """The last name of a context manager."""
    chain = _chain(manager.fn if isinstance(manager, ir.Call) else manager)
    return chain[-1] if chain is not None else ""


def _around(body: Iterable[ir.Stmt], node: ir.Do) -> list[ir.Stmt]:
    """The statements that a statement stands in, the outermost first."""
    for each in body:
        inside = tuple(ir.inside(each))
        if any(isinstance(one, ir.Do) and one.at == node.at for one in inside):
            return [each]
        found = _around(inside, node)
        if found:
            return [each, *found]
    return []


def _bound(node: object) -> frozenset[str]:
    """The names to which a statement gives a value."""
    target = node.target if isinstance(node, (ir.Store, ir.Update, ir.Loop, ir.Bind)) else None
    return frozenset(each.id for each in ir.expressions(target) if isinstance(each, ir.Name)) if target is not None else frozenset()
