"""Who calls a definition by its name, and what it is given. A default that each of them overrides says nothing of what it does, and a
method that a base class offers to all does nothing on those on whom nobody calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import PurePosixPath
from typing import NamedTuple

from logitlint.guard import STRING
from logitlint.project import Project
from logitlint.skeleton import without_prose

_MOST_UNITS = 100  #: that name a definition; whoever is named more often is called by some who leave the default
_LONGEST = 80  #: characters that the name before a dot may have
_PIECE = re.compile(rf"{STRING}|[(\[{{]|[)\]}}]|,")
_OWNER = re.compile(r"(\w+|[)\]])\s*\.\s*\Z")
_ATTRIBUTE = re.compile(r"\.[ \t]*([^\W\d]\w*)")
_NAMED = re.compile(r"(\w+)\s*=(?!=)")
_BASES = re.compile(r"class\s+\w+\s*\(([^:]*)\)\s*:")
_WORD = re.compile(r"\w+")
_BUILT = re.compile(r"(\w+)\s*\([^()]*\)\s*\.\s*\Z")
#: Who stands before a dot where a class calls what it has itself.
_OWN = re.compile(r"(?:\b(?:self|cls)|\bsuper\s*\([^()]*\))\s*\.\s*\Z")


class Call(NamedTuple):
    """Where a definition is called, and the arguments, those behind ``*`` and ``**`` left aside."""

    path: str
    positional: int
    named: frozenset[str]


class _Place(NamedTuple):
    path: str
    unit: int


class _Asked(NamedTuple):
    path: str
    unit: int
    made: frozenset[str]  #: what the object is made by, where the unit says so


class Callers:
    """Only what is read when the module of a definition is named alone has a say: what is found must not depend on what is named."""

    def __init__(self, project: Project, imports: Mapping[str, Sequence[str]], said: Mapping[str, Sequence[frozenset[str]]]) -> None:
        """``imports``: module -> the modules that it imports. ``said``: module -> the words of each of its units that can decide, the
        names of definitions among them."""
        self._project = project
        self._imports = imports
        self._said = said
        self._users: dict[str, list[str]] = {}
        for path, imported in imports.items():
            for each in imported:
                self._users.setdefault(each, []).append(path)
        self._units: dict[str, list[_Place]] = {}  #: word that can decide -> the units that say it
        self._files: dict[str, list[str]] = {}  #: attribute -> the modules that name it
        self._calls: dict[tuple[str, bool], tuple[Call, ...]] = {}
        self._asking: dict[str, tuple[_Asked, ...]] = {}
        self._kin: dict[str, frozenset[str]] = {}
        self._around: dict[str, frozenset[str]] = {}
        self._alike: dict[frozenset[str], frozenset[str]] = {}
        self._modules = {PurePosixPath(path.removesuffix("/__init__.py")).stem for path in said} | {None}

    def override(self, path: str, name: str, is_method: bool, position: int, parameter: str) -> bool:
        """Whether a definition is called by its name, and every call gives one of its parameters a value. ``path``: the module of what
        is called by that name. ``position`` counts from 0, ``self`` left aside."""
        calls = self._calls.get((name, is_method))
        if calls is None:
            calls = self._calls[name, is_method] = tuple(self._find(name, is_method))
        around = self.around(path) if calls else frozenset()
        heard = [call for call in calls if call.path in around]
        return bool(heard) and all(call.positional > position or parameter in call.named for call in heard)

    def ask(self, path: str, name: str, owner: str, line: Sequence[str]) -> bool:
        """Whether somebody outside asks an object for a method that its class inherits. ``path``: the module of the class; ``owner``:
        the class that has the method; ``line``: the class and its bases. Who builds, or names, only others that have the method asks those.
        """
        places = self._asking.get(name)
        if places is None:
            places = self._asking[name] = tuple(self._outside(name))
        if not places:
            return False
        around, kin = self.around(path), self._family(owner)
        spoken = [kin & each.made or kin & self._said[each.path][each.unit] for each in places if each.path in around]
        return any(not names or not names.isdisjoint(line) for names in spoken)

    def has_users(self, path: str) -> bool:
        """Whether another module imports one."""
        return path in self._users

    def mention(self, path: str, name: str) -> bool:
        """Whether a name, defined at the top of the module ``path``, stands in any other unit."""
        places = self._places_of_word(name)
        around = self.around(path) if len(places) > 1 else frozenset()
        return sum(place.path in around for place in places) > 1

    def around(self, path: str) -> frozenset[str]:
        """The modules that import a module, in the end, and all that these import."""
        found = self._around.get(path)
        if found is None:
            modules = frozenset(_reached(_reached([path], self._users), self._imports))
            # most modules of a library reach the same ones; a set for each grows with the square of their number
            found = self._around[path] = self._alike.setdefault(modules, modules)
        return found

    def _find(self, name: str, is_method: bool) -> Iterator[Call]:
        places = self._places_of_attribute(name) if is_method else self._places_of_word(name)
        if len(places) > _MOST_UNITS:
            return
        renamed = re.compile(rf"^[ \t]*(\w+)[ \t]*(?::[^=\n]*)?=[ \t]*{name}[ \t]*$", re.MULTILINE)
        for path, number in places:
            code = without_prose(self._project.text(path, number))
            # `model_class = Net` in a class, whose methods say `self.model_class(...)`
            others = () if is_method else renamed.findall(code)
            called = "|".join([name, *(rf"(?:(?:self|cls)\s*\.\s*)?{other}" for other in others)])
            for match in re.finditer(rf"(?<!\w)(?:{called})\s*\(", code):
                before = code[max(0, match.start() - _LONGEST) : match.start()]
                owner = _OWNER.search(before)
                # after a dot a method, unless a module stands before it; what stands before another dot is an object's
                if owner is None and (is_method or before.endswith((".", "def ", "class "))):
                    continue
                if owner is not None and is_method == (owner[1] in self._modules):
                    continue
                yield _arguments(path, code, match.end())

    def _outside(self, name: str) -> Iterator[_Asked]:
        """Where another object than one's own is asked for a method, not a module for what it has under the name."""
        asked = re.compile(rf"(?<!self)\.\s*({name})\b(?!\s*\.)")
        for path, number in self._places_of_attribute(name):
            text = self._project.text(path, number)
            if asked.search(text) is None:  # which is sooner seen than where its comments stand
                continue
            code = without_prose(text)
            for match in asked.finditer(code):
                before = code[max(0, match.start(1) - _LONGEST) : match.start(1)]
                owner = _OWNER.search(before)
                if owner is None or owner[1] in self._modules or _OWN.search(before) is not None:
                    continue
                made = _BUILT.findall(before) or re.findall(rf"(?<!\w){re.escape(owner[1])}\s*=\s*(?:\w+\.)*(\w+)\s*\(", code)
                yield _Asked(path, number, frozenset(made))

    def _family(self, owner: str) -> frozenset[str]:
        """A class and those that derive from it, by their names."""
        found = self._kin.get(owner)
        if found is None:
            names, pending = {owner}, [owner]
            while pending:
                base = pending.pop()
                for path, number in self._places_of_word(base):
                    unit = self._project.outline(path).units[number]
                    if unit.kind != "class" or unit.name is None or unit.name in names:
                        continue
                    header = _BASES.search(self._project.text(path, number))
                    if header is not None and base in _WORD.findall(header[1]):
                        names.add(unit.name)
                        pending.append(unit.name)
            found = self._kin[owner] = frozenset(names)
        return found

    def _places_of_word(self, name: str) -> Sequence[_Place]:
        """The units that say a word that can decide."""
        if not self._units:
            for path, units in self._said.items():
                for number, words in enumerate(units):
                    for word in words:
                        self._units.setdefault(word, []).append(_Place(path, number))
        return self._units.get(name, ())

    def _places_of_attribute(self, name: str) -> Sequence[_Place]:
        """The units of modules that name an attribute which say its name."""
        if not self._files:
            for path in self._said:
                source = self._project.source(path)
                for each in dict.fromkeys(_ATTRIBUTE.findall(source.text)) if source is not None else ():
                    self._files.setdefault(each, []).append(path)
        units = ((path, unit) for path in self._files.get(name, ()) for unit in self._project.outline(path).units)
        return [_Place(path, unit.number) for path, unit in units if unit.mentions(name)]


def _reached(begin: Sequence[str] | Set[str], edges: Mapping[str, Sequence[str]]) -> set[str]:
    found = set(begin)
    pending = list(found)
    while pending:
        for each in edges.get(pending.pop(), ()):
            if each not in found:
                found.add(each)
                pending.append(each)
    return found


def _arguments(path: str, code: str, start: int) -> Call:
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
    return Call(path, positional, frozenset(named))
