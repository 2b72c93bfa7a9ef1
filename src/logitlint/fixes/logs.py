"""Logarithms of what an activation made: the log-activation in their place. LGT301 to LGT304."""

from __future__ import annotations

import libcst as cst

from logitlint import catalog
from logitlint.fixes import elsewhere, tidy
from logitlint.fixes.activations import Activation, negated
from logitlint.fixes.context import LOGS, RESULTS, Context, Repair
from logitlint.fixes.loads import is_changed, is_left, is_only_definition, is_stable, loads_after, outlives
from logitlint.fixes.logarithm import Logarithm, below_complement, below_padding, binds, direct, in_words, name_below, plain, within
from logitlint.fixes.names import bindings, dotted
from logitlint.fixes.readers import Readers
from logitlint.fixes.syntax import Change, Spot, Withheld, expression, unwrapped, walk, whole_statement
from logitlint.interp.values import Tensor, steps
from logitlint.interp.written import CHOSEN
from logitlint.kinds import Kind
from logitlint.rules.judge import Finding

BACKENDS = ("keras.backend.", "tensorflow.keras.backend.", "tf_keras.backend.")


def repair(context: Context, finding: Finding) -> Repair:
    """The repair of LGT301, LGT302, LGT303 or (unsafe) LGT304. Raises Withheld."""
    if isinstance(finding.value, Tensor) and finding.value.tag == CHOSEN:
        raise Withheld("the rows by which the probabilities are multiplied stand between them and their logarithm")
    log = Logarithm(context.syntax.spot(finding.loc))
    try:
        activations = context.activations(finding)
    except Withheld:
        if finding.code == "LGT301":
            return _handed_over(context, finding, log)
        raise
    if len(elsewhere.makers(context, finding)) != 1:
        return elsewhere.repair(context, finding)
    activation = activations[0]
    if activation.api.startswith(BACKENDS):
        return _by_backend(finding, log, activation)
    padded = finding.code == "LGT304"
    complement = finding.code == "LGT303"
    kept = direct(log.operand, activation.spot.node, padded=padded, complement=complement)
    if kept is not None:
        changes = _negated_log(activation, log) if complement else [*unwrapped(log.spot, kept), *tidy.become(context, activation, "log")]
        return Repair("unsafe" if padded else "safe", in_words(activation, complement), changes)
    return _through_a_name(context, finding, log, activation, padded=padded, complement=complement)


def _by_backend(finding: Finding, log: Logarithm, activation: Activation) -> Repair:
    """The backend of Keras 2 has neither log-softmax nor log-sigmoid, but what they are made of."""
    func, scores = activation.call.func, activation.scores
    operand = below_complement(log.operand) if finding.code == "LGT303" else log.operand
    if operand.node is not activation.spot.node or not isinstance(func, cst.Attribute) or finding.code == "LGT304":
        raise Withheld("the backend of Keras has no such function")
    home = activation.spot.unit.text(func.value)
    if finding.code == "LGT301":
        if not isinstance(scores.node, cst.Name) or activation.rest:
            raise Withheld("the backend of Keras has no such function")
        text = f"({scores.text} - {home}.logsumexp({scores.text}, axis=-1, keepdims=True))"
    else:
        text = f"(-{home}.softplus({negated(scores) if finding.code == 'LGT302' else expression(scores)}))"
    return Repair("suggestion", in_words(activation, finding.code == "LGT303"), [plain(log.spot, text)])


def _handed_over(context: Context, finding: Finding, log: Logarithm) -> Repair:
    """``layer(x, tf.nn.softmax)``: the log-softmax is handed over in its place. Raises Withheld."""
    value = finding.value
    if not isinstance(value, Tensor) or value.producer is None or finding.others or name_below(log.operand) is None:
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


def _negated_log(activation: Activation, log: Logarithm) -> list[Change]:
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
    context: Context, finding: Finding, log: Logarithm, activation: Activation, *, padded: bool, complement: bool
) -> Repair:
    operand = log.operand
    if complement:
        operand = below_complement(operand)
    if padded:
        operand = below_padding(operand)
    name = name_below(operand)
    readers = context.readers(activation, finding)
    _unchanged(activation, log, readers)
    level = "unsafe" if padded else "safe"
    message = in_words(activation, complement)
    local = name is not None and any(binds(stored[0], name.node) for stored in readers.stored)
    same = activation.spot.unit is log.spot.unit and activation.spot.unit.scope(activation.spot.node) is log.spot.unit.scope(log.spot.node)
    if local and same and name is not None and activation.form in ("function", "method", "instance"):
        if len(readers.stored) != 1:
            raise Withheld("the probabilities are stored under several names")
        if readers.passed or not any(within(each, log.spot) for each in (*readers.wanted, *readers.others)):
            raise Withheld("something else stands between the activation and its logarithm")
        return _local(context, log, activation, readers, name, (level, message, complement, padded))
    return elsewhere.repair(context, finding)


def _unchanged(activation: Activation, log: Logarithm, readers: Readers) -> None:
    """Raises Withheld where the scores, or the probabilities, are other ones when the logarithm is taken."""
    unit = activation.spot.unit
    if log.spot.unit is not unit:
        return
    start, end = unit.range(activation.spot.node)[0], unit.range(log.spot.node)[0]
    names = {stored.node.value for stored, _ in readers.stored if isinstance(stored.node, cst.Name)}
    if activation.form in ("function", "method", "instance"):
        names |= {each.value for each in walk(activation.scores.node) if isinstance(each, cst.Name)}
    if any(is_changed(unit, name, start, end) for name in sorted(names)):
        raise Withheld("something is changed in place before the logarithm is taken")


_How = tuple[str, str, bool, bool]


def _local(context: Context, log: Logarithm, activation: Activation, readers: Readers, name: Spot, how: _How) -> Repair:
    level, message, complement, padded = how
    found = Repair("unsafe" if level == "unsafe" else "safe", message)
    others = [each for each in (*readers.wanted, *readers.others, *readers.indifferent) if not within(each, log.spot)]
    alone = not others and not readers.opaque and not readers.returned
    whole, left = _is_whole(readers.stored[0][1], activation.spot.node), is_left(activation.spot, log.spot)
    if alone and not complement and not padded and (left or not whole):
        # what is stored is more than the activation, or made without gradients: there it gives its logarithm, and the name says so
        become = tidy.become(context, activation, "log")
        found.changes = [*unwrapped(log.spot, log.operand.node), *become, *_called_log(context, activation, readers)]
        return found
    if left:
        raise Withheld("the activation stands under a `with` that the logarithm does not stand under")
    text, changes = scores_before(context, activation, readers, log.spot, alone=alone)
    if alone:
        changes += tidy.unused_module(context, activation)
    if complement:
        text = f"-{text}"
    applied, imports = activation.applied(text, log.spot, "log")
    if complement or padded or name.node is log.operand.node:
        target = log.spot
        found.changes = [plain(target, applied), *imports, *changes]
    else:
        found.changes = [*unwrapped(log.spot, log.operand.node), name.replace(applied), *imports, *changes]
    return found


def _called_log(context: Context, activation: Activation, readers: Readers) -> list[Change]:
    """A name for the logarithm where the old one speaks of probabilities; none where it is read outside of its function."""
    stored = readers.stored[0][0]
    scope = stored.unit.scope(stored.node)
    assert isinstance(stored.node, cst.Name)
    name = stored.node.value.lower()
    if "prob" not in name or "log" in name or not isinstance(scope, cst.FunctionDef):
        return []
    if sum(bound == stored.node.value for bound, _ in bindings(scope)) != 1:
        return []
    fresh = context.fresh(activation, LOGS)
    return [each.replace(fresh) for each in (stored, *(stored.at(load) for load in loads_after(stored.unit, scope, stored.node)))]


def scores_before(context: Context, activation: Activation, readers: Readers, reader: Spot, *, alone: bool) -> tuple[str, list[Change]]:
    """The scores as ``reader`` can write them, in the function of the activation; and what that takes.

    They have a name already, or they are given one where the activation is applied. ``alone``: nobody else reads the activation.
    """
    unit = activation.spot.unit
    stored, statement = readers.stored[0]
    if isinstance(stored.node, cst.Name) and not all(
        is_only_definition(unit, unit.scope(stored.node), stored.node, each.node) for each in _loads(stored, reader)
    ):
        raise Withheld("the name is bound in several places")
    whole = _is_whole(statement, activation.spot.node)
    if whole and is_stable(activation.scores, reader):
        name = activation.scores.text
        if alone:
            try:
                return name, [whole_statement(unit, statement)]
            except Withheld:
                pass
        return name, []
    renamed = None if alone or not whole else _result_renamed(context, activation, readers, reader)
    if renamed is not None:
        return renamed
    start = unit.range(statement)[0]
    opening = max(unit.whole.rfind("\n", 0, start), unit.whole.rfind("\r", 0, start)) + 1
    indent = unit.whole[opening:start]
    if indent.strip():
        raise Withheld("a statement shares its line")
    fresh = context.fresh(activation)
    scores = activation.scores
    if not whole:
        return fresh, _in_shape(context, activation, statement, fresh, indent)
    if alone and isinstance(statement, cst.Assign):
        target = statement.targets[0].target
        return fresh, [activation.spot.at(target).replace(fresh), *unwrapped(activation.spot, scores.node)]
    newline = context.syntax.newline(activation.spot.path)
    first, last = unit.outer(scores.node)
    return fresh, [
        Change(unit.path, start, start, f"{fresh} = {expression(scores)}{newline}{indent}"),
        Change(unit.path, first, last, fresh),
    ]


def _in_shape(context: Context, activation: Activation, statement: cst.BaseSmallStatement, fresh: str, indent: str) -> list[Change]:
    """``p = sigmoid(x).squeeze(1)``: the scores get the shape, and a name, before the activation. Raises Withheld."""
    unit, made, scores = activation.spot.unit, activation.spot.node, activation.scores.node
    value = statement.value if isinstance(statement, cst.Assign) and len(statement.targets) == 1 else None
    if activation.kind is not Kind.PROB_EL or value is None:
        raise Withheld("what is stored is more than the activation")
    if direct(activation.spot.at(value), made, padded=False, complement=False) is None or "#" in unit.text(value):
        raise Withheld("the scores have no name")
    (start, first), (end, last) = (unit.outer(value)[0], unit.outer(made)[0]), (unit.outer(value)[1], unit.outer(made)[1])
    opened, closed = unit.outer(scores)
    shaped = f"{unit.whole[start:first]}{expression(activation.scores)}{unit.whole[last:end]}"
    applied = f"{unit.whole[first:opened]}{fresh}{unit.whole[closed:last]}"
    at, newline = unit.range(statement)[0], context.syntax.newline(unit.path)
    return [Change(unit.path, at, at, f"{fresh} = {shaped}{newline}{indent}"), Change(unit.path, start, end, applied)]


def _loads(stored: Spot, reader: Spot) -> list[Spot]:
    """The loads of a stored name in an expression."""
    assert isinstance(stored.node, cst.Name)
    return [reader.at(each) for each in walk(reader.node) if isinstance(each, cst.Name) and each.value == stored.node.value]


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
    kept = [each for each in spots if not any(within(each, outside) for outside in (reader, *readers.wanted))]
    return scores.value, [each.replace(fresh) for each in (stored[0], *kept)]


def _is_whole(statement: cst.BaseSmallStatement, node: cst.CSTNode) -> bool:
    """``p = softmax(x)`` and nothing more."""
    return isinstance(statement, cst.Assign) and len(statement.targets) == 1 and statement.value is node
