"""Where execution starts: every relevant module as a program, then every relevant definition that nothing has called.

A definition is relevant when it mentions an API that the catalogue judges, or the name of a relevant definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from logitlint import catalog
from logitlint.interp import calls, objects
from logitlint.interp.core import Args, Exhausted, Frame
from logitlint.interp.guards import TRUE
from logitlint.interp.machine import Machine
from logitlint.interp.sites import Site
from logitlint.interp.values import ClassValue, Const, Descriptor, Function, Loc, Producer, Ref, Unknown, Value
from logitlint.outline import Unit
from logitlint.project import Project

MAIN_BUDGET = 200_000
GENERIC_BUDGET = 20_000
#: Words that make a definition worth running by itself although it names no loss: its activations are judged where they stand.
_JUDGED_ALONE = frozenset({"softmax", "Softmax", "log_softmax", "LogSoftmax", "sigmoid", "Sigmoid", "softmin", "Softmin", "clip_by_value", "log_sigmoid"})


@dataclass(slots=True)
class Outcome:
    """What the roots of one module gave. ``overrun`` names the roots whose budget ran out."""

    sites: list[Site] = field(default_factory=list)
    logs: dict[Loc, Producer] = field(default_factory=dict)
    cancelled: set[Loc] = field(default_factory=set)
    overrun: list[str] = field(default_factory=list)
    values: dict[Loc, Value] = field(default_factory=dict)


class Relevance:
    """Which definitions can lead to a judged API, by name, over all the modules of an analysis."""

    def __init__(self, project: Project, paths: Iterable[str]) -> None:
        self._words = catalog.consumer_names() | _JUDGED_ALONE
        self.hot: set[str] = set()
        self.mentioned: dict[str, int] = {}
        units = [unit for path in paths for unit in project.outline(path).units]
        for unit in units:
            for name in unit.names:
                self.mentioned[name] = self.mentioned.get(name, 0) + 1
        pending = units
        changed = True
        while changed:
            changed = False
            rest = []
            for unit in pending:
                if self.of(unit):
                    new = {name for name in unit.binds if len(name) > 1} - self.hot
                    self.hot |= new
                    changed = changed or bool(new)
                else:
                    rest.append(unit)
            pending = rest

    def of(self, unit: Unit) -> bool:
        return not self._words.isdisjoint(unit.names) or not self.hot.isdisjoint(unit.names)

    def direct(self, unit: Unit) -> bool:
        return not self._words.isdisjoint(unit.names)

    def called_elsewhere(self, name: str) -> bool:
        """Whether a definition's name stands in any other unit of the analysis."""
        return self.mentioned.get(name, 0) > 1


def run_module(project: Project, path: str, relevance: Relevance, reveal: bool = False) -> Outcome:
    """Run one module as a program, then its relevant definitions generically."""
    outline = project.outline(path)
    outcome = Outcome()
    if not any(relevance.of(unit) for unit in outline.units):
        return outcome
    machine = Machine(project, MAIN_BUDGET)
    machine.main = path
    machine.revealing = reveal
    try:
        machine.module_address(path)
    except Exhausted:
        outcome.overrun.append(path)
    addr = machine.modules[path]
    for name, value in list(machine.state.slots_of(addr).items()):
        for root in _definitions(value, path):
            if relevance.of(outline.units[root.loc.unit]) and (root.loc not in machine.entered or isinstance(root, ClassValue)):
                _generic(machine, root, name, relevance, outcome)
    outcome.sites = machine.sites
    outcome.logs = machine.logs
    outcome.cancelled = machine.cancelled
    outcome.values = machine.revealed
    return outcome


def _definitions(value: Value, path: str) -> Iterator[Function | ClassValue]:
    if isinstance(value, (Function, ClassValue)) and value.loc.path == path:
        yield value
    elif isinstance(value, Descriptor) and isinstance(value.fn, Function):
        yield value.fn


def _generic(machine: Machine, root: Function | ClassValue, name: str, relevance: Relevance, outcome: Outcome) -> None:
    """Evaluate a definition with unknown arguments on a layer of its own, under a budget of its own."""
    if calls.library_name(root.loc.path, root.name) is not None:
        return
    machine.steps, machine.budget = 0, GENERIC_BUDGET
    machine.path, machine.frames, machine.loops, machine.repeating = TRUE, [], [], 0
    machine.state.reset(1)
    machine.state.push()
    machine.frames.append(Frame(root.loc.path, root.loc.unit, (machine.modules[root.loc.path],), (), captured=True, depth=machine.state.depth))
    try:
        if isinstance(root, Function):
            machine.call(root, _unknown_arguments(root, relevance, False), root.loc)
        else:
            _generic_class(machine, root, relevance)
    except Exhausted:
        outcome.overrun.append(f"{root.loc.path}: {name}")
    finally:
        machine.frames.clear()
        machine.state.reset(1)


def _generic_class(machine: Machine, cls: ClassValue, relevance: Relevance) -> None:
    """Any instance of a class: ``__init__`` with unknown arguments, then each method that the class and its bases define."""
    classes = objects.mro(machine, cls)
    init = objects.class_lookup(machine, classes, "__init__")
    args = Args()
    if init is not None and isinstance(init[1], Function):
        args = _unknown_arguments(init[1], relevance, True)
    ref = machine.instantiate(cls, args, cls.loc)
    if not isinstance(ref, Ref):
        return
    machine.generic.add(ref.addr)
    seen = {"__init__"}
    for owner in classes:
        if not isinstance(owner, ClassValue):
            continue
        unit = machine.project.outline(owner.loc.path).units[owner.loc.unit]
        for name, value in machine.state.slots_of(owner.addr).items():
            method = value.fn if isinstance(value, Descriptor) and value.form in ("classmethod", "staticmethod", "property") else value
            if name in seen or not isinstance(method, Function) or (name.startswith("__") and name != "__call__"):
                continue
            seen.add(name)
            if relevance.of(unit) and method.loc not in machine.entered:
                _generic_method(machine, ref, value, owner, method, relevance)


def _generic_method(machine: Machine, ref: Ref, value: Value, owner: ClassValue, method: Function, relevance: Relevance) -> None:
    machine.state.push()
    depth = machine.state.depth
    try:
        bound = objects.bound(machine, value, ref, owner, method.loc) if not (isinstance(value, Descriptor) and value.form == "property") else method
        args = _unknown_arguments(method, relevance, not (isinstance(value, Descriptor) and value.form == "staticmethod"))
        if isinstance(bound, Function):
            machine.call(bound, args, method.loc)
    finally:
        while machine.state.depth >= depth:
            machine.state.pop()
        machine.path = TRUE


def _unknown_arguments(fn: Function, relevance: Relevance, skip_first: bool) -> Args:
    """An argument for every parameter: unknown, or its literal default when nothing in the analysis calls the function."""
    named: dict[str, Value] = {}
    pos: list[Value] = []
    called = relevance.called_elsewhere(fn.owner.name if fn.owner is not None and fn.name == "__init__" else fn.name)
    for i, param in enumerate(fn.node.params):
        if (i == 0 and skip_first) or param.form in ("*", "**"):
            continue
        value: Value = Unknown(("param", fn.loc, param.name))
        default = fn.defaults[i] if i < len(fn.defaults) else None
        if isinstance(default, Const) and default.value is not None and not called:
            value = default
        elif default is not None and not isinstance(default, Const):
            value = default
        if param.form == "k":
            named[param.name] = value
        else:
            pos.append(value)
    return Args(tuple(pos), named)
