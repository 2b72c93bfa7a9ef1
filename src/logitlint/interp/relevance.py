"""What is worth running by itself: definitions that mention a judged API, or lead to one by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from logitlint import catalog, ir
from logitlint.interp import claims
from logitlint.outline import Unit
from logitlint.project import Project

_FARTHEST = 3
_FARTHEST_ALONE = 2
_LOGARITHMS = frozenset({"log", "log1p", "log2", "log10"})
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
    }
)


class Relevance:
    """Which definitions can lead to a judged API: by name, within a module and along its imports.

    A definition that mentions a loss is at distance 0, one that mentions it by name at distance 1, and so on. Names lead
    anywhere in the end (annotations, registries), so what is farther than ``_FARTHEST`` is not run by itself; it is still
    entered when something relevant calls it.
    """

    def __init__(self, project: Project, paths: Sequence[str]) -> None:
        self._project = project
        paths = project.reachable(paths)
        self._paths = frozenset(paths)
        self._imports = {path: self._imported(path) for path in paths}
        self._mentioned: Counter[str] = Counter(name for path in paths for unit in project.outline(path).units for name in unit.names)
        self._words = catalog.consumer_names() | _JUDGED_ALONE
        losses = self._closure(catalog.consumer_names(), _FARTHEST)
        activations = self._closure(_JUDGED_ALONE, _FARTHEST_ALONE)
        closer = self._closure(_JUDGED_ALONE, _FARTHEST_ALONE - 1)
        self._near = {path: losses[path] | activations[path] for path in paths}
        self._built = {path: (activations[path] - closer[path] - losses[path]) & project.outline(path).defined for path in paths}

    def _closure(self, words: frozenset[str], farthest: int) -> dict[str, set[str]]:
        """Module -> the names, its own and its imports', that lead to one of ``words`` in fewer than ``farthest`` steps."""
        known: dict[str, set[str]] = {path: set() for path in self._imports}
        visible: dict[str, set[str]] = {path: set(words) for path in self._imports}
        for _ in range(farthest):
            for path, names in known.items():
                names |= self._naming(path, visible[path])
            visible = {path: names.union(*(known[each] for each in self._imports[path])) for path, names in known.items()}
        return visible

    def _naming(self, path: str, words: set[str]) -> set[str]:
        """The names that a module defines, or binds, with one of ``words``."""
        found: set[str] = set()
        for unit in self._project.outline(path).units:
            pairs = ((unit.name, unit.names),) if unit.name is not None else unit.binds
            found.update(name for name, said in pairs if len(name) > 1 and not words.isdisjoint(said))
        return found

    def _imported(self, path: str) -> tuple[str, ...]:
        return tuple(each for each in self._project.imports(path) if each in self._paths and each != path)

    def relevant(self, path: str) -> bool:
        return any(self.of(path, unit) for unit in self._project.outline(path).units)

    def of(self, path: str, unit: Unit) -> bool:
        if path not in self._near:
            return False
        if unit.name is not None and claims.is_probability(unit.name):
            return True
        if not self._words.isdisjoint(unit.names):
            return True
        leading = self._near[path] & unit.names
        if unit.kind == "function" and _LOGARITHMS.isdisjoint(unit.names):
            # a factory: what it builds is run by itself (timm has 250 of them, half of the time that the tree took)
            leading -= self._built[path]
        if leading:
            return True
        return not _LOGARITHMS.isdisjoint(unit.names) and ("exp" in unit.names or not catalog.producer_names().isdisjoint(unit.names))

    def meets(self, path: str, names: frozenset[str]) -> bool:
        """Whether names lead to a judged API, seen from a module."""
        near = self._near.get(path, set())
        return not (self._words.isdisjoint(names) and near.isdisjoint(names) and _LOGARITHMS.isdisjoint(names))

    def called_elsewhere(self, name: str) -> bool:
        """Whether a definition's name stands in any other unit of the analysis."""
        return self._mentioned[name] > 1


def methods(relevance: Relevance, path: str, node: ir.Class) -> frozenset[str]:
    """The methods of a class that lead to a judged API: by a word of their own, by an attribute that some method fills with one,
    or by another such method."""
    found = {each.name: frozenset(_names(each)) for each in node.body if isinstance(each, ir.Func)}
    filled = [pair for each in node.body if isinstance(each, ir.Func) for pair in _filled(each.body)]
    hot: set[str] = set()
    while True:
        new = {
            name
            for name, said in (*found.items(), *filled)
            if name not in hot and (claims.is_probability(name) or relevance.meets(path, said) or not hot.isdisjoint(said))
        }
        if not new:
            return frozenset(name for name in found if name in hot)
        hot |= new


def _filled(body: Sequence[ir.Stmt]) -> Iterator[tuple[str, frozenset[str]]]:
    """The attributes that statements assign, with the words of what they are given."""
    for node in body:
        if isinstance(node, ir.Store) and isinstance(node.target, ir.Attr):
            yield node.target.name, frozenset(_names(node.value))
        elif isinstance(node, ir.If):
            yield from _filled((*node.then, *node.other))


def _names(node: object) -> Iterator[str]:
    """Every identifier, attribute, keyword and string of a piece of ir."""
    if isinstance(node, ir.Name):
        yield node.id
    elif isinstance(node, ir.Const):
        if isinstance(node.value, str):
            yield node.value
    elif isinstance(node, tuple):
        if isinstance(node, (ir.Attr, ir.Arg)) and node.name is not None:
            yield node.name
        for part in node:
            if isinstance(part, tuple):
                yield from _names(part)
