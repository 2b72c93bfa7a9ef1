"""MindSpore: cells that hold a network and its loss, and what trains them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from logitlint import catalog
from logitlint.interp import objects, trainers
from logitlint.interp.core import Args, Core
from logitlint.interp.values import NONE, NOTHING, Api, Function, Loc, Partial, Ref, Value

_Handler: TypeAlias = Callable[[Core, str, Args, Loc], Value]
_JUDGED = "cell with its loss"  #: where it is built: every call of it does the same


def _with_loss(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``WithLossCell(backbone, loss_fn)``: ``loss_fn(backbone(data), label)``."""
    trainers.train_with(m, args.get(0, "backbone"), args.get(1, "loss_fn"), loc)
    return Ref(m.alloc(_JUDGED, Api(name), loc))


def _with_gradient(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``WithGradCell(network, loss_fn)``; without a loss the network computes it."""
    return _trained(m, args.get(0, "network"), args.get(1, "loss_fn"), loc)


def _model(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``Model(network, loss_fn, optimizer, …)``. Without an optimizer it evaluates and predicts only, or the network trains itself."""
    if (args.get(2, "optimizer") or NONE) != NONE:
        _trained(m, args.get(0, "network"), args.get(1, "loss_fn"), loc)
    return NOTHING


def _train_network(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``build_train_network(network, optimizer, loss_fn)``."""
    return _trained(m, args.get(0, "network"), args.get(2, "loss_fn"), loc)


def _one_step(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``TrainOneStepCell(network, optimizer)``: called with what the network is called with, whose result is the loss."""
    return _trained(m, args.get(0, "network"), None, loc)


def _trained(m: Core, network: Value | None, loss: Value | None, loc: Loc) -> Value:
    """What trains a network with a loss, or one that computes its loss itself."""
    if loss is not None and loss != NONE:
        trainers.train_with(m, network, loss, loc)
        return Ref(m.alloc(_JUDGED, loc=loc))
    _run(m, network, loc)
    return network or NOTHING


def _run(m: Core, network: Value | None, loc: Loc) -> None:
    """A network of the project's own on unknown data: what calls it may be out of sight."""
    if isinstance(network, Ref) and m.form(network) == "instance":
        trainers.run_method(m, network, "construct", loc)


def _gradient(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``GradOperation(…)(fn, weights)`` is ``grad(fn, …)``."""
    return Partial(Api("mindspore.grad"), (), ())


def _value_and_gradient(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``ForwardValueAndGrad(network, weights)``."""
    return m.call(Api("mindspore.value_and_grad"), Args((args.get(0, "network") or NOTHING,)), loc)


def _same(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``auto_mixed_precision(network, level)``: the network in other types."""
    return args.get(0, "network") or NOTHING


_ONE_STEP = ("mindspore.nn.TrainOneStepCell", "mindspore.nn.TrainOneStepWithLossScaleCell")
_WITH_LOSS = "mindspore.nn.WithLossCell"
#: Canonical API name -> what a call of it does.
CALLS: dict[str, _Handler] = {
    **dict.fromkeys(("mindspore.Model", "mindspore.train.Model", "mindspore.train.model.Model"), _model),
    **dict.fromkeys(
        ("mindspore.build_train_network", "mindspore.amp.build_train_network", "mindspore.train.amp.build_train_network"), _train_network
    ),
    **dict.fromkeys(("mindspore.amp.auto_mixed_precision", "mindspore.train.amp.auto_mixed_precision"), _same),
    **dict.fromkeys(_ONE_STEP, _one_step),
    _WITH_LOSS: _with_loss,
    "mindspore.nn.WithGradCell": _with_gradient,
    "mindspore.nn.ForwardValueAndGrad": _value_and_gradient,
    "mindspore.ops.GradOperation": _gradient,
}


def call(m: Core, ref: Ref, args: Args, loc: Loc) -> Value | None:
    return NOTHING if m.form(ref) == _JUDGED else None


def method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value | None:
    """Whatever is called on a cell that was judged changes nothing and mostly gives it back."""
    return ref if m.form(ref) == _JUDGED else None


def init(m: Core, ref: Ref, base: Api, args: Args, loc: Loc) -> bool:
    """``super().__init__(network, optimizer)`` of a class of the project that trains in its own way; False when it is another base."""
    name = catalog.canonical(base.name)
    if name == _WITH_LOSS:
        m.set_field(ref, "_backbone", args.get(0, "backbone") or NOTHING)
        m.set_field(ref, "_loss_fn", args.get(1, "loss_fn") or NOTHING)
        if not _computes(m, ref):
            _with_loss(m, name, args, loc)
    elif name in _ONE_STEP:
        network = args.get(0, "network") or NOTHING
        m.set_field(ref, "network", network)
        m.set_field(ref, "optimizer", args.get(1, "optimizer") or NOTHING)
        m.set_field(ref, "grad", _gradient(m, name, Args(), loc))
        _run(m, network, loc)
    else:
        return False
    return True


def _computes(m: Core, ref: Ref) -> bool:
    found = objects.class_lookup(m, objects.mro(m, m.heap[ref.addr].cls), "construct")
    return found is not None and isinstance(found[1], Function)


__all__ = ["CALLS", "call", "init", "method"]
