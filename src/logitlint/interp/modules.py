"""Modules of the project: imported once and on demand, whatever execution asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from logitlint import catalog, ir
from logitlint.interp import calls, objects, unsettled
from logitlint.interp.core import MOST_ALLOWANCE, Core, Exhausted, Frame
from logitlint.interp.effects import MOST_ANNOUNCING, Effects
from logitlint.interp.guards import TRUE
from logitlint.interp.sites import Site
from logitlint.interp.state import merge
from logitlint.interp.values import (
    NOTHING,
    Api,
    Choice,
    ClassValue,
    Const,
    Lazy,
    Module,
    Namespace,
    Unknown,
    Value,
)
from logitlint.outline import Unit, words
from logitlint.project import Project

IMPORT_BUDGET = 60_000
_MOST_ASIDE = 2_000  #: steps that a call may spend while a module is imported that holds nothing to judge


class Modules(Core):
    def __init__(self, project: Project, budget: int) -> None:
        super().__init__(project, budget)
        self.modules: dict[str, int] = {}
        self.effects = Effects(project)
        self.weighty: Callable[[str], bool] = lambda path: True  #: whether a module holds something to judge, or is a script
        self.import_sites: dict[str, list[Site]] = {}
        self.forced: dict[tuple[str, int, int | None], Value] = {}
        self.judged: Callable[[str, frozenset[str]], bool] = lambda path, names: True  #: whether names lead to what is judged
        self.forcing: set[Lazy] = set()

    def module_address(self, path: str) -> int:
        """The namespace of a module, which is imported on first use: into the lowest layer, whatever path asks for it."""
        addr = self.modules.get(path)
        if addr is None:
            passing, self.passing = self.passing, None
            addr = self.modules[path] = self.alloc("module")
            self.passing = passing
            self.spaces[addr] = None
            self._import_module(path, addr)
        return addr

    def module_value(self, path: str) -> Value:
        """A module; it is run when something is read from it, or at once when it may fill what another one keeps."""
        if path.endswith("/"):
            return Namespace(path)
        if path not in self.modules and self.effects.of(path):
            self.module_address(path)
        return Module(path)

    def force(self, value: Value) -> Value:
        """What a definition or import that was put off turns out to be."""
        if isinstance(value, Choice) and any(isinstance(option, Lazy) for _, option in value.options):
            return merge([(guard, self.force(option)) for guard, option in value.options])
        if not isinstance(value, Lazy):
            return value
        if value.unit < 0:
            if value in self.forcing:  # two modules import the name from each other, or one of a package from what it is in itself
                inner = self.project.submodule(value.path, value.name)
                return self.module_value(inner) if inner is not None else Unknown(("name", value.path, value.name))
            self.forcing.add(value)
            try:
                return objects.module_attribute(self, self.module_value(value.path), value.name)
            finally:
                self.forcing.discard(value)
        declared = self.project.contract_name(value.path, value.name)
        if declared is not None:
            return Api(declared)
        key = value.path, value.unit, value.part
        if key not in self.forced:
            self.forced[key] = NOTHING  # a definition that needs itself
            self.forced[key] = self._define(value)
        return self.forced[key]

    def _define(self, lazy: Lazy) -> Value:
        addr = self.modules[lazy.path]
        slot = addr, lazy.name
        found: list[Value] = []

        def run() -> None:
            before = self.state.get(slot)
            part = next((each for each in self.project.parts(lazy.path, lazy.unit) if each.number == lazy.part), None)
            body = self.project.lowered(lazy.path, lazy.unit) if part is None else self.project.part(lazy.path, lazy.unit, part)
            self._run_unit(lazy.path, addr, lazy.unit, body)
            found.append(self.state.get(slot) or NOTHING)
            if before != lazy:
                self.state.set(slot, before)

        self._apart(lazy.path, run)
        if found and isinstance(found[0], ClassValue):
            unsettled.forget_of(self, lazy.path, lazy.name, found[0])
        return found[0] if found else NOTHING

    def _apart(self, path: str, run: Callable[[], None]) -> None:
        """Run a part of a module as its import does: in the lowest layer, under a budget of its own, its sites its own too."""
        kept = self.path, self.callers, self.frames, self.loops, self.sites, self.repeating, self.steps, self.passing
        budgets, layers = (self.budget, self.whole), self.state.isolate()
        self.path, self.callers, self.frames, self.loops, self.repeating, self.steps = TRUE, [], [], [], [], 0
        self.sites, self.passing = self.import_sites.setdefault(path, []), None
        self.allow(IMPORT_BUDGET)
        allowance = self.most_allowance
        self.most_allowance = MOST_ALLOWANCE if self.weighty(path) else _MOST_ASIDE
        try:
            run()
        except Exhausted:
            self.overrun.add(path)
            self.state.reset(1)
        finally:
            self.path, self.callers, self.frames, self.loops, self.sites, self.repeating, self.steps, self.passing = kept
            self.budget, self.whole = budgets
            self.state.restore(layers)
            self.most_allowance = allowance

    def _import_module(self, path: str, addr: int) -> None:
        def run() -> None:
            self.state.set((addr, "__name__"), Const(path.rsplit("/", 1)[-1].removesuffix(".py")))
            self.state.set((addr, "__file__"), Unknown(("name", path, "__file__")))
            for unit in self.project.outline(path).units:
                if unit.name is not None and not any(self._asked_for(addr, each) for each in unit.decorators):
                    self.state.set((addr, unit.name), Lazy(path, unit.number, unit.name))
                elif not self._run_parts(path, addr, unit):
                    break
            unsettled.forget(self, path, addr)

        self._apart(path, run)

    def _run_parts(self, path: str, addr: int, unit: Unit) -> bool:
        parts = self.project.parts(path, unit.number)
        for part in parts:
            waits = part.plain or (part.name is not None and not self.judged(path, words(self.project.lines(path, part.first, part.last))))
            if waits and part.name is not None:
                self.state.set((addr, part.name), Lazy(path, unit.number, part.name, part.number))
            elif not self._run_unit(path, addr, unit.number, self.project.part(path, unit.number, part)):
                return False
        return bool(parts) or self._run_unit(path, addr, unit.number, self.project.lowered(path, unit.number))

    def _asked_for(self, addr: int, decorator: str) -> bool:
        """Whether a decorator must be called when the module is imported: one of the project's own may fill a table.

        One of a library fills none that is looked at, nor does one that stands before more definitions than a table holds."""
        first, _, last = decorator.partition(".")[0], *decorator.rpartition(".")[1:]
        if last in calls.TRANSPARENT:
            return False
        known = self.state.get((addr, first))
        if calls.puts_into(last, known):
            return True
        if known is None or isinstance(known, (Api, Unknown)):
            return False
        return self.effects.decorated(last) <= MOST_ANNOUNCING

    def _has_effects(self, path: str) -> bool:
        """Whether importing a module may do more than bind names: it may fill a table, or it decorates with what few others do."""
        if self.effects.of(path):
            return True
        own = frozenset(self.project.outline(path).names)
        return any(
            name.partition(".")[0] in own and last not in calls.TRANSPARENT and self.effects.decorated(last) <= MOST_ANNOUNCING
            for unit in self.project.outline(path).units
            for name in unit.decorators
            for last in (name.rpartition(".")[2],)
        )

    def _run_unit(self, path: str, addr: int, unit: int, body: Sequence[ir.Stmt]) -> bool:
        self.frames.append(Frame(path, unit, (addr,), (), captured=True, depth=self.state.depth))
        try:
            return self.run(body)
        finally:
            self.frames.pop()

    def run_as_program(self, path: str) -> None:
        """Import a module, then do what it does beyond that when it is run as a program: its ``__name__`` tests are true."""
        addr = self.module_address(path)
        self._announce(path)
        self.state.set((addr, "__name__"), Const("__main__"))
        for unit in self.project.outline(path).units:
            if unit.kind == "run" and unit.mentions("__main__"):
                for statement in self._main_statements(path, unit):
                    if isinstance(statement, ir.If) and _asks_for_main(statement.test):
                        self._run_unit(path, addr, unit.number, (statement,))

    def _main_statements(self, path: str, unit: Unit) -> Sequence[ir.Stmt]:
        parts = self.project.parts(path, unit.number)
        if not parts:
            return self.project.lowered(path, unit.number)
        asking = (each for each in parts if "__main__" in self.project.lines(path, each.first, each.last))
        return [statement for part in asking for statement in self.project.part(path, unit.number, part)]

    def _announce(self, path: str) -> None:
        """Import what registers its definitions: a program sees every entry that its imports have made, read or not."""
        for each in self.effects.of_all(path):
            self.module_address(each)

    def bind_name(self, name: str, value: Value) -> None:
        frame = self.frame
        if name in frame.outer:
            for addr in frame.scope[1:]:
                names = self.spaces.get(addr)
                if names is None or name in names:
                    self.state.set((addr, name), value)
                    return
        self.state.set((frame.scope[0], name), value)

    def _import(self, node: ir.Import) -> bool:
        frame = self.frame
        if node.module is None:
            for name, alias in node.names:
                if alias:
                    self.bind_name(alias, self.imported(frame.path, name))
                else:
                    self.imported(frame.path, name)
                    top = name.partition(".")[0]
                    self.bind_name(top, self.imported(frame.path, top))
            return True
        for name, alias in node.names:
            if name == "*":
                self._import_star(node)
            else:
                self.bind_name(alias or name, self.imported_from(frame.path, node.module, node.level, name))
        return True

    def imported(self, path: str, name: str) -> Value:
        if name.partition(".")[0] in catalog.roots() and (catalog.is_namespace(name) or catalog.lookup(name) is not None):
            return Api(name)
        found = self.project.resolve(path, name)
        if found is not None:
            return self.module_value(found)
        return objects.of_library(name)

    def imported_from(self, path: str, module: str, level: int, name: str) -> Value:
        if not level:
            full = f"{module}.{name}"
            if module.partition(".")[0] in catalog.roots() and (catalog.lookup(full) is not None or catalog.is_namespace(full)):
                return Api(full)
        found = self.project.resolve(path, module, level)
        if found is not None and found != path:
            self.module_value(found)
            return Lazy(found, -1, name)
        inner = self.project.submodule(path, name) if found == path else None
        if inner is not None:
            return self.module_value(inner)  # a package that imports one of its own modules
        return Unknown(("name", "import", f"{module}.{name}")) if level else objects.of_library(f"{module}.{name}")

    def _import_star(self, node: ir.Import) -> None:
        frame = self.frame
        found = self.project.resolve(frame.path, node.module or "", node.level)
        if found is not None and not found.endswith("/"):
            if self._has_effects(found):
                self.module_address(found)
            names, others = self.project.exported(found)
            for name in names:
                self.bind_name(name, Lazy(found, -1, name))
            self.stars.setdefault(frame.path, []).extend(each for each in others if catalog.is_namespace(each))
        elif not node.level and node.module and catalog.is_namespace(node.module):
            self.stars.setdefault(frame.path, []).append(node.module)


def _asks_for_main(test: ir.Expr) -> bool:
    return isinstance(test, ir.Op) and any(isinstance(arg, ir.Name) and arg.id == "__name__" for arg in test.args)
