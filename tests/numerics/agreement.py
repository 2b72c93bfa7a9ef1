"""A stub's signature against one that a library declares."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from logitlint.catalog.contract import OPAQUE, REQUIRED, Param, Signature
from logitlint.catalog.reader import Scope, read_signature

_POSITIONAL = ("plain", "positional")
_STARS = ("*", "**")
#: NumPy's names, which torch takes for its own; only the C++ parser of arguments knows of them.
_NUMPY_NAMES = {"axis": "dim", "keepdims": "keepdim"}


class Difference(NamedTuple):
    """``position`` (another name there), ``default``, ``missing`` (the stub lacks it) or ``wider`` (the library lacks it)."""

    sort: str
    text: str


@cache
def parsed(text: str) -> tuple[Param, ...]:
    node = ast.parse(f"def f({text}): ...").body[0]
    assert isinstance(node, ast.FunctionDef)
    return read_signature(node, Scope(Path("installed"))).params


def tells(text: Iterable[str]) -> bool:
    """Whether a declared signature names a parameter at all."""
    return any(not each.startswith("*") or "," in each.replace(", **", "", 1) for each in text)


def differences(stub: Iterable[Signature], texts: Iterable[str], *, numpy_names: bool = False) -> list[Difference]:
    """What differs, of every overload, from the declared signature that differs least; empty when all agree."""
    found: list[Difference] = []
    for each in stub:
        params = [each.params]
        if numpy_names:
            params.append(tuple(param._replace(name=_NUMPY_NAMES.get(param.name, param.name)) for param in each.params))
        found += min((_compare(mine, parsed(text)) for text in texts for mine in params), key=_weight)
    return list(dict.fromkeys(found))


def _weight(found: Iterable[Difference]) -> tuple[int, int]:
    told = [each.sort for each in found]
    return sum(sort != "wider" for sort in told), len(told)


def _compare(mine: tuple[Param, ...], real: tuple[Param, ...]) -> list[Difference]:
    if mine and mine[0].name == "self" and real and real[0].mode in _POSITIONAL:
        real = (real[0]._replace(name="self"), *real[1:])  # the object, whatever the library calls it
    modes, real_modes = {each.mode for each in mine}, {each.mode for each in real}
    by_name = {each.name: each for each in mine if each.mode not in _STARS}
    theirs = {each.name: each for each in real if each.mode not in _STARS}
    found = _order(mine, real)
    found += [each for name, param in by_name.items() if name in theirs for each in _default(param, theirs[name])]
    if "**" not in modes:
        lacking = [each for each in theirs.values() if each.name not in by_name and each.mode != "positional"]
        found += [Difference("missing", each.name) for each in lacking if not (each.mode == "plain" and "*" in modes)]
    if "**" not in real_modes:
        unknown = [each for each in by_name.values() if each.name not in theirs and each.mode != "positional"]
        places = len([each for each in real if each.mode == "positional"])  # whose names are nobody's business
        unknown = [each for each in unknown if mine.index(each) >= places and not (each.mode == "plain" and "*" in real_modes)]
        found += [Difference("wider", each.name) for each in unknown]
    return found


def _order(mine: tuple[Param, ...], real: tuple[Param, ...]) -> list[Difference]:
    names = [each.name for each in mine if each.mode in _POSITIONAL]
    theirs = [each for each in real if each.mode in _POSITIONAL]
    for name, each in zip(names, theirs):  # noqa: B905 - one may be longer
        if name != each.name and each.mode != "positional":
            return [Difference("position", f"{', '.join(names)} for {', '.join(each.name for each in theirs)}")]
    return []


def _default(mine: Param, real: Param) -> list[Difference]:
    if mine.role == "flag" and mine.default == REQUIRED:
        return []  # an overload that holds only for a value that is given
    if mine.default != REQUIRED and real.default == REQUIRED:
        return [Difference("wider", f"{mine.name} may be left out")]
    known = OPAQUE not in (mine.default, real.default) or REQUIRED in (mine.default, real.default)
    same = mine.default == real.default and isinstance(mine.default, bool) == isinstance(real.default, bool)
    return [] if same or not known else [Difference("default", f"{mine.name}={mine.default!r} for {real.default!r}")]
