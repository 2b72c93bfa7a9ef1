"""Where execution starts: every relevant module as a program, then every relevant definition that nothing has called.

A definition is relevant when it mentions an API that the catalogue judges, or the name of a relevant definition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from logitlint import catalog
from logitlint.interp import calls, objects
from logitlint.interp.core import Args, Exhausted, Frame
from logitlint.interp.guards import TRUE
from logitlint.interp.machine import Machine
from logitlint.interp.sites import Site
from logitlint.interp.values import ClassValue, Const, Descriptor, Function, Lazy, Loc, Producer, Ref, Unknown, Value
from logitlint.outline import Unit
from logitlint.project import Project

MAIN_BUDGET = 60_000
GENERIC_BUDGET = 12_000
_FARTHEST = 3
_FARTHEST_ALONE = 2
_LOGARITHMS = frozenset({"log", "log1p", "log2", "log10"})
#: Words that make a definition worth running by itself although it names no loss: its activations are judged where they stand.
_JUDGED_ALONE = frozenset({"softmax", "Softmax", "log_softmax", "LogSoftmax", "sigmoid", "Sigmoid", "softmin", "Softmin", "clip_by_value", "log_sigmoid", "expit", "logistic"})


@dataclass(slots=True)
class Outcome:
    """What the roots gave. ``overrun`` names those whose budget ran out."""

    sites: list[Site]
    logs: dict[Loc, Producer]
    cancelled: set[Loc]
    overrun: list[str]
    values: dict[Loc, Value]


class Relevance:
    """Which definitions can lead to a judged API: by name, within a module and along its imports.

    A definition that mentions a loss is at distance 0, one that mentions it by name at distance 1, and so on. Names lead
    anywhere in the end (annotations, registries), so what is farther than ``_FARTHEST`` is not run by itself; it is still
    entered when something relevant calls it.
    """

    def __init__(self, project: Project, paths: Sequence[str]) -> None:
        self._project = project
        self._paths = frozenset(paths)
        self._imports = {path: self._imported(path) for path in paths}
        self._mentioned: Counter[str] = Counter(name for path in paths for unit in project.outline(path).units for name in unit.names)
        self._words = catalog.consumer_names() | _JUDGED_ALONE
        losses = self._closure(catalog.consumer_names(), _FARTHEST)
        activations = self._closure(_JUDGED_ALONE, _FARTHEST_ALONE)
        self._near = {path: losses[path] | activations[path] for path in paths}

    def _closure(self, words: frozenset[str], farthest: int) -> dict[str, set[str]]:
        """Module -> the names, its own and its imports', that lead to one of ``words`` in fewer than ``farthest`` steps."""
        known: dict[str, set[str]] = {path: set() for path in self._imports}
        visible: dict[str, set[str]] = {path: set(words) for path in self._imports}
        for _ in range(farthest):
            for path, names in known.items():
                names |= self._naming(path, visible[path])
            visible = {path: names.union(*(known[each] for each in self._imports[path])) for path, names in known.items()}
        return visible

    def _naming(self, path: str, words: set[str]) -> set[str]:
        """The names that a module defines, or binds, with one of ``words``."""
        found: set[str] = set()
        for unit in self._project.outline(path).units:
            pairs = ((unit.name, unit.names),) if unit.name is not None else unit.binds
            found.update(name for name, said in pairs if len(name) > 1 and not words.isdisjoint(said))
        return found

    def _imported(self, path: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for line in self._project.outline(path).imports:
            target = self._project.resolve(path, line.module, line.level)
            if target is None:
                continue
            found[target] = None
            for name in line.names:
                inner = self._project.submodule(target, name)
                if inner is not None:
                    found[inner] = None
        return tuple(each for each in found if each in self._paths and each != path)

    def relevant(self, path: str) -> bool:
        return any(self.of(path, unit) for unit in self._project.outline(path).units)

    def of(self, path: str, unit: Unit) -> bool:
        if path not in self._near:
            return False
        if not self._words.isdisjoint(unit.names) or not self._near[path].isdisjoint(unit.names):
            return True
        return not _LOGARITHMS.isdisjoint(unit.names) and ("exp" in unit.names or not catalog.producer_names().isdisjoint(unit.names))

    def called_elsewhere(self, name: str) -> bool:
        """Whether a definition's name stands in any other unit of the analysis."""
        return self._mentioned[name] > 1


class Analysis:
    """All the roots of an analysis on one machine: modules are imported once, into the lowest layer of its state."""

    def __init__(self, project: Project, paths: Sequence[str], reveal: bool = False) -> None:
        self.machine = Machine(project, MAIN_BUDGET)
        self.machine.revealing = reveal
        self.relevance = Relevance(project, paths)
        self.overrun: list[str] = []
        self._project = project
        self._paths = [p for p in paths if self.relevance.relevant(p)]

    def run(self) -> Outcome:
        machine = self.machine
        sites: list[Site] = []
        for path in self._paths:
            self._fresh(MAIN_BUDGET)
            machine.module_address(path)
            self._root(path, lambda path=path: machine.run_main(path))  # type: ignore[misc]
        sites += machine.sites
        # what a program calls with its actual arguments needs no run with unknown ones
        entered = frozenset(machine.entered)
        machine.sites = []
        for path in self._paths:
            units = self._project.outline(path).units
            for name, value in list(machine.state.slots_of(machine.modules[path]).items()):
                if isinstance(value, Lazy) and not (value.unit >= 0 and value.path == path and self.relevance.of(path, units[value.unit])):
                    continue
                self._fresh(GENERIC_BUDGET)
                for definition in _definitions(machine.force(value), path):
                    if self.relevance.of(path, units[definition.loc.unit]):
                        machine.entered = set(entered)
                        self._generic(definition, name)
        self.overrun += sorted(machine.overrun)
        for path in self._paths:
            sites += machine.import_sites.get(path, [])
        return Outcome(sites + machine.sites, machine.logs, machine.cancelled, self.overrun, machine.revealed)

    def _fresh(self, budget: int) -> None:
        machine = self.machine
        machine.steps, machine.budget = 0, budget
        machine.path, machine.frames, machine.loops, machine.repeating = TRUE, [], [], []
        machine.state.reset(1)

    def _root(self, name: str, run: Callable[[], object]) -> None:
        self.machine.state.push()
        try:
            run()
        except Exhausted:
            self.overrun.append(name)
        finally:
            self._fresh(MAIN_BUDGET)

    def _generic(self, definition: Function | ClassValue, name: str) -> None:
        """Evaluate a definition with unknown arguments on a layer of its own, under a budget of its own."""
        machine = self.machine
        if calls.library_name(definition.loc.path, definition.name) is not None:
            return
        if isinstance(definition, Function) and definition.loc in machine.entered:
            return
        self._fresh(GENERIC_BUDGET)

        def run() -> None:
            scope = (machine.modules[definition.loc.path],)
            machine.frames.append(Frame(definition.loc.path, definition.loc.unit, scope, (), captured=True, depth=machine.state.depth))
            if isinstance(definition, Function):
                machine.call(definition, _unknown_arguments(definition, self.relevance, False), definition.loc)
            else:
                _generic_class(machine, definition, self.relevance)

        self._root(f"{definition.loc.path}: {name}", run)


def _definitions(value: Value, path: str) -> Iterator[Function | ClassValue]:
    if isinstance(value, (Function, ClassValue)) and value.loc.path == path:
        yield value
    elif isinstance(value, Descriptor) and isinstance(value.fn, Function):
        yield value.fn


def _generic_class(machine: Machine, cls: ClassValue, relevance: Relevance) -> None:
    """Any instance of a class: ``__init__`` with unknown arguments, then each method that the class and its bases define."""
    classes = objects.mro(machine, cls)
    init = objects.class_lookup(machine, classes, "__init__")
    args = Args()
    if init is not None and isinstance(init[1], Function):
        args = _unknown_arguments(init[1], relevance, True)
    elif init is None and relevance.called_elsewhere(cls.name):
        fields = dict.fromkeys(name for each in classes if isinstance(each, ClassValue) for name in machine.annotated.get(each.addr, ()))
        args = Args(named={name: Unknown(("param", cls.loc, name)) for name in fields})
    ref = machine.instantiate(cls, args, cls.loc)
    if not isinstance(ref, Ref):
        return
    machine.generic.add(ref.addr)
    built = machine.path
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
            if relevance.of(owner.loc.path, unit) and method.loc not in machine.entered:
                _generic_method(machine, ref, value, owner, method, relevance)
                machine.path = built


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


def _unknown_arguments(fn: Function, relevance: Relevance, skip_first: bool) -> Args:
    """An argument for every parameter: unknown, or its literal default when nothing in the analysis calls the function."""
    named: dict[str, Value] = {}
    pos: list[Value] = []
    for i, param in enumerate(fn.node.params):
        if (i == 0 and skip_first) or param.form in ("*", "**"):
            continue
        value: Value = Unknown(("param", fn.loc, param.name))
        default = fn.defaults[i] if i < len(fn.defaults) else None
        if isinstance(default, Const) and default.value is not None:
            value = default  # whoever calls it otherwise is run with what he says
        elif default is not None and not isinstance(default, Const):
            value = default
        if param.form == "k":
            named[param.name] = value
        else:
            pos.append(value)
    return Args(tuple(pos), named)
