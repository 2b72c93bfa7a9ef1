"""Where the objects go whose calls give a value: a reader may stand behind each of their names, and behind whoever takes them over.

Names are joined as they are written, in both directions: what is assigned, passed as an argument, returned, wrapped. Two objects
that one name may hold count as one, so this says too much rather than too little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import libcst as cst

from logitlint.fixes.names import bound_by
from logitlint.fixes.readers import called_name
from logitlint.fixes.syntax import Spot, Syntax, Unit, parameter, walk

#: Methods of an object that give it back.
_ITSELF = frozenset("to cuda cpu train eval double float half bfloat16 requires_grad_ share_memory".split())
#: Functions that give back what they are given, or an object that computes the same: what they give is followed.
_WRAPS = frozenset(
    "DataParallel DistributedDataParallel compile deepcopy copy script trace jit pmap vmap prepare to_device initialize setup "
    "convert_sync_batchnorm".split()
)
#: Calls that read of an object what is the same before and after: its parameters, its name, whether it is there.
_CARELESS = frozenset(
    "print len id type isinstance issubclass hasattr getattr callable str repr hash bool super watch summary fit validate "
    "info debug warning format clip_grad_norm_ clip_grad_value_ count_params grad value_and_grad Optimizer".split()
)
#: Attributes that are the computation of an object.
COMPUTES = frozenset({"forward", "__call__", "call"})
#: So many places are looked at.
_MOST = 400


class _Name(NamedTuple):
    """A name as a function or a module binds it, or an attribute (``self.model``) of a class; ``within`` is "" for any class."""

    path: str
    within: int | str
    name: str
    attribute: bool = False


class Aliases:
    """From the calls that are known to give a value: the names of what is called there, wherever they lead."""

    def __init__(self, syntax: Syntax, calls: Iterable[Spot], paths: Iterable[str], known: Iterable[cst.CSTNode] = ()) -> None:
        self._syntax = syntax
        self._paths = sorted(set(paths))
        self._known = {id(each) for each in known}
        self._names: set[_Name] = set()
        self._classes: set[_Name] = set()
        self._pending: list[_Name] = []
        self._visited: set[int] = set()
        self._given_at: dict[int, int] = {}  # a call that wraps -> which of its arguments the object is
        self.calls: list[Spot] = []  #: of the objects
        self.leaves: list[str] = []  #: in words: who takes one over and is not followed
        for call in calls:
            if isinstance(call.node, cst.Call):
                self._from(call.at(call.node.func))
        self._follow()

    def of_class(self, path: str, name: str) -> None:
        """The objects of a class too."""
        self._class(_Name(path, "", name))
        self._follow()

    def _follow(self) -> None:
        while self._pending and len(self._visited) < _MOST:
            self._speak(self._pending.pop())
        if self._pending:
            self.leaves.append("more places speak of it than are looked at")

    # ------------------------------------------------------------------ names

    def _add(self, name: _Name) -> None:
        if name not in self._names:
            self._names.add(name)
            self._pending.append(name)

    def _class(self, name: _Name) -> None:
        self._classes.add(name)
        self._add(name)

    def _name(self, spot: Spot) -> _Name | None:
        """The name that an expression is."""
        node = spot.node
        if isinstance(node, cst.Name):
            for above in spot.unit.above(node):
                if isinstance(above, (cst.FunctionDef, cst.Lambda)) and node.value in bound_by(above):
                    return _Name(spot.path, id(above), node.value)
            return _Name(self._home(spot.path, node.value), "", node.value)
        if isinstance(node, cst.Attribute):
            owner = spot.unit.owner(node) if isinstance(node.value, cst.Name) and node.value.value == "self" else None
            return _Name(spot.path if owner else "", id(owner) if owner else "", node.attr.value, attribute=True)
        return None

    def _speak(self, name: _Name) -> None:
        """Every place that says a name: what is stored there is the object too, and who loads it takes it over."""
        for spot in self._places(name):
            above = spot.parent
            assert above is not None
            if isinstance(above.node, cst.Param):
                if above.node.name is spot.node:
                    self._given(spot, above.node)
            elif isinstance(above.node, cst.AssignTarget):
                statement = spot.unit.statement(spot.node)
                assert isinstance(statement, cst.Assign)
                self._from(spot.at(statement.value))
            elif isinstance(above.node, cst.AnnAssign) and above.node.target is spot.node:
                if above.node.value is not None:
                    self._from(spot.at(above.node.value))
            elif not self._unpacked(spot, above):
                self._to(spot)

    def _unpacked(self, spot: Spot, element: Spot) -> bool:
        """Whether a name is stored as one of several, ``a, b = …``: what stands in its place is the object too."""
        display = element.parent if isinstance(element.node, cst.Element) else None
        target = display.parent if display is not None else None
        if display is None or target is None or not isinstance(target.node, (cst.AssignTarget, cst.For, cst.CompFor)):
            return False
        if not isinstance(target.node, cst.AssignTarget):
            return target.node.target is display.node
        statement = spot.unit.statement(spot.node)
        assert isinstance(statement, cst.Assign)
        assert isinstance(display.node, (cst.Tuple, cst.List))
        position = next(i for i, each in enumerate(display.node.elements) if each is element.node)
        value = statement.value
        given: list[cst.BaseExpression] = []
        if isinstance(value, (cst.Tuple, cst.List)):
            given = [each.value for each in value.elements]
        elif isinstance(value, cst.Call) and called_name(value) in _WRAPS:
            given = [each.value for each in value.args]
        if position < len(given):
            self._from(spot.at(given[position]))
        return True

    def _places(self, name: _Name) -> Iterator[Spot]:
        paths = self._paths if name.attribute else [name.path]
        if not name.attribute and name.within == "":
            paths = sorted({name.path, *self._paths})
        for path in paths:
            for unit, node in self._syntax.spoken(path, name.name):
                above = unit.parent(node)
                spot = Spot(unit, node)
                if isinstance(above, cst.Attribute) and above.attr is node:
                    found = self._name(spot.at(above)) if name.attribute else None
                    if found is not None and (found == name or "" in (found.within, name.within)):
                        yield spot.at(above)
                elif not name.attribute and not _is_no_use(unit, node) and self._name(spot) == name:
                    yield spot

    def _home(self, path: str, name: str, *, everywhere: bool = False) -> str:
        """The module that a name of a module is imported from, where that is one of the project."""
        project, seen = self._syntax.project, {path}
        while True:
            lines = [each for each in project.outline(path).imports if name in each.names]
            targets = {project.resolve(path, each.module, each.level) for each in lines}
            known = (each for each in targets if each is not None and not each.endswith("/") and (everywhere or each in self._paths))
            target = next((each for each in sorted(known) if each not in seen), None)
            if target is None:
                return path
            seen.add(path := target)

    # ------------------------------------------------------------------ where it comes from

    def _from(self, spot: Spot) -> None:
        """The names of an expression that gives the object."""
        node = spot.node
        if isinstance(node, cst.Attribute) and node.attr.value in (*COMPUTES, "apply", "module"):
            self._from(spot.at(node.value))
        elif isinstance(node, (cst.Name, cst.Attribute)):
            name = self._name(spot)
            if name is not None and name.name not in ("self", "cls", "None", "True", "False"):
                self._add(name)
        elif isinstance(node, cst.IfExp):
            self._from(spot.at(node.body))
            self._from(spot.at(node.orelse))
        elif isinstance(node, cst.BooleanOperation):
            self._from(spot.at(node.left))
            self._from(spot.at(node.right))
        elif isinstance(node, cst.Call):
            self._result(spot, node)

    def _result(self, spot: Spot, call: cst.Call) -> None:
        """A call that gives the object: the one it wraps, or what the function returns."""
        if isinstance(call.func, cst.Attribute) and call.func.attr.value in _ITSELF:
            self._from(spot.at(call.func.value))
            return
        if called_name(call) in _WRAPS:
            if call.args:
                self._from(spot.at(call.args[0].value))
            return
        for function in self._functions(spot, called_name(call)):
            if isinstance(function.node, cst.FunctionDef):
                for each in walk(function.node.body):
                    if isinstance(each, cst.Return) and each.value is not None and function.unit.function(each) is function.node:
                        self._from(function.at(each.value))

    def _given(self, spot: Spot, param: cst.Param) -> None:
        """What the callers pass as a parameter."""
        function = spot.unit.function(param)
        if param.default is not None:
            self._from(spot.at(param.default))
        if not isinstance(function, cst.FunctionDef):
            return
        owner = spot.unit.owner(function)
        word = owner.name.value if owner is not None and function.name.value == "__init__" else function.name.value
        for path in self._paths:
            for unit, node in self._syntax.spoken(path, word):
                call = _call_of(unit, node)
                if call is not None:
                    args = [each for each in call.args if parameter(function, call, each) is param]
                    for each in args:
                        self._from(Spot(unit, each.value))

    # ------------------------------------------------------------------ where it goes to

    def _to(self, spot: Spot) -> None:
        """Who takes the object over that an expression is."""
        if id(spot.node) in self._visited:
            return
        self._visited.add(id(spot.node))
        above = spot.parent
        assert above is not None
        node = above.node
        if isinstance(node, cst.Call):
            self._called(spot, above)
        elif isinstance(node, cst.Attribute) and node.value is spot.node:
            self._attribute(spot, above)
        elif isinstance(node, cst.Arg):
            call = above.parent
            assert call is not None
            if isinstance(call.node, cst.ClassDef):
                self._class(_Name(spot.path, "", call.node.name.value))
                self.calls += [spot.at(each) for each in walk(call.node.body) if isinstance(each, cst.Call) and _is_of_self(each)]
            else:
                self._argument(spot, node, call)
        elif isinstance(node, (cst.Assign, cst.AnnAssign)):
            targets = [each.target for each in node.targets] if isinstance(node, cst.Assign) else [node.target]
            for each in targets:
                # `net, optimizer = prepare(net, optimizer)`: in the order in which they were given
                parts = each.elements if isinstance(each, (cst.Tuple, cst.List)) else ()
                position = self._given_at.get(id(spot.node), 0)
                self._stored(spot, parts[position].value if position < len(parts) else each)
        elif isinstance(node, (cst.NamedExpr, cst.IfExp, cst.BooleanOperation)):
            if isinstance(node, cst.NamedExpr):
                self._stored(spot, node.target)
            if not isinstance(node, cst.IfExp) or node.test is not spot.node:
                self._to(above)
        elif isinstance(node, cst.Return):
            self._returned(above)
        elif isinstance(node, (cst.Element, cst.DictElement, cst.BaseComp, cst.Lambda, cst.Yield)):
            self._held(spot, above)

    def _called(self, spot: Spot, call: Spot) -> None:
        """A class gives an object; what an object gives is the value."""
        if self._name(spot) in self._classes:
            self._to(call)
        else:
            self.calls.append(call)

    def _attribute(self, spot: Spot, attribute: Spot) -> None:
        node, above = attribute.node, attribute.parent
        assert isinstance(node, cst.Attribute)
        name = node.attr.value
        call = above if above is not None and isinstance(above.node, cst.Call) and above.node.func is node else None
        if name in COMPUTES:
            if call is not None:
                self.calls.append(call)
            else:
                self._to(attribute)
        elif call is not None and name in _ITSELF:
            self._to(call)
        elif "hook" in name:
            self._leave(attribute, "has a hook")

    def _argument(self, spot: Spot, arg: cst.Arg, call: Spot) -> None:
        """Follow the object into the function that takes it, where the project has one of this name."""
        assert isinstance(call.node, cst.Call)
        word = called_name(call.node)
        functions = self._functions(call, word)
        taken = [(each, param) for each in functions if (param := parameter(each.node, call.node, arg)) is not None]
        for function, param in taken:
            self._add(_Name(function.path, id(function.node), param.name.value))
        if taken or id(call.node) in self._known or word in _CARELESS:
            return
        if word in _WRAPS:
            self._given_at[id(call.node)] = next(i for i, each in enumerate(call.node.args) if each is arg)
            self._to(call)
        else:
            self._leave(spot, f"is given to `{word}`" if word else "is given to a function")

    def _stored(self, spot: Spot, target: cst.BaseExpression) -> None:
        name = self._name(spot.at(target))
        if name is not None:
            self._add(name)
        else:
            self._leave(spot, "is kept in a list or dictionary")

    def _held(self, spot: Spot, element: Spot) -> None:
        """An element of ``for net in (a, b)`` and of ``a, b = b, a`` is one of the targets; elsewhere nobody knows."""
        display = element.parent
        above = display.parent if display is not None and isinstance(element.node, cst.Element) else None
        if display is not None and above is not None:
            assert isinstance(display.node, (cst.Tuple, cst.List, cst.Set))
            if isinstance(above.node, (cst.For, cst.CompFor)):
                self._stored(spot, above.node.target)
                return
            position = next(i for i, each in enumerate(display.node.elements) if each is element.node)
            if isinstance(above.node, cst.Assign):
                for each in above.node.targets:
                    parts = each.target.elements if isinstance(each.target, (cst.Tuple, cst.List)) else ()
                    if position < len(parts):
                        self._stored(spot, parts[position].value)
                        return
            if isinstance(above.node, cst.Return):
                for call in self._calls_around(above):
                    self._taken_out(call, position)
                return
        self._leave(spot, "is kept in a list or dictionary")

    def _returned(self, statement: Spot) -> None:
        """What the calls of a function give that returns the object."""
        function = statement.unit.function(statement.node)
        if not isinstance(function, cst.FunctionDef):
            return
        if any(isinstance(each.decorator, cst.Name) and each.decorator.value == "property" for each in function.decorators):
            self._add(_Name("", "", function.name.value, attribute=True))
            return
        for call in self._calls_around(statement):
            self._to(call)

    def _calls_around(self, statement: Spot) -> Iterator[Spot]:
        """The calls of the function that a statement stands in."""
        function = statement.unit.function(statement.node)
        if not isinstance(function, cst.FunctionDef):
            return
        for path in self._paths:
            for unit, node in self._syntax.spoken(path, function.name.value):
                call = _call_of(unit, node)
                if call is not None:
                    yield Spot(unit, call)

    def _taken_out(self, call: Spot, position: int) -> None:
        """Where the tuple that a call gives is unpacked, the name in this position is one of the object."""
        above = call.parent
        targets = above.node.targets if above is not None and isinstance(above.node, cst.Assign) else []
        for each in targets:
            if isinstance(each.target, (cst.Tuple, cst.List)) and position < len(each.target.elements):
                self._stored(call, each.target.elements[position].value)
                return
        if above is not None and not isinstance(above.node, cst.Expr):
            self._leave(call, "holds it in a tuple")

    def _leave(self, spot: Spot, how: str) -> None:
        self.leaves.append(f"`{spot.text}` {how} at {self._syntax.place(spot)}")

    # ------------------------------------------------------------------ functions

    def _functions(self, call: Spot, word: str) -> list[Spot]:
        """The functions of the project that a call may mean; of a class, what makes an object."""
        found: list[Spot] = []
        for path in sorted({*self._paths, self._home(call.path, word, everywhere=True)}) if word else ():
            for unit, node in self._syntax.spoken(path, word):
                above = unit.parent(node)
                if isinstance(above, cst.FunctionDef) and above.name is node:
                    found.append(Spot(unit, above))
                elif isinstance(above, cst.ClassDef) and above.name is node and isinstance(above.body, cst.IndentedBlock):
                    inits = [each for each in above.body.body if isinstance(each, cst.FunctionDef) and each.name.value == "__init__"]
                    found += [Spot(unit, each) for each in inits]
        return found


def _is_no_use(unit: Unit, node: cst.Name) -> bool:
    """A name that stands in a type, in an import, as a keyword or as what a definition is called."""
    above = unit.parent(node)
    if isinstance(above, (cst.ImportAlias, cst.AsName, cst.FunctionDef, cst.ClassDef, cst.NameItem)):
        return True
    if isinstance(above, cst.Arg) and above.keyword is node:
        return True
    return any(isinstance(each, (cst.Annotation, cst.ImportFrom)) for each in unit.above(node))


def _call_of(unit: Unit, node: cst.Name) -> cst.Call | None:
    """The call of what a name, or the attribute that it ends, speaks of."""
    above = unit.parent(node)
    func: cst.CSTNode | None = above if isinstance(above, cst.Attribute) and above.attr is node else node
    call = unit.parent(func) if func is not None else None
    return call if isinstance(call, cst.Call) and call.func is func else None


def _is_of_self(call: cst.Call) -> bool:
    """``self(x)``, ``self.forward(x)``, ``super().forward(x)``."""
    func = call.func
    if isinstance(func, cst.Attribute) and func.attr.value in COMPUTES:
        func = func.value
    return called_name(func) == "super" if isinstance(func, cst.Call) else isinstance(func, cst.Name) and func.value == "self"
