"""Statements: assignments, branches, and where control leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from logitlint import catalog, ir
from logitlint.interp import (
    buffers,
    calls,
    claims,
    containers,
    discards,
    foreign,
    inplace,
    keras_models,
    layers,
    objects,
    protocols,
    tables,
    torch,
    untrained,
)
from logitlint.interp.core import Args, LeftTurn
from logitlint.interp.guards import FALSE, TRUE, Guard, conj
from logitlint.interp.loops import Loops
from logitlint.interp.truth import opaque
from logitlint.interp.values import (
    ATTRIBUTED,
    EXITS,
    NONE,
    NOTHING,
    Api,
    Choice,
    ClassValue,
    Const,
    Descriptor,
    LibObject,
    Loc,
    Method,
    Module,
    Ref,
    Seq,
    SliceValue,
    Tensor,
    Unknown,
    Value,
)


class Statements(Loops):
    def run(self, body: Sequence[ir.Stmt]) -> bool:
        """Run statements; False when control does not reach the end."""
        for statement in body:
            self.step()
            if not _RUN[type(statement)](self, statement):
                return False
        return True

    def _do(self, node: ir.Do) -> bool:
        first = len(self.sites)
        value = self.evaluate(node.value)
        if len(self.sites) > first and self.frame.function is None and self.project.runs_by_cells(self.frame.path):
            self.shown.update(self.here(each.at) for each in _shown(node.value))
        if self.revealing:
            self.revealed[self.here(node.at)] = value
        discards.discarded(self, node, value)
        if isinstance(value, Unknown) and value.why == EXITS:
            self.frame.raised = True
            return False
        return True

    def _store(self, node: ir.Store) -> bool:
        if node.annotation is not None and self.frame.owner is not None and isinstance(node.target, ir.Name):
            names = self.annotated.setdefault(self.frame.owner.addr, [])
            if node.target.id not in names and self.frame.scope[0] == self.frame.owner.addr and _is_taken(node):
                names.append(node.target.id)
            if isinstance(node.value, ir.Name) and node.value.id == "...":
                return True
        if _is_entry_of_modules(node.target):
            return True  # a module that comes in the place of this one hands its names on, later
        value = self.evaluate(node.value)
        if self.revealing:
            self.revealed[self.here(node.at)] = value
        if value == NOTHING and inplace.is_taken_alike(node):
            value = inplace.TAKEN
        self.assign(node.target, value)
        return True

    def assign(self, target: ir.Expr, value: Value) -> None:
        if isinstance(target, ir.Name):
            self.bind_name(target.id, value)
        elif isinstance(target, ir.Attr):
            owner = self.evaluate(target.obj)
            if inplace.is_tensor(owner) and inplace.behind(target):
                self.change(target, owner, value)
            else:
                self.assign_attribute(owner, target.name, value, self.here(target.at))
        elif isinstance(target, ir.Item):
            owner, key, loc = self.evaluate(target.obj), self.evaluate(target.key), self.here(target.at)
            if inplace.is_tensor(owner):
                self.change(target.obj, owner, self.each(owner, lambda each: inplace.stored(self, each, key, value, loc)))
            if not isinstance(owner, Tensor):
                self._assign_item(owner, key, value, loc)
        elif isinstance(target, ir.Pack):
            self._unpack(target, value)

    def change(self, node: ir.Expr, old: Value, new: Value) -> None:
        """The tensor that an expression gives becomes another in place, also for whoever else holds it."""
        if new is old:
            return
        changed = inplace.changes_kind(old, new)
        if changed and not inplace.is_new(node):
            inplace.forget_others(self, old)
        shown = inplace.behind(node) if inplace.has_name(node) else None
        if shown is not None:
            inner, whole = shown
            self.change(inner, self.evaluate(inner), new if whole else NOTHING)
        elif isinstance(node, (ir.Name, ir.Attr)) or (isinstance(node, ir.Item) and changed and inplace.has_name(node)):
            self.assign(node, new)

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
        content = buffers.listed(self, value)
        if isinstance(content, (Seq, Tensor, Unknown, LibObject)):
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
                    function = calls.setter(self, setter[0], name)
                    if function is not None:
                        self.call(objects.bound(self, function, value, setter[0], loc), Args((new,)), loc)
                    return
            if cls == ATTRIBUTED:
                containers.store(self, value, Const(name), new)
                return
            if self.heap[value.addr].form == "backbone":
                layers.given(self, value, name)
            elif self.field(value, "items") is not None:
                layers.put_named(self, value, name, new)
            if isinstance(self.field(value, name), (Const, Unknown)) and not isinstance(new, Const):
                self.reordered.add(value.addr)
            self.set_field(value, name, new)
        elif isinstance(value, ClassValue):
            self.state.set((value.addr, name), new)
        elif isinstance(value, Module):
            self.state.set((self.module_address(value.path), name), new)
        elif isinstance(value, LibObject) and name == "forward":
            inplace.replace_everywhere(self, lambda each: each == value, Unknown(None, "has another forward"), since=0)
        elif isinstance(value, (LibObject, Method)):
            if isinstance(value, LibObject):
                self.state.set(foreign.slot(value.loc, name), new)
            foreign.rebuilt(self, value)
            untrained.assigned(self, value, name, new)
        elif isinstance(value, Unknown):
            foreign.put_attribute(self, value, name, new)
            if name == "activation":
                keras_models.activated(self, value)
        elif isinstance(value, Api):
            if self.patches is None:
                self.patches = self.alloc("namespace")
            self.state.found((self.patches, catalog.canonical(f"{value.name}.{name}")), Api(f"{value.name}.{name}"))
            self.state.set((self.patches, catalog.canonical(f"{value.name}.{name}")), new)

    def _assign_quietly(self, value: Value, name: str, new: Value, loc: Loc) -> Value:
        self.assign_attribute(value, name, new, loc)
        return NONE

    def _assign_item(self, value: Value, key: Value, new: Value, loc: Loc) -> None:
        if isinstance(value, Choice):
            self.each(value, lambda option: self._assign_item_quietly(option, key, new, loc))
            return
        if isinstance(value, Method) and value.name == "_modules" and isinstance(value.receiver, Ref):
            layers.put(self, value.receiver, key, new)
        foreign.rebuilt(self, value)
        if isinstance(value, Method) and value.name == "__dict__":
            containers.put_entry(self, value.receiver, key, new, loc)
        if isinstance(value, Unknown):
            foreign.put_item(self, value, key, new)
        if not isinstance(value, Ref):
            return
        form = self.form(value)
        if form == "dict":
            containers.store(self, value, key, new)
        elif form in ("list", "sequential"):
            self.by_content(value, lambda: self._put(value, key, new))
        elif form == "buffer":
            buffers.store(self, value, new, loc)
        elif form == "backbone":
            layers.forget_head(self, value)
        elif form == "instance":
            cls = self.heap[value.addr].cls
            method = objects.class_lookup(self, objects.mro(self, cls), "__setitem__")
            table = tables.of(self, value)
            if method is not None:
                self.call(objects.bound(self, method[1], value, method[0], loc), Args((key, new)), loc)
            elif table is not None:
                containers.store(self, table, key, new)

    def _put(self, ref: Ref, key: Value, new: Value) -> Value:
        """``list[key] = new``."""
        content = self.field(ref, "items")
        if isinstance(content, Seq) and isinstance(key, Const) and isinstance(key.value, int) and content.rest is None:
            if -len(content.items) <= key.value < len(content.items):
                items = list(content.items)
                items[key.value] = new
                self.set_field(ref, "items", Seq(tuple(items)))
        elif isinstance(content, Seq):
            filled = [each for each in content.elements if each != NONE]  # `[None] * n` waits for what comes
            self.set_field(ref, "items", Seq((), self.joined((*filled, new))))
        return NONE

    def _assign_item_quietly(self, value: Value, key: Value, new: Value, loc: Loc) -> Value:
        self._assign_item(value, key, new, loc)
        return NONE

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
        if isinstance(node.target, ir.Item):
            owner = self.evaluate(node.target.obj)
            layers.drop(self, owner, self.evaluate(node.target.key))
            if isinstance(owner, Unknown):
                foreign.asked(self, owner, "pop")
        elif isinstance(node.target, ir.Attr):
            owner = self.evaluate(node.target.obj)
            if isinstance(owner, Ref):
                layers.drop_named(self, owner, node.target.name)
            if isinstance(owner, Ref) and self.field(owner, node.target.name) is not None:
                self.set_field(owner, node.target.name, NOTHING)
                self.reordered.add(owner.addr)
        return True

    def _if(self, node: ir.If) -> bool:
        yes, no = self.test(node.test)
        if _asserts(node) and not yes.never and not self.admits(yes):
            return True  # it holds: what was known of an attribute before, a call has changed since
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

    def _try(self, node: ir.Try) -> bool:
        begun = len(self.frame.returns)
        alive = self._attempt(node)
        if node.final:
            self._on_returning(begun, lambda: self.run(node.final))
        return alive and self.run(node.final)

    def _on_returning(self, begun: int, leave: Callable[[], object]) -> None:
        """What is done on the way out of a function, of every return since ``begun``."""
        returns, path = self.frame.returns, self.path
        for number, (guard, value, written) in enumerate(returns[begun:], begun):
            self.path = guard
            self.state.push()
            self.state.commit(written)
            leave()
            returns[number] = (guard, value, self.state.pop())
        self.path = path

    def _attempt(self, node: ir.Try) -> bool:
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
                    self.bind_name(handler[1], NOTHING)
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
        return True

    def _with(self, node: ir.With) -> bool:
        if any(_asks_for(context, _FAILURES) for context, _ in node.items):
            return True  # what is meant to fail says nothing about the rest
        begun, sites = len(self.frame.returns), len(self.sites)
        ends: list[Callable[[], object]] = []
        for context, target in node.items:
            value = self.evaluate(context)
            bound = protocols.entered(self, value, self.here(node.at))
            if target is not None:
                self.assign(target, bound)
            end = protocols.leaving(self, value, self.here(node.at))
            if end is not None:
                ends.append(end)
        alive = self.run(node.body)
        for end in reversed(ends):
            self._on_returning(begun, end)
            if alive:
                end()
        if any(_asks_for(context, _WARNINGS) for context, _ in node.items):
            del self.sites[sites:]  # who asks for the warning means to do what earns it
        return alive

    def _exit(self, node: ir.Exit) -> bool:
        if node.kind == "return":
            value = self.evaluate(node.value) if node.value is not None else NONE
            if self.revealing:
                self.revealed[self.here(node.at)] = value
            frame = self.frame
            if frame.function is not None:
                claims.named(self, frame.function.name, value, self.here(node.at))
                frame.returns.append((self.path, value, self.state.above(frame.depth)))
            return False
        if node.kind == "yield":
            self.give(self.evaluate(node.value) if node.value is not None else NONE, node.at)
            return True
        if node.kind in ("break", "continue") and self.loops:
            depth, pending = self.loops[-1]
            pending.append(LeftTurn(self.path, self.state.above(depth), node.kind == "break"))
        self.frame.raised = self.frame.raised or node.kind == "raise"
        return False

    def _func(self, node: ir.Func) -> bool:
        frame = self.frame
        owner = frame.owner if frame.owner is not None and frame.scope[0] == frame.owner.addr else None
        self.bind_name(node.name, calls.define(self, node, self.here(node.at), owner))
        return True

    def _class(self, node: ir.Class) -> bool:
        self.bind_name(node.name, calls.define_class(self, node, self.here(node.at)))
        return True


def _asserts(node: ir.If) -> bool:
    return not node.then and len(node.other) == 1 and isinstance(node.other[0], ir.Exit) and node.other[0].kind == "raise"


def _is_taken(field: ir.Store) -> bool:
    """Whether a constructor that is made from the fields of a class takes one of them."""
    annotation, value = field.annotation, field.value
    if isinstance(annotation, ir.Item):
        annotation = annotation.obj
    if (annotation.id if isinstance(annotation, ir.Name) else annotation.name if isinstance(annotation, ir.Attr) else "") == "ClassVar":
        return False
    said = value.args if isinstance(value, ir.Call) else ()
    return not any(each.name == "init" and isinstance(each.value, ir.Const) and each.value.value is False for each in said)


def _is_entry_of_modules(target: ir.Expr) -> bool:
    """``sys.modules[...]``."""
    found = target.obj if isinstance(target, ir.Item) else None
    return isinstance(found, ir.Attr) and found.name == "modules" and isinstance(found.obj, ir.Name) and found.obj.id == "sys"


#: How tests name what they wait for, ``pytest.raises`` and its kin.
_FAILURES = frozenset({"raises", "assertRaises", "assertRaisesRegex", "assertRaisesWithPredicateMatch"})
_WARNINGS = frozenset({"warns", "deprecated_call", "assertWarns", "assertWarnsRegex"})


def _asks_for(context: ir.Expr, names: frozenset[str]) -> bool:
    fn = context.fn if isinstance(context, ir.Call) else context
    return isinstance(fn, ir.Attr) and fn.name in names


def _shown(node: ir.Expr) -> Iterator[ir.Expr]:
    """The calls whose results a cell shows by a statement that is nothing but them: ``f(x)``, ``print(f(x))``."""
    if isinstance(node, ir.Call):
        yield node
        if isinstance(node.fn, ir.Name) and node.fn.id in ("print", "display"):
            yield from (each.value for each in node.args if isinstance(each.value, ir.Call))


_RUN: dict[type, Callable[[Statements, Any], bool]] = {
    ir.Do: Statements._do,
    ir.Store: Statements._store,
    ir.Update: Statements._update,
    ir.Drop: Statements._drop,
    ir.If: Statements._if,
    ir.Match: Statements._match,
    ir.Loop: Statements._loop,
    ir.Try: Statements._try,
    ir.With: Statements._with,
    ir.Exit: Statements._exit,
    ir.Import: Statements._import,
    ir.Func: Statements._func,
    ir.Class: Statements._class,
}
