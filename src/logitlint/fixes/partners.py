"""What suits the other half of a pair, where only the author knows which half is meant: suggestions, never applied.

LGT104, LGT105, LGT205, LGT401, LGT402, LGT408, LGT411.
"""

from __future__ import annotations

import libcst as cst

from logitlint import catalog
from logitlint.fixes.activations import activation_argument, called
from logitlint.fixes.context import Context, Repair
from logitlint.fixes.losses import keras_from_logits, scores_instead
from logitlint.fixes.syntax import Change, Spot, Withheld
from logitlint.interp.values import Loc, Tensor
from logitlint.kinds import Kind, Want
from logitlint.rules.forms import is_labels
from logitlint.rules.judge import Finding

_LOOPS = (cst.For, cst.While, cst.CompFor)
_BINARY = {
    "categorical_crossentropy": "binary_crossentropy",
    "sparse_categorical_crossentropy": "binary_crossentropy",
    "CategoricalCrossentropy": "BinaryCrossentropy",
    "SparseCategoricalCrossentropy": "BinaryCrossentropy",
    "CrossEntropyLoss": "BCEWithLogitsLoss",
    "cross_entropy": "binary_cross_entropy_with_logits",
    "softmax_cross_entropy_with_logits": "sigmoid_cross_entropy_with_logits",
}
_CATEGORICAL = {"binary_crossentropy": "categorical_crossentropy", "BinaryCrossentropy": "CategoricalCrossentropy"}
_OTHER_LABELS = {
    "categorical_crossentropy": "sparse_categorical_crossentropy",
    "CategoricalCrossentropy": "SparseCategoricalCrossentropy",
    "categorical_accuracy": "sparse_categorical_accuracy",
    "CategoricalAccuracy": "SparseCategoricalAccuracy",
}
_OTHER_LABELS |= {new: old for old, new in _OTHER_LABELS.items()}


def raw_scores(context: Context, finding: Finding) -> Repair:
    """LGT104, LGT105: the loss reads what stands before the activation. Raises Withheld."""
    loss = context.syntax.spot(finding.loc)
    around = {id(each) for each in loss.unit.above(loss.node)}
    for activation in context.activations(finding):
        loops = [each for each in activation.spot.unit.above(activation.spot.node) if isinstance(each, _LOOPS)]
        if any(id(each) not in around for each in loops):
            raise Withheld("the activation stands in a loop, perhaps behind hidden layers as well")
    found = scores_instead(context, finding, "end in the linear layer: the loss takes raw scores")
    found.applicability = "suggestion"
    return found


def suited_activation(context: Context, finding: Finding) -> Repair:
    """LGT205, LGT401: the activation that the loss is made for. Raises Withheld."""
    word = {Want.PROB_CAT: "softmax", Want.PROB_EL: "sigmoid"}.get(finding.site.want or Want.LOGITS_CAT)
    if word is None or finding.others or not isinstance(finding.value, Tensor) or finding.value.producer is None:
        raise Withheld("which activation is meant is not known")
    spot = context.syntax.spot(finding.value.producer.loc)
    call = spot.node
    if not isinstance(call, cst.Call):
        raise Withheld("the activation is not written where the layer is built")
    given = activation_argument(call) or (call.args[0] if called(call) == "Activation" and call.args else None)
    if given is None:
        raise Withheld("the activation is not written where the layer is built")
    return Repair("suggestion", f"end in {word}, for which the loss is made", [_renamed(spot.at(given.value), word)])


def suited_loss(context: Context, finding: Finding) -> Repair:
    """LGT402: the categorical loss for what a softmax gives. Raises Withheld."""
    message = "use the categorical loss with a softmax (or, for independent labels, a sigmoid with this loss)"
    return Repair("suggestion", message, _other_loss(context, finding, _CATEGORICAL))


def other_labels(context: Context, finding: Finding) -> Repair:
    """LGT408: the loss for the form that the labels have; for one unit the binary one. Raises Withheld."""
    if finding.site.role == "target" and not is_labels(finding.value):
        raise Withheld("an activation is missing, or the arguments are swapped: the code does not say which")
    if finding.site.form != "labels":
        return binary_loss(context, finding)
    return Repair("suggestion", "use the loss for the form that the labels have", _other_loss(context, finding, _OTHER_LABELS))


def binary_loss(context: Context, finding: Finding) -> Repair:
    """LGT411 and LGT408: the binary loss for one unit. Raises Withheld."""
    changes = _other_loss(context, finding, _BINARY)
    message = "use the binary loss for one unit; its labels are floats of the output's shape"
    place = context.syntax.spot(_place(finding))
    if not isinstance(place.node, cst.Call) and _is_scores(finding):
        return _binary_on_scores(context, finding, message)
    return Repair("suggestion", message, changes)


def _is_scores(finding: Finding) -> bool:
    return isinstance(finding.value, Tensor) and finding.value.kind is Kind.SCORES


def _binary_on_scores(context: Context, finding: Finding, message: str) -> Repair:
    found = keras_from_logits(context, finding, "keras.losses.BinaryCrossentropy")
    return Repair("suggestion", f"{message}; `from_logits=True`, since the unit gives a score", found.changes)


def _place(finding: Finding) -> Loc:
    return finding.site.built.loc if finding.site.built is not None else finding.loc


def _other_loss(context: Context, finding: Finding, table: dict[str, str]) -> list[Change]:
    old = catalog.canonical(finding.site.api).rpartition(".")[2]
    spot = context.syntax.spot(_place(finding))
    name = spot.node.func if isinstance(spot.node, cst.Call) else spot.node
    new = table.get(old)
    if new is None:
        raise Withheld(f"`{finding.site.api}` has no such partner")
    if isinstance(name, cst.Name):
        imported = next((each for each in context.names.imports(spot.path) if each.name == name.value), None)
        beside = None
        if imported is not None and catalog.canonical(imported.full) == catalog.canonical(finding.site.api):
            beside = context.names.beside(spot, name, f"{imported.full.rpartition('.')[0]}.{new}")
        if beside is None:
            raise Withheld("the loss is reached through another name")
        return [spot.at(name).replace(beside.text), *beside.changes]
    return [_renamed(spot.at(name), new, old)]


def _renamed(spot: Spot, new: str, old: str | None = None) -> Change:
    """A string or the last name of a path, replaced. Raises Withheld where it is neither, or says something other than ``old``."""
    node = spot.node
    if isinstance(node, cst.SimpleString) and old in (None, node.raw_value):
        return spot.replace(f"{node.prefix}{node.quote}{new}{node.quote}")
    if isinstance(node, cst.Attribute) and old in (None, node.attr.value):
        return spot.at(node.attr).replace(new)
    raise Withheld("it is reached through another name")
