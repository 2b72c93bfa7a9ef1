"""One loss, one overload of its stub: fed what it wants and what it does not want, in a shape and with a target that it accepts."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from logitlint.catalog import Contract, Signature
from logitlint.kinds import Kind, Want, judge
from numerics import formulas, regression
from numerics.arrays import VALUES, Array, plain
from numerics.build import CLASSES, CannotRun, arrays, instance, options

#: What a value of each want is made into, from scores.
MADE = {
    Want.LOGITS_CAT: Kind.SCORES,
    Want.LOGITS_EL: Kind.SCORES,
    Want.PROB_CAT: Kind.PROB_CAT,
    Want.PROB_EL: Kind.PROB_EL,
    Want.LOGPROB_CAT: Kind.LOGPROB_CAT,
    Want.ANY: Kind.SCORES,
}


class Shape(NamedTuple):
    """Scores with their class axis, a one-hot target of the same shape and the encodings of it that libraries take."""

    name: str
    scores: Array
    axis: int
    target: Array
    encodings: tuple[Array, ...]


def _shape(name: str, size: tuple[int, ...], axis: int) -> Shape:
    draw = np.random.default_rng(11)
    scores = draw.standard_normal(size) * 2
    labels = draw.integers(0, size[axis], tuple(n for i, n in enumerate(size) if i != axis % len(size)))
    if size[axis] == 1:
        labels = draw.integers(0, 2, labels.shape)
        hot = np.expand_dims(labels, axis).astype("float64")
    else:
        hot = np.moveaxis(np.eye(size[axis])[labels], -1, axis)
    whole = hot.astype("int64")
    return Shape(name, scores, axis, hot, (labels, hot, whole, np.expand_dims(labels, axis), 2 * hot - 1, hot[..., :0]))


SHAPES = (
    _shape("rows", (6, CLASSES), 1),
    _shape("images", (2, CLASSES, 4, 4), 1),
    _shape("masks", (2, 1, 4, 4), 1),
    _shape("columns", (6, 1), 1),
)


class Run(NamedTuple):
    """A way to call that works: from a value of the scores' shape to the loss."""

    shape: Shape
    target: Array
    call: Callable[[Array], float]


def judged(init: Signature | None, call: Signature) -> tuple[str, Want]:
    """The prediction's parameter and what is wanted of it."""
    for param in call.params:
        if param.role == "prediction":
            want = param.want or (init.binds if init is not None else None)
            if want is not None:
                return param.name, want
    raise CannotRun("no parameter of a call is judged")


def ways(contract: Contract, init: Signature | None, call: Signature) -> Iterator[Run]:
    """Every shape and encoding of the target with which the loss of the right kind is a number."""
    name, want = judged(init, call)
    targets = [param.name for param in call.params if param.role == "target"]
    built = {param.name for param in init.params} if init is not None else set()
    given = options(call, frozenset({name, *targets, *(built if contract.form == "class" else ())}))
    loss = instance(contract, init)
    library = contract.name.partition(".")[0]
    for shape in SHAPES:
        for encoding in shape.encodings[:-1] if targets else shape.encodings[-1:]:

            def run(value: Array, encoding: Array = encoding, single: bool = False) -> float:
                values = {name: value.astype("float32") if single else value, **dict.fromkeys(targets[:1], encoding)}
                if single and targets and encoding.dtype.kind == "f":
                    values[targets[0]] = encoding.astype("float32")
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    return float(plain(loss(**arrays(library, values), **given)).mean())

            value = VALUES[MADE[want]](shape.scores, shape.axis)
            try:
                found = run(value)
            except Exception:  # another shape or encoding is tried
                continue
            if np.isfinite(found):
                yield Run(shape, encoding, run)


def softmax_inside(run: Run) -> bool:
    """Whether the loss forgets what a softmax forgets, a constant added to all classes of an example, and is not constant."""
    scores, axis = run.shape.scores, run.shape.axis
    if scores.shape[axis] == 1:
        return False
    shift = np.random.default_rng(3).standard_normal(scores.take([0], axis=axis).shape) * 3
    base, moved = run.call(scores), run.call(scores + shift)
    other = run.call(VALUES[Kind.PROB_CAT](scores, axis))
    return bool(np.isclose(base, moved, rtol=1e-4, atol=1e-6) and not np.isclose(base, other, rtol=1e-3))


def sigmoid_inside(run: Run) -> bool:
    """Whether the loss of saturated scores no longer moves, or grows as the logarithm of a sigmoid does: in proportion."""
    sign = np.sign(run.shape.scores)
    thirty, forty, fifty = (run.call(sign * size) for size in (30.0, 40.0, 50.0))
    saturated = np.isclose(forty - thirty, fifty - forty, rtol=1e-2, atol=1e-4)
    other = run.call(VALUES[Kind.PROB_EL](run.shape.scores, run.shape.axis))
    return bool(saturated and not softmax_inside_or_fails(run) and not np.isclose(run.call(run.shape.scores), other, rtol=1e-3))


def softmax_inside_or_fails(run: Run) -> bool:
    try:
        return softmax_inside(run)
    except Exception:
        return False


PROPERTIES = {Want.LOGITS_CAT: softmax_inside, Want.LOGITS_EL: sigmoid_inside}


def wrong_kinds(want: Want, run: Run) -> dict[Kind, Array]:
    """A value of every kind that earns a finding at this want and changes the number."""
    reported = [kind for kind in VALUES if judge(kind, want) not in (None, "LGT102")]
    return {kind: VALUES[kind](run.shape.scores, run.shape.axis) for kind in reported}


def proof(contract: Contract, init: Signature | None, call: Signature) -> tuple[str, Run]:
    """How the want is proven: the formula that the loss equals, or the property that it has.

    Raises:
        CannotRun: no way to call it is known, or nothing known of it proves the want.
    """
    _, want = judged(init, call)
    found: list[Run] = []
    for run in ways(contract, init, call):
        got = run.call(VALUES[MADE[want]](run.shape.scores, run.shape.axis))
        if want is not Want.ANY and abs(got) < 1e-6:
            continue  # a shape that the loss takes and makes nothing of
        shape = run.shape
        if want is Want.ANY:
            name = regression.match(got, shape.scores, run.target, shape.target, shape.axis)
        else:
            name = formulas.match(want, got, shape.scores, shape.target, shape.axis)
        if name is not None:
            return name, run
        found.append(run)
    if not found:
        raise CannotRun("no shape and target of ours fits")
    test = PROPERTIES.get(want)
    for run in found if test is not None else ():
        if test is not None and test(run):
            return test.__name__.replace("_", " "), run
    raise CannotRun("neither a formula nor a property of ours fits")
