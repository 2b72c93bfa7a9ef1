"""Whether something is done because somebody asks for it: perhaps what they ask for is what is wrong."""

from __future__ import annotations

import libcst as cst

from logitlint.fixes.syntax import Spot, Unit, walk


def on_request(spot: Spot, scores: cst.CSTNode) -> bool:
    """Whether a function applies something only where its caller or its object asks for it: under a condition on an argument or an
    attribute, or after such a condition has returned the ``scores`` as they are."""
    unit = spot.unit
    function = unit.function(spot.node)
    if function is None:
        return False
    asked = {each.name.value for each in walk(function.params) if isinstance(each, cst.Param)}
    below = spot.node
    for above in unit.above(spot.node):
        if isinstance(above, (cst.If, cst.IfExp)) and above.test is not below and _speaks_of(above.test, asked):
            return True
        if isinstance(above, cst.IndentedBlock):
            before = above.body[: next(i for i, each in enumerate(above.body) if each is below)]
            if any(isinstance(each, cst.If) and _speaks_of(each.test, asked) and _gives(unit, each, unit.text(scores)) for each in before):
                return True
        if above is function:
            break
        below = above
    return False


def is_entry(spot: Spot) -> bool:
    """Whether something stands in a table of things that do the same in other ways: `{"probs": nn.Softmax(), "logits": nn.Identity()}`."""
    unit, node = spot.unit, spot.node
    above = unit.parent(node)
    while isinstance(above, cst.Lambda) or (isinstance(above, cst.Attribute) and above.value is node):
        node, above = above, unit.parent(above)
    table = unit.parent(above) if isinstance(above, cst.DictElement) and above.value is node else None
    return isinstance(table, cst.Dict) and len(table.elements) > 1 and not isinstance(unit.parent(table), cst.Arg)


def _speaks_of(test: cst.CSTNode, asked: set[str]) -> bool:
    return any(isinstance(each, cst.Name) and each.value in asked for each in walk(test))


def _gives(unit: Unit, branch: cst.If, text: str) -> bool:
    returns = (each for each in walk(branch.body) if isinstance(each, cst.Return))
    return any(each.value is not None and unit.text(each.value) == text for each in returns)
