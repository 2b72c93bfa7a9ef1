"""Flax: linen modules (fields, ``setup``, ``init``/``apply``), nnx, ``TrainState``; Equinox modules, whose fields work alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from logitlint import catalog
from logitlint.interp.core import Args, Core
from logitlint.interp.guards import Guard
from logitlint.interp.objects import bound, class_lookup, library_bases
from logitlint.interp.state import merge
from logitlint.interp.torch import modules
from logitlint.interp.truth import truth
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Api,
    ClassValue,
    Const,
    Function,
    LibObject,
    Loc,
    Ref,
    Seq,
    Unknown,
    Value,
)

_Handler: TypeAlias = Callable[[Core, str, Args, Loc], Value]

LINEN = "flax.linen.Module"
TRAIN_STATE = "flax.training.train_state.TrainState"
#: Methods that the objects of one class have.
_OF_BASES = {"apply_gradients": TRAIN_STATE, "set_attributes": "flax.nnx.Module"}
#: Classes whose annotated names are the parameters of ``__init__``.
_FIELDS = frozenset({LINEN, "equinox.Module", "flax.struct.PyTreeNode", TRAIN_STATE})
#: What ``apply`` takes for itself and does not hand on.
_OF_APPLY = frozenset({"rngs", "method", "mutable", "capture_intermediates"})
#: Methods that every linen module has.
METHODS = frozenset(["apply", "init", "init_with_output", "bind", "unbind", "clone", "param", "variable", "sow", "tabulate", "lazy_init"])


# ---------------------------------------------------------------------- fields


def fill(m: Core, ref: Ref, classes: Sequence[Value], base: Api, args: Args, loc: Loc) -> bool:
    """``__init__`` of a class that derives from ``base``, where its annotated names say what it takes; False for other classes."""
    name = catalog.canonical(base.name)
    if name not in _FIELDS:
        return False
    fields = [n for cls in reversed(classes) if isinstance(cls, ClassValue) for n in m.annotated.get(cls.addr, ())]
    for i, field in enumerate(dict.fromkeys(fields)):
        value = args.get(i, field)
        if value is None:
            default = class_lookup(m, classes, field)
            value = default[1] if default is not None else Unknown(("attr", ("object", ref.addr), field))
        m.set_field(ref, field, value)
    if name == TRAIN_STATE:
        _keep(m, ref, args)
    setup = class_lookup(m, classes, "setup" if name == LINEN else "__post_init__")
    if setup is not None:
        m.call(bound(m, setup[1], ref, setup[0], loc), Args(), loc)
    return True


def is_linen(m: Core, value: Value) -> bool:
    if isinstance(value, LibObject):
        return _derives(value.name)
    if not isinstance(value, Ref):
        return False
    about = m.heap[value.addr].cls
    if isinstance(about, Api):
        return _derives(about.name)
    return any(catalog.canonical(base.name) == LINEN for base in library_bases(m, about))


def has_method(m: Core, ref: Ref, name: str) -> bool:
    """Whether an instance has a method of linen, or of a dataclass, that its class does not define."""
    cls = m.heap[ref.addr].cls
    if name == "replace" and isinstance(cls, ClassValue):
        return cls.addr in m.dataclasses or any(catalog.canonical(base.name) in _FIELDS for base in library_bases(m, cls))
    if name in _OF_BASES:
        return any(catalog.canonical(base.name) == _OF_BASES[name] for base in library_bases(m, cls))
    return name in METHODS and is_linen(m, ref)


def _derives(name: str) -> bool:
    return catalog.canonical(name).startswith("flax.linen.")


# ---------------------------------------------------------------------- init and apply


def method(m: Core, value: Value, name: str, args: Args, loc: Loc) -> Value | None:
    """A method of a linen module, a container or layer of linen, or a train state; None when it is none of them."""
    if isinstance(value, Ref) and m.form(value) == "trainstate":
        return _state_method(m, value, name, args, loc)
    if name == "set_attributes" and isinstance(value, Ref) and has_method(m, value, name):
        return _set_attributes(m, value, args)
    if name in ("replace", "apply_gradients") and isinstance(value, Ref) and has_method(m, value, name):
        return _state_method(m, value, name, args, loc)
    if name not in METHODS or not is_linen(m, value):
        return None
    if name == "apply":
        return apply(m, value, args, loc)
    if name == "init_with_output":
        return Seq((apply(m, value, args, loc), NOTHING))
    if name == "bind":
        return value
    if name == "clone":
        return _replaced(m, value, args, loc) if isinstance(value, Ref) else value
    if name == "unbind":
        return Seq((value, NOTHING))
    return Unknown(("variable", loc)) if name == "param" else NOTHING


def apply(m: Core, module: Value, args: Args, loc: Loc) -> Value:
    """``module.apply(variables, *inputs)``: the module called with the inputs; with ``mutable`` beside its new state."""
    first = 0 if "variables" in args.named else 1
    named = {k: v for k, v in args.named.items() if k not in _OF_APPLY and k != "variables"}
    inputs = Args(args.pos[first:], named, args.more)
    result = _run(m, module, args.named.get("method"), inputs, loc)
    if "capture_intermediates" in args.named and args.named["capture_intermediates"] not in (NONE, Const(False)):
        return Seq((result, NOTHING))
    mutable = args.named.get("mutable")
    if mutable is None:
        return result
    with_state, alone = truth(m, mutable, loc)
    options: list[tuple[Guard, Value]] = [(with_state, Seq((result, NOTHING))), (alone, result)]
    return merge(options)


def _run(m: Core, module: Value, method: Value | None, inputs: Args, loc: Loc) -> Value:
    if method is None or method == NONE:
        return m.call(module, inputs, loc)
    if isinstance(method, Const) and isinstance(method.value, str):
        return m.call(m.attribute(module, method.value, loc), inputs, loc)
    if isinstance(method, Function) and method.bound is None:
        return m.call(method, inputs.prepend(module), loc)
    return m.call(method, inputs, loc) if isinstance(method, Function) else NOTHING


# ---------------------------------------------------------------------- train states


def _create(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``TrainState.create(apply_fn=…, params=…, tx=…)``: what it was given, by name."""
    ref = Ref(m.alloc("trainstate", Api(TRAIN_STATE), loc))
    _keep(m, ref, args)
    return ref


def _keep(m: Core, ref: Ref, args: Args) -> None:
    for key, value in args.named.items():
        m.set_field(ref, key, value)


def _state_method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value:
    if name == "apply_gradients":
        return ref
    return _replaced(m, ref, args, loc) if name == "replace" else NOTHING


def _replaced(m: Core, ref: Ref, args: Args, loc: Loc) -> Value:
    """The object with other values in some fields; itself where nothing changes that anybody knows."""
    changed = {key: value for key, value in args.named.items() if not isinstance(value, Unknown) and m.field(ref, key) != value}
    if not changed:
        return ref
    copy = Ref(m.alloc(m.form(ref), m.heap[ref.addr].cls, loc))
    for key, value in {**m.state.slots_of(ref.addr), **changed}.items():
        m.set_field(copy, key, value)
    return copy


# ---------------------------------------------------------------------- nnx


def _optimizer(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``nnx.Optimizer(model, tx)`` keeps the model."""
    ref = Ref(m.alloc("record", loc=loc))
    m.set_field(ref, "model", args.get(0, "model") or NOTHING)
    return ref


def _set_attributes(m: Core, ref: Ref, args: Args) -> Value:
    """``model.set_attributes(deterministic=True)``: of every module that has one of them, unless a filter leaves some out."""
    for module in modules(m, ref).elements:
        for name, value in args.named.items():
            if isinstance(module, Ref) and m.field(module, name) is not None:
                m.set_field(module, name, NOTHING if args.pos else value)
    return NONE


def _view(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``nnx.view(model, deterministic=True)``: the model where its attributes are others; nothing is known of one whose own are."""
    model = args.get(0, "node") or NOTHING
    own = modules(m, model).elements if isinstance(model, Ref) else ()
    changed = any(isinstance(module, Ref) and m.field(module, key) is not None for module in own for key in args.named)
    return NOTHING if changed else model


CALLS: dict[str, _Handler] = {
    "flax.nnx.view": _view,
    f"{TRAIN_STATE}.create": _create,
    TRAIN_STATE: _create,
    "flax.nnx.TrainState.create": _create,
    "flax.nnx.Optimizer": _optimizer,
    "flax.nnx.ModelAndOptimizer": _optimizer,
}
