"""What importing a module does beyond binding its names: it may fill a table of another one, as those do that are imported for no name.

All of it is told by the look of the text, before anything runs: a module is run when somebody needs a name of it, and who registers a
class in a table of another module is needed by no name.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from logitlint import formatted
from logitlint.interp.calls import TRANSPARENT
from logitlint.outline import Unit, changed, dotted, statements, targets
from logitlint.parts import LOGGERS
from logitlint.project import Project

MOST_ANNOUNCING = 64  #: a registry with more entries is a library's, and its keys come from outside
_DECORATOR = re.compile(rb"\n@(?:\w+\.)*(\w+)")
_FARTHEST, _OF_A_CALL = 9, 4  #: steps from a name to what keeps things: one for each module that hands it on, more for a call
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DISPLAYS = (ast.Dict, ast.DictComp, ast.List, ast.ListComp, ast.Set, ast.SetComp)
_TABLES = frozenset({"dict", "OrderedDict", "defaultdict", "list", "set"})
_READING = frozenset({"get", "items", "keys", "values", "copy"})


class Effects:
    def __init__(self, project: Project) -> None:
        self._project = project
        self._known: dict[str, bool] = {}
        self._registering: set[str] = set()
        self._filling: set[str] = set()
        self._decorations: Counter[bytes] | None = None
        self._keeping: dict[tuple[str, str, int], bool] = {}
        self._touched: dict[tuple[str, int], frozenset[str]] = {}

    def of(self, path: str) -> bool:
        """Whether importing a module may be what fills a table elsewhere: its text speaks of registering, or it gives something to
        what another module of the project keeps."""
        if path not in self._known:
            if b"register" in (self._project.bytes(path) or b""):
                self._registering.add(path)
            elif any(self._is_kept_elsewhere(path, name) for name in self._project.outline(path).touched):
                self._filling.add(path)
            self._known[path] = path in self._registering or path in self._filling
        return self._known[path]

    def of_all(self, path: str) -> list[str]:
        """Those of the modules that importing a module runs which may fill a table; none where they are too many."""
        executed = self._project.executed(path)
        for each in executed - self._known.keys():
            self.of(each)
        registering, filling = self._registering & executed, self._filling & executed
        if len(registering) + len(filling) <= MOST_ANNOUNCING:
            return sorted(registering | filling)
        return sorted(registering) if len(registering) <= MOST_ANNOUNCING else []

    def decorated(self, name: str) -> int:
        """How many top-level definitions of the project, by the look of their lines, stand behind a decorator of a name."""
        if self._decorations is None:
            self._decorations = Counter()
            for path in self._project.files:
                self._decorations.update(_DECORATOR.findall(self._project.bytes(path) or b""))
        return self._decorations[name.encode()]

    def _is_kept_elsewhere(self, path: str, name: str) -> bool:
        """Whether a name that a module calls, decorates with or changes the content of leads to what keeps things in another module."""
        first, _, rest = name.partition(".")
        last = name.rpartition(".")[2]
        if last in TRANSPARENT or last in _READING:
            return False
        origins = list(self._origins(path, first))
        if not origins or self.decorated(last) > MOST_ANNOUNCING:
            return False
        return any(self._keeps(target, _joined(inner, rest), _FARTHEST) for target, inner in origins)

    def _origins(self, path: str, name: str) -> Iterator[tuple[str, str]]:
        """The modules of the project that a module may have a name from, each with the name there, "" where it is the module."""
        outline = self._project.outline(path)
        bound = [each for unit in outline.units for each in unit.binds if each.imported and each.name.partition(".")[0] == name]
        said = {word for each in bound for word in each.said.split()}
        by_star = not bound and name not in outline.names
        for line in outline.imports if name and (bound or by_star) else ():
            meant = [name] if by_star and "*" in line.names else [each for each in line.names if each in said]
            module = line.module
            if not line.names and said.issuperset(module.split(".")):
                meant = [""]
                module = name if module.startswith(f"{name}.") else module
            target = self._project.resolve(path, module, line.level) if meant else None
            if target is not None:
                yield from ((target, each) for each in meant)

    def _keeps(self, path: str, name: str, left: int) -> bool:
        """Whether what a module has under a name keeps what it is given; ``left``: so many steps may still be gone."""
        key = path, name, left
        if key not in self._keeping:
            self._keeping[key] = left > 0 and (not name or self._leads_to_what_keeps(path, name, left))
        return self._keeping[key]

    def _leads_to_what_keeps(self, path: str, name: str, left: int) -> bool:
        first, _, rest = name.partition(".")
        for unit in () if path.endswith("/") else self._project.outline(path).units:
            if unit.name == first:
                return (unit.kind == "class" and bool(rest)) or self._hands_on(path, unit, left)
            if any(each.name == first and not each.imported for each in unit.binds) and self._is_given_table(path, unit, first, left):
                return True
        inner = self._project.submodule(path, first)
        if inner is not None:
            return self._keeps(inner, rest, left - 1)
        return any(self._keeps(target, _joined(each, rest), left - 1) for target, each in self._origins(path, first))

    def _is_given_table(self, path: str, unit: Unit, name: str, left: int) -> bool:
        """Whether statements give a name a table, or an object of the project's own."""
        for node in statements(_tree(self._project.text(path, unit.number))):
            if not isinstance(node, (ast.Assign, ast.AnnAssign)) or name not in map(dotted, targets(node)):
                continue
            if isinstance(node.value, _DISPLAYS):
                return True
            given = dotted(node.value) if node.value is not None else ""
            last = given.rpartition(".")[2]
            if isinstance(node.value, ast.Call) and (last in _TABLES or (last not in LOGGERS and self._is_of_project(path, given))):
                return True
            if not isinstance(node.value, ast.Call) and given and self._keeps(path, given, left - 1):
                return True
        return False

    def _is_of_project(self, path: str, name: str) -> bool:
        first = name.partition(".")[0]
        return any(unit.name == first for unit in self._project.outline(path).units) or any(self._origins(path, first))

    def _hands_on(self, path: str, unit: Unit, left: int) -> bool:
        """Whether a function, or a method of a class, gives something to what keeps it."""
        key = path, unit.number
        if key not in self._touched:
            self._touched[key] = _touched(_tree(self._project.text(path, unit.number)))
        return any(self._keeps(path, each, left - _OF_A_CALL) for each in self._touched[key] if each.partition(".")[0] != unit.name)


def _touched(definition: ast.Module) -> frozenset[str]:
    """What functions call or change the content of and have from outside."""
    nodes = list(_decorating(definition.body[:1]))
    own = {each.arg for each in nodes if isinstance(each, ast.arg)}
    own.update(each.id for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store))
    own.update(each.name for each in nodes if isinstance(each, _FUNCTIONS))
    found = {dotted(each) for each in nodes if isinstance(each, ast.Call)}
    for each in nodes:
        if isinstance(each, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            found.update(changed(target) for target in targets(each) if not isinstance(target, ast.Name))
    return frozenset(name for name in found if name.partition(".")[0] not in own and name.rpartition(".")[2] not in _READING)


def _decorating(definitions: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """Everything in some definitions but the functions inside that stand in the place of others: they do nothing before they are called."""
    pending = list(definitions)
    while pending:
        node = pending.pop()
        yield node
        inside = ast.iter_child_nodes(node)
        pending += inside if not isinstance(node, _FUNCTIONS) else (each for each in inside if not _stands_in(each))


def _stands_in(node: ast.AST) -> bool:
    """Whether a function takes whatever another one takes, or says that it wraps it."""
    if not isinstance(node, _FUNCTIONS):
        return False
    wraps = any(dotted(each).rpartition(".")[2] == "wraps" for each in node.decorator_list)
    return wraps or (node.args.vararg is not None and node.args.kwarg is not None)


def _tree(text: str) -> ast.Module:
    try:
        return formatted.tree(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _joined(first: str, rest: str) -> str:
    return f"{first}.{rest}" if first and rest else first or rest
