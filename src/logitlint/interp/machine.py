"""The interpreter: runs a project's ir on kinds instead of tensors. Here stand expressions and calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any

from logitlint import catalog, ir
from logitlint.interp import (
    arithmetic,
    buffers,
    builtins,
    callees,
    calls,
    claims,
    containers,
    data,
    foreign,
    handed,
    inplace,
    library,
    objects,
    protocols,
    settings,
    transfer,
)
from logitlint.interp.core import Args, Exhausted, Frame
from logitlint.interp.guards import FALSE, Guard, any_of, conj, disj
from logitlint.interp.state import Slot, merge, narrow, options
from logitlint.interp.statements import Statements
from logitlint.interp.truth import Truth, compare, swap, truth
from logitlint.interp.values import (
    NOTHING,
    Api,
    Builtin,
    Callee,
    Choice,
    ClassValue,
    Const,
    Descriptor,
    Function,
    Lazy,
    LibObject,
    Loc,
    Mapping,
    Member,
    Method,
    Partial,
    Ref,
    Seq,
    SliceValue,
    Tensor,
    Unknown,
    Value,
    unknown_like,
)
from logitlint.kinds import Kind

#: Methods that make a kind of a receiver nobody knows, with the arguments that make them unmistakable.
_TENSOR_ACTIVATIONS = frozenset({"softmax", "log_softmax", "sigmoid", "sigmoid_", "relu", "relu_", "tanh", "exp", "argmax"})

#: Methods after which a value nobody knows is no longer unbounded on both sides: its exponential may be meant.
_MEASURES = frozenset({"abs", "absolute", "square", "clamp", "clip", "clamp_min", "clamp_max", "minimum", "maximum"})


_MOST_TEXTS = 12  #: that an f-string may be
_MOST_ELEMENTS = 16  #: of the source of a comprehension, each evaluated by itself
_MOST_NOTED = 16  #: places of which it is kept that who has come past them has given a variable a value


class Machine(Statements):
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
                value = self.state.given((addr, name))
                if isinstance(value, (Choice, Lazy)):
                    return self.narrowed(self.force(self._given_here((addr, name), value)))
                if value is not None:
                    return value
        for module in self.stars.get(frame.path, ()):
            full = f"{module}.{name}"
            if catalog.lookup(full) is not None or catalog.is_namespace(full):
                return Api(_other_library(full))
        if name in builtins.NAMES:
            return Builtin(name)
        return Unknown(("name", frame.path, name)) if name != "..." else NOTHING

    def _given_here(self, slot: Slot, value: Value) -> Value:
        """What a variable holds where it is read, although not every way may have given it a value.

        Who has come past such a place in one turn of a loop is not on a way that has given it none: what an earlier turn left there, he
        does not see in a later one.
        """
        if not isinstance(value, Choice):
            return value
        if self.loops:
            for path, given in self.partly.get(slot, ()):
                if conj(self.path, path) == self.path:
                    value = narrow(value, lambda guard, given=given: not conj(guard, given).never)  # type: ignore[misc]
            given = any_of(guard for guard, _ in options(value))
            if not given.always and not given.blurred and conj(self.path, given) != self.path:
                noted = self.partly.setdefault(slot, [])
                # a long chain of conditions reads a variable in hundreds of places, and each reading asks all that were noted
                if len(noted) < _MOST_NOTED and (self.path, given) not in noted:
                    noted.append((self.path, given))
        return value.options[0][1] if isinstance(value, Choice) and len(value.options) == 1 else value

    def _attr(self, node: ir.Attr) -> Value:
        return self.narrowed(self.attribute(self.evaluate(node.obj), node.name, self.here(node.at)))

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
        seq = Seq(())
        for item in node.items:
            value = self.evaluate(item.value)
            seq = self.followed(seq, containers.sequence(self, value) if item.form == "*" else Seq((value,)))
        if node.form == "fstring":
            claims.text(self, seq.items, self.here(node.at))
            return self._text(seq.items)
        if node.form == "tuple":
            return seq
        ref = self.new_list(loc=self.here(node.at))
        self.set_field(ref, "items", seq)
        return ref

    def _text(self, values: Sequence[Value]) -> Value:
        """The pieces of an f-string as one text; each alternative of a piece gives one."""
        if prod(len(options(value)) for value in values) > _MOST_TEXTS:
            return NOTHING
        choice = next((i for i, value in enumerate(values) if isinstance(value, Choice)), None)
        if choice is not None:
            return self.each(values[choice], lambda option: self._text([*values[:choice], option, *values[choice + 1 :]]))
        texts = [str(v.value) for v in values if isinstance(v, Const)]
        return Const("".join(texts)) if len(texts) == len(values) else NOTHING

    def _dict(self, node: ir.Pack) -> Value:
        items: dict[object, Value] = {}
        rest: Value | None = None
        may_hold_more = False
        position = 0
        while position < len(node.items):
            arg = node.items[position]
            if arg.form == "**":
                content = self.field(self.evaluate(arg.value), "items")
                if not isinstance(content, Mapping) or content.rest is not None:
                    items = dict.fromkeys(items, NOTHING)  # any of them may come again
                if isinstance(content, Mapping):
                    items.update(content.items)
                    rest = content.rest if rest is None else rest
                    may_hold_more = may_hold_more or content.open
                else:
                    rest = NOTHING
                position += 1
                continue
            key = self.evaluate(arg.value)
            value = self.evaluate(node.items[position + 1].value)
            position += 2
            if isinstance(key, Const):
                items[key.value] = value
                claims.named(self, key.value, value, self.here(node.at))
            else:
                rest = value if rest is None or rest == value else NOTHING
        addr = self.alloc("dict", loc=self.here(node.at))
        self.state.set((addr, "items"), Mapping(tuple(items.items()), rest, open=may_hold_more))
        return Ref(addr)

    def _op(self, node: ir.Op) -> Value:
        if node.name == "not":
            return self._boolean(*self.test(node))
        if node.name in _COMPARISONS:
            left, right = (buffers.content(self, self.evaluate(arg)) for arg in node.args)
            made = arithmetic.comparison(self, node.name, left, right, self.here(node.at))
            return made if made is not None else self._boolean(*compare(self, node.name, left, right, self.here(node.at)))
        operands = [self.evaluate(arg) for arg in node.args]
        return self.operate(node.name, operands, self.here(node.at))

    def _boolean(self, yes: Guard, no: Guard) -> Value:
        if no.never or yes.always:
            return Const(True)
        if yes.never or no.always:
            return Const(False)
        return Choice(((yes, Const(True)), (no, Const(False))))

    def operate(self, name: str, operands: Sequence[Value], loc: Loc) -> Value:
        values = [buffers.content(self, v) for v in operands]
        for i, value in enumerate(values):
            if isinstance(value, Choice):
                before, after = values[:i], values[i + 1 :]
                return self.each(value, lambda option: self.operate(name, [*before, option, *after], loc))  # noqa: B023
        if any(isinstance(v, Tensor) for v in values):
            if name == "+":
                values = [Const(0) if buffers.is_blank(self, v, "zeros") else value for v, value in zip(operands, values, strict=True)]
            if len(values) == 1:
                return transfer.negated(self, values[0], loc, "is negated") if name == "neg" else transfer.residue(values[0])
            return arithmetic.operator(self, name, values[0], values[1], loc)
        return protocols.plain_operation(self, name, values, loc)

    def _logic(self, node: ir.Logic) -> Value:
        left = self.evaluate(node.left)
        yes, no = self.truth(left, self.here(node.at))
        go, stay = (yes, no) if node.name == "and" else (no, yes)
        if not self.admits(go):
            return left
        results: list[tuple[Guard, Value]] = []

        def right() -> bool:
            results.append((go, self.evaluate(node.right)))
            return True

        self.fork([(go, right), (stay, lambda: True)])
        if self.admits(stay):
            match left, results:
                case Unknown(sym=tuple() as symbol), [(_, Unknown(sym=tuple() as other))]:
                    return Unknown((node.name, symbol, other))
            results.append((stay, narrow(left, lambda guard: not conj(stay, guard).never)))
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
        inner = Frame(frame.path, frame.unit, (space, *calls.visible(frame)), (), frame.outer, frame.function, frame.depth)
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
        for pair in (*content.items, *content.tail):
            if isinstance(pair, Seq) and isinstance(pair.items[0], Const):
                items[pair.items[0].value] = pair.items[1]
            elif isinstance(pair, Seq):
                rest = pair.items[1]
        if content.rest is not None:
            rest = content.rest.items[1] if isinstance(content.rest, Seq) and len(content.rest.items) == 2 else NOTHING
        addr = self.alloc("dict", loc=self.here(node.at))
        place = len(content.items) if content.tail else -1
        self.state.set((addr, "items"), Mapping(tuple(items.items()), rest, place))
        return Ref(addr)

    def _generate(self, node: ir.Comp, depth: int) -> Seq:
        if depth == len(node.loops):
            element = self.evaluate(node.element)
            if node.key is not None:
                element = Seq((self.evaluate(node.key), element))
            return Seq((element,))
        source = containers.sequence(self, self.evaluate(node.loops[depth][1]))
        made = Seq(())
        few = len(source.items) <= _MOST_ELEMENTS
        for value in source.items if few else source.items[:1]:
            made = self.followed(made, self._element(node, depth, value, few))
        if source.rest is not None:
            made = self.followed(made, self._element(node, depth, source.rest, False))
        for value in source.tail:
            made = self.followed(made, self._element(node, depth, value, True))
        return made

    def _element(self, node: ir.Comp, depth: int, value: Value, once: bool) -> Seq:
        """What a comprehension makes of a value of one of its sources; ``once``: it does not stand for several."""
        target, _, conditions = node.loops[depth]
        self.assign(target, value)
        decided = [self.test(condition) for condition in conditions]
        if once and not all(self.admits(yes) for yes, _ in decided):
            return Seq(())
        found = self._generate(node, depth + 1)
        if once and not any(self.admits(no) for _, no in decided):
            return found
        return Seq((), objects.any_element(found))

    def _lambda(self, node: ir.Func) -> Value:
        return calls.define(self, node, self.here(node.at), None)

    def _yield(self, node: ir.Yield) -> Value:
        if node.value is not None:
            value = self.evaluate(node.value)
            if node.form in ("yield", "from"):
                self.give(value if node.form == "yield" else NOTHING, node.at)
        return NOTHING

    # ------------------------------------------------------------------ tests

    def test(self, node: ir.Expr | None) -> Truth:
        """Evaluate a condition to the guards under which it is true and false."""
        if isinstance(node, ir.Logic):
            left = self.test(node.left)
            go = left[0] if node.name == "and" else left[1]
            if not self.admits(go):
                return left
            entry = self.path
            self.path = conj(entry, go)
            right = self.test(node.right)
            self.path = entry
            if node.name == "and":
                return conj(left[0], right[0]), disj(left[1], conj(left[0], right[1]))
            return disj(left[0], conj(left[1], right[0])), conj(left[1], right[1])
        if isinstance(node, ir.Op) and node.name == "not":
            return swap(self.test(node.args[0]))
        if isinstance(node, ir.Choose):
            return self._test_either(node)
        if isinstance(node, ir.Op) and node.name in _COMPARISONS:
            left_value, right_value = (buffers.content(self, self.evaluate(a)) for a in node.args)
            arithmetic.comparison(self, node.name, left_value, right_value, self.here(node.at))
            return compare(self, node.name, left_value, right_value, self.here(node.at))
        assert node is not None
        return self.truth(self.evaluate(node), self.here(node.at))

    def _test_either(self, node: ir.Choose) -> Truth:
        """``a if test else b`` as a condition."""
        entry = self.path
        yes, no = FALSE, FALSE
        for guard, part in zip(self.test(node.test), (node.then, node.other), strict=True):
            if self.admits(guard):
                self.path = conj(entry, guard)
                t, f = self.test(part)
                self.path = entry
                yes, no = disj(yes, conj(guard, t)), disj(no, conj(guard, f))
        return yes, no

    def truth(self, value: Value, loc: Loc) -> Truth:
        return truth(self, value, loc)

    # ------------------------------------------------------------------ calls

    def _call(self, node: ir.Call) -> Value:
        for arg in node.args:
            if arg.form == "*" and isinstance(arg.value, (ir.Name, ir.Attr)):
                content = self.narrowed(buffers.listed(self, self.evaluate(arg.value)))
                if isinstance(content, Choice):  # once on the path of each, which settles what is behind the star
                    return self.each(content, lambda _: self._call_once(node))
        return self._call_once(node)

    def _call_once(self, node: ir.Call) -> Value:
        loc = self.here(node.at)
        if isinstance(node.fn, ir.Attr):
            if node.fn.name == "item" and isinstance(node.fn.obj, ir.Call):
                self.numbers.add(self.here(node.fn.obj.at))
            receiver = self.evaluate(node.fn.obj)
            args = self._arguments(node.args)
            self.calling = loc, node
            result = self.call_attribute(receiver, node.fn.name, args, loc)
            if isinstance(node.fn.obj, ir.Call) and isinstance(receiver, Ref) and isinstance(result, Unknown):
                self.handed(receiver)  # what nobody keeps is there for the base that makes something of it: `Client(net).to_client()`
            if inplace.changes(node.fn.name) and inplace.is_tensor(receiver):
                self.change(node.fn.obj, receiver, result)
            elif inplace.changes(node.fn.name) and isinstance(receiver, Choice) and isinstance(node.fn.obj, (ir.Name, ir.Attr)):
                self.assign(node.fn.obj, result)
            elif isinstance(receiver, Api):
                self._written_to(node, node.fn.name, args, result)
            return self._given(loc, result)
        fn = self.evaluate(node.fn)
        args = self._arguments(node.args)
        self.calling = loc, node
        result = self.call(fn, args, loc)
        if isinstance(fn, Api):
            self._written_to(node, fn.name, args, result)
        return self._given(loc, result)

    def _written_to(self, node: ir.Call, name: str, args: Args, result: Value) -> None:
        """What a function of a library changes of what it is given: ``torch.sigmoid_(x)``, ``torch.sigmoid(x, out=x)``."""
        out = args.named.get("out")
        if isinstance(out, Ref) and self.form(out) == "buffer":
            buffers.store(self, out, result, self.here(node.at))
            return
        changes_first = inplace.changes(name) or args.named.get("inplace") == Const(True)
        if out is not None or not changes_first:
            changed = next((arg.value for arg in node.args if arg.name == "out"), None)
        else:
            changed = node.args[0].value if node.args and not node.args[0].form and node.args[0].name is None else None
            out = args.pos[0] if args.pos else None
        if changed is not None and out is not None and inplace.is_tensor(out):
            self.change(changed, out, result)

    def _given(self, loc: Loc, result: Value) -> Value:
        """Note where a value that somebody made is handed to: who changes its producer has to know its readers."""
        for _, option in options(result):
            for each in option.items if isinstance(option, Seq) else (option,):
                if isinstance(each, Tensor) and each.producer is not None and each.kind is not Kind.UNKNOWN:
                    calls = self.given.setdefault(each.producer.loc, {})
                    calls[loc] = each is option and calls.get(loc, True)
        return result

    def _arguments(self, args: Sequence[ir.Arg]) -> Args:
        seq = Seq(())
        named: dict[str, Value] = {}
        more = may_hold_more = False
        for arg in args:
            value = self.evaluate(arg.value)
            if arg.form == "*":
                content = containers.sequence(self, value) if not isinstance(value, Choice) else Seq((), NOTHING)
                may_hold_more = may_hold_more or content.open
                seq = self.followed(seq, content)
            elif arg.form == "**":
                content_ = self.field(value, "items")
                if isinstance(content_, Mapping):
                    named.update({str(k): v for k, v in content_.items})
                    more = more or content_.rest is not None
                    may_hold_more = may_hold_more or content_.open
                else:
                    more = True
            elif arg.name is not None:
                named[arg.name] = value
            else:
                seq = self.followed(seq, Seq((value,)))
        return Args(seq.items, named, more or seq.rest is not None, seq.rest, seq.tail, may_hold_more)

    def call_attribute(self, receiver: Value, name: str, args: Args, loc: Loc) -> Value:
        """``receiver.name(args)``."""
        if isinstance(receiver, Choice):
            return self.alternatives(receiver, loc, lambda option: self.call_attribute(option, name, args, loc))
        if isinstance(receiver, (Tensor, Unknown)):
            return self._tensor_method(receiver, name, args, loc)
        if data.is_file(receiver):
            return data.method(self, receiver, name, args)
        if settings.has_method(self, receiver, name):
            return settings.method(self, receiver, name, args, loc)
        if name in ("remote", "options") and isinstance(receiver, (Function, ClassValue)):
            return self.call(receiver, args, loc) if name == "remote" else receiver  # Ray runs it elsewhere
        found = self.attribute(receiver, name, loc)
        return self.call(found, args, loc)

    def _tensor_method(self, receiver: Value, name: str, args: Args, loc: Loc) -> Value:
        if isinstance(receiver, Tensor):
            found = library.call_method(self, "torch.Tensor", receiver, name, protocols.settled(self, args), loc)
            return found if found is not None else transfer.residue(receiver)
        assert isinstance(receiver, Unknown)
        foreign.asked(self, receiver, name)
        if name == "update":
            for key, value in containers.pairs(self, args):
                foreign.put_item(self, receiver, key, value)
        kept = library.kept(self, receiver, name, args, loc) if transfer.is_scale(receiver) else None
        if kept is not None:
            return kept
        if name in ("view", "reshape", "flatten") or name in protocols.NEW:
            shaped = library.call_method(self, "torch.Tensor", receiver, name, args, loc)
            if isinstance(shaped, (Tensor, Ref)):
                return shaped
        handed.to_pool(self, name, args, loc)
        if name in _MEASURES and receiver.sym is not None:
            return Unknown(("call", receiver.sym, name))
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
                callees.note(self, loc, Callee(fn.name), fn.name.rpartition(".")[2])
                return protocols.call_api(self, fn, args, loc)
            case LibObject():
                callees.note(self, loc, Callee(fn.name, fn.loc))
                self.group()
                return protocols.call_library_object(self, fn, args, loc)
            case Method():
                return protocols.call_method(self, fn, args, loc)
            case ClassValue():
                return calls.instantiate(self, fn, args, loc)
            case Ref():
                if self.field(fn, "__lib__") is None:  # else it is called, or a method of its class is
                    callees.note(self, loc, Callee())
                return protocols.call_reference(self, fn, args, loc)
            case Builtin():
                callees.note(self, loc, Callee(), fn.name)
                return builtins.call_builtin(self, fn.name, args, loc)
            case Partial():
                return self.call(fn.fn, Args((*fn.args, *args.pos), {**dict(fn.named), **args.named}, args.more), loc)
            case Descriptor():
                return self.call(fn.fn, args, loc)
            case Const(member=Member()):
                called = self.attribute(fn, "__call__", loc)
                return self.call(called, args, loc) if isinstance(called, Function) else NOTHING
            case Unknown(sym):
                callees.note(self, loc, Callee())
                handed.to_library(self, args, str(sym[2]) if sym is not None and sym[0] == "name" and len(sym) == 3 else "")
                return protocols.call_unknown(self, fn, args, loc) if sym is not None else unknown_like(fn)
        return NOTHING

    def instantiate(self, cls: ClassValue, args: Args, loc: Loc) -> Value:
        return calls.instantiate(self, cls, args, loc)

    def new_instance(self, cls: ClassValue, classes: Sequence[Value], loc: Loc) -> Ref:
        return Ref(self.alloc("instance", cls, loc))

    def library_init(self, ref: Ref, classes: Sequence[Value], args: Args, loc: Loc) -> None:
        protocols.library_init(self, ref, classes, args, loc)


def _other_library(name: str) -> str:
    """A module that one library hands on of another, by its own name: ``fastai.vision.F`` is ``torch.nn.functional``.

    Which Keras it is stays in the name.
    """
    target = catalog.canonical(name)
    return name if target.startswith(("keras.", name.partition(".")[0] + ".")) or not catalog.is_namespace(name) else target


_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "is", "isnot", "in", "notin"})
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
