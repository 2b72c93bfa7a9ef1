"""Who reads a value: from the expression that makes it, through names and calls that keep it, to whatever does something with it.

A change at the place where a value is made changes it for every reader. Some do not care (``argmax``, ``shape``), some are the
losses that the change is for, all others have to be known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import libcst as cst

from logitlint.fixes.loads import loads_after, outlives, unpacked
from logitlint.fixes.syntax import Spot, Unit, definitions, names_in, walk
from logitlint.kinds import Kind

#: Methods and functions of the first argument that hand on the same numbers, perhaps in another shape or on another device.
KEEPS = frozenset(
    "view reshape squeeze unsqueeze flatten transpose permute contiguous clone expand swapaxes movedim cuda cpu to float double half "
    "type_as type detach stop_gradient identity expand_dims unbind gather index_select view_as reshape_as t T mT data "
    "take_along_axis bfloat16 ravel".split()
)
#: Of these, what leaves every axis where it was.
_IN_SHAPE = frozenset("contiguous clone cuda cpu to float double half type_as type detach stop_gradient identity data bfloat16".split())
#: Those whose logarithm is the logarithm of what they pass on, bit for bit: no change of precision, no joining.
SHAPES = frozenset(
    "view reshape squeeze unsqueeze flatten transpose permute contiguous clone expand cuda cpu swapaxes movedim expand_dims gather "
    "index_select view_as reshape_as t T mT ravel take_along_axis detach".split()
)
#: What gives the same for scores, probabilities and log-probabilities, or looks at the shape only.
INDIFFERENT = frozenset(
    "argmax argsort size shape dim ndim device dtype numel requires_grad is_cuda rank get_shape ndimension ones_like zeros_like empty_like "
    "full_like rand_like randn_like new_zeros new_ones new_full new_empty new_tensor".split()
)
#: As above, where only the positions are used.
_RANKED = frozenset({"max", "topk", "sort", "top_k"})


#: How many functions deep an argument is followed.
_DEEPEST = 3


class _Counts(NamedTuple):
    wanted: int
    others: int
    opaque: int
    returned: int
    passed: int
    members: int


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
    members: list[Spot] = field(default_factory=list)  #: as one of several values that a function returns
    beside: dict[int, list[cst.BaseExpression]] = field(default_factory=dict)  #: load -> the names that it was unpacked with
    perhaps: list[Spot] = field(default_factory=list)  #: what reads what a call gives that may be one that gives the value
    reached: set[int] = field(default_factory=set)  #: the losses that ``wanted`` stand in
    turned: set[int] = field(default_factory=set)  #: loads that see the value in the next turn of a loop, and another one in the first
    _seen: set[int] = field(default_factory=set)
    _below: dict[int, Spot] = field(default_factory=dict)
    _reshaped: set[int] = field(default_factory=set)  #: expressions that give a part of the value, or another shape
    _taken: dict[int, Spot] = field(default_factory=dict)  #: load -> the expression that was stored under its name
    _parts: set[int] = field(default_factory=set)  #: what gives such a part, and it is not known of what
    given_on: list[Spot] = field(default_factory=list)  #: what functions return to those who call them

    def counts(self) -> _Counts:
        lists = (self.wanted, self.others, self.opaque, self.returned, self.passed, self.members)
        return _Counts(*(len(each) for each in lists))

    def forget(self, since: _Counts) -> None:
        del self.others[since.others :], self.opaque[since.opaque :], self.returned[since.returned :], self.members[since.members :]

    def comes_round(self, reader: Spot) -> bool:
        """Whether a reader gets the value in some turns of a loop only."""
        return any(id(each) in self.turned for each in walk(reader.node))

    def root(self, spot: Spot) -> Spot:
        """What was there before its shape, its place or its type changed: an axis means there what it meant to the activation."""
        while id(spot.node) in self._below:
            spot = self._below[id(spot.node)]
        return spot

    def wholes(self, kind: Kind) -> tuple[list[Spot], list[Spot]]:
        """Where the ``others`` can be given an activation of a kind: one with an axis is applied before a part is taken or the shape
        changes. Then those of whom that place is not known."""
        if kind not in (Kind.PROB_CAT, Kind.LOGPROB_CAT):
            return self.others, []
        places = [(each, self.whole(each)) for each in self.others]
        found = {id(whole.node): whole for _, whole in places if whole is not None}
        return list(found.values()), [each for each, whole in places if whole is None]

    def whole(self, reader: Spot) -> Spot | None:
        """Where what a reader reads is taken out of the value, whose axes are still those of the activation; None where that is not
        known, or what is taken there goes to a loss as well."""
        spot = self._taken_from(reader)
        if spot is None or self._is_part(spot):
            return None
        crossed = spot.node is not self.root(reader).node
        shared = (*self.wanted, *self.passed, *self.given_on) if crossed else ()
        return None if any(self._taken_from(each) in (None, spot) for each in shared) else spot

    def mark_parts(self, calls: Sequence[Spot], loads: Iterable[Spot]) -> None:
        """``calls`` of functions that return a part of the value give a part, and so do ``loads`` of parameters where a part is passed."""
        if any(map(self._is_part, self.passed)):
            self._parts |= {id(each.node) for each in loads}
        for _ in calls:
            parts = [each for each in self.given_on if self._is_part(each)]
            new = {id(call.node) for call in calls if any(is_called(_function_end(each), [call]) for each in parts)}
            if new <= self._parts:
                break
            self._parts |= new

    def _is_part(self, spot: Spot) -> bool:
        if id(spot.node) in self._reshaped:
            return True
        spot = self.root(spot)
        while id(spot.node) in self._taken and id(spot.node) not in self._parts:
            spot = self.root(self._taken[id(spot.node)])
        return id(spot.node) in self._parts

    def _taken_from(self, reader: Spot) -> Spot | None:
        """What a reader reads, before a part was taken of it; None where that is one thing on one way and another on another."""
        spot = self.root(reader)
        while id(spot.node) in self._reshaped and id(spot.node) in self._taken:
            if id(spot.node) in self._parts:
                return None
            spot = self.root(self._taken[id(spot.node)])
        return spot


#: (call, argument) -> the name of the parameter that takes it, and the function
_Parameter: TypeAlias = "Callable[[Spot, cst.Arg], tuple[Spot, cst.FunctionDef | cst.Lambda] | None]"


class Following:
    """``losses`` are the nodes of the consumers; ``through`` those of the calls that the value is known to pass through."""

    def __init__(
        self,
        losses: Iterable[cst.CSTNode],
        through: Iterable[cst.CSTNode] = (),
        parameter: _Parameter | None = None,
        depth: int = 0,
        outside: Callable[[Unit, cst.ClassDef, str], bool] = lambda _unit, _owner, _name: False,
    ) -> None:
        self._losses = {id(each): each for each in losses}
        self._through = {id(each): each for each in through}
        #: calls that hand the value on with its kind, and the names of those that take it to a loss as an argument
        self.carries: frozenset[int] = frozenset()
        self.takers: frozenset[str] = frozenset()
        self.evaluated: frozenset[int] = frozenset()  #: calls that were run: what each of them does is known
        self.is_of_loss: Callable[[Spot], bool] = lambda _call: False
        self._leads: dict[int, bool] = {}
        self._parameter = parameter
        self._outside = outside  # whether an attribute of a name is read outside of a class
        self._depth = depth
        self._tuples: set[int] = set()  # expressions that hold a tuple with the value in it
        self._joins: dict[int, bool] = {}
        self._position: int | None = None  # of the value in them; -1: not the same in all
        self.found = Readers()

    def follow(self, spot: Spot) -> None:
        """Everything that reads the expression at ``spot``."""
        if id(spot.node) in self.found._seen:
            return
        self.found._seen.add(id(spot.node))
        above = spot.parent
        assert above is not None
        node = above.node
        if id(spot.node) in self._tuples:
            self._in_tuple(spot, above)
        elif isinstance(node, cst.Arg):
            self._argument(spot, above)
        elif isinstance(node, cst.Attribute) and node.value is spot.node:
            self._attribute(spot, above)
        elif isinstance(node, cst.Subscript) and node.value is spot.node:
            self._on(spot, above)
        elif isinstance(node, (cst.AssignTarget, cst.AugAssign, cst.Del)) and getattr(node, "value", None) is not spot.node:
            self.found.opaque.append("it is changed in place")
        elif isinstance(node, (cst.Assign, cst.AnnAssign)):
            self._stored(spot, node)
        elif isinstance(node, cst.NamedExpr):
            self._bound(spot, node.target)
            self._also(spot, above)
        elif isinstance(node, cst.Return) or (isinstance(node, cst.Lambda) and node.body is spot.node):
            self.found.returned.append(above)
        elif isinstance(node, cst.IfExp) and node.test is not spot.node:
            self._also(spot, above)
        elif isinstance(node, cst.Comparison) and node.left is spot.node and _asks_for_none(node):
            self.found.indifferent.append(spot)
        elif isinstance(node, cst.Expr):
            pass
        elif isinstance(node, cst.Element):
            self._element(spot, above)
        elif isinstance(node, cst.DictElement) and node.value is spot.node:
            self.found.opaque.append("it is kept in a dictionary")
        else:
            self.found.others.append(spot)

    def follow_call(self, call: Spot, known: Sequence[Spot], *, bare: bool) -> None:
        """Everything that reads what a call gives; ``bare``: it gives the value itself, not a tuple that holds it.

        Where none of it leads to a loss, or to another of the ``known`` calls, the call itself counts as the one reader: what is
        done to its value reaches everybody.
        """
        found = self.found
        if not bare:
            self._tuples.add(id(call.node))
        before = found.counts()
        self.follow(call)
        after = found.counts()
        given_on = [each for each in (*found.returned[before.returned :], *found.members[before.members :]) if is_called(each, known)]
        apart = after.wanted == before.wanted and after.passed == before.passed and id(call.node) not in self._through
        if bare and apart and not given_on:
            if after != before:
                found.forget(before)
                found.others.append(call)
            return
        for each in found.returned[before.returned :]:
            value = each.node.value if isinstance(each.node, cst.Return) else None
            if each in given_on or value is None:
                continue
            if id(value) in self._tuples:
                found.opaque.append("it is returned in a tuple, to nobody knows whom")
            else:
                found.others.append(each.at(value))

    def _on(self, spot: Spot, outside: Spot, *, in_shape: bool = False) -> None:
        """Follow what is the same numbers in another shape."""
        self.found._below[id(outside.node)] = spot
        if not in_shape or id(spot.node) in self.found._reshaped:
            self.found._reshaped.add(id(outside.node))
        self.follow(outside)

    def _also(self, spot: Spot, outside: Spot) -> None:
        """Follow an expression that may give what ``spot`` gives."""
        if id(spot.node) in self.found._reshaped:
            self.found._reshaped.add(id(outside.node))
        self.follow(outside)

    def _in_tuple(self, spot: Spot, above: Spot) -> None:
        """Follow the value out of a tuple, or the tuple to where the value is taken out."""
        node = above.node
        if isinstance(node, cst.Return):
            self.found.returned.append(above)
        elif isinstance(node, cst.Assign) and node.value is spot.node:
            for each in node.targets:
                self._unpacked(spot, each.target)
        elif isinstance(node, cst.Subscript) and node.value is spot.node and _number(node) is not None:
            if self._position is None or self._position < 0:
                self.found.opaque.append("it is unpacked")
            elif _number(node) == self._position:
                self.follow(above)
        elif not isinstance(node, cst.Expr):
            self.found.opaque.append("it is handed on in a tuple")

    def _unpacked(self, spot: Spot, target: cst.BaseExpression) -> None:
        if isinstance(target, cst.Name):
            self._loads(spot, target)
            return
        parts = target.elements if isinstance(target, (cst.Tuple, cst.List)) else ()
        plain = all(isinstance(each.value, cst.Name) for each in parts)
        if not plain or self._position is None or not 0 <= self._position < len(parts):
            self.found.opaque.append("it is unpacked")
        else:
            target = parts[self._position].value
            self._loads(spot, target, out=True)
            for load in loads_after(spot.unit, spot.unit.scope(spot.node), target):  # type: ignore[arg-type]
                self.found.beside[id(load)] = [each.value for each in parts]

    def in_tuples(self, call: Spot) -> None:
        """What ``call`` gives holds the value in a tuple."""
        self._tuples.add(id(call.node))

    def ends_with(self, call: Spot) -> None:
        """The value is what the last turn of a loop gives: ``call`` itself is not given it in a next one."""
        assert isinstance(call.node, cst.Call)
        self.found._seen.add(id(call.node.args[0].value))

    @property
    def has_position(self) -> bool:
        """Whether the value has one place in the tuples that hold it."""
        return self._position is not None and self._position >= 0

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
            self.found.reached.add(id(call.node))
            if id(call.node) in self.carries:
                self._on(spot, call)
            return
        first = call.node.args[0] is arg.node
        name = _last(call.node.func)
        if first and self._is_once_more(call):
            self.found.wanted.append(spot)
            return
        if self._is_other_choice(call):
            self.found.indifferent.append(spot)
            return
        if (id(call.node) in self._through or name in self.takers) and name not in KEEPS:
            self.found.passed.append(spot)
        elif first and name in KEEPS:
            self._on(spot, call, in_shape=name in _IN_SHAPE)
        elif (first and _careless(name, call)) or self._inside(call, arg.node):
            self.found.indifferent.append(spot)
        elif not self._carried(spot, call):
            self.found.others.append(spot)

    def _is_once_more(self, call: Spot) -> bool:
        """Whether a call is that of one of the losses, written once more in the function where a constant keeps it from being
        run: what is right there is right here."""
        assert isinstance(call.node, cst.Call)
        unit, func = call.unit, call.node.func
        if id(call.node) in self.evaluated or not isinstance(func, (cst.Name, cst.Attribute)):
            return False
        losses = [each for each in self._losses.values() if isinstance(each, cst.Call) and unit.parent(each) is not None]
        return any(unit.scope(each) is unit.scope(call.node) and each.func.deep_equals(func) for each in losses)

    def _is_other_choice(self, call: Spot) -> bool:
        """Whether a call is that of the loss which nobody has chosen: it was not run, and stands in another branch than one that was."""
        unit = call.unit
        if id(call.node) in self.evaluated or not self.is_of_loss(call):
            return False
        arms = {id(each): below for below, each in _branches(unit, call.node)}
        losses = (each for each in self._losses.values() if unit.parent(each) is not None)
        return any(arms.get(id(branch), below) is not below for each in losses for below, branch in _branches(unit, each))

    def _carried(self, spot: Spot, call: Spot, *, joined: bool = False) -> bool:
        """Whether an operation hands the value on to a loss. Who else reads what it makes of the value reads the value."""
        key = id(call.node)
        if key not in self.carries:
            return False
        if key not in self._leads:
            before = self.found.counts()
            if not joined:
                self.found._below[key] = spot
            self.found._reshaped.add(key)
            self.follow(call)
            after = self.found.counts()
            given_on = key in self._through and (after.returned > before.returned or after.members > before.members)
            self._leads[key] = given_on or after.wanted > before.wanted or after.passed > before.passed
            if not self._leads[key]:
                self.found.forget(before)
        return self._leads[key]

    def _inside(self, call: Spot, arg: cst.Arg) -> bool:
        """Whether a function of the project that is given the value does nothing with it that depends on the activation."""
        target = self._parameter(call, arg) if self._parameter is not None and self._depth < _DEEPEST else None
        if target is None:
            return False
        name, function = target
        inner = Following(self._losses.values(), self._through.values(), self._parameter, self._depth + 1)
        inner.carries, inner.takers = self.carries, self.takers
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
            self._on(spot, called if called is not None else attribute, in_shape=name in _IN_SHAPE)
        elif name == "numpy" and called is not None:
            self._out_of_the_framework(spot, called)
        elif _careless(name, called):
            self.found.indifferent.append(spot)
        elif called is not None and id(called.node) in self._losses:
            self.found.wanted.append(spot)
            self.found.reached.add(id(called.node))
        elif called is None or not self._carried(spot, called):
            self.found.others.append(spot)

    def _out_of_the_framework(self, spot: Spot, array: Spot) -> None:
        """``x.numpy()``: whoever reads the numbers of the array reads those of ``x``, which alone takes an activation of the framework."""
        before = self.found.counts()
        self._on(spot, array, in_shape=True)
        after = self.found.counts()
        if after._replace(wanted=before.wanted) != before:
            self.found.forget(before)
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
        if isinstance(target, cst.Name):
            if statement is not None:
                self.found.stored.append((spot.at(target), statement))
            self._loads(spot, target, out=True)
        elif isinstance(target, cst.Attribute):
            self._kept_in_attribute(spot, target)
        else:
            self.found.opaque.append("it is unpacked")

    def _loads(self, spot: Spot, target: cst.CSTNode, *, out: bool = False) -> None:
        """Follow the loads of a name; ``out``: it holds the value itself and not the tuple that ``spot`` is."""
        assert isinstance(target, cst.Name)
        unit = spot.unit
        scope = unit.scope(spot.node)
        if outlives(scope, target.value):
            self.found.opaque.append(f"`{target.value}` is read outside of the function")
        if isinstance(scope, (cst.Module, cst.ClassDef)):
            self._module_level(spot, target.value)
        end = unit.range(unit.statement(target) or target)[1]
        for load in loads_after(unit, scope, target):
            if unit.range(load)[0] < end:
                self.found.turned.add(id(load))
            if not out:
                self._tuples.add(id(load))
            self._taken_there(spot, load)
            self.follow(Spot(unit, load))

    def _taken_there(self, spot: Spot, load: cst.CSTNode) -> None:
        """A load gives what was stored at ``spot``."""
        found = self.found
        if found._taken.setdefault(id(load), spot) is not spot:
            found._parts.add(id(load))  # of the one or the other
        if id(spot.node) in found._reshaped:
            found._reshaped.add(id(load))

    def _module_level(self, spot: Spot, name: str) -> None:
        """A name of a module can be read by any function of it."""
        if spot.unit.hides(name):
            self.found.opaque.append(f"`{name}` is read in a cell that cannot be parsed")
        if any(name in names_in(each.body) for each in definitions(spot.unit.module)):
            self.found.opaque.append(f"`{name}` is read in functions of the module")

    def _kept_in_attribute(self, spot: Spot, target: cst.Attribute) -> None:
        unit = spot.unit
        owner = unit.owner(spot.node)
        text = unit.text(target)
        if owner is None or not isinstance(target.value, cst.Name) or target.value.value != "self":
            self.found.opaque.append(f"it is kept as `{text}`")
            return
        if self._outside(unit, owner, target.attr.value):
            self.found.opaque.append(f"`.{target.attr.value}` is read outside of the class")
        for node in walk(owner):
            if isinstance(node, cst.Attribute) and node.attr.value == target.attr.value and node is not target and unit.text(node) == text:
                above = unit.parent(node)
                if not isinstance(above, cst.AssignTarget):
                    self._taken_there(spot, node)
                    self.follow(Spot(unit, node))

    def _element(self, spot: Spot, element: Spot) -> None:
        display = element.parent
        above = display.parent if display is not None else None
        if display is not None and above is not None and isinstance(above.node, cst.Return) and isinstance(display.node, cst.Tuple):
            self.found.members.append(spot)
            position = next(i for i, each in enumerate(display.node.elements) if each is element.node)
            self._position = position if self._position in (None, position) else -1
        elif display is not None and above is not None and (target := _unpacked_to(element, display, above)) is not None:
            self._bound(spot, target)
        elif above is not None and above.parent is not None and self._carried(spot, above.parent, joined=True):
            pass
        elif display is not None and above is not None and isinstance(above.node, cst.Arg) and not self._leads_on(above):
            lists = self.found.indifferent if self._joined_for_nobody(above) else self.found.others
            lists.append(spot)
        else:
            self.found.opaque.append("it is kept in a list or tuple")

    def _joined_for_nobody(self, arg: Spot) -> bool:
        """Whether a list of values is joined row by row, and who reads the whole does not care."""
        call = arg.parent
        if call is None or not isinstance(call.node, cst.Call) or not _joins_rows(call.node):
            return False
        if id(call.node) not in self._joins:
            before = self.found.counts()
            self.follow(call)
            self._joins[id(call.node)] = self.found.counts() == before
            self.found.forget(before)
        return self._joins[id(call.node)]

    def _leads_on(self, arg: Spot) -> bool:
        call = arg.parent
        return call is None or id(call.node) in self._losses or id(call.node) in self._through


def _branches(unit: Unit, node: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, cst.If]]:
    """The conditions around a node, each with the arm that it stands in."""
    below = node
    for above in unit.above(node):
        if isinstance(above, cst.If) and below is not above.test:
            yield below, above
        below = above


def _unpacked_to(element: Spot, display: Spot, assigned: Spot) -> cst.BaseExpression | None:
    """The name in the place of a value in `a, b = x, y`."""
    assert isinstance(display.node, (cst.Tuple, cst.List, cst.Set))
    pairs = unpacked(assigned.node) if isinstance(assigned.node, cst.Assign) else []
    return next((target for target, each in pairs if each is element.node.value), None)  # type: ignore[attr-defined]


_JOINS = frozenset({"concatenate", "cat", "concat", "vstack"})


def _joins_rows(call: cst.Call) -> bool:
    """``torch.cat([a, b])``, ``np.concatenate([a, b], axis=0)``."""
    axes = [each.value for each in call.args[1:]]
    return _last(call.func) in _JOINS and all(isinstance(each, cst.Integer) and each.evaluated_value == 0 for each in axes)


def returned_value(spot: Spot) -> Spot:
    """What a function gives at a ``return``, or a lambda."""
    node = spot.node
    if isinstance(node, cst.Return) and node.value is not None:
        return spot.at(node.value)
    return spot.at(node.body) if isinstance(node, cst.Lambda) else spot


def _function_end(value: Spot) -> Spot:
    """The ``return`` or the lambda around what it gives."""
    return next(value.at(each) for each in value.unit.above(value.node) if isinstance(each, (cst.Return, cst.Lambda)))


#: Methods that a framework or an instance calls under another name.
_UNNAMED = frozenset({"forward", "call", "__call__"})


def is_called(returned: Spot, known: Sequence[Spot]) -> bool:
    """Whether one of the known calls may be one of the function around a ``return``."""
    unit, node = returned
    function = node if isinstance(node, cst.Lambda) else unit.function(node)
    name = _bound_to(unit, function)
    if not name:
        return True
    inside = [each for each in known if each.unit is unit and any(above is function for above in each.unit.above(each.node))]
    outside = {called_name(each.node) for each in known if all(each is not other for other in inside)}
    return bool(outside - {called_name(each.node) for each in inside}) if name in _UNNAMED else name in outside


def _bound_to(unit: Unit, function: cst.CSTNode | None) -> str:
    """The name of a function, be it a lambda that is assigned to one; "" for others."""
    if isinstance(function, cst.FunctionDef):
        return function.name.value
    statement = unit.parent(function) if function is not None else None
    targets = [each.target for each in statement.targets] if isinstance(statement, cst.Assign) else []
    return targets[0].value if len(targets) == 1 and isinstance(targets[0], cst.Name) else ""


def called_name(node: cst.CSTNode) -> str:
    """The last name of what is called: ``model`` in ``self.model(x)``; in ``Net()(x)`` that of the class."""
    func = node.func if isinstance(node, cst.Call) else node
    return called_name(func) if isinstance(func, cst.Call) else _last(func)


def _asks_for_none(node: cst.Comparison) -> bool:
    """``p is None``, ``p is not None``."""
    (first, *more) = node.comparisons
    nothing = isinstance(first.comparator, cst.Name) and first.comparator.value == "None"
    return not more and nothing and isinstance(first.operator, (cst.Is, cst.IsNot))


def _number(node: cst.Subscript) -> int | None:
    """The position in ``x[1]``."""
    index = node.slice[0].slice if len(node.slice) == 1 else None
    return index.value.evaluated_value if isinstance(index, cst.Index) and isinstance(index.value, cst.Integer) else None


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
    if isinstance(node, cst.Subscript):
        return _number(node) == 1
    if isinstance(node, cst.Attribute):
        return node.attr.value == "indices"
    if isinstance(node, cst.Assign) and len(node.targets) == 1 and isinstance(node.targets[0].target, cst.Tuple):
        first = node.targets[0].target.elements[0].value
        if not isinstance(first, cst.Name):
            return False
        scope = call.unit.scope(call.node)
        return first.value == "_" or not list(loads_after(call.unit, scope, first))
    return False
