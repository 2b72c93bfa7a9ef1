"""What the methods of a class speak of: which of them lead to a judged API, and which have to run again on a subclass.

A library has few methods that train and many classes that inherit them. What a method does on any instance of its own class is known
once it has run there; on an instance of a subclass it does something else only where the subclass brings what the method uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from logitlint import ir, mentions
from logitlint.interp import claims
from logitlint.interp.relevance import Relevance
from logitlint.interp.values import NONE, ClassValue, Function, Loc, Value
from logitlint.mentions import ANY_NAME, Bound, Mentions
from logitlint.project import Project


class Method(NamedTuple):
    asks: frozenset[str]  #: the attributes that it names, of whatever object
    makes: bool  #: whether it names what makes a kind
    fills: frozenset[str]  #: the attributes that it gives a value to
    size: int  #: different words


class Profile(NamedTuple):
    """What a class says of itself."""

    methods: dict[str, Method]
    init: frozenset[str] | None  #: the words of its ``__init__``
    handed: tuple[frozenset[str], ...]  #: the words of what each of its methods gives to another ``__init__``
    brought: frozenset[str]  #: its methods, the names that its body binds, the attributes that its methods fill
    hot: frozenset[str]  #: what of that leads to a judged API, in the end by the name of a definition anywhere
    near: frozenset[str]  #: what of that names one, or what makes or calls one
    judged: frozenset[str]  #: what of that leads to one by the words of a method, and so inside of the class
    making: frozenset[str]  #: the attributes that are given what makes a kind


class _Uses(NamedTuple):
    """What a method, and those that it calls by name, ask of an object."""

    names: frozenset[str]  #: attributes
    judging: frozenset[str]  #: those of methods that lead to a judged API inside of the class
    makes: bool  #: whether one of the methods names what makes a kind
    fills: frozenset[str]  #: the attributes that they give a value to


class Heritage:
    def __init__(self, project: Project, relevance: Relevance, paths: Set[str]) -> None:
        """``paths``: the modules whose relevant definitions are run by themselves."""
        self._project = project
        self._relevant = relevance.of
        self._paths = paths
        self._meets = relevance.meets
        self._speaks = relevance.speaks
        self._nears = relevance.nears
        self._makes = relevance.makes
        self._enters = relevance.enters
        self._profiles: dict[Loc, Profile] = {}
        self._used: dict[tuple[tuple[Loc, ...], str], _Uses] = {}
        self._names: dict[frozenset[str], frozenset[str]] = {}
        self._lines: dict[tuple[Loc, ...], tuple[Loc, ...]] = {}
        self._wanted: dict[tuple[Loc, ...], frozenset[str]] = {}
        self._filled: dict[tuple[Loc, tuple[Loc, ...]], frozenset[str]] = {}
        self._said: dict[Loc, Mentions] = {}

    def profile(self, cls: ClassValue) -> Profile:
        known = self._profiles.get(cls.loc)
        if known is None:
            known = self._profiles[cls.loc] = self._read(cls.loc, cls.node)
        return known

    def _read(self, loc: Loc, node: ir.Class) -> Profile:
        found: dict[str, Mentions] = {}
        given: list[Bound] = []
        for each in mentions.own(node.body):
            if isinstance(each, ir.Func):
                said = mentions.of_function(each)
                if each.left_out is not None:
                    inside = mentions.of_text(self._project.body(loc.path, loc.unit, each.left_out))
                    said = Mentions(said.words | inside.words, said.attributes | inside.attributes, inside.filled, inside.handed)
                found[each.name] = said if each.name not in found else mentions.both(found[each.name], said)
                given += _with_defaults(said.filled, each)
            elif isinstance(each, ir.Store):
                given += (Bound(name, frozenset(mentions.names(each.value))) for name in mentions.names(each.target))
        named = [*(Bound(name, said.words) for name, said in found.items()), *given]
        # what asks whether an object is one of the class, or of a base, leads nowhere by that
        kin = frozenset(word for each in node.bases for word in mentions.names(each.value)) | {node.name}
        hot = _leading(named, lambda words: self._meets(loc.path, words - kin))
        near = frozenset(each.name for each in named if each.name != "__init__" and self._nears(loc.path, each.words - kin))
        methods = {name: Method(said.attributes, self._makes(said.words), said.fills, len(said.words)) for name, said in found.items()}
        handed = tuple(said.handed for said in found.values() if said.handed is not None)
        brought = frozenset(each.name for each in named)
        making = frozenset(each.name for each in given if self._makes(each.words))
        init = found["__init__"].words if "__init__" in found else None
        return Profile(methods, init, handed, brought, hot, near, _leading(named, self._speaks), making)

    def uses_maker(self, function: Function) -> bool:
        """Whether a method asks its object for what its class gives it and what makes a kind: the layer that a network ends in."""
        if function.owner is None:
            return False
        profile = self.profile(function.owner)
        method = profile.methods.get(function.name)
        return method is not None and not profile.making.isdisjoint(method.asks)

    def wanted(self, classes: Sequence[ClassValue]) -> frozenset[str]:
        """The methods that lead to a judged API on an object of the first of some classes, whichever of them names it."""
        key = self._places(classes)
        known = self._wanted.get(key)
        if known is None:
            profiles = [self.profile(cls) for cls in classes]
            near = {name for each in profiles for name in each.near}
            for at, cls in enumerate(classes):
                if any(self._nears(cls.loc.path, words) for words in profiles[at].handed):
                    near.update(self._constructed(classes[at + 1 :]))
            asking = [(name, method.asks) for profile in profiles for name, method in profile.methods.items()]
            while new := {name for name, asked in asking if name not in near and not near.isdisjoint(asked)}:
                near |= new
            known = self._wanted[key] = frozenset(near.union(*(each.hot for each in profiles)))
        return known

    def alike(self, classes: Sequence[ClassValue], at: int, name: str, base: Sequence[ClassValue]) -> bool:
        """Whether a method of ``classes[at]`` does on the first of ``classes`` what it does on a base, the first of ``base``, that is
        run by itself."""
        known = {cls.loc for cls in base}
        if classes[at].loc not in known or not self._runs(base[0]) or name not in self.wanted(base):
            return False
        return known.issuperset(self._bringing(classes, at, name))

    def _runs(self, cls: ClassValue) -> bool:
        path, number = cls.loc[:2]
        unit = self._project.outline(path).units[number]
        return path in self._paths and unit.name == cls.name and self._relevant(path, unit)

    def _bringing(self, classes: Sequence[ClassValue], at: int, name: str) -> tuple[Loc, ...]:
        """Those of ``classes[:at]`` that bring what a method of ``classes[at]`` uses: on whatever object the same do, it does the same."""
        if name not in self.profile(classes[at]).methods:  # a function from elsewhere, which may use anything
            return tuple(cls.loc for cls in classes[:at])
        used = self._uses(classes[at:], name)
        brought = [self._brought(classes, i, used.names) for i in range(at)]
        if any(hot for _, hot in brought) and (used.makes or len(frozenset().union(*(names for names, _ in brought))) > 1):
            return tuple(cls.loc for cls, (names, _) in zip(classes, brought, strict=False) if names)
        return tuple(cls.loc for cls, (names, _) in zip(classes, brought, strict=False) if not used.judging.isdisjoint(names))

    def _brought(self, classes: Sequence[ClassValue], at: int, used: frozenset[str]) -> tuple[frozenset[str], bool]:
        """What a class brings of what is used, be it by what it gives to the ``__init__`` of a base; whether any leads to a judged API."""
        cls = classes[at]
        profile = self.profile(cls)
        names = used if ANY_NAME in profile.brought else profile.brought & used
        hot = not profile.hot.isdisjoint(names)
        given = self._constructed(classes[at + 1 :]) & used if profile.handed else frozenset()
        return names | given, hot or bool(given and any(self._meets(cls.loc.path, words) for words in profile.handed))

    def fills(self, function: Function, classes: Sequence[Value]) -> frozenset[str]:
        """The attributes that a function, and the methods that it names, may give a value to on an object of the first of some classes;
        `ANY_NAME` among them where only running tells."""
        own = [each for each in classes if isinstance(each, ClassValue)]
        key = function.loc, self._places(own)
        known = self._filled.get(key)
        if known is None:
            said = self._said.get(function.loc)
            if said is None:
                said = self._said[function.loc] = mentions.of_function(function.node)
            called = {name for cls in own for name in self.profile(cls).methods if name in said.attributes}
            known = self._filled[key] = said.fills.union(*(self._uses(own, name).fills for name in called))
        return known

    def givers(self, classes: Sequence[ClassValue], wanted: Iterable[str], held: Callable[[str], Value | None]) -> list[str]:
        """The methods of the first of some classes that alone give its objects what ``wanted`` ask for and the constructor does not, or
        but ``None``: who calls those has called these before. Not those that they call themselves. ``held``: what an object has."""
        asked = frozenset().union(*(self._uses(classes, name).names for name in wanted))
        filled: dict[str, list[str]] = {}
        for name, method in self.profile(classes[0]).methods.items():
            for each in method.fills & asked:
                if name != "__init__" or held(each) != NONE:
                    filled.setdefault(each, []).append(name)
        alone = {names[0] for each, names in filled.items() if len(names) == 1 and held(each) in (None, NONE)}
        return sorted(alone - asked - {"__init__"})

    def size(self, cls: ClassValue, name: str) -> int:
        """How much a method says; 0 of what is no method of the class by its text."""
        method = self.profile(cls).methods.get(name)
        return method.size if method is not None else 0

    def constructs(self, classes: Sequence[ClassValue]) -> bool:
        """Whether to build an object without any method to run on it: its ``__init__`` may itself come to a judged API.

        One that only builds what is run by itself does not.
        """
        init = self.profile(classes[0]).init
        if init is None:
            return False
        return self._enters(classes[0].loc.path, init) or any(not self.profile(each).judged.isdisjoint(init) for each in classes)

    def _places(self, classes: Sequence[ClassValue]) -> tuple[Loc, ...]:
        """The places of some classes, one tuple for all that is known of them."""
        places = tuple(cls.loc for cls in classes)
        return self._lines.setdefault(places, places)

    def _constructed(self, classes: Sequence[ClassValue]) -> frozenset[str]:
        """The attributes that the ``__init__`` of some classes fill."""
        inits = (self.profile(cls).methods.get("__init__") for cls in classes)
        return frozenset().union(*(init.fills for init in inits if init is not None))

    def _uses(self, classes: Sequence[ClassValue], name: str) -> _Uses:
        """Of a method of the first of some classes."""
        key = self._places(classes), name
        known = self._used.get(key)
        if known is None:
            profiles = [self.profile(cls) for cls in classes]
            names: set[str] = set()
            judging: set[str] = set()
            fills: set[str] = set()
            makes = False
            offered = frozenset().union(*(profile.methods for profile in profiles))
            seen = {name}
            pending = [name]
            while pending:
                method = pending.pop()
                for profile in profiles:
                    said = profile.methods.get(method)
                    if said is None:
                        continue
                    names |= said.asks
                    fills |= said.fills
                    makes = makes or said.makes
                    if method in profile.judged:
                        judging |= said.asks
                    new = (said.asks & offered) - seen
                    seen |= new
                    pending += new
            # classes of one base use the same hundreds of names
            shared = [self._names.setdefault(each, each) for each in map(frozenset, (names, judging, fills))]
            known = self._used[key] = _Uses(shared[0], shared[1], makes, shared[2])
        return known


def _with_defaults(filled: Sequence[Bound], function: ir.Func) -> Iterator[Bound]:
    """What a function fills; what it gives of a parameter may be what that is by default."""
    defaults = {param.name: frozenset(mentions.names(param.default)) for param in function.params if param.default is not None}
    for each in filled:
        yield Bound(each.name, each.words.union(*(defaults[word] for word in each.words & defaults.keys())))


def _leading(named: Sequence[Bound], tells: Callable[[frozenset[str]], bool]) -> frozenset[str]:
    """The names with words that tell, or with the name of another such. Who names ``__init__`` builds what is run by itself."""
    found = {name for name, words in named if claims.is_probability(name) or tells(words)}
    while True:
        new = {name for name, words in named if name not in found and not found.isdisjoint(words - {"__init__"})}
        if not new:
            return frozenset(found)
        found |= new
