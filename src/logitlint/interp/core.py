"""What every part of the interpreter shares: state, path, frames, branches, budget and the recording of sites."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple, overload

from logitlint import ir
from logitlint.interp.fates import Fates
from logitlint.interp.guards import FALSE, TRUE, Guard, Symbol, Term, any_of, conj, numbers, relative, touches
from logitlint.interp.sites import Site
from logitlint.interp.state import Layer, Slot, State, merge, narrow, options
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Callee,
    Choice,
    ClassValue,
    Descriptor,
    Function,
    LibObject,
    Loc,
    Mapping,
    Origin,
    Producer,
    Ref,
    Seq,
    Tensor,
    Unknown,
    Value,
    passed,
)
from logitlint.kinds import Want
from logitlint.mentions import ANY_NAME
from logitlint.project import Project

MOST_ALLOWANCE = 30_000
DEEPEST_CALL = 32


class Exhausted(Exception):
    """The budget of a root is spent: what was found stands, what is open stays unresolved."""


@dataclass(slots=True)
class Args:
    """Evaluated arguments. ``more``: a ``*`` or ``**`` of unknown content was among them."""

    pos: tuple[Value, ...] = ()
    named: dict[str, Value] = field(default_factory=dict)
    more: bool = False
    rest: Value | None = None  #: after ``pos``: arguments of unknown number, then those of ``tail``
    tail: tuple[Value, ...] = ()
    open: bool = False  #: whether a ``*`` or ``**`` was among them that is taken to hold no more, and may for callers out of sight

    def get(self, index: int, name: str) -> Value | None:
        if name in self.named:
            return self.named[name]
        return self.pos[index] if 0 <= index < len(self.pos) else None

    def values(self) -> tuple[Value, ...]:
        return (*self.pos, *self.named.values())

    def prepend(self, *values: Value) -> Args:
        return Args((*values, *self.pos), self.named, self.more, open=self.open)


class Use(NamedTuple):
    """What the text of a function does with what it is given."""

    builds: bool  #: it calls by name what leads to what makes a kind
    calls: bool  #: it calls one of its variables
    attributes: frozenset[str]  #: those that it names, of whatever object


class Asked(NamedTuple):
    """What the text of a method does with the attributes of its object."""

    read: set[str]
    touched: set[str]  #: more than read: handed on, given a value, or told to do what may change it


class Yielded(NamedTuple):
    """What one ``yield`` gives first."""

    value: Value
    once: bool  #: on every way through the function, and outside of its loops
    written: Layer  #: what the function had written by then, of its first ``yield``


class Context(NamedTuple):
    """What a function behind ``contextlib.contextmanager`` does on entry and on leaving."""

    value: Value
    entering: Layer
    leaving: Layer


@dataclass(slots=True)
class Frame:
    """``path``/``unit`` say where the code stands, ``scope`` which namespaces it sees (innermost first)."""

    path: str
    unit: int
    scope: tuple[int, ...]
    names: tuple[frozenset[str] | None, ...]  #: what each namespace of ``scope`` may bind; None: anything
    outer: frozenset[str] = frozenset()
    function: Function | None = None
    depth: int = 0
    returns: list[tuple[Guard, Value, Layer]] = field(default_factory=list)
    yields: dict[int, Yielded] = field(default_factory=dict)  #: by place
    called: Loc | None = None  #: the call that entered the function
    raised: bool = False  #: whether a path through the function ended without returning
    captured: bool = False
    inner: list[Function | ClassValue] = field(default_factory=list)  #: what is defined inside
    owner: ClassValue | None = None


@dataclass(slots=True)
class HeapClass:
    """What an object in the heap is: ``form`` list, dict, instance, sequential, model … and its class."""

    form: str
    cls: Value = NOTHING
    loc: Loc | None = None


class LeftTurn(NamedTuple):
    """A turn of a loop that ``break`` or ``continue`` cuts short."""

    path: Guard
    written: Layer
    ends_loop: bool


class Core(ABC):
    def __init__(self, project: Project, budget: int) -> None:
        self.project = project
        self.spaces: dict[int, frozenset[str] | None] = {}  #: what each namespace may bind; None: anything
        self.state = State(self.spaces)
        self.path: Guard = TRUE  #: what has been decided since the function that is being run was entered
        self.callers: list[tuple[Guard, Term]] = []  #: the paths to the calls that are being run; the literals of these up to each
        self.frames: list[Frame] = []
        self.sites: list[Site] = []
        self.heap: dict[int, HeapClass] = {}
        self.loops: list[tuple[int, list[LeftTurn]]] = []
        self.steps = 0
        self.budget = budget  #: the step at which what is being run has to end
        self.whole = budget  #: the same for what weighs, whoever calls it
        self.weighs: Callable[[Function], bool] = lambda function: True  #: whether what a function says may decide a kind
        #: whether names that are called in a module lead to what makes a kind
        self.builds: Callable[[str, Set[str]], bool] = lambda path, names: True
        self.uses: dict[tuple[Loc, Loc | None], Use] = {}  #: of functions, and of methods of a class
        self.asked: dict[tuple[Loc, bool], Asked | None] = {}  #: of methods; True: its own stores, once each, left aside
        self.names: dict[frozenset[str], frozenset[str]] = {}  #: what several of them name: hundreds of names in classes of one base
        #: the attributes that a function may fill on an object of some classes
        self.fills: Callable[[Function, Sequence[Value]], frozenset[str]] = lambda function, classes: frozenset((ANY_NAME,))
        self.entered: set[Loc] = set()
        self.shortened: set[Loc] = set()  #: functions that were left because their allowance was spent
        self.overrun: set[str] = set()  #: what was not run to its end although it matters, the path first
        self.cut: Counter[Loc] = Counter()  #: how often, since the root began
        self.cut_at: dict[Loc, int] = {}  #: functions that matter -> the most steps that were not enough, since the root began
        self.most_allowance = MOST_ALLOWANCE  #: steps that one call may spend
        self.unending: set[Loc] = set()  #: decorators that did not come to an end
        self.contexts: dict[int, Context] = {}
        #: what the statements of modules and classes define, by namespace and name, whatever has become of it
        self.definitions: dict[int, dict[str, list[Function | ClassValue | Descriptor]]] = {}
        self.any_instance: Callable[[ClassValue], None] = lambda cls: None  #: runs what any object of a class may do
        self.handed: Callable[[Ref], None] = lambda ref: None  #: runs what a library may do with an object that it is given
        self.logs: dict[Loc, Producer] = {}  #: place of a logarithm -> producer of the probability it was taken of
        self.padded: set[Loc] = set()  #: logarithms of a probability that was kept away from 0
        self.cancelled: set[Loc] = set()  #: logarithms that were multiplied by that same probability, or are only drawn from, or unread
        self.numbers: set[Loc] = set()  #: calls whose result is only turned into a number
        self.shown: set[Loc] = set()  #: calls that a cell makes to show their result, and for nothing else
        self.passing: list[int] | None = None  #: the objects that last no longer than what is being run; None: all last
        self.annotated: dict[int, list[str]] = {}  #: class -> its annotated fields in order
        self.dataclasses: set[int] = set()
        self.enumerations: dict[Loc, ClassValue] = {}
        self.stars: dict[str, list[str]] = {}  #: module -> library namespaces that it imports with a star
        self.orders: dict[int, list[Value]] = {}  #: class -> its method resolution order
        self.generic: set[int] = set()  #: objects that stand for any instance of their class
        self.reordered: set[int] = set()  #: objects of which an attribute may have become a module after others had
        self.many: set[int] = set()  #: objects that stand for others that a loop made beside them
        self.running: set[tuple[int, str]] = set()  #: objects, and the names under which they hold what is being run
        self.repeating: list[tuple[int, int]] = []  #: for every loop: the first address made in the innermost of unknown length, the turn
        #: variables that a turn of a loop has read although not every way had given them a value: the ways there, those that had
        self.partly: dict[Slot, list[tuple[Guard, Guard]]] = {}
        self.revealing = False
        self.revealed: dict[Loc, Value] = {}  #: statements and the values they assign, when somebody asks
        self.given: dict[Loc, dict[Loc, bool]] = {}  #: producer -> the calls that gave its value to whoever called; False: in a tuple
        self.callees: dict[Loc, tuple[Callee, ...]] = {}  #: call -> everything that it has called so far
        self._next = 1
        self._group = 0
        #: calls whose alternatives are being run: place, path, number, all of them, callers
        self._base: list[tuple[Loc, Guard, int, Guard, int]] = []
        self.calling: tuple[Loc, ir.Call] | None = None  #: the call that is about to be made
        self.score_logs: dict[Loc, tuple[str, Value]] = {}  #: place of a logarithm of raw scores -> API, scores
        self.fates = Fates()
        self.keras_classes: dict[int, bool] = {}  #: class -> whether it derives from Keras
        self.foreign: dict[Symbol, int] = {}  #: unknown object -> the address of what was put into it
        self.changed: set[Symbol] = set()  #: unknown objects into which something was put, or out of which something was taken
        self.patches: int | None = None  #: where it stands what names of libraries have been given another value
        self.callbacks: dict[object, Value] = {}  #: the symbol of a trainer -> what it was given to call at certain times
        self.written_files: set[str] = set()  #: names of files that the program opens to write
        self.stored_settings: dict[str, set[tuple[str, str]]] = {}  #: module -> whose settings, and which, somebody changes later

    # ------------------------------------------------------------------ what the parts call each other for

    @abstractmethod
    def call(self, fn: Value, args: Args, loc: Loc) -> Value: ...

    @abstractmethod
    def attribute(self, value: Value, name: str, loc: Loc) -> Value: ...

    @abstractmethod
    def assign_attribute(self, value: Value, name: str, new: Value, loc: Loc) -> None: ...

    @abstractmethod
    def item(self, value: Value, key: Value, loc: Loc) -> Value: ...

    @abstractmethod
    def operate(self, name: str, operands: Sequence[Value], loc: Loc) -> Value: ...

    @abstractmethod
    def truth(self, value: Value, loc: Loc) -> tuple[Guard, Guard]: ...

    @abstractmethod
    def instantiate(self, cls: ClassValue, args: Args, loc: Loc) -> Value: ...

    @abstractmethod
    def module_value(self, path: str) -> Value: ...

    @abstractmethod
    def evaluate(self, node: ir.Expr) -> Value: ...

    @abstractmethod
    def run(self, body: Sequence[ir.Stmt]) -> bool: ...

    @abstractmethod
    def frame_value(self, name: str) -> Value: ...

    @abstractmethod
    def new_instance(self, cls: ClassValue, classes: Sequence[Value], loc: Loc) -> Ref: ...

    @abstractmethod
    def library_init(self, ref: Ref, classes: Sequence[Value], args: Args, loc: Loc) -> None: ...

    @abstractmethod
    def module_address(self, path: str) -> int: ...

    @abstractmethod
    def force(self, value: Value) -> Value: ...

    @abstractmethod
    def missing_attribute(self, ref: Ref, classes: Sequence[Value], name: str, loc: Loc) -> Value: ...

    # ------------------------------------------------------------------ places

    @property
    def frame(self) -> Frame:
        return self.frames[-1]

    def here(self, at: int) -> Loc:
        frame = self.frames[-1]
        return Loc(frame.path, frame.unit, at)

    def allow(self, budget: int) -> None:
        self.budget = self.whole = budget

    def step(self, cost: int = 1) -> None:
        self.steps += cost
        if self.steps > self.budget:
            raise Exhausted

    # ------------------------------------------------------------------ heap

    def alloc(self, form: str, cls: Value = NOTHING, loc: Loc | None = None) -> int:
        addr = self._next
        self._next += 1
        self.heap[addr] = HeapClass(form, cls, loc)
        if self.passing is not None:
            self.passing.append(addr)
        return addr

    def forget(self) -> None:
        """What was made since ``passing`` began is met no more: nothing of a root outlives it but what modules it imported."""
        for addr in self.passing or ():
            del self.heap[addr]
            for known in (self.spaces, self.orders, self.annotated, self.keras_classes, self.definitions, self.contexts):
                known.pop(addr, None)
            self.state.forget(addr)
            self.generic.discard(addr)
            self.many.discard(addr)
            self.reordered.discard(addr)
        self.foreign = {symbol: addr for symbol, addr in self.foreign.items() if addr in self.heap}
        self.changed = set()
        self.passing = []

    def new_list(self, items: Iterable[Value] = (), rest: Value | None = None, loc: Loc | None = None) -> Ref:
        addr = self.alloc("list", loc=loc)
        self.state.set((addr, "items"), Seq(tuple(items), rest))
        return Ref(addr)

    def form(self, value: Value) -> str:
        """The form of a heap object, "" for every other value."""
        return self.heap[value.addr].form if isinstance(value, Ref) else ""

    def field(self, value: Value, name: str) -> Value | None:
        return self.state.get((value.addr, name)) if isinstance(value, Ref) else None

    def set_field(self, ref: Ref, name: str, value: Value | None) -> None:
        if ref.addr in self.many and value != self.state.get((ref.addr, name)):
            value = Seq((), NOTHING) if isinstance(value, Seq) else Mapping((), NOTHING) if isinstance(value, Mapping) else NOTHING
        self.state.set((ref.addr, name), value)

    def by_content(self, ref: Ref, run: Callable[[], Value]) -> Value:
        """``run``, which changes what a container holds or reads from it, with each of the contents that it may have by now."""
        content = self.field(ref, "items")

        def having(option: Value) -> Value:
            self.set_field(ref, "items", option)
            return run()

        return self.each(content, having) if isinstance(content, Choice) else run()

    # ------------------------------------------------------------------ paths

    def enter(self) -> None:
        """Begin a function: its path starts anew, so that guards stay short whatever led here."""
        granted = self.callers[-1][1] if self.callers else frozenset()
        self.callers.append((self.path, granted if self.path.always else granted | numbers(self.path)))
        self.path = TRUE

    def leave(self) -> None:
        self.path, _ = self.callers.pop()

    def give(self, value: Value, at: int) -> None:
        """``yield value``; what a later turn of a loop gives there is one more of the same."""
        frame = self.frame
        if at not in frame.yields:
            written = {} if frame.yields else self.state.above(frame.depth)
            frame.yields[at] = Yielded(value, self.path.always and not self.loops, written)

    def admits(self, guard: Guard) -> bool:
        """Whether a guard may hold here."""
        return not (conj(self.path, guard).never or self._opposed(guard))

    def narrowed(self, value: Value) -> Value:
        """A choice without the options that cannot be here."""
        return narrow(value, self.admits) if isinstance(value, Choice) and (self.callers or not self.path.always) else value

    def _opposed(self, guard: Guard) -> bool:
        """Whether a path that led to the function denies a guard."""
        if not self.callers or guard.always or not touches(guard, self.callers[-1][1]):
            return False
        return any(conj(path, guard).never for path, _ in self.callers)

    def _along(self, path: Guard, first: int, last: int | None = None) -> Guard:
        """``path`` after the paths of some callers."""
        for each, _ in self.callers[first:last]:
            path = conj(each, path)
        return path

    # ------------------------------------------------------------------ branches

    def fork(self, arms: Sequence[tuple[Guard, Callable[[], bool]]]) -> bool:
        """Run each feasible arm on its own layer and join. An arm returns whether control leaves it at its end."""
        entry = self.path
        feasible = [(path, run) for guard, run in arms if not ((path := conj(entry, guard)).never or self._opposed(guard))]
        if not feasible:
            return False
        if len(feasible) == 1:
            self.path, run = feasible[0]
            narrowed = self.path
            alive = run()
            if alive and self.path == narrowed:
                self.path = entry
            return alive
        live: list[tuple[Guard, Layer]] = []
        unchanged = True
        for path, run in feasible:
            self.path = path
            self.state.push()
            try:
                alive = run()
            finally:
                layer = self.state.pop()
            if alive:
                live.append((self.path, layer))
                unchanged = unchanged and self.path == path
        if not live:
            self.path = entry
            return False
        self.step(sum(len(layer) for _, layer in live) + 2 * len(feasible))
        self.state.join([(relative(path, entry), layer) for path, layer in live])
        complete = len(live) == len(feasible) and unchanged
        self.path = entry if complete else any_of(path for path, _ in live)
        return True

    def each(self, value: Value, run: Callable[[Value], Value]) -> Value:
        """``run`` for every alternative of a value, under its guard; the results joined."""
        alternatives = options(value)
        if len(alternatives) == 1:
            return run(value)
        results: list[tuple[Guard, Value]] = []

        def arm(guard: Guard, option: Value) -> Callable[[], bool]:
            def go() -> bool:
                results.append((guard, run(option)))
                return True

            return go

        self.fork([(guard, arm(guard, option)) for guard, option in alternatives])
        return merge(results) if results else Unknown(None, "unreachable")

    # ------------------------------------------------------------------ sites

    def argument(self, loc: Loc, index: int, name: str) -> Loc:
        """The place of an argument of the call at ``loc``; ``loc`` itself where it is not written there."""
        if self.calling is None or self.calling[0] != loc:
            return loc
        position = 0
        for arg in self.calling[1].args:
            if arg.name == name or (arg.name is None and not arg.form and position == index):
                return loc._replace(at=arg.value.at)
            position += arg.name is None
        return loc

    def push_base(self, loc: Loc, at: Loc) -> None:
        """Sites at ``at``, a part of the call at ``loc``, are chosen among what that call does, until :meth:`pop_base`."""
        among = self._base[-1] if self._base and self._base[-1][0] == loc else (loc, self.path, self.group(), TRUE, len(self.callers))
        self._base.append((at, *among[1:]))

    def pop_base(self) -> None:
        self._base.pop()

    def outlives(self, ref: Ref) -> bool:
        """Whether an object was made before the innermost loop of unknown length, so that each turn changes it again."""
        return bool(self.repeating) and ref.addr < self.repeating[-1][0]

    def unless_inside(self, ref: Ref, name: str, run: Callable[[], Value]) -> Value:
        """``run``, which runs what an object holds under a name; nothing is known of what holds itself."""
        key = ref.addr, name
        if key in self.running:
            return NOTHING
        self.running.add(key)
        try:
            return run()
        finally:
            self.running.discard(key)

    def joined(self, values: Iterable[Value | None]) -> Value:
        """What stands for every element that the turns of a loop put somewhere, the last of ``values`` put in by the last turn: that one,
        where they are equal or objects that one place makes, turn by turn. Nothing where no turn has put anything."""
        found = [value for value in values if value is not None]
        if not found or not all(self.alike(each, found[-1]) for each in found):
            return NOTHING
        if any(each != found[-1] for each in found):
            self._stands_for_many(found[-1])
        return found[-1]

    def followed(self, content: Seq, more: Seq) -> Seq:
        """One sequence after another."""
        if content.rest is None:
            return Seq((*content.items, *more.items), more.rest, more.tail)
        if more.rest is None:
            return Seq(content.items, content.rest, (*content.tail, *more.items))
        return Seq(content.items, self.joined((content.rest, *content.tail, *more.items, more.rest)), more.tail)

    def _stands_for_many(self, value: Value) -> None:
        """What changes one of many leaves the others as they are: of what is written into it nothing is known."""
        pending = [value]
        while pending:
            each = pending.pop()
            pending += [part for _, option in options(each) for part in _parts(option)]
            if isinstance(each, Ref) and each.addr not in self.many:
                self.many.add(each.addr)
                pending += self.state.slots_of(each.addr).values()

    def alike(self, a: Value | None, b: Value | None) -> bool:
        """Whether two values are one, or objects that one place made and that hold the same but for what nobody knows: of the turns of
        a loop one is as good as the other. Two unknown values are not: what decides one does not decide the other."""
        return a == b or (not isinstance(a, Unknown) and self._matches(a, b, set()))

    def _matches(self, a: Value | None, b: Value | None, seen: set[tuple[int, int]]) -> bool:
        if a == b or (isinstance(a, Unknown) and isinstance(b, Unknown)):
            return True
        if isinstance(a, Ref) and isinstance(b, Ref):
            if (a.addr, b.addr) in seen:
                return True
            seen.add((a.addr, b.addr))
            mine, others = self.state.slots_of(a.addr), self.state.slots_of(b.addr)
            made = self.heap[a.addr].loc is not None and self.heap[a.addr] == self.heap[b.addr]
            return made and mine.keys() == others.keys() and all(self._matches(mine[name], others[name], seen) for name in mine)
        pairs = _paired(a, b)
        return pairs is not None and all(self._matches(one, other, seen) for one, other in pairs)

    def turns(self) -> tuple[int, ...]:
        """Which turn of each loop is being run; empty in the first of all."""
        turns = tuple(turn for _, turn in self.repeating)
        return turns if any(turns) else ()

    def occasion(self, loc: Loc) -> Symbol:
        """What tells one evaluation of a place from another: what it gave in one turn of a loop, or deeper in the calls, it need not
        give again."""
        return loc, len(self.frames), *self.turns()

    def number_groups_from(self, first: int) -> None:
        """Evaluations of different processes must not share a number."""
        self._group = max(self._group, first)

    def group(self) -> int:
        self._group += 1
        return self._group

    def record(
        self,
        form: str,
        loc: Loc,
        api: str,
        value: Value,
        *,
        want: Want | None = None,
        axis: int | None = None,
        role: str = "prediction",
        result: Value | None = None,
        built: Origin | None = None,
        target: Value | None = None,
        detail: str = "",
    ) -> None:
        """Note a site. Inside the alternatives of one call (see :meth:`alternatives`) the shared path is the call's."""
        among = self._base[-1] if self._base and self._base[-1][0] == loc else None
        base, group, whole, callers = among[1:] if among is not None else (self.path, self.group(), TRUE, len(self.callers))
        chosen = relative(self._along(self.path, callers), base)
        base = self._along(base, 0, callers)
        calls = self._calls_elsewhere(loc.path)
        self.sites.append(Site(form, loc, api, value, base, chosen, group, want, axis, role, result, built, target, detail, calls, whole))

    def _calls_elsewhere(self, path: str) -> tuple[Loc, ...]:
        """One call for every other file on the way here: whoever ties files together has a part in what happens."""
        found: dict[str, Loc] = {}
        for frame in self.frames:
            if frame.called is not None and frame.called.path != path:
                found[frame.called.path] = frame.called
        return tuple(found.values())

    def alternatives(self, fn: Value, loc: Loc, run: Callable[[Value], Value]) -> Value:
        """Call each alternative of a callable; sites recorded at ``loc`` know that they were chosen among others.

        ``None`` is none of them: it cannot be called and has no methods, so whoever comes back had something else.
        """
        there = [(guard, option) for guard, option in options(fn) if option != NONE]
        if 0 < len(there) < len(options(fn)):
            passed = conj(self.path, any_of(guard for guard, _ in there))
            if not passed.never and not passed.blurred:
                self.path, fn = passed, merge(there)
        if self._base and self._base[-1][0] == loc:
            return self.each(fn, run)  # an alternative that has alternatives: they belong to the same call
        self._base.append((loc, self.path, self.group(), any_of(guard for guard, _ in options(fn)), len(self.callers)))
        depth = len(self._base) - 1
        try:
            return self.each(fn, run)
        finally:
            del self._base[depth:]


def _parts(value: Value) -> tuple[Value, ...]:
    """What a value that is no object holds."""
    if isinstance(value, Seq):
        return (*value.items, *value.tail, *((value.rest,) if value.rest is not None else ()))
    if isinstance(value, Mapping):
        return (*(each for _, each in value.items), *((value.rest,) if value.rest is not None else ()))
    return ()


def _paired(a: Value | None, b: Value | None) -> list[tuple[Value | None, Value | None]] | None:
    """What two values hold, side by side; None where they are not of one make."""
    if isinstance(a, Seq) and isinstance(b, Seq) and (len(a.items), len(a.tail), a.names) == (len(b.items), len(b.tail), b.names):
        return [*zip(a.items, b.items, strict=True), (a.rest, b.rest), *zip(a.tail, b.tail, strict=True)]
    if isinstance(a, Mapping) and isinstance(b, Mapping) and [key for key, _ in a.items] == [key for key, _ in b.items]:
        return [*((one, other) for (_, one), (_, other) in zip(a.items, b.items, strict=True)), (a.rest, b.rest)]
    if isinstance(a, LibObject) and isinstance(b, LibObject) and replace(a, args=()) == replace(b, args=()):
        named = dict(b.args)
        return [(value, named.get(name)) for name, value in a.args] if named.keys() == dict(a.args).keys() else None
    return None


@overload
def hop(value: Tensor, loc: Loc, note: str) -> Tensor: ...
@overload
def hop(value: Value, loc: Loc, note: str) -> Value: ...
def hop(value: Value, loc: Loc, note: str) -> Value:
    """A tensor's way one step longer; any other value as it is."""
    if isinstance(value, Tensor) and value.origin is not None and value.origin.loc != loc:
        return replace(value, origin=passed(value.origin, loc, note))
    return value


__all__ = ["FALSE", "TRUE", "Args", "Core", "Exhausted", "Frame", "HeapClass", "hop", "ir"]
