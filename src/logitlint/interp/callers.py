"""What those who call a definition by its name give it. A default that each of them overrides says nothing of what it does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from logitlint.guard import STRING
from logitlint.project import Project
from logitlint.skeleton import without_prose

_MOST_UNITS = 100  #: that name a definition; whoever is named more often is called by some who leave the default
_LONGEST = 80  #: characters that the name before a dot may have
_PIECE = re.compile(rf"{STRING}|[(\[{{]|[)\]}}]|,")
_OWNER = re.compile(r"(\w+|[)\]])\.\Z")
_NAMED = re.compile(r"(\w+)\s*=(?!=)")


class Call(NamedTuple):
    """The arguments of a call, those behind ``*`` and ``**`` left aside."""

    positional: int
    named: frozenset[str]


class Callers:
    def __init__(self, project: Project, said: Mapping[str, Sequence[frozenset[str]]]) -> None:
        """``said``: module -> the words of each of its units."""
        self._project = project
        self._said = said
        self._units: dict[str, list[tuple[str, int]]] = {}  #: word -> the units that say it
        self._calls: dict[tuple[str, bool], tuple[Call, ...]] = {}
        self._modules = {PurePosixPath(path.removesuffix("/__init__.py")).stem for path in said} | {None}

    def override(self, name: str, is_method: bool, position: int, parameter: str) -> bool:
        """Whether a definition is called by its name, and every call gives one of its parameters a value. ``position`` counts from 0,
        ``self`` left aside."""
        calls = self._calls.get((name, is_method))
        if calls is None:
            calls = self._calls[name, is_method] = tuple(self._find(name, is_method))
        return bool(calls) and all(call.positional > position or parameter in call.named for call in calls)

    def _find(self, name: str, is_method: bool) -> Iterator[Call]:
        if not self._units:
            for path, units in self._said.items():
                for number, words in enumerate(units):
                    for word in words:
                        self._units.setdefault(word, []).append((path, number))
        units_of_name = self._units.get(name, [])
        if len(units_of_name) > _MOST_UNITS:
            return
        called = re.compile(rf"(?<!\w){name}\s*\(")
        for path, number in units_of_name:
            code = without_prose(self._project.text(path, number))
            for match in called.finditer(code):
                before = code[max(0, match.start() - _LONGEST) : match.start()]
                owner = _OWNER.search(before)
                # after a dot a method, unless a module stands before it; what stands before another dot is an object's
                if owner is None and (is_method or before.endswith((".", "def ", "class "))):
                    continue
                if owner is not None and is_method == (owner[1] in self._modules):
                    continue
                yield _arguments(code, match.end())


def _arguments(code: str, start: int) -> Call:
    """Of the call whose arguments begin at an offset."""
    depth, positional, named = 1, 0, set()
    for match in _PIECE.finditer(code, start):
        depth += (match[0] in "([{") - (match[0] in ")]}")
        if depth == 0 or (depth == 1 and match[0] == ","):
            argument = code[start : match.start()].strip()
            keyword = _NAMED.match(argument)
            if keyword is not None:
                named.add(keyword[1])
            elif argument and argument[0] != "*":
                positional += 1
            start = match.end()
            if depth == 0:
                break
    return Call(positional, frozenset(named))
