"""Softmax over an axis: one unit (LGT403), twice (LGT404), unnamed (LGT405), the wrong one (LGT406), thrown away (LGT410)."""

from __future__ import annotations

import libcst as cst

from logitlint.fixes import tidy
from logitlint.fixes.activations import Activation, called
from logitlint.fixes.context import Context, Repair
from logitlint.fixes.losses import as_often, asked_for, scores_instead
from logitlint.fixes.syntax import Change, Spot, Withheld, added_argument, argument, walk
from logitlint.interp.arithmetic import TEMPERED
from logitlint.interp.values import Loc, Tensor
from logitlint.kinds import Kind, Want
from logitlint.rules.judge import Finding

_DEEPEST = 3  #: so many functions that call one another are looked at
#: What gives a module to somebody who may have asked for another.
_FOR_OTHERS = (cst.Return, cst.DictElement, cst.IfExp, cst.Lambda)


def one_unit(context: Context, finding: Finding) -> Repair:
    """LGT403: sigmoid. Raises Withheld."""
    if "log" in finding.site.api.rpartition(".")[2].lower():
        raise Withheld("whether the logarithm of a sigmoid is meant is not known")
    activation = context.written(finding.loc, finding.site.api, Kind.PROB_CAT, _built(finding))
    if context.makes_something_else(finding) or _varies(context, activation.built or activation.spot):
        raise Withheld("the same softmax also runs over another number of units, or who knows how many")
    repair = Repair("unsafe", "one unit needs a sigmoid", tidy.become(context, activation, "sigmoid"))
    if activation.form == "layer" and isinstance(activation.spot.unit.parent(activation.spot.node), _FOR_OTHERS):
        repair.doubt([f"`{activation.spot.text}`"], "who else asks for it")
    return repair


def _varies(context: Context, place: Spot, depth: int = 0) -> bool:
    """Whether the class or function around a place is called with several lists of arguments, or handed to somebody who may do so: one
    of them may be a number of units."""
    owner = place.unit.owner(place.node) or place.unit.function(place.node)
    if not isinstance(owner, (cst.ClassDef, cst.FunctionDef)):
        return False
    ways: dict[tuple[str, ...], Spot] = {}
    for each in context.mentions(place.path, owner.name.value):
        above = each.parent
        if above is not None and isinstance(above.node, cst.Attribute) and above.node.attr is each.node:
            each, above = above, above.parent
        if above is None or _only_names(above):
            continue
        if not isinstance(above.node, cst.Call) or above.node.func is not each.node:
            return True
        ways.setdefault(tuple(above.unit.text(arg) for arg in above.node.args), above)
    variables = [each for each in ways.values() if _is_given_variables(each.node)]
    return len(ways) > 1 or (depth == _DEEPEST and bool(variables)) or any(_varies(context, each, depth + 1) for each in variables)


def _is_given_variables(call: cst.CSTNode) -> bool:
    assert isinstance(call, cst.Call)
    return any(isinstance(each, cst.Name) for arg in call.args for each in walk(arg.value))


def _only_names(above: Spot) -> bool:
    """Whether somebody who names a class makes no object of it: an annotation, an import, `super(Net, self)`, `isinstance(m, Net)`."""
    call = above.parent if isinstance(above.node, cst.Arg) else None
    if isinstance(above.node, (cst.ClassDef, cst.FunctionDef)):
        return True  # the definition
    if call is not None and isinstance(call.node, cst.Call) and called(call.node) in ("super", "isinstance"):
        return True
    return any(isinstance(each, (cst.Annotation, cst.Import, cst.ImportFrom)) for each in (above.node, *above.unit.above(above.node)))


def applied_twice(context: Context, finding: Finding) -> Repair:
    """LGT404: drop the outer one; where that takes the logarithm too, or names its result, the inner one. Raises Withheld."""
    if context.loses_activation(finding):
        raise Withheld("the fix of a loss that reads the first activation takes that one away")
    if isinstance(finding.value, Tensor) and finding.value.form == TEMPERED:
        raise Withheld("the temperature has to divide the scores, which are behind the first softmax")
    kind = finding.site.result.kind if isinstance(finding.site.result, Tensor) else Kind.PROB_CAT
    outer = context.written(finding.loc, finding.site.api, kind, _built(finding))
    stays = _is_log(finding) or outer.label
    if stays:
        inner = context.activations(finding)
        if len(inner) == 1 and outer.scores.node is inner[0].spot.node:
            return Repair("unsafe", "drop the first activation", [*inner[0].dropped(), *tidy.unused_module(context, inner[0])])
    if stays or _is_needed(context, finding, outer):
        return _first_dropped(context, finding)
    changes = [*tidy.dropped(outer), *tidy.unused_module(context, outer)]
    doubts = asked_for(context, outer)
    if doubts:
        return Repair("suggestion", f"drop the second activation, or the first one; look at {doubts[0]}", changes)
    return Repair("unsafe", "drop the second activation", changes)


def _is_log(finding: Finding) -> bool:
    return "log" in finding.site.api.rpartition(".")[2].lower()


def _is_needed(context: Context, finding: Finding, outer: Activation) -> bool:
    """Whether scores reach the second activation as well, or would if one beside it, that takes their logarithm, is mended."""
    if context.activates_others(finding) or any(map(_is_log, context.alike(finding, "LGT404"))):
        return True
    places = (
        context.syntax.spot(each.producer.loc) for each in (finding.value, *finding.others) if isinstance(each, Tensor) and each.producer
    )
    here = [each for each in places if each.unit is outer.spot.unit and each.unit.scope(each.node) is each.unit.scope(outer.spot.node)]
    return not all(as_often(each, outer.spot) for each in here)


def _first_dropped(context: Context, finding: Finding) -> Repair:
    """Where the second activation has to stay, the first one goes. Raises Withheld where somebody else reads what it makes."""
    found = scores_instead(context, finding, "drop the first activation")
    if found.applicability == "suggestion":
        raise Withheld("which of the two is meant is not known")
    return found


def named_axis(context: Context, finding: Finding) -> Repair:
    """LGT405: the axis that torch picks for the known number of dimensions; a suggestion where that is not known, or is the batch."""
    spot = context.syntax.spot(finding.loc)
    if not isinstance(spot.node, cst.Call) or any(each.star for each in spot.node.args):
        raise Withheld("the activation is called through another name")
    if not context.calls_one(finding.loc):
        raise Withheld("what is called there is not always the activation")
    ranks = context.ranks(finding.loc)
    rank = ranks.pop() if len(ranks) == 1 else None
    given = next((each for each in spot.node.args if each.keyword is not None and each.keyword.value == "dim"), None)

    def edit(dim: int) -> list[Change]:
        if given is not None:
            return [spot.at(given.value).replace(str(dim))]
        return [added_argument(spot.unit, spot.node, f"dim={dim}")]  # type: ignore[arg-type]

    if rank in (2, 4, 5):
        return Repair("safe", f"name the axis that torch picks for {rank} dimensions", edit(1))
    if rank in (0, 1):
        return Repair("safe", "name the axis that torch picks for one dimension", edit(0))
    if rank == 3:
        return Repair("suggestion", "name the axis of the classes; with three dimensions torch picks the first", edit(-1))
    return Repair("suggestion", "name the axis of the classes; with one or two dimensions it is the last", edit(-1))


def other_axis(context: Context, finding: Finding) -> Repair:
    """LGT406: the axis along which the consumer looks for classes, or none where that applies softmax itself. Raises Withheld."""
    if finding.site.want is Want.LOGITS_CAT:
        return scores_instead(context, finding, "pass the raw scores")
    activations, axis = context.activations(finding), finding.site.axis
    if len(activations) != 1 or axis is None or not isinstance(finding.value, Tensor):
        raise Withheld("the axis comes from several places")
    activation, rank = activations[0], finding.value.rank
    if rank is None or finding.value.axis is None or finding.value.axis % rank:
        raise Withheld("whether the axis or the layout of the scores is wrong is not known")
    place = activation.built or activation.spot
    if activation.form == "instance" and not tidy.is_alone(context, activation):
        raise Withheld("the module is used elsewhere too")
    if activation.form == "argument" or not isinstance(place.node, cst.Call):
        raise Withheld("the axis is not written where the activation is")
    arg = argument(place.node, 1 if activation.form == "function" else 0, "dim", "axis")
    negative = arg is not None and isinstance(arg.value, cst.UnaryOperation)
    written = arg.value.expression if negative else arg.value if arg is not None else None  # type: ignore[union-attr]
    if arg is None or not isinstance(written, cst.Integer):
        raise Withheld("the axis is not written where the activation is")
    axis = axis % rank - (rank if negative else 0)
    return Repair("unsafe", f"the classes lie along axis {axis}", [place.at(arg.value).replace(str(axis))])


def assigned(context: Context, finding: Finding) -> Repair:
    """LGT410: keep what the call gives. Raises Withheld."""
    spot = context.syntax.spot(finding.loc)
    call = spot.node if isinstance(spot.node, cst.Call) else None
    target: cst.CSTNode | None = None
    if call is not None and call.args:
        target = call.args[0].value
    if call is not None and isinstance(call.func, cst.Attribute) and finding.site.api.startswith("torch.Tensor."):
        target = call.func.value
    if call is None or not isinstance(target, cst.Name) or not isinstance(spot.unit.parent(call), cst.Expr):
        raise Withheld("what the call gives has no name to go by")
    start = spot.unit.range(call)[0]
    return Repair("suggestion", "keep what the call gives", [Change(spot.path, start, start, f"{target.value} = ")])


def _built(finding: Finding) -> Loc | None:
    return finding.site.built.loc if finding.site.built is not None else None
