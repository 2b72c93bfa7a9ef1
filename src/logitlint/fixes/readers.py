"""Who reads a value: from the expression that makes it, through names and calls that keep it, to whatever does something with it.

A change at the place where a value is made changes it for every reader. Some do not care (``argmax``, ``shape``), some are the
losses that the change is for, all others have to be known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import libcst as cst

from logitlint.fixes.names import bindings
from logitlint.fixes.syntax import Spot, Unit, walk

#: Methods and functions of the first argument that hand on the same numbers, perhaps in another shape or on another device.
KEEPS = frozenset(
    "view reshape squeeze unsqueeze flatten transpose permute contiguous clone expand swapaxes movedim cuda cpu to float double half "
    "type_as type numpy detach stop_gradient identity expand_dims unbind gather index_select view_as reshape_as t T mT data "
    "take_along_axis bfloat16 ravel".split()
)
#: Those whose logarithm is the logarithm of what they pass on, bit for bit: no change of precision, no joining.
SHAPES = frozenset(
    "view reshape squeeze unsqueeze flatten transpose permute contiguous clone expand cuda cpu swapaxes movedim expand_dims gather "
    "index_select view_as reshape_as t T mT ravel take_along_axis detach".split()
)
#: What gives the same for scores, probabilities and log-probabilities, or looks at the shape only.
INDIFFERENT = frozenset("argmax argsort size shape dim ndim device dtype numel requires_grad is_cuda rank get_shape ndimension".split())
#: As above, where only the positions are used.
_RANKED = frozenset({"max", "topk", "sort", "top_k"})


#: How many functions deep an argument is followed.
_DEEPEST = 3


@dataclass(slots=True)
class Readers:
    """``wanted``: the loads that end in one of the losses; ``indifferent``; ``others``: the expressions that read the numbers.

    ``opaque`` says in words what could not be followed. ``returned``: the functions that give the value to their callers.
    """

    wanted: list[Spot] = field(default_factory=list)
    indifferent: list[Spot] = field(default_factory=list)
    others: list[Spot] = field(default_factory=list)
    opaque: list[str] = field(default_factory=list)
    returned: list[Spot] = field(default_factory=list)
    #: (the name that is bound, its statement) where the value is first stored
    stored: list[tuple[Spot, cst.BaseSmallStatement]] = field(default_factory=list)
    passed: list[Spot] = field(default_factory=list)  #: arguments of calls that lead on to the loss elsewhere
    _seen: set[int] = field(default_factory=set)


#: (call, argument) -> the name of the parameter that takes it, and the function
_Parameter: TypeAlias = "Callable[[Spot, cst.Arg], tuple[Spot, cst.FunctionDef | cst.Lambda] | None]"


class Following:
    """``losses`` are the nodes of the consumers; ``through`` those of the calls that the value is known to pass through."""

    def __init__(
        self, losses: Iterable[cst.CSTNode], through: Iterable[cst.CSTNode] = (), parameter: _Parameter | None = None, depth: int = 0
    ) -> None:
        self._losses = {id(each): each for each in losses}
        self._through = {id(each): each for each in through}
        self._parameter = parameter
        self._depth = depth
        self.found = Readers()

    def follow(self, spot: Spot) -> None:
        """Everything that reads the expression at ``spot``."""
        if id(spot.node) in self.found._seen:
            return
        self.found._seen.add(id(spot.node))
        above = spot.parent
        assert above is not None
        node = above.node
        if isinstance(node, cst.Arg):
            self._argument(spot, above)
        elif isinstance(node, cst.Attribute) and node.value is spot.node:
            self._attribute(spot, above)
        elif isinstance(node, cst.Subscript) and node.value is spot.node:
            self.follow(above)
        elif isinstance(node, (cst.AssignTarget, cst.AugAssign, cst.Del)) and getattr(node, "value", None) is not spot.node:
            self.found.opaque.append("it is changed in place")
        elif isinstance(node, (cst.Assign, cst.AnnAssign)):
            self._stored(spot, node)
        elif isinstance(node, cst.NamedExpr):
            self._bound(spot, node.target)
            self.follow(above)
        elif isinstance(node, cst.Return) or (isinstance(node, cst.Lambda) and node.body is spot.node):
            self.found.returned.append(above)
        elif isinstance(node, cst.IfExp) and node.test is not spot.node:
            self.follow(above)
        elif isinstance(node, cst.Expr):
            pass
        elif isinstance(node, cst.Element):
            self._element(spot, above)
        elif isinstance(node, cst.DictElement) and node.value is spot.node:
            self.found.opaque.append("it is kept in a dictionary")
        else:
            self.found.others.append(spot)

    # ------------------------------------------------------------------ through a call

    def _argument(self, spot: Spot, arg: Spot) -> None:
        call = arg.parent
        assert call is not None
        assert isinstance(arg.node, cst.Arg)
        if not isinstance(call.node, cst.Call):
            self.found.others.append(spot)
            return
        if id(call.node) in self._losses:
            self.found.wanted.append(spot)
            return
        first = call.node.args[0] is arg.node
        name = _last(call.node.func)
        if id(call.node) in self._through and name not in KEEPS:
            self.found.passed.append(spot)
        elif first and name in KEEPS:
            self.follow(call)
        elif (first and _careless(name, call)) or self._inside(call, arg.node):
            self.found.indifferent.append(spot)
        else:
            self.found.others.append(spot)

    def _inside(self, call: Spot, arg: cst.Arg) -> bool:
        """Whether a function of the project that is given the value does nothing with it that depends on the activation."""
        target = self._parameter(call, arg) if self._parameter is not None and self._depth < _DEEPEST else None
        if target is None:
            return False
        name, function = target
        inner = Following(self._losses.values(), self._through.values(), self._parameter, self._depth + 1)
        inner.found._seen |= self.found._seen
        for load in loads_after(name.unit, function, name.node):  # type: ignore[arg-type]
            inner.follow(name.at(load))
        return not (inner.found.wanted or inner.found.others or inner.found.opaque or inner.found.returned or inner.found.passed)

    def _attribute(self, spot: Spot, attribute: Spot) -> None:
        node = attribute.node
        assert isinstance(node, cst.Attribute)
        name, above = node.attr.value, attribute.parent
        called = above if above is not None and isinstance(above.node, cst.Call) and above.node.func is node else None
        if name in KEEPS:
            self.follow(called if called is not None else attribute)
        elif _careless(name, called):
            self.found.indifferent.append(spot)
        elif called is not None and id(called.node) in self._losses:
            self.found.wanted.append(spot)
        else:
            self.found.others.append(spot)

    # ------------------------------------------------------------------ through a name

    def _stored(self, spot: Spot, node: cst.CSTNode) -> None:
        statement = spot.unit.statement(spot.node)
        if isinstance(statement, cst.Assign) and statement.value is spot.node:
            targets: list[cst.CSTNode] = [each.target for each in statement.targets]
        elif isinstance(statement, cst.AnnAssign) and statement.value is spot.node:
            targets = [statement.target]
        else:
            self.found.others.append(spot)
            return
        for target in targets:
            self._bound(spot, target, statement)

    def _bound(self, spot: Spot, target: cst.CSTNode, statement: cst.BaseSmallStatement | None = None) -> None:
        unit = spot.unit
        if isinstance(target, cst.Name):
            if statement is not None:
                self.found.stored.append((spot.at(target), statement))
            scope = unit.scope(spot.node)
            if outlives(scope, target.value):
                self.found.opaque.append(f"`{target.value}` is read outside of the function")
            if isinstance(scope, (cst.Module, cst.ClassDef)):
                self._module_level(spot, target.value)
            for load in loads_after(unit, scope, target):
                self.follow(Spot(unit, load))
        elif isinstance(target, cst.Attribute):
            self._kept_in_attribute(spot, target)
        else:
            self.found.opaque.append("it is unpacked")

    def _module_level(self, spot: Spot, name: str) -> None:
        """A name of a module can be read by any function of it."""
        for node in walk(spot.unit.module):
            if isinstance(node, (cst.FunctionDef, cst.ClassDef)) and any(
                isinstance(n, cst.Name) and n.value == name for n in walk(node.body)
            ):
                self.found.opaque.append(f"`{name}` is read in functions of the module")
                return

    def _kept_in_attribute(self, spot: Spot, target: cst.Attribute) -> None:
        unit = spot.unit
        owner = unit.owner(spot.node)
        text = unit.text(target)
        if owner is None or not isinstance(target.value, cst.Name) or target.value.value != "self":
            self.found.opaque.append(f"it is kept as `{text}`")
            return
        for node in walk(owner):
            if isinstance(node, cst.Attribute) and node.attr.value == target.attr.value and node is not target and unit.text(node) == text:
                above = unit.parent(node)
                if not isinstance(above, cst.AssignTarget):
                    self.follow(Spot(unit, node))

    def _element(self, spot: Spot, element: Spot) -> None:
        display = element.parent
        above = display.parent if display is not None else None
        if display is not None and above is not None and isinstance(above.node, cst.Return):
            self.found.opaque.append("it is returned as one of several values")
        else:
            self.found.opaque.append("it is kept in a list or tuple")


def _careless(name: str, call: Spot | None) -> bool:
    """Whether what ``name`` gives is the same for scores and for what an activation makes of them."""
    return name in INDIFFERENT or (name in _RANKED and call is not None and _positions_only(call))


def _last(func: cst.CSTNode) -> str:
    return func.attr.value if isinstance(func, cst.Attribute) else func.value if isinstance(func, cst.Name) else ""


def _positions_only(call: Spot) -> bool:
    """Of the values and positions that ``max(x, 1)`` gives, only the positions are used."""
    above = call.parent
    if above is None:
        return False
    node = above.node
    if isinstance(node, cst.Subscript) and len(node.slice) == 1:
        index = node.slice[0].slice
        return isinstance(index, cst.Index) and isinstance(index.value, cst.Integer) and index.value.value == "1"
    if isinstance(node, cst.Attribute):
        return node.attr.value == "indices"
    if isinstance(node, cst.Assign) and len(node.targets) == 1 and isinstance(node.targets[0].target, cst.Tuple):
        first = node.targets[0].target.elements[0].value
        if not isinstance(first, cst.Name):
            return False
        scope = call.unit.scope(call.node)
        return first.value == "_" or not list(loads_after(call.unit, scope, first))
    return False


def outlives(scope: cst.CSTNode, name: str) -> bool:
    """Whether an inner function reads a name, or the name is declared global or nonlocal."""
    for node in walk(scope):
        if isinstance(node, (cst.Global, cst.Nonlocal)) and any(item.name.value == name for item in node.names):
            return True
        if node is not scope and isinstance(node, (cst.FunctionDef, cst.Lambda)):
            own = {p.name.value for p in walk(node.params) if isinstance(p, cst.Param)} | {n for n, _ in bindings(node.body)}
            if name not in own and any(isinstance(n, cst.Name) and n.value == name for n in walk(node.body)):
                return not isinstance(scope, cst.Module)
    return False


# ---------------------------------------------------------------------- which loads an assignment reaches


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
    for node in walk(body):
        if not isinstance(node, cst.Name) or node.value != name or id(node) in stored or not _is_load(unit, node):
            continue
        where = unit.range(node)[0]
        if where > start:
            if (limit is None or where < limit) and not _overwritten(unit, node, stores, start):
                yield node
        elif outermost is not None and where >= outermost:
            first = [k for k in killers if outermost <= unit.range(k)[0] < start and unit.range(unit.statement(k) or k)[1] <= where]
            if not first and _shares_loop(unit, node, loops):
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
