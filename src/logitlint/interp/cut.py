"""What is left of a call that was cut short: what it had written is in doubt, and so is what it would still have written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from collections.abc import Mapping as IrMapping
from dataclasses import replace
from typing import NamedTuple

from logitlint import ir
from logitlint.interp.core import Args, Asked, Core
from logitlint.interp.objects import class_lookup, mro
from logitlint.interp.state import Layer, Slot, options
from logitlint.interp.values import NOTHING, ClassValue, Function, Mapping, Ref, Seq, Unknown, Value
from logitlint.mentions import ANY_NAME

#: Methods of a module that neither change it nor hand on what can be changed.
_HARMLESS = frozenset(
    {"parameters", "named_parameters", "state_dict", "load_state_dict", "to", "cuda", "cpu", "zero_grad", "eval", "train"}
)
_ASKING = frozenset({"print", "isinstance", "hasattr", "getattr", "type", "id", "str", "repr"})
#: What is not run once more for what follows it.
_LONG = (ir.Loop, ir.Try, ir.Match, ir.Func, ir.Class)
#: Attributes that lead to every other.
_WHOLE = frozenset({"__dict__", "_modules", "__setattr__", "add_module"})
SPENT = Unknown(None, "the budget of a call is spent")
_MOST_LAST = 8  #: statements: the end of a network is its last layers, which decide the kind


class Short(NamedTuple):
    """A call that was cut short: what it had written, and the namespace of its variables."""

    written: Layer
    space: int


def left(m: Core, fn: Function, args: Args, written: Layer, space: int) -> Value:
    """What a call gives that had ``written`` so much when it was cut short; ``space``: its variables."""
    for slot in (*written, *_still_to_write(m, fn, args)):
        _doubt(m, slot, space)
    kept = _written_for_good(m, fn).intersection(written)
    for slot, value in written.items() if kept else ():
        if slot in kept or slot[0] > space:  # with what the call has made until then
            m.state.set(slot, value)
    return _handed_back(m, fn, args)


def writes_no_more(short: Short, args: Args) -> bool:
    """Whether a call had written nothing but to what it was given, and to what it made itself: that is found without running it again."""
    given = {value.addr for each in args.values() for _, value in options(each) if isinstance(value, Ref)}
    return all(addr >= short.space or addr in given for addr, _ in short.written)


def ending(node: ir.Func) -> tuple[ir.Stmt, ...]:
    """The last statements of a function that gives a value there and nowhere before; none where there are no such."""
    body = node.body
    while body and isinstance(body[-1], ir.With):
        body = body[-1].body
    if node.yields or not body or not isinstance(body[-1], ir.Exit) or body[-1].kind != "return" or body[-1].value is None:
        return ()
    last: list[ir.Stmt] = []
    for each in reversed(body):
        if len(last) == _MOST_LAST or isinstance(each, _LONG):
            break
        last.append(each)
    known = {id(each) for whole in last for each in (whole, *_statements(list(ir.inside(whole))))}
    left_out = (each for each in _statements(node.body) if id(each) not in known)
    if any(isinstance(each, ir.Exit) and each.kind == "return" for each in left_out):
        return ()
    return tuple(reversed(last))


def rebound(node: ir.Func) -> Set[str]:
    """The variables of a function of which nobody knows what they hold at its end: all but the parameters that it leaves alone."""
    return node.locals - ({param.name for param in node.params} - {name for each in _statements(node.body) for name in _bound(each)})


def _bound(node: ir.Stmt) -> Iterator[str]:
    """The names that a statement gives another value, and those below which it gives a part one: `x`, `out[i]`, but not `self.x`."""
    targets: list[ir.Expr] = [each.target for each in ir.expressions(node) if isinstance(each, ir.Bind)]
    if isinstance(node, (ir.Store, ir.Update, ir.Drop)):
        targets.append(node.target)
    elif isinstance(node, ir.Loop):
        targets += [node.target] if node.target is not None else []
    elif isinstance(node, ir.With):
        targets += [target for _, target in node.items if target is not None]
    elif isinstance(node, ir.Try):
        yield from (name for _, name, _ in node.handlers if name is not None)
    elif isinstance(node, ir.Import):
        yield from (alias or name for name, alias in node.names)
    elif isinstance(node, (ir.Func, ir.Class)):
        yield node.name
        yield from node.outer if isinstance(node, ir.Func) else ()
    for target in targets:
        if not isinstance(target, ir.Attr):
            yield from (each.id for each in ir.expressions(target) if isinstance(each, ir.Name))


def _handed_back(m: Core, fn: Function, args: Args) -> Value:
    """The objects that a function was given and gives back whichever way it ends, as one that fills a model with stored weights."""
    body = list(_statements(fn.node.body))
    rebound = {each.name for each in body if isinstance(each, (ir.Func, ir.Class))}
    rebound.update(alias or name for each in body if isinstance(each, ir.Import) for name, alias in each.names)
    given = {param.name: args.get(i, param.name) for i, param in enumerate(fn.node.params) if not param.form.startswith("*")}
    own = {name: value for name, value in given.items() if name not in rebound and value is not None and m.form(value) == "instance"}
    returned = [each.value for each in body if isinstance(each, ir.Exit) and each.kind == "return"]
    own = {name: value for name, value in own.items() if _is_left_alone(fn.node, name, returned)}
    if not own or not returned or fn.node.yields:
        return SPENT
    if all(isinstance(each, ir.Pack) and each.form == "tuple" for each in returned):
        packs = [each.items for each in returned if isinstance(each, ir.Pack)]
        if len({len(items) for items in packs}) == 1:
            return Seq(tuple(_one(own, [item.value for item in items]) for items in zip(*packs, strict=True)))
    return _one(own, returned)


def _is_left_alone(node: ir.Func, name: str, returned: Sequence[ir.Expr | None]) -> bool:
    """Whether all that is done with what goes by a name changes nothing in it, and nobody else gets it but who called."""
    mentions = harmless = 0
    for each in ir.expressions(node.body):
        mentions += isinstance(each, ir.Name) and each.id == name
        if isinstance(each, ir.Call) and isinstance(each.fn, ir.Attr) and each.fn.name in _HARMLESS:
            harmless += each.fn.obj[1:] == (name,) and isinstance(each.fn.obj, ir.Name)
        elif isinstance(each, ir.Call) and isinstance(each.fn, ir.Name) and each.fn.id in _ASKING:
            harmless += sum(isinstance(arg.value, ir.Name) and arg.value.id == name for arg in each.args)
    for value in returned:
        parts = [item.value for item in value.items] if isinstance(value, ir.Pack) else [value]
        harmless += sum(isinstance(part, ir.Name) and part.id == name for part in parts)
    return mentions == harmless


def _one(own: IrMapping[str, Value], returned: Sequence[ir.Expr | None]) -> Value:
    names = {each.id if isinstance(each, ir.Name) else None for each in returned}
    name = names.pop() if len(names) == 1 else None
    return own.get(name, SPENT) if name is not None else SPENT


def _statements(body: Sequence[ir.Stmt]) -> Iterator[ir.Stmt]:
    for each in body:
        yield each
        yield from _statements(list(ir.inside(each)))


def _doubt(m: Core, slot: Slot, first: int) -> None:
    """What a call had written when it was cut short may have been written again: of what stood before it nothing is known now."""
    addr, name = slot
    form = m.heap[addr].form if addr < first and addr in m.heap else ""  # some slots belong to no object
    if form in ("list", "dict"):
        m.state.set(slot, Seq((), NOTHING) if form == "list" else Mapping((), NOTHING))
    elif form in ("instance", "class", "module", "namespace") and not name.startswith("__"):
        m.state.set(slot, SPENT)


def _still_to_write(m: Core, fn: Function, args: Args) -> Iterator[Slot]:
    """What a function may give a value to: of what the objects have that it is called with, and of the names that it declares to be
    others'."""
    yield from ((addr, name) for addr in fn.scope for name in fn.node.outer if m.state.get((addr, name)) is not None)
    given = (value for each in (*args.pos, *args.named.values()) for _, value in options(each))
    for ref in {value for value in given if isinstance(value, Ref)}:
        made = m.heap[ref.addr]
        if made.form != "instance" or not isinstance(made.cls, ClassValue):
            continue
        names = m.fills(fn, mro(m, made.cls))
        yield from ((ref.addr, name) for name in m.state.slots_of(ref.addr) if name in names or ANY_NAME in names)


def _written_for_good(m: Core, fn: Function) -> frozenset[Slot]:
    """What a method gives a value to on its object once and whatever happens before, and nobody else can change in it or in the methods
    that it calls: having done so it does not come back to it."""
    if not isinstance(fn.bound, Ref) or not isinstance(cls := m.heap[fn.bound.addr].cls, ClassValue) or not fn.node.params:
        return frozenset()
    own = fn.node.params[0].name
    targets = [each.target for each in fn.node.body if isinstance(each, ir.Store)]
    names = {name for each in targets if (name := _of_own(each, own))}
    classes, seen = mro(m, cls), {fn.name}
    pending = [fn] if names else []
    while pending:
        asking = pending.pop()
        key = asking.loc, asking is fn
        if key not in m.asked:
            m.asked[key] = _asked(asking.node, targets if asking is fn else ())
        asked = m.asked[key]
        if asked is None:
            return frozenset()
        names -= asked.touched
        for name in sorted(asked.read - seen):
            seen.add(name)
            method = class_lookup(m, classes, name)
            if method is not None:
                if not isinstance(method[1], Function) or not method[1].node.params:
                    return frozenset()
                called = m.project.completed(method[1].loc.path, method[1].loc.unit, method[1].node)
                pending.append(replace(method[1], node=called))
    return frozenset((fn.bound.addr, name) for name in names)


def _asked(node: ir.Func, stores: Sequence[ir.Expr]) -> Asked | None:
    """Of a method; None where it hands its object on, or all that it holds. ``stores``: what may give an attribute its value, once each."""
    own = node.params[0].name
    free = Counter(name for each in stores if (name := _of_own(each, own)))
    total: Counter[str] = Counter()
    mentions = attributes = 0
    for each in ir.expressions(node.body):
        if isinstance(each, ir.Name) and each.id == own:
            mentions += 1
        elif isinstance(each, ir.Attr) and (name := _of_own(each, own)):
            attributes += 1
            total[name] += 1
        elif isinstance(each, ir.Call) and isinstance(each.fn, ir.Attr):
            # a method is looked into; what the object keeps and calls does not change itself
            free[_of_own(each.fn.obj, own) if each.fn.name in _HARMLESS else _of_own(each.fn, own)] += 1
        elif isinstance(each, ir.Name) and each.id == "super":
            return None
    if mentions != attributes or not _WHOLE.isdisjoint(total):
        return None
    return Asked(set(total), {name for name, count in total.items() if count != free[name]})


def _of_own(node: ir.Expr, own: str) -> str:
    """``name`` of ``self.name``, "" of anything else."""
    return node.name if isinstance(node, ir.Attr) and isinstance(node.obj, ir.Name) and node.obj.id == own else ""
