"""Trainers that call model and loss themselves: the call that hands both over is the consumer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from logitlint.interp.core import Args, Core, hop
from logitlint.interp.values import NOTHING, Api, ClassValue, LibObject, Loc, Ref, Value

_Handler: TypeAlias = Callable[[Core, str, Args, Loc], Value]


def _train(m: Core, model: Value | None, loss: Value | None, loc: Loc) -> None:
    """``loss(model(x), y)`` as the trainer runs it. No call of the loss stands in the text, so the place is where it is built."""
    if model is None or loss is None:
        return
    prediction = m.call(model, Args((NOTHING,)), loc)
    built = isinstance(loss, LibObject) and loss.loc != loc
    prediction = hop(prediction, loc, "is what the trainer gives to the loss") if built else prediction
    m.call(loss, Args((prediction, NOTHING)), loss.loc if isinstance(loss, LibObject) else loc)


def _supervised(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """ignite: ``create_supervised_trainer(model, optimizer, loss_fn, …)``."""
    _train(m, args.get(0, "model"), args.get(2, "loss_fn"), loc)
    return NOTHING


def _learner(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """fastai: ``Learner(dls, model, loss_func=…)``."""
    _train(m, args.get(1, "model"), args.get(2, "loss_func"), loc)
    return NOTHING


def _net(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """skorch: module and criterion as classes or objects. With ``NLLLoss`` the classifier takes the logarithm itself."""
    module, criterion = args.get(0, "module"), args.named.get("criterion")
    if isinstance(criterion, Api) and criterion.name.endswith("NLLLoss"):
        return NOTHING
    model = m.call(module, Args(), loc) if isinstance(module, (ClassValue, Api)) else module
    loss = m.call(criterion, Args(), loc) if isinstance(criterion, (ClassValue, Api)) else criterion
    _train(m, model, loss, loc)
    return NOTHING


#: Canonical API name -> what a call of it does.
CALLS: dict[str, _Handler] = {
    "ignite.engine.create_supervised_trainer": _supervised,
    "fastai.learner.Learner": _learner,
    "skorch.NeuralNet": _net,
    "skorch.NeuralNetClassifier": _net,
    "skorch.NeuralNetBinaryClassifier": _net,
}


def call(m: Core, ref: Ref, args: Args, loc: Loc) -> Value | None:
    return None


def method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value | None:
    return None
