"""Which overload of a known API a call takes, and the value of each of its parameters."""

from __future__ import annotations

from typing import TypeAlias

from logitlint.catalog.contract import OPAQUE, REQUIRED, Param, Signature
from logitlint.interp.core import Args
from logitlint.interp.values import NOTHING, Const, Mapping, Seq, Value

Env: TypeAlias = "dict[str, Value]"

#: Parameters of which a function guesses what they are, where nobody says it: that nobody does has to be known.
_AXES = frozenset({"dim", "axis"})


class Dynamic(Exception):
    """A flag that decides the contract is no constant. ``name`` is the parameter, ``options`` its value when it is a choice."""

    def __init__(self, name: str, value: Value) -> None:
        super().__init__(name)
        self.name = name
        self.value = value


def bind(signature: Signature, args: Args) -> Env | None:
    """Parameter -> value, defaults included; None when the arguments do not fit.

    Raises:
        Dynamic: a ``Literal`` parameter was given something that is not a constant.
    """
    env: Env = {}
    position = 0
    named = dict(args.named)
    for param in signature.params:
        if param.mode == "*":
            env[param.name] = Seq(args.pos[position:])
            position = len(args.pos)
        elif param.mode == "**":
            env[param.name] = Mapping(tuple(named.items()))
            named.clear()
        elif param.mode != "keyword" and position < len(args.pos):
            env[param.name] = args.pos[position]
            position += 1
        elif param.mode != "positional" and param.name in named:
            env[param.name] = named.pop(param.name)
        elif param.default is not REQUIRED and param.default != REQUIRED:
            env[param.name] = _default(param, args)
        if param.literals and not _admits(param, env.get(param.name)):
            return None
    if position < len(args.pos) or named:
        return None
    return env


def _default(param: Param, args: Args) -> Value:
    if param.default == OPAQUE or args.more or (args.open and param.default is None and param.name in _AXES):
        return NOTHING
    try:
        hash(param.default)
    except TypeError:
        return NOTHING
    return Const(param.default)


def _admits(param: Param, value: Value | None) -> bool:
    if value is None:
        return True
    if isinstance(value, Const):
        return any(value.value == each and (value.value is None) == (each is None) for each in param.literals)
    raise Dynamic(param.name, value)


def choose(signatures: tuple[Signature, ...], args: Args) -> tuple[int, Env] | None:
    """The first overload that holds.

    Raises:
        Dynamic: as :func:`bind`.
    """
    for i, signature in enumerate(signatures):
        env = bind(signature, args)
        if env is not None:
            return i, env
    return None
