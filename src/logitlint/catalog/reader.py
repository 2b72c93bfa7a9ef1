"""Annotations and signatures of the stubs: ``ast`` nodes to :mod:`logitlint.catalog.contract` tuples."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from logitlint.catalog.contract import OPAQUE, REQUIRED, Param, Result, Signature
from logitlint.catalog.notation import KIND_OF, PLAIN, TARGETS, TRANSFERS, VARIABLE, WANTS
from logitlint.errors import CatalogError
from logitlint.kinds import Want

_FunctionNode = ast.FunctionDef


@dataclass(frozen=True)
class Scope:
    """Where a signature stands: its file, and for a method what the class says of ``K`` and of ``__init__``."""

    path: Path
    want: Want | None = None  #: of a class that wants one kind however it is built
    axis: int | str | None = None
    generic: bool = False
    names: frozenset[str] = field(default_factory=frozenset)  #: parameters of ``__init__``

    def fail(self, node: ast.AST, message: str) -> NoReturn:
        raise CatalogError(f"{self.path}:{getattr(node, 'lineno', 1)}: {message}")


def literal(node: ast.expr) -> object:
    """The value of a default: a literal, or ``OPAQUE``."""
    try:
        value: object = ast.literal_eval(node)
    except ValueError:
        return OPAQUE
    if value is Ellipsis or isinstance(value, (list, dict, set)):
        return OPAQUE
    return value


def subscript(node: ast.expr) -> tuple[str | None, list[ast.expr]]:
    """``ProbCat["dim"]`` as its name and arguments; the name is None for anything but a (subscripted) name."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        inner = node.slice
        return node.value.id, list(inner.elts) if isinstance(inner, ast.Tuple) else [inner]
    if isinstance(node, ast.Name):
        return node.id, []
    if isinstance(node, ast.Constant) and node.value is None:
        return "None", []
    return None, []


def read_result(node: ast.expr, scope: Scope) -> Result | None:
    """The annotation of a return.

    Raises:
        CatalogError: a name that the notation does not have, or a transfer without its arguments.
    """
    name, arguments = subscript(node)
    if name is None:
        scope.fail(node, f"a return annotation must be a kind or a transfer, not {ast.unparse(node)}")
    if name in PLAIN:
        return None
    if name not in KIND_OF and name not in TRANSFERS:
        scope.fail(node, f"unknown kind or transfer {name!r}")
    if len(arguments) < TRANSFERS.get(name, 0):
        scope.fail(node, f"{name} needs {TRANSFERS[name]} argument(s)")
    return Result(name, tuple(_result_argument(argument, scope) for argument in arguments))


def _result_argument(node: ast.expr, scope: Scope) -> str | int | Result:
    if isinstance(node, (ast.Name, ast.Subscript)):
        nested = read_result(node, scope)
        return Result("Unknown") if nested is None else nested
    value = literal(node)
    if value is None:
        return Result("None")
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == OPAQUE:
        scope.fail(node, f"{ast.unparse(node)} is neither a parameter's name, an integer nor a kind")
    return value


def read_want(node: ast.expr, scope: Scope) -> tuple[Want, int | str | None] | None:
    """``LogitsCat`` or ``LogitsCat[1]`` as a want and a class axis; None for an annotation that names no want."""
    name, arguments = subscript(node)
    if name not in WANTS:
        return None
    return WANTS[name], _axis(arguments, scope)


def _axis(arguments: list[ast.expr], scope: Scope) -> int | str | None:
    if not arguments:
        return None
    value = literal(arguments[0])
    if len(arguments) > 1 or isinstance(value, bool) or not isinstance(value, (int, str)) or value == OPAQUE:
        scope.fail(arguments[0], "a class axis is one integer or the name of a parameter")
    return value


def read_param(arg: ast.arg, mode: str, default: object, scope: Scope) -> Param:
    """One parameter with its role."""
    plain = Param(arg.arg, mode, default)
    node = arg.annotation
    if node is None:
        return plain
    name, arguments = subscript(node)
    if name in PLAIN:
        return plain
    if name == "Target":
        return plain._replace(role="target")
    if name in TARGETS:
        return plain._replace(role="target", want=TARGETS[name])
    if name == "Logits":
        return plain._replace(role="input", axis=_axis(arguments, scope))
    if name == "Literal":
        return plain._replace(role="flag", literals=tuple(literal(value) for value in arguments))
    if name == VARIABLE:
        return _variable(plain, node, _axis(arguments, scope), scope)
    want = read_want(node, scope)
    if want is None:
        scope.fail(node, f"unknown annotation {ast.unparse(node)}")
    return plain._replace(role="prediction", want=want[0], axis=want[1])


def _variable(plain: Param, node: ast.expr, axis: int | str | None, scope: Scope) -> Param:
    if scope.want is None and not scope.generic:
        scope.fail(node, f"{VARIABLE} outside a class that is generic in the kind it wants")
    return plain._replace(role="prediction", want=scope.want, axis=scope.axis if axis is None else axis)


def read_signature(node: _FunctionNode, scope: Scope, *, drop_self: bool = False) -> Signature:
    """A ``def`` as a signature; ``self`` of ``__init__`` and ``__call__`` is dropped, its annotation gives ``binds``."""
    spec = node.args
    positional = [*spec.posonlyargs, *spec.args]
    defaults: list[object] = [REQUIRED] * (len(positional) - len(spec.defaults)) + [literal(value) for value in spec.defaults]
    params: list[Param] = []
    binds: Want | None = None
    for index, (arg, default) in enumerate(zip(positional, defaults)):  # noqa: B905 - strict= needs no check here
        if index == 0 and drop_self:
            binds = _binds(arg, scope)
            continue
        params.append(read_param(arg, "positional" if index < len(spec.posonlyargs) else "plain", default, scope))
    if spec.vararg is not None:
        params.append(read_param(spec.vararg, "*", OPAQUE, scope))
    for arg, value in zip(spec.kwonlyargs, spec.kw_defaults):  # noqa: B905
        params.append(read_param(arg, "keyword", REQUIRED if value is None else literal(value), scope))
    if spec.kwarg is not None:
        params.append(read_param(spec.kwarg, "**", OPAQUE, scope))
    result = None if node.returns is None else read_result(node.returns, scope)
    signature = Signature(tuple(params), result, binds)
    _check_names(node, signature, scope)
    return signature


def _binds(arg: ast.arg, scope: Scope) -> Want | None:
    if arg.annotation is None:
        return None
    _, arguments = subscript(arg.annotation)
    want = read_want(arguments[0], scope) if len(arguments) == 1 else None
    if want is None:
        scope.fail(arg.annotation, "self must name the kind that this overload wants, as in self: Loss[ProbCat]")
    return want[0]


def _check_names(node: _FunctionNode, signature: Signature, scope: Scope) -> None:
    known = scope.names | {param.name for param in signature.params} | {"self"}
    named = [param.axis for param in signature.params if isinstance(param.axis, str)]
    if signature.result is not None:
        named += _strings(signature.result)
    for name in named:
        if name not in known:
            scope.fail(node, f"{node.name} has no parameter {name!r}")


def _strings(result: Result) -> list[str]:
    if result.op in ("Object", "Head"):  # names a class, or an attribute
        return []
    found: list[str] = []
    for argument in result.args:
        if isinstance(argument, str):
            found.append(argument)
        elif isinstance(argument, Result):
            found += _strings(argument)
    return found
