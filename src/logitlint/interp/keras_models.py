"""Keras models as values: what a sequential or functional model gives, how it is edited and taken apart."""

from __future__ import annotations

from dataclasses import replace

from logitlint.interp import buffers, foreign, inplace, transfer
from logitlint.interp.core import Args, Core, hop
from logitlint.interp.layers import decides
from logitlint.interp.state import options
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Api,
    Choice,
    Const,
    LibObject,
    Loc,
    Mapping,
    Ref,
    Seq,
    Tensor,
    Unknown,
    Value,
)

_ANOTHER = Unknown(None, "has got another activation")
_NAME = "__name__"

# ---------------------------------------------------------------------- sequential models


def new_sequential(m: Core, name: str, args: Args, loc: Loc) -> Value:
    ref = Ref(m.alloc("sequential", Api(name), loc))
    note_name(m, ref, args.get(1, "name"))
    fill_sequential(m, ref, args)
    return ref


def fill_sequential(m: Core, ref: Ref, args: Args) -> None:
    given = args.get(0, "layers")
    if given is None or given == NONE:
        m.set_field(ref, "items", Seq((), NOTHING if args.more else None))
        return
    m.set_field(ref, "items", m.each(given, lambda value: _listed(m, value)))


def _listed(m: Core, value: Value) -> Value:
    content = buffers.listed(m, value)
    if not isinstance(content, Seq):
        return Seq((), NOTHING)
    for layer in (*content.items, *content.tail):
        combine(m, layer)
    return content


def combine(m: Core, part: Value) -> None:
    """A model is called, put among the layers of another, or its output is taken on: it is a part of another."""
    if isinstance(part, Ref):
        m.fates.combined.add(part.addr)


def call_sequential(m: Core, ref: Ref, args: Args, loc: Loc) -> Value:
    value = args.pos[0] if args.pos else args.named.get("inputs", NOTHING)
    content = m.narrowed(m.field(ref, "items") or NOTHING)
    result = m.each(content, lambda items: _thread(m, items, value, loc))
    return _given(m, ref, result, loc)


def _given(m: Core, ref: Ref, result: Value, loc: Loc) -> Value:
    """What a model gives, under its own name where it is a part of another."""
    return hop(called(m, ref, result), loc, "is what the model gives")


def note_name(m: Core, ref: Ref, name: Value | None) -> None:
    """Keep the name that a model, or a layer of the project's own, is given."""
    m.set_field(ref, _NAME, name)


def called(m: Core, ref: Ref, result: Value) -> Value:
    """What a model, or a layer of the project's own, gives: it goes by its name from there on."""
    name = m.field(ref, _NAME)
    return _under(m, name.value, result) if isinstance(name, Const) else result


def _under(m: Core, name: object, result: Value) -> Value:
    """A result under the name of what gave it; where that has none, as it is."""
    if not isinstance(name, str):
        return result
    return m.each(result, lambda value: replace(value, name=name) if isinstance(value, Tensor) else value)


def _thread(m: Core, content: Value, value: Value, loc: Loc) -> Value:
    if not isinstance(content, Seq):
        return NOTHING
    layers: tuple[Value, ...] = content.items
    if content.rest is not None:
        value, layers = NOTHING, content.tail
    for layer in layers:
        m.step()
        value = m.call(layer, Args((value,)), layer.loc if isinstance(layer, LibObject) else loc)
    return value


def edit(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value:
    """``add``, ``pop``, ``get_layer``."""
    content = m.narrowed(m.field(ref, "items") or NOTHING)
    if name == "get_layer":
        found = _layer(m, content, args)
        return foreign.some_layer(ref) if found == NOTHING else found
    if name == "add":
        layer = args.get(0, "layer") or NOTHING
        combine(m, layer)
        m.set_field(ref, "items", _appended(m, content, layer))
        return NONE
    m.set_field(ref, "items", m.each(content, _popped))
    return NONE


def _appended(m: Core, content: Value, layer: Value) -> Value:
    if isinstance(content, Choice) and decides(layer):
        return Seq((), NOTHING, (layer,))  # what stands before a learned layer does not matter to what it gives

    def one(items: Value) -> Value:
        if not isinstance(items, Seq):
            return Seq((), NOTHING, (layer,))
        if items.rest is None:
            return Seq((*items.items, layer))
        return Seq(items.items, items.rest, (*items.tail, layer))

    return m.each(content, one)


def _popped(content: Value) -> Value:
    if isinstance(content, Seq) and content.tail:
        return Seq(content.items, content.rest, content.tail[:-1])
    if isinstance(content, Seq) and content.rest is None:
        return Seq(content.items[:-1])
    return Seq((), NOTHING)


def _layer(m: Core, content: Value, args: Args) -> Value:
    name, index = args.get(0, "name"), args.get(1, "index")
    if not isinstance(content, Seq):
        return NOTHING
    if isinstance(index, Const):
        return m.item(content, index, Loc("", 0, 0))
    if isinstance(name, Const):
        parts = [*content.items, *content.tail]
        return next((part for part in parts if isinstance(part, LibObject) and layer_name(part) == name.value), NOTHING)
    return NOTHING


def layers_of(m: Core, value: Value, loc: Loc) -> Value:
    """``model.layers``: a list of its own, so that taking elements out of it leaves the model as it is."""
    content = m.field(value, "items")
    if isinstance(content, Seq) and not content.tail:
        return m.new_list(content.items, content.rest, loc)
    ref = m.new_list(loc=loc)
    m.set_field(ref, "items", content if isinstance(content, Seq) else Seq((), foreign.some_layer(value)))
    return ref


def activated(m: Core, layer: Unknown) -> None:
    """``model.layers[-1].activation = linear``, ``model.get_layer("predictions").activation = None``: the output may be another."""
    match layer.sym:
        case ("layer", Ref() as model):
            name, unknown = ("items", Seq((), NOTHING)) if m.field(model, "items") is not None else ("__outputs__", _ANOTHER)
            m.set_field(model, name, unknown)
        case ("layer", LibObject() as model):
            inplace.replace_everywhere(m, lambda each: each == model, _ANOTHER, since=0)


# ---------------------------------------------------------------------- functional models


def new_functional(m: Core, name: str, args: Args, loc: Loc) -> Value:
    ref = Ref(m.alloc("functional", Api(name), loc))
    note_name(m, ref, args.get(2, "name"))
    fill_functional(m, ref, args)
    return ref


def fill_functional(m: Core, ref: Ref, args: Args) -> None:
    outputs_ = args.get(1, "outputs")
    if outputs_ is None:
        outputs_ = args.named.get("output")
    if outputs_ is not None:
        m.set_field(ref, "__outputs__", _frozen(m, outputs_))


def _frozen(m: Core, value: Value) -> Value:
    """Several outputs as a value: a list that is changed later is not the model's."""
    if m.form(value) == "dict":
        return m.field(value, "items") or NOTHING
    content = buffers.listed(m, value)
    if isinstance(content, Seq) and len(content.items) == 1 and content.rest is None:
        return content.items[0]
    return content


def call_functional(m: Core, ref: Ref, loc: Loc) -> Value:
    value = m.narrowed(m.field(ref, "__outputs__") or NOTHING)
    if isinstance(value, (Seq, Mapping)):  # whose names are numbered
        return each_output(m, value, lambda each: hop(each, loc, "is what the model gives"))
    return _given(m, ref, value, loc)


def each_output(m: Core, value: Value, run: object) -> Value:
    """Every single output of a model that may have several, in their place."""
    assert callable(run)
    if isinstance(value, Seq):
        return replace(value, items=tuple(run(each) for each in value.items))
    if isinstance(value, Mapping):
        ref = Ref(m.alloc("dict"))
        m.set_field(ref, "items", Mapping(tuple((key, run(each)) for key, each in value.items), value.rest))
        return ref
    result = run(value)
    assert not isinstance(result, bool)
    return result  # type: ignore[no-any-return]


# ---------------------------------------------------------------------- both


def outputs(m: Core, model: Value, loc: Loc, training: bool = False) -> Value:
    """What a model gives for data of which nothing is known."""
    data = Unknown(("data", loc))
    named: dict[str, Value] = {"training": Const(True)} if training and _takes_training(m, model) else {}
    return _alone(m, model, Args((data,), named), loc)


def _alone(m: Core, model: Value, args: Args, loc: Loc) -> Value:
    """What a model gives that is not called as a part of another."""
    combined = m.fates.combined.copy()
    try:
        return m.call(model, args, loc)
    finally:
        m.fates.combined = combined


def _takes_training(m: Core, model: Value) -> bool:
    from logitlint.interp.objects import class_lookup, mro
    from logitlint.interp.values import Function

    if m.form(model) != "instance" or not isinstance(model, Ref):
        return False
    found = class_lookup(m, mro(m, m.heap[model.addr].cls), "call")
    return found is not None and isinstance(found[1], Function) and any(p.name == "training" for p in found[1].node.params)


#: What a call without side effects is given before what the call itself takes.
_STATE = ("trainable_variables", "non_trainable_variables", "metrics_variables")


def stateless(m: Core, model: Value, args: Args, loc: Loc) -> Value:
    """``stateless_call``: what a call gives, beside the variables that it changes and, for who asks, the losses that layers add."""
    given = without_state(args, 2)
    losses = given.named.pop("return_losses", Const(False))
    result = (m.call(model, given, loc), NOTHING)
    return Seq((*result, NOTHING) if losses == Const(True) else result, None if isinstance(losses, Const) else NOTHING)


def without_state(args: Args, number: int) -> Args:
    """The arguments behind the variables, ``number`` lists of them."""
    state = _STATE[:number]
    named = {key: value for key, value in args.named.items() if key not in state}
    return Args(args.pos[number - (len(args.named) - len(named)) :], named, args.more)


def predicted(m: Core, model: Value, args: Args, loc: Loc) -> Value:
    """``predict``: the model's values as plain numbers."""
    data = args.get(0, "x")
    value = _alone(m, model, Args((data if data is not None else NOTHING,)), loc)
    return m.each(value, lambda each: _detached(each, loc) if isinstance(each, Tensor) else each)


def _detached(value: Tensor, loc: Loc) -> Value:
    producer = value.producer._replace(api="keras.Model.predict") if value.producer is not None else None
    return transfer.same(replace(value, tag="", producer=producer), loc, "is predicted")


def layer_name(layer: LibObject) -> object:
    """The ``name=`` a layer was given; None without one."""
    given = layer.get("name")
    extra = layer.get("kwargs")
    if given is None and isinstance(extra, Mapping):
        given = extra.get("name")
    return given.value if isinstance(given, Const) else None


def named(m: Core, layer: LibObject, result: Value, loc: Loc) -> Value:
    """What a layer gives, under its name, for the losses that are given by name."""
    name = layer_name(layer)
    if not isinstance(name, str):
        return result
    if isinstance(result, Tensor) and result.producer is not None and result.producer.loc != layer.loc:
        result = hop(result, loc, f"passes through the layer `{name}`")
    return _under(m, name, result)


def output_name(value: Value) -> str:
    """The name of the layer that an output came from last; empty when it has none, or may come from one or another."""
    names = {option.name if isinstance(option, Tensor) else "" for _, option in options(value)}
    return names.pop() if len(names) == 1 else ""


def overridden(m: Core, layer: LibObject) -> LibObject:
    """A layer with the activation that was written into it after it was built."""
    new = m.state.get(foreign.slot(layer.loc, "activation"))
    if new is None or layer.get("activation") is None:
        return layer
    return replace(layer, args=tuple((key, new if key == "activation" else value) for key, value in layer.args))
