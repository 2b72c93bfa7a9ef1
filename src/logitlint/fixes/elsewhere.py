"""Logarithms of what is made in several places, or in another function: every maker and every logarithm of it change together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import libcst as cst

from logitlint.fixes import tidy
from logitlint.fixes.activations import Activation, called, negated
from logitlint.fixes.context import Context, Repair
from logitlint.fixes.logarithm import Logarithm, below_complement, in_words, keeping, name_below, within
from logitlint.fixes.syntax import Change, Spot, Withheld, expression, unwrapped, walk
from logitlint.interp.values import Loc, Tensor, steps
from logitlint.kinds import PROBABILITIES, Kind
from logitlint.rules.judge import Finding

_CODES = ("LGT301", "LGT302", "LGT303")
_MOST_OTHERS = 6  #: readers that get the activation themselves; with more of them somebody has to decide
_PASSED = re.compile(r"is passed as `(\w+)`")
_CHANGED = re.compile(r"is indexed|passes through `")
_JOINS = frozenset("cat concat concatenate stack hstack vstack".split())


class _Together(NamedTuple):
    """All that has to change at once: who makes the probabilities, and where their logarithms are taken."""

    findings: list[Finding]
    activations: list[Activation]
    logs: list[tuple[str, Logarithm]]


def makers(context: Context, finding: Finding) -> list[Activation]:
    """Everything that makes what the logarithm may be taken of. Raises Withheld where that is not always an activation."""
    found = {id(each.spot.node): each for each in context.activations(finding)}
    for value in context.alternatives(finding):
        if not isinstance(value, Tensor) or value.producer is None or value.producer.kind not in PROBABILITIES:
            raise Withheld("the logarithm is that of probabilities on one way only")
        each = context.activation(value.producer)
        found.setdefault(id(each.spot.node), each)
    return list(found.values())


def repair(context: Context, finding: Finding) -> Repair:
    """The activations go and the logarithms become log-activations of the scores, or the activations give their logarithms.

    Safe where all of it stands in one function and nobody else can see the difference. Raises Withheld.
    """
    if finding.code not in _CODES:
        raise Withheld("the activation stands in another function")
    all_of_it = _together(context, finding)
    spots = [log.spot for _, log in all_of_it.logs]
    others: dict[int, tuple[Activation, Spot]] = {}
    doubts: list[str] = []
    alone = True
    for activation in all_of_it.activations:
        readers = context.readers(activation, finding)
        if any(_in_one_function([log, activation.spot]) and id(log.node) not in readers.reached for log in spots):
            raise Withheld("who else reads what comes to the logarithm is not followed")
        elsewhere, parts = readers.wholes(activation.kind)
        doubts += context.in_another_shape(each for each in parts if not any(within(each, log) for log in spots))
        for each in (*readers.wanted, *elsewhere):
            if not any(within(each, log) for log in spots):
                if readers.comes_round(each):
                    raise Withheld("what a turn of a loop leaves to the next was something else before the first")
                others.setdefault(id(each.node), (activation, each))
        doubts += readers.opaque
        alone = alone and not readers.returned and not readers.passed
    doubts += _strangers(context, all_of_it.findings)
    doubts += [f"the graph's {each.label}" for each in all_of_it.activations if each.label and each.form == "function"]
    negated_too = any(code == "LGT303" for code, _ in all_of_it.logs)
    layers = all(each.kind is Kind.PROB_EL and each.form in ("argument", "layer") for each in all_of_it.activations)
    if negated_too or others or layers:
        _same_axes(all_of_it)
        found, more = _scores(context, all_of_it, list(others.values()))
        doubts += more
    else:
        found = _logarithms(context, all_of_it)
    found.doubt(doubts, "who else reads it")
    if not doubts and alone and _in_one_function([*spots, *(each.spot for each in all_of_it.activations)]):
        found.applicability = "safe"
    return found


def _together(context: Context, finding: Finding) -> _Together:
    """The findings that share a logarithm or a maker with this one, directly or through others. Raises Withheld."""
    findings: dict[tuple[str, Loc, int], Finding] = {}
    activations: dict[int, Activation] = {}
    pending = [finding]
    while pending:
        each = pending.pop()
        key = each.code, each.loc, id(each)
        if key in findings:
            continue
        findings[key] = each
        for made in makers(context, each):
            activations.setdefault(id(made.spot.node), made)
        pending += [*context.alike(each, *_CODES), *context.at_the_same_place(each)]
    if len({each.kind for each in activations.values()}) != 1:
        raise Withheld("the probabilities come from several kinds of activations")
    _unjoined(context, findings.values())
    ordered = sorted(findings.values(), key=lambda each: (each.loc, each.code))
    logs = {(each.loc, each.code): Logarithm(context.syntax.spot(each.loc)) for each in ordered}
    return _Together(ordered, list(activations.values()), [(code, log) for (_, code), log in logs.items()])


def _unjoined(context: Context, findings: Iterable[Finding]) -> None:
    """Raises Withheld where the probabilities were put together with something else: that would have to change too."""
    for finding in findings:
        for value in (finding.value, *finding.others):
            for hop in steps(value.origin) if isinstance(value, Tensor) else ():
                node = context.syntax.spot(hop.loc).node
                if isinstance(node, cst.Call) and called(node) in _JOINS:
                    raise Withheld("the probabilities are joined with others")


def _same_axes(all_of_it: _Together) -> None:
    """Raises Withheld where a softmax would be taken of some of the scores, or along another axis than the one it was taken along."""
    if all_of_it.activations[0].kind is Kind.PROB_EL:
        return
    for finding in all_of_it.findings:
        for value in (finding.value, *finding.others):
            if isinstance(value, Tensor) and any(_CHANGED.match(hop.note) for hop in steps(value.origin)):
                raise Withheld("the probabilities are picked, or change their shape, before their logarithm is taken")


def _in_one_function(spots: list[Spot]) -> bool:
    first = spots[0]
    scope = first.unit.scope(first.node)
    return all(each.unit is first.unit and each.unit.scope(each.node) is scope for each in spots)


# ---------------------------------------------------------------------- the two ways


def _logarithms(context: Context, all_of_it: _Together) -> Repair:
    """The activations give their logarithms."""
    found = Repair("unsafe", in_words(all_of_it.activations[0], False))
    for activation in all_of_it.activations:
        found.changes += tidy.become(context, activation, "log", all_of_it.activations)
    for _, log in all_of_it.logs:
        if name_below(log.operand) is None and not _is_call(log.operand):
            raise Withheld("something else stands between the activation and its logarithm")
        found.changes += unwrapped(log.spot, log.operand.node)
    return found


def _is_call(spot: Spot) -> bool:
    return isinstance(spot.node, (cst.Call, cst.Attribute, cst.Subscript))


def _scores(context: Context, all_of_it: _Together, others: list[tuple[Activation, Spot]]) -> tuple[Repair, list[str]]:
    """The activations go; who took logarithms takes log-activations, everybody else applies the activation; and what speaks against it."""
    first = all_of_it.activations[0]
    found = Repair("unsafe", f"give the scores instead of what `{first.api}` makes of them, and {in_words(first, False)}")
    for activation in all_of_it.activations:
        found.changes += [*tidy.dropped(activation), *tidy.unused_module(context, activation)]
    for code, log in all_of_it.logs:
        found.changes += _log_applied(all_of_it.activations, log, complement=code == "LGT303")
    if any(within(activation.spot, each) for activation in all_of_it.activations for _, each in others):
        raise Withheld("something else reads the activation where it is applied")
    if len(others) > _MOST_OTHERS:
        return found, [f"{len(others)} other places, the first at {context.syntax.place(others[0][1])}"]
    for activation, reader in others:
        found.changes += _applied_there(activation, reader)
    return found, []


def _log_applied(activations: list[Activation], log: Logarithm, *, complement: bool) -> list[Change]:
    operand = below_complement(log.operand) if complement else log.operand
    scores = negated(operand) if complement else expression(operand)
    written = {activation.applied(scores, log.spot, "log")[0] for activation in activations}
    if len(written) != 1:
        raise Withheld("the activations differ")
    text, changes = activations[0].applied(scores, log.spot, "log")
    return [keeping(log.spot, operand, text), *changes]


def _applied_there(activation: Activation, reader: Spot) -> list[Change]:
    if "#" in reader.text:
        raise Withheld("a comment stands where the code would change")
    text, changes = activation.applied_to(reader)
    return [reader.replace(text), *changes]


# ---------------------------------------------------------------------- who else may call the function with the logarithm


def _strangers(context: Context, findings: list[Finding]) -> Iterator[str]:
    """Calls of the functions that the probabilities are passed to, other than those that pass them; in words."""
    passing: dict[int, set[int]] = {}
    functions: dict[int, Spot] = {}
    for finding in findings:
        for value in (finding.value, *finding.others):
            hops = steps(value.origin) if isinstance(value, Tensor) else []
            for index, hop in enumerate(hops):
                match = _PASSED.fullmatch(hop.note)
                if match is None:
                    continue
                later = [finding.loc, *(each.loc for each in hops[index + 1 :])]
                function = context.receiver([context.syntax.spot(each) for each in later], match[1])
                if function is None or not isinstance(function.node, cst.FunctionDef):
                    yield "the function with the logarithm may be given probabilities by others"
                    return
                functions[id(function.node)] = function
                passing.setdefault(id(function.node), set()).add(id(context.syntax.spot(hop.loc).node))
    for key, function in functions.items():
        yield from _other_mentions(context, function, passing[key])


def _other_mentions(context: Context, function: Spot, known: set[int]) -> Iterator[str]:
    node = function.node
    assert isinstance(node, cst.FunctionDef)
    name, unit = node.name.value, function.unit
    if node.decorators or name in ("forward", "call") or name.startswith("__"):
        yield f"`{name}` may be given probabilities by others"
        return
    for path in sorted(context.project.users([function.path])):
        for outlined in context.project.outline(path).units:
            if not outlined.mentions(name):
                continue
            place = context.syntax.unit(path, outlined.number)
            for each in walk(place.module):
                if isinstance(each, cst.Name) and each.value == name and each is not node.name and not _is_known(Spot(place, each), known):
                    yield f"`{name}` is also read at {context.syntax.place(Spot(place, each))}"
                    return
    if any(f"{quote}{name}{quote}" in unit.whole for quote in "\"'"):
        yield f"`{name}` is spoken of in a string"


def _is_known(spot: Spot, known: set[int]) -> bool:
    """Whether a name is that of a call that passes the probabilities, or stands in an import."""
    above = spot.parent
    if above is not None and isinstance(above.node, cst.Attribute) and above.node.attr is spot.node:
        above = above.parent
    if above is not None and isinstance(above.node, cst.Call) and id(above.node) in known:
        return True
    return any(isinstance(each, (cst.Import, cst.ImportFrom)) for each in spot.unit.above(spot.node))
