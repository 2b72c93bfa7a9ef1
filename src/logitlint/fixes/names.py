"""What a library's operation is called in a file: by the imports that it has, or by one more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import libcst as cst

from logitlint.fixes.syntax import Change, Function, Spot, Syntax, Unit, Withheld, kept, walk

#: The usual way to import what a file has no name for: module -> (statement, name it gives).
_USUAL = {
    "torch.nn.functional": ("import torch.nn.functional as F", "F"),
    "torch.nn": ("from torch import nn", "nn"),
    "torch": ("import torch", "torch"),
    "tensorflow": ("import tensorflow as tf", "tf"),
    "jax": ("import jax", "jax"),
    "keras": ("import keras", "keras"),
    "optax": ("import optax", "optax"),
    "paddle.nn.functional": ("import paddle.nn.functional as F", "F"),
    "paddle": ("import paddle", "paddle"),
}


class Imported(NamedTuple):
    name: str
    full: str
    unit: Unit
    node: cst.Import | cst.ImportFrom


class Spelled(NamedTuple):
    """How to write a name, and what has to be imported first."""

    text: str
    changes: tuple[Change, ...] = ()


class Names:
    def __init__(self, syntax: Syntax) -> None:
        self._syntax = syntax
        self._imports: dict[str, list[Imported]] = {}

    def imports(self, path: str) -> list[Imported]:
        """The absolute imports of a module outside of its functions and classes, in the order of the text."""
        if path not in self._imports:
            outline = self._syntax.project.outline(path)
            runs = [self._syntax.unit(path, each.number) for each in outline.units if each.kind == "run"]
            self._imports[path] = [each for unit in runs for each in _imports(unit, unit.module)]
        return self._imports[path]

    def spell(self, spot: Spot, *candidates: str) -> Spelled:
        """The shortest of the full names in ``candidates`` that the file can already write, else the first one with an import.

        Raises:
            Withheld: the name that the import would give is taken.
        """
        local = _local_imports(spot)
        hidden = bound_around(spot)
        found: list[tuple[int, int, str]] = []
        for rank, full in enumerate(candidates):
            for each in (*self.imports(spot.path), *local):
                own, home = each in local, _public(each.full)
                if (each.name in hidden and not own) or not (full == home or full.startswith(home + ".")):
                    continue
                text = each.name + full[len(home) :]
                found.append((text.count(".") * 2 + rank, -len(found), text))
        if found:
            return Spelled(min(found)[2])
        return self._imported(spot, candidates[0], hidden)

    def beside(self, spot: Spot, name: cst.Name, full: str) -> Spelled | None:
        """``full`` added to the ``from`` import that gave the file ``name``; None where no such import does."""
        module, _, last = full.rpartition(".")
        for each in self.imports(spot.path):
            if each.name != name.value or not isinstance(each.node, cst.ImportFrom) or isinstance(each.node.names, cst.ImportStar):
                continue
            if each.full.rpartition(".")[0] == module and each.node.names and not self._taken(spot.path, last):
                alias = each.node.names[-1]
                end = each.unit.range(alias.asname or alias.name)[1]
                return Spelled(last, (Change(spot.path, end, end, f", {last}"),))
        return None

    def _taken(self, path: str, name: str) -> bool:
        """Whether a module says a name anywhere but as part of the path of an import."""
        for each in self._syntax.project.outline(path).units:
            if not each.mentions(name):
                continue
            unit = self._syntax.unit(path, each.number)
            for node in walk(unit.module):
                if isinstance(node, cst.Name) and node.value == name and not _in_path(unit, node):
                    return True
        return False

    def _imported(self, spot: Spot, full: str, hidden: frozenset[str]) -> Spelled:
        module, _, last = full.rpartition(".")
        roots = {each.full.partition(".")[0] for each in self.imports(spot.path) if isinstance(each.node, cst.ImportFrom)}
        if module.endswith(".losses") and module.partition(".")[0] in roots and not self._taken(spot.path, last):
            return Spelled(last, (self._line(spot.path, f"from {module} import {last}"),))
        while module and module not in _USUAL:
            module = module.rpartition(".")[0]
        if not module:
            raise Withheld(f"the file has no name for {full}")
        statement, name = _USUAL[module]
        if self._taken(spot.path, name) or name in hidden:
            raise Withheld(f"the file has no name for {full}, and `{name}` is taken")
        return Spelled(name + full[len(module) :], (self._line(spot.path, statement),))

    def _line(self, path: str, statement: str) -> Change:
        """A line after the last of the imports that open the file; none of them: before the first statement."""
        newline = self._syntax.newline(path)
        last: tuple[Unit, cst.CSTNode] | None = None
        for each in self.imports(path):
            line = each.unit.parent(each.node)
            if (
                isinstance(line, cst.SimpleStatementLine)
                and each.unit.parent(line) is each.unit.module
                and (last is None or _close(last, each))
            ):
                last = each.unit, line
        if last is None:
            return self._opening(path, statement + newline)
        unit, line = last
        assert isinstance(line, cst.SimpleStatementLine)
        end = unit.range(line.body[-1])[1]
        while end < len(unit.whole) and unit.whole[end] not in "\r\n":
            end += 1
        return Change(path, end, end, newline + statement)

    def _opening(self, path: str, text: str) -> Change:
        unit = self._syntax.unit(path, self._syntax.project.outline(path).units[0].number)
        first = unit.module.body[0]
        start = unit.range(first)[0]
        if isinstance(first, cst.SimpleStatementLine) and _is_docstring(first):
            raise Withheld("the file imports nothing")
        return Change(path, start, start, text)


def _public(full: str) -> str:
    """``tensorflow.compat.v2`` is TensorFlow as it is today."""
    return "tensorflow" + full.removeprefix("tensorflow.compat.v2") if full.startswith("tensorflow.compat.v2") else full


def _in_path(unit: Unit, node: cst.Name) -> bool:
    """``torch`` in ``from torch import nn`` and ``nn`` in ``import torch.nn as t`` bind nothing."""
    for above in unit.above(node):
        if isinstance(above, cst.ImportFrom):
            return above.module is not None and any(each is node for each in walk(above.module))
        if isinstance(above, cst.ImportAlias) and above.asname is not None and any(each is node for each in walk(above.name)):
            return True
    return False


def _is_docstring(line: cst.SimpleStatementLine) -> bool:
    return isinstance(line.body[0], cst.Expr) and isinstance(line.body[0].value, (cst.SimpleString, cst.ConcatenatedString))


def _close(last: tuple[Unit, cst.CSTNode], each: Imported) -> bool:
    """Whether an import belongs to the same block as the last one: nothing else stands between them in the unit."""
    unit, line = last
    if unit is not each.unit:
        return False
    body = list(unit.module.body)
    first = next(i for i, node in enumerate(body) if node is line)
    second = next((i for i, node in enumerate(body) if node is unit.parent(each.node)), first)
    return all(_only_imports(node) for node in body[first : second + 1])


def _only_imports(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.SimpleStatementLine) and all(isinstance(small, (cst.Import, cst.ImportFrom)) for small in node.body)


def _imports(unit: Unit, node: cst.CSTNode) -> Iterator[Imported]:
    for each in walk(node):
        if isinstance(each, cst.Import):
            for alias in each.names:
                full = dotted(alias.name)
                given = _asname(alias)
                yield Imported(given or full.partition(".")[0], full if given else full.partition(".")[0], unit, each)
        elif (
            isinstance(each, cst.ImportFrom)
            and not each.relative
            and each.module is not None
            and not isinstance(each.names, cst.ImportStar)
        ):
            for alias in each.names:
                yield Imported(_asname(alias) or dotted(alias.name), f"{dotted(each.module)}.{dotted(alias.name)}", unit, each)


def _asname(alias: cst.ImportAlias) -> str | None:
    return alias.asname.name.value if alias.asname is not None and isinstance(alias.asname.name, cst.Name) else None


def dotted(node: cst.CSTNode) -> str:
    """``a.b.c`` as text; empty for anything else."""
    if isinstance(node, cst.Attribute):
        base = dotted(node.value)
        return f"{base}.{node.attr.value}" if base else ""
    return node.value if isinstance(node, cst.Name) else ""


def _local_imports(spot: Spot) -> Sequence[Imported]:
    """Imports of the function around a place that stand before it."""
    function = spot.unit.function(spot.node)
    if function is None:
        return ()
    start = spot.unit.range(spot.node)[0]
    return [each for each in _imports(spot.unit, function) if spot.unit.range(each.node)[0] < start]


def bound_around(spot: Spot) -> frozenset[str]:
    """Names that the functions around a place bind."""
    found: set[str] = set()
    for above in spot.unit.above(spot.node):
        if isinstance(above, (cst.FunctionDef, cst.Lambda)):
            found |= bound_by(above)
    return frozenset(found)


@kept
def bound_by(function: Function) -> frozenset[str]:
    """Names that a function binds: its parameters, and what its statements give a value to. Kept: every name is asked whose it is."""
    params = (each.name.value for each in walk(function.params) if isinstance(each, cst.Param))
    return frozenset((*params, *(name for name, _ in bindings(function.body))))


@kept
def bindings(node: cst.CSTNode) -> Sequence[tuple[str, cst.CSTNode]]:
    """Names that the statements below a node bind, with the node of the name."""
    return tuple(_bindings(node))


def _bindings(node: cst.CSTNode) -> Iterator[tuple[str, cst.CSTNode]]:
    for each in walk(node):
        targets: list[cst.CSTNode] = []
        if isinstance(each, (cst.AssignTarget, cst.AnnAssign, cst.AugAssign, cst.NamedExpr, cst.For, cst.CompFor)):
            targets = [each.target]
        elif isinstance(each, cst.AsName):
            targets = [each.name]
        elif isinstance(each, (cst.FunctionDef, cst.ClassDef)):
            yield each.name.value, each.name
        for target in targets:
            yield from ((leaf.value, leaf) for leaf in _names_of(target))


def _names_of(target: cst.CSTNode) -> Iterator[cst.Name]:
    if isinstance(target, cst.Name):
        yield target
    elif isinstance(target, (cst.Tuple, cst.List)):
        for element in target.elements:
            yield from _names_of(element.value)
    elif isinstance(target, cst.StarredElement):
        yield from _names_of(target.value)
