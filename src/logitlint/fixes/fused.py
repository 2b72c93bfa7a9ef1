"""Losses on probabilities that the code makes itself: the fused loss on the scores. LGT206, LGT308."""

from __future__ import annotations

import libcst as cst

from logitlint.fixes import tidy
from logitlint.fixes.activations import Activation
from logitlint.fixes.context import Context, Repair
from logitlint.fixes.losses import other_loss, scores_instead
from logitlint.fixes.names import dotted
from logitlint.fixes.syntax import Withheld
from logitlint.interp.values import Tensor
from logitlint.kinds import Kind
from logitlint.rules.judge import Finding


def fresh_sigmoid(context: Context, finding: Finding) -> Repair:
    """LGT308: the sigmoid goes, and the loss applies it itself. Raises Withheld."""
    loss = other_loss(context, finding)
    found = scores_instead(context, finding, f"drop the sigmoid; {loss.message}")
    found.changes += loss.changes
    if loss.applicability == "suggestion":
        found.applicability = "suggestion"
    return found


def clamped(context: Context, finding: Finding) -> Repair:
    """LGT206: the clamp goes, and the loss takes the scores; who else reads the clamped values has to be looked at. Raises Withheld."""
    loss = other_loss(context, finding)
    found = Repair(loss.applicability, f"drop the clamp; {loss.message}", list(loss.changes))
    doubts: list[str] = []
    for activation in _clamps(context, finding):
        readers = context.readers(activation, finding)
        found.changes += tidy.dropped(activation)
        doubts += [*readers.opaque, *(context.syntax.place(each) for each in readers.others)]
    found.doubt(doubts, "who else reads the clamped values")
    return found


def _clamps(context: Context, finding: Finding) -> list[Activation]:
    """The calls that clamp, as something that can be taken away: a method of the scores, or a function of them."""
    found: list[Activation] = []
    for value in (finding.value, *finding.others):
        spot = context.syntax.spot(value.producer.loc) if isinstance(value, Tensor) and value.producer is not None else None
        if spot is None or not isinstance(spot.node, cst.Call):
            raise Withheld("the clamp is not written as a call")
        if isinstance(spot.unit.parent(spot.node), cst.Lambda):
            raise Withheld("the clamp is a layer of its own")
        root = dotted(spot.node.func).partition(".")[0]
        module = not root or isinstance(spot.node.func, cst.Name) or any(each.name == root for each in context.names.imports(spot.path))
        if not root and isinstance(spot.node.func, cst.Attribute):
            module = False  # a method of what another call gives
        found.append(Activation(spot, "clamp", Kind.CLAMPED, "function" if module else "method", context.names))
    return found
