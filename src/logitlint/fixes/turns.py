"""Layers of a list that a loop calls one after the other: the call is that of all of them, so what changes is the list."""

from __future__ import annotations

import libcst as cst

from logitlint.fixes.activations import called
from logitlint.fixes.syntax import Spot, walk

_LISTS = frozenset({"ModuleList", "LayerList", "CellList"})


def call_of_last(layer: Spot) -> Spot | None:
    """The call in ``for layer in self.layers: x = layer(x)`` for the last layer of a list, of which its class does nothing else. With
    that layer less the loop gives what the layer was given: what it gives itself no other layer of the list takes."""
    target = _kept_as(layer)
    owner = layer.unit.owner(layer.node)
    if target is None or owner is None:
        return None
    name = target.attr.value
    uses = [node for node in walk(owner) if isinstance(node, cst.Attribute) and node.attr.value == name and node is not target]
    loop = layer.unit.parent(uses[0]) if len(uses) == 1 else None
    if not isinstance(loop, cst.For) or loop.iter is not uses[0] or layer.unit.text(uses[0]) != layer.unit.text(target):
        return None
    call = _threads(loop)
    return layer.at(call) if call is not None else None


def _kept_as(layer: Spot) -> cst.Attribute | None:
    """``self.layers`` in ``self.layers = [first, layer]``, perhaps with a container of a library around the list."""
    unit = layer.unit
    element = unit.parent(layer.node)
    display = unit.parent(element) if element is not None else None
    if not isinstance(display, cst.List) or len(display.elements) < 2 or display.elements[-1] is not element:
        return None
    if any(isinstance(each, cst.StarredElement) for each in display.elements):
        return None
    value: cst.CSTNode = display
    arg = unit.parent(display)
    call = unit.parent(arg) if isinstance(arg, cst.Arg) else None
    if isinstance(call, cst.Call) and called(call) in _LISTS and len(call.args) == 1:
        value = call
    statement = unit.parent(value)
    if not isinstance(statement, cst.Assign) or len(statement.targets) != 1:
        return None
    target = statement.targets[0].target
    is_own = isinstance(target, cst.Attribute) and isinstance(target.value, cst.Name) and target.value.value == "self"
    return target if is_own and isinstance(target, cst.Attribute) else None


def _threads(loop: cst.For) -> cst.Call | None:
    """The call in a loop that does nothing but ``x = layer(x)``."""
    lines = loop.body.body
    line = lines[0] if len(lines) == 1 else None
    statements = line.body if isinstance(line, cst.SimpleStatementLine) else ()
    statement = statements[0] if len(statements) == 1 else None
    if loop.orelse is not None or not isinstance(statement, cst.Assign) or len(statement.targets) != 1:
        return None
    call, target = statement.value, statement.targets[0].target
    if not isinstance(call, cst.Call) or len(call.args) != 1 or call.args[0].keyword is not None or call.args[0].star:
        return None
    if not call.func.deep_equals(loop.target) or not isinstance(target, cst.Name) or not call.args[0].value.deep_equals(target):
        return None
    return call if isinstance(loop.target, cst.Name) and loop.target.value != target.value else None
