"""``torch_geometric.nn.Sequential``, whose layers are told by name which values they take and what becomes of theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from logitlint.interp import buffers
from logitlint.interp.core import Args, Core
from logitlint.interp.objects import item
from logitlint.interp.values import NOTHING, Const, Loc, Mapping, Ref, Seq, Value

SEQUENTIAL = "torch_geometric.nn.Sequential"
_WIRES = "__wires__"  #: the slot with the names of the arguments, and of what each layer takes and gives

_Names: TypeAlias = "tuple[str, ...]"


def fill(m: Core, ref: Ref, args: Args) -> None:
    """``Sequential("x, edge_index", [(conv, "x, edge_index -> x"), nn.ReLU()])``."""
    entries, inputs = _entries(m, args.get(1, "modules") or NOTHING), args.get(0, "input_args")
    layers: list[Value] = []
    wires: list[tuple[_Names, _Names]] = []
    for entry in entries:
        entry = buffers.listed(m, entry)
        parts = entry.items if isinstance(entry, Seq) else (entry,)
        told = parts[1] if len(parts) == 2 else None
        if isinstance(told, Const) and str(told.value).count("->") == 1:
            takes, _, gives = str(told.value).partition("->")
            wires.append((_names(takes), _names(gives)))
        elif len(parts) == 1 and wires:
            wires.append((wires[-1][1], wires[-1][1]))
        layers += parts[:1]
    known = bool(layers) and len(layers) == len(wires) and isinstance(inputs, Const)
    m.set_field(ref, "items", Seq(tuple(layers)) if known else Seq((), NOTHING))
    if isinstance(inputs, Const) and known:
        m.set_field(ref, _WIRES, Const((_names(str(inputs.value).partition("->")[0]), tuple(wires))))


def _entries(m: Core, given: Value) -> tuple[Value, ...]:
    content = m.field(given, "items") if m.form(given) == "dict" else buffers.listed(m, given)
    content = content.in_order() if isinstance(content, Mapping) else content
    return content.items if isinstance(content, Seq) and content.rest is None else ()


def _names(text: str) -> _Names:
    """The names in ``x, edge_index: Adj``."""
    return tuple(each.partition(":")[0].strip() for each in text.split(","))


def wires(m: Core, ref: Ref) -> Const | None:
    found = m.field(ref, _WIRES)
    return found if isinstance(found, Const) else None


def thread(
    m: Core, names: Const, layers: Value, args: Args, loc: Loc, call: Callable[[Core, Value, tuple[Value, ...], Loc], Value]
) -> Value:
    """The values by their names, through one layer after the other; what the last one gives."""
    assert isinstance(names.value, tuple)
    inputs, steps = names.value
    if not isinstance(layers, Seq) or layers.rest is not None or len(layers.items) != len(steps):
        return NOTHING
    values = {**dict(zip(inputs, args.pos, strict=False)), **args.named}
    result: Value = NOTHING
    for layer, (takes, gives) in zip(layers.items, steps, strict=True):
        result = call(m, layer, tuple(values.get(name, NOTHING) for name in takes), loc)
        values.update({name: item(m, result, Const(i), loc) if len(gives) > 1 else result for i, name in enumerate(gives)})
    return result
