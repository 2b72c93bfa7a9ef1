"""Trainers that call model and loss themselves: the call that hands both over is the consumer."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import TypeAlias

from logitlint import catalog, mentions
from logitlint.interp import keras_compile, objects
from logitlint.interp.core import Args, Core, Exhausted, hop
from logitlint.interp.guards import literal
from logitlint.interp.state import merge
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Api,
    Choice,
    ClassValue,
    Const,
    Function,
    LibObject,
    Loc,
    Mapping,
    Partial,
    Ref,
    Seq,
    Unknown,
    Value,
)
from logitlint.kinds import Want

_Handler: TypeAlias = Callable[[Core, str, Args, Loc], Value]
_MOST_OF_A_HOOK = 1_000  #: steps
_HOOKED = Unknown(None, "a hook gives it another value")


def train_with(
    m: Core, model: Value | None, loss: Value | None, loc: Loc, change: Callable[[Value], Value] = lambda prediction: prediction
) -> None:
    """``loss(model(x), y)`` as the trainer runs it. No call of the loss stands in the text, so the place is where it is built.
    ``change``: what the trainer does with the prediction in between."""
    if model is None or loss is None:
        return
    prediction = change(m.call(model, Args((NOTHING,)), loc))
    built = isinstance(loss, LibObject) and loss.loc != loc
    prediction = hop(prediction, loc, "is what the trainer gives to the loss") if built else prediction
    m.call(loss, Args((prediction, NOTHING)), loss.loc if isinstance(loss, LibObject) else loc)


def _validate(m: Core, model: Value | None, loss: Value | None, loc: Loc, change: Callable[[Value], Value]) -> None:
    """The same in evaluation mode."""
    _call(m, model, "eval", loc)
    train_with(m, model, loss, loc, change)
    _call(m, model, "train", loc)


def _call(m: Core, value: Value | None, name: str, loc: Loc) -> None:
    """``eval()`` or ``train()`` of a model, which may be one that has a mode."""
    if isinstance(value, Ref):
        m.call(m.attribute(value, name, loc), Args(), loc)


# ---------------------------------------------------------------------- one call for both


def _supervised(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """ignite: ``create_supervised_trainer(model, optimizer, loss_fn, …)``."""
    if args.get(12, "model_fn") is None:
        change = args.get(11, "model_transform")
        train_with(m, args.get(0, "model"), args.get(2, "loss_fn"), loc, lambda prediction: _changed(m, change, (prediction,), loc))
    return NOTHING


def _evaluator(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """ignite: ``create_supervised_evaluator(model, metrics={"loss": Loss(criterion)})``."""
    model, metrics = args.get(0, "model"), m.field(args.get(1, "metrics") or NOTHING, "items")
    if args.get(8, "model_fn") is not None:
        return NOTHING
    fields = {_MODEL: model, _MODEL_CHANGE: args.get(7, "model_transform"), _CHANGE: args.get(5, "output_transform")}
    evaluator = _object(m, "evaluator", loc, fields)
    for _, metric in metrics.items if isinstance(metrics, Mapping) else ():
        _measure(m, evaluator, metric, loc)
    return evaluator


def _measure(m: Core, evaluator: Value, metric: Value, loc: Loc) -> None:
    """What a metric of ignite does with what an evaluator gives: the pair of prediction and target, unless it is told otherwise."""

    def change(prediction: Value) -> Value:
        prediction = _changed(m, m.field(evaluator, _MODEL_CHANGE), (prediction,), loc)
        pair: Value = Seq((prediction, NOTHING))
        if m.field(evaluator, _CHANGE) is not None:
            pair = _changed(m, m.field(evaluator, _CHANGE), (NOTHING, NOTHING, prediction), loc)
        return m.item(_changed(m, m.field(metric, _CHANGE), (pair,), loc), Const(0), loc)

    _validate(m, m.field(evaluator, _MODEL), m.field(metric, _LOSS), loc, change)


def _changed(m: Core, change: Value | None, given: tuple[Value, ...], loc: Loc) -> Value:
    """What a function that may have been handed over makes of something; without one it is the last that is given."""
    return given[-1] if change is None or change == NONE else m.call(change, Args(given), loc)


def _loss_metric(m: Core, name: str, args: Args, loc: Loc) -> Value:
    return _object(m, "ignite.metrics.Loss", loc, {_LOSS: args.get(0, "loss_fn"), _CHANGE: args.get(1, "output_transform")})


def _learner(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """fastai: ``Learner(dls, model, loss_func=…)``."""
    train_with(m, args.get(1, "model"), args.get(2, "loss_func"), loc)
    return NOTHING


#: How the parameters of a scikit-learn estimator are given after it is built.
_SET_LATER = re.compile(r"\bset_params\b|\bclone\b|\bskorch\.helper\b|\.criterion\b|['\"](?:\w+__)?criterion['\"]|['\"]module__")


def _net(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """skorch: module and criterion as classes or objects. With ``NLLLoss``, its default, the classifier takes the logarithm itself."""
    module = args.get(0, "module")
    criterion = args.get(1, "criterion") if name.endswith(".NeuralNet") else args.named.get("criterion")
    model = m.call(module, _addressed(args, "module"), loc) if isinstance(module, (ClassValue, Api)) else module
    if criterion is None and _SET_LATER.search(m.project.lines(loc.path, 1, sys.maxsize)):
        return NOTHING
    takes_logarithm = criterion is None or (isinstance(criterion, Api) and criterion.name.endswith("NLLLoss"))
    if takes_logarithm and name.endswith(".NeuralNetClassifier") and model is not None and not args.more:
        m.group()
        m.record("loss", loc, name, m.call(model, Args((NOTHING,)), loc), want=Want.PROB_CAT)
        return NOTHING
    if criterion is None and name.endswith(".NeuralNetBinaryClassifier") and not args.more:
        criterion = Api("torch.nn.BCEWithLogitsLoss")
    loss = m.call(criterion, _addressed(args, "criterion"), loc) if isinstance(criterion, (ClassValue, Api)) else criterion
    train_with(m, model, loss, loc)
    return NOTHING


def _addressed(args: Args, to: str) -> Args:
    """The arguments that carry the name of whom they are for: ``module__width=64``."""
    prefix = f"{to}__"
    return Args(named={key[len(prefix) :]: value for key, value in args.named.items() if key.startswith(prefix)})


def _wrapped_keras(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``KerasClassifier(build_model, loss=…)``: builds the model, and compiles it where the builder has not."""
    builder = args.get(0, "model") or args.named.get("build_fn")
    if isinstance(builder, (Function, Partial)):
        known = {p.name for p in builder.node.params} if isinstance(builder, Function) else set()
        named = {key: value for key, value in args.named.items() if key in known}
        builder = m.call(builder, Args(named={**named, **_addressed(args, "model").named}), loc)
    loss = args.named.get("loss")
    if isinstance(builder, Ref) and loss is not None and m.field(builder, "__loss__") is None:
        keras_compile.compile_model(m, builder, Args(named={"loss": loss}), loc)
    return NOTHING


# ---------------------------------------------------------------------- objects that are handed both


_MODEL, _LOSS, _CHANGE, _MODEL_CHANGE = "model", "loss", "output_transform", "model_transform"


def _object(m: Core, form: str, loc: Loc, fields: dict[str, Value | None]) -> Ref:
    ref = Ref(m.alloc(form, loc=loc))
    for name, value in fields.items():
        if value is not None:
            m.set_field(ref, name, value)
    return ref


def _new(form: str) -> _Handler:
    return lambda m, name, args, loc: _object(m, form, loc, {_MODEL: args.get(0, "network")})


def _given_back(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """What a function wraps and returns in the order in which it came."""
    return args.pos[0] if len(args.pos) == 1 else Seq(args.pos)


def _wrapped(parameter: str) -> _Handler:
    """Of what behaves as the model that it is given."""
    return lambda m, name, args, loc: args.get(0, parameter) or NOTHING


def _made_private(args: Args) -> Value:
    """Opacus: the model, the optimizer and the loader, with ghost clipping the loss too."""
    mode = args.named.get("grad_sample_mode", Const("hooks"))
    others = 3 if mode == Const("ghost") else 2
    return Seq((args.named.get("module", NOTHING), *[NOTHING] * others)) if isinstance(mode, Const) else NOTHING


def _trainer(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """A trainer of Lightning, of which only its callbacks matter."""
    trainer = ("call", name, loc)
    m.callbacks[trainer] = args.named.get("callbacks", NOTHING)
    return Unknown(trainer)


#: Canonical API name -> what a call of it does.
CALLS: dict[str, _Handler] = {
    "ignite.engine.create_supervised_trainer": _supervised,
    "ignite.engine.create_supervised_evaluator": _evaluator,
    "ignite.metrics.Loss": _loss_metric,
    "fastai.learner.Learner": _learner,
    **{
        f"{home}.Trainer{made}": _trainer
        for home in ("lightning", "lightning.pytorch", "pytorch_lightning")
        for made in ("", ".from_argparse_args")
    },
    "skorch.NeuralNet": _net,
    "skorch.NeuralNetClassifier": _net,
    "skorch.NeuralNetBinaryClassifier": _net,
    **{
        f"{home}.{name}": _wrapped_keras
        for home in ("scikeras.wrappers", "keras.wrappers.scikit_learn", "keras.wrappers")
        for name in ("KerasClassifier", "KerasRegressor", "SKLearnClassifier")
    },
    "accelerate.Accelerator": _new("accelerator"),
    **dict.fromkeys(("lightning.Fabric", "lightning.fabric.Fabric", "lightning.fabric.fabric.Fabric"), _new("accelerator")),
    "apex.amp.initialize": _given_back,
    "opacus.PrivacyEngine": _new("privacy engine"),
    **dict.fromkeys(("opacus.GradSampleModule", "opacus.grad_sample.GradSampleModule"), _wrapped("m")),
    "opacus.validators.ModuleValidator.fix": _wrapped("module"),
    "opacus.utils.module_modification.convert_batchnorm_modules": _wrapped("model"),
    **dict.fromkeys(("ray.train.torch.prepare_model", "torch_xla.distributed.xla_multiprocessing.MpModelWrapper"), _wrapped("model")),
    **dict.fromkeys(("backpack.extend", "higher.patch.monkeypatch", "higher.monkeypatch"), _wrapped("module")),
    **dict.fromkeys(("tensor_parallel.tensor_parallel", "tensor_parallel.TensorParallel"), _wrapped("module")),
    "catalyst.dl.SupervisedRunner": _new("runner"),
    "catalyst.runners.SupervisedRunner": _new("runner"),
    "paddle.Model": _new("paddle.Model"),
}


def call(m: Core, ref: Ref, args: Args, loc: Loc) -> Value | None:
    return None


def method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value | None:
    """A method of a trainer's own objects, or of what is derived from its classes."""
    form = m.form(ref)
    if form == "accelerator":
        wraps = name in ("prepare", "prepare_model", "unwrap_model", "setup", "setup_module")
        return _given_back(m, name, args, loc) if wraps else NOTHING
    if form == "privacy engine":
        return _made_private(args) if name in ("make_private", "make_private_with_epsilon") else NOTHING
    if form == "runner" and name == "train":
        train_with(m, args.named.get("model"), args.named.get("criterion"), loc)
    elif form == "paddle.Model" and name == "prepare":
        train_with(m, m.field(ref, _MODEL), args.get(1, "loss"), loc)
    elif form == "ignite.metrics.Loss" and name == "attach" and args.pos and m.form(args.pos[0]) == "evaluator":
        _measure(m, args.pos[0], ref, loc)
    elif form == "instance" and name in ("train", "evaluate") and _derives(m, ref, "transformers", "Trainer"):
        _compute_loss(m, ref, loc)
    else:
        return NOTHING if form in ("runner", "paddle.Model", "evaluator", "ignite.metrics.Loss") else None
    return NOTHING


# ---------------------------------------------------------------------- classes that the project derives from


def _derives(m: Core, ref: Ref, library_: str, ending: str) -> bool:
    """Whether an object's class derives from a library's class whose name ends so (``Trainer``, ``Seq2SeqTrainer``)."""
    names = [base.name for base in objects.library_bases(m, m.heap[ref.addr].cls)]
    return any(name.startswith(library_) and name.endswith(ending) for name in names)


#: What a class of skorch or fastai says where it computes the loss in its own way.
_LOSS_OF_ITS_OWN = frozenset(
    ("get_loss", "infer", "initialize_module", "initialize_criterion", "evaluation_step", "one_batch", "_do_one_batch")
)
#: What may do so, and mostly hands on to the base.
_OVERRIDDEN = frozenset({"train_step", "train_step_single", "validation_step"})


def init(m: Core, ref: Ref, base: Api, args: Args, loc: Loc) -> bool:
    """``transformers.Trainer(model, …)``, or a trainer that is called with its model and loss, as the base of a class of the project;
    False when it is another base."""
    name = catalog.canonical(base.name)
    handler = CALLS.get(name)
    if handler in (_net, _learner):
        if not _computes_its_loss(m, ref):
            handler(m, name, args, loc)
        return True
    if not base.name.startswith("transformers.") or not base.name.endswith("Trainer"):
        return False
    model = args.get(0, "model")
    if model is not None:
        m.set_field(ref, _MODEL, model)
    return True


def _computes_its_loss(m: Core, ref: Ref) -> bool:
    classes = objects.mro(m, m.heap[ref.addr].cls)
    if any(objects.class_lookup(m, classes, name) for name in _LOSS_OF_ITS_OWN):
        return True
    steps = [found[1] for name in _OVERRIDDEN if (found := objects.class_lookup(m, classes, name))]
    return not all(isinstance(each, Function) and "super" in _words(m, each) for each in steps)


def _words(m: Core, function: Function) -> frozenset[str]:
    return mentions.of_function(m.project.completed(function.loc.path, function.loc.unit, function.node)).words


def _compute_loss(m: Core, ref: Ref, loc: Loc) -> None:
    """``Trainer.train`` of transformers: the project's ``compute_loss(model, inputs)``."""
    model = m.field(ref, _MODEL)
    if model is not None:
        run_method(m, ref, "compute_loss", loc, model)


def is_lightning(m: Core, value: Value) -> bool:
    if not isinstance(value, Ref) or m.form(value) != "instance":
        return False
    bases = objects.library_bases(m, m.heap[value.addr].cls)
    return any(catalog.canonical(base.name).endswith(".LightningModule") for base in bases)


def prepare(m: Core, ref: Value, loc: Loc, callbacks: Value = NOTHING) -> None:
    """What Lightning calls before the first step, where modules may be built; and in between, by hooks of the module and callbacks."""
    if isinstance(ref, Ref) and is_lightning(m, ref):
        for name in ("setup", "configure_model"):
            run_method(m, ref, name, loc)
        for name in _hooks(m, ref):
            perhaps(m, ref, name, loc)
        content = m.field(callbacks, "items") if m.form(callbacks) == "list" else callbacks
        for callback in content.items if isinstance(content, Seq) else (content,):
            if isinstance(callback, Ref) and m.form(callback) == "instance":
                for name in ("setup", *_hooks(m, callback)):
                    perhaps(m, callback, name, loc, NOTHING, ref)


def _hooks(m: Core, ref: Ref) -> list[str]:
    """The names of the hooks that the project's classes of an object define."""
    classes = [cls for cls in objects.mro(m, m.heap[ref.addr].cls) if isinstance(cls, ClassValue)]
    return list(dict.fromkeys(name for cls in classes for name in m.state.slots_of(cls.addr) if name.startswith("on_")))


def perhaps(m: Core, ref: Ref, name: str, loc: Loc, *given: Value) -> None:
    """Run a method that somebody may have called by now. Of what it gives another value nothing is known, as another may take it
    back, and what was ``None`` may be so still. What it calls is no place of its own: it is judged where the method stands."""
    sites, entered, first = len(m.sites), set(m.entered), m.alloc("namespace")
    symbol = ("opaque", ref.addr, name)
    budget, whole, path = m.budget, m.whole, m.path
    m.allow(min(budget, m.steps + _MOST_OF_A_HOOK))
    m.state.push()
    try:
        run_method(m, ref, name, loc, *given)
    except Exhausted:
        if m.steps > budget:
            raise
    finally:
        m.budget, m.whole, m.path = budget, whole, path
        written = m.state.pop()
        del m.sites[sites:]
        m.entered = entered
    for slot, value in written.items():
        before = Const(True) if slot[1] == "training" and m.state.get(slot) is None else m.state.get(slot)
        if before == NONE and value is not None and slot[0] < first:
            value = merge([(literal(symbol, "truth", None), value), (literal(symbol, "truth", None, False), NONE)])
        elif before is not None and value is not None and slot[0] < first and before != value:
            value = _either(before, value)
        m.state.set(slot, value)


def _either(before: Value, value: Value) -> Value:
    if isinstance(before, LibObject) and isinstance(value, LibObject) and before.name == value.name:
        return value  # a loss with other weights
    return Seq((), NOTHING) if isinstance(before, Seq) else Mapping((), NOTHING) if isinstance(before, Mapping) else _HOOKED


def fit(m: Core, trainer: object, name: str, args: Args, loc: Loc) -> None:
    """``trainer.fit(module)``, whatever the trainer is: the module's steps are run on unknown data."""
    module = args.get(0, "model")

    def one(option: Value) -> Value:
        fit(m, trainer, name, Args((option,)), loc)
        return NONE

    if isinstance(module, Choice):
        m.each(module, one)
    if not isinstance(module, Ref) or not is_lightning(m, module):
        return
    prepare(m, module, loc, m.callbacks.get(trainer, NOTHING))
    if name == "fit":
        mode_for(m, module, "training_step", loc)
        run_method(m, module, "training_step", loc)
    step = _STEPS.get(name, "validation_step")
    mode_for(m, module, step, loc)
    run_method(m, module, step, loc)
    _call(m, module, "train", loc)


_STEPS = {"test": "test_step", "predict": "predict_step"}
FITS = frozenset({"fit", "validate", *_STEPS})


def mode_for(m: Core, ref: Ref, name: str, loc: Loc) -> None:
    """Lightning evaluates a module in evaluation mode, and trains it in the mode that the module itself has chosen."""
    if name in ("validation_step", "test_step", "predict_step") and is_lightning(m, ref):
        _call(m, ref, "eval", loc)
    elif name == "training_step" and is_lightning(m, ref) and m.field(ref, "training") is None:
        m.set_field(ref, "training", Const(True))


def run_method(m: Core, ref: Ref, name: str, loc: Loc, *given: Value) -> None:
    """A method of the project's class, with unknown data for what is not given."""
    found = objects.class_lookup(m, objects.mro(m, m.heap[ref.addr].cls), name)
    if found is None or not isinstance(found[1], Function):
        return
    params = [p for p in found[1].node.params[1:] if p.form == "" and p.default is None][len(given) :]
    data = tuple(Unknown(("data", loc, p.name)) for p in params)
    m.call(objects.bound(m, found[1], ref, found[0], loc), Args((*given, *data)), loc)


__all__ = ["CALLS", "FITS", "call", "fit", "init", "is_lightning", "method", "perhaps", "prepare", "run_method", "train_with"]
