"""Where execution starts: every relevant module as a program, then every relevant definition that nothing has called.

Which definitions are relevant, :mod:`logitlint.interp.relevance` says.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from logitlint import catalog
from logitlint.interp import callees, calls, fates, keras, keras_compile, objects, trainers
from logitlint.interp.callers import Callers
from logitlint.interp.core import Args, Exhausted, Frame
from logitlint.interp.guards import TRUE
from logitlint.interp.heritage import Heritage
from logitlint.interp.machine import Machine
from logitlint.interp.relevance import Relevance
from logitlint.interp.sites import Site
from logitlint.interp.values import (
    NOTHING,
    Api,
    Callee,
    Choice,
    ClassValue,
    Const,
    Descriptor,
    Function,
    Lazy,
    Loc,
    Producer,
    Ref,
    Tensor,
    Unknown,
    Value,
)
from logitlint.kinds import Kind
from logitlint.project import Project
from logitlint.workers import side_by_side, spread

MAIN_BUDGET = 60_000
GENERIC_BUDGET = 30_000
METHOD_BUDGET = 10_000
CLASS_BUDGET = 60_000
INHERITED_BUDGET = 2_000  #: of a class, for all methods together that have run on a base
#: How a class asks whether an object has something.
_ASKS_WHETHER = re.compile(r"\b(?:hasattr|getattr|AttributeError|__dict__)\b")
#: Of an object that a library is given: who offers more than to train and to evaluate means some of it for other objects.
_MOST_ENTRIES = 2
_GROUPS = 1 << 40  #: more evaluations than one process ever numbers
_LEAST_SHARE = 300_000  #: bytes of relevant modules that are worth a process of their own
_LARGEST_SHARE = 2_500_000  #: bytes of relevant modules of which all that is found out fits into one process
#: So many definitions of a module may spend their whole budget; then every few more of them halve what the next are given.
_FULL_OVERRUNS, _OVERRUNS_TO_HALVE, _LEAST_GENERIC_BUDGET = 6, 3, 500


@dataclass(slots=True)
class Outcome:
    """What the roots gave. ``overrun`` names those whose budget ran out."""

    sites: list[Site]
    logs: dict[Loc, Producer]
    cancelled: set[Loc]
    numbers: set[Loc]  #: calls whose result is only turned into a number
    shown: set[Loc]  #: calls that a cell makes to show their result, and for nothing else
    overrun: list[str]
    errors: list[str]  #: roots that ended in a fault of the interpreter
    values: dict[Loc, Value]
    given: dict[Loc, dict[Loc, bool]]  #: producer -> the calls that gave its value to whoever called; False: in a tuple
    callees: dict[Loc, tuple[Callee, ...]]  #: call -> everything that it called


class _Part(NamedTuple):
    """What the definitions of some modules gave, and all that was noted until then.

    What grows with the project is told without what was known before: there may be dozens of parts, and all of them are kept.
    """

    sites: dict[str, list[Site]]
    imported: dict[str, list[Site]]  #: of what was imported on the way
    logs: dict[Loc, Producer]
    cancelled: set[Loc]
    numbers: set[Loc]
    given: dict[Loc, dict[Loc, bool]]
    callees: dict[Loc, tuple[Callee, ...]]
    overrun: set[str]
    roots: list[str]
    errors: list[str]
    refused: dict[tuple[str, int], str]
    data: dict[str, bytes | None]  #: files that were read
    process: int  #: the one that found it out


class Analysis:
    """All the roots of an analysis on one machine: modules are imported once, into the lowest layer of its state."""

    def __init__(self, project: Project, paths: Sequence[str], reveal: bool = False) -> None:
        self.machine = Machine(project, MAIN_BUDGET)
        self.machine.revealing = reveal
        self.relevance = Relevance(project, paths)
        self.overrun: list[str] = []
        self._handed_over: set[int] = set()  #: objects that a library was given
        self.errors: list[str] = []
        self._overruns: Counter[str] = Counter()  #: module -> definitions that spent their budget
        self._project = project
        self._done = 0
        self._paths = [p for p in paths if self.relevance.relevant(p)]
        # a script may bring a model and a loss together by names that say nothing of either
        scripts = [p for p in paths if self.relevance.is_script(p)]
        relevant = set(self._paths)
        self.heritage = Heritage(project, self.relevance, relevant)
        self._programs = sorted(relevant.union(p for p in scripts if not relevant.isdisjoint(project.executed(p))))
        self.machine.weighs = lambda function: self.relevance.weighs(function) or self.heritage.uses_maker(function)
        self.machine.builds = self.relevance.builds
        self.machine.judged = self.relevance.meets
        self.machine.fills = self.heritage.fills
        self.machine.any_instance = self._any_instance
        self.machine.handed = self._handed
        # of every module that is met, named or not: what an import may spend must not depend on what was named
        self.machine.weighty = lambda path: self.relevance.relevant(path) or self.relevance.is_script(path)

    def run(self, jobs: int = 1) -> Outcome:
        """Run every root; ``jobs`` processes share the definitions, once the programs have run."""
        machine = self.machine
        for path in self._programs:
            self._fresh(MAIN_BUDGET)
            first = len(machine.sites)
            self._root(path, lambda path=path: machine.run_as_program(path))  # type: ignore[misc]
            if self.relevance.callers.has_users(path):
                machine.sites[first:] = [site for site in machine.sites[first:] if not _only_shows(site)]
            self._advance()
        sites, machine.sites = machine.sites, []
        # what a program calls with its actual arguments needs no run with unknown ones
        entered = frozenset(machine.entered)
        shares = self._shares(jobs)
        works = [partial(self._definitions_of, share, entered, number) for number, share in enumerate(shares)]
        parts = side_by_side(works, jobs, partial(self._advance, len(self._paths) // len(shares)))
        for part in parts:
            if part.process != os.getpid():
                self._take(part)
        self.overrun += sorted(machine.overrun)
        for path in sorted({*self._paths, *self._programs}):
            sites += machine.import_sites.get(path, [])
        sites = machine.fates.told(sites)
        for path in self._paths:
            sites += next(part.sites[path] for part in parts if path in part.sites)
        sites = fates.computed(sites)
        noted = machine.revealed, machine.given, machine.callees
        return Outcome(sites, machine.logs, machine.cancelled, machine.numbers, machine.shown, self.overrun, self.errors, *noted)

    def _shares(self, jobs: int) -> list[list[str]]:
        """The modules in as many shares of like size as are worth a process each, every module in its order.

        A large project has more shares than processes: what is known of a share is forgotten with it. They are made of neighbours then,
        which need the same modules.
        """
        sizes = {path: len(self._project.bytes(path) or b"") for path in self._paths}
        whole = sum(sizes.values())
        count = max(1, min(jobs, whole // _LEAST_SHARE)) if not self.machine.revealing else 1
        if count > 1 and whole // count > _LARGEST_SHARE:
            return _neighbours(sizes)
        return [sorted(share, key=self._paths.index) for share in spread(sizes, count)]

    def _definitions_of(self, paths: Sequence[str], entered: frozenset[Loc], number: int) -> _Part:
        """Run the relevant definitions of some modules."""
        machine = self.machine
        machine.number_groups_from(number * _GROUPS)
        imported = {path: len(sites) for path, sites in machine.import_sites.items()}
        called = dict(machine.callees)
        found: dict[str, list[Site]] = {}
        machine.passing = []
        for path in paths:
            machine.sites = found[path] = []
            done: set[Loc] = set()  # a class may have several names
            for name, value in self._bound(path):
                if isinstance(value, Lazy) and not self._runs_alone(path, value):
                    continue
                forced: list[Value] = []
                self._root(f"{path}: {name}", lambda value=value, forced=forced: forced.append(machine.force(value)))  # type: ignore[misc]
                machine.entered = set(entered)
                # what is hidden is run by itself, unless what hides it has done so
                hidden = machine.definitions.get(machine.modules[path], {}).get(name, ())
                for definition in (each for found in (*forced, *hidden) for each in _definitions(machine, found, path)):
                    if definition.loc not in done and self._is_relevant(definition):
                        done.add(definition.loc)
                        self._generic(definition, name)
                        machine.forget()
            self._advance()
        new = {path: machine.fates.told(sites[imported.get(path, 0) :]) for path, sites in machine.import_sites.items()}
        new = {path: sites for path, sites in new.items() if sites}
        calls = {call: now for call, now in machine.callees.items() if now != called.get(call)}
        found = {path: machine.fates.told(sites) for path, sites in found.items()}
        told = machine.logs, machine.cancelled, machine.numbers, machine.given, calls, machine.overrun
        return _Part(found, new, *told, self.overrun, self.errors, self._project.refused, self._project.data_read, os.getpid())

    def _bound(self, path: str) -> Iterator[tuple[str, Value]]:
        """The names of a module with their values, and what it defines under a name that it then gives another value."""
        machine = self.machine
        slots = machine.state.slots_of(machine.modules[path])
        yield from slots.items()
        for unit in self._project.outline(path).units:
            lazy = Lazy(path, unit.number, unit.name or "")
            if unit.name is not None and slots.get(unit.name) != lazy and (path, unit.number, None) not in machine.forced:
                yield unit.name, lazy
        yield from ((name, NOTHING) for name in list(machine.definitions.get(machine.modules[path], ())) if name not in slots)

    def _is_relevant(self, definition: Function | ClassValue) -> bool:
        return self.relevance.of(definition.loc.path, self._project.outline(definition.loc.path).units[definition.loc.unit])

    def _runs_alone(self, path: str, lazy: Lazy) -> bool:
        if lazy.unit < 0 or lazy.part is not None or lazy.path != path:
            return False
        return self.relevance.of(path, self._project.outline(path).units[lazy.unit])

    def _take(self, part: _Part) -> None:
        """What another process found out, beside the sites of its own modules."""
        machine = self.machine
        for path, sites in part.imported.items():
            machine.import_sites.setdefault(path, []).extend(sites)
        machine.logs.update(part.logs)
        machine.cancelled |= part.cancelled
        machine.numbers |= part.numbers
        for producer, places in part.given.items():
            known = machine.given.setdefault(producer, {})
            known.update({loc: bare and known.get(loc, True) for loc, bare in places.items()})
        for call, called in part.callees.items():
            for callee in called:
                callees.note(machine, call, callee)
        machine.overrun |= part.overrun
        self.overrun += [each for each in part.roots if each not in self.overrun]
        self.errors += [each for each in part.errors if each not in self.errors]
        self._project.refused.update(part.refused)
        self._project.data_read.update(part.data)

    def _advance(self, by: int = 1) -> None:
        self._done += by
        self._project.progress(self._done, max(self._done, 2 * len(self._paths)))

    def _fresh(self, budget: int) -> None:
        machine = self.machine
        machine.steps = 0
        machine.allow(budget)
        machine.path, machine.callers, machine.frames, machine.loops, machine.repeating = TRUE, [], [], [], []
        machine.cut.clear()
        machine.cut_at.clear()
        machine.state.reset(1)

    def _any_instance(self, cls: ClassValue) -> None:
        """What any object of a class does that a function defines, on the account of that function."""
        machine = self.machine
        if not self._is_relevant(cls):
            return
        kept = machine.budget, machine.whole, machine.path, machine.loops, machine.repeating
        try:
            _generic_class(machine, cls, self.relevance, self.heritage, machine.budget)
        finally:
            machine.budget, machine.whole, machine.path, machine.loops, machine.repeating = kept

    def _handed(self, ref: Ref) -> None:
        """What the methods of an object do that a library is given and whose class derives from one of a library's, on the account of
        who gives it: what the object holds, its class alone does not say."""
        machine = self.machine
        cls = machine.heap[ref.addr].cls
        if ref.addr in self._handed_over or ref.addr in machine.generic or not isinstance(cls, ClassValue) or not self._is_relevant(cls):
            return
        built = all(frame.function is None or frame.function.name != "__init__" for frame in machine.frames)
        if not built or not _is_of_library(machine, ref):
            return
        self._handed_over.add(ref.addr)
        kept = machine.budget, machine.whole, machine.path, machine.loops, machine.repeating
        try:
            entered, machine.entered = machine.entered, set()  # of another object, as it may be
            methods = [each for each in _methods(machine, [cls], self.heritage, self.relevance) if self._is_entry(cls, each)]
            machine.entered = entered
            for each in methods if len(methods) <= _MOST_ENTRIES else ():
                left = (kept[1] - machine.steps) // 2
                if left > 0:
                    _generic_method(machine, ref, each, self.relevance, min(METHOD_BUDGET, left))
                machine.path, machine.loops, machine.repeating = kept[2:]
        finally:
            machine.budget, machine.whole, machine.path, machine.loops, machine.repeating = kept

    def _is_entry(self, cls: ClassValue, method: _Method) -> bool:
        """Whether no other method of a class names one: it is for whoever has the object."""
        others = self.heritage.profile(cls).methods.items()
        return not any(method.function.name in said.asks for name, said in others if name != method.function.name)

    def _root(self, name: str, run: Callable[[], object]) -> None:
        self.machine.state.push()
        try:
            run()
        except Exhausted:
            self.overrun.append(name)
        except Exception as error:  # a fault of ours must not silence the other files
            self.errors.append(f"{name}: {type(error).__name__}: {error}")
        finally:
            self._fresh(MAIN_BUDGET)

    def _generic(self, definition: Function | ClassValue, name: str) -> None:
        """Evaluate a definition with unknown arguments on a layer of its own, under a budget of its own."""
        machine = self.machine
        if calls.library_name(self.machine.project, definition.loc.path, definition.name) is not None:
            return
        if isinstance(definition, Function) and definition.loc in machine.entered:
            return
        path = definition.loc.path
        halved = max(0, self._overruns[path] - _FULL_OVERRUNS) // _OVERRUNS_TO_HALVE
        budget = max(_LEAST_GENERIC_BUDGET, GENERIC_BUDGET >> halved)
        self._fresh(budget)

        def run() -> None:
            scope = (machine.modules[definition.loc.path],)
            machine.frames.append(Frame(definition.loc.path, definition.loc.unit, scope, (), captured=True, depth=machine.state.depth))
            if isinstance(definition, Function):
                made = machine.call(definition, _unknown_arguments(definition, definition, self.relevance.callers), definition.loc)
                keras_compile.train_later(machine, made, definition.loc)
                if isinstance(made, Ref) and machine.form(made) == "instance":
                    self._handed(made)  # whoever calls the function, be it the library
            else:
                _generic_class(machine, definition, self.relevance, self.heritage, CLASS_BUDGET)
            self._overruns[path] += machine.steps * 2 > (budget if isinstance(definition, Function) else CLASS_BUDGET)

        self._root(f"{definition.loc.path}: {name}", run)


def _neighbours(sizes: Mapping[str, int]) -> list[list[str]]:
    """Modules, in their order, in shares of half of what fits: so many that it does not matter which of them takes longest."""
    shares: list[list[str]] = [[]]
    left = _LARGEST_SHARE // 2
    for path, size in sizes.items():
        if left <= 0:
            shares.append([])
            left = _LARGEST_SHARE // 2
        shares[-1].append(path)
        left -= size
    return shares


def _is_of_library(machine: Machine, ref: Ref) -> bool:
    """Whether the class of an object derives from one out of sight, of which no protocol is known."""
    line = objects.mro(machine, machine.heap[ref.addr].cls)
    known = any(isinstance(each, Api) and catalog.lookup(each.name) is not None for each in line)
    return not known and any(isinstance(each, (Api, Unknown)) for each in line)


def _only_shows(site: Site) -> bool:
    """Whether a site says in what size a model was built, and of no loss: who imports the module need not build it so."""
    return site.form == "activation" and isinstance(site.result, Tensor) and site.result.kind is Kind.CONST_ONE


def _definitions(machine: Machine, value: Value, path: str) -> Iterator[Function | ClassValue]:
    """The definitions of a module that a value is, classes with those inside of them."""
    if isinstance(value, Choice):
        for _, option in value.options:
            yield from _definitions(machine, option, path)
    elif isinstance(value, (Function, ClassValue)) and value.loc.path == path:
        yield value
        for known in list(machine.definitions.get(value.addr, {}).values()) if isinstance(value, ClassValue) else ():
            yield from (each for each in known if isinstance(each, ClassValue))
    elif isinstance(value, Descriptor) and isinstance(value.fn, Function):
        yield value.fn


class _Method(NamedTuple):
    owner: ClassValue
    value: Value  #: what the class has under the name
    function: Function
    is_inherited: bool


def _methods(machine: Machine, classes: Sequence[ClassValue], heritage: Heritage, relevance: Relevance) -> Iterator[_Method]:
    """The methods of any object of the first of some classes that lead to a judged API and, where they are inherited, may do
    something else on it than on a base that is run by itself."""
    seen = {"__init__"}
    wanted = heritage.wanted(classes)
    outside = any(isinstance(each, (Api, Unknown)) for each in objects.mro(machine, classes[0]))
    line = [cls.name for cls in classes]
    for at, owner in enumerate(classes):
        defined = machine.definitions.get(owner.addr, {})
        slots = machine.state.slots_of(owner.addr)
        for name in [each for each in dict.fromkeys((*slots, *defined)) if each not in seen]:
            for value in defined.get(name) or (slots[name],):
                function = value.fn if isinstance(value, Descriptor) else value
                # of what Python calls by itself, what is inherited does the same for every class
                if not isinstance(function, Function) or (at and name.startswith("__") and name != "__call__"):
                    continue
                seen.add(name)
                if function.name not in wanted or function.loc in machine.entered:
                    continue
                # what a base offers to all is meant for those on which somebody calls it, be it a library out of sight
                if at and not outside and not relevance.callers.ask(classes[0].loc.path, function.name, owner.name, line):
                    continue
                if at and any(heritage.alike(classes, at, function.name, _classes(machine, base)) for base in classes[1 : at + 1]):
                    continue
                # what is a property for others is a method for who runs it
                called = function if isinstance(value, Descriptor) and value.form == "property" else value
                yield _Method(owner, called, function, at > 0)


def _classes(machine: Machine, cls: ClassValue) -> list[ClassValue]:
    return [each for each in objects.mro(machine, cls) if isinstance(each, ClassValue)]


def _generic_class(machine: Machine, cls: ClassValue, relevance: Relevance, heritage: Heritage, end: int) -> None:
    """Any instance of a class: ``__init__`` with unknown arguments, then each of its methods, until the step ``end``."""
    begun = machine.steps
    own = _classes(machine, cls)
    methods = list(_methods(machine, own, heritage, relevance))
    if not methods and not heritage.constructs(own):
        return
    init = objects.class_lookup(machine, own, "__init__")
    args = Args()
    if init is not None and isinstance(init[1], Function):
        args = _unknown_arguments(init[1], cls, relevance.callers, skips=1)
    elif init is None and relevance.callers.mention(cls.loc.path, cls.name):
        fields = dict.fromkeys(name for each in own for name in machine.annotated.get(each.addr, ()))
        args = Args(named={name: Unknown(("param", cls.loc, name)) for name in fields})
    ref = machine.instantiate(cls, args, cls.loc)
    if not isinstance(ref, Ref):
        return
    machine.generic.add(ref.addr)
    trainers.prepare(machine, ref, cls.loc)
    _complete(machine, ref, own, methods, heritage)
    built, left = machine.path, INHERITED_BUDGET
    # of those that are inherited the short ones first: they bring together what subclasses fill in
    for each in sorted(methods, key=lambda each: heritage.size(each.owner, each.function.name) if each.owner is not cls else 0):
        if each.function.loc in machine.entered:
            continue
        before = machine.steps
        budget = min(METHOD_BUDGET, CLASS_BUDGET - (before - begun), end - before, METHOD_BUDGET if each.owner is cls else left)
        if budget <= 0:
            machine.overrun.add(f"{each.function.loc.path}: {cls.name}.{each.function.name}")
            continue
        _generic_method(machine, ref, each, relevance, budget)
        machine.path = built
        left -= machine.steps - before if each.owner is not cls else 0


def _complete(machine: Machine, ref: Ref, own: Sequence[ClassValue], methods: Iterable[_Method], heritage: Heritage) -> None:
    """Give any instance what a method of its class gives it, which somebody out of sight calls before the others."""
    if keras.is_keras(machine, ref) or _ASKS_WHETHER.search(machine.project.text(*own[0].loc[:2])) is not None:
        return

    def held(name: str) -> Value | None:
        found = objects.class_lookup(machine, own, name)
        return machine.field(ref, name) or (found[1] if found is not None else None)

    for name in heritage.givers(own, [each.function.name for each in methods], held):
        trainers.perhaps(machine, ref, name, own[0].loc)


def _generic_method(machine: Machine, ref: Ref, each: _Method, relevance: Relevance, budget: int) -> None:
    """One method, under a budget of its own."""
    owner, value, method, _ = each
    machine.state.push()
    depth = machine.state.depth
    frames = len(machine.frames)
    machine.allow(machine.steps + budget)
    try:
        trainers.mode_for(machine, ref, method.name, method.loc)
        bound = objects.bound(machine, value, ref, owner, method.loc)
        skips = 0 if isinstance(value, Descriptor) and value.form == "staticmethod" else 1
        args = _unknown_arguments(method, method, relevance.callers, skips, is_method=True, is_inherited=each.is_inherited)
        if isinstance(bound, Function):
            machine.call(bound, args, method.loc)
    except Exhausted:
        machine.overrun.add(f"{method.loc.path}: {owner.name}.{method.name}")
    finally:
        del machine.frames[frames:]
        machine.loops, machine.repeating = [], []
        machine.state.reset(depth - 1)


def _unknown_arguments(
    fn: Function, called: Function | ClassValue, callers: Callers, skips: int = 0, is_method: bool = False, is_inherited: bool = False
) -> Args:
    """An argument for every parameter but the first ``skips``: unknown, or its literal default, unless all who call it, by its name or
    that of its class (``called``), override that. What suits one of several classes that inherit a method need not suit the others."""
    named: dict[str, Value] = {}
    pos: list[Value] = []
    for i, param in enumerate(fn.node.params):
        if i < skips or param.form in ("*", "**"):
            continue
        value: Value = calls.unknown_argument(fn, i)
        default = fn.defaults[i] if i < len(fn.defaults) and not is_inherited else None
        if isinstance(default, Const) and default.value is not None:
            # who calls it otherwise is run with what he says; nobody is with what all of them override
            position = len(fn.node.params) if param.form == "k" else i - skips
            value = value if callers.override(called.loc.path, called.name, is_method, position, param.name) else default
        elif default is not None and not isinstance(default, Const):
            value = default
        if param.form == "k":
            named[param.name] = value
        else:
            pos.append(value)
    return Args(tuple(pos), named, open=True)
