"""Which loads of a name see what an assignment stores, and whether a name means the same in two places of a function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from logitlint.fixes.activations import called
from logitlint.fixes.names import bindings, bound_by
from logitlint.fixes.syntax import Spot, Unit, kept, names_in, walk
from logitlint.interp.inplace import changes


def outlives(scope: cst.CSTNode, name: str) -> bool:
    """Whether an inner function reads a name, or the name is declared global or nonlocal."""
    for node in _inner(scope):
        if isinstance(node, (cst.Global, cst.Nonlocal)):
            if any(item.name.value == name for item in node.names):
                return True
        elif name not in bound_by(node) and name in names_in(node):
            return not isinstance(scope, cst.Module)
    return False


@kept
def _inner(scope: cst.CSTNode) -> Sequence[cst.Global | cst.Nonlocal | cst.FunctionDef | cst.Lambda]:
    """The functions in a scope, and what is declared in it to be others'."""
    nodes = (cst.Global, cst.Nonlocal, cst.FunctionDef, cst.Lambda)
    return tuple(each for each in walk(scope) if isinstance(each, nodes) and each is not scope)


def loads_after(unit: Unit, scope: cst.CSTNode, target: cst.Name) -> Iterator[cst.Name]:
    """The loads of a name that may see what is stored at ``target``: to the next store that always comes in between."""
    name = target.value
    statement = unit.statement(target) or target
    whole = isinstance(statement, (cst.Assign, cst.AnnAssign))
    start = unit.range(statement)[1] - 1 if whole else unit.range(target)[0]  # the right side is read before
    body = scope.body if isinstance(scope, (cst.FunctionDef, cst.Lambda)) else scope
    stores = [node for bound, node in bindings(body) if bound == name and isinstance(node, cst.Name) and node is not target]
    stored = {id(node) for node in stores if not isinstance(unit.parent(node), cst.AugAssign)} | {id(target)}
    blocks = {id(each) for each in (statement, *unit.above(statement))}
    killers = [node for node in stores if _always(unit, node, blocks)]
    after = sorted(unit.range(unit.statement(k) or k)[1] for k in killers if unit.range(k)[0] > start)
    limit = after[0] if after else None
    loops = [each for each in unit.above(statement) if isinstance(each, (cst.For, cst.While))]
    outermost = unit.range(loops[-1])[0] if loops and _inside(unit, loops[-1], scope) else None
    for node in names_in(body).get(name, ()):
        if id(node) in stored or not _is_load(unit, node):
            continue
        where = unit.range(node)[0]
        if where > start:
            if (limit is None or where < limit) and not _overwritten(unit, node, stores, start):
                yield node
        elif outermost is not None and where >= outermost:
            first = [k for k in killers if outermost <= unit.range(k)[0] < start and unit.range(unit.statement(k) or k)[1] <= where]
            if not first and _shares_loop(unit, node, loops) and not _overwritten(unit, node, stores, outermost):
                yield node


def is_only_definition(unit: Unit, scope: cst.CSTNode, target: cst.Name, load: cst.CSTNode) -> bool:
    """Whether a load sees what is stored at ``target`` and nothing else, whichever way control came."""
    start, end = unit.range(target)[0], unit.range(load)[0]
    if start > end or _ways(unit, unit.statement(target)) - _ways(unit, load):
        return False
    body = scope.body if isinstance(scope, (cst.FunctionDef, cst.Lambda)) else scope
    stores = (node for bound, node in bindings(body) if bound == target.value)
    statement = unit.statement(load)
    last = unit.range(statement)[0] if statement is not None else end  # the right side is read before the name is bound again
    around = {id(each) for each in unit.above(target)}
    again = [unit.range(each)[1] for each in unit.above(load) if isinstance(each, (cst.For, cst.While)) and id(each) not in around]
    return not any(start < unit.range(each)[0] < max((last, *again)) for each in stores)


def definition(unit: Unit, load: cst.Name) -> cst.BaseExpression | None:
    """What a name is bound to where it is read, if that is one expression whichever way control came."""
    scope = unit.scope(load)
    body = scope.body if isinstance(scope, (cst.FunctionDef, cst.Lambda)) else scope
    stores = [node for bound, node in bindings(body) if bound == load.value and isinstance(node, cst.Name)]
    before = [node for node in stores if unit.range(node)[0] < unit.range(load)[0]]
    if not before or not is_only_definition(unit, scope, before[-1], load):
        return None
    statement = unit.statement(before[-1])
    if isinstance(statement, cst.Assign) and len(statement.targets) == 1 and statement.targets[0].target is before[-1]:
        return statement.value
    return None


def unpacked(statement: cst.Assign) -> list[tuple[cst.BaseExpression, cst.BaseExpression]]:
    """The targets of `a, b = x, y`, each with what is bound to it."""
    target, value = statement.targets[0].target, statement.value
    if len(statement.targets) > 1 or not isinstance(target, (cst.Tuple, cst.List)) or not isinstance(value, (cst.Tuple, cst.List)):
        return []
    names, values = target.elements, value.elements
    if len(names) != len(values) or any(isinstance(each, cst.StarredElement) for each in (*names, *values)):
        return []
    return [(name.value, each.value) for name, each in zip(names, values, strict=True)]


def _overwritten(unit: Unit, load: cst.Name, stores: list[cst.Name], start: int) -> bool:
    """Whether a store that comes after the assignment always comes before the load: it stands in a block around it."""
    blocks = {id(each) for each in unit.above(load)}
    before = unit.range(load)[0]
    return any(unit.range(k)[0] > start and unit.range(unit.statement(k) or k)[1] <= before and _always(unit, k, blocks) for k in stores)


def _inside(unit: Unit, node: cst.CSTNode, scope: cst.CSTNode) -> bool:
    return any(each is scope for each in unit.above(node))


def _shares_loop(unit: Unit, node: cst.CSTNode, loops: list[cst.For | cst.While]) -> bool:
    above = {id(each) for each in unit.above(node)}
    return any(id(loop) in above for loop in loops)


def _always(unit: Unit, node: cst.Name, blocks: set[int]) -> bool:
    """Whether a store stands directly in one of the blocks around the assignment: control passes it on every way on."""
    statement = unit.statement(node)
    line = unit.parent(statement) if statement is not None else None
    block = unit.parent(line) if line is not None else None
    return isinstance(statement, (cst.Assign, cst.AnnAssign)) and block is not None and id(block) in blocks


def _is_load(unit: Unit, node: cst.Name) -> bool:
    above = unit.parent(node)
    if isinstance(above, cst.Attribute):
        return above.value is node
    if isinstance(above, cst.Arg):
        return above.keyword is not node
    return not isinstance(above, (cst.Param, cst.NameItem, cst.FunctionDef, cst.ClassDef, cst.ImportAlias, cst.AsName))


def is_stable(spot: Spot, until: Spot) -> bool:
    """Whether an expression is a name that still means the same at ``until``, further on in the same function."""
    unit, node = spot.unit, spot.node
    if not isinstance(node, cst.Name) or until.unit is not unit:
        return False
    scope = unit.scope(node)
    if unit.scope(until.node) is not scope:
        return False
    start, end = unit.range(node)[0], unit.range(until.node)[0]
    body = scope.body if isinstance(scope, (cst.FunctionDef, cst.Lambda)) else scope
    stores = [unit.range(each)[0] for bound, each in bindings(body) if bound == node.value]
    statement = unit.statement(node)
    first = unit.range(statement)[0] if statement is not None else start
    if _ways(unit, statement) - _ways(unit, unit.statement(until.node)):
        return False  # made in a branch that `until` does not stand in
    return start < end and not any(first <= each < end for each in stores)


def _ways(unit: Unit, node: cst.CSTNode | None) -> set[int]:
    """The blocks around a node that control may pass by; what stands under ``with`` runs whenever the statement does."""
    if node is None:
        return set()
    blocks = (each for each in unit.above(node) if isinstance(each, cst.IndentedBlock))
    return {id(each) for each in blocks if not isinstance(unit.parent(each), cst.With)}


def is_left(spot: Spot, later: Spot) -> bool:
    """Whether a block under ``with`` ends between two places of a unit: what follows has gradients again, or is on another device."""
    around = {id(each) for each in later.unit.above(later.node)}
    return any(isinstance(each, cst.With) and id(each) not in around for each in spot.unit.above(spot.node))


def is_changed(unit: Unit, name: str, start: int, end: int) -> bool:
    """Whether what a name stands for may be changed in place between two offsets of its unit: stored into, changed by ``add_()``, by a
    function that is told to, by an optimizer."""
    between = [node for node in walk(unit.module) if start < unit.range(node)[0] < end]
    return any(_optimizes(unit, node) or any(_base(each) == name for each in _changed(node)) for node in between)


def _optimizes(unit: Unit, node: cst.CSTNode) -> bool:
    """``optimizer.step()``, after which every parameter is another; an agent's environment takes steps too."""
    if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Attribute) or node.func.attr.value != "step":
        return False
    return "opt" in unit.text(node.func.value).lower()


def _changed(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The expressions whose values a statement or a call changes in place."""
    if isinstance(node, (cst.AssignTarget, cst.AugAssign)):
        return [node.target] if isinstance(node, cst.AugAssign) or not isinstance(node.target, cst.Name) else []
    if not isinstance(node, cst.Call):
        return []
    last, receiver = called(node), node.func.value if isinstance(node.func, cst.Attribute) else None
    told = any(each.keyword is not None and each.keyword.value in ("inplace", "out") for each in node.args)
    given = [each.value for each in node.args] if changes(last) or told else []
    return [receiver, *given] if receiver is not None and changes(last) else [*given]


def _base(node: cst.CSTNode) -> str:
    """The name that an expression is a part of, or another view: ``x`` in ``x.data[0]``, ``x.view(-1)[i]``."""
    while isinstance(node, (cst.Attribute, cst.Subscript, cst.Call)):
        node = node.func if isinstance(node, cst.Call) else node.value
    return node.value if isinstance(node, cst.Name) else ""
