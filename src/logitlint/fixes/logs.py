"""Logarithms of what an activation made: the log-activation in their place. LGT301 to LGT304, LGT306, LGT307."""

from __future__ import annotations

import re

import libcst as cst

from logitlint import catalog
from logitlint.fixes import tidy
from logitlint.fixes.activations import Activation, library, negated, spelled_in
from logitlint.fixes.context import RESULTS, Context, Repair
from logitlint.fixes.names import bindings, dotted
from logitlint.fixes.readers import SHAPES, Readers, is_stable, loads_after, outlives
from logitlint.fixes.syntax import Change, Spot, Withheld, argument, expression, unwrapped, whole_statement
from logitlint.interp.values import Tensor, steps
from logitlint.kinds import Kind
from logitlint.rules.judge import Finding

_LOGSUMEXP = {
    "torch": ("torch.logsumexp",),
    "tensorflow": ("tensorflow.reduce_logsumexp",),
    "jax": ("jax.nn.logsumexp", "jax.scipy.special.logsumexp"),
    "keras": ("keras.ops.logsumexp",),
}
_SOFTPLUS = {
    "torch": ("torch.nn.functional.softplus",),
    "tensorflow": ("tensorflow.nn.softplus", "tensorflow.math.softplus"),
    "jax": ("jax.nn.softplus",),
    "keras": ("keras.ops.softplus",),
}
_MOST_OTHERS = 6  #: readers that get the activation themselves; with more of them somebody has to decide
_PASSED = "is passed as"
_BACKENDS = ("keras.backend.", "tensorflow.keras.backend.", "tf_keras.backend.")
_SUMS = frozenset({"sum", "reduce_sum"})


def repair(context: Context, finding: Finding) -> Repair:
    """The repair of LGT301, LGT302, LGT303 or (unsafe) LGT304. Raises Withheld."""
    log = _Logarithm(context.syntax.spot(finding.loc))
    try:
        activations = context.activations(finding)
    except Withheld:
        if finding.code == "LGT301":
            return _handed_over(context, finding, log)
        raise
    if len(activations) != 1:
        raise Withheld("the probabilities come from several places")
    activation = activations[0]
    if activation.api.startswith(_BACKENDS):
        return _by_backend(finding, log, activation)
    padded = finding.code == "LGT304"
    complement = finding.code == "LGT303"
    kept = _direct(log.operand, activation.spot.node, padded=padded, complement=complement)
    if kept is not None:
        changes = _negated_log(activation, log) if complement else [*unwrapped(log.spot, kept), *activation.become("log")]
        return Repair("unsafe" if padded else "safe", _message(activation, complement), changes)
    return _through_a_name(context, finding, log, activation, padded=padded, complement=complement)


def _message(activation: Activation, complement: bool) -> str:
    word = "log-softmax" if activation.kind is Kind.PROB_CAT else "log-sigmoid"
    return f"take the {word}{' of the negated scores' if complement else ''} instead of a logarithm of probabilities"


def _by_backend(finding: Finding, log: _Logarithm, activation: Activation) -> Repair:
    """The backend of Keras 2 has neither log-softmax nor log-sigmoid, but what they are made of."""
    func, scores = activation.call.func, activation.scores
    operand = _below_complement(log.operand) if finding.code == "LGT303" else log.operand
    if operand.node is not activation.spot.node or not isinstance(func, cst.Attribute) or finding.code == "LGT304":
        raise Withheld("the backend of Keras has no such function")
    home = activation.spot.unit.text(func.value)
    if finding.code == "LGT301":
        if not isinstance(scores.node, cst.Name) or activation.rest:
            raise Withheld("the backend of Keras has no such function")
        text = f"({scores.text} - {home}.logsumexp({scores.text}, axis=-1, keepdims=True))"
    else:
        text = f"(-{home}.softplus({negated(scores) if finding.code == 'LGT302' else expression(scores)}))"
    return Repair("suggestion", _message(activation, finding.code == "LGT303"), [_plain(log.spot, text)])


def _handed_over(context: Context, finding: Finding, log: _Logarithm) -> Repair:
    """``layer(x, tf.nn.softmax)``: the log-softmax is handed over in its place. Raises Withheld."""
    value = finding.value
    if not isinstance(value, Tensor) or value.producer is None or finding.others or _name_below(log.operand) is None:
        raise Withheld("the activation is called through another name")
    api = value.producer.api
    given: list[Spot] = []
    for hop in steps(value.origin):
        spot = context.syntax.spot(hop.loc)
        for arg in spot.node.args if isinstance(spot.node, cst.Call) else ():
            path = dotted(arg.value)
            known = [each.full + path[len(each.name) :] for each in context.names.imports(spot.path) if path.partition(".")[0] == each.name]
            if api in known and all(arg.value is not each.node for each in given):
                given.append(spot.at(arg.value))
    if len(given) != 1 or value.kind is not Kind.PROB_CAT:
        raise Withheld("the activation is called through another name")
    full = f"{api.rpartition('.')[0]}.log_softmax"
    if catalog.lookup(full) is None:
        raise Withheld("the library has no log-softmax of that name")
    spelled = context.names.spell(given[0], full)
    changes = [given[0].replace(spelled.text), *spelled.changes, *unwrapped(log.spot, log.operand.node)]
    return Repair("suggestion", "hand over the log-softmax, and look at who else reads what it makes", changes)


class _Logarithm:
    """``torch.log(p)``, ``p.log()``, ``log1p(-p)``: the call and what it takes the logarithm of."""

    def __init__(self, spot: Spot) -> None:
        self.spot = spot
        call = spot.node
        if not isinstance(call, cst.Call):
            raise Withheld("the logarithm is no call")
        name = _called(call)
        self.plus_one = name.startswith("log1p")
        given = [each for each in call.args if each.keyword is None or each.keyword.value not in ("name",)]
        if not given and isinstance(call.func, cst.Attribute):
            self.operand = spot.at(call.func.value)
            if name not in ("log", "log1p"):
                raise Withheld("the logarithm works in place")
        elif len(given) == 1 == len(call.args) and not given[0].star:
            self.operand = spot.at(given[0].value)
        else:
            raise Withheld("the logarithm takes more than its operand")
        if name not in ("log", "log1p"):
            raise Withheld(f"`{name}` has no stable form")


def _direct(operand: Spot, made: cst.CSTNode, *, padded: bool, complement: bool) -> cst.CSTNode | None:
    """What stays of a logarithm whose operand holds ``made``: the operand, or without its padding ``made`` alone.

    None when ``made`` is not inside. Raises Withheld when more than a change of shape stands between.
    """
    way = _way(operand, made)
    if way is None:
        return None
    if complement or padded:
        fits = _is_complement(operand.node, made) if complement else _is_padding(operand.node, made)
        if not fits:
            raise Withheld("something else stands between the activation and its logarithm")
        return made
    below = made
    for node in way:
        if isinstance(node, cst.Call):
            passes = _passes(node, below)
        elif isinstance(node, (cst.Attribute, cst.Subscript)):
            passes = node.value is below
        else:
            passes = isinstance(node, cst.Arg)
        if not passes:
            raise Withheld("something else stands between the activation and its logarithm")
        below = node
    return operand.node


def _way(operand: Spot, made: cst.CSTNode) -> list[cst.CSTNode] | None:
    """The nodes above ``made`` up to the operand; None when it is not inside."""
    if made is operand.node:
        return []
    found: list[cst.CSTNode] = []
    for node in operand.unit.above(made):
        found.append(node)
        if node is operand.node:
            return found
    return None


def _passes(call: cst.Call, below: cst.CSTNode) -> bool:
    """True for ``p.view(…)`` and ``torch.squeeze(p, …)``."""
    return _called(call) in SHAPES and (call.func is below or (bool(call.args) and call.args[0] is below))


def _called(call: cst.Call) -> str:
    func = call.func
    return func.attr.value if isinstance(func, cst.Attribute) else func.value if isinstance(func, cst.Name) else ""


def _is_complement(node: cst.CSTNode, below: cst.CSTNode) -> bool:
    """``1 - p``, ``-p`` (under log1p) or ``-p + 1``."""
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        minus, one = (node.right, node.left) if isinstance(node.left, (cst.Integer, cst.Float)) else (node.left, node.right)
        return _is_one(one) and isinstance(minus, cst.UnaryOperation) and _is_complement(minus, below)
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Subtract):
        return node.right is below and _is_one(node.left)
    return isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus) and node.expression is below


def _is_one(node: cst.CSTNode) -> bool:
    return isinstance(node, (cst.Integer, cst.Float)) and float(node.value) == 1


def _is_padding(node: cst.CSTNode, below: cst.CSTNode) -> bool:
    """``p + eps``, ``p.clamp(…)``, ``clamp(p, …)``."""
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return below in (node.left, node.right)
    if not isinstance(node, cst.Call) or not _called(node).startswith(("clamp", "clip", "maximum", "add")):
        return False
    receiver = isinstance(node.func, cst.Attribute) and node.func.value is below
    return receiver or (bool(node.args) and node.args[0].value is below)


def _negated_log(activation: Activation, log: _Logarithm) -> list[Change]:
    """``logsigmoid(-x)`` in place of ``log(1 - sigmoid(x))``."""
    if activation.kind is not Kind.PROB_EL:
        raise Withheld("one minus a softmax has no stable logarithm")
    if activation.form == "instance" and activation.rest:
        raise Withheld("the activation is called with more than its input")
    return _replaced(log.spot, activation, negated(activation.scores))


def _replaced(spot: Spot, activation: Activation, text: str) -> list[Change]:
    applied, changes = activation.applied(text, spot, "log")
    inner = activation.scores.unit.outer_text(activation.scores.node) if spot.unit is activation.spot.unit else ""
    if spot.text.count("#") > inner.count("#"):
        raise Withheld("a comment stands where the code would change")
    return [spot.replace(applied), *changes]


# ---------------------------------------------------------------------- through a name


def _through_a_name(
    context: Context, finding: Finding, log: _Logarithm, activation: Activation, *, padded: bool, complement: bool
) -> Repair:
    operand = log.operand
    if complement:
        operand = _below_complement(operand)
    if padded:
        operand = _below_padding(operand)
    name = _name_below(operand)
    readers = context.readers(activation, finding)
    level = "unsafe" if padded else "safe"
    message = _message(activation, complement)
    local = name is not None and any(_binds(stored[0], name.node) for stored in readers.stored)
    same = activation.spot.unit is log.spot.unit and activation.spot.unit.scope(activation.spot.node) is log.spot.unit.scope(log.spot.node)
    if local and same and name is not None and activation.form in ("function", "method", "instance"):
        if len(readers.stored) != 1:
            raise Withheld("the probabilities are stored under several names")
        return _local(context, log, activation, readers, name, (level, message, complement, padded))
    if padded:
        raise Withheld("the activation stands in another function")
    return _elsewhere(context, finding, activation, readers)


def _binds(stored: Spot, load: cst.CSTNode) -> bool:
    return isinstance(stored.node, cst.Name) and isinstance(load, cst.Name) and stored.node.value == load.value


def _below_complement(spot: Spot) -> Spot:
    node = spot.node
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return _below_complement(spot.at(node.right if _is_one(node.left) else node.left))
    if isinstance(node, cst.BinaryOperation) and _is_complement(node, node.right):
        return spot.at(node.right)
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        return spot.at(node.expression)
    raise Withheld("the complement is not taken where the logarithm is")


def _below_padding(spot: Spot) -> Spot:
    node = spot.node
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, (cst.Add, cst.Subtract)):
        return spot.at(node.left if isinstance(node.left, (cst.Name, cst.Subscript)) else node.right)
    if isinstance(node, cst.Call):
        if isinstance(node.func, cst.Attribute) and node.func.attr.value in ("clamp", "clip", "clamp_min"):
            return spot.at(node.func.value)
        if node.args:
            return spot.at(node.args[0].value)
    raise Withheld("the padding is not added where the logarithm is taken")


def _name_below(spot: Spot) -> Spot | None:
    """The name that an expression reads, through changes of shape only."""
    node = spot.node
    if isinstance(node, cst.Name):
        return spot
    if isinstance(node, cst.Subscript):
        return _name_below(spot.at(node.value))
    if isinstance(node, cst.Call):
        if isinstance(node.func, cst.Attribute) and node.func.attr.value in SHAPES and not isinstance(node.func.value, cst.Call):
            below = _name_below(spot.at(node.func.value))
            if below is not None:
                return below
        if node.args and _passes(node, node.args[0]):
            return _name_below(spot.at(node.args[0].value))
    return None


_How = tuple[str, str, bool, bool]


def _local(context: Context, log: _Logarithm, activation: Activation, readers: Readers, name: Spot, how: _How) -> Repair:
    level, message, complement, padded = how
    found = Repair("unsafe" if level == "unsafe" else "safe", message)
    others = [each for each in (*readers.wanted, *readers.others, *readers.indifferent) if not _within(each, log.spot)]
    alone = not others and not readers.opaque and not readers.returned
    if alone and not complement and not padded and not _is_whole(readers.stored[0][1], activation.spot.node):
        # what is stored is more than the activation: there it gives its logarithm, and the name keeps it
        found.changes = [*unwrapped(log.spot, log.operand.node), *activation.become("log")]
        return found
    text, changes = scores_before(context, activation, readers, log.spot, alone=alone)
    if alone:
        changes += tidy.unused_module(context, activation)
    if complement:
        text = f"-{text}"
    applied, imports = activation.applied(text, log.spot, "log")
    if complement or padded or name.node is log.operand.node:
        target = log.spot
        found.changes = [_plain(target, applied), *imports, *changes]
    else:
        found.changes = [*unwrapped(log.spot, log.operand.node), name.replace(applied), *imports, *changes]
    return found


def _plain(spot: Spot, text: str) -> Change:
    if "#" in spot.text:
        raise Withheld("a comment stands where the code would change")
    return spot.replace(text)


def _within(spot: Spot, outside: Spot) -> bool:
    return spot.unit is outside.unit and any(each is outside.node for each in (spot.node, *spot.unit.above(spot.node)))


def scores_before(context: Context, activation: Activation, readers: Readers, reader: Spot, *, alone: bool) -> tuple[str, list[Change]]:
    """The scores as ``reader`` can write them, in the function of the activation; and what that takes.

    They have a name already, or they are given one where the activation is applied. ``alone``: nobody else reads the activation.
    """
    unit = activation.spot.unit
    statement = readers.stored[0][1]
    if is_stable(activation.scores, reader):
        name = activation.scores.text
        if alone and _is_whole(statement, activation.spot.node):
            try:
                return name, [whole_statement(unit, statement)]
            except Withheld:
                pass
        return name, []
    if not _is_whole(statement, activation.spot.node):
        raise Withheld("the scores have no name")
    renamed = None if alone else _result_renamed(context, activation, readers, reader)
    if renamed is not None:
        return renamed
    start = unit.range(statement)[0]
    opening = max(unit.whole.rfind("\n", 0, start), unit.whole.rfind("\r", 0, start)) + 1
    indent = unit.whole[opening:start]
    if indent.strip():
        raise Withheld("a statement shares its line")
    fresh = context.fresh(activation)
    scores = activation.scores
    if alone and isinstance(statement, cst.Assign):
        target = statement.targets[0].target
        return fresh, [activation.spot.at(target).replace(fresh), *unwrapped(activation.spot, scores.node)]
    newline = context.syntax.newline(activation.spot.path)
    first, last = unit.outer(scores.node)
    return fresh, [
        Change(unit.path, start, start, f"{fresh} = {expression(scores)}{newline}{indent}"),
        Change(unit.path, first, last, fresh),
    ]


def _result_renamed(context: Context, activation: Activation, readers: Readers, reader: Spot) -> tuple[str, list[Change]] | None:
    """``p = softmax(p)``: the scores keep the name, what is made of them gets one, for all who read that; None where that is not all."""
    unit, scores, stored = activation.spot.unit, activation.scores.node, readers.stored[0]
    target, statement = stored[0].node, stored[1]
    scope = unit.scope(activation.spot.node)
    if not (isinstance(target, cst.Name) and isinstance(scores, cst.Name) and target.value == scores.value):
        return None
    line = unit.parent(statement)
    block, end = unit.parent(line) if line is not None else None, unit.range(statement)[1]
    loads = list(loads_after(unit, scope, target))
    behind = all(unit.range(each)[0] > end and any(above is block for above in unit.above(each)) for each in loads)
    stored_again = any(name == target.value and unit.range(node)[0] > end for name, node in bindings(scope))
    if not isinstance(scope, cst.FunctionDef) or not behind or stored_again or outlives(scope, target.value):
        return None
    fresh = context.fresh(activation, RESULTS)
    spots = [Spot(unit, each) for each in loads]
    kept = [each for each in spots if not any(_within(each, outside) for outside in (reader, *readers.wanted))]
    return scores.value, [each.replace(fresh) for each in (stored[0], *kept)]


def _is_whole(statement: cst.BaseSmallStatement, node: cst.CSTNode) -> bool:
    """``p = softmax(x)`` and nothing more."""
    return isinstance(statement, cst.Assign) and len(statement.targets) == 1 and statement.value is node


def _elsewhere(context: Context, finding: Finding, activation: Activation, readers: Readers) -> Repair:
    """The activation stands in another function: it goes there, or gives its logarithm, and every logarithm of it changes with it."""
    findings = context.alike(finding, "LGT301", "LGT302", "LGT303")
    logs = [(each, _Logarithm(context.syntax.spot(each.loc))) for each in findings]
    others = [each for each in (*readers.wanted, *readers.others) if not any(_within(each, log.spot) for _, log in logs)]
    negated_too = any(each.code == "LGT303" for each in findings)
    message = _message(activation, False)
    doubts = list(readers.opaque)
    if any(_PASSED in step.note for each in findings if isinstance(each.value, Tensor) for step in steps(each.value.origin)):
        doubts.append("the function with the logarithm may be given probabilities by others")
    changes: list[Change] = []
    if negated_too or others:
        message = f"give the scores instead of what `{activation.api}` makes of them, and {message}"
        changes += [*tidy.dropped(activation), *tidy.unused_module(context, activation)]
        for each, log in logs:
            changes += _log_applied(activation, log, complement=each.code == "LGT303")
        if any(_within(activation.spot, each) for each in others):
            raise Withheld("something else reads the activation where it is applied")
        if len(others) > _MOST_OTHERS:
            doubts.append(f"{len(others)} other places, the first at {context.place(others[0])}")
        else:
            for reader in others:
                changes += _applied_there(activation, reader)
    else:
        changes += activation.become("log")
        for _, log in logs:
            changes += unwrapped(log.spot, log.operand.node)
    if not doubts:
        return Repair("unsafe", message, changes)
    return Repair("suggestion", f"{message}; look at who else reads it: {'; '.join(dict.fromkeys(doubts[:5]))}", changes)


def _log_applied(activation: Activation, log: _Logarithm, *, complement: bool) -> list[Change]:
    operand = _below_complement(log.operand) if complement else log.operand
    text, changes = activation.applied(negated(operand) if complement else expression(operand), log.spot, "log")
    return [_keeping(log.spot, operand, text), *changes]


def _applied_there(activation: Activation, reader: Spot) -> list[Change]:
    if "#" in reader.text:
        raise Withheld("a comment stands where the code would change")
    text, changes = activation.applied(expression(reader), reader)
    return [reader.replace(text), *changes]


# ---------------------------------------------------------------------- log(sum(exp(x))), log(1 + exp(x))


def sum_of_exponentials(context: Context, finding: Finding) -> Repair:
    """LGT306: ``logsumexp``, with the axis and ``keepdim`` of the sum. Raises Withheld."""
    log = _Logarithm(context.syntax.spot(finding.loc))
    total = log.operand.node
    if not isinstance(total, cst.Call):
        raise Withheld("the sum is not taken where the logarithm is")
    where = library(finding.site.api)
    if _called(total) not in _SUMS:
        raise Withheld("the sum is not taken where the logarithm is")
    exponent, rest = _summed(log.operand, total)
    scores = _exponent(exponent)
    if where == "torch" and not any(each.keyword is None or each.keyword.value in ("dim", "axis") for each in rest):
        raise Withheld("the sum runs over every axis")
    if any(each.keyword is not None and each.keyword.value not in ("dim", "axis", "keepdim", "keepdims") for each in rest):
        raise Withheld("the sum takes more than an axis")
    if where == "jax" and sum(each.keyword is None for each in rest) > 1:
        raise Withheld("the sum takes more than an axis")
    axis = "dim=" if where == "torch" else "axis="
    texts = [re.sub(r"^(dim|axis)\s*=\s*", axis, log.spot.unit.text(each)) for each in rest]
    names = _LOGSUMEXP.get(where)
    if names is None:
        raise Withheld("the library has no logsumexp")
    spelled = context.names.spell(log.spot, *(spelled_in(full, finding.site.api) for full in names))
    text = f"{spelled.text}({', '.join([expression(scores), *texts])})"
    return Repair("safe", f"`{spelled.text}` does not overflow", [_keeping(log.spot, scores, text), *spelled.changes])


def _summed(spot: Spot, call: cst.Call) -> tuple[Spot, list[cst.Arg]]:
    """What is summed, and the other arguments."""
    func = call.func
    if isinstance(func, cst.Attribute) and func.attr.value == "sum" and _is_exp(func.value):
        return spot.at(func.value), list(call.args)
    first = argument(call, 0, "input", "input_tensor", "a", "x")
    if first is None or first.star:
        raise Withheld("what is summed is not written in the sum")
    return spot.at(first.value), [each for each in call.args if each is not first]


def _is_exp(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Call) and _called(node) == "exp"


def _exponent(spot: Spot) -> Spot:
    """``x`` of ``exp(x)`` or ``x.exp()``."""
    call = spot.node
    if not isinstance(call, cst.Call) or not _is_exp(call):
        raise Withheld("the exponential is not taken where the logarithm is")
    if not call.args and isinstance(call.func, cst.Attribute):
        return spot.at(call.func.value)
    if len(call.args) == 1 and not call.args[0].star:
        return spot.at(call.args[0].value)
    raise Withheld("the exponential takes more than its operand")


def _keeping(spot: Spot, inner: Spot, text: str) -> Change:
    if spot.text.count("#") > inner.text.count("#"):
        raise Withheld("a comment stands where the code would change")
    return spot.replace(text)


def one_plus_exponential(context: Context, finding: Finding) -> Repair:
    """LGT307: ``softplus``. Raises Withheld."""
    log = _Logarithm(context.syntax.spot(finding.loc))
    exponent = log.operand
    if not log.plus_one:
        node = exponent.node
        if not isinstance(node, cst.BinaryOperation) or not isinstance(node.operator, cst.Add):
            raise Withheld("the exponential is not taken where the logarithm is")
        one, other = (node.left, node.right) if isinstance(node.left, (cst.Integer, cst.Float)) else (node.right, node.left)
        if not isinstance(one, (cst.Integer, cst.Float)) or float(one.value) != 1:
            raise Withheld("the exponential is not taken where the logarithm is")
        exponent = exponent.at(other)
    scores = _exponent(exponent)
    where = library(finding.site.api)
    names = _SOFTPLUS.get(where)
    if names is None:
        raise Withheld("the library has no softplus")
    spelled = context.names.spell(log.spot, *(spelled_in(full, finding.site.api) for full in names))
    return Repair(
        "safe",
        f"`{spelled.text}` does not overflow",
        [_keeping(log.spot, scores, f"{spelled.text}({expression(scores)})"), *spelled.changes],
    )
