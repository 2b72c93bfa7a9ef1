"""A project's own name that behaves as a known API: ``"mylib.losses.FocalCE" = "torch.nn.CrossEntropyLoss"``."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from logitlint.catalog.contract import OPAQUE, Contract, Param, Signature

_JUDGED = frozenset({"prediction", "target", "input"})


def read_target(text: str) -> tuple[str, dict[str, object]]:
    """``"keras.losses.BinaryCrossentropy(from_logits=True)"`` as a name and the values of its parameters.

    Raises:
        ValueError: anything but a dotted name with keyword arguments that are literals.
    """
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        raise ValueError("is no name") from None
    given: dict[str, object] = {}
    if isinstance(node, ast.Call):
        if node.args or any(each.arg is None for each in node.keywords):
            raise ValueError("takes arguments by name only")
        given = {str(each.arg): ast.literal_eval(each.value) for each in node.keywords}
        node = node.func
    parts = ast.unparse(node)
    if not all(part.isidentifier() for part in parts.split(".")):
        raise ValueError("is no name")
    return parts, given


def wrap(name: str, target: Contract, given: Mapping[str, object]) -> Contract:
    """The contract of ``name``: what ``target`` wants and gives, whatever else the wrapper takes.

    Of the wrapper's own parameters only two things are assumed. A call takes the judged arguments in the order of the target;
    and a parameter that has the name of one of the target's (``from_logits``, ``dim``) means what it means there, and a flag
    has its default, unless ``given`` says otherwise. All other arguments are accepted and ignored.

    Raises:
        ValueError: a given parameter that the target does not have, or a value that none of its overloads takes.
    """
    doc = f"Declared to behave as {target.name}. {target.doc}".strip()
    named = {param.name for each in (*target.init, *target.call) for param in each.params}
    for key in given:
        if key not in named:
            raise ValueError(f"{target.name} has no parameter {key!r}")
    init = _tolerant(target.init or (Signature(()),), 0, given) if target.form == "class" else ()
    call = _tolerant(target.call, max((_reach(each) for each in target.call), default=0), given)
    if (target.init and not init and target.form == "class") or (target.call and not call):
        raise ValueError(f"{target.name} does not take these values")
    return target._replace(name=name, init=init, call=call, doc=doc, evidence="R")


def _reach(signature: Signature) -> int:
    """How many leading parameters hold the judged ones."""
    return max((i + 1 for i, param in enumerate(signature.params) if param.role in _JUDGED and param.mode != "keyword"), default=1)


def _tolerant(signatures: Iterable[Signature], leading: int, given: Mapping[str, object]) -> tuple[Signature, ...]:
    """The overloads that hold for ``given``; beyond the leading parameters only names count, and what is left over is taken in."""
    return tuple(
        each._replace(params=tuple(_parameters(each.params, leading, given)))
        for each in signatures
        if all(not param.literals or param.name not in given or given[param.name] in param.literals for param in each.params)
    )


def _parameters(params: tuple[Param, ...], leading: int, given: Mapping[str, object]) -> Iterable[Param]:
    yield from params[:leading]
    yield Param("args", "*", OPAQUE)
    for param in params[leading:]:
        if param.mode not in ("*", "**"):
            yield param._replace(mode="keyword", default=given.get(param.name, param.default if param.literals else OPAQUE))
    yield Param("kwargs", "**", OPAQUE)
