"""Lists, dictionaries, strings and tuples: their elements and their methods, as far as models and training loops lean on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from logitlint.interp import buffers, enumerations, foreign, layers, tables, transfer
from logitlint.interp.core import Args, Core
from logitlint.interp.guards import TRUE, Guard, conj, literal
from logitlint.interp.objects import any_element, forget_settings, item, mro, unlisted
from logitlint.interp.state import merge, options
from logitlint.interp.values import (
    ATTRIBUTED,
    NONE,
    NOTHING,
    Choice,
    ClassValue,
    Const,
    LibObject,
    Loc,
    Mapping,
    Method,
    Module,
    Ref,
    Seq,
    Tensor,
    Unknown,
    Value,
)


def held(m: Core, value: Value) -> Value:
    """The elements of a list, of the layers of a network; any other value as it is."""
    value = buffers.listed(m, value)
    return m.field(value, "items") or NOTHING if m.form(value) == "sequential" else value


def sequence(m: Core, value: Value) -> Seq:
    """What iterating over a value gives."""
    value = m.narrowed(held(m, value))
    if m.form(value) == "dict":
        value = m.narrowed(m.field(value, "items") or NOTHING)
        if isinstance(value, Mapping):
            return Seq(tuple(Const(k) for k, _ in value.items), None if value.rest is None else NOTHING)
    if isinstance(value, Seq):
        return value
    if isinstance(value, Choice):
        return _side_by_side([(guard, sequence(m, option)) for guard, option in value.options], m.turns())
    if isinstance(value, Tensor):
        return Seq((), transfer.reshape(value, value.producer.loc, "is iterated over") if value.producer else NOTHING)
    if isinstance(value, Const) and isinstance(value.value, (str, tuple)) and len(value.value) <= 64:
        return Seq(tuple(Const(v) for v in value.value))
    if isinstance(value, Unknown) and value.sym is not None:
        return Seq((), Unknown(("item", value.sym, "*")))
    members = enumerations.members(m, value)
    if members is not None:
        return enumerations.listed(members)
    if isinstance(value, Method) and isinstance(value.receiver, LibObject) and value.name == "layers":
        return Seq((), foreign.some_layer(value.receiver))
    return Seq((), NOTHING)


def _side_by_side(parts: Sequence[tuple[Guard, Seq]], turns: tuple[int, ...]) -> Seq:
    """What iterating over one of several gives: at each place the element of each; of different lengths any of them."""
    lengths = {len(part.items) if part.rest is None else -1 for _, part in parts}
    if len(lengths) > 1 or -1 in lengths:
        return Seq((), merge([(guard, any_element(part, turns)) for guard, part in parts]))
    return Seq(tuple(merge([(guard, part.items[at]) for guard, part in parts]) for at in range(lengths.pop())))


def method(m: Core, receiver: Value, name: str, args: Args, loc: Loc) -> Value | None:
    """A method of a list, dictionary, string or tuple; None when it is none of theirs."""
    form = m.form(receiver)
    if form == "list":
        assert isinstance(receiver, Ref)
        last = args.pos[-1] if args.pos else NOTHING
        if name == "append" and layers.put_behind(m, receiver, last):
            return NONE
        return m.by_content(receiver, lambda: _list_method(m, receiver, name, args, loc))
    if form == "dict":
        assert isinstance(receiver, Ref)
        return m.by_content(receiver, lambda: _dict_method(m, receiver, name, args, loc))
    if isinstance(receiver, Const) and isinstance(receiver.value, str):
        if name == "split" and all(isinstance(each, Const) for each in (*args.pos, *args.named.values())) and not args.more:
            return _words(m, receiver.value, args, loc)
        return _string_method(receiver.value, name, args)
    if isinstance(receiver, Seq) and name == "_asdict" and receiver.names:
        addr = m.alloc("dict", loc=loc)
        m.state.set((addr, "items"), Mapping(tuple(zip(receiver.names, receiver.items, strict=False))))
        return Ref(addr)
    return None


def _list_method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value:
    from logitlint.interp.torch import container_method

    content = m.field(ref, "items")
    if name == "append" and args.pos and isinstance(content, Seq) and m.outlives(ref):
        m.set_field(ref, "items", repeated(m, content, args.pos))
        return NONE
    found = container_method(m, ref, name, args, loc)
    if found is not None:
        return found
    if name == "copy":
        copy = m.new_list(loc=loc)
        m.set_field(copy, "items", content)
        return copy
    if name == "pop" and isinstance(content, Seq):
        if content.rest is None and not args.pos and content.items:
            m.set_field(ref, "items", Seq(content.items[:-1]))
            return content.items[-1]
        m.set_field(ref, "items", Seq((), any_element(content)))
        return any_element(content)
    if name in _CHANGES:
        m.set_field(ref, "items", Seq(()) if name == "clear" else Seq((), NOTHING))
    return NOTHING


#: Methods of lists, sets and their kin after which nobody knows what is in them; lists of modules have others, which leave them.
_CHANGES = frozenset(
    "reverse sort clear remove discard update symmetric_difference_update intersection_update difference_update "
    "appendleft extendleft popleft rotate".split()
)


def repeated(m: Core, content: Seq, new: Sequence[Value]) -> Seq:
    """A list after an unknown number of turns that each append ``new``."""
    return Seq(content.items, m.joined((content.rest, *content.tail, *new)), filled=True)


def _dict_method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value:
    content = m.field(ref, "items")
    if not isinstance(content, Mapping):
        return NOTHING
    rest = content.rest
    if name == "items":
        return content.pairs()
    if name == "values":
        return content.in_order()
    if name == "keys":
        return Seq(tuple(Const(k) for k, _ in content.items), NOTHING if rest is not None else None)
    if name in ("get", "pop", "setdefault") and args.pos:
        found = _get(m, content, args, loc)
        if found == NOTHING:
            found = unlisted(ref, content, args.pos[0]) or found
        if name == "pop":
            layers.drop(m, ref, args.pos[0])
        if name == "setdefault" and not (isinstance(args.pos[0], Const) and content.get(args.pos[0].value) is not None):
            store(m, ref, args.pos[0], found)
        return found
    if name == "update":
        update(m, ref, args, loc)
        return NONE
    if name == "clear":
        m.set_field(ref, "items", Mapping())
        return NONE
    if name == "popitem":
        last = not args.pos and not args.named
        m.set_field(ref, "items", Mapping(content.items[:-1]) if rest is None and last else Mapping((), NOTHING))
        return Seq((NOTHING, NOTHING))
    if name == "move_to_end":
        m.set_field(ref, "items", Mapping((), m.joined((*(value for _, value in content.items), rest))))
        return NONE
    if name == "copy":
        addr = m.alloc("dict", loc=loc)
        m.state.set((addr, "items"), content)
        return Ref(addr)
    return NOTHING


def inherited(m: Core, table: Ref, name: str, args: Args, loc: Loc) -> Value:
    """What a dictionary does by itself whose class is the project's own."""
    if name in ("__init__", "update"):
        update(m, table, args, loc)
        if args.more:
            store(m, table, NOTHING, NOTHING)
        return NONE
    if name == "__setitem__" and len(args.pos) == 2:
        store(m, table, *args.pos)
        return NONE
    if name == "__getitem__" and args.pos:
        return tables.read(m, table, args.pos[0], loc)
    tables.settle(m, table)
    return method(m, table, name, args, loc) or NOTHING


def _get(m: Core, content: Mapping, args: Args, loc: Loc) -> Value:
    key = args.pos[0]
    default = args.get(1, "default") or NONE
    if isinstance(key, Const) and content.get(key.value) is None and content.rest is None:
        return default
    if not isinstance(key, Unknown) or key.sym is None or content.rest is not None:
        return item(m, content, key, loc)
    found = [(literal(key.sym, "==", name), value) for name, value in content.items]
    absent = reduce(conj, (literal(key.sym, "==", name, value=False) for name, _ in content.items), TRUE)
    return merge([*found, (absent, default)])


def pairs(m: Core, args: Args) -> list[tuple[Value, Value]]:
    found: list[tuple[Value, Value]] = []
    if args.pos:
        source = m.field(args.pos[0], "items")
        if isinstance(source, Mapping):
            found += [(Const(k), v) for k, v in source.items]
            found += [(NOTHING, source.rest)] if source.rest is not None else []
        else:
            found.append((NOTHING, NOTHING))
    return found + [(Const(k), v) for k, v in args.named.items()]


def update(m: Core, ref: Ref, args: Args, loc: Loc) -> None:
    """``d.update(...)``: what comes from outside may have any key, those that are there too."""
    content = m.field(ref, "items")
    if any(key == NOTHING for key, _ in pairs(m, args)) and isinstance(content, Mapping):
        # whatever it is from now on, it is one value for all who ask
        items = tuple((key, Unknown(("result", key, *m.occasion(loc)))) for key, _ in content.items)
        m.set_field(ref, "items", replace(content, items=items))
    source = m.field(args.pos[0], "items") if args.pos else None
    if isinstance(content, Mapping) and (args.open or (isinstance(source, Mapping) and source.open)):
        m.set_field(ref, "items", replace(content, open=True))
    for key, value in pairs(m, args):
        store(m, ref, key, value)


def store(m: Core, ref: Ref, key: Value, value: Value) -> None:
    """``d[key] = value``."""
    m.by_content(ref, lambda: _put(m, ref, key, value))


def _put(m: Core, ref: Ref, key: Value, value: Value) -> Value:
    content = m.field(ref, "items")
    content = content if isinstance(content, Mapping) else Mapping((), None if content is None else NOTHING)
    if isinstance(key, Const):
        items = dict(content.items)
        items[key.value] = value
        m.set_field(ref, "items", replace(content, items=tuple(items.items())))
    else:
        for _, old in content.items:
            if isinstance(old, Ref) and m.form(old) == "dict" and m.heap[old.addr].cls in (None, ATTRIBUTED):
                forget_settings(m, old)  # `cfg[key] = merged`, of the settings of a part too
        known = content.rest is None or content.place == len(content.items)
        kept = tuple((name, NOTHING if isinstance(old, Const) else old) for name, old in content.items)
        m.set_field(ref, "items", Mapping(kept, m.joined((content.rest, value)), len(content.items) if known else -1))
    return NONE


def put_entry(m: Core, space: Value, key: Value, new: Value, loc: Loc, beginning: str = "") -> None:
    """``vars(x)[key] = new``; a key that only running tells may be that of any setting, but of no layer."""
    if isinstance(key, Const) and isinstance(key.value, str):
        m.assign_attribute(space, key.value, new, loc)
        return
    if isinstance(space, Ref) and m.heap[space.addr].cls == ATTRIBUTED:
        store(m, space, NOTHING, new)
        return
    addr = space.addr if isinstance(space, (Ref, ClassValue)) else m.module_address(space.path) if isinstance(space, Module) else -1
    classes = mro(m, m.heap[addr].cls) if isinstance(space, Ref) else []
    for owner in (addr, *(cls.addr for cls in classes if isinstance(cls, ClassValue))):
        for name, value in m.state.slots_of(owner).items():
            if name.startswith(beginning) and any(isinstance(option, Const) for _, option in options(value)):
                m.state.set((addr, name), NOTHING)


def update_space(m: Core, space: Value, args: Args, loc: Loc) -> Value:
    """``vars(x).update(...)``."""
    for key, value in [*pairs(m, args), *([(NOTHING, NOTHING)] if args.more else [])]:
        put_entry(m, space, key, value, loc)
    return NONE


_MOST_WORDS = 64


def _words(m: Core, text: str, args: Args, loc: Loc) -> Value:
    """``"scores probs".split()``."""
    given = [each.value for each in args.pos if isinstance(each, Const)]
    named = {name: each.value for name, each in args.named.items() if isinstance(each, Const)}
    try:
        words = text.split(*given, **named)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return NOTHING
    return m.new_list(map(Const, words), None, loc) if len(words) <= _MOST_WORDS else NOTHING


def _string_method(text: str, name: str, args: Args) -> Value:
    if name in ("lower", "upper", "strip", "title", "capitalize", "casefold") and not args.pos:
        return Const(getattr(text, name)())
    if name in ("startswith", "endswith") and len(args.pos) == 1 and isinstance(args.pos[0], Const) and isinstance(args.pos[0].value, str):
        return Const(bool(getattr(text, name)(args.pos[0].value)))
    if name in ("find", "count") and len(args.pos) == 1 and isinstance(args.pos[0], Const) and isinstance(args.pos[0].value, str):
        return Const(getattr(text, name)(args.pos[0].value))
    if name == "replace" and len(args.pos) == 2 and all(isinstance(a, Const) and isinstance(a.value, str) for a in args.pos):
        old, new = (str(a.value) for a in args.pos if isinstance(a, Const))
        return Const(text.replace(old, new))
    return NOTHING
