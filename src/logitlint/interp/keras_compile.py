"""``model.compile``: the model's outputs meet their losses and metrics."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from logitlint import catalog, ir
from logitlint.interp import buffers, keras_models, library, objects, signatures
from logitlint.interp.core import Args, Core
from logitlint.interp.fates import Compiled
from logitlint.interp.state import options
from logitlint.interp.values import NONE, NOTHING, Api, Const, Function, LibObject, Loc, Mapping, Ref, Seq, Tensor, Unknown, Value, made
from logitlint.kinds import LABELS, Kind, Want

#: What computes the loss that a model was compiled with.
BY_THE_LOSS = frozenset({"fit", "fit_generator", "train_on_batch", "test_on_batch", "evaluate", "evaluate_generator"})
_TRAINS = re.compile(rf"(\w+)\s*\.(?:{'|'.join(sorted(BY_THE_LOSS))})\s*\(")
#: What tells something of a model, and leads nobody to train it.
_TELLS = frozenset(
    "compile build summary layers get_layer count_params weights trainable_weights non_trainable_weights variables get_weights "
    "input_shape output_shape input output inputs outputs name get_config to_json".split()
)
_UNTRAINED = Unknown(None, "the model has a `train_step` of its own, which was not seen to compute this loss")
_ACCURACY = frozenset({"accuracy", "acc"})


def compile_model(m: Core, model: Value, args: Args, loc: Loc) -> None:
    """Judge the loss and the metrics where ``compile`` is given them."""
    if isinstance(model, Ref):
        m.set_field(model, "__compiled__", NONE)
    loss = args.get(1, "loss")
    if loss is None or loss == NONE:
        return
    at = m.argument(loc, 1, "loss")
    if isinstance(model, Ref):
        m.set_field(model, "__loss__", loss)
        m.fates.losses[model.addr] = at
        if own_step(m, model) is not None:
            _within(m, loc, at, lambda: consume(m, loss, _UNTRAINED, at))  # until somebody takes the step
            return
    metrics, place = args.named.get("metrics"), m.argument(loc, -1, "metrics")
    listed = [i for i in (2, 3) if i < len(args.pos) and m.form(args.pos[i]) == "list"]
    if metrics is None and listed:
        metrics, place = args.pos[listed[0]], m.argument(loc, listed[0], "metrics")
    output = keras_models.outputs(m, model, loc, training=True)
    if isinstance(output, LibObject):
        output = m.attribute(output, "logits", loc)  # of Hugging Face's models
    first = len(m.sites)
    _within(m, loc, at, lambda: consume(m, loss, output, at))
    if metrics is not None:
        _within(m, loc, place, lambda: _metrics(m, metrics, loss, output, place))
    if not isinstance(model, Ref):
        return
    compiled = _compiled_at(m, loc)
    trained = _trained_around(m, loc, compiled)
    if trained is not None:
        m.sites[first:] = [replace(site, model=model.addr, others=trained) for site in m.sites[first:]]
    function = m.frame.function
    looks = function is not None and isinstance(compiled, ir.Name) and _only_looks(function.node, compiled.id)
    by = function.loc if function is not None else None if m.project.runs_by_cells(loc.path) else loc
    m.fates.compile(model.addr, Compiled(by, m.path, loss, m.sites[first:], looks))


def _compiled_at(m: Core, loc: Loc) -> ir.Attr | ir.Name | None:
    """What stands before the dot of ``model.compile(…)`` at ``loc``."""
    fn = m.calling[1].fn if m.calling is not None and m.calling[0] == loc else None
    return fn.obj if isinstance(fn, ir.Attr) and isinstance(fn.obj, (ir.Attr, ir.Name)) else None


def _only_looks(function: ir.Func, name: str) -> bool:
    """Whether a function only asks one of its parameters what it is, hands it to nobody, and gives back what it has found."""
    if all(param.name != name for param in function.params):
        return False
    parts = list(ir.expressions(function.body))
    mentions = sum(isinstance(each, ir.Name) and each.id == name for each in parts)
    attributes = [each.name for each in parts if isinstance(each, ir.Attr) and each.obj[1:] == (name,)]
    returns = any(isinstance(each, ir.Exit) and each.kind == "return" and each.value is not None for each in parts)
    return returns and mentions == len(attributes) and _TELLS.issuperset(attributes)


def _trained_around(m: Core, loc: Loc, compiled: ir.Attr | ir.Name | None) -> bool | None:
    """Whether the code around the call of ``compile`` at ``loc`` trains models; None where it, or the module when it does not, trains
    one that goes by the same name."""
    if compiled is None:
        return None
    name = compiled.name if isinstance(compiled, ir.Attr) else compiled.id
    source = m.project.source(loc.path)
    everywhere = _TRAINS.findall(source.text) if source is not None else []
    trained = _TRAINS.findall(m.project.text(loc.path, loc.unit)) if m.frame.function is not None else everywhere
    return None if name in (trained or everywhere) else bool(trained)


def _within(m: Core, loc: Loc, at: Loc, run: Callable[[], None]) -> None:
    """Sites at an argument of the call at ``loc`` share the path of that call, whichever of several models is compiled there."""
    m.push_base(loc, at)
    try:
        run()
    finally:
        m.pop_base()


# ---------------------------------------------------------------------- losses


def consume(m: Core, loss: Value, output: Value, at: Loc) -> None:
    """Give each output to the loss that is meant for it."""

    def one(option: Value) -> Value:
        for i, (each, value) in enumerate(_paired(m, option, output)):
            first = len(m.sites)
            apply(m, each, value, at)
            _apart(m, first, at, i)
        return NONE

    m.each(loss, one)


def _paired(m: Core, loss: Value, output: Value) -> Iterator[tuple[Value, Value]]:
    outputs = _parts(m, output)
    by_name = m.field(loss, "items") if m.form(loss) == "dict" else None
    if isinstance(by_name, Mapping):
        names = [name if name is not None else keras_models.output_name(value) for name, value in outputs]
        for key, each in by_name.items:
            if names.count(key) == 1:
                yield each, outputs[names.index(key)][1]
            elif len(by_name.items) == len(outputs) == 1:
                yield each, outputs[0][1]
        return
    listed = buffers.listed(m, loss)
    if not outputs and not isinstance(listed, Seq):
        several = buffers.listed(m, output)
        outputs = [(None, value) for value in several.elements] if isinstance(several, Seq) else []
    if isinstance(listed, Seq):
        if listed.rest is None and len(listed.items) == len(outputs):
            yield from zip(listed.items, (value for _, value in outputs), strict=True)
        return
    for _, value in outputs:
        yield loss, value


def _apart(m: Core, first: int, at: Loc, number: int) -> None:
    """Outputs, and metrics, are no alternatives of one another: each is judged by itself."""
    if number:
        m.sites[first:] = [replace(site, role=f"{site.role} {number}") if site.loc == at else site for site in m.sites[first:]]


def _parts(m: Core, output: Value) -> list[tuple[object, Value]]:
    """Every output with its name, where the model gives a dictionary; an unknown number of them gives none."""
    if m.form(output) == "dict":
        content = m.field(output, "items")
        return list(content.items) if isinstance(content, Mapping) and content.rest is None else []
    content = buffers.listed(m, output)
    if isinstance(content, Seq):
        return [(None, value) for value in content.items] if content.rest is None else []
    return [(None, output)]


def apply(m: Core, loss: Value, value: Value, at: Loc) -> Value:
    """One loss on one output; the site stands at ``at``, or inside a loss that the project defines."""
    loss = resolved(m, loss, at)
    args = Args((Unknown(("target", at)), value))
    if isinstance(loss, LibObject):
        before = len(m.sites)
        result = library.call_object(m, loss, args, at)
        m.sites[before:] = [replace(site, detail="compile") if site.form == "loss" else site for site in m.sites[before:]]
        return result
    if isinstance(loss, Api):
        contract = catalog.lookup(loss.name)
        if contract is None or contract.form != "function":
            return NOTHING
        return library.call_function(m, loss.name, contract, args, at)
    if loss == NONE or isinstance(loss, (Const, Unknown)):
        m.record("loss", at, "loss", Unknown(None, "the loss is not known"))
        return NOTHING
    return m.call(loss, args, at)


def resolved(m: Core, loss: Value, at: Loc) -> Value:
    """A loss given as a string or as a class, as what it stands for."""
    contract = None
    if isinstance(loss, Const) and isinstance(loss.value, str):
        contract = catalog.identifier("loss", loss.value)
        if contract is not None and contract.form == "function":
            return Api(contract.name)
    elif isinstance(loss, Api):
        contract = catalog.lookup(loss.name)
    if contract is not None and contract.form == "class":
        return library.construct(m, contract.name, contract, Args(), at)
    return loss


# ---------------------------------------------------------------------- metrics


def _metrics(m: Core, metrics: Value, loss: Value, output: Value, at: Loc) -> None:
    outputs = _parts(m, output)
    listed = buffers.listed(m, metrics)
    if not isinstance(listed, Seq) or len(outputs) != 1:
        return
    for i, metric in enumerate(listed.items):
        first = len(m.sites)
        m.each(metric, lambda option: _metric(m, option, loss, outputs[0][1], at))
        _apart(m, first, at, i)


def _metric(m: Core, metric: Value, loss: Value, value: Value, at: Loc) -> Value:
    if isinstance(metric, Const) and metric.value in _ACCURACY:
        binary = m.each(value, lambda each: Const(isinstance(each, Tensor) and each.kind is Kind.SCORES and each.size == 1))
        if binary == Const(True) and wanted(m, loss, at) is Want.LOGITS_EL:
            m.record("metric", at, f'metrics=["{metric.value}"]', value, want=Want.PROB_EL)
        return NONE
    if isinstance(metric, Const) and isinstance(metric.value, str):
        contract = catalog.identifier("metric", metric.value)
        if contract is None or contract.form != "class":
            return NONE
        metric = library.construct(m, contract.name, contract, Args(), at)
    want = wanted(m, metric, at)
    if isinstance(metric, LibObject) and want is not None and wanted(m, loss, at) in (Want.LOGITS_EL, Want.LOGITS_CAT):
        m.record("metric", at, metric.name, value, want=want, built=made(metric.loc, f"the metric is `{catalog.short(metric.name)}`"))
    return NONE


def wanted(m: Core, loss: Value, at: Loc) -> Want | None:
    """What one known loss or metric of the library wants of its prediction; None for everything else."""
    loss = resolved(m, loss, at)
    if isinstance(loss, Api):
        contract = catalog.lookup(loss.name)
        found = signatures.choose(contract.call, Args((NOTHING, NOTHING))) if contract is not None and contract.call else None
        if contract is None or found is None:
            return None
        return next((p.want for p in contract.call[found[0]].params if p.role == "prediction"), None)
    if isinstance(loss, LibObject) and loss.overload >= 0:
        contract = catalog.lookup(loss.name)
        if contract is not None and loss.overload < len(contract.init):
            return contract.init[loss.overload].binds
    return None


# ---------------------------------------------------------------------- training


def own_step(m: Core, model: Ref) -> Value | None:
    """The ``train_step`` of the project's own: it decides what the loss is given."""
    return _own_method(m, model, "train_step")


def _own_method(m: Core, model: Ref, name: str) -> Value | None:
    if m.form(model) != "instance":
        return None
    found = objects.class_lookup(m, objects.mro(m, m.heap[model.addr].cls), name)
    return objects.bound(m, found[1], model, found[0], Loc("", 0, 0)) if found is not None and isinstance(found[1], Function) else None


def train(m: Core, model: Ref, loc: Loc) -> None:
    step, loss = own_step(m, model), _own_method(m, model, "compute_loss")
    if step is not None and m.field(model, "__trained__") is None:
        m.set_field(model, "__trained__", NONE)
        m.call(step, Args((Unknown(("data", loc)),)), loc)
    elif loss is not None and m.field(model, "__trained__") is None:
        m.set_field(model, "__trained__", NONE)
        given = {"x": Unknown(("data", loc)), "y": Unknown(("data", loc)), "y_pred": keras_models.outputs(m, model, loc, training=True)}
        m.call(loss, Args(named=given), loc)
    elif m.form(model) == "instance" and m.field(model, "__loss__") is None and m.field(model, "__trained__") is None:
        m.set_field(model, "__trained__", NONE)
        keras_models.outputs(m, model, loc, training=True)  # its losses are those that it adds itself


def train_later(m: Core, value: Value, loc: Loc) -> None:
    """A model with a ``train_step`` of its own that a function compiles and gives to whoever calls it, to be trained."""
    for each in value.items if isinstance(value, Seq) else (value,):
        if isinstance(each, Ref) and own_step(m, each) is not None and m.field(each, "__compiled__") is not None:
            train(m, each, loc)


def fit_labels(m: Core, model: Ref, labels: Value | None) -> None:
    """The labels that ``fit`` is given meet the one loss that ``compile`` was given."""
    loss, at = m.field(model, "__loss__"), m.fates.losses.get(model.addr)
    if loss is None or at is None or not any(isinstance(each, Tensor) for _, each in options(labels or NOTHING)):
        return
    loss = resolved(m, loss, at)
    contract = catalog.lookup(loss.name) if isinstance(loss, (Api, LibObject)) else None
    params = contract.call[0].params if contract is not None and contract.call else ()
    want = next((param.want for param in params if param.role == "target"), None)
    if want in LABELS and contract is not None and labels is not None:
        m.record("labels", at, contract.name, labels, want=want, role="target")


def default_step(m: Core, model: Ref, loc: Loc) -> Value:
    """``super().train_step(data)``: the compiled loss on the model's output."""
    loss, at = m.field(model, "__loss__"), m.fates.losses.get(model.addr)
    if loss is not None and at is not None:
        consume(m, loss, keras_models.outputs(m, model, loc, training=True), at)
    return NOTHING


def stored_loss(m: Core, model: Ref, name: str, args: Args, loc: Loc) -> Value:
    """``self.compiled_loss(y, y_pred)`` and ``self.compute_loss(x, y, y_pred)``: the loss that ``compile`` was given."""
    loss, at = m.field(model, "__loss__"), m.fates.losses.get(model.addr)
    value = args.get(2 if name == "compute_loss" else 1, "y_pred")
    if loss is not None and at is not None and value is not None:
        m.group()
        m.set_field(model, "__loss__", NONE)  # it may be the very method that is called
        consume(m, loss, value, at)
        m.set_field(model, "__loss__", loss)
    return NOTHING
