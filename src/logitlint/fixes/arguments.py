"""A right value in the wrong argument: swapped with the labels (LGT409), or under the wrong keyword of a distribution (LGT501)."""

from __future__ import annotations

import libcst as cst

from logitlint import catalog
from logitlint.catalog import Param
from logitlint.fixes.context import Context, Repair
from logitlint.fixes.syntax import Change, Spot, Withheld, argument
from logitlint.interp.values import Tensor
from logitlint.kinds import PROBABILITIES, Kind
from logitlint.rules.forms import is_labels
from logitlint.rules.judge import Finding


def swapped(context: Context, finding: Finding) -> Repair:
    """LGT409: prediction and labels change places; keywords stay where they are. Raises Withheld."""
    spot, call = _call(context, finding)
    found = [_given(finding.site.api, call, "role", role) for role in ("prediction", "target")]
    ranges = [spot.unit.outer(each.value) for each in found]
    texts = [spot.unit.whole[start:end] for start, end in ranges]
    changes = [Change(spot.path, *where, text) for where, text in zip(ranges, reversed(texts), strict=True)]
    if not is_labels(finding.value):  # of two networks either may be the one that is trained
        return Repair("suggestion", "swap the arguments, or exchange what is done to them where the first one is trained", changes)
    return Repair("unsafe", "swap the prediction and the labels", changes)


def distribution(context: Context, finding: Finding) -> Repair:
    """LGT501: the keyword of what is given; where a function takes scores only, the activation goes. Raises Withheld."""
    spot, call = _call(context, finding)
    kind = finding.value.kind if isinstance(finding.value, Tensor) else Kind.UNKNOWN
    if kind is Kind.LOGPROB_EL:
        raise Withheld("the logarithm of a sigmoid is neither a probability nor a score")
    wrong, right = ("logits", "probs") if kind in PROBABILITIES else ("probs", "logits")
    arg = _given(finding.site.api, call, "name", wrong)
    if right not in {param.name for params in _signatures(finding.site.api) for param in params}:
        return _scores_only(context, finding, arg)
    others = [each for each in call.args if each is not arg]
    if any(each.keyword is not None and each.keyword.value == right for each in others):
        raise Withheld(f"`{right}` is given as well")
    if arg.keyword is not None:
        change = spot.at(arg.keyword).replace(right)
    elif any(each.keyword is None for each in others):
        raise Withheld("more arguments are given by position")
    else:
        start = spot.unit.outer(arg.value)[0]
        change = Change(spot.path, start, start, f"{right}=")
    return Repair("unsafe", f"what is given are {'probabilities' if right == 'probs' else 'scores'}: `{right}=`", [change])


def _scores_only(context: Context, finding: Finding, arg: cst.Arg) -> Repair:
    activations = context.activations(finding)
    if len(activations) != 1 or arg.value is not activations[0].spot.node:
        raise Withheld(f"`{finding.site.api}` takes scores, and the activation is applied elsewhere")
    return Repair("unsafe", "pass the raw scores", activations[0].dropped())


def _call(context: Context, finding: Finding) -> tuple[Spot, cst.Call]:
    spot = context.syntax.spot(finding.loc)
    if not isinstance(spot.node, cst.Call) or any(each.star for each in spot.node.args):
        raise Withheld("the arguments are not written in the call")
    return spot, spot.node


def _signatures(api: str) -> list[tuple[Param, ...]]:
    contract = catalog.lookup(api)
    if contract is None:
        return []
    chosen = contract.init if contract.sort == "Distribution" else contract.call or contract.init
    return [each.params for each in chosen]


def _given(api: str, call: cst.Call, what: str, wanted: str) -> cst.Arg:
    """The argument of a call that goes to the parameter of this name or role. Raises Withheld."""
    for params in _signatures(api):
        for index, param in enumerate(params):
            if (param.role if what == "role" else param.name) == wanted:
                found = argument(call, -1 if param.mode == "keyword" else index, param.name)
                if found is not None:
                    return found
    raise Withheld("the arguments are not written in the call")
