"""The text of a unit, parsed and lowered: whole, without the bodies of its functions, or one of the bodies alone.

An ordinal names the same node whichever way it was read.
"""

from __future__ import annotations

from collections.abc import Container

import libcst as cst

from logitlint.formatted import for_libcst
from logitlint.ir import Func, Stmt
from logitlint.lower import Lowering


class UnreadableUnit(Exception):
    """LibCST refuses the text of a unit (its grammar is older than the interpreter's)."""


def parse_unit(text: str) -> cst.Module:
    try:
        return cst.parse_module(for_libcst(text))
    except Exception as error:  # the native parser raises its own error type, and RecursionError
        raise UnreadableUnit(str(error)) from None


def lower(text: str, left_out: Container[int] = (), first: int = 0) -> tuple[Stmt, ...]:
    """The statements of a unit. ``left_out``: the functions, by number, whose bodies have been taken out of the text. ``first``: the
    number of the first of a run's lines of statements, where the text is a part of one."""
    return Lowering(left_out=left_out).module(parse_unit(text), first)


def complete(text: str, function: Func) -> Func:
    """A function that had been left out, with the body whose lines ``text`` holds."""
    return Lowering().completed(_around(text, function.is_async), function)


def nodes(text: str) -> tuple[cst.Module, dict[int, cst.CSTNode]]:
    """The syntax nodes of a unit by ordinal: ``nodes(text)[1][at]`` is the node that an ir node's ``at`` names."""
    record: dict[int, cst.CSTNode] = {}
    module = parse_unit(text)
    Lowering(record).module(module)
    return module, record


def body_nodes(text: str, number: int) -> tuple[cst.Module, dict[int, cst.CSTNode]]:
    """As :func:`nodes`, for the lines of the body of a method alone; they begin in the second line of the module."""
    record: dict[int, cst.CSTNode] = {}
    module = _around(text, True)
    Lowering(record).completed(module, Func(0, "", (), (), (), frozenset(), frozenset(), False, True, number))
    return module, record


def _around(text: str, is_async: bool) -> cst.Module:
    return parse_unit(f"{'async ' if is_async else ''}def _():\n{text}")
