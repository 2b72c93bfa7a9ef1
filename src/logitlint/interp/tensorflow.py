"""TensorFlow: what depends on its version, and on defaults that a scope may change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from logitlint import catalog
from logitlint.interp import library
from logitlint.interp.core import Args, Core
from logitlint.interp.foreign import OVERRIDES
from logitlint.interp.values import NOTHING, Const, Loc, Producer, Seq, Tensor, Unknown, Value
from logitlint.kinds import Kind

_Handler: TypeAlias = Callable[[Core, str, Args, Loc], Value]


def _contract(m: Core, name: str, args: Args, loc: Loc) -> Value:
    contract = catalog.lookup(name)
    if contract is None:
        return NOTHING
    m.group()
    return library.call_function(m, name, contract, args, loc)


def _with_logits(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """Before release 1.0 the logits came first, and from then to 2.0 neither had a place: so they do where a placeholder stands in
    second place, or in a module that a session runs."""
    if len(args.pos) >= 2 and not {"labels", "logits"} & args.named.keys():
        first, second = args.pos[0], args.pos[1]
        if not is_placeholder(first) and (is_placeholder(second) or _has_sessions(m)):
            args = Args((), {"logits": first, "labels": second, **args.named}, args.more)
    logits = args.get(1, "logits")
    if logits is not None and is_placeholder(logits):
        # data of which nothing is known, but that no model of this graph has made it
        args = Args((), {**args.named, "labels": args.get(0, "labels") or NOTHING, "logits": _fed(logits)}, args.more)
    return _contract(m, name, args, loc)


def _fed(value: Value) -> Value:
    """A placeholder as a tensor that says where it comes from."""
    place = next((each for each in value.sym or () if isinstance(each, Loc)), None) if isinstance(value, Unknown) else None
    return Tensor(Kind.UNKNOWN, producer=Producer(place, Kind.UNKNOWN, "tf.placeholder")) if place is not None else value


def _has_sessions(m: Core) -> bool:
    """Whether what is being run was written for a release before 2.0, which alone had sessions and placeholders."""
    units = [unit for path in {frame.path for frame in m.frames} for unit in m.project.outline(path).units]
    return any(unit.mentions(name) for unit in units for name in _OF_SESSIONS) and not any(unit.mentions("compat") for unit in units)


def is_placeholder(value: Value) -> bool:
    """A TensorFlow 1 placeholder: data that a session feeds."""
    symbol = value.sym if isinstance(value, Unknown) else None
    return symbol is not None and len(symbol) > 1 and symbol[0] == "call" and str(symbol[1]).endswith("placeholder")


def _slim_layer(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """The layers of slim end in a ReLU, unless an ``arg_scope`` somewhere on the way says otherwise."""
    contract = catalog.lookup(name)
    if contract is not None and _scoped(m):
        place = [param.name for param in contract.call[0].params].index("activation_fn")
        if args.get(place, "activation_fn") is None:
            return NOTHING
    return _contract(m, name, args, loc)


def _scoped(m: Core) -> bool:
    paths = {frame.path for frame in m.frames}
    return any(unit.mentions("arg_scope") for path in paths for unit in m.project.outline(path).units)


def _add_to_collection(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """TensorFlow 1: ``tf.add_to_collection(name, value)``, under a name that stands in the code."""
    key, value = args.get(0, "name"), args.get(1, "value")
    if isinstance(key, Const) and value is not None:
        known = m.state.get(_collection(key))
        m.state.set(_collection(key), Seq((*(known.items if isinstance(known, Seq) else ()), value)))
    return NOTHING


def _get_collection(m: Core, name: str, args: Args, loc: Loc) -> Value:
    key = args.get(0, "key")
    known = m.state.get(_collection(key)) if isinstance(key, Const) else None
    return m.new_list(known.items, loc=loc) if isinstance(known, Seq) and "scope" not in args.named and len(args.pos) < 2 else NOTHING


def _collection(key: Const) -> tuple[int, str]:
    return OVERRIDES, f"collection {key.value!r}"


_OF_SESSIONS = ("placeholder", "Session", "InteractiveSession")
_LOGITS = ("softmax_cross_entropy_with_logits", "sparse_softmax_cross_entropy_with_logits", "sigmoid_cross_entropy_with_logits")
_SLIM = [
    "fully_connected",
    "convolution",
    "convolution2d",
    "conv2d",
    "convolution2d_transpose",
    "conv2d_transpose",
    "separable_convolution2d",
    "separable_conv2d",
]
CALLS: dict[str, _Handler] = {
    **{f"{home}.{name}": _with_logits for home in ("tensorflow.nn", "tensorflow.compat.v1.nn") for name in _LOGITS},
    **{f"{home}.add_to_collection": _add_to_collection for home in ("tensorflow", "tensorflow.compat.v1")},
    **{f"{home}.get_collection": _get_collection for home in ("tensorflow", "tensorflow.compat.v1")},
    "tensorflow.nn.softmax_cross_entropy_with_logits_v2": _with_logits,
    **{f"tf_slim.layers.{name}": _slim_layer for name in _SLIM},
}

__all__ = ["CALLS", "is_placeholder"]
