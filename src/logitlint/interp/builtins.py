"""Python's own functions and the methods of its containers, as far as models and training loops lean on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from logitlint import catalog, ir
from logitlint.interp import claims, data, layers, transfer
from logitlint.interp.core import Args, Core
from logitlint.interp.library import contents
from logitlint.interp.objects import any_element, class_lookup, item, mro
from logitlint.interp.state import options
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
    LibObject,
    Loc,
    Mapping,
    Method,
    Module,
    Ref,
    Seq,
    Super,
    Tensor,
    Unknown,
    Value,
)

_Handler: TypeAlias = Callable[[Core, Args, Loc], Value]
_PURE = frozenset(
    "len isinstance issubclass hasattr callable int float str bool abs round min max sum any all ord chr hash repr type id".split()
)


def call_builtin(m: Core, name: str, args: Args, loc: Loc) -> Value:
    handler = _FUNCTIONS.get(name)
    if handler is not None:
        return handler(m, args, loc)
    return derived(name, args)


def derived(name: str, args: Args) -> Value:
    """A pure function of known unknowns is one unknown itself, the same each time."""
    parts: list[object] = []
    for value in args.pos:
        if isinstance(value, Unknown) and value.sym is not None:
            parts.append(value.sym)
        elif isinstance(value, Const):
            parts.append(value.value)
        elif isinstance(value, (Api, ClassValue)):
            parts.append(value.name)
        else:
            return NOTHING
    if not any(isinstance(part, tuple) for part in parts):
        return NOTHING
    first = next(part for part in parts if isinstance(part, tuple))
    return Unknown(("call", first, name, *(p for p in parts if p is not first)))


# ---------------------------------------------------------------------- sequences


def sequence(m: Core, value: Value) -> Seq:
    """What iterating over a value gives."""
    value = contents(m, value)
    form = m.form(value)
    if form == "sequential":
        value = m.field(value, "items") or NOTHING
    elif form == "dict":
        value = m.field(value, "items") or NOTHING
        if isinstance(value, Mapping):
            return Seq(tuple(Const(k) for k, _ in value.items), None if value.rest is None else NOTHING)
    if isinstance(value, Seq):
        return value
    if isinstance(value, Tensor):
        return Seq((), transfer.reshape(value, value.producer.loc, "is iterated over") if value.producer else NOTHING)
    if isinstance(value, Const) and isinstance(value.value, (str, tuple)) and len(value.value) <= 64:
        return Seq(tuple(Const(v) for v in value.value))
    if isinstance(value, Unknown) and value.sym is not None:
        return Seq((), Unknown(("item", value.sym, "*")))
    return Seq((), NOTHING)


def _zip(m: Core, args: Args, loc: Loc) -> Value:
    sources = [sequence(m, v) for v in args.pos]
    if sources and all(s.rest is None and not s.tail for s in sources):
        return Seq(tuple(Seq(row) for row in zip(*(s.items for s in sources), strict=False)))
    return Seq((), Seq(tuple(any_element(s) for s in sources)))


def _enumerate(m: Core, args: Args, loc: Loc) -> Value:
    source = sequence(m, args.pos[0]) if args.pos else Seq((), NOTHING)
    start = args.get(1, "start")
    first = start.value if isinstance(start, Const) and isinstance(start.value, int) else 0
    items = tuple(Seq((Const(i), v)) for i, v in enumerate(source.items, first))
    return replace(source.each(lambda value: Seq((NOTHING, value))), items=items)


def _range(m: Core, args: Args, loc: Loc) -> Value:
    bounds = [v.value for v in args.pos if isinstance(v, Const) and isinstance(v.value, int)]
    if len(bounds) == len(args.pos) and 1 <= len(bounds) <= 3:
        try:
            found = range(*bounds)
        except ValueError:
            return Seq((), NOTHING)
        if len(found) <= 64:
            return Seq(tuple(Const(i) for i in found))
    return Seq((), NOTHING)


def _list(m: Core, args: Args, loc: Loc) -> Value:
    source = sequence(m, args.pos[0]) if args.pos else Seq(())
    ref = m.new_list(loc=loc)
    m.set_field(ref, "items", source)
    return ref


def _tuple(m: Core, args: Args, loc: Loc) -> Value:
    return sequence(m, args.pos[0]) if args.pos else Seq(())


def _reversed(m: Core, args: Args, loc: Loc) -> Value:
    source = sequence(m, args.pos[0]) if args.pos else Seq(())
    if source.rest is None:
        return Seq(source.items[::-1])
    return Seq(source.tail[::-1], source.rest, source.items[::-1])


def _map(m: Core, args: Args, loc: Loc) -> Value:
    if len(args.pos) < 2:
        return NOTHING
    return sequence(m, args.pos[1]).each(lambda value: m.call(args.pos[0], Args((value,)), loc))


def _sorted(m: Core, args: Args, loc: Loc) -> Value:
    """As many elements in another order."""
    source = sequence(m, args.pos[0]) if args.pos else Seq(())
    known = [each.value for each in source.items if isinstance(each, Const)]
    if source.rest is not None:
        return m.new_list((), any_element(source), loc)
    if not args.named and len(known) == len(source.items) and len({type(each) for each in known} | {str}) == 1:
        return m.new_list(map(Const, sorted(known, key=str)), None, loc)
    return m.new_list([any_element(source)] * len(source.items), None, loc)


def _len(m: Core, args: Args, loc: Loc) -> Value:
    value = args.pos[0] if args.pos else NOTHING
    known = contents(m, value)
    if m.form(value) in ("dict", "sequential"):
        known = m.field(value, "items") or NOTHING
    if isinstance(known, Seq) and known.rest is None:
        return Const(len(known.items))
    if isinstance(known, Mapping) and known.rest is None:
        return Const(len(known.items))
    if isinstance(known, Const) and isinstance(known.value, str):
        return Const(len(known.value))
    return derived("len", args)


def _sum(m: Core, args: Args, loc: Loc) -> Value:
    source = sequence(m, args.pos[0]) if args.pos else Seq(())
    parts = list(source.items)
    if source.rest is not None:
        parts += [transfer.many(source.rest, loc, "is added up by `sum`"), *source.tail]
    result: Value = args.get(1, "start") or Const(0)
    for part in parts:
        result = m.operate("+", (result, part), loc)
    return result


def _print(m: Core, args: Args, loc: Loc) -> Value:
    claims.text(m, args.pos, loc)
    return NONE


def _dict(m: Core, args: Args, loc: Loc) -> Value:
    items: dict[object, Value] = {}
    rest = None
    if args.pos:
        source = m.field(args.pos[0], "items")
        if isinstance(source, Mapping):
            items.update(source.items)
            rest = source.rest
        else:
            rest = NOTHING
    items.update(args.named)
    if args.more:
        items = dict.fromkeys(items, NOTHING)
    addr = m.alloc("dict", loc=loc)
    m.state.set((addr, "items"), Mapping(tuple(items.items()), NOTHING if args.more else rest))
    return Ref(addr)


# ---------------------------------------------------------------------- objects


def _getattr(m: Core, args: Args, loc: Loc) -> Value:
    if len(args.pos) < 2:
        return NOTHING

    def one(name: Value) -> Value:
        if not isinstance(name, Const) or not isinstance(name.value, str):
            return NOTHING
        found = m.attribute(args.pos[0], name.value, loc)
        if len(args.pos) > 2 and isinstance(found, Unknown) and m.form(args.pos[0]) == "instance":
            return args.pos[2]
        return found

    return m.each(args.pos[1], one)


def _setattr(m: Core, args: Args, loc: Loc) -> Value:
    if len(args.pos) != 3:
        return NONE
    module, _, new = args.pos
    given = m.calling[1].args if m.calling is not None and m.calling[0] == loc else ()
    written = given[1].value if len(given) == 3 and not any(each.form for each in given) else None

    def one(name: Value) -> Value:
        if isinstance(name, Const) and m.form(module) != "sequential":
            m.assign_attribute(module, str(name.value), new, loc)
        else:
            for _, option in options(module):
                if isinstance(option, Ref):
                    layers.put(m, option, name, new, _beginning(written))
                put_entry(m, option, NOTHING, new, loc, _beginning(written))
        return NONE

    return m.each(args.pos[1], one)


def _exec(m: Core, args: Args, loc: Loc) -> Value:
    """What it runs may give the settings of the module that runs it other values."""
    put_entry(m, Module(m.frame.path), NOTHING, NOTHING, loc)
    return NONE


def _delattr(m: Core, args: Args, loc: Loc) -> Value:
    if len(args.pos) == 2 and isinstance(args.pos[0], Ref):
        layers.forget(m, args.pos[0], str(args.pos[1].value) if isinstance(args.pos[1], Const) else "")
    return NONE


def _beginning(node: ir.Expr | None) -> str:
    """What a written text begins with, whatever is put into it."""
    match node:
        case ir.Const(value=str() as text):
            return text
        case ir.Pack(form="fstring", items=(first, *_)):
            return _beginning(first.value)
        case ir.Op(name="+", args=(left, _)):
            return _beginning(left)
        case ir.Op(name="%", args=(left, _)):
            return _beginning(left).partition("%")[0]
        case ir.Call(fn=ir.Attr(obj=text, name="format")):
            return _beginning(text).partition("{")[0]
    return ""


def _eval(m: Core, args: Args, loc: Loc) -> Value:
    """``eval(name)`` of a name, dotted or not, that stands in the program."""

    def one(text: Value) -> Value:
        parts = text.value.split(".") if isinstance(text, Const) and isinstance(text.value, str) else []
        if not parts or not all(part.isidentifier() for part in parts):
            return NOTHING
        found = m.frame_value(parts[0])
        for part in parts[1:]:
            found = m.attribute(found, part, loc)
        return found

    return m.each(args.pos[0], one) if len(args.pos) == 1 else NOTHING


def _hasattr(m: Core, args: Args, loc: Loc) -> Value:
    if len(args.pos) == 2 and isinstance(args.pos[1], Const) and m.form(args.pos[0]) == "instance":
        ref, name = args.pos[0], str(args.pos[1].value)
        assert isinstance(ref, Ref)
        if m.field(ref, name) is not None or class_lookup(m, mro(m, m.heap[ref.addr].cls), name) is not None:
            return Const(True)
    return derived("hasattr", args)


_TYPES = {"str": str, "int": int, "float": float, "bool": bool}


def _isinstance(m: Core, args: Args, loc: Loc) -> Value:
    if len(args.pos) < 2:
        return NOTHING
    value, cls = args.pos[0], args.pos[1]
    if isinstance(value, Choice):
        return m.each(value, lambda option: _isinstance(m, Args((option, cls)), loc))
    classes = cls.items if isinstance(cls, Seq) else (cls,)
    verdicts = [_is_a(m, value, each) for each in classes]
    if any(v is True for v in verdicts):
        return Const(True)
    if verdicts and all(v is False for v in verdicts):
        return Const(False)
    return derived("isinstance", args)


def _is_a(m: Core, value: Value, cls: Value) -> bool | None:
    if isinstance(value, LibObject) and catalog.heads(value.name):
        return cls == Api("torch.nn.Linear") or None  # the last layer of a library's model
    if isinstance(value, Const) and isinstance(cls, Builtin):
        known = _TYPES.get(cls.name)
        return isinstance(value.value, known) if known is not None else (False if cls.name in ("list", "tuple", "dict") else None)
    if isinstance(value, Seq) and isinstance(cls, Builtin):
        return cls.name == "tuple" if cls.name in ("tuple", "list", "dict", "str", "int", "float") else None
    if isinstance(value, Ref):
        form = m.form(value)
        if isinstance(cls, Builtin):
            return form == cls.name if form in ("list", "dict") else (False if form == "instance" else None)
        own = m.heap[value.addr].cls
        if isinstance(own, ClassValue):
            line = mro(m, own)
            if cls in line:
                return True
            opaque = [c for c in line if not isinstance(c, ClassValue)]
            return None if opaque and not isinstance(cls, ClassValue) and not _is_layer_of_none(cls, opaque) else False
        return own == cls if isinstance(own, Api) and isinstance(cls, Api) and own == cls else None
    if isinstance(value, Tensor):
        if isinstance(cls, Builtin):
            return False
        return True if isinstance(cls, Api) and cls.name.endswith("Tensor") else None
    if isinstance(value, LibObject) and isinstance(cls, Api):
        made, asked = catalog.lookup(value.name), catalog.lookup(cls.name)
        if made is None or asked is None:
            return None
        return made.name == asked.name or (None if made.bases and asked.sort == "Model" else asked.name in made.bases)
    if isinstance(value, (Function, ClassValue)) and isinstance(cls, Builtin):
        return False
    return None


def _is_layer_of_none(cls: Value, bases: Sequence[Value]) -> bool:
    """Whether a class is a layer of torch, and all of some other classes are known to be a module that does not derive from it."""
    asked = catalog.lookup(cls.name) if isinstance(cls, Api) else None
    if not isinstance(cls, Api) or not cls.name.startswith("torch.nn.") or (asked is not None and asked.sort in ("Model", "Container")):
        return False
    known = [catalog.lookup(base.name) if isinstance(base, Api) else None for base in bases]
    return all(each is not None and each.sort == "Model" and each.name != cls.name for each in known)


def _super(m: Core, args: Args, loc: Loc) -> Value:
    if len(args.pos) == 2 and isinstance(args.pos[0], ClassValue):
        return Super(args.pos[0], args.pos[1])
    for frame in reversed(m.frames):
        if frame.function is not None and frame.owner is not None and frame.function.node.params:
            own = m.state.get((frame.scope[0], frame.function.node.params[0].name))
            if own is not None:
                return Super(frame.owner, own)
    return NOTHING


def _type(m: Core, args: Args, loc: Loc) -> Value:
    if len(args.pos) == 1 and isinstance(args.pos[0], Ref) and isinstance(m.heap[args.pos[0].addr].cls, ClassValue):
        return m.heap[args.pos[0].addr].cls
    return derived("type", args)


def _conversion(m: Core, args: Args, loc: Loc) -> Value:
    return args.pos[0] if args.pos and isinstance(args.pos[0], (Const, Unknown)) else NOTHING


def _globals(m: Core, args: Args, loc: Loc) -> Value:
    return Method(Module(m.frame.path), "__dict__")


def _vars(m: Core, args: Args, loc: Loc) -> Value:
    return m.attribute(args.pos[0], "__dict__", loc) if args.pos else NOTHING


def _descriptor(form: str) -> _Handler:
    return lambda m, args, loc: Descriptor(form, args.pos[0]) if args.pos else NOTHING


def _bool(m: Core, args: Args, loc: Loc) -> Value:
    if args.pos and isinstance(args.pos[0], Const):
        return Const(bool(args.pos[0].value))
    return args.pos[0] if args.pos else Const(False)


def _next(m: Core, args: Args, loc: Loc) -> Value:
    return any_element(sequence(m, args.pos[0])) if args.pos else NOTHING


_FUNCTIONS: dict[str, _Handler] = {
    "zip": _zip,
    "enumerate": _enumerate,
    "range": _range,
    "list": _list,
    "tuple": _tuple,
    "set": _list,
    "sorted": _sorted,
    "reversed": _reversed,
    "iter": _tuple,
    "next": _next,
    "map": _map,
    "len": _len,
    "sum": _sum,
    "dict": _dict,
    "getattr": _getattr,
    "setattr": _setattr,
    "delattr": _delattr,
    **dict.fromkeys(("exit", "quit"), lambda m, args, loc: Unknown(None, "exits")),
    "eval": _eval,
    "exec": _exec,
    "hasattr": _hasattr,
    "isinstance": _isinstance,
    "super": _super,
    "type": _type,
    "float": _conversion,
    "int": _conversion,
    "str": _conversion,
    "bool": _bool,
    "globals": _globals,
    "print": _print,
    "vars": _vars,
    "open": data.opened,
    **{form: _descriptor(form) for form in ("property", "classmethod", "staticmethod")},
}
NAMES = frozenset(_FUNCTIONS) | _PURE | {"property", "classmethod", "staticmethod", "object", "input", "open", "vars", "filter", "exit"}


# ---------------------------------------------------------------------- methods of containers


def method(m: Core, receiver: Value, name: str, args: Args, loc: Loc) -> Value | None:
    """A method of a list, dictionary, string or tuple; None when it is none of theirs."""
    form = m.form(receiver)
    if form == "list":
        assert isinstance(receiver, Ref)
        return _list_method(m, receiver, name, args, loc)
    if form == "dict":
        assert isinstance(receiver, Ref)
        return _dict_method(m, receiver, name, args, loc)
    if isinstance(receiver, Const) and isinstance(receiver.value, str):
        return _string_method(receiver.value, name, args)
    if isinstance(receiver, Seq) and name == "_asdict" and receiver.names:
        addr = m.alloc("dict", loc=loc)
        m.state.set((addr, "items"), Mapping(tuple(zip(receiver.names, receiver.items, strict=False))))
        return Ref(addr)
    return None


def _list_method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value | None:
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
    return Seq(content.items, m.joined((content.rest, *content.tail, *new)))


def _dict_method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value | None:
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
        if name == "pop":
            layers.drop(m, ref, args.pos[0])
        if name == "setdefault" and not (isinstance(args.pos[0], Const) and content.get(args.pos[0].value) is not None):
            store(m, ref, args.pos[0], found)
        return found
    if name == "update":
        update(m, ref, args)
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


def _get(m: Core, content: Mapping, args: Args, loc: Loc) -> Value:
    key = args.pos[0]
    default = args.get(1, "default") or NONE
    if isinstance(key, Const) and content.get(key.value) is None and content.rest is None:
        return default
    return item(m, content, key, loc)


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


def update(m: Core, ref: Ref, args: Args) -> None:
    """``d.update(...)``: what comes from outside may have any key, those that are there too."""
    content = m.field(ref, "items")
    if any(key == NOTHING for key, _ in pairs(m, args)) and isinstance(content, Mapping):
        m.set_field(ref, "items", replace(content, items=tuple((key, NOTHING) for key, _ in content.items)))
    for key, value in pairs(m, args):
        store(m, ref, key, value)


def store(m: Core, ref: Ref, key: Value, value: Value) -> None:
    """``d[key] = value``."""
    content = m.field(ref, "items")
    content = content if isinstance(content, Mapping) else Mapping()
    if isinstance(key, Const):
        items = dict(content.items)
        items[key.value] = value
        m.set_field(ref, "items", replace(content, items=tuple(items.items())))
    else:
        known = content.rest is None or content.place == len(content.items)
        kept = tuple((name, NOTHING if isinstance(old, Const) else old) for name, old in content.items)
        m.set_field(ref, "items", Mapping(kept, m.joined((content.rest, value)), len(content.items) if known else -1))


def put_entry(m: Core, space: Value, key: Value, new: Value, loc: Loc, beginning: str = "") -> None:
    """``vars(x)[key] = new``; a key that only running tells may be that of any setting, but of no layer."""
    if isinstance(key, Const) and isinstance(key.value, str):
        m.assign_attribute(space, key.value, new, loc)
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
