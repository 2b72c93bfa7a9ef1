"""Which calls have to do with what decides a kind although the function does not say so: it is handed a model, or keeps one."""

from __future__ import annotations

from collections.abc import Sequence

from logitlint import ir
from logitlint.interp.core import Args, Core, Use
from logitlint.interp.objects import class_lookup, mro
from logitlint.interp.state import options
from logitlint.interp.values import Api, ClassValue, Descriptor, Function, LibObject, Method, Partial, Ref, Seq, Value

_CALLABLE = (Api, ClassValue, Function, LibObject, Method, Partial, Ref)  #: an instance, or a list that may hold one, among them
_CONTAINERS = frozenset({"list", "dict", "record", "namespace", "module", "class", "foreign", "parser", "buffer"})


def is_concerned(m: Core, fn: Function, args: Args) -> bool:
    """Whether a call builds what makes a kind, or may call what it is handed or what the object of the method keeps."""
    bound = fn.bound if isinstance(fn.bound, Ref) else None
    cls = m.heap[bound.addr].cls if bound is not None else None
    key = fn.loc, cls.loc if isinstance(cls, ClassValue) else None
    use = m.uses.get(key)
    if use is None:
        use = m.uses[key] = _use(m, fn, mro(m, cls) if isinstance(cls, ClassValue) else ())
    if use.builds or (use.calls and any(_is_callable(value) for value in args.values())):
        return True
    if fn.name == "__init__" and any(_is_model(m, value) for value in args.values()):
        return True  # which it keeps
    if bound is None:
        return False
    kept = (m.state.get((bound.addr, name)) for name in use.attributes)
    return any(value is not None and _is_callable(value) for value in kept)


def _use(m: Core, fn: Function, classes: Sequence[Value]) -> Use:
    """Of a function and, where it is a method of some classes, of the methods that it names."""
    own = _text_of(m, fn)
    attributes = set(own.attributes)
    pending = sorted(attributes)  # in one order, because what cannot be read is told
    while pending:
        found = class_lookup(m, classes, pending.pop())
        method = found[1] if found is not None else None
        if isinstance(method, Descriptor):
            method = method.fn
        if not isinstance(method, Function):
            continue
        if m.weighs(method):
            return Use(True, own.calls, frozenset())
        text = _text_of(m, method)
        if text.builds:
            return Use(True, own.calls, frozenset())
        pending += sorted(text.attributes - attributes)
        attributes |= text.attributes
    names = frozenset(attributes)
    return Use(own.builds, own.calls, m.names.setdefault(names, names))


def _text_of(m: Core, fn: Function) -> Use:
    key = fn.loc, None
    use = m.uses.get(key)
    if use is None:
        use = m.uses[key] = _read(m, fn)
    return use


def _read(m: Core, fn: Function) -> Use:
    node = m.project.completed(fn.loc.path, fn.loc.unit, fn.node)
    variables: set[str] = set()
    called: set[str] = set()
    attributes: set[str] = set()
    for each in ir.expressions(node.body):
        if isinstance(each, ir.Attr):
            attributes.add(each.name)
        elif isinstance(each, ir.Call) and isinstance(each.fn, ir.Attr):
            called.add(each.fn.name)
        elif isinstance(each, ir.Call) and isinstance(each.fn, ir.Name):
            (variables if each.fn.id in node.locals else called).add(each.fn.id)
    return Use(m.builds(fn.loc.path, called), bool(variables), frozenset(attributes))


def _is_callable(value: Value) -> bool:
    return any(isinstance(option, _CALLABLE) for _, option in options(value))


def _is_model(m: Core, value: Value) -> bool:
    """Whether a value is what a library makes for being called, or of a class of the project that derives from one of a library."""
    for _, option in options(value):
        if isinstance(option, (LibObject, Method)) or (isinstance(option, Seq) and any(_is_model(m, each) for each in option.items)):
            return True
        if isinstance(option, Ref) and m.form(option) not in _CONTAINERS:
            cls = m.heap[option.addr].cls
            if not isinstance(cls, ClassValue) or any(isinstance(each, Api) for each in mro(m, cls)):
                return True
    return False
