"""The interpreter: runs a project's ir on kinds instead of tensors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from logitlint import catalog, ir
from logitlint.interp import builtins, calls, keras_models, library, objects, protocols, torch, transfer
from logitlint.interp.core import Args, Core, Exhausted, Frame
from logitlint.interp.guards import FALSE, TRUE, Guard, any_of, conj, disj, relative
from logitlint.interp.sites import Site
from logitlint.interp.state import Layer, merge, narrow
from logitlint.interp.truth import Truth, compare, opaque, swap, truth
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Api,
    Builtin,
    Choice,
    ClassValue,
    Const,
    Descriptor,
    Function,
    Lazy,
    LibObject,
    Loc,
    Mapping,
    Method,
    Module,
    Namespace,
    Partial,
    Ref,
    Seq,
    SliceValue,
    Tensor,
    Unknown,
    Value,
)
from logitlint.project import Project

IMPORT_BUDGET = 60_000
_LONGEST_UNROLLED = 64
_LONGEST_RANGE = 8
#: Methods that make a kind of a receiver nobody knows, with the arguments that make them unmistakable.
_TENSOR_ACTIVATIONS = frozenset({"softmax", "log_softmax", "sigmoid", "sigmoid_", "relu", "relu_", "tanh", "exp", "argmax"})


class Machine(Core):
    def __init__(self, project: Project, budget: int) -> None:
        super().__init__(project, budget)
        self.modules: dict[str, int] = {}
        self.import_sites: dict[str, list[Site]] = {}
        self.overrun: set[str] = set()
        self.forced: dict[tuple[str, int], Value] = {}
        self.forcing: set[Lazy] = set()

    # ------------------------------------------------------------------ modules

    def module_address(self, path: str) -> int:
        """The namespace of a module, which is imported on first use: into the lowest layer, whatever path asks for it."""
        addr = self.modules.get(path)
        if addr is None:
            addr = self.modules[path] = self.alloc("module")
            self.spaces[addr] = None
            self._import_module(path, addr)
        return addr

    def module_value(self, path: str) -> Value:
        """A module; it is run when something is read from it, or at once when its definitions announce themselves."""
        if path.endswith("/"):
            return Namespace(path)
        if path not in self.modules and b"register" in (self.project.bytes(path) or b""):
            self.module_address(path)
        return Module(path)

    def force(self, value: Value) -> Value:
        """What a definition or import that was put off turns out to be."""
        if isinstance(value, Choice):
            return merge([(guard, self.force(option)) for guard, option in value.options])
        if not isinstance(value, Lazy):
            return value
        if value.unit < 0:
            if value in self.forcing:
                return Unknown(("name", value.path, value.name))  # two modules that import the name from each other
            self.forcing.add(value)
            try:
                return objects.module_attribute(self, self.module_value(value.path), value.name)
            finally:
                self.forcing.discard(value)
        key = value.path, value.unit
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
            self._run_unit(lazy.path, addr, lazy.unit, self.project.lowered(lazy.path, lazy.unit))
            found.append(self.state.get(slot) or NOTHING)
            if before != lazy:
                self.state.set(slot, before)

        self._apart(lazy.path, run)
        return found[0] if found else NOTHING

    def _apart(self, path: str, run: Callable[[], None]) -> None:
        """Run a part of a module as its import does: in the lowest layer, under a budget of its own, its sites its own too."""
        kept = self.path, self.frames, self.loops, self.sites, self.repeating, self.steps, self.budget, self.state.isolate()
        self.path, self.frames, self.loops, self.repeating, self.steps = TRUE, [], [], [], 0
        self.sites = self.import_sites.setdefault(path, [])
        self.budget = IMPORT_BUDGET
        try:
            run()
        except Exhausted:
            self.overrun.add(path)
            self.state.reset(1)
        finally:
            self.path, self.frames, self.loops, self.sites, self.repeating, self.steps, self.budget, layers = kept
            self.state.restore(layers)

    def _import_module(self, path: str, addr: int) -> None:
        def run() -> None:
            self.state.set((addr, "__name__"), Const(path.rsplit("/", 1)[-1].removesuffix(".py")))
            self.state.set((addr, "__file__"), Unknown(("name", path, "__file__")))
            for unit in self.project.outline(path).units:
                if unit.name is not None and calls.TRANSPARENT.issuperset(unit.decorators):
                    self.state.set((addr, unit.name), Lazy(path, unit.number, unit.name))
                elif not self._run_unit(path, addr, unit.number, self.project.lowered(path, unit.number)):
                    break

        self._apart(path, run)

    def _run_unit(self, path: str, addr: int, unit: int, body: Sequence[ir.Stmt]) -> bool:
        self.frames.append(Frame(path, unit, (addr,), (), captured=True, depth=self.state.depth))
        try:
            return self.run(body)
        finally:
            self.frames.pop()

    def run_as_program(self, path: str) -> None:
        """Import a module, then do what it does beyond that when it is run as a program: its ``__name__`` tests are true."""
        addr = self.module_address(path)
        self.state.set((addr, "__name__"), Const("__main__"))
        for unit in self.project.outline(path).units:
            if unit.kind == "run" and "__main__" in unit.names:
                for statement in self.project.lowered(path, unit.number):
                    if isinstance(statement, ir.If) and _asks_for_main(statement.test):
                        self._run_unit(path, addr, unit.number, (statement,))

    # ------------------------------------------------------------------ statements

    def run(self, body: Sequence[ir.Stmt]) -> bool:
        """Run statements; False when control does not reach the end."""
        for statement in body:
            self.step()
            if not _RUN[type(statement)](self, statement):
                return False
        return True

    def _do(self, node: ir.Do) -> bool:
        value = self.evaluate(node.value)
        if self.revealing:
            self.revealed[self.here(node.at)] = value
        protocols.discarded(self, node, value)
        if isinstance(value, Unknown) and value.why == "exits":
            self.frame.raised = True
            return False
        return True

    def _store(self, node: ir.Store) -> bool:
        if node.annotation is not None and self.frame.owner is not None and isinstance(node.target, ir.Name):
            names = self.annotated.setdefault(self.frame.owner.addr, [])
            if node.target.id not in names and self.frame.scope[0] == self.frame.owner.addr:
                names.append(node.target.id)
            if isinstance(node.value, ir.Name) and node.value.id == "...":
                return True
        value = self.evaluate(node.value)
        if self.revealing:
            self.revealed[self.here(node.at)] = value
        self.assign(node.target, value)
        return True

    def assign(self, target: ir.Expr, value: Value) -> None:
        if isinstance(target, ir.Name):
            self._bind_name(target.id, value)
        elif isinstance(target, ir.Attr):
            self.assign_attribute(self.evaluate(target.obj), target.name, value, self.here(target.at))
        elif isinstance(target, ir.Item):
            self._assign_item(self.evaluate(target.obj), self.evaluate(target.key), value, self.here(target.at))
        elif isinstance(target, ir.Pack):
            self._unpack(target, value)

    def _bind_name(self, name: str, value: Value) -> None:
        frame = self.frame
        if name in frame.outer:
            for addr in frame.scope[1:]:
                names = self.spaces.get(addr)
                if names is None or name in names:
                    self.state.set((addr, name), value)
                    return
        self.state.set((frame.scope[0], name), value)

    def _unpack(self, target: ir.Pack, value: Value) -> None:
        loc = self.here(target.at)
        star = next((i for i, item in enumerate(target.items) if item.form == "*"), None)
        for i, element in enumerate(target.items):
            if star is not None and i == star:
                rest = len(target.items) - i - 1
                taken: Value = SliceValue(Const(i), Const(-rest) if rest else NONE, NONE)
                self.assign(element.value, self.item(value, taken, loc))
                continue
            key = i if star is None or i < star else i - len(target.items)
            self.assign(element.value, self.element(value, key, loc))

    def element(self, value: Value, key: int, loc: Loc) -> Value:
        """One part of an unpacked value."""
        if isinstance(value, Choice):
            return self.each(value, lambda option: self.element(option, key, loc))
        content = library.contents(self, value)
        if isinstance(content, (Seq, Tensor, Unknown)):
            return self.item(content, Const(key), loc)
        return NOTHING

    def assign_attribute(self, value: Value, name: str, new: Value, loc: Loc) -> None:
        if isinstance(value, Choice):
            self.each(value, lambda option: self._assign_quietly(option, name, new, loc))
        elif isinstance(value, Ref):
            cls = self.heap[value.addr].cls
            if isinstance(cls, ClassValue):
                setter = objects.class_lookup(self, objects.mro(self, cls), name)
                if setter is not None and isinstance(setter[1], Descriptor) and setter[1].form == "property":
                    return
            self.set_field(value, name, new)
        elif isinstance(value, ClassValue):
            self.state.set((value.addr, name), new)
        elif isinstance(value, Module):
            self.state.set((self.module_address(value.path), name), new)
        elif isinstance(value, LibObject):
            self.state.set(keras_models.slot(value.loc, name), new)

    def _assign_quietly(self, value: Value, name: str, new: Value, loc: Loc) -> Value:
        self.assign_attribute(value, name, new, loc)
        return NONE

    def _assign_item(self, value: Value, key: Value, new: Value, loc: Loc) -> None:
        if not isinstance(value, Ref):
            return
        form = self.form(value)
        if form == "dict":
            builtins.store(self, value, key, new)
        elif form in ("list", "sequential"):
            content = self.field(value, "items")
            if isinstance(content, Seq) and isinstance(key, Const) and isinstance(key.value, int) and content.rest is None:
                if -len(content.items) <= key.value < len(content.items):
                    items = list(content.items)
                    items[key.value] = new
                    self.set_field(value, "items", Seq(tuple(items)))
            elif isinstance(content, Seq):
                self.set_field(value, "items", Seq((), NOTHING))
        elif form == "buffer":
            stored = self.field(value, "value")
            if isinstance(new, Tensor) and (stored is None or (isinstance(stored, Tensor) and stored.kind is new.kind)):
                self.set_field(value, "value", transfer.reshape(new, loc, "is stored by index"))
            else:
                self.set_field(value, "value", NOTHING)
        elif form == "instance":
            cls = self.heap[value.addr].cls
            method = objects.class_lookup(self, objects.mro(self, cls), "__setitem__")
            if method is not None:
                self.call(objects.bound(self, method[1], value, method[0], loc), Args((key, new)), loc)

    def _update(self, node: ir.Update) -> bool:
        old = self.evaluate(node.target)
        new = self.evaluate(node.value)
        loc = self.here(node.at)
        if node.name == "+" and self.form(old) == "list":
            assert isinstance(old, Ref)
            torch.container_method(self, old, "extend", Args((new,)), loc)
            return True
        self.assign(node.target, self.operate(node.name, (old, new), loc))
        return True

    def _drop(self, node: ir.Drop) -> bool:
        return True

    def _if(self, node: ir.If) -> bool:
        yes, no = self.test(node.test)
        return self.fork([(yes, lambda: self.run(node.then)), (no, lambda: self.run(node.other))])

    def _match(self, node: ir.Match) -> bool:
        self.evaluate(node.subject)
        arms: list[tuple[Guard, Callable[[], bool]]] = []
        rest = TRUE

        def arm(body: tuple[ir.Stmt, ...]) -> Callable[[], bool]:
            return lambda: self.run(body)

        for test, body in node.cases:
            yes, no = self.test(test) if test is not None else (TRUE, FALSE)
            arms.append((conj(rest, yes), arm(body)))
            rest = conj(rest, no)
            if rest.never:
                break
        arms.append((rest, lambda: True))
        return self.fork(arms)

    def _loop(self, node: ir.Loop) -> bool:
        if node.target is None:
            yes, _ = self.test(node.test) if node.test is not None else (TRUE, FALSE)
            if conj(self.path, yes).never:
                return self.run(node.other)
            return self._repeat(node, [None, None])
        source = self.evaluate(node.source) if node.source is not None else NOTHING
        if isinstance(source, Choice):
            return self.fork([(g, self._iterating(node, option)) for g, option in source.options])
        return self._iterate(node, source)

    def _iterating(self, node: ir.Loop, source: Value) -> Callable[[], bool]:
        return lambda: self._iterate(node, source)

    def _iterate(self, node: ir.Loop, source: Value) -> bool:
        items = builtins.sequence(self, source)
        nested = any(isinstance(s, ir.Loop) for s in node.body)
        counts = isinstance(node.source, ir.Call) and isinstance(node.source.fn, ir.Name) and node.source.fn.id == "range"
        most = (1 if nested else _LONGEST_RANGE) if counts else _LONGEST_UNROLLED
        if items.rest is None and not items.tail:
            if not items.items:
                return self.run(node.other)
            if len(items.items) <= most:
                return self._unroll(node, items.items)
        if items.rest is None and not counts:
            joined = objects.any_element(Seq(items.items))
            return self._repeat(node, [joined, joined])
        each = NOTHING if counts else objects.any_element(items)
        return self._repeat(node, [each, each])

    def _unroll(self, node: ir.Loop, items: Sequence[Value]) -> bool:
        return all(self._pass(node, value) for value in items)

    def _pass(self, node: ir.Loop, value: Value | None) -> bool:
        """One turn of a loop; ``break`` and ``continue`` both join at its end."""
        entry, depth = self.path, self.state.depth
        pending: list[tuple[Guard, Layer]] = []
        self.loops.append((depth, pending))
        self.state.push()
        try:
            if value is not None and node.target is not None:
                self.assign(node.target, value)
            alive = self.run(node.body)
        finally:
            layer = self.state.pop()
            self.loops.pop()
        arms = [*pending, (self.path, layer)] if alive else pending
        if not arms:
            self.path = entry
            return False
        self.state.join([(relative(path, entry), written) for path, written in arms])
        self.path = any_of(path for path, _ in arms) if not (alive and not pending) else self.path
        return True

    def _repeat(self, node: ir.Loop, values: Sequence[Value | None]) -> bool:
        """A loop of unknown length, run twice. What the second turn changes again is one of both."""
        self.repeating.append(self._next)
        try:
            depth = self.state.depth
            self.state.push()
            alive = self._pass(node, values[0])
            first = self.state.pop()
            if not alive:
                return False
            carried = any(self.state.get(slot) not in (None, value) for slot, value in first.items())
            self.state.commit(first)
            if carried:
                self.state.push()
                alive = self._pass(node, values[1])
                second = self.state.pop()
                guard, other = opaque(self, self.here(node.at))
                if alive:
                    for slot, value in second.items():
                        before = first.get(slot)
                        if before is None or value is None or before == value:
                            self.state.set(slot, value)
                        else:
                            self.state.set(slot, merge([(guard, before), (other, value)]))
            assert self.state.depth == depth
        finally:
            self.repeating.pop()
        return self.run(node.other) if node.other else True

    def _try(self, node: ir.Try) -> bool:
        """The body; a handler runs from what held before it or after it. An import that succeeds skips its handler."""
        entry = self.path
        resolved = all(isinstance(s, ir.Import) for s in node.body)
        self.state.push()
        alive = self.run(node.body) and self.run(node.other)
        body, after = self.state.pop(), self.path
        arms = [(TRUE, body)] if alive else []
        skip = resolved and not any(isinstance(v, Unknown) for v in body.values())
        if node.handlers and not skip and not (alive and resolved):
            for handler in node.handlers:
                failed, _ = opaque(self, self.here(node.at)._replace(at=-node.at - 1))
                self.path = conj(entry, failed)
                self.state.push()
                self.state.commit(body if not alive else {})
                if handler[1]:
                    self._bind_name(handler[1], NOTHING)
                went_on = self.run(handler[2])
                layer = self.state.pop()
                if went_on:
                    arms.append((failed, layer))
        self.path = after if alive else entry
        if not arms:
            return False
        # a handler that goes on is the rare way: what the body made is what holds, where it made anything
        if alive:
            self.state.commit(body)
            for _, layer in arms[1:]:
                for slot, value in layer.items():
                    if slot not in body:
                        self.state.set(slot, value)
        else:
            self.state.join(arms)
        return self.run(node.final)

    def _with(self, node: ir.With) -> bool:
        if any(_expects_failure(context) for context, _ in node.items):
            return True  # what is meant to fail says nothing about the rest
        for context, target in node.items:
            value = self.evaluate(context)
            if target is not None:
                self.assign(target, protocols.entered(self, value, self.here(node.at)))
        return self.run(node.body)

    def _exit(self, node: ir.Exit) -> bool:
        if node.kind == "return":
            value = self.evaluate(node.value) if node.value is not None else NONE
            if self.revealing:
                self.revealed[self.here(node.at)] = value
            frame = self.frame
            if frame.function is not None:
                frame.returns.append((self.path, value, self.state.above(frame.depth)))
            return False
        if node.kind == "yield":
            self.frame.yields.append(self.evaluate(node.value) if node.value is not None else NONE)
            return True
        if node.kind in ("break", "continue") and self.loops:
            depth, pending = self.loops[-1]
            pending.append((self.path, self.state.above(depth)))
        self.frame.raised = self.frame.raised or node.kind == "raise"
        return False

    def _import(self, node: ir.Import) -> bool:
        frame = self.frame
        if node.module is None:
            for name, alias in node.names:
                if alias:
                    self._bind_name(alias, self.imported(frame.path, name))
                else:
                    self.imported(frame.path, name)
                    top = name.partition(".")[0]
                    self._bind_name(top, self.imported(frame.path, top))
            return True
        for name, alias in node.names:
            if name == "*":
                self._import_star(node)
            else:
                self._bind_name(alias or name, self.imported_from(frame.path, node.module, node.level, name))
        return True

    def imported(self, path: str, name: str) -> Value:
        if name.partition(".")[0] in catalog.roots() and (catalog.is_namespace(name) or catalog.lookup(name) is not None):
            return Api(name)
        found = self.project.resolve(path, name)
        if found is not None:
            return self.module_value(found)
        return Api(name) if name.partition(".")[0] in catalog.roots() else Unknown(("name", "import", name))

    def imported_from(self, path: str, module: str, level: int, name: str) -> Value:
        if not level:
            full = f"{module}.{name}"
            if module.partition(".")[0] in catalog.roots() and (catalog.lookup(full) is not None or catalog.is_namespace(full)):
                return Api(full)
        found = self.project.resolve(path, module, level)
        if found is not None and found != path:
            self.module_value(found)
            return Lazy(found, -1, name)
        if not level and module.partition(".")[0] in catalog.roots():
            return Api(f"{module}.{name}")
        return Unknown(("name", "import", f"{module}.{name}"))

    def _import_star(self, node: ir.Import) -> None:
        frame = self.frame
        found = self.project.resolve(frame.path, node.module or "", node.level)
        if found is not None and not found.endswith("/"):
            addr = self.module_address(found)
            for name, value in self.state.slots_of(addr).items():
                if not name.startswith("__"):
                    self._bind_name(name, value)
        elif not node.level and node.module and catalog.is_namespace(node.module):
            self.stars.setdefault(frame.path, []).append(node.module)

    def _func(self, node: ir.Func) -> bool:
        frame = self.frame
        owner = frame.owner if frame.owner is not None and frame.scope[0] == frame.owner.addr else None
        self._bind_name(node.name, calls.define(self, node, self.here(node.at), owner))
        return True

    def _class(self, node: ir.Class) -> bool:
        self._bind_name(node.name, calls.define_class(self, node, self.here(node.at)))
        return True

    # ------------------------------------------------------------------ expressions

    def evaluate(self, node: ir.Expr) -> Value:
        self.steps += 1
        if self.steps > self.budget:
            raise Exhausted
        return _EVALUATE[type(node)](self, node)

    def _const(self, node: ir.Const) -> Value:
        return Const(node.value)

    def _name(self, node: ir.Name) -> Value:
        return self.frame_value(node.id)

    def frame_value(self, name: str) -> Value:
        frame = self.frame
        for addr in frame.scope:
            names = self.spaces.get(addr)
            if names is None or name in names:
                value = self.state.get((addr, name))
                if value is not None:
                    return narrow(self.force(value), self.path)
        for module in self.stars.get(frame.path, ()):
            full = f"{module}.{name}"
            if catalog.lookup(full) is not None or catalog.is_namespace(full):
                return Api(full)
        if name in builtins.NAMES:
            return Builtin(name)
        return Unknown(("name", frame.path, name)) if name != "..." else NOTHING

    def _attr(self, node: ir.Attr) -> Value:
        return narrow(self.attribute(self.evaluate(node.obj), node.name, self.here(node.at)), self.path)

    def attribute(self, value: Value, name: str, loc: Loc) -> Value:
        return objects.attribute(self, value, name, loc)

    def missing_attribute(self, ref: Ref, classes: Sequence[Value], name: str, loc: Loc) -> Value:
        return protocols.missing_attribute(self, ref, classes, name, loc)

    def _item(self, node: ir.Item) -> Value:
        obj = self.evaluate(node.obj)
        return self.item(obj, self.evaluate(node.key), self.here(node.at))

    def item(self, value: Value, key: Value, loc: Loc) -> Value:
        return objects.item(self, value, key, loc)

    def _pack(self, node: ir.Pack) -> Value:
        if node.form == "slice":
            start, stop, step = (self.evaluate(item.value) for item in node.items)
            return SliceValue(start, stop, step)
        if node.form == "dict":
            return self._dict(node)
        values: list[Value] = []
        rest: Value | None = None
        tail: list[Value] = []
        for item in node.items:
            value = self.evaluate(item.value)
            if item.form == "*":
                content = builtins.sequence(self, value)
                (values if rest is None else tail).extend(content.items)
                if content.rest is not None:
                    rest = content.rest if rest is None else NOTHING
                tail.extend(content.tail)
            else:
                (values if rest is None else tail).append(value)
        if node.form == "fstring":
            texts = [str(v.value) for v in values if isinstance(v, Const)]
            return Const("".join(texts)) if len(texts) == len(values) else NOTHING
        seq = Seq(tuple(values), rest, tuple(tail))
        if node.form == "tuple":
            return seq
        ref = self.new_list(loc=self.here(node.at))
        self.set_field(ref, "items", seq)
        return ref

    def _dict(self, node: ir.Pack) -> Value:
        items: dict[object, Value] = {}
        rest: Value | None = None
        position = 0
        while position < len(node.items):
            arg = node.items[position]
            if arg.form == "**":
                content = self.field(self.evaluate(arg.value), "items")
                if isinstance(content, Mapping):
                    items.update(content.items)
                    rest = content.rest if rest is None else rest
                else:
                    rest = NOTHING
                position += 1
                continue
            key = self.evaluate(arg.value)
            value = self.evaluate(node.items[position + 1].value)
            position += 2
            if isinstance(key, Const):
                items[key.value] = value
            else:
                rest = value if rest is None or rest == value else NOTHING
        addr = self.alloc("dict", loc=self.here(node.at))
        self.state.set((addr, "items"), Mapping(tuple(items.items()), rest))
        return Ref(addr)

    def _op(self, node: ir.Op) -> Value:
        if node.name in _COMPARISONS or node.name == "not":
            yes, no = self.test(node)
            return self._boolean(yes, no)
        operands = [self.evaluate(arg) for arg in node.args]
        return self.operate(node.name, operands, self.here(node.at))

    def _boolean(self, yes: Guard, no: Guard) -> Value:
        if no.never or yes.always:
            return Const(True)
        if yes.never or no.always:
            return Const(False)
        return Choice(((yes, Const(True)), (no, Const(False))))

    def operate(self, name: str, operands: Sequence[Value], loc: Loc) -> Value:
        values = [library.buffer_value(self, v) for v in operands]
        for i, value in enumerate(values):
            if isinstance(value, Choice):
                before, after = values[:i], values[i + 1 :]
                return self.each(value, lambda option: self.operate(name, [*before, option, *after], loc))  # noqa: B023
        if any(isinstance(v, Tensor) for v in values):
            if len(values) == 1:
                return transfer.negated(values[0], loc, "is negated") if name == "neg" else transfer.residue(values[0])
            return transfer.operator(self, name, values[0], values[1], loc)
        return protocols.plain_operation(self, name, values, loc)

    def _logic(self, node: ir.Logic) -> Value:
        left = self.evaluate(node.left)
        yes, no = self.truth(left, self.here(node.at))
        go, stay = (yes, no) if node.name == "and" else (no, yes)
        if conj(self.path, go).never:
            return left
        results: list[tuple[Guard, Value]] = []

        def right() -> bool:
            results.append((go, self.evaluate(node.right)))
            return True

        self.fork([(go, right), (stay, lambda: True)])
        if not conj(self.path, stay).never:
            results.append((stay, narrow(left, stay)))
        return merge(results)

    def _choose(self, node: ir.Choose) -> Value:
        yes, no = self.test(node.test)
        results: list[tuple[Guard, Value]] = []

        def arm(guard: Guard, expr: ir.Expr) -> Callable[[], bool]:
            def go() -> bool:
                results.append((guard, self.evaluate(expr)))
                return True

            return go

        self.fork([(yes, arm(yes, node.then)), (no, arm(no, node.other))])
        return merge(results) if results else NOTHING

    def _bind(self, node: ir.Bind) -> Value:
        value = self.evaluate(node.value)
        self.assign(node.target, value)
        return value

    def _comp(self, node: ir.Comp) -> Value:
        frame = self.frame
        space = self.alloc("namespace")
        self.spaces[space] = node.locals
        inner = Frame(frame.path, frame.unit, (space, *calls.visible(frame)), (), frame.outer, frame.function, frame.entry, frame.depth)
        inner.owner = None
        self.frames.append(inner)
        try:
            content = self._generate(node, 0)
        finally:
            self.frames.pop()
        frame.captured = frame.captured or inner.captured
        if node.form == "dict":
            return self._dict_of(content, node)
        ref = self.new_list(loc=self.here(node.at))
        self.set_field(ref, "items", content)
        return ref

    def _dict_of(self, content: Seq, node: ir.Comp) -> Value:
        items: dict[object, Value] = {}
        rest = None
        for pair in content.items:
            if isinstance(pair, Seq) and isinstance(pair.items[0], Const):
                items[pair.items[0].value] = pair.items[1]
            elif isinstance(pair, Seq):
                rest = pair.items[1]
        if content.rest is not None:
            rest = content.rest.items[1] if isinstance(content.rest, Seq) and len(content.rest.items) == 2 else NOTHING
        addr = self.alloc("dict", loc=self.here(node.at))
        self.state.set((addr, "items"), Mapping(tuple(items.items()), rest))
        return Ref(addr)

    def _generate(self, node: ir.Comp, depth: int) -> Seq:
        if depth == len(node.loops):
            element = self.evaluate(node.element)
            if node.key is not None:
                element = Seq((self.evaluate(node.key), element))
            return Seq((element,))
        target, source_node, conditions = node.loops[depth]
        source = self.evaluate(source_node)
        if isinstance(source, Choice):
            source = NOTHING
        source = builtins.sequence(self, source)
        items: list[Value] = []
        rest: Value | None = None
        known = source.items if len(source.items) <= 16 else source.items[:1]
        for value in known:
            self.assign(target, value)
            dropped = [self.test(c) for c in conditions]
            if any(conj(self.path, yes).never for yes, _ in dropped):
                continue
            found = self._generate(node, depth + 1)
            if all(conj(self.path, no).never for _, no in dropped) and len(known) == len(source.items):
                items.extend(found.items)
                rest = found.rest if rest is None else rest
            else:
                rest = objects.any_element(found) if rest is None else rest
        if source.rest is not None:
            self.assign(target, source.rest)
            for condition in conditions:
                self.test(condition)
            rest = objects.any_element(self._generate(node, depth + 1))
        return Seq(tuple(items), rest)

    def _lambda(self, node: ir.Func) -> Value:
        return calls.define(self, node, self.here(node.at), None)

    def _yield(self, node: ir.Yield) -> Value:
        if node.value is not None:
            value = self.evaluate(node.value)
            if node.form == "yield":
                self.frame.yields.append(value)
        return NOTHING

    # ------------------------------------------------------------------ tests

    def test(self, node: ir.Expr | None) -> Truth:
        """Evaluate a condition to the guards under which it is true and false."""
        if isinstance(node, ir.Logic):
            left = self.test(node.left)
            go = left[0] if node.name == "and" else left[1]
            entry = self.path
            self.path = conj(entry, go)
            if self.path.never:
                self.path = entry
                return left
            right = self.test(node.right)
            self.path = entry
            if node.name == "and":
                return conj(left[0], right[0]), disj(left[1], conj(left[0], right[1]))
            return disj(left[0], conj(left[1], right[0])), conj(left[1], right[1])
        if isinstance(node, ir.Op) and node.name == "not":
            return swap(self.test(node.args[0]))
        if isinstance(node, ir.Op) and node.name in _COMPARISONS:
            left_value, right_value = (library.buffer_value(self, self.evaluate(a)) for a in node.args)
            return compare(self, node.name, left_value, right_value, self.here(node.at))
        assert node is not None
        return self.truth(self.evaluate(node), self.here(node.at))

    def truth(self, value: Value, loc: Loc) -> Truth:
        return truth(self, value, loc)

    # ------------------------------------------------------------------ calls

    def _call(self, node: ir.Call) -> Value:
        loc = self.here(node.at)
        if isinstance(node.fn, ir.Attr):
            if node.fn.name == "item" and isinstance(node.fn.obj, ir.Call):
                self.numbers.add(self.here(node.fn.obj.at))
            receiver = self.evaluate(node.fn.obj)
            args = self._arguments(node.args)
            self.calling = loc, node.args
            result = self.call_attribute(receiver, node.fn.name, args, loc)
            if _in_place(node.fn.name) and isinstance(receiver, (Tensor, Choice)) and isinstance(node.fn.obj, (ir.Name, ir.Attr)):
                self.assign(node.fn.obj, result)
            return result
        fn = self.evaluate(node.fn)
        return self.call(fn, self._arguments(node.args), loc)

    def _arguments(self, args: Sequence[ir.Arg]) -> Args:
        pos: list[Value] = []
        named: dict[str, Value] = {}
        more = False
        rest: Value | None = None
        tail: list[Value] = []
        for arg in args:
            value = self.evaluate(arg.value)
            if arg.form == "*":
                content = builtins.sequence(self, value) if not isinstance(value, Choice) else Seq((), NOTHING)
                (pos if rest is None else tail).extend(content.items)
                if content.rest is not None:
                    more = True
                    rest = content.rest if rest is None else NOTHING
                tail.extend(content.tail)
            elif arg.form == "**":
                content_ = self.field(value, "items")
                if isinstance(content_, Mapping):
                    named.update({str(k): v for k, v in content_.items})
                    more = more or content_.rest is not None
                else:
                    more = True
            elif arg.name is not None:
                named[arg.name] = value
            else:
                (pos if rest is None else tail).append(value)
        return Args(tuple(pos), named, more, rest, tuple(tail))

    def call_attribute(self, receiver: Value, name: str, args: Args, loc: Loc) -> Value:
        """``receiver.name(args)``."""
        if isinstance(receiver, Choice):
            return self.alternatives(receiver, loc, lambda option: self.call_attribute(option, name, args, loc))
        if isinstance(receiver, (Tensor, Unknown)):
            return self._tensor_method(receiver, name, args, loc)
        return self.call(self.attribute(receiver, name, loc), args, loc)

    def _tensor_method(self, receiver: Value, name: str, args: Args, loc: Loc) -> Value:
        if isinstance(receiver, Tensor):
            found = library.call_method(self, "torch.Tensor", receiver, name, args, loc)
            return found if found is not None else transfer.residue(receiver)
        assert isinstance(receiver, Unknown)
        if name in ("view", "reshape", "flatten"):
            shaped = library.call_method(self, "torch.Tensor", receiver, name, args, loc)
            if isinstance(shaped, Tensor):
                return shaped
        if name in _TENSOR_ACTIVATIONS and protocols.unmistakable(name, args):
            found = library.call_method(self, "torch.Tensor", receiver, name, args, loc)
            if found is not None:
                return found
        return self.call(self.attribute(receiver, name, loc), args, loc)

    def call(self, fn: Value, args: Args, loc: Loc) -> Value:
        self.step()
        match fn:
            case Function():
                return calls.run_function(self, fn, args, loc)
            case Choice():
                return self.alternatives(fn, loc, lambda option: self.call(option, args, loc))
            case Api():
                return protocols.call_api(self, fn, args, loc)
            case LibObject():
                self.group()
                return protocols.call_library_object(self, fn, args, loc)
            case Method():
                return protocols.call_method(self, fn, args, loc)
            case ClassValue():
                return calls.instantiate(self, fn, args, loc)
            case Ref():
                return protocols.call_reference(self, fn, args, loc)
            case Builtin():
                return builtins.call_builtin(self, fn.name, args, loc)
            case Partial():
                return self.call(fn.fn, Args((*fn.args, *args.pos), {**dict(fn.named), **args.named}, args.more), loc)
            case Descriptor():
                return self.call(fn.fn, args, loc)
            case Unknown(sym):
                return protocols.call_unknown(self, fn, args, loc) if sym is not None else NOTHING
        return NOTHING

    def instantiate(self, cls: ClassValue, args: Args, loc: Loc) -> Value:
        return calls.instantiate(self, cls, args, loc)

    def new_instance(self, cls: ClassValue, classes: Sequence[Value], loc: Loc) -> Ref:
        return Ref(self.alloc("instance", cls, loc))

    def library_init(self, ref: Ref, classes: Sequence[Value], args: Args, loc: Loc) -> None:
        protocols.library_init(self, ref, classes, args, loc)


def _in_place(method: str) -> bool:
    """torch's convention: ``clamp_`` changes its tensor."""
    return method.endswith("_") and not method.endswith("__")


def _expects_failure(context: ir.Expr) -> bool:
    """``pytest.raises``, ``assertRaises`` and their kin."""
    fn = context.fn if isinstance(context, ir.Call) else context
    return isinstance(fn, ir.Attr) and fn.name in ("raises", "assertRaises", "assertRaisesRegex", "assertRaisesWithPredicateMatch")


def _asks_for_main(test: ir.Expr) -> bool:
    return isinstance(test, ir.Op) and any(isinstance(arg, ir.Name) and arg.id == "__name__" for arg in test.args)


_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "is", "isnot", "in", "notin"})
_RUN: dict[type, Callable[[Machine, Any], bool]] = {
    ir.Do: Machine._do,
    ir.Store: Machine._store,
    ir.Update: Machine._update,
    ir.Drop: Machine._drop,
    ir.If: Machine._if,
    ir.Match: Machine._match,
    ir.Loop: Machine._loop,
    ir.Try: Machine._try,
    ir.With: Machine._with,
    ir.Exit: Machine._exit,
    ir.Import: Machine._import,
    ir.Func: Machine._func,
    ir.Class: Machine._class,
}
_EVALUATE: dict[type, Callable[[Machine, Any], Value]] = {
    ir.Const: Machine._const,
    ir.Name: Machine._name,
    ir.Attr: Machine._attr,
    ir.Item: Machine._item,
    ir.Pack: Machine._pack,
    ir.Op: Machine._op,
    ir.Logic: Machine._logic,
    ir.Choose: Machine._choose,
    ir.Call: Machine._call,
    ir.Bind: Machine._bind,
    ir.Comp: Machine._comp,
    ir.Func: Machine._lambda,
    ir.Yield: Machine._yield,
}
