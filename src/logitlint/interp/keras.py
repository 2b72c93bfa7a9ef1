"""Keras: models, layers and the calls that train them. What each part does stands in the ``keras_*`` modules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from logitlint import catalog
from logitlint.interp import foreign, keras_compile, keras_models, library, objects, tensorflow
from logitlint.interp.core import Args, Core
from logitlint.interp.values import NONE, NOTHING, Api, ClassValue, Const, LibObject, Loc, Ref, Seq, Tensor, Unknown, Value
from logitlint.kinds import Kind

_Handler: TypeAlias = Callable[[Core, str, Args, Loc], Value]
#: Canonical API name -> what a call of it does.


def _activation(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``activations.get("softmax")``: the function that a name stands for; of None the identity."""

    def one(given: Value) -> Value:
        if given == NONE:
            return Api("keras.activations.linear")
        contract = catalog.identifier("activation", given.value) if isinstance(given, Const) and isinstance(given.value, str) else None
        return Api(contract.name) if contract is not None else given

    return m.each(args.get(0, "identifier") or NOTHING, one)


CALLS: dict[str, _Handler] = {
    "keras.activations.get": _activation,
    "keras.activations.deserialize": _activation,
    "keras.models.Sequential": keras_models.new_sequential,
    "keras.models.Model": keras_models.new_functional,
    "keras.losses.get": lambda m, name, args, loc: keras_compile.resolved(m, args.pos[0], loc) if args.pos else NOTHING,
    **tensorflow.CALLS,
}
#: Methods of models and layers that a class inherits from Keras.
METHODS = frozenset(
    [
        "compile",
        "fit",
        "predict",
        "predict_on_batch",
        "predict_proba",
        "predict_classes",
        "evaluate",
        "train_on_batch",
        "test_on_batch",
        "add",
        "pop",
        "get_layer",
        "add_weight",
        "add_variable",
        "add_loss",
        "add_metric",
        "compiled_loss",
        "compute_loss",
        "stateless_call",
        "stateless_compute_loss",
        "train_step",
        "test_step",
        "build",
        "summary",
        "save",
        "save_weights",
        "load_weights",
        "fit_generator",
        "evaluate_generator",
    ]
)
#: What nobody does with a model alone who trains it.
_RUNS = frozenset({"load_weights"})
_CACHED = frozenset({Kind.PROB_CAT, Kind.PROB_EL})


#: Packages whose models and layers are those of Keras.
_HOMES = ("keras.", "segmentation_models.", "transformers.TF")


def is_keras(m: Core, value: Value) -> bool:
    """Whether a value is a model or layer of Keras, or an instance of a project class that derives from one."""
    if isinstance(value, LibObject):
        return catalog.canonical(value.name).startswith(_HOMES)
    if not isinstance(value, Ref):
        return False
    cls = m.heap[value.addr].cls
    if isinstance(cls, Api):
        return catalog.canonical(cls.name).startswith("keras.")
    if not isinstance(cls, ClassValue):
        return False
    known = m.keras_classes.get(cls.addr)
    if known is None:
        known = any(catalog.canonical(base.name).startswith("keras.") for base in objects.library_bases(m, cls))
        m.keras_classes[cls.addr] = known
    return known


# ---------------------------------------------------------------------- calls


def call(m: Core, ref: Ref, args: Args, loc: Loc) -> Value | None:
    """Call a model or a project layer; None when it is none, or when its own ``call`` decides."""
    form = m.form(ref)
    keras_models.combine(m, ref)
    if form == "functional":
        return keras_models.call_functional(m, ref, loc)
    if form not in ("sequential", "instance") or not is_keras(m, ref):
        return None
    if form == "instance":
        if objects.class_lookup(m, objects.mro(m, m.heap[ref.addr].cls), "call") is not None:
            _build(m, ref, loc)
            return None
        if m.field(ref, "__outputs__") is not None:
            return keras_models.call_functional(m, ref, loc)
        if m.field(ref, "items") is None:
            return None
    return keras_models.call_sequential(m, ref, args, loc)


def _build(m: Core, ref: Ref, loc: Loc) -> None:
    """A layer's ``build`` runs before its first call: there the weights are made."""
    if m.field(ref, "__built__") is not None:
        return
    m.set_field(ref, "__built__", NONE)
    found = objects.class_lookup(m, objects.mro(m, m.heap[ref.addr].cls), "build")
    if found is not None:
        m.call(objects.bound(m, found[1], ref, found[0], loc), Args((Unknown(("shape", ref.addr)),)), loc)


def call_object(m: Core, obj: LibObject, args: Args, loc: Loc) -> Value:
    """Call a layer of the library. What it makes is made where the layer is built, which is where it says how."""
    contract = catalog.lookup(obj.name)
    if contract is None or contract.sort in ("Loss", "Metric"):
        return library.call_object(m, obj, args, loc)
    obj = keras_models.overridden(m, obj)
    named = {key: value for key, value in args.named.items() if key not in ("training", "mask")}
    made = contract.call[0].result if contract.call else None
    place = None if made is not None and made.op == "Object" else obj.loc  # an output with several parts is made by the call
    result = library.call_object(m, obj, Args(args.pos, named, args.more), loc, place)
    wraps = contract.sort == "Wrapper"
    result = m.each(result, lambda value: _as_layer(obj, value, wraps)) if result != NOTHING else result
    return keras_models.named(m, obj, result, loc)


def _as_layer(obj: LibObject, value: Value, wraps: bool) -> Value:
    """The run time keeps what stood before the activation of a layer, but not through a wrapper or a function of the user's."""
    if not isinstance(value, Tensor):
        return value
    if wraps:
        return replace(value, tag="")
    if value.producer is None or value.producer.loc != obj.loc or value.kind not in _CACHED or value.form:
        return value
    return replace(value, tag="cached", producer=value.producer._replace(api=obj.name))


# ---------------------------------------------------------------------- methods and attributes


def method(m: Core, receiver: Value, name: str, args: Args, loc: Loc) -> Value | None:
    """A method that Keras gives to models and layers; None when it is none of them."""
    if name not in METHODS or not is_keras(m, receiver):
        return None
    if name == "compile":
        keras_compile.compile_model(m, receiver, args, loc)
        return NONE
    if isinstance(receiver, Ref) and name in _RUNS:
        m.fates.only_run.add(receiver.addr)
    if name in ("predict", "predict_on_batch", "predict_proba"):
        return keras_models.predicted(m, receiver, args, loc)
    if name == "stateless_call":
        return keras_models.stateless(m, receiver, args, loc)
    if name == "predict_classes":
        return NOTHING
    if name in ("add_weight", "add_variable"):
        return NOTHING if args.named.get("trainable") == Const(False) else Unknown(("variable", loc))
    if not isinstance(receiver, Ref):
        return foreign.some_layer(receiver) if name == "get_layer" else NOTHING
    if name in keras_compile.BY_THE_LOSS:
        unused = {id(site) for site in m.fates.train(receiver.addr, loc, m.path)}
        m.sites[:] = [site for site in m.sites if id(site) not in unused] if unused else m.sites
    if name in ("fit", "train_on_batch", "fit_generator"):
        keras_compile.fit_labels(m, receiver, args.get(1, "y"))
        keras_compile.train(m, receiver, loc)
        return NOTHING
    if name in ("compiled_loss", "compute_loss"):
        return keras_compile.stored_loss(m, receiver, name, args, loc)
    if name == "stateless_compute_loss":
        return Seq((m.call(m.attribute(receiver, "compute_loss", loc), keras_models.without_state(args, 3), loc), NOTHING))
    if name == "train_step":
        return keras_compile.default_step(m, receiver, loc)
    if name in ("add", "pop", "get_layer"):
        return keras_models.edit(m, receiver, name, args, loc)
    return NONE


def attribute(m: Core, value: Value, name: str, loc: Loc) -> Value | None:
    """``model.output``, ``model.layers``, ``model.loss`` and their kin; None for every other attribute."""
    if name not in ("output", "outputs", "layers", "loss") or not is_keras(m, value):
        return None
    if name == "layers":
        return keras_models.layers_of(m, value, loc)
    if name == "loss":
        return (m.field(value, "__loss__") if isinstance(value, Ref) else None) or NOTHING
    if m.form(value) == "instance" and m.field(value, "items") is None and m.field(value, "__outputs__") is None:
        return None
    keras_models.combine(m, value)
    return keras_models.outputs(m, value, loc)


def init(m: Core, ref: Ref, base: Api, args: Args, loc: Loc) -> bool:
    """``__init__`` of a Keras base class of a project class; False when it is none of the containers."""
    name = catalog.canonical(base.name)
    if name.startswith("keras."):
        keras_models.note_name(m, ref, args.named.get("name"))
    if name == "keras.models.Sequential":
        keras_models.fill_sequential(m, ref, args)
        return True
    if name == "keras.models.Model":
        keras_models.fill_functional(m, ref, args)
        return True
    return False


__all__ = ["CALLS", "METHODS", "attribute", "call", "call_object", "init", "is_keras", "method"]
