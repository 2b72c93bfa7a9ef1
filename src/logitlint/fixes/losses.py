"""A loss and what reaches it: the smallest edit that makes the pair right. LGT101 to LGT103, LGT201 to LGT203, LGT206."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from logitlint import catalog
from logitlint.catalog import Signature
from logitlint.fixes import tidy
from logitlint.fixes.activations import Activation, called, library
from logitlint.fixes.choices import is_entry, on_request
from logitlint.fixes.context import Context, Repair
from logitlint.fixes.loads import is_stable
from logitlint.fixes.logs import scores_before
from logitlint.fixes.names import bindings
from logitlint.fixes.readers import Readers
from logitlint.fixes.syntax import Change, Spot, Withheld, added_argument, argument, walk, without_argument
from logitlint.fixes.uses import takes_logarithms, uses
from logitlint.interp.blends import is_divided
from logitlint.interp.transfer import is_of_two
from logitlint.interp.values import Tensor, Value, steps
from logitlint.kinds import Kind, Want
from logitlint.rules.judge import Finding

_MOST_MOVED = 6  #: readers that get the activation themselves; with more of them somebody has to decide

#: The loss that takes what the finding's loss is given.
_ON_LOGITS = {
    "torch.nn.BCELoss": "torch.nn.BCEWithLogitsLoss",
    "torch.nn.functional.binary_cross_entropy": "torch.nn.functional.binary_cross_entropy_with_logits",
    "torch.nn.NLLLoss": "torch.nn.CrossEntropyLoss",
    "torch.nn.NLLLoss2d": "torch.nn.CrossEntropyLoss",
    "torch.nn.functional.nll_loss": "torch.nn.functional.cross_entropy",
    "paddle.nn.BCELoss": "paddle.nn.BCEWithLogitsLoss",
    "paddle.nn.functional.binary_cross_entropy": "paddle.nn.functional.binary_cross_entropy_with_logits",
}
_KERAS_CLASSES = {
    "binary_crossentropy": "BinaryCrossentropy",
    "categorical_crossentropy": "CategoricalCrossentropy",
    "sparse_categorical_crossentropy": "SparseCategoricalCrossentropy",
    "binary_focal_crossentropy": "BinaryFocalCrossentropy",
    "categorical_focal_crossentropy": "CategoricalFocalCrossentropy",
}


# ---------------------------------------------------------------------- an activation too many


def without_activation(context: Context, finding: Finding) -> Repair:
    """LGT101, LGT103: flip ``from_logits`` where the loss has it, else pass the scores. Raises Withheld."""
    context.surely_prediction(finding)
    flag = _from_logits(context, finding)
    if flag is not None:
        said = "say `from_logits=False`" if flag.content else "drop `from_logits=True`"
        return _for_all(context, finding, Repair("unsafe", f"{said}: the model's outputs stay probabilities", [flag]))
    return scores_instead(context, finding, "pass the raw scores")


def redundant_log(context: Context, finding: Finding) -> Repair:
    """LGT102: the loss applies log-softmax itself. Without the first one the value is the same where both run over the same axis."""
    if not isinstance(finding.value, Tensor) or finding.others:
        raise Withheld("the log-probabilities come from several places")
    if context.is_taken_of_probabilities(finding.value):
        raise Withheld("without the logarithm the loss would be given the probabilities that it is taken of")
    exact = _same_axis(finding, finding.value)
    found = scores_instead(context, finding, "pass the raw scores: the loss takes their log-softmax itself")
    if exact and found.applicability == "unsafe" and len({each.path for each in found.changes}) == 1 and _local_only(context, finding):
        found.applicability = "safe"
    return found


def _same_axis(finding: Finding, value: Tensor) -> bool:
    """Whether the log-softmax runs over the axis of the loss: torch's losses read axis 1, all others the last one."""
    torch = library(finding.site.api) == "torch"
    if value.kind is not Kind.LOGPROB_CAT or finding.site.want is not Want.LOGITS_CAT:
        return False
    if torch:
        return value.axis == 1 or (value.axis == -1 and value.rank == 2)
    return value.axis == -1


def _local_only(context: Context, finding: Finding) -> bool:
    """Whether the value is made in the function of the loss: nobody else can see the difference."""
    assert isinstance(finding.value, Tensor) and finding.value.producer is not None
    made, used = context.syntax.spot(finding.value.producer.loc), context.syntax.spot(finding.loc)
    return made.unit is used.unit and made.unit.scope(made.node) is used.unit.scope(used.node)


def _from_logits(context: Context, finding: Finding) -> Change | None:
    """Take ``from_logits=True`` away, where the loss of the finding says so in its own call; where that is the default, ``False``."""
    told = [param for each in _signatures(finding) for param in each.params if param.name == "from_logits" and param.literals]
    places = [finding.site.built.loc] if finding.site.built is not None else []
    for loc in (*places, finding.loc):
        spot = context.syntax.spot(loc)
        if isinstance(spot.node, cst.Call):
            for arg in spot.node.args:
                if arg.keyword is not None and arg.keyword.value == "from_logits":
                    if not isinstance(arg.value, cst.Name) or arg.value.value != "True":
                        raise Withheld("`from_logits` is not written as True")
                    if not told:
                        raise Withheld(f"`{finding.site.api}` takes scores whatever it is told")
                    if any(param.default is True for param in told):
                        return spot.at(arg.value).replace("False")
                    return without_argument(spot.unit, spot.node, arg)
    return None


def _signatures(finding: Finding) -> Sequence[Signature]:
    contract = catalog.lookup(finding.site.api)
    return (contract.init or contract.call) if contract is not None else ()


def scores_instead(context: Context, finding: Finding, message: str) -> Repair:
    """The loss reads what stands before the activation; a suggestion where somebody reads the activation who cannot be served."""
    value = finding.value
    if is_of_two(value) or is_divided(value) or (isinstance(value, Tensor) and value.form == "complement"):
        raise Withheld("the loss reads what was made of the probabilities, of which the scores make something else")
    for each in (value, *finding.others):
        _of_scores(context, each)
    activations = context.activations(finding)
    found = Repair("unsafe", message)
    reasons: list[str] = []
    for activation in activations:
        readers = context.readers(activation, finding)
        changes, doubts = _one_removed(context, finding, activation, readers)
        found.changes += changes
        reasons += doubts
    found.doubt(reasons, "who else reads them")
    return found


def _of_scores(context: Context, value: Value) -> None:
    """Raises Withheld where there are no scores behind an activation that the loss could read in its place."""
    made = value.producer if isinstance(value, Tensor) else None
    if not isinstance(value, Tensor) or made is None:
        return
    if made.kind is Kind.PROB_CAT and value.kind is Kind.PROB_EL:
        raise Withheld("the probability of one class depends on the scores of all: there is no score that a sigmoid makes it of")
    begun = steps(value.origin)
    if context.is_of_probabilities(made.loc) or (begun and begun[0].loc != made.loc and made.loc in {each.loc for each in begun}):
        raise Withheld("what the activation is applied to are no scores")


def _one_removed(context: Context, finding: Finding, activation: Activation, readers: Readers) -> tuple[list[Change], list[str]]:
    """The changes that let the loss read the scores, and what speaks against doing it unasked."""
    split = _split(context, finding, activation, readers)
    if split is not None:
        return split, []
    position = _returned_with_scores(activation)
    if position is not None:
        return [_taken_beside(readers, each, position) for each in readers.wanted], list(readers.opaque)
    others, parts = readers.wholes(activation.kind)
    if any(each.unit is activation.spot.unit and _holds(each, activation.spot) for each in others):
        raise Withheld("something else reads the activation where it is applied")
    gone = tidy.renamed(activation) if not readers.others else None
    changes = [*(gone or tidy.dropped(activation)), *tidy.unused_module(context, activation)]
    doubts = [*asked_for(context, activation), *readers.opaque]
    doubts += context.in_another_shape(parts)
    if activation.label and activation.form == "function":
        doubts.append(f"the graph's {activation.label}")
    sometimes = [each for each in others if readers.comes_round(each) or not as_often(activation.spot, each)]
    doubts += [f"{context.syntax.place(each)} (there the activation is applied sometimes)" for each in sometimes]
    if len(others) > _MOST_MOVED:
        return changes, [f"{len(others)} other places, the first at {context.syntax.place(others[0])}", *doubts]
    for each in (each for each in others if each not in sometimes):
        moved, doubt = _perhaps_moved(context, activation, each)
        changes += moved
        doubts += doubt
    return changes, doubts


def _returned_with_scores(activation: Activation) -> int | None:
    """Where the scores stand in ``return scores, softmax(scores)``: whoever takes the one has the other at hand."""
    unit, function = activation.spot.unit, activation.spot.unit.function(activation.spot.node)
    if function is None or activation.form in ("layer", "argument") or not isinstance(activation.scores.node, cst.Name):
        return None
    statement = unit.statement(activation.spot.node)
    targets = [unit.text(each.target) for each in statement.targets] if isinstance(statement, cst.Assign) else []
    ends = [each.value for each in walk(function) if isinstance(each, cst.Return)]
    if len(ends) != 1 or not isinstance(ends[0], cst.Tuple):
        return None
    parts = [each.value for each in ends[0].elements]
    held = any(each is activation.spot.node or unit.text(each) in targets for each in parts)
    for index, each in enumerate(parts):
        if held and unit.text(each) == activation.scores.text and is_stable(activation.scores, activation.spot.at(each)):
            return index
    return None


def _taken_beside(readers: Readers, wanted: Spot, position: int) -> Change:
    """The scores that were unpacked together with the value in a loss, in its place."""
    load = readers.root(wanted)
    parts = readers.beside.get(id(load.node), [])
    part = parts[position] if position < len(parts) else None
    if not isinstance(part, cst.Name) or part.value == "_":
        raise Withheld("the scores are returned beside the activation, and the loss's function does not take them")
    start, end = load.unit.range(part)[1], load.unit.range(load.node)[0]
    scope = load.unit.scope(load.node)
    if any(name == part.value and start < load.unit.range(node)[0] < end for name, node in bindings(scope)):
        raise Withheld("the scores are returned beside the activation, and their name has changed")
    return load.replace(part.value)


def asked_for(context: Context, activation: Activation) -> list[str]:
    """The doubt of an activation that a caller or the model's settings turn on: perhaps they are what is wrong.

    Raises Withheld for one of several in a table, where another entry is the right choice and this one is right for who wants it.
    """
    if is_entry(activation.spot):
        raise Withheld("the activation is one of several to choose from, and perhaps the choice is what is wrong")
    scores = activation.spot.node if activation.form in ("layer", "argument") else activation.scores.node
    if not on_request(activation.spot, scores):
        return []
    return [f"{context.syntax.place(activation.spot)} (there the activation is applied on request)"]


def _holds(outside: Spot, inside: Spot) -> bool:
    return any(each is outside.node for each in (inside.node, *inside.unit.above(inside.node)))


def as_often(made: Spot, reader: Spot) -> bool:
    """Whether a reader reads what an activation made whenever it reads: no condition or loop stands around the activation alone."""
    unit = made.unit
    here = reader.unit is unit and unit.scope(reader.node) is unit.scope(made.node) and not _holds(reader, made)
    if here and unit.range(reader.node)[0] < unit.range(made.node)[1]:
        return False  # in the next turn of a loop, which in the first turn reads something else
    around = {id(each) for each in reader.unit.above(reader.node)} if reader.unit is unit else set()
    for above in unit.above(made.node):
        if isinstance(above, (cst.FunctionDef, cst.Lambda)):
            return True
        if (
            isinstance(above, (cst.If, cst.For, cst.While, cst.Try, cst.ExceptHandler, cst.IfExp, cst.MatchCase))
            and id(above) not in around
        ):
            return False
    return True


def _perhaps_moved(context: Context, activation: Activation, reader: Spot) -> tuple[list[Change], list[str]]:
    try:
        return _moved(activation, reader), []
    except Withheld as reason:
        return [], [f"{context.syntax.place(reader)} ({reason})"]


def _moved(activation: Activation, reader: Spot) -> list[Change]:
    """The activation, applied where somebody else reads the value."""
    if activation.kind in (Kind.LOGPROB_CAT, Kind.LOGPROB_EL):
        raise Withheld("it reads log-probabilities")
    if "#" in reader.text:
        raise Withheld("a comment stands where the code would change")
    if library(activation.api) == "tensorflow" and _is_run_again(reader):
        raise Withheld("a session runs it, each time with an operation more in the graph")
    text, changes = activation.applied_to(reader)
    return [reader.replace(text), *changes]


def _is_run_again(reader: Spot) -> bool:
    """``session.run(self.p)`` and ``p.eval()`` of what another function made, or in a loop."""
    loop = session = False
    for above in reader.unit.above(reader.node):
        if isinstance(above, (cst.FunctionDef, cst.Lambda)):
            break
        loop = loop or isinstance(above, (cst.For, cst.While))
        session = session or (isinstance(above, cst.Call) and called(above) in ("run", "eval"))
    return session and (loop or isinstance(reader.node, cst.Attribute))


def _split(context: Context, finding: Finding, activation: Activation, readers: Readers) -> list[Change] | None:
    """The loss reads what stood before the activation, everybody else what they read; None where that has no name to read."""
    same = all(each.unit is activation.spot.unit for each in readers.wanted)
    scope = activation.spot.unit.scope(activation.spot.node)
    same = same and all(each.unit.scope(each.node) is scope for each in readers.wanted)
    if activation.form in ("layer", "argument") or not same or not readers.wanted or len(readers.stored) != 1 or readers.passed:
        return None
    alone = not (readers.others or readers.indifferent or readers.opaque or readers.returned)
    loads = [_load(each, readers.stored[0][0]) for each in readers.wanted]
    if any(each is None for each in loads):
        return None
    last = max((each for each in loads if each is not None), key=lambda each: each.unit.range(each.node)[0])
    try:
        text, changes = scores_before(context, activation, readers, last, alone=alone)
    except Withheld:
        return None
    if alone and len(changes) > 1:  # no name for the scores: what was the activation's becomes theirs
        return None
    return [*(each.replace(text) for each in loads if each is not None), *changes]


def _load(spot: Spot, stored: Spot) -> Spot | None:
    """The name that an argument reads, below changes of shape."""
    node: cst.CSTNode = spot.node
    while not isinstance(node, cst.Name):
        if isinstance(node, (cst.Attribute, cst.Subscript)):
            node = node.value
        elif isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
            below = node.func.value
            node = node.args[0].value if isinstance(below, cst.Name) and node.args and below.value != _text(stored) else below
        elif isinstance(node, cst.Call) and node.args:
            node = node.args[0].value
        else:
            return None
    return spot.at(node) if node.value == _text(stored) else None


def _text(spot: Spot) -> str:
    return spot.node.value if isinstance(spot.node, cst.Name) else ""


# ---------------------------------------------------------------------- an activation too few


def other_loss(context: Context, finding: Finding) -> Repair:
    """LGT201, LGT202: the loss that takes scores, where nobody else takes these for what they are not. Raises Withheld."""
    found = _other_loss(context, finding)
    if finding.code in ("LGT201", "LGT202"):
        also = uses(context, finding)
        if also.computed:
            raise Withheld(f"the same values are computed with at {next(iter(also.computed))}, where they have to be activated too")
        found.doubt(also.perhaps, "who else reads the scores")
    return found


def _other_loss(context: Context, finding: Finding) -> Repair:
    canonical = catalog.canonical(finding.site.api)
    if canonical.startswith("keras."):
        return keras_from_logits(context, finding, canonical)
    new = _ON_LOGITS.get(canonical)
    if new is None:
        if finding.code == "LGT202":
            return _log_softmax_first(context, finding)
        raise Withheld(f"`{finding.site.api}` has no twin on scores")
    found = Repair("unsafe", f"use `{new.rpartition('.')[2]}`, which takes the scores", _renamed_loss(context, finding, new))
    return _for_all(context, finding, found)


def _for_all(context: Context, finding: Finding, found: Repair) -> Repair:
    """A suggestion where the loss that changes is given something else too."""
    found.doubt(context.also_given(finding), "what else the loss is given")
    return found


def _renamed_loss(context: Context, finding: Finding, new: str) -> list[Change]:
    canonical = catalog.canonical(finding.site.api)
    is_class = canonical.rpartition(".")[2][:1].isupper()
    if is_class and finding.site.built is None:
        raise Withheld("where the loss is built is not known")
    spot = context.syntax.spot(finding.site.built.loc if is_class and finding.site.built is not None else finding.loc)
    if not isinstance(spot.node, cst.Call):
        raise Withheld("the loss is not built where it can be seen")
    func = spot.node.func
    old = canonical.rpartition(".")[2]
    if isinstance(func, cst.Attribute) and func.attr.value == old:
        return [spot.at(func.attr).replace(new.rpartition(".")[2])]
    if isinstance(func, cst.Name):
        imported = next((each for each in context.names.imports(spot.path) if each.name == func.value), None)
        if imported is None or catalog.canonical(imported.full) != canonical:
            raise Withheld("the loss is reached through another name")
        beside = context.names.beside(spot, func, new)
        spelled = beside or context.names.spell(spot, new)
        return [spot.at(func).replace(spelled.text), *spelled.changes]
    raise Withheld("the loss is reached through another name")


def _log_softmax_first(context: Context, finding: Finding) -> Repair:
    """``log_softmax`` of what a divergence or a CTC loss is given."""
    spot = context.syntax.spot(finding.loc)
    if library(finding.site.api) != "torch" or not isinstance(spot.node, cst.Call) or not isinstance(finding.value, Tensor):
        raise Withheld(f"`{finding.site.api}` has no twin on scores")
    arg = argument(spot.node, 0, "input", "log_probs")
    if arg is None or arg.star:
        raise Withheld("the prediction is not written in the loss's call")
    axis = -1 if "CTC" in finding.site.api or "ctc" in finding.site.api else finding.value.axis
    spelled = context.names.spell(spot, "torch.nn.functional.log_softmax", "torch.log_softmax")
    inner = spot.at(arg.value)
    start, end = inner.unit.outer(inner.node)
    level = "unsafe" if axis is not None else "suggestion"
    dim = f", dim={-1 if axis is None else axis})"
    wrap = [Change(spot.path, start, start, f"{spelled.text}("), Change(spot.path, end, end, dim)]
    found = Repair("unsafe", "take the log-softmax of the scores first", [*wrap, *spelled.changes])
    if level == "suggestion":
        found.applicability = "suggestion"
    return found


def keras_from_logits(context: Context, finding: Finding, canonical: str) -> Repair:
    """The Keras loss `canonical`, told that it gets scores, in place of the finding's. Raises Withheld."""
    last = canonical.rpartition(".")[2]
    message = "the model gives scores: `from_logits=True`"
    spot = context.syntax.spot(finding.site.built.loc if finding.site.built is not None else finding.loc)
    if isinstance(spot.node, cst.Call) and (finding.site.built is not None or catalog.lookup(finding.site.api) is not None):
        return _for_all(context, finding, Repair("unsafe", message, [_told(finding, spot, canonical)]))
    name = _KERAS_CLASSES.get(last, last if last in _KERAS_CLASSES.values() else None)
    if name is None:
        raise Withheld(f"`{finding.site.api}` cannot be told that it gets scores")
    if not isinstance(spot.node, (cst.SimpleString, cst.Attribute)) and not _is_imported_loss(context, spot, canonical):
        raise Withheld("the loss is given under a name")
    home = _keras_home(finding)
    others = [each for each in ("keras", "tensorflow.keras", "tf_keras") if each != home]
    spelled = context.names.spell(spot, *(f"{each}.losses.{name}" for each in (home, *others)))
    return Repair("unsafe", message, [spot.replace(f"{spelled.text}(from_logits=True)"), *spelled.changes])


def _is_imported_loss(context: Context, spot: Spot, canonical: str) -> bool:
    node = spot.node
    names = context.names.imports(spot.path)
    return isinstance(node, cst.Name) and any(each.name == node.value and catalog.canonical(each.full) == canonical for each in names)


def _keras_home(finding: Finding) -> str:
    """The Keras that made the model: its losses go with it."""
    made = finding.value.producer.api if isinstance(finding.value, Tensor) and finding.value.producer is not None else ""
    for home in ("tensorflow.compat.v1.keras", "tensorflow.keras", "tf_keras"):
        if made.startswith(home + "."):
            return home
    return "keras"


def _told(finding: Finding, spot: Spot, canonical: str) -> Change:
    """``from_logits=True`` in the call of a loss, or of its constructor."""
    call = spot.node
    assert isinstance(call, cst.Call)
    signatures = _signatures(finding)
    if not any(param.name == "from_logits" for each in signatures for param in each.params):
        raise Withheld(f"`{finding.site.api}` cannot be told that it gets scores")
    func = call.func
    last = func.attr.value if isinstance(func, cst.Attribute) else func.value if isinstance(func, cst.Name) else ""
    if last != canonical.rpartition(".")[2] and last not in finding.site.api:
        raise Withheld("the loss is reached through another name")
    for each in call.args:
        if each.star:
            raise Withheld("the loss is called with a star")
        if each.keyword is not None and each.keyword.value == "from_logits":
            if not isinstance(each.value, cst.Name) or each.value.value != "False":
                raise Withheld("`from_logits` is not written as False")
            return spot.at(each.value).replace("True")
    place = min(i for each in signatures for i, param in enumerate(each.params) if param.name == "from_logits")
    if sum(each.keyword is None for each in call.args) > place:
        raise Withheld("`from_logits` is given by position")
    return added_argument(spot.unit, call, "from_logits=True")


def log_activation(context: Context, finding: Finding) -> Repair:
    """LGT203: the log-activation in place of the activation. Raises Withheld."""
    context.surely_prediction(finding)
    found = Repair("unsafe", "take the log-softmax instead of the softmax")
    reasons: list[str] = []
    for activation in context.activations(finding):
        if activation.kind is Kind.PROB_EL:
            raise Withheld("the logarithm of a sigmoid is no distribution over classes")
        readers = context.readers(activation, finding)
        others = [each for each in readers.others if not takes_logarithms(each)]
        split = _split_log(context, finding, activation, readers) if len(others) == len(readers.others) else None
        if split is not None:
            found.changes += split
            continue
        if any(each.unit is activation.spot.unit and _holds(each, activation.spot) for each in readers.others):
            raise Withheld("something else reads the activation where it is applied")
        found.changes += tidy.become(context, activation, "log")
        reasons += [*asked_for(context, activation), *readers.opaque]
        if len(others) > _MOST_MOVED:
            reasons.append(f"{len(others)} other places, the first at {context.syntax.place(others[0])}")
            continue
        for each in others:
            if as_often(activation.spot, each) and not readers.comes_round(each):
                found.changes.append(_exponential(activation, each))
            else:
                reasons.append(f"{context.syntax.place(each)} (there the activation is applied sometimes)")
    found.doubt(reasons, "who else reads it")
    return found


def _exponential(activation: Activation, reader: Spot) -> Change:
    """``.exp()`` of log-probabilities, where somebody reads the probabilities."""
    if library(activation.api) != "torch" or "#" in reader.text:
        raise Withheld("another place reads the probabilities")
    node = reader.node
    if not isinstance(node, (cst.Name, cst.Attribute, cst.Call, cst.Subscript)):
        raise Withheld("another place reads the probabilities")
    end = reader.unit.range(node)[1]
    return Change(reader.path, end, end, ".exp()")


def _split_log(context: Context, finding: Finding, activation: Activation, readers: Readers) -> list[Change] | None:
    """The loss reads the log-activation of the same scores, everybody else what they read."""
    if not readers.others and not readers.indifferent:
        return None
    same = all(each.unit is activation.spot.unit for each in readers.wanted)
    scope = activation.spot.unit.scope(activation.spot.node)
    same = same and all(each.unit.scope(each.node) is scope for each in readers.wanted)
    if activation.form in ("layer", "argument") or not same or len(readers.wanted) != 1 or len(readers.stored) != 1 or readers.passed:
        return None
    load = _load(readers.wanted[0], readers.stored[0][0])
    if load is None:
        return None
    try:
        text, changes = scores_before(context, activation, readers, load, alone=False)
        applied, imports = activation.applied(text, load, "log")
    except Withheld:
        return None
    return [load.replace(applied), *imports, *changes]
