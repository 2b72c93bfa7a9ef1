"""Layers under names that a loop makes: ``setattr(self, f"head_{i}", layer)``, ``getattr(self, f"head_{i}")``."""

from __future__ import annotations

from logitlint import ir
from logitlint.interp import layers
from logitlint.interp.core import Core
from logitlint.interp.objects import any_element
from logitlint.interp.values import NOTHING, Loc, Ref, Seq, Value


def one_of(m: Core, ref: Ref, begins: str) -> Value:
    """``getattr(module, f"head_{i}")``: any of the layers that were put there under names that begin so."""
    if not begins:
        return NOTHING
    found: list[Value] = []
    for name, value in m.state.slots_of(ref.addr).items():
        if name.startswith(begins):
            found += [value] if value is layers.REPLACED or layers.is_layer(m, value) else layers.numbered(name, value)
    return any_element(Seq(tuple(found)), m.turns())


def beginning(m: Core, loc: Loc, index: int) -> str:
    """What the text begins with that is written as an argument of the call at ``loc``, whatever is put into it."""
    given = m.calling[1].args if m.calling is not None and m.calling[0] == loc else ()
    return _of_text(given[index].value) if index < len(given) and not any(each.form for each in given) else ""


def _of_text(node: ir.Expr) -> str:
    match node:
        case ir.Const(value=str() as text):
            return text
        case ir.Pack(form="fstring", items=(first, *_)):
            return _of_text(first.value)
        case ir.Op(name="+", args=(left, _)):
            return _of_text(left)
        case ir.Op(name="%", args=(left, _)):
            return _of_text(left).partition("%")[0]
        case ir.Call(fn=ir.Attr(obj=text, name="format")):
            return _of_text(text).partition("{")[0]
    return ""
