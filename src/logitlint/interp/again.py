"""What asking again gives: which calls of what nobody knows are the same unknown each time, and which are another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from logitlint.interp.core import Args, Core
from logitlint.interp.values import NOTHING, SOMETHING, Api, Builtin, ClassValue, Const, Loc, Mapping, Ref, Seq, Unknown, Value

#: Functions and operators whose result is never ``None``, as that of those with a sign for a name.
_GIVES_SOMETHING = frozenset({"len", "neg", "pos", "inv", "isinstance", "hasattr", "type"})

#: Functions and methods that give something else each time, or change what they are asked of.
_CHANGING = frozenset(
    "next __next__ pop popitem popleft get_nowait read readline readlines recv input step update advance "
    "random rand randn randint randrange random_sample sample choice choices shuffle permutation uniform normal gauss bernoulli binomial "
    "multinomial integers standard_normal getrandbits urandom time time_ns perf_counter monotonic process_time now today utcnow "
    "uuid1 uuid4".split()
)

#: Methods and functions that only look at what they are given: of strings, of tensors, of dictionaries, of ``re`` and ``fnmatch``.
_LOOKING = frozenset(
    "lower upper strip lstrip rstrip casefold title capitalize swapcase split isdigit isalpha isalnum isnumeric isupper islower isspace "
    "startswith endswith dim ndimension size numel nelement item any all keys get match search fullmatch fnmatch".split()
)
#: How the names of methods begin that say what an object is. They may change as its attributes may, of which the same is taken.
_ASKING = ("is_", "has_", "use_", "uses_", "can_", "needs_", "supports_")

#: What libraries say of the machine and of the run as a whole.
_OF_THE_RUN = frozenset({"is_available", "is_built", "is_bf16_supported", "device_count", "get_rank", "get_world_size"})

_MOST_PARTS = 16  #: of a list that is told from others by what is in it


def derived(m: Core, name: str, args: Args) -> Unknown:
    """A pure function of known unknowns is one unknown itself, the same each time."""
    otherwise = SOMETHING if name in _GIVES_SOMETHING or not name[0].isalpha() else NOTHING
    first = next((value for value in args.pos if isinstance(value, Unknown) and value.sym is not None), None)
    parts = _parts(m, args.pos) if first is not None else None
    if first is None or parts is None:
        return otherwise
    at = args.pos.index(first)
    others = parts[1:] if at == 0 else (*parts[:at], _ITS_PLACE, *parts[at + 1 :])
    return Unknown(("call", first.sym, name, *others), there=otherwise.there)


_ITS_PLACE = "_"  #: where the first unknown stands among the arguments, if others stand before it: `1 - n` is not `n - 1`


def called(m: Core, fn: Unknown, args: Args, loc: Loc) -> Unknown:
    """What something outside the project gives that nobody knows."""
    assert fn.sym is not None
    full = str(fn.sym[-1]) if fn.sym[0] in ("name", "attr") else ""
    named = fn.sym[0] == "name" and len(fn.sym) == 3
    if not args.named and not args.more and not changes(full, args):
        if named and not args.pos:
            return Unknown(("call", fn.sym, full))
        parts = _parts(m, args.pos)
        constant = bool(args.pos) and all(isinstance(each, Const) for each in args.pos)
        gone_on = full.startswith(_ASKING) and fn.sym[0] == "attr" and fn.sym[1] in m.changed  # `stopper.is_done()` after an update
        if parts is not None and (constant or _looks(full)) and not gone_on:
            return Unknown(("apply", fn.sym, *parts))
    return Unknown(("result", *m.occasion(loc)))


def of_library(m: Core, name: str, args: Args, loc: Loc) -> Unknown:
    """What a function of a library gives of which the catalogue says nothing."""
    if changes(name, args):
        return Unknown(("call", name, loc, *m.turns()))
    if args.pos:
        found = derived(m, name, args)
        return found if found.sym is not None else Unknown(("result", *m.occasion(loc)), there=found.there)
    return Unknown(("call", name) if not args.named and _last(name) in _OF_THE_RUN else ("call", name, loc))


def changes(name: str, args: Args) -> bool:
    """Whether a function gives something else each time. So does what a queue has, which is asked without a name."""
    asked = args.pos[0] if args.pos else None
    of_queue = asked is None or (isinstance(asked, Const) and isinstance(asked.value, bool))
    return _last(name) in _CHANGING or (_last(name) == "get" and of_queue)


def _looks(name: str) -> bool:
    last = _last(name)
    return last in _LOOKING or last.startswith(_ASKING)


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _parts(m: Core, values: Iterable[Value]) -> tuple[object, ...] | None:
    """What tells some values from others; None where nothing does for one of them."""
    found: list[object] = []
    for value in values:
        match value:
            case Unknown(sym=tuple() as symbol):
                found.append(symbol)
            case Const(constant):
                found.append(constant)
            case Api(name) | ClassValue(name=name) | Builtin(name):
                found.append(name)
            case Seq() | Ref():
                listed = _listed(m, value)
                parts = _parts(m, listed) if listed is not None else None
                if parts is None:
                    return None
                found.append((m.form(value), *parts))
            case _:
                return None
    return tuple(found)


def _listed(m: Core, value: Value) -> Sequence[Value] | None:
    """What is in a short tuple or list, or in an empty dictionary; None of anything else."""
    content = m.field(value, "items") if m.form(value) in ("list", "dict") else value
    if isinstance(content, Seq) and content.rest is None and len(content.items) <= _MOST_PARTS:
        return content.items
    return () if content == Mapping() else None
