"""What is worth running by itself: definitions that mention a judged API, or lead to one by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from sys import intern
from typing import NamedTuple

from logitlint import catalog
from logitlint.interp import claims
from logitlint.interp.callers import Callers
from logitlint.interp.values import Function
from logitlint.outline import Unit, words
from logitlint.project import Project

_FARTHEST = 3
_FARTHEST_ALONE = 2
_FARTHEST_MADE = 2
_NEAR = 2  #: as far as what makes a loss is from its name
_LOGARITHMS = frozenset({"log", "log1p", "log2", "log10"})
#: What a linear layer is written with, where it is no layer of a library.
_PRODUCTS = frozenset({"matmul", "xw_plus_b"})
#: Words that make a definition worth running by itself although it names no loss: its activations are judged where they stand.
_JUDGED_ALONE = frozenset(
    {
        "softmax",
        "Softmax",
        "log_softmax",
        "LogSoftmax",
        "sigmoid",
        "Sigmoid",
        "softmin",
        "Softmin",
        "clip_by_value",
        "log_sigmoid",
        "logsigmoid",
        "LogSigmoid",
        "expit",
        "logistic",
        # distributions over classes and events, which take probabilities or logits by keyword
        "Categorical",
        "OneHotCategorical",
        "Bernoulli",
        "Multinomial",
        "RelaxedBernoulli",
        "RelaxedOneHotCategorical",
        # what draws from one
        "categorical",
        "multinomial",
        # what brings a loss of its own, or whatever a configuration names
        "instantiate",
        "NeuralNetClassifier",
        "NeuralNetBinaryClassifier",
    }
)


#: A loss that is written out takes the logarithm of what it keeps away from zero, or is called what it is. No word of a text: it is said
#: of such a unit beside its own.
_WRITTEN_OUT = "-log"
_KEPT_AWAY = frozenset({"clip", "clamp", "clamp_min", "clip_by_value", "maximum"})
_CALLED_A_LOSS = re.compile(r"loss|entropy|focal|nll|(?:^|_)b?ce(?:_|$)", re.IGNORECASE)


#: Parts of the words of who trains, whatever he calls things, and of who reads options.
_WEIGHTY = re.compile(r"loss|criterion|\b(?:criteria|backward|logits?|probs?)\b|objective|add_argument", re.IGNORECASE)


class _Telling(NamedTuple):
    """What a module's units, and the statements that give its names a value, say of the words that can decide."""

    units: list[frozenset[str]]
    names: list[tuple[str, frozenset[str]]]
    imported: frozenset[str]  #: names that are imported under their own name


class Relevance:
    """Which definitions can lead to a judged API: by name, within a module and along its imports.

    A definition that mentions a loss is at distance 0, one that mentions it by name at distance 1, and so on. Names lead
    anywhere in the end (annotations, registries), so what is farther than ``_FARTHEST`` is not run by itself; it is still
    entered when something relevant calls it. What leads to an activation and to no loss is run only where it takes a
    logarithm or uses a model that a module has built: whatever else it names is run by itself.
    """

    def __init__(self, project: Project, paths: Sequence[str]) -> None:
        self._project = project
        self._weight: dict[tuple[str, int, int | None], bool] = {}
        paths = project.reachable(paths)
        self._imports = {path: tuple(each for each in project.imports(path) if each != path) for path in paths}
        losses = catalog.consumer_names() | {_WRITTEN_OUT}
        self._words = losses | _JUDGED_ALONE
        self._deciding = self._words | _LOGARITHMS | _PRODUCTS | catalog.producer_names() | {"exp"}
        self._vocabulary = self._known_words(paths)
        self._classes = frozenset(unit.name for path in paths for unit in project.outline(path).units if unit.kind == "class" and unit.name)
        self._told = {path: self._telling(path) for path in paths}
        self.callers = Callers(project, self._imports, {path: told.units for path, told in self._told.items()})
        self._scripts = frozenset(path for path in paths if self.is_script(path))
        stars = {path: self._stars(path) for path in sorted(paths, key=_from_within)}
        self._handing = {path: modules for path, modules in stars.items() if modules or path.endswith("/__init__.py")}
        self._losses = self._closure(losses, _FARTHEST)
        self._near = self._closure(losses, _NEAR)
        self._activations = self._closure(_JUDGED_ALONE, _FARTHEST_ALONE)
        self._exponentials = self._closure(frozenset({"exp"}), _FARTHEST_ALONE)
        self._makers = self._handed_on(self._closure(catalog.producer_names(), 1))
        self._made_of = self._closure(catalog.producer_names(), _FARTHEST_MADE)
        self._made_anywhere = frozenset().union(*self._made_of.values())
        self._made = self._values()

    def _handed_on(self, visible: dict[str, set[str]]) -> dict[str, set[str]]:
        """With what packages have from their modules: a name that is imported there is as near as one that is defined there."""
        packages = {path: names & self._told[path].imported for path, names in visible.items() if path.endswith("/__init__.py")}
        own = self._imports
        return {path: names.union(*(packages[each] for each in own[path] if each in packages)) for path, names in visible.items()}

    def is_script(self, path: str) -> bool:
        """Whether a module is run: it says so, or nobody in the project imports it and it does more than to define something."""
        known = self._project.outline(path)
        if any(unit.mentions("__main__") for unit in known.units):
            return True
        calls = set(known.touched).difference(*(unit.decorators for unit in known.units))
        return bool(calls) and not (path.endswith("__init__.py") or self.callers.has_users(path))

    def _stars(self, path: str) -> frozenset[str]:
        """The modules of which a module imports all names."""
        lines = (line for line in self._project.outline(path).imports if "*" in line.names)
        return frozenset(self._imports[path]).intersection(self._project.resolve(path, line.module, line.level) or "" for line in lines)

    def _closure(self, words: frozenset[str], farthest: int) -> dict[str, set[str]]:
        """Module -> the names, its own and its imports', that lead to one of ``words`` in fewer than ``farthest`` steps."""
        known: dict[str, set[str]] = {path: set() for path in self._imports}
        visible: dict[str, set[str]] = {}
        seen: Mapping[str, Set[str]] = dict.fromkeys(self._imports, words)  # not a copy for each of thousands of modules
        for _ in range(farthest):
            for path, names in known.items():
                names |= self._naming(path, seen[path])
            handed = known | self._through_packages(known)
            of_imports = ((path, handed if path in self._scripts else known) for path in known)
            seen = visible = {path: known[path].union(*(names[each] for each in self._imports[path])) for path, names in of_imports}
        return visible

    def _through_packages(self, known: Mapping[str, set[str]]) -> dict[str, set[str]]:
        """With what packages, and whoever imports all names of a module, have from their modules, however many of them hand it on.

        That is for scripts: what a library offers to all who use it would lead each of its own modules to every other.
        """
        found: dict[str, set[str]] = {}
        for path, everything in self._handing.items():
            own = self._told[path].imported
            given = ((each, found.get(each, known[each])) for each in self._imports[path])
            found[path] = known[path].union(*(names if each in everything else names & own for each, names in given))
        return found

    def _naming(self, path: str, words: Set[str]) -> set[str]:
        """The names that a module defines, or binds, with one of ``words``."""
        told = self._told[path]
        return {name for name, said in told.names if not words.isdisjoint(said)} | (told.imported & words)

    def _known_words(self, paths: Sequence[str]) -> frozenset[str]:
        """The words that can decide: those that speak of a judged API, and every name that a module defines."""
        defined = {name for path in paths for unit in self._project.outline(path).units for name in _defined(unit)}
        return self._deciding | _KEPT_AWAY | defined

    def _telling(self, path: str) -> _Telling:
        units: list[frozenset[str]] = []
        names: list[tuple[str, frozenset[str]]] = []
        imported: set[str] = set()
        for unit in self._project.outline(path).units:
            said = self._meant(unit.said)
            if _is_written_out(unit, said):
                said |= {_WRITTEN_OUT}
            units.append(said)
            if unit.name is not None:
                names.append((unit.name, said))
            last = None
            for each in unit.binds:
                if each.said == each.name:  # it is imported, and leads where it leads to in the module that it comes from
                    imported.add(each.name)
                    continue
                if each.said is not last:  # the names of one statement share its words
                    said, last = self._meant(each.said), each.said
                names.append((each.name, said))
        return _Telling(units, names, frozenset(imported))

    def _meant(self, said: str) -> frozenset[str]:
        return self._vocabulary.intersection(map(intern, said.split()))

    def _values(self) -> dict[str, set[str]]:
        """Module -> the names, its own and its imports', of values that lead to an activation: models that a module has built."""
        own = {path: self._assigned(path) for path in self._imports}
        return {path: names.union(*(own[each] for each in self._imports[path])) for path, names in own.items()}

    def _assigned(self, path: str) -> set[str]:
        names = {each.name for unit in self._project.outline(path).units for each in unit.binds if not each.imported}
        return names & self._activations[path]

    def relevant(self, path: str) -> bool:
        return any(self.of(path, unit) for unit in self._project.outline(path).units)

    def of(self, path: str, unit: Unit) -> bool:
        if path not in self._losses:
            return False
        if unit.name is not None and claims.is_probability(unit.name):
            return True
        said = self._told[path].units[unit.number]
        if not self._words.isdisjoint(said):
            return True
        if not self._losses[path].isdisjoint(said):
            return True
        if _LOGARITHMS.isdisjoint(said):
            # who names a definition that leads to an activation, and no loss, only builds what is run by itself
            return not self._made[path].isdisjoint(said)
        if "exp" in said or not catalog.producer_names().isdisjoint(said):
            return True
        return not (self._activations[path].isdisjoint(said) and self._exponentials[path].isdisjoint(said))

    def weighs(self, function: Function) -> bool:
        """Whether what a function does may decide a kind: it speaks of a judged API, of what makes a kind or of what is made of that,
        of training or of options, or leads to a loss by name."""
        key = *function.loc[:2], function.node.left_out
        known = self._weight.get(key)
        if known is None:
            known = self._weight[key] = key[0] not in self._told or self._decides(*key)
        return known

    def _decides(self, path: str, number: int, left_out: int | None) -> bool:
        unit = self._project.outline(path).units[number]
        said = unit.said if left_out is None else " ".join(words(self._project.body(path, number, left_out)))
        if _WEIGHTY.search(said) is not None:
            return True
        meant = self._meant(said)
        return not all(each.isdisjoint(meant) for each in (self._deciding, self._losses[path], self._makers[path]))

    def builds(self, path: str, names: Set[str]) -> bool:
        """Whether names that are called in a module lead to what makes a kind: farther than what weighs, and through packages, which
        hand on what they have from anywhere."""
        if path not in self._made_of:
            return False
        packages = any(each.endswith("__init__.py") for each in self._imports[path])
        return not (self._made_anywhere if packages else self._made_of[path]).isdisjoint(names)

    def meets(self, path: str, names: frozenset[str]) -> bool:
        """Whether names lead to a judged API, seen from a module."""
        if self.speaks(names):
            return True
        return path in self._losses and not (self._losses[path].isdisjoint(names) and self._activations[path].isdisjoint(names))

    def speaks(self, names: frozenset[str]) -> bool:
        """Whether names are those of a judged API."""
        return not (self._words.isdisjoint(names) and _LOGARITHMS.isdisjoint(names))

    def nears(self, path: str, names: frozenset[str]) -> bool:
        """Whether names are those of a judged API or, seen from a module, of what makes or calls one."""
        return self.speaks(names) or (path in self._near and not self._near[path].isdisjoint(names))

    def enters(self, path: str, names: frozenset[str]) -> bool:
        """Whether names lead to a judged API, seen from a module, by more than that of a class, which may only be built."""
        return self.meets(path, names - self._classes)

    def makes(self, names: frozenset[str]) -> bool:
        """Whether names are those of what makes a kind."""
        return not catalog.producer_names().isdisjoint(names)


def _is_written_out(unit: Unit, said: frozenset[str]) -> bool:
    """Whether a definition of some words is a loss of the project's own."""
    if unit.name is None or _LOGARITHMS.isdisjoint(said):
        return False
    return _CALLED_A_LOSS.search(unit.name) is not None or (unit.kind == "function" and not _KEPT_AWAY.isdisjoint(said))


def _from_within(path: str) -> tuple[int, bool]:
    """For an order in which inner packages come first, and modules before the package that holds them."""
    return -path.count("/"), path.endswith("/__init__.py")


def _defined(unit: Unit) -> Iterator[str]:
    if unit.name is not None:
        yield unit.name
    yield from (each.name for each in unit.binds)
