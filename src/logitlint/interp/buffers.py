"""Tensors that wait to be filled: ``zeros`` and ``empty``, into which a loop stores what it makes."""

from __future__ import annotations

from logitlint.interp import transfer
from logitlint.interp.core import Args, Core
from logitlint.interp.state import merge, options
from logitlint.interp.values import NOTHING, Api, Const, Loc, Producer, Ref, Seq, Tensor, Value, made
from logitlint.kinds import Kind

ARRAY = Const("array")  #: the class of a list that is an array of a library
EMPTY = "__empty__"  #: of a tensor with an axis of no length
#: How the last names of functions begin that make a tensor of one number.
FILLED = ("ones", "zeros", "full", "fill", "new_ones", "new_zeros", "new_full")


def store(m: Core, buffer: Ref, new: Value, loc: Loc) -> None:
    """``out[t] = new``: the kind of a buffer is that of everything stored into it, if it is one kind."""

    def one(option: Value) -> Value:
        stored = m.field(buffer, "value")
        known = [each for _, each in options(m.narrowed(stored))] if stored is not None else []
        if not isinstance(option, Tensor) or not all(isinstance(each, Tensor) and each.kind is option.kind for each in known):
            return NOTHING
        return transfer.reshape(option, loc, "is stored by index")

    m.set_field(buffer, "value", m.each(new, one))


def content(m: Core, value: Value) -> Value:
    """A ``zeros``/``empty`` tensor as what has been stored into it."""
    if m.form(value) == "buffer":
        stored = m.field(value, "value")
        return stored if stored is not None else NOTHING
    return value


def is_blank(m: Core, value: Value, *names: str) -> bool:
    """Whether a value is a tensor that a function of one of these names made, and into which nothing has been stored."""
    if not isinstance(value, Ref) or m.form(value) != "buffer" or m.field(value, "value") or m.field(value, "part"):
        return False
    cls = m.heap[value.addr].cls
    return isinstance(cls, Api) and cls.name.rpartition(".")[2].startswith(names)


def one_hot(m: Core, buffer: Ref, name: str, args: Args, loc: Loc) -> Value:
    """What ``zeros.scatter(axis, classes, 1)`` makes; nothing is known where it scatters other numbers, or where a model points."""
    at = dict(zip(("dim", "index", "src"), args.pos, strict=False)) | args.named
    axis, index = at.get("dim"), at.get("index")
    ones = transfer.number(at.get("value", at.get("src", NOTHING))) == 1
    pointed = index is None or any(isinstance(each, Tensor) and each.producer is not None for _, each in options(index))
    if not ones or pointed or not is_blank(m, buffer, "zeros", "new_zeros", "zero_"):
        return NOTHING
    along = axis.value if isinstance(axis, Const) and isinstance(axis.value, int) else None
    producer = Producer(loc, Kind.ONEHOT, f"torch.Tensor.{name}")
    return Tensor(Kind.ONEHOT, along, producer=producer, origin=made(loc, f"`{name}` makes one-hot rows"))


def without_empty(m: Core, value: Value) -> Value:
    """A value without the alternatives of no length: ``if not len(x): return torch.empty(0, 4)`` is how nothing is handed on."""
    filled = [(guard, option) for guard, option in options(value) if not (isinstance(option, Ref) and m.field(option, EMPTY))]
    return merge(filled) if 0 < len(filled) < len(options(value)) else value


def is_filled(m: Core, value: Value) -> bool:
    """Whether a value is a tensor of one number: JAX's are where an optimisation begins, as a parameter of others is."""
    if not isinstance(value, Ref) or not is_blank(m, value, *FILLED):
        return False
    cls = m.heap[value.addr].cls
    return isinstance(cls, Api) and not cls.name.startswith("jax.")


def array(m: Core, value: Value) -> Value:
    """What ``torch.tensor`` makes of numbers in a list or a tuple: it holds the same, and is true where its one number is."""
    content = listed(m, value)
    if not isinstance(content, Seq) or any(isinstance(each, Tensor) for each in content.elements):
        return value
    ref = Ref(m.alloc("list", ARRAY, m.heap[value.addr].loc if isinstance(value, Ref) else None))
    m.set_field(ref, "items", content)
    return ref


def is_array(m: Core, value: Value) -> bool:
    return m.form(value) == "list" and isinstance(value, Ref) and m.heap[value.addr].cls == ARRAY


def only(m: Core, value: Value) -> Value:
    """The one number of an array, in however many brackets; nothing is known where there are more, or none."""
    content = listed(m, value)
    if not isinstance(content, Seq):
        return value
    return only(m, content.items[0]) if len(content.items) == 1 and content.rest is None else NOTHING


def listed(m: Core, value: Value) -> Value:
    """The elements of a list object, a tuple, the content of a buffer."""
    form = m.form(value)
    if form in ("list", "buffer"):
        return m.field(value, "items") or Seq(())
    return value
