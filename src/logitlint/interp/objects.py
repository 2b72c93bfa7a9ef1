"""Attributes and items: how a value is taken apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from logitlint import catalog
from logitlint.interp import buffers, enumerations, foreign, tables, transfer
from logitlint.interp.core import Args, Core, hop
from logitlint.interp.library import parameter
from logitlint.interp.results import evaluate
from logitlint.interp.state import merge
from logitlint.interp.values import (
    ATTRIBUTED,
    NOTHING,
    SOMETHING,
    Api,
    Choice,
    ClassValue,
    Const,
    Descriptor,
    Function,
    LibObject,
    Loc,
    Mapping,
    Member,
    Method,
    Module,
    Namespace,
    Partial,
    Ref,
    Seq,
    SliceValue,
    Super,
    Tensor,
    Unknown,
    Value,
    unknown_like,
)

_TENSOR = "torch.Tensor"
_INFINITE = frozenset({"math.inf", "numpy.inf", "numpy.Inf", "torch.inf", "jax.numpy.inf"})
_MEASURES = frozenset({"shape", "ndim", "dtype", "device", "requires_grad"})  #: attributes of every tensor, whatever it holds
_MOST_NAMES = 24  #: of a module, among which an unknown one may be


# ---------------------------------------------------------------------- classes


def mro(m: Core, cls: Value) -> list[Value]:
    """Method resolution order, depth first, the first sighting of a class last kept: right for every hierarchy but diamonds
    that override in the middle, which real model code has not been seen to need. The caller must not change the list."""
    if not isinstance(cls, ClassValue):
        return [cls]
    order = m.orders.get(cls.addr)
    if order is None:
        order = m.orders[cls.addr] = []
        _visit(cls, 0, order)
    return order


def _visit(value: Value, depth: int, found: list[Value]) -> None:
    if value in found:
        found.remove(value)
    found.append(value)
    if isinstance(value, ClassValue) and depth < 24:
        for base in value.bases:
            for option in [o for _, o in base.options][:1] if isinstance(base, Choice) else [base]:
                _visit(option, depth + 1, found)


def library_bases(m: Core, cls: Value) -> list[Api]:
    """The library classes that a class derives from, as they were reached."""
    return [each for each in mro(m, cls) if isinstance(each, Api)]


def class_lookup(m: Core, classes: Sequence[Value], name: str) -> tuple[ClassValue, Value] | None:
    for cls in classes:
        if isinstance(cls, ClassValue):
            value = m.state.get((cls.addr, name))
            if value is not None:
                return cls, value
    return None


def bound(m: Core, value: Value, receiver: Value, cls: ClassValue, loc: Loc) -> Value:
    """A class attribute as an instance (or, for ``classmethod``, the class) sees it."""
    if isinstance(value, Function):
        return _bind(value, receiver)
    if isinstance(value, Descriptor):
        if value.form == "staticmethod":
            return value.fn
        if value.form == "classmethod":
            owner = m.heap[receiver.addr].cls if isinstance(receiver, Ref) else receiver
            return _bind(value.fn, owner) if isinstance(value.fn, Function) else value.fn
        if value.form == "property":
            return m.call(_bind(value.fn, receiver) if isinstance(value.fn, Function) else value.fn, Args(), loc)
    if isinstance(value, Choice):
        return merge([(guard, bound(m, option, receiver, cls, loc)) for guard, option in value.options])
    return value


def _bind(fn: Function, receiver: Value) -> Function:
    return replace(fn, bound=receiver)


# ---------------------------------------------------------------------- attributes


#: What a call of a method changes without a word, ``backward`` above all: asked again, it may be another.
_CHANGING = frozenset({"grad", "requires_grad"})


def attribute(m: Core, value: Value, name: str, loc: Loc) -> Value:
    match value:
        case Unknown(sym):
            if sym is not None and sym[:2] == ("name", "import"):
                return of_library(f"{sym[2]}.{name}")
            if name in _CHANGING:
                return NOTHING
            known = foreign.attribute(m, value, name)
            if known is not None:
                return known
            return Unknown(("attr", sym, name)) if sym is not None else unknown_like(value)
        case Ref():
            return _of_object(m, value, name, loc)
        case Api():
            return _of_api(m, value, name, loc)
        case Module() | Namespace():
            return module_attribute(m, value, name)
        case ClassValue():
            return _of_class(m, value, name, loc)
        case Choice():
            return m.each(value, lambda option: attribute(m, option, name, loc))
        case Tensor():
            return _of_tensor(m, value, name, loc)
        case Super():
            return _of_super(m, value, name, loc)
        case LibObject():
            found = value.get(name)
            if found is None and name == "output":
                return m.call(value, Args((NOTHING,)), loc)
            contract = catalog.lookup(value.name)
            if found is None and contract is not None and contract.sort == "Output":
                result = catalog.attribute(value.name, name)
                if result is None or foreign.is_rebuilt(m, value):
                    return NOTHING
                return evaluate(m, result, {"self": value}, f"{value.name}.{name}", loc, loc)
            computed = parameter(m, value, name) if name in ("probs", "logits") else None
            return computed or (found if found is not None else Method(value, name))
        case Seq() if name in value.names:
            return value.items[value.names.index(name)]
        case Const() if value.member is not None:
            return _of_member(m, value, value.member, name, loc)
        case Const() if name == "value":  # of a member of an enumeration
            return value  # a member of an enumeration stands for its value
        case Partial() if name == "func":
            return value.fn
        case Function() if name == "__name__":
            return Const(value.name)
        case Method() if name in _CHANGING:
            return NOTHING
    return Method(value, name)


def _of_member(m: Core, value: Const, member: Member, name: str, loc: Loc) -> Value:
    if name in ("value", "_value_", "name", "_name_"):
        return member.value if "value" in name else Const(member.name)
    cls = m.enumerations.get(member.home)
    found = class_lookup(m, mro(m, cls), name) if cls is not None else None
    if found is None or cls is None:
        return Method(value, name)
    is_of_class = isinstance(found[1], Descriptor) and found[1].form == "classmethod"
    return bound(m, found[1], cls if is_of_class else value, found[0], loc)


def _of_tensor(m: Core, value: Tensor, name: str, loc: Loc) -> Value:
    result = catalog.attribute(_TENSOR, name)
    if result is not None:
        return evaluate(m, result, {"self": value}, f"{_TENSOR}.{name}", loc, loc)
    if name in _MEASURES:
        return SOMETHING
    if name == "grad":
        return NOTHING
    return Method(value, name)


def _of_api(m: Core, value: Api, name: str, loc: Loc) -> Value:
    if name == "__dict__":
        return Method(value, name)
    full = f"{value.name}.{name}"
    if m.patches is not None:
        patched = m.state.get((m.patches, catalog.canonical(full)))
        if patched is not None:
            return patched
    if catalog.lookup(full) is None and not catalog.is_namespace(full):
        first_party = m.project.resolve(loc.path, value.name)
        if first_party is not None:
            return module_attribute(m, m.module_value(first_party), name)
    return of_library(full)


def of_library(name: str) -> Value:
    """What a library that may be known has under a name. It stands for itself, but for constants; infinity is a number."""
    value = inf if name in _INFINITE else catalog.constant(name)
    if value is not None:
        return Const(value)
    return Api(name) if name.partition(".")[0] in catalog.roots() else Unknown(("name", "import", name))


def module_attribute(m: Core, value: Value, name: str) -> Value:
    assert isinstance(value, (Module, Namespace))
    if name == "__dict__":
        return Method(value, name)
    if isinstance(value, Module):
        found = m.state.get((m.module_address(value.path), name))
        if found is not None:
            return m.force(found)
    inner = m.project.submodule(value.path, name)
    if inner is not None:
        return m.module_value(inner)
    return Unknown(("name", value.path, name))


def _of_class(m: Core, cls: ClassValue, name: str, loc: Loc) -> Value:
    if name == "__name__":
        return Const(cls.name)
    classes = mro(m, cls)
    found = class_lookup(m, classes, name)
    if found is not None:
        owner, value = found
        if isinstance(value, Descriptor) and value.form in ("staticmethod", "classmethod"):
            return bound(m, value, cls, owner, loc)
        return value
    if name in _CONSTRUCTORS and any(isinstance(base, (Api, Unknown)) for base in classes):
        return Method(cls, name)
    for base in classes:
        if isinstance(base, Api):
            return Method(base, name)
    return Unknown(("attr", ("class", cls.loc), name))


#: Class methods of libraries that make an object of the class they are called on.
_CONSTRUCTORS = frozenset({"from_pretrained", "from_config", "load_from_checkpoint"})


def _of_super(m: Core, value: Super, name: str, loc: Loc) -> Value:
    start = m.heap[value.self.addr].cls if isinstance(value.self, Ref) else value.self
    classes = mro(m, start)
    rest = classes[classes.index(value.cls) + 1 :] if value.cls in classes else []
    found = class_lookup(m, rest, name)
    if found is not None:
        return bound(m, found[1], value.self, found[0], loc)
    for base in rest:
        if isinstance(base, Api):
            return Method(value, name)
    return Method(value, name)


def _of_object(m: Core, ref: Ref, name: str, loc: Loc) -> Value:
    about = m.heap[ref.addr]
    found = m.state.get((ref.addr, name)) if about.form not in ("list", "dict", "buffer") else None
    if found is not None:
        return found
    if about.form == "buffer" and (name == "at" or m.field(ref, "value") is None):
        return ref if name == "data" else Method(ref, name)  # JAX: `x.at[t].set(step)`
    if about.form == "buffer":
        return attribute(m, buffers.content(m, ref), name, loc)
    if about.form in ("arguments", "record"):
        return m.missing_attribute(ref, (), name, loc)
    if about.cls == ATTRIBUTED:
        return Method(ref, name) if hasattr(dict, name) else _setting(m, ref, name, loc)
    if not isinstance(about.cls, ClassValue):
        built = about.form in ("sequential", "functional", "backbone")
        return m.missing_attribute(ref, [about.cls], name, loc) if built else Method(ref, name)
    classes = mro(m, about.cls)
    inherited = class_lookup(m, classes, name)
    if inherited is not None:
        return bound(m, inherited[1], ref, inherited[0], loc)
    return m.missing_attribute(ref, classes, name, loc)


def _setting(m: Core, ref: Ref, name: str, loc: Loc) -> Value:
    """An attribute of a dictionary that has its keys as attributes: one that nobody gave it is the same whenever it is asked for."""
    found = _item_of_object(m, ref, Const(name), loc)
    return found if found != NOTHING else Unknown(("attr", ("object", ref.addr), name))


# ---------------------------------------------------------------------- items


def item(m: Core, value: Value, key: Value, loc: Loc) -> Value:
    if isinstance(value, Choice):
        # where there is nothing, nothing is taken out: a list to which conditions append is one of those that have something then
        filled = [(guard, option) for guard, option in value.options if isinstance(key, SliceValue) or not _is_empty(m, option)]
        return m.each(merge(filled) if filled else value, lambda option: item(m, option, key, loc))
    if isinstance(key, Choice) and not isinstance(value, (Tensor, Unknown)):
        return m.each(key, lambda option: item(m, value, option, loc))
    match value:
        case Tensor():
            return transfer.index(value, [*key.items] if isinstance(key, Seq) else [key], loc)
        case Seq():
            return hop(_of_sequence(m, value, key), loc, "is taken out of the tuple")
        case Mapping():
            return _of_mapping(value, Unknown(("result", *m.occasion(loc))) if key == NOTHING else key)
        case Unknown(sym):
            known = foreign.item(m, value, key)
            if known is not None:
                return known
            if isinstance(key, SliceValue):
                bounds = (key.start, key.stop, key.step)
                written = tuple(each.value for each in bounds if isinstance(each, Const))
                return Unknown(("slice", sym, *written), there=True) if sym is not None and len(written) == 3 else SOMETHING
            if sym is None:
                return unknown_like(value)
            return Unknown(("item", sym, key.value)) if isinstance(key, Const) and _simple(key.value) else NOTHING
        case Const(str() as text) if isinstance(key, Const) and isinstance(key.value, int) and -len(text) <= key.value < len(text):
            return Const(text[key.value])
        case Ref():
            return _item_of_object(m, value, key, loc)
        case Api():
            return value  # Optional[Tensor], Generic[T]
        case ClassValue() if (members := enumerations.members(m, value)) is not None:
            return item(m, enumerations.by_name(members), key, loc)
        case ClassValue():
            return value if _is_generic(m, value, key) else NOTHING
        case Method(Ref(), "at"):
            return value
        case Method(LibObject() as model, "layers"):
            return foreign.some_layer(model)
        case Method(space, "__dict__"):
            return entry(m, space, key, loc)
        case LibObject() if isinstance(key, Const) and isinstance(key.value, str):
            found = attribute(m, value, key.value, loc)  # outputs["logits"]
            return NOTHING if isinstance(found, Method) else found
        case LibObject():
            return _of_sequence(m, outputs(m, value, loc), key)
    return NOTHING


def _is_generic(m: Core, cls: ClassValue, key: Value) -> bool:
    """Whether ``cls[key]`` says what a class is made for, as ``Head[int]`` of a ``Generic[T]``, and does not ask a table for something."""
    line = [each for each in mro(m, cls) if isinstance(each, ClassValue)]
    kinds = [base.value for each in line for base in each.node.bases if base.name == "metaclass"]
    named = isinstance(key, Const) and isinstance(key.value, str)
    plain = all("ABCMeta" in (getattr(kind, "id", ""), getattr(kind, "name", "")) for kind in kinds)
    return plain and not named and class_lookup(m, line, "__class_getitem__") is None


def _is_empty(m: Core, value: Value) -> bool:
    content = m.field(value, "items") if isinstance(value, Ref) and m.form(value) == "list" else value
    return content == Seq(())


def entry(m: Core, space: Value, key: Value, loc: Loc) -> Value:
    """``globals()[name]``, ``vars(module)[name]``, ``models.__dict__[name]`` by a name."""
    if isinstance(key, Const) and isinstance(key.value, str) and isinstance(space, (Module, Namespace, Api, Ref)):
        return m.attribute(space, key.value, loc)
    return one_of_module(m, space) if isinstance(space, Module) else NOTHING


def one_of_module(m: Core, module: Module) -> Value:
    """``getattr(models, config["net"])`` by a name that only running tells: any of the classes and functions that the module defines, or
    has from elsewhere; often there is but one of its own. Helpers that it imports are not meant, nor the bases of its own classes."""
    outline, source = m.project.outline(module.path), m.project.source(module.path)
    if any("*" in line.names for line in outline.imports) or source is None or "globals()" in source.text:
        return NOTHING
    own = {unit.name for unit in outline.units if unit.name is not None and unit.kind in ("function", "class")}
    slots = {name: value for name, value in m.state.slots_of(m.module_address(module.path)).items() if not name.startswith("_")}
    if len(slots) > _MOST_NAMES:
        return NOTHING
    package = module.path.endswith("/__init__.py")
    values = {name: m.force(value) for name, value in slots.items()}
    bases = {base for name, value in values.items() if name in own for base in _bases(m, value)}
    found: list[Value] = []
    for name, value in values.items():
        if name in own or isinstance(value, (Partial, Choice)) or (package and isinstance(value, Function)):
            found.append(value)
        elif isinstance(value, ClassValue) or (isinstance(value, Api) and catalog.lookup(value.name) is not None):
            found += [value] if value not in bases else []
    return any_element(Seq(tuple(found)), m.turns())


def _bases(m: Core, value: Value) -> Sequence[Value]:
    return mro(m, value)[1:] if isinstance(value, ClassValue) else ()


def outputs(m: Core, value: LibObject, loc: Loc) -> Seq:
    """What a model gives, by its place: the loss comes first where the model was given labels, as a parameter may be or not."""
    labels = value.get("labels")
    if labels == Const(None):
        return Seq((attribute(m, value, "logits", loc),), NOTHING)
    if isinstance(labels, Tensor) or (isinstance(labels, Unknown) and not (isinstance(labels.sym, tuple) and labels.sym[0] == "param")):
        return Seq((NOTHING, attribute(m, value, "logits", loc)), NOTHING)
    return Seq((), NOTHING)


def _simple(value: object) -> bool:
    return isinstance(value, (str, int, bool, type(None)))


def _item_of_object(m: Core, ref: Ref, key: Value, loc: Loc) -> Value:
    form = m.form(ref)
    if form in ("list", "sequential"):
        content = m.field(ref, "items") or Seq(())
        picked = item(m, content, key, loc)
        if form == "sequential" and isinstance(picked, Seq):
            copy = m.alloc("sequential", m.heap[ref.addr].cls, loc)
            m.state.set((copy, "items"), picked)
            m.state.set((copy, "__names__"), m.field(ref, "__names__"))  # as many names as layers, or none of them is known
            return Ref(copy)
        if form == "list" and isinstance(key, SliceValue) and isinstance(picked, Seq):
            ref = m.new_list(loc=loc)
            m.set_field(ref, "items", picked)
            return ref
        return picked
    if form == "dict":
        content = m.field(ref, "items") or Mapping()
        return unlisted(ref, content, key) or item(m, content, key, loc)
    if form == "buffer":
        if m.field(ref, "value") is None:
            m.set_field(ref, "part", NOTHING)  # whoever has a part of it may fill it
        return item(m, buffers.content(m, ref), key, loc)
    if form == "instance":
        method = class_lookup(m, mro(m, m.heap[ref.addr].cls), "__getitem__")
        if method is not None:
            return m.call(bound(m, method[1], ref, method[0], loc), Args((key,)), loc)
        table = tables.of(m, ref)
        return tables.read(m, table, key, loc) if table is not None else NOTHING
    return NOTHING


def _of_sequence(m: Core, seq: Seq, key: Value) -> Value:
    if isinstance(key, Const) and isinstance(key.value, int):
        i = int(key.value)
        # of the elements of unknown number there is taken to be one at least
        if i >= 0:
            if i < len(seq.items):
                return seq.items[i]
            return any_element(Seq((), seq.rest, seq.tail if i > len(seq.items) else ()))
        if -i <= len(seq.tail):
            return seq.tail[i]
        if seq.rest is None and -i <= len(seq.items):
            return seq.items[i]
        return any_element(Seq(seq.items if -i > len(seq.tail) + 1 and seq.rest is not None else (), seq.rest))
    if isinstance(key, SliceValue):
        return _slice(seq, key)
    return any_element(seq)


def any_element(seq: Seq, turns: tuple[int, ...] = ()) -> Value:
    """An element at an unknown place: each of them, under conditions nobody knows. ``turns``: see :meth:`Core.turns`."""
    parts = seq.elements
    if not parts:
        return NOTHING
    first = parts[0]
    if all(part == first for part in parts):
        return _another(first, turns) if turns else first
    if all(not isinstance(part, Unknown) for part in parts) and len(parts) <= 8:
        from logitlint.interp.guards import literal

        flat = [(literal(("element", seq, *turns), "==", i), part) for i, part in enumerate(parts)]
        return merge(flat)
    return NOTHING


def _another(value: Value, turns: tuple[int, ...]) -> Value:
    """An unknown element as a later turn of a loop meets it: one more of the same kind, not the same one."""
    if isinstance(value, Seq):
        return replace(value, items=tuple(_another(item, turns) for item in value.items))
    if isinstance(value, Unknown) and value.sym is not None and value.sym[0] == "item" and value.sym[-1] == "*":
        return Unknown((*value.sym[:-1], "*" + "".join(map(str, turns))), value.why)
    return value


def _slice(seq: Seq, key: SliceValue) -> Value:
    bounds = [b.value if isinstance(b, Const) else ... for b in (key.start, key.stop, key.step)]
    if any(b is ... or not (b is None or isinstance(b, int)) for b in bounds):
        return Seq((), any_element(seq))
    if seq.rest is None and not seq.tail:
        return Seq(seq.items[slice(*bounds)])  # type: ignore[arg-type]
    start, stop, step = bounds
    if step in (None, 1) and (start is None or (isinstance(start, int) and 0 <= start <= len(seq.items))):
        items = seq.items[start or 0 :]
        if stop is None:
            return Seq(items, seq.rest, seq.tail)
        if isinstance(stop, int) and 0 <= stop <= len(seq.items):
            return Seq(seq.items[start or 0 : stop])
        if isinstance(stop, int) and stop < 0 and -stop <= len(seq.tail):
            return Seq(items, seq.rest, seq.tail[:stop])
    return Seq((), any_element(seq))


def forget_settings(m: Core, ref: Ref) -> None:
    """Somebody who is not followed may have given any setting of a configuration another value."""
    pending, seen = [ref], {ref}
    for each in pending:
        content = m.field(each, "items")
        if not isinstance(content, Mapping):
            continue
        inner = [value for _, value in content.items if isinstance(value, Ref) and m.form(value) == "dict" and value not in seen]
        pending += dict.fromkeys(inner)
        seen.update(inner)
        kept = tuple((name, NOTHING if isinstance(old, (Const, Choice)) else old) for name, old in content.items)
        m.set_field(each, "items", Mapping(kept, NOTHING, -1))


def unlisted(ref: Ref, content: Value, key: Value) -> Unknown | None:
    """What a dictionary has under a key that the code never gives it, as a configuration that is read: whenever it is asked, the same."""
    if not isinstance(content, Mapping) or content.rest != NOTHING or not isinstance(key, Const) or not _simple(key.value):
        return None
    return Unknown(("item", ("object", ref.addr), key.value)) if content.get(key.value) is None else None


def _of_mapping(mapping: Mapping, key: Value) -> Value:
    if isinstance(key, Const):
        found = mapping.get(key.value)
        if found is not None:
            return found
        return mapping.rest if mapping.rest is not None else NOTHING
    if not mapping.items:
        return mapping.rest if mapping.rest is not None else NOTHING
    if isinstance(key, Unknown) and key.sym is not None and mapping.rest is None:
        from logitlint.interp.guards import literal

        return merge([(literal(key.sym, "==", k), v) for k, v in mapping.items])
    return NOTHING


def parts(m: Core, value: Value) -> Iterator[Value]:
    """Everything that a container holds."""
    content = m.field(value, "items") if isinstance(value, Ref) else value
    if isinstance(content, Seq):
        yield from content.elements
    elif isinstance(content, Mapping):
        yield from (v for _, v in content.items)
