"""Python's own functions, as far as models and training loops lean on them."""

from __future__ import annotations

import collections.abc
import numbers
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from logitlint import catalog
from logitlint.interp import again, arithmetic, buffers, claims, containers, data, foreign, layers, numbered
from logitlint.interp.core import Args, Core
from logitlint.interp.objects import any_element, class_lookup, mro, one_of_module
from logitlint.interp.state import options
from logitlint.interp.values import (
    EXITS,
    NONE,
    NOTHING,
    SOMETHING,
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
    return again.derived(m, name, args)


# ---------------------------------------------------------------------- sequences


def _zip(m: Core, args: Args, loc: Loc) -> Value:
    sources = [containers.sequence(m, v) for v in args.pos]
    known = [s for s in sources if s.rest is None and not s.tail]
    # `zip(losses, outputs, labels)`: what nobody counted is taken to be as long as what is written down
    if known and all(s in known or (not s.items and isinstance(s.rest, (Unknown, Tensor))) for s in sources):
        rows = range(min(len(s.items) for s in known))
        return Seq(tuple(Seq(tuple(s.items[i] if s in known else any_element(s, (i,)) for s in sources)) for i in rows))
    return Seq((), Seq(tuple(any_element(s) for s in sources)))


def _enumerate(m: Core, args: Args, loc: Loc) -> Value:
    given = m.narrowed(containers.held(m, args.pos[0])) if args.pos else NOTHING
    if isinstance(given, Choice):  # of lists of several lengths, each with its own last one
        return m.each(given, lambda option: _enumerate(m, Args((option, *args.pos[1:]), args.named), loc))
    source = containers.sequence(m, given)
    start = args.get(1, "start")
    first = start.value if isinstance(start, Const) and isinstance(start.value, int) else 0
    items = tuple(Seq((Const(i), v)) for i, v in enumerate(source.items, first))
    return replace(source.each(lambda value: Seq((NOTHING, value))), items=items)


def _range(m: Core, args: Args, loc: Loc) -> Value:
    at = next((i for i, bound in enumerate(args.pos) if isinstance(bound, Choice)), None)
    if at is not None:
        return m.each(args.pos[at], lambda option: _range(m, Args((*args.pos[:at], option, *args.pos[at + 1 :])), loc))
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
    source = containers.sequence(m, args.pos[0]) if args.pos else Seq(())
    ref = m.new_list(loc=loc)
    m.set_field(ref, "items", source)
    return ref


def _tuple(m: Core, args: Args, loc: Loc) -> Value:
    return containers.sequence(m, args.pos[0]) if args.pos else Seq(())


def _reversed(m: Core, args: Args, loc: Loc) -> Value:
    source = containers.sequence(m, args.pos[0]) if args.pos else Seq(())
    if source.rest is None:
        return Seq(source.items[::-1])
    return Seq(source.tail[::-1], source.rest, source.items[::-1])


def _map(m: Core, args: Args, loc: Loc) -> Value:
    if len(args.pos) < 2:
        return NOTHING
    return containers.sequence(m, args.pos[1]).each(lambda value: m.call(args.pos[0], Args((value,)), loc))


def _sorted(m: Core, args: Args, loc: Loc) -> Value:
    """As many elements in another order."""
    source = containers.sequence(m, args.pos[0]) if args.pos else Seq(())
    known = [each.value for each in source.items if isinstance(each, Const)]
    if source.rest is not None:
        return m.new_list((), any_element(source), loc)
    if not args.named and len(known) == len(source.items) and len({type(each) for each in known} | {str}) == 1:
        return m.new_list(map(Const, sorted(known, key=str)), None, loc)
    return m.new_list([any_element(source)] * len(source.items), None, loc)


def _len(m: Core, args: Args, loc: Loc) -> Value:
    value = args.pos[0] if args.pos else NOTHING
    known = buffers.listed(m, value)
    if m.form(value) in ("dict", "sequential"):
        known = m.field(value, "items") or NOTHING
    known = m.narrowed(known)
    if isinstance(known, Choice):
        return m.each(known, lambda option: _len(m, Args((option,)), loc))
    if isinstance(known, Seq) and known.rest is None:
        return Const(len(known.items))
    if isinstance(known, Mapping) and known.rest is None:
        return Const(len(known.items))
    if isinstance(known, Const) and isinstance(known.value, str):
        return Const(len(known.value))
    if isinstance(known, Seq) and known.filled:
        return Unknown(("later", len(known.items), m.occasion(loc)))
    if isinstance(value, Unknown) and value.sym is not None and foreign.is_changed(m, value.sym):
        return Unknown(("call", value.sym, "len", *m.occasion(loc)), there=True)
    return again.derived(m, "len", args)


def _sum(m: Core, args: Args, loc: Loc) -> Value:
    source = containers.sequence(m, args.pos[0]) if args.pos else Seq(())
    parts = list(source.items)
    if source.rest is not None:
        parts += [arithmetic.many(source.rest, loc, "is added up by `sum`"), *source.tail]
    result: Value = args.get(1, "start") or Const(0)
    for part in parts:
        result = m.operate("+", (result, part), loc)
    return result


def _any(m: Core, args: Args, loc: Loc) -> Value:
    return _of_all(m, "any", args, loc)


def _all(m: Core, args: Args, loc: Loc) -> Value:
    return _of_all(m, "all", args, loc)


def _of_all(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``any`` or ``all``: of tests that are known one by one it is the same whenever they are."""
    source = containers.sequence(m, args.pos[0]) if len(args.pos) == 1 else Seq((), NOTHING)
    if source.rest is not None:
        return again.derived(m, name, args)
    m.step(len(source.items))
    decides = name == "any"
    deciding = [m.truth(each, loc)[0 if decides else 1] for each in source.items]
    if any(guard.always for guard in deciding):
        return Const(decides)
    there = tuple(guard for guard in deciding if not guard.never)
    return Unknown((name, *there), there=True) if there else Const(not decides)


def _print(m: Core, args: Args, loc: Loc) -> Value:
    claims.text(m, args.pos, loc)
    return NONE


def _dict(m: Core, args: Args, loc: Loc) -> Value:
    items: dict[object, Value] = {}
    rest, may_hold_more = None, args.open
    if args.pos:
        source = m.field(args.pos[0], "items")
        if isinstance(source, Mapping):
            items.update(source.items)
            rest, may_hold_more = source.rest, may_hold_more or source.open
        else:
            rest = NOTHING
    items.update(args.named)
    if args.more:
        items = dict.fromkeys(items, NOTHING)
    addr = m.alloc("dict", loc=loc)
    m.state.set((addr, "items"), Mapping(tuple(items.items()), NOTHING if args.more else rest, open=may_hold_more))
    return Ref(addr)


# ---------------------------------------------------------------------- objects


def _getattr(m: Core, args: Args, loc: Loc) -> Value:
    if len(args.pos) < 2:
        return NOTHING

    def one(name: Value) -> Value:
        if not isinstance(name, Const) or not isinstance(name.value, str):
            begins = numbered.beginning(m, loc, 1)

            def any_of(owner: Value) -> Value:
                if isinstance(owner, Module):
                    return one_of_module(m, owner)
                return numbered.one_of(m, owner, begins) if isinstance(owner, Ref) else NOTHING

            return m.each(args.pos[0], any_of)
        found = m.attribute(args.pos[0], name.value, loc)
        if len(args.pos) > 2 and isinstance(found, Unknown) and m.form(args.pos[0]) == "instance":
            return args.pos[2]
        return found

    return m.each(args.pos[1], one)


def _setattr(m: Core, args: Args, loc: Loc) -> Value:
    if len(args.pos) != 3:
        return NONE
    module, _, new = args.pos
    begins = numbered.beginning(m, loc, 1)

    def one(name: Value) -> Value:
        if isinstance(name, Const) and m.form(module) != "sequential":
            m.assign_attribute(module, str(name.value), new, loc)
        else:
            for _, option in options(module):
                if isinstance(option, Ref):
                    layers.put(m, option, name, new, begins)
                containers.put_entry(m, option, NOTHING, new, loc, begins)
        return NONE

    return m.each(args.pos[1], one)


def _exec(m: Core, args: Args, loc: Loc) -> Value:
    """What it runs may give the settings of the module that runs it other values."""
    containers.put_entry(m, Module(m.frame.path), NOTHING, NOTHING, loc)
    return NONE


def _delattr(m: Core, args: Args, loc: Loc) -> Value:
    if len(args.pos) == 2 and isinstance(args.pos[0], Ref):
        layers.forget(m, args.pos[0], str(args.pos[1].value) if isinstance(args.pos[1], Const) else "")
    return NONE


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
    return again.derived(m, "hasattr", args)


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
    return again.derived(m, "isinstance", args)


def _is_a(m: Core, value: Value, cls: Value) -> bool | None:
    if isinstance(value, LibObject) and catalog.heads(value.name):
        return cls == Api("torch.nn.Linear") or None  # the last layer of a library's model
    if isinstance(value, Const) and value.member is not None and isinstance(cls, ClassValue):
        return cls in mro(m, m.enumerations.get(value.member.home, NOTHING))
    if isinstance(value, Const) and value.member is not None and not value.member.mixed and isinstance(cls, Builtin):
        return False
    if isinstance(value, Const) and isinstance(cls, Builtin):
        known = _TYPES.get(cls.name)
        return isinstance(value.value, known) if known is not None else (False if cls.name in ("list", "tuple", "dict") else None)
    abstract = _abstract(cls)
    if abstract is not None:
        verdicts = {isinstance(each, abstract) for each in _alike(m, value)}
        return verdicts.pop() if len(verdicts) == 1 else None
    if isinstance(value, Const) and isinstance(cls, Api):
        contract = catalog.lookup(cls.name)
        return False if contract is not None and contract.form == "class" else None
    if isinstance(value, Seq) and isinstance(cls, Builtin):
        return cls.name == "tuple" if cls.name in ("tuple", "list", "dict", "str", "int", "float") else None
    if isinstance(value, Ref):
        form = m.form(value)
        if isinstance(cls, Builtin):
            if form == "instance" or m.field(value, _ITERATOR) is not None:
                return False
            return form == cls.name and not buffers.is_array(m, value) if form in ("list", "dict") else None
        own = m.heap[value.addr].cls
        if isinstance(own, ClassValue):
            line = mro(m, own)
            if cls in line:
                return True
            opaque = [c for c in line if not isinstance(c, ClassValue)]
            return None if opaque and not isinstance(cls, ClassValue) and not _is_none_of(cls, opaque) else False
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


def _abstract(cls: Value) -> type | None:
    """A class of ``collections.abc`` or ``numbers``, by whichever module it is named."""
    sym = cls.sym if isinstance(cls, Unknown) else None
    module, _, name = str(sym[-1]).rpartition(".") if sym is not None and sym[:2] == ("name", "import") else ("", "", "")
    home = collections.abc if module in ("collections.abc", "collections", "typing") else numbers if module == "numbers" else None
    found = getattr(home, name, None)
    return found if isinstance(found, type) else None


def _alike(m: Core, value: Value) -> tuple[object, ...]:
    """Objects of the built-in classes that a value may have: what iterates over a list is known as one."""
    if isinstance(value, Const):
        return (value.value,)
    if isinstance(value, Seq):
        return (), iter(()), (each for each in "")
    own = isinstance(value, Ref) and m.heap[value.addr].cls in (None, NOTHING)
    return {"list": ([], set(), iter(()), (each for each in "")), "dict": ({},)}.get(m.form(value), ()) if own else ()


def _is_none_of(cls: Value, bases: Sequence[Value]) -> bool:
    """Whether a class is a model or a container of a library, from which none of some other classes derives, whose ancestors are all
    known; or a layer of torch, and the others are modules."""
    if not isinstance(cls, Api):
        return False
    asked = catalog.lookup(cls.name)
    if asked is not None and asked.sort in ("Model", "Container"):
        lines = [_ancestors(base.name) if isinstance(base, Api) else None for base in bases]
        return all(line is not None and asked.name not in line for line in lines)
    if not cls.name.startswith("torch.nn."):
        return False
    known = [catalog.lookup(base.name) if isinstance(base, Api) else None for base in bases]
    return all(each is not None and each.sort == "Model" and each.name != cls.name for each in known)


#: The bases of classes for which the stubs give none; those that the catalogue does not know are left out.
_BASES: dict[str, tuple[str, ...]] = {
    "torch.nn.Module": (),
    "keras.layers.Layer": (),
    "keras.models.Model": ("keras.layers.Layer",),
}


def _ancestors(name: str) -> frozenset[str] | None:
    """A class of a library with all that it derives from; None where the catalogue does not know them."""
    contract = catalog.lookup(name)
    bases = contract.bases or _BASES.get(contract.name) if contract is not None else None
    if contract is None or bases is None:
        return None
    above = [_ancestors(base) for base in bases]
    return None if None in above else frozenset({contract.name}).union(*(each for each in above if each is not None))


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
    return again.derived(m, "type", args)


def _conversion(kind: Callable[[Any], object]) -> _Handler:
    def one(value: Value) -> Value:
        if not isinstance(value, Const):
            return replace(value, there=True) if isinstance(value, Unknown) else SOMETHING
        try:
            return Const(kind(value.value))
        except (TypeError, ValueError, OverflowError):
            return SOMETHING

    def run(m: Core, args: Args, loc: Loc) -> Value:
        return m.each(args.pos[0], one) if len(args.pos) == 1 and not args.named else SOMETHING  # `int("11", 2)`

    return run


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


_ITERATOR = "__next__"  #: a field of lists that are iterators: `next` takes their elements out


def _iter(m: Core, args: Args, loc: Loc) -> Value:
    if len(args.pos) != 1:
        return NOTHING
    if isinstance(args.pos[0], Ref) and m.field(args.pos[0], _ITERATOR) is not None:
        return args.pos[0]
    content = m.field(args.pos[0], "items") if m.form(args.pos[0]) == "dict" else None
    source = content.in_order(keys=True) if isinstance(content, Mapping) else containers.sequence(m, args.pos[0])
    if not source.items:
        return source
    ref = m.new_list(loc=loc)
    m.set_field(ref, "items", source)
    m.set_field(ref, _ITERATOR, Const(True))
    return ref


def _next(m: Core, args: Args, loc: Loc) -> Value:
    """The first element, and the iterator has one less; in a loop nobody knows how many it has had before."""
    if not args.pos:
        return NOTHING
    source = args.pos[0]
    if not isinstance(source, Ref) or m.field(source, _ITERATOR) is None:
        return any_element(containers.sequence(m, source), (loc.unit, loc.at, *m.turns()))

    def one() -> Value:
        content = m.field(source, "items")
        if not isinstance(content, Seq) or not content.items or m.outlives(source):
            return any_element(containers.sequence(m, source))
        m.set_field(source, "items", replace(content, items=content.items[1:]))
        return content.items[0]

    return m.by_content(source, one)


_FUNCTIONS: dict[str, _Handler] = {
    "zip": _zip,
    "enumerate": _enumerate,
    "range": _range,
    "list": _list,
    "tuple": _tuple,
    "set": _list,
    "sorted": _sorted,
    "reversed": _reversed,
    "iter": _iter,
    "next": _next,
    "map": _map,
    "len": _len,
    "sum": _sum,
    "any": _any,
    "all": _all,
    "dict": _dict,
    "getattr": _getattr,
    "setattr": _setattr,
    "delattr": _delattr,
    **dict.fromkeys(("exit", "quit"), lambda m, args, loc: Unknown(None, EXITS)),
    "eval": _eval,
    "exec": _exec,
    "hasattr": _hasattr,
    "isinstance": _isinstance,
    "super": _super,
    "type": _type,
    **{name: _conversion(_TYPES[name]) for name in ("float", "int", "str")},
    "bool": _bool,
    "globals": _globals,
    "print": _print,
    "vars": _vars,
    "open": data.opened,
    **{form: _descriptor(form) for form in ("property", "classmethod", "staticmethod")},
}
NAMES = frozenset(_FUNCTIONS) | _PURE | {"property", "classmethod", "staticmethod", "object", "input", "open", "vars", "filter", "exit"}
