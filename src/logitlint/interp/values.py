"""What the interpreter computes with: abstract values, where they came from, and where that stands in the source.

Values are immutable and compare by what they are, never by how they got there (``origin``), so that branches that
agree are joined and calls can be remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from logitlint import ir
from logitlint.interp.guards import Guard, Symbol
from logitlint.kinds import Kind


class Loc(NamedTuple):
    """A syntax node: module path, index of the unit, ordinal in the unit."""

    path: str
    unit: int
    at: int


class Producer(NamedTuple):
    """The call that made a kind: its place, the kind, and the API's name as it was reached."""

    loc: Loc
    kind: Kind
    api: str


class Callee(NamedTuple):
    """What a call calls: a name of a library as it was reached, or an object of a library's class and where it is built. Of anything else
    only that it is none of these."""

    api: str = ""
    built: Loc | None = None


class Origin(NamedTuple):
    """One hop of a value's way: made here (``parent`` None), or passed on here.

    ``hops`` counts what lies behind, so that loops cannot grow a trace without end.
    """

    loc: Loc
    note: str
    parent: Origin | None = None
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is known but, perhaps, which unknown it is."""

    sym: Symbol | None = None
    why: str = field(default="", compare=False)
    there: bool = False  #: it is something: not ``None``


@dataclass(frozen=True, slots=True)
class Const:
    """``member``: the member of an enumeration that stands for the value."""

    value: object
    member: Member | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Member:
    """``home`` is where the enumeration is defined; ``mixed``: its members are strings or numbers themselves."""

    home: Loc
    enumeration: str
    name: str
    value: Value
    mixed: bool

    def __repr__(self) -> str:
        return f"{self.enumeration}.{self.name}"


@dataclass(frozen=True, slots=True)
class Tensor:
    """``axis`` is the class axis (counted as the code counts it), ``size`` the number of classes along it.

    ``form`` says what has been done since the kind was made, where that matters to a later logarithm or loss:
    ``""`` as made, ``column`` one class selected, ``complement`` (1 - p), ``padded`` (p + eps, clamped), ``mixed``
    (averaged or mixed over several distributions), ``scaled``.
    ``tag`` is the Keras cache: ``cached`` while the run time still holds the pre-activation values. ``name`` is that of the Keras layer
    that gave it last, where it was given one. ``columns``: what is known of its columns, until its shape changes.
    """

    kind: Kind
    axis: int | None = None
    size: int | None = None
    rank: int | None = None
    producer: Producer | None = None
    form: str = ""
    tag: str = ""
    origin: Origin | None = field(default=None, compare=False)
    name: str = ""
    columns: Columns | None = None


class Part(NamedTuple):
    """Some columns of a value that are of one kind; ``stop`` is None where they are the last ones."""

    start: int
    stop: int | None
    value: Tensor


class Columns(NamedTuple):
    """How long a value is along an axis, and what it holds there where it is put together of several kinds."""

    axis: int
    width: int | None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Api:
    """A name of a known library, as it was reached (``torch.nn.functional.softmax``); also its namespaces."""

    name: str


@dataclass(frozen=True, slots=True)
class LibObject:
    """An instance of a library class with the arguments it was made with: a loss, a layer, an activation."""

    name: str
    args: tuple[tuple[str, Value], ...]
    loc: Loc
    overload: int = 0
    origin: Origin | None = field(default=None, compare=False)

    def get(self, name: str) -> Value | None:
        return next((value for key, value in self.args if key == name), None)


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a value that is no project object: ``x.view``, ``criterion.cuda``, ``items.append``."""

    receiver: Value
    name: str


@dataclass(frozen=True, slots=True)
class Function:
    loc: Loc
    name: str
    scope: tuple[int, ...]  #: addresses of the namespaces it sees, innermost first
    bound: Value | None = None
    owner: ClassValue | None = None  #: the class whose body defines it, for ``super()``
    node: ir.Func = field(compare=False, default=None)  # type: ignore[assignment]
    defaults: tuple[Value | None, ...] = field(compare=False, default=())


@dataclass(frozen=True, slots=True)
class ClassValue:
    loc: Loc
    name: str
    addr: int
    bases: tuple[Value, ...] = field(compare=False, default=())
    node: ir.Class = field(compare=False, default=None)  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the project."""

    path: str


@dataclass(frozen=True, slots=True)
class Namespace:
    """A package folder of the project without an ``__init__`` of its own."""

    path: str


@dataclass(frozen=True, slots=True)
class Lazy:
    """A definition, import or long assignment that has not been looked at: a unit of a module, the part of one that has the number
    ``part``, or (``unit`` -1) a name in a module."""

    path: str
    unit: int
    name: str
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """A mutable object in the heap: an instance, a list, a dictionary, a model."""

    addr: int


@dataclass(frozen=True, slots=True)
class Seq:
    """A tuple, or the content of a list. ``rest`` joins further elements of unknown number, ``tail`` those after them."""

    items: tuple[Value, ...]
    rest: Value | None = None
    tail: tuple[Value, ...] = ()  #: empty where ``rest`` is None
    names: tuple[str, ...] = ()  #: of a named tuple
    filled: bool = False  #: whether a loop has put elements into it, as which it is taken to have at least one
    open: bool = False  #: the arguments of ``*args`` in a function of which no call is in sight: more may be given

    @property
    def elements(self) -> tuple[Value, ...]:
        """Everything that it may hold, in order."""
        return (*self.items, *(() if self.rest is None else (self.rest,)), *self.tail)

    def each(self, change: Callable[[Value], Value]) -> Seq:
        """As many elements, each of them changed."""
        items = tuple(map(change, self.items))
        return Seq(items, None if self.rest is None else change(self.rest), tuple(map(change, self.tail)))


@dataclass(frozen=True, slots=True)
class Mapping:
    """The content of a dictionary. ``rest`` joins the values under unknown keys; ``place``: how many items stand before them, -1 where
    that is not known."""

    items: tuple[tuple[object, Value], ...] = ()
    rest: Value | None = None
    place: int = -1
    open: bool = False  #: the arguments of ``**kwargs`` in a function of which no call is in sight: more may be given

    def pairs(self) -> Seq:
        """The pairs of key and value as iterating over the dictionary gives them."""
        known = tuple(Seq((Const(key), value)) for key, value in self.items)
        rest = Seq((NOTHING, self.rest)) if self.rest is not None else None
        if rest is None or not known:
            return Seq(known, rest)
        return Seq(known[: self.place], rest, known[self.place :]) if self.place >= 0 else Seq((), Seq((NOTHING, NOTHING)))

    def in_order(self, *, keys: bool = False) -> Seq:
        """The values, or the keys, as iterating over the dictionary gives them."""
        return self.pairs().each(lambda pair: pair.items[0 if keys else 1] if isinstance(pair, Seq) else NOTHING)

    def get(self, key: object) -> Value | None:
        return next((value for k, value in self.items if k == key and type(k) is type(key)), None)


@dataclass(frozen=True, slots=True)
class SliceValue:
    start: Value
    stop: Value
    step: Value


@dataclass(frozen=True, slots=True)
class Partial:
    fn: Value
    args: tuple[Value, ...]
    named: tuple[tuple[str, Value], ...]


def unknown_like(value: Unknown) -> Unknown:
    """What is called, or taken out, of something that nobody knows: as little is known of it, for the same reason."""
    return Unknown(None, value.why) if value.why and value.why != EXITS else NOTHING


def ours(name: str, *given: Value) -> Partial:
    """A function of the interpreter's own, ``logitlint.<name>`` in its tables, that has been given its first arguments."""
    return Partial(Unknown(("name", "import", f"logitlint.{name}")), given, ())


@dataclass(frozen=True, slots=True)
class Descriptor:
    """``property``, ``classmethod``, ``staticmethod``, ``cached_property`` around a function."""

    form: str
    fn: Value


@dataclass(frozen=True, slots=True)
class Super:
    cls: ClassValue
    self: Value


@dataclass(frozen=True, slots=True)
class Builtin:
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values, each under its guard; flat, distinct."""

    options: tuple[tuple[Guard, Value], ...]


Value: TypeAlias = (
    "Unknown | Const | Tensor | Api | LibObject | Method | Function | ClassValue | Module | Namespace | Ref | Seq | Mapping"
    " | SliceValue | Partial | Descriptor | Super | Builtin | Choice | Lazy"
)

NOTHING = Unknown()
SOMETHING = Unknown(there=True)
NONE = Const(None)
EXITS = "exits"  #: of what a call gives that ends the program
#: The form of a logarithm that is divided, by a temperature as it may be, or of which some are set to -inf.
ADJUSTED_LOG = "adjusted log"
ATTRIBUTED = Api("easydict.EasyDict")  #: of a dictionary whose keys are attributes too, whoever made it
_LONGEST_TRACE = 24


def made(loc: Loc, note: str) -> Origin:
    return Origin(loc, note)


def passed(parent: Origin | None, loc: Loc, note: str) -> Origin | None:
    """``parent`` one hop further; the same place twice adds nothing."""
    if parent is None or parent.loc == loc:
        return parent
    if parent.hops >= _LONGEST_TRACE:
        return parent
    return Origin(loc, note, parent, parent.hops + 1)


def steps(origin: Origin | None) -> list[Origin]:
    """From the producer to the last hop."""
    found: list[Origin] = []
    while origin is not None:
        found.append(origin)
        origin = origin.parent
    return found[::-1]
