"""What the body of a function speaks of, whether it was lowered (``ir``) or is still text (``ast``): both say the same of one body."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeGuard

from logitlint import formatted, ir
from logitlint.outline import statements, targets

#: The methods that the call of an object enters.
_CALLED = ("__call__", "call", "forward")

#: The functions and methods whose call, as a statement, gives something to an object, by its name or to one of its attributes.
_FILLING = frozenset(
    {"setattr", "__setattr__", "add_module", "register_module", "append", "extend", "insert", "update", "add", "setdefault"}
)
#: What asks for a class does not use it.
_ASKING = frozenset({"isinstance", "issubclass"})
ANY_NAME = "*"  #: stands for the attributes that are filled under names which only running tells


class Bound(NamedTuple):
    """A name that is given a value, and the words of what gives it."""

    name: str
    words: frozenset[str]


class Mentions(NamedTuple):
    """What a function speaks of."""

    words: frozenset[str]  #: identifiers, attributes, keywords and strings that are names, but for the classes that it asks an object for
    attributes: frozenset[str]  #: attributes and strings that are names; what a call of ``self`` enters
    filled: tuple[Bound, ...]  #: the attributes that it fills, with the words of what they are given; `ANY_NAME` among them
    handed: frozenset[str] | None  #: the words of what it gives to another ``__init__``; None where that is nothing but variables

    @property
    def fills(self) -> frozenset[str]:
        return frozenset(each.name for each in self.filled)


def both(one: Mentions, other: Mentions) -> Mentions:
    """Of two functions under one name, as a property and its setter are."""
    handed = frozenset().union(*(each.handed for each in (one, other) if each.handed)) or None
    return Mentions(one.words | other.words, one.attributes | other.attributes, one.filled + other.filled, handed)


def of_function(function: ir.Func) -> Mentions:
    """Of a body that was lowered."""
    handed = list(_handed(function.body))
    words, attributes = frozenset(names(function)), frozenset(_attributes(function))
    return Mentions(words, attributes, tuple(_filled(function.body)), frozenset().union(*handed) if handed else None)


def of_text(text: str) -> Mentions:
    """Of the lines of a body; of a text that ``ast`` refuses, that it may fill anything."""
    try:
        tree = formatted.tree(f"async def _():\n{text}")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Mentions(frozenset(), frozenset(), (Bound(ANY_NAME, frozenset()),), None)
    words: set[str] = set()
    attributes: set[str] = set()
    handed: list[frozenset[str]] = []
    for each in (node for part in (tree, *formatted.fields(text)) for node in _used(part)):
        word = _word(each)
        if word is not None:
            words.add(word)
            if isinstance(each, (ast.Attribute, ast.Constant)):
                attributes.add(word)
        elif isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "self":
            attributes.update(_CALLED)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "__init__":
            given = [*each.args, *(keyword.value for keyword in each.keywords)]
            given = [each.value if isinstance(each, ast.Starred) else each for each in given]
            handed += [_spoken(each) for each in given if not isinstance(each, ast.Name)]
    return Mentions(frozenset(words), frozenset(attributes), tuple(_filled_in(tree)), frozenset().union(*handed) if handed else None)


def _is_name(value: object) -> TypeGuard[str]:
    """Whether a constant can be the name of something: texts and documentation, of which a library has megabytes, cannot."""
    return isinstance(value, str) and value.isidentifier()


def _filled_by(chain: Sequence[str], strings: Sequence[str], keywords: Sequence[str]) -> list[str]:
    """The attributes that a call of one of `_FILLING` fills: ``chain`` are those that lead to it, ``strings`` among its arguments."""
    named = chain[0] if chain else "setattr"
    if "__dict__" in chain or (not strings and named in ("setattr", "__setattr__", "add_module", "register_module")):
        return [ANY_NAME]
    return [*chain[1:], *strings, *keywords]


# ---------------------------------------------------------------------- ir


def own(body: Sequence[ir.Stmt]) -> Iterator[ir.Stmt]:
    """The statements of a body, those inside of others included, definitions not entered."""
    for node in body:
        yield node
        yield from own(tuple(ir.inside(node)))


def names(node: object) -> Iterator[str]:
    """Every identifier, attribute, keyword and string that is a name of a piece of ir, but for the classes that it asks an object for."""
    for each in _parts(node):
        if isinstance(each, ir.Name):
            yield each.id
        elif isinstance(each, ir.Const):
            if _is_name(each.value):
                yield each.value
        elif isinstance(each, (ir.Attr, ir.Arg)) and each.name is not None:
            yield each.name


def _attributes(node: object) -> Iterator[str]:
    """As `Mentions.attributes`, one by one."""
    for each in _parts(node):
        if isinstance(each, ir.Attr):
            yield each.name
        elif isinstance(each, ir.Const):
            if _is_name(each.value):
                yield each.value
        elif isinstance(each, ir.Call) and isinstance(each.fn, ir.Name) and each.fn.id == "self":
            yield from _CALLED


def _parts(node: object) -> Iterator[object]:
    """As `ir.expressions`, but for the classes that something asks an object for."""
    pending = [node]
    while pending:
        each = pending.pop()
        yield each
        if isinstance(each, ir.Call) and isinstance(each.fn, ir.Name) and each.fn.id in _ASKING:
            pending += each.args[:1]
        elif isinstance(each, tuple):
            pending += [part for part in each if isinstance(part, tuple)]


def _handed(body: Sequence[ir.Stmt]) -> Iterator[frozenset[str]]:
    """As `Mentions.handed`, call by call."""
    for each in ir.expressions(tuple(body)):
        if isinstance(each, ir.Call) and isinstance(each.fn, ir.Attr) and each.fn.name == "__init__":
            given = [argument.value for argument in each.args if not isinstance(argument.value, ir.Name)]
            if given:
                yield frozenset(word for value in given for word in names(value))


def _filled(body: Sequence[ir.Stmt]) -> Iterator[Bound]:
    """As `Mentions.filled`."""
    for node in own(body):
        if isinstance(node, ir.Func):
            yield from _filled(node.body)
        elif isinstance(node, ir.Do) and isinstance(node.value, ir.Call):
            call = node.value
            chain = list(_chain(call.fn))
            if (chain[0] if chain else call.fn.id if isinstance(call.fn, ir.Name) else "") in _FILLING:
                strings = [each.value.value for each in call.args if isinstance(each.value, ir.Const) and isinstance(each.value.value, str)]
                keywords = [each.name for each in call.args if each.name is not None]
                yield from (Bound(name, frozenset(names(call))) for name in _filled_by(chain, strings, keywords))
        else:
            for target, value in _given(node):
                said = frozenset(names(value))
                yield from (Bound(name, said) for name in _attributes(target))


def _given(node: ir.Stmt) -> Iterator[tuple[object, object]]:
    """What a statement gives a value to, with the value."""
    if isinstance(node, (ir.Store, ir.Update)):
        yield node.target, node.value
    elif isinstance(node, ir.Loop):
        yield node.target, node.source
    elif isinstance(node, ir.With):
        yield from ((target, value) for value, target in node.items)


def _chain(node: ir.Expr) -> Iterator[str]:
    """The attributes that lead to a value, the last one first."""
    while isinstance(node, ir.Attr):
        yield node.name
        node = node.obj


# ---------------------------------------------------------------------- ast


def _filled_in(tree: ast.AST) -> Iterator[Bound]:
    """As `Mentions.filled`."""
    for node in statements(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = node.value
            if _last(call.func) in _FILLING:
                strings = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
                keywords = [each.arg for each in call.keywords if each.arg is not None]
                chain = [each.attr for each in ast.walk(call.func) if isinstance(each, ast.Attribute)]
                yield from (Bound(name, _spoken(call)) for name in _filled_by(chain, strings, keywords))
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.With)):
            said = _spoken_by(node)
            for target in targets(node):
                yield from (Bound(each.attr, said) for each in ast.walk(target) if isinstance(each, ast.Attribute))


def _last(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _spoken_by(node: ast.Assign | ast.AnnAssign | ast.AugAssign | ast.For | ast.With) -> frozenset[str]:
    """The words of what a statement gives to its targets."""
    if isinstance(node, ast.With):
        return frozenset().union(*(_spoken(item.context_expr) for item in node.items))
    value = node.iter if isinstance(node, ast.For) else node.value
    return _spoken(value) if value is not None else frozenset()


def _spoken(node: ast.AST) -> frozenset[str]:
    return frozenset(word for each in _used(node) if (word := _word(each)) is not None)


def _used(tree: ast.AST) -> Iterator[ast.AST]:
    """As ``ast.walk`` without contexts, but for the classes that something asks an object for."""
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ASKING:
            pending += node.args[:1]
            continue
        for name in node._fields:
            if name == "ctx":  # half of all nodes, and they say nothing
                continue
            part = getattr(node, name, None)
            if isinstance(part, ast.AST):
                pending.append(part)
            elif isinstance(part, list):
                pending += [each for each in part if isinstance(each, ast.AST)]


def _word(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.keyword):
        return node.arg
    return node.value if isinstance(node, ast.Constant) and _is_name(node.value) else None
