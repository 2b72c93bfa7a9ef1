"""Layers under the names of attributes: a library's model whose last layer is one, and layers put in the place of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from logitlint import catalog
from logitlint.catalog.contract import Result
from logitlint.interp.core import Args, Core
from logitlint.interp.state import options
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
    Method,
    Partial,
    Ref,
    Seq,
    Unknown,
    Value,
)

_OWN = "__own__"  #: the slot of a backbone with what stands for its last layer as it comes
_HEADS = "__heads__"  #: the one with the names of the attributes under which that layer may be replaced
_NAMES = "__names__"  #: the one with the names of the layers of a Sequential
_MODULES = ("instance", "sequential", "backbone")
_MOST_LENGTHS = 4  #: of a list of layers that depends on conditions; each of them is gone through by itself
REPLACED = Unknown(None, "is replaced under a name that only running tells")


def backbone(m: Core, own: Value, loc: Loc) -> Value:
    """A library's model. Where the stubs name the attribute of its last layer, an object of which ``own`` stands for that layer
    until somebody puts another in its place."""
    if len(options(own)) > 1:
        return m.each(own, lambda option: backbone(m, option, loc))
    heads = catalog.heads(own.name) if isinstance(own, LibObject) else ()
    if not isinstance(own, LibObject) or not heads:
        return own
    # what is built without classes gives features
    bare = ("num_classes", 0), ("features_only", True), ("include_top", False)
    last: Value = NOTHING if any(own.get(name) == Const(value) for name, value in bare) else own
    ref = Ref(m.alloc("backbone", Api(own.name), loc))
    fill(m, ref, own.name, last, loc)
    return ref


def fill(m: Core, ref: Ref, name: str, own: Value, loc: Loc) -> None:
    """The heads of a model: of the library's own, and of an object of a class that derives from it."""
    heads = catalog.heads(name)
    _fill(m, ref, tuple(attribute for attribute, _ in heads), own)
    for attribute, place in heads:
        if isinstance(place, str):
            inner = Ref(m.alloc("backbone", Api(name), loc))
            _fill(m, inner, (place,), own)
            m.set_field(ref, attribute, inner)
        elif place is not None:
            layers = Ref(m.alloc("sequential", Api("torch.nn.Sequential"), loc))
            m.set_field(layers, "items", Seq((*[NOTHING] * place, own)))
            m.set_field(ref, attribute, layers)


def _fill(m: Core, ref: Ref, heads: tuple[str, ...], own: Value) -> None:
    m.set_field(ref, _OWN, own)
    m.set_field(ref, _HEADS, Const(heads))
    for attribute in heads:
        m.set_field(ref, attribute, own)


def has_heads(m: Core, ref: Ref) -> bool:
    return m.field(ref, _HEADS) is not None


def of_class(m: Core, result: Result, env: dict[str, Value], api: str, loc: Loc) -> Value:
    """A model that a class builds otherwise than by its call, or what a model gives; of other objects nothing is known."""
    if result.args != ("cls",):
        made = catalog.lookup(str(result.args[0]))
        return LibObject(made.name, _labels(m, env, loc), loc) if made is not None and made.sort == "Output" else NOTHING
    return backbone(m, LibObject(api.rpartition(".")[0], tuple(env.items()), loc), loc)


def _labels(m: Core, env: dict[str, Value], loc: Loc) -> tuple[tuple[str, Value], ...]:
    """The labels that a model is given, where the call says whether it is: not by ``**batch``."""
    written = m.calling[1].args if m.calling is not None and m.calling[0] == loc else ()
    if "labels" not in env or not written or any(each.form == "**" for each in written):
        return ()
    return (("labels", env["labels"]),)


def from_hub(m: Core, args: Args, loc: Loc) -> Value:
    """``torch.hub.load("pytorch/vision", "resnet18")``: a model of torchvision by its name."""
    repository, name = args.get(0, "repo_or_dir"), args.get(1, "model")
    if not isinstance(repository, Const) or not str(repository.value).startswith("pytorch/vision") or name is None:
        return NOTHING
    given = {key: value for key, value in args.named.items() if key not in ("repo_or_dir", "model")}

    def one(option: Value) -> Value:
        known = f"torchvision.models.{option.value}" if isinstance(option, Const) else ""
        return m.call(Api(known), Args((), given, args.more), loc) if catalog.lookup(known) is not None else NOTHING

    return m.each(name, one)


def head(m: Core, ref: Ref) -> Value:
    """What a backbone calls last: the one layer that stands in the place of the one that came, else that one."""
    own = m.field(ref, _OWN) or NOTHING
    values = [value for name in _heads(m, ref) if (value := m.field(ref, name)) != ref]
    replaced = [value for value in values if value is not None and _last(m, value) != own]
    if m.field(ref, "forward") is not None or len(replaced) > 1:
        return NOTHING
    unclear = any(_last(m, value) == REPLACED for value in replaced)  # of a container one of whose layers may have been replaced
    return NOTHING if unclear else replaced[0] if replaced else own


def _last(m: Core, value: Value) -> Value:
    """The layer at the end of what a head holds."""
    if m.form(value) == "backbone":
        assert isinstance(value, Ref)
        return head(m, value)
    if m.form(value) != "sequential":
        return value
    content = m.field(value, "items")
    return content.items[-1] if isinstance(content, Seq) and content.items and content.rest is None else REPLACED


def forget_head(m: Core, ref: Ref) -> None:
    for name in (_OWN, *_heads(m, ref)):
        m.set_field(ref, name, REPLACED)


def forget(m: Core, ref: Ref, beginning: str = "") -> None:
    """Any of the layers whose names begin so may have been replaced."""
    if m.form(ref) == "sequential":
        m.set_field(ref, "items", Seq((), NOTHING))
        return
    for name, value in m.state.slots_of(ref.addr).items():
        if name.startswith(beginning) and any(is_layer(m, option) for _, option in options(value)):
            m.set_field(ref, name, REPLACED)


def given(m: Core, ref: Ref, name: str) -> None:
    """Note that an attribute of a backbone is being given a value: an unlisted one may be its last layer, if the stubs do not know
    the one name of that, or the object only holds that layer."""
    heads = _heads(m, ref)
    cls = m.heap[ref.addr].cls
    whole = isinstance(cls, Api) and tuple(attribute for attribute, _ in catalog.heads(cls.name)) == heads
    if name not in heads and not name.startswith(("_", "conv", "forward", "training")) and (len(heads) > 1 or not whole):
        forget_head(m, ref)


def _heads(m: Core, ref: Ref) -> tuple[str, ...]:
    names = m.field(ref, _HEADS)
    return tuple(map(str, names.value)) if isinstance(names, Const) and isinstance(names.value, tuple) else ()


def put(m: Core, ref: Ref, key: Value, new: Value, beginning: str = "") -> None:
    """``module._modules[key] = new``, ``setattr(module, key, new)``. Of a key that only running tells ``beginning`` is known."""
    if isinstance(key, Const) and isinstance(key.value, str):
        if m.form(ref) == "backbone":
            given(m, ref, key.value)
        if not (put_named(m, ref, key.value, new) and key.value.isdecimal()):
            m.set_field(ref, key.value, new)
    elif m.form(ref) == "sequential" or any(is_layer(m, option) for _, option in options(new)):
        forget(m, ref, beginning)  # an option of the program that is stored under its name is no layer
        number(m, ref, beginning, new)


def number(m: Core, ref: Ref, beginning: str, new: Value) -> None:
    """A layer comes under a name that begins so: what stands for one of them stands for all."""
    if beginning:
        slot = f"{beginning}*"
        m.set_field(ref, slot, Seq((m.joined((*numbered(slot, m.field(ref, slot)), new)),)))


def numbered(slot: str, value: Value | None) -> tuple[Value, ...]:
    """What a slot of an object holds that stands for the layers under names of one beginning; nothing where it is no such slot."""
    return value.items if slot.endswith("*") and isinstance(value, Seq) else ()


def drop(m: Core, value: Value, key: Value) -> None:
    """``del value[key]``, ``del module._modules[key]``."""
    if isinstance(value, Choice):
        for _, option in options(value):
            if isinstance(option, Ref):
                forget(m, option)
        return
    if isinstance(value, Method) and value.name == "_modules" and isinstance(value.receiver, Ref):
        forget(m, value.receiver)
        return
    if isinstance(value, Ref) and m.field(value, "items") is not None:
        m.by_content(value, lambda: _dropped(m, value, key))


def _dropped(m: Core, value: Ref, key: Value) -> Value:
    content = m.field(value, "items")
    at = key.value if isinstance(key, Const) else None
    if isinstance(content, Mapping):
        known = {name for name, _ in content.items} if at is None else {at}
        kept = tuple((name, each) for name, each in content.items if name not in known)
        m.set_field(value, "items", replace(content, items=kept, rest=NOTHING if at is None else content.rest, place=-1))
    elif isinstance(content, Seq):
        whole = content.rest is None and isinstance(at, int) and -len(content.items) <= at < len(content.items)
        gone = at % len(content.items) if whole and isinstance(at, int) else None
        left = tuple(each for i, each in enumerate(content.items) if i != gone)
        m.set_field(value, "items", Seq(left) if whole else Seq((), NOTHING))
    return NONE


def put_behind(m: Core, ref: Ref, layer: Value) -> bool:
    """A learned layer behind contents that depend on conditions: what stands before it does not matter to what it gives. Of a list it
    may matter how long it is: whoever goes through it may do something else with the last one."""
    content = m.field(ref, "items")
    if not isinstance(content, Choice) or m.outlives(ref) or not decides(layer):
        return False
    if m.form(ref) == "list" and len(content.options) <= _MOST_LENGTHS:
        return False
    m.set_field(ref, "items", Seq((), NOTHING, (layer,)))
    return True


def decides(layer: Value) -> bool:
    """Whether the kind of a layer's output does not depend on its input."""
    if not isinstance(layer, LibObject):
        return False
    contract = catalog.lookup(layer.name)
    result = contract.call[0].result if contract is not None and contract.call else None
    if result is None:
        return False
    inner = result.args[-1] if result.op == "Apply" and result.args else result
    return not isinstance(inner, str) and getattr(inner, "op", "") in ("Scores", "Unknown")


def name_elements(m: Core, ref: Ref, names: Sequence[str]) -> None:
    """The names under which a Sequential has its layers, where they are not their numbers."""
    m.set_field(ref, _NAMES, Const(tuple(names)))


def names(m: Core, ref: Ref) -> tuple[str, ...] | None:
    """The names of the layers of a Sequential, in their order; None of what is none, and where not all of them are known."""
    content, own = m.field(ref, "items"), m.narrowed(m.field(ref, _NAMES) or NOTHING)
    if not isinstance(content, Seq) or content.rest is not None:
        return None
    if own == NOTHING:
        return tuple(str(i) for i in range(len(content.items)))
    known = own.value if isinstance(own, Const) and isinstance(own.value, tuple) else ()
    return tuple(map(str, known)) if len(known) == len(content.items) else None


def put_named(m: Core, ref: Ref, name: str, new: Value) -> bool:
    """A layer that is given to a Sequential under a name takes the place of the one that has it, or comes last. Whether it is there."""
    content = m.field(ref, "items")
    if not is_sequential(m, ref) or not isinstance(content, (Choice, Seq)):
        return False
    if isinstance(content, Choice):
        if not isinstance(new, Const):
            m.set_field(ref, "items", Seq((), NOTHING))  # which of them has a layer of the name is another question for each
        return not isinstance(new, Const)
    known = names(m, ref)
    if known is not None and name in known:
        at = known.index(name)
        m.set_field(ref, "items", Seq((*content.items[:at], new, *content.items[at + 1 :])))
        return True
    if not all(isinstance(option, LibObject) or m.form(option) in _MODULES for _, option in options(new)):
        return False
    if known is None or m.outlives(ref):
        m.set_field(ref, "items", Seq((), NOTHING))
    else:
        m.set_field(ref, "items", Seq((*content.items, new)))
        name_elements(m, ref, (*known, name))
    return True


def drop_named(m: Core, ref: Ref, name: str) -> None:
    """``del sequential.name``."""
    content = m.field(ref, "items")
    if not is_sequential(m, ref) or not isinstance(content, (Choice, Seq)):
        return
    known = names(m, ref)
    if known is None or isinstance(content, Choice):
        m.set_field(ref, "items", Seq((), NOTHING))
    elif name in known:
        m.set_field(ref, "items", Seq(tuple(each for own, each in zip(known, content.items, strict=True) if own != name)))
        name_elements(m, ref, [own for own in known if own != name])


def is_sequential(m: Core, ref: Ref) -> bool:
    """Whether an object is a Sequential of torch, or of a class of the project that derives from it."""
    cls = m.heap[ref.addr].cls
    classes = m.orders.get(cls.addr, ()) if isinstance(cls, ClassValue) else (cls,)  # it has been asked for when the object was made
    return any(isinstance(base, Api) and catalog.canonical(base.name) == "torch.nn.Sequential" for base in classes)


def is_layer(m: Core, value: Value) -> bool:
    return isinstance(value, (Api, ClassValue, Function, LibObject, Partial)) or m.form(value) in _MODULES
