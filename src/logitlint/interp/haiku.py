"""Haiku: ``transform`` makes a pair of pure functions of a function that builds modules; stax: layers as such pairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from logitlint.interp import containers
from logitlint.interp.core import Args, Core
from logitlint.interp.results import apply
from logitlint.interp.values import NONE, NOTHING, Api, Const, LibObject, Loc, Ref, Seq, Value

_Handler: TypeAlias = Callable[[Core, str, Args, Loc], Value]
_NAMES = ("init", "apply")
FORMS = frozenset({"haiku", "stax"})

# ---------------------------------------------------------------------- transform


def _pair(m: Core, fn: Value, skip: int, stateful: bool, loc: Loc) -> Seq:
    """``(init, apply)``. ``skip``: how many arguments (parameters, state, random key) come before the function's own."""
    ref = Ref(m.alloc("haiku", loc=loc))
    m.set_field(ref, "fn", fn)
    m.set_field(ref, "skip", Const(skip))
    m.set_field(ref, "stateful", Const(stateful))
    return Seq((NOTHING, ref), names=_NAMES)


def _transform(m: Core, name: str, args: Args, loc: Loc) -> Value:
    stateful = name.endswith("with_state")
    keyed = args.named.get("apply_rng") != Const(False)
    return _pair(m, args.get(0, "f") or NOTHING, (2 if stateful else 1) + keyed, stateful, loc)


def _without_rng(m: Core, name: str, args: Args, loc: Loc) -> Value:
    def one(pair: Value) -> Value:
        if not isinstance(pair, Seq) or len(pair.items) != 2 or pair.names != _NAMES:
            return NOTHING
        return Seq((NOTHING, _shortened(m, pair.items[1], loc)), names=_NAMES)

    return m.each(args.get(0, "f") or NOTHING, one)


def _shortened(m: Core, value: Value, loc: Loc) -> Value:
    if isinstance(value, Seq):
        return Seq(tuple(_shortened(m, item, loc) for item in value.items), names=value.names)
    if m.form(value) != "haiku":
        return NOTHING
    skip = m.field(value, "skip")
    count = skip.value if isinstance(skip, Const) and isinstance(skip.value, int) else 2
    return _pair(m, m.field(value, "fn") or NOTHING, count - 1, m.field(value, "stateful") == Const(True), loc).items[1]


def _multi_transform(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """A function that gives ``(template, functions)``: each of the functions becomes an ``apply``."""
    stateful = name.endswith("with_state")

    def one(value: Value) -> Value:
        if isinstance(value, Seq):
            return Seq(tuple(one(item) for item in value.items), names=value.names)
        return _pair(m, value, 3 if stateful else 2, stateful, loc).items[1]

    return Seq((NOTHING, one(m.item(m.call(args.get(0, "f") or NOTHING, Args(), loc), Const(1), loc))), names=_NAMES)


def call(m: Core, ref: Ref, args: Args, loc: Loc) -> Value:
    if m.form(ref) == "stax":
        return _call_stax(m, ref, args, loc)
    skip = m.field(ref, "skip")
    count = skip.value if isinstance(skip, Const) and isinstance(skip.value, int) else 2
    named = {k: v for k, v in args.named.items() if k not in ("params", "state", "rng")}
    count -= len(args.named) - len(named)
    result = m.call(m.field(ref, "fn") or NOTHING, Args(args.pos[max(count, 0) :], named, args.more), loc)
    return Seq((result, NOTHING)) if m.field(ref, "stateful") == Const(True) else result


# ---------------------------------------------------------------------- stax

_STAX = ("jax.example_libraries.stax.", "jax.experimental.stax.")
#: The ready-made pairs that stand for an activation; ``Flatten`` and ``Identity`` change no kind.
_ACTIVATIONS = {
    "Relu": "relu", "Sigmoid": "sigmoid", "Softmax": "softmax", "LogSoftmax": "log_softmax", "Tanh": "tanh", "Elu": "elu",
    "LeakyRelu": "leaky_relu", "Selu": "selu", "Gelu": "gelu", "Softplus": "softplus",
}  # fmt: skip


def _stax(m: Core, fn: Value, loc: Loc) -> Seq:
    ref = Ref(m.alloc("stax", loc=loc))
    m.set_field(ref, "fn", fn)
    return Seq((NOTHING, ref))


def _stax_layer(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``Dense(10)`` as the linen layer that does the same."""
    size = args.get(0, "out_dim") or args.get(0, "out_chan") or NOTHING
    layer = "Dense" if name.endswith("Dense") else "Conv"
    return _stax(m, LibObject(f"flax.linen.{layer}", (("features", size),), loc), loc)


def _serial(m: Core, name: str, args: Args, loc: Loc) -> Value:
    return _stax(m, Seq(tuple(_layer(m, value) for value in args.pos), NOTHING if args.more else None), loc)


def _layer(m: Core, value: Value) -> Value:
    if isinstance(value, Seq) and len(value.items) == 2:
        return value.items[1]
    last = value.name.rpartition(".")[2] if isinstance(value, Api) and value.name.startswith(_STAX) else ""
    if last in _ACTIVATIONS:
        return Api(f"jax.nn.{_ACTIVATIONS[last]}")
    return NONE if last in ("Flatten", "Identity") else NOTHING


def _call_stax(m: Core, ref: Ref, args: Args, loc: Loc) -> Value:
    """``apply(params, inputs)``."""
    value = args.get(1, "inputs") or NOTHING
    fn = m.field(ref, "fn")
    if isinstance(fn, LibObject):
        return m.call(fn, Args((value,)), loc)
    if not isinstance(fn, Seq) or fn.rest is not None:
        return NOTHING
    for layer in containers.sequence(m, fn).items:
        value = m.call(layer, Args((NOTHING, value)), loc) if m.form(layer) == "stax" else apply(m, layer, value, loc)
    return value


CALLS: dict[str, _Handler] = {
    **dict.fromkeys(("haiku.transform", "haiku.transform_with_state"), _transform),
    "haiku.without_apply_rng": _without_rng,
    **dict.fromkeys(("haiku.multi_transform", "haiku.multi_transform_with_state"), _multi_transform),
    **{
        f"{prefix}{name}": handler
        for prefix in _STAX
        for name, handler in (("Dense", _stax_layer), ("Conv", _stax_layer), ("GeneralConv", _stax_layer), ("serial", _serial))
    },
}
