"""What nothing uses any more once a fix is made: the module of a removed activation, an import. It goes with the fix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import libcst as cst

from logitlint.fixes.activations import Activation, Relative
from logitlint.fixes.context import Context
from logitlint.fixes.loads import is_only_definition, is_stable, loads_after, outlives
from logitlint.fixes.names import Imported
from logitlint.fixes.syntax import Change, Unit, Withheld, expression, removed, unwrapped, walk, whole_statement, without_statement
from logitlint.outline import words

_WORD = re.compile(r"\w+")


def dropped(activation: Activation) -> list[Change]:
    """The activation taken away; ``x = softmax(x)`` goes whole, since ``x = x`` says nothing."""
    changes = activation.dropped()
    unit = activation.spot.unit
    above = unit.parent(activation.spot.node)
    if isinstance(above, cst.IfExp) and activation.form in ("function", "method", "instance"):
        other = above.orelse if above.body is activation.spot.node else above.body
        if unit.text(other) == unit.text(activation.scores.node):
            return unwrapped(activation.spot.at(above), other)
    statement = unit.statement(activation.spot.node)
    if activation.form in ("layer", "argument") or not isinstance(statement, cst.Assign) or len(statement.targets) != 1:
        return changes
    target = statement.targets[0].target
    if statement.value is not activation.spot.node or unit.text(target) != unit.text(activation.scores.node):
        return changes
    return [without_statement(unit, statement)]


def renamed(activation: Activation) -> list[Change] | None:
    """``p = softmax(z)`` goes whole and ``z`` is read for ``p``, whose name would say what it is not; None where ``p`` means more."""
    unit, node = activation.spot.unit, activation.spot.node
    statement = unit.statement(node)
    if activation.form not in ("function", "method", "instance") or not isinstance(statement, cst.Assign) or statement.value is not node:
        return None
    scope, scores, target = unit.scope(node), activation.scores, statement.targets[0].target
    if not (isinstance(scope, cst.FunctionDef) and isinstance(scores.node, cst.Name) and isinstance(target, cst.Name)):
        return None
    if len(statement.targets) != 1 or target.value == scores.node.value or outlives(scope, target.value):
        return None
    loads = list(loads_after(unit, scope, target))
    for load in loads:
        fits = is_only_definition(unit, scope, target, load) and is_stable(scores, activation.spot.at(load))
        if not fits or isinstance(unit.parent(load), (cst.AugAssign, cst.Del)):
            return None
    try:
        return [whole_statement(unit, statement), *(activation.spot.at(each).replace(scores.text) for each in loads)]
    except Withheld:
        return None


def become(context: Context, activation: Activation, relative: Relative, together: Sequence[Activation] = ()) -> list[Change]:
    """Its relative in its place. A module that others than these activations use keeps its class: the function goes where it is called."""
    if activation.form != "instance" or activation.built is None or _only_for(context, activation, (activation, *together)):
        return activation.become(relative)
    if "#" in activation.spot.text:
        raise Withheld("a comment stands where the code would change")
    text, changes = activation.applied(expression(activation.scores), activation.spot, relative)
    return [activation.spot.replace(text), *changes]


def is_alone(context: Context, activation: Activation) -> bool:
    """Whether the call of a module is its only use."""
    return _only_for(context, activation, (activation,)) is not None


def unused_module(context: Context, activation: Activation) -> list[Change]:
    """``self.softmax = nn.Softmax(dim=1)``, when the call that is taken away was its only use."""
    statement = _only_for(context, activation, (activation,))
    try:
        return [whole_statement(activation.spot.unit, statement)] if statement is not None else []
    except Withheld:
        return []


def keeps(activation: Activation) -> cst.Assign | None:
    """The statement that gives the module of an activation the name by which it is called."""
    built, func = activation.built, activation.call.func
    if activation.form != "instance" or built is None or not isinstance(func, (cst.Name, cst.Attribute)):
        return None
    unit, statement = activation.spot.unit, built.unit.statement(built.node)
    if built.unit is not unit or not isinstance(statement, cst.Assign) or statement.value is not built.node or len(statement.targets) != 1:
        return None
    target = statement.targets[0].target
    return statement if isinstance(target, (cst.Name, cst.Attribute)) and unit.text(target) == unit.text(func) else None


def _only_for(context: Context, activation: Activation, users: Sequence[Activation]) -> cst.Assign | None:
    """The statement that keeps the module of an activation, where nothing but these activations can use it."""
    statement = keeps(activation)
    if statement is None or activation.built is None:
        return None
    unit, func, target = activation.spot.unit, activation.call.func, statement.targets[0].target
    built = activation.built
    known = {id(target), *(id(each.call.func) for each in users if each.built is not None and each.built.node is built.node)}
    alike = (node for node in walk(unit.module) if isinstance(node, type(target)) and unit.text(node) == unit.text(func))
    if any(id(node) not in known for node in alike if _name(node) == _name(target)):
        return None
    if isinstance(target, cst.Attribute) and _inherited(context, activation):
        return None
    if isinstance(target, cst.Name) and isinstance(unit.scope(target), cst.Module) and _elsewhere(context, unit, target.value):
        return None
    return statement


def _name(node: cst.CSTNode) -> str:
    return node.attr.value if isinstance(node, cst.Attribute) else node.value if isinstance(node, cst.Name) else ""


def _generic(base: cst.BaseExpression) -> cst.BaseExpression:
    """``Base`` of ``Base[int]``."""
    return base.value if isinstance(base, cst.Subscript) else base


def _elsewhere(context: Context, unit: Unit, name: str) -> bool:
    """Whether another unit of the project, or a cell that cannot be parsed, speaks of a name."""
    if unit.hides(name):
        return True
    for path in context.project.files:
        if name.encode() not in (context.project.bytes(path) or b""):
            continue
        for each in context.project.outline(path).units:
            if (path, each.number) != (unit.path, unit.number) and each.mentions(name):
                return True
    return False


def _inherited(context: Context, activation: Activation) -> bool:
    """Whether another class of the project may use the attribute: one that names this class as its base."""
    owner = activation.spot.unit.owner(activation.spot.node)
    if owner is None:
        return True
    word = owner.name.value
    for path in sorted(context.project.files):
        if word.encode() not in (context.project.bytes(path) or b""):
            continue
        for each in context.project.outline(path).units:
            if each.kind != "class" or each.name == word or not each.mentions(word):
                continue
            read = context.syntax.unit(path, each.number)
            definition = next((node for node in walk(read.module) if isinstance(node, cst.ClassDef)), None)
            if definition is not None and any(_name(_generic(base.value)) == word for base in definition.bases):
                return True
    return False


# ---------------------------------------------------------------------- imports


def with_unused_imports(context: Context, changes: Iterable[Change]) -> list[Change]:
    """Changes, and with them the imports that only the replaced text used."""
    found = list(changes)
    for path in sorted({each.path for each in found}):
        if not path.endswith(("__init__.py", ".ipynb")):
            for gone in _unused(context, path, [each for each in found if each.path == path]):
                found = _together(found, gone)
    return found


def _together(changes: list[Change], gone: Change) -> list[Change]:
    """An import that is added where one goes comes in its place."""
    inside = [each for each in changes if each.path == gone.path and gone.start < each.start <= each.end <= gone.end]
    if not inside:
        return [*changes, gone]
    if len(set(inside)) > 1 or inside[0].start != inside[0].end or gone.content:
        return changes
    added = inside[0]
    return [*(each for each in changes if each != added), Change(gone.path, gone.start, added.end, added.content.lstrip("\r\n"))]


def _unused(context: Context, path: str, changes: list[Change]) -> list[Change]:
    source = context.project.source(path)
    assert source is not None
    added = words(" ".join(each.content for each in changes))
    taken = {word for each in changes for word in _WORD.findall(source.text, each.start, each.end)} - added
    found = []
    for each in context.names.imports(path):
        if each.name not in taken or _said(source.text, each.name):
            continue
        places = [(unit, node) for unit, node in context.syntax.spoken(path, each.name) if not _in_import(unit, node)]
        if not places or not all(_covered(unit, node, changes) for unit, node in places):
            continue
        try:
            found.append(_without_import(each))
        except Withheld:
            continue
    return found


def _covered(unit: Unit, node: cst.Name, changes: list[Change]) -> bool:
    start, end = unit.range(node)
    return any(each.start <= start and end <= each.end for each in changes)


def _in_import(unit: Unit, node: cst.CSTNode) -> bool:
    return any(isinstance(each, (cst.Import, cst.ImportFrom)) for each in unit.above(node))


def _said(text: str, name: str) -> bool:
    """Whether a string names it, as ``__all__`` does."""
    return any(f"{quote}{name}{quote}" in text for quote in "\"'")


def _without_import(each: Imported) -> Change:
    node, unit = each.node, each.unit
    if isinstance(node, cst.ImportFrom) and isinstance(node.names, cst.ImportStar):
        raise Withheld("a star import")
    names = list(node.names)  # type: ignore[arg-type]
    if any(isinstance(above, (cst.If, cst.Try, cst.FunctionDef, cst.ClassDef)) for above in unit.above(node)):
        raise Withheld("the import stands under a condition")
    if len(names) == 1:
        return whole_statement(unit, node)
    index = next(i for i, alias in enumerate(names) if _given(alias) == each.name)
    alias = names[index]
    if index + 1 < len(names):
        return removed(unit, unit.range(alias)[0], unit.range(names[index + 1])[0])
    before = names[index - 1]
    return removed(unit, unit.range(before.asname or before.name)[1], unit.range(alias.asname or alias.name)[1])


def _given(alias: cst.ImportAlias) -> str:
    if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
        return alias.asname.name.value
    node: cst.CSTNode = alias.name
    while isinstance(node, cst.Attribute):
        node = node.value
    return node.value if isinstance(node, cst.Name) else ""
