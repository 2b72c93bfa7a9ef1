"""What an operation does to a kind: the transfer rules of the facts file as small functions on values.

Everything that is not listed here makes a value unknown. A *residue* is a tensor whose kind is gone but that still
remembers its producer: ``-p``, ``w * p``, ``log(p)[y]``. It is never judged; it lets a later product see that ``log p``
was multiplied by the same ``p`` (an entropy) and not used as a log-probability.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from math import inf

from logitlint.catalog import short
from logitlint.interp import columns, written
from logitlint.interp.core import Core, hop
from logitlint.interp.values import (
    ADJUSTED_LOG,
    NONE,
    NOTHING,
    Const,
    Loc,
    Origin,
    Producer,
    Seq,
    SliceValue,
    Tensor,
    Unknown,
    Value,
    made,
    passed,
)
from logitlint.kinds import BOUNDED, LOG_PROBABILITIES, Kind

_PROB = frozenset({Kind.PROB_CAT, Kind.PROB_EL})
_DISTRIBUTIONS = frozenset({Kind.PROB_CAT, Kind.LOGPROB_CAT})
_LOG_OF = {Kind.PROB_CAT: Kind.LOGPROB_CAT, Kind.PROB_EL: Kind.LOGPROB_EL}
_EXP_OF = {Kind.LOGPROB_CAT: Kind.PROB_CAT, Kind.LOGPROB_EL: Kind.PROB_EL}
#: What a model makes of its input, and a loss or a decision is fed with.
PREDICTED = frozenset({Kind.SCORES, Kind.PROB_CAT, Kind.PROB_EL, Kind.LOGPROB_CAT, Kind.LOGPROB_EL})
LARGEST = "max"  #: the form of the largest of several scores, or the smallest
#: The form of what is left of a distribution: probabilities that lie in [0, 1] but sum to 1 no more.
PART = "part"
#: What is said of probabilities some of which a number was put in the place of.
SET = "is set to a number in places"
#: The form of probabilities of single classes, each the largest or another one of its distribution.
PICKED = "picked"
#: Forms whose logarithm is no longer the logarithm of what the activation made.
_BLURRED = frozenset({"mixed", "negated", PART, PICKED})
#: The tag of an exponential that was kept from overflowing, or may have been.
SHIFTED = "shifted"
#: The tag of one of products, of which none is much larger than the others where the factors have length one.
NARROW = "narrow"
_PRODUCTS = frozenset({"matmul", "einsum", "dot", "inner", "vdot", "tensordot", "cosine_similarity", "CosineSimilarity"})
#: The form of scores that were cut near 0, or some of which were set to a number that is no large negative one.
CUT = "cut"
_LARGEST_EXPONENT = 88.0  #: of which float32 holds the exponential
_FAR = 5.0  #: scores as far from 0 are decisions
#: The symbol of what a trained value gives that is no longer free to be anything.
_SCALE = "scale"
#: The tag of a distribution that was reshaped to rows, although its classes may not have lain along the last axis.
MOVED = "moved"
#: The tag of a distribution along its last axis but one, with an axis of length one behind it.
COLUMN = "column of weights"


def residue(value: Value, form: str = "mixed") -> Value:
    if isinstance(value, Tensor) and value.producer is not None:
        return Tensor(Kind.UNKNOWN, producer=value.producer, form=form, origin=value.origin)
    return NOTHING


def number(value: Value) -> float | None:
    if isinstance(value, Const) and isinstance(value.value, (int, float)):
        return float(value.value)
    return None


# ---------------------------------------------------------------------- one operand


def is_variable(value: Value) -> bool:
    return isinstance(value, Unknown) and value.sym is not None and value.sym[0] == "variable"


def is_scale(value: Value) -> bool:
    """Whether a value is trained, or an exponential of such a one or that kept in bounds: as a factor that does, as a matrix it may
    hold what is no weight of a layer, such as probabilities of transition."""
    return is_variable(value) or (isinstance(value, Unknown) and value.sym is not None and value.sym[0] == _SCALE)


def _as_scale(value: Value) -> Value:
    return Unknown((_SCALE, *value.sym[1:])) if isinstance(value, Unknown) and value.sym is not None else value


def same(value: Value, loc: Loc, note: str) -> Value:
    return hop(value, loc, note)


def reshape(value: Value, loc: Loc, note: str) -> Value:
    if isinstance(value, Tensor):
        return replace(value, axis=None, rank=None, tag="", columns=None, origin=passed(value.origin, loc, note))
    return value if is_scale(value) else NOTHING  # what is trained is trained in another shape, as a tied embedding is


def _is_torn(size: int | None, sizes: Sequence[Value]) -> bool:
    """Whether no axis of a new shape is as long as that of the classes was."""
    last = number(sizes[-1]) if sizes else None
    return size is not None and last is not None and last > 0 and Const(size) not in sizes


def reshaped(value: Value, name: str, given: Mapping[str, Value], sizes: Sequence[Value], loc: Loc, note: str) -> Value:
    """``view``, ``flatten`` …: also of a value nobody knows the number of dimensions is known afterwards. ``sizes``: the new shape."""
    others = sizes if name in ("view", "reshape") else [v for k, v in given.items() if k not in ("self", "input")]
    rank = _rank_after(value.rank if isinstance(value, Tensor) else None, name, others)
    if isinstance(value, Tensor) and value.kind is Kind.ONEHOT and (rank == 1 or (sizes and sizes[-1] == Const(1))):
        return Tensor(Kind.UNKNOWN, rank=rank)  # a zero or a one for each class, which may be the class of a pair
    if isinstance(value, Tensor):
        found = reshape(value, loc, note)
        assert isinstance(found, Tensor)
        torn = _is_torn(value.size, sizes)
        if torn and value.kind in _DISTRIBUTIONS and is_axis(value, -1):
            return residue(found)
        flat = value.axis == -1 and name in ("flatten", "Flatten") and value.rank == 2
        kept = -1 if flat or _keeps_last(value, rank, sizes) else None
        rows = (len(sizes) == 2 and sizes[0] == Const(-1)) or (name == "flatten" and given.get("start_dim") == Const(0))
        inner = value.axis in (0, 1) if value.rank is None else value.axis is not None and not is_axis(value, -1)
        joined = name.lower() == "flatten" and given.get("start_dim", Const(1)) == Const(1) and value.axis == -1 and value.rank != 2
        moved = value.kind in _DISTRIBUTIONS and ((rows and inner) or joined)
        tag = COLUMN if _is_set_upright(value, name, given) else MOVED if moved else ""
        return replace(found, rank=rank, axis=kept, size=None if torn else value.size, tag=tag)
    if is_scale(value):
        return reshape(value, loc, note)
    return Tensor(Kind.UNKNOWN, rank=rank) if rank is not None else NOTHING


def _keeps_last(value: Tensor, rank: int | None, sizes: Sequence[Value]) -> bool:
    """Whether the axes before that of the classes, which is the last, are taken together, or left as they are."""
    last = number(sizes[-1]) if sizes else None
    together = rank is not None and value.rank is not None and rank <= value.rank and last is not None and last > 1
    return together and value.kind in _DISTRIBUTIONS and is_axis(value, -1) is True and not _is_torn(value.size, sizes)


def permuted(value: Value, order: Sequence[Value], loc: Loc, note: str) -> Value:
    """``permute``, ``transpose``: the classes of a distribution go along with their axis, where the order of all axes is written."""
    found, places = reshape(value, loc, note), [number(each) for each in order]
    if not isinstance(value, Tensor) or not isinstance(found, Tensor) or value.kind not in _DISTRIBUTIONS or value.axis is None:
        return found
    rank = len(places)
    old = [int(each) % rank for each in places if each is not None]
    if sorted(old) != list(range(rank)) or not -rank <= value.axis < rank:
        return found
    new = old.index(value.axis % rank)
    return replace(found, axis=-1 if new == rank - 1 else new, rank=rank)


def _is_set_upright(value: Tensor, name: str, given: Mapping[str, Value]) -> bool:
    """Whether a distribution along its last axis gets another axis behind that."""
    if name not in ("unsqueeze", "expand_dims") or value.kind is not Kind.PROB_CAT or not is_axis(value, -1):
        return False
    places = [number(given[each]) for each in ("dim", "axis") if given.get(each, NONE) != NONE]
    return places in ([-1], [value.rank])


def _rank_after(rank: int | None, name: str, given: Sequence[Value]) -> int | None:
    sizes = [v for each in given for v in (each.items if isinstance(each, Seq) else (each,))]
    if name in ("view", "reshape"):
        if len(sizes) == 1 and not isinstance(sizes[0], Const):
            return None
        return len(sizes) if sizes and all(isinstance(v, (Const, Unknown)) for v in sizes) else None
    if name in ("flatten", "Flatten"):
        start, end = (*sizes, NOTHING, NOTHING)[:2]
        if start == Const(1) and end in (Const(-1), NOTHING):
            return 2
        return 1 if start == Const(0) and end in (Const(-1), NOTHING) and name == "flatten" else None
    if name == "ravel":
        return 1
    if name == "unsqueeze":
        return rank + 1 if rank is not None else None
    return None


def select(value: Value, index: Value, loc: Loc, note: str) -> Value:
    """``gather``, ``index_select``: elements picked along an unknown axis."""
    if not isinstance(value, Tensor):
        return NOTHING
    if value.kind in _PROB and is_drawn(index, value):
        value = _of_drawn(value)
    if value.kind is Kind.PROB_CAT:
        return replace(
            value,
            kind=Kind.PROB_EL,
            axis=None,
            size=None,
            rank=None,
            tag="",
            form=value.form or "column",
            columns=None,
            origin=passed(value.origin, loc, note),
        )
    if value.kind is Kind.LOGPROB_CAT:
        return residue(value)
    return replace(value, axis=None, size=None, rank=None, tag="", columns=None, origin=passed(value.origin, loc, note))


def pick(value: Value, index: Value, axis: int | None, loc: Loc, note: str) -> Value:
    """``index_select``, ``tf.gather``: whole rows along an axis; those of a distribution where that is not the one of its classes."""
    if isinstance(value, Tensor) and axis == 0 and value.axis not in (None, 0) and value.rank != 1:
        return replace(value, rank=None, tag="", columns=None, origin=passed(value.origin, loc, note))
    return select(value, index, loc, note)


def average(value: Value, along: Set[object], loc: Loc, note: str) -> Value:
    """A mean, a pooling, an interpolation. Over the axis of its classes a distribution is lost."""
    if not isinstance(value, Tensor):
        return NOTHING
    value = replace(value, columns=None)
    entropy = written.averaged(value)
    if entropy is not None:
        return entropy
    over_classes = value.axis is not None and value.axis in along
    if over_classes and value.kind is Kind.SCORES:
        return replace(value, axis=None, size=None, rank=None, origin=passed(value.origin, loc, note))
    if over_classes and value.kind is Kind.PROB_CAT:
        return residue(value)
    if value.kind in _PROB:
        return replace(value, form="mixed", rank=None, tag="", origin=passed(value.origin, loc, note))
    if value.kind is Kind.SCORES:
        return replace(value, rank=None, origin=passed(value.origin, loc, note))
    return residue(value)


def total(m: Core, value: Value, axis: Value | None, loc: Loc, note: str) -> Value:
    value = replace(value, columns=None) if isinstance(value, Tensor) else value
    entropy = written.summed(m, value, axis, loc)
    if entropy is not None:
        return entropy
    if isinstance(value, Tensor) and value.form == "exp":
        return replace(value, form="sumexp", origin=passed(value.origin, loc, note))
    return residue(value)


def largest(value: Value, along: Sequence[int] | None, loc: Loc, note: str) -> Value:
    """``max``, ``topk``, a pooling, over these axes; None where nobody knows them. What is left of probabilities still lies in [0, 1]."""
    if not isinstance(value, Tensor) or value.kind not in (Kind.SCORES, *_PROB):
        return residue(value)
    origin = passed(value.origin, loc, note)
    if value.kind is Kind.SCORES:
        return replace(value, axis=None, size=None, rank=None, form=LARGEST, columns=None, origin=origin)
    over_classes = along is None or any(is_axis(value, axis) is not False for axis in along)
    return _partial(value, origin, PICKED if over_classes else PART)


def _partial(value: Tensor, origin: Origin | None, form: str = PART) -> Tensor:
    """Probabilities of which some are left, or were set by hand. ``form``: of those that were a distribution."""
    if value.kind is not Kind.PROB_CAT:
        form = {"column": PICKED, PICKED: PICKED, PART: PART}.get(value.form, "mixed")
    return replace(value, kind=Kind.PROB_EL, axis=None, size=None, rank=None, form=form, tag="", columns=None, origin=origin)


def dropout(value: Value, loc: Loc, note: str) -> Value:
    """Scores stay scores; a probability times 1 / (1 - rate) is none."""
    return hop(value, loc, note) if isinstance(value, Tensor) and value.kind is Kind.SCORES else residue(value)


def normalised(value: Value, loc: Loc, note: str) -> Value:
    return dropout(value, loc, note)


def logit(value: Value, loc: Loc, api: str) -> Value:
    """The way back from element-wise probabilities to scores."""
    if isinstance(value, Tensor) and value.kind is Kind.PROB_EL:
        note = f"`{api}` makes raw scores of probabilities"
        return replace(
            value, kind=Kind.SCORES, producer=Producer(loc, Kind.SCORES, api), form="", tag="", origin=passed(value.origin, loc, note)
        )
    return residue(value)


def divide_by_norm(value: Value, order: Value, axis: int | None, loc: Loc, api: str) -> Value:
    """Exponentials or probabilities divided by their sum are a distribution; by another norm they lie in [0, 1] at least. Values that
    may be zero everywhere are none."""
    degree = number(order)
    if isinstance(value, Tensor) and value.kind in _PROB and degree is not None and degree >= 1:
        kind = Kind.PROB_CAT if degree == 1 else Kind.UNIT
        origin = passed(value.origin, loc, f"is divided by its norm by `{short(api)}`")
        return Tensor(kind, axis, value.size, value.rank, Producer(loc, kind, api), "mixed", origin=origin)
    if isinstance(value, Tensor) and value.form == "exp" and number(order) == 1:
        producer = Producer(loc, Kind.PROB_CAT, api)
        return Tensor(Kind.PROB_CAT, axis, producer=producer, origin=made(loc, "exp(x) divided by its sum makes softmax probabilities"))
    return residue(value)


def negated(m: Core, value: Value, loc: Loc, note: str) -> Value:
    entropy = written.negated(m, value, loc)
    if entropy is not None:
        return entropy
    if isinstance(value, Tensor) and value.kind is Kind.SCORES:
        return hop(value, loc, note)
    return minus(value)


def minus(value: Value) -> Value:
    """``-p``, of which ``log1p`` makes a logarithm of the complement; of a mixture it does not."""
    pure = isinstance(value, Tensor) and value.kind is not Kind.UNKNOWN and value.form in ("", "column")
    return residue(value, "negated" if pure else "mixed")


def masked(m: Core, value: Value, fill: Value, loc: Loc, note: str) -> Value:
    """``masked_fill``: on scores with any value, on probabilities with what is one; otherwise what is set by hand is no longer known."""
    if isinstance(value, Tensor) and value.kind is Kind.SCORES:
        return hop(filled(value, fill), loc, note)
    return _set_to_limit(value, fill, loc) or ruled_out(m, value, fill) or residue(value)


def _set_to_limit(value: Value, fill: Value, loc: Loc) -> Tensor | None:
    """Probabilities some of which are set to 0 or 1: they still lie in [0, 1], whatever they sum to."""
    if not isinstance(value, Tensor) or value.kind not in _PROB or number(fill) not in (0, 1):
        return None
    return _partial(value, passed(value.origin, loc, SET))


def ruled_out(m: Core, value: Value, fill: Value) -> Tensor | None:
    """A logarithm of probabilities some of which are set to -inf: whoever draws from it means just that by it."""
    if not isinstance(value, Tensor) or value.kind not in LOG_PROBABILITIES or value.form or number(fill) != -inf:
        return None
    taken = value.producer is not None and value.producer.loc in m.logs
    return replace(value, kind=Kind.UNKNOWN, form=ADJUSTED_LOG, tag="") if taken else None


def filled(scores: Tensor, fill: Value) -> Tensor:
    """Scores some of which are a number instead: one near 0 is a score like others, and masks nothing."""
    return replace(scores, form=CUT) if is_near(fill) else scores


def is_near(fill: Value) -> bool:
    amount = number(fill)
    return amount is not None and amount > -_FAR


def clamp(value: Value, low: Value, high: Value, loc: Loc, note: str, api: str) -> Value:
    if not isinstance(value, Tensor):
        return _as_scale(value) if is_scale(value) else NOTHING
    value, origin = written.chosen(value), passed(value.origin, loc, note)
    if value.kind in _PROB:
        return replace(value, form="padded", tag="", origin=origin)
    lo, hi = number(low), number(high)
    if value.kind is Kind.SCORES:
        if lo is not None and hi is not None and lo >= 0 and hi <= 1:
            producer = Producer(loc, Kind.CLAMPED, api)
            return replace(value, kind=Kind.CLAMPED, producer=producer, form="padded", origin=origin)
        if lo == 0 and high == NONE:
            made_of = Producer(loc, Kind.RECTIFIED, api)
            return replace(value, kind=Kind.RECTIFIED, producer=made_of, form="", origin=origin)
        near = (lo is not None and lo > -_FAR) or (hi is not None and hi < _FAR)
        limited = high != NONE and (hi is None or hi <= _LARGEST_EXPONENT)
        return replace(value, form=CUT if near else "scaled", tag=SHIFTED if limited else value.tag, origin=origin)
    if value.kind in BOUNDED:
        return residue(value)
    return replace(value, tag=value.tag if value.form == "sumexp" else "", origin=origin)  # shifted sums stay what they are


def exponential(value: Value, loc: Loc, note: str) -> Value:
    if is_scale(value):
        return _as_scale(value)
    tag = _spread(value)
    if not isinstance(value, Tensor):
        return Tensor(Kind.NONNEG, form="exp", tag=tag, producer=Producer(loc, Kind.NONNEG, "exp"), origin=made(loc, note))
    if value.kind in _EXP_OF:
        return replace(value, kind=_EXP_OF[value.kind], tag="", origin=passed(value.origin, loc, note))
    if value.kind in _PROB or value.kind in BOUNDED:
        return residue(value)
    producer = value.producer or Producer(loc, Kind.NONNEG, "exp")
    return replace(
        value, kind=Kind.NONNEG, form="exp", tag=tag, producer=producer, origin=passed(value.origin, loc, note) or made(loc, note)
    )


def _spread(value: Value) -> str:
    """What may be said of exponents: nothing where they are values as they came, ``NARROW`` where they are products that lie near one
    another if their factors have length one, as cosines do, and ``SHIFTED`` where they cannot be large (``x - max(x)``, ``-abs(x)``,
    ``where(...)``), or nobody knows."""
    if isinstance(value, Tensor):
        return SHIFTED if value.kind is Kind.UNKNOWN else value.tag if value.tag == SHIFTED else ""
    sym = value.sym if isinstance(value, Unknown) else None
    if sym is not None and _came(sym[1] if sym[0] == "call" and sym[2:] == ("neg",) else sym):
        return ""
    while sym is not None and sym[0] in ("call", "apply") and isinstance(sym[1], tuple) and sym[2:3] != ("+",):  # cosines have no bias
        sym = sym[1]
    product = sym is not None and sym[0] == "call" and isinstance(sym[1], str) and sym[1].rpartition(".")[2] in _PRODUCTS
    return NARROW if product else SHIFTED


def _came(sym: object) -> bool:
    return isinstance(sym, tuple) and sym[0] in ("param", "attr", "item", "name", "result", "default", "input")


def _note_logarithm(m: Core, value: Value, loc: Loc, api: str) -> None:
    """A site, but for NumPy, which has no logarithm of an activation to use instead."""
    if not api.startswith("numpy."):
        m.record("log", loc, api, value)


def logarithm(m: Core, value: Value, loc: Loc, api: str, note: str) -> Value:
    """The logarithm; where it is taken of a known kind, a site."""
    if not isinstance(value, Tensor):
        return NOTHING
    value = written.chosen(value)
    if value.kind in _PROB and value.form not in _BLURRED:
        if value.producer is None or not value.producer.api.endswith(".predict"):
            _note_logarithm(m, value, loc, api)  # what `predict` gives has no gradient, and its scores are out of reach
        kind = _LOG_OF[value.kind]
        producer = Producer(loc, kind, api)
        if value.producer is not None:
            m.logs[loc] = value.producer
        if value.form == "padded":
            m.padded.add(loc)
        return replace(value, kind=kind, producer=producer, form="", tag="", origin=passed(value.origin, loc, note))
    if value.kind in (Kind.SCORES, Kind.CLAMPED) or value.form in ("sumexp", "1+exp"):
        _note_logarithm(m, value, loc, api)
        if value.kind is not Kind.NONNEG:
            m.score_logs[loc] = api, value
        return Tensor(Kind.UNKNOWN, producer=Producer(loc, Kind.UNKNOWN, api), origin=passed(value.origin, loc, note))
    return NOTHING


def logarithm_of_one_plus(m: Core, value: Value, loc: Loc, api: str, note: str) -> Value:
    """``log1p``: of ``-sigmoid(x)`` it is the logarithm of the complement, of ``exp(x)`` a softplus."""
    if isinstance(value, Tensor) and value.form == "exp":
        return logarithm(m, replace(value, form="1+exp"), loc, api, note)
    if isinstance(value, Tensor) and value.form == "negated" and value.producer is not None and value.producer.kind is Kind.PROB_EL:
        return logarithm(m, replace(value, kind=Kind.PROB_EL, form="complement"), loc, api, note)
    return NOTHING


# ---------------------------------------------------------------------- several operands


def join(parts: Sequence[Value], axis: int | None, loc: Loc, note: str) -> Value:
    """``cat``, ``stack``: the kind on which all parts agree. Distributions side by side along their classes are none."""
    tensors = [part for part in parts if isinstance(part, Tensor)]
    if not tensors or len(tensors) != len(parts):
        return NOTHING
    first = tensors[0]
    if len(tensors) == 2 and axis in (-1, 1) and _is_complement(*tensors):
        # its logarithm is one of a sigmoid, and no softmax underflows
        origin = passed(first.origin, loc, note)
        return replace(first, kind=Kind.PROB_CAT, axis=axis, size=None, rank=None, form="mixed", tag="", columns=None, origin=origin)
    if any(t.kind is not first.kind or t.form != first.form for t in tensors):
        return residue(first)
    if len(parts) > 1 and first.kind in _DISTRIBUTIONS and axis is not None and is_axis(first, axis):
        return residue(first)
    size = first.size if all(t.size == first.size for t in tensors) and len(tensors) == 1 else None
    return replace(first, axis=None, size=size, rank=None, tag="", columns=None, origin=passed(first.origin, loc, note))


def _is_complement(a: Tensor, b: Tensor) -> bool:
    """Whether two columns are ``1 - p`` and ``p``, a distribution over two classes side by side."""
    return a.kind is b.kind is Kind.PROB_EL and a.producer == b.producer and {a.form, b.form} == {"", "complement"}


def is_of_two(value: Value) -> bool:
    """Whether a distribution was put together of what a sigmoid gives."""
    return isinstance(value, Tensor) and value.kind is Kind.PROB_CAT and value.producer is not None and value.producer.kind is Kind.PROB_EL


def broadcast(value: Tensor, other: Value) -> Tensor:
    """``value`` beside another operand: one unit becomes as many as the other has, which nobody may know."""
    if value.size != 1 or number(other) is not None:
        return value
    return replace(value, size=other.size if isinstance(other, Tensor) else None)


def where(m: Core, a: Value, b: Value, loc: Loc, note: str) -> Value:
    if isinstance(a, Tensor) and isinstance(b, Tensor) and a.kind is b.kind:
        a = broadcast(a, b)
        tag = a.tag if a.kind is not Kind.UNKNOWN or a.tag == b.tag else ""
        return replace(a, form="mixed" if a.kind in _PROB else a.form, tag=tag, columns=None, origin=passed(a.origin, loc, note))
    for tensor, other in ((a, b), (b, a)):
        if isinstance(tensor, Tensor) and tensor.kind is Kind.SCORES and number(other) is not None:
            return hop(filled(tensor, other), loc, note)
        if (found := _set_to_limit(tensor, other, loc) or ruled_out(m, tensor, other)) is not None:
            return found
    return residue(a) if isinstance(a, Tensor) else residue(b)


def elements(value: Value) -> list[Value] | None:
    """The parts of a joined sequence; None when they are not known."""
    if isinstance(value, Seq):
        return [*value.items, *([value.rest] if value.rest is not None else []), *value.tail]
    return None


def is_axis(value: Tensor, at: int, least: int = 1) -> bool | None:
    """Whether ``at`` is the axis of the classes of a value of ``least`` dimensions or more; None where nobody knows."""
    axis, rank = value.axis, value.rank
    if axis is None:
        return None
    if rank is not None and rank > 0:
        return at % rank == axis % rank
    if (at < 0) == (axis < 0):
        return at == axis
    before, behind = (at, axis) if at >= 0 else (axis, at)
    return False if before < least + behind else None


def index(value: Tensor, keys: Sequence[Value], loc: Loc) -> Value:
    """``p[keys]``: a class picked out of a distribution is an element-wise probability; everything else keeps the kind."""
    part = columns.picked(value, keys)
    if part is not None:
        return hop(part, loc, "is indexed")
    origin = passed(value.origin, loc, "is indexed")
    value = replace(value, columns=columns.of_slice(keys))
    if value.kind in _PROB and any(is_drawn(key, value) for key in keys):
        value = _of_drawn(value)
    if value.kind in _DISTRIBUTIONS:
        picked = _of_distribution(value, keys, origin)
        if picked is not None:
            return picked
    last = keys[-1] if keys else None
    whole = all(isinstance(k, SliceValue) or (isinstance(k, Const) and k.value is ...) for k in keys)
    if value.kind in (Kind.SCORES,) and len(keys) > 1 and not whole:
        return replace(value, axis=None, size=None, rank=None, tag="", origin=origin)
    if len(keys) > 1 and isinstance(last, SliceValue) and value.size is not None:
        return replace(value, axis=value.axis if whole else None, size=None, rank=None, tag="", origin=origin)
    upright = value.kind is Kind.PROB_CAT and value.axis == -1 and tuple(keys) == (Const(...), NONE)
    tag = COLUMN if upright else ""
    return replace(value, axis=-1 if value.axis == -1 and last != NONE else None, rank=None, tag=tag, origin=origin)


def drawn_of(value: Value | None) -> str:
    """The tag of classes that were drawn from a distribution, or are the likeliest of it: it says of which."""
    if isinstance(value, Tensor) and value.kind in _PROB and value.producer is not None:
        return f"drawn {value.producer.loc}"
    return ""


def is_drawn(key: Value, value: Tensor) -> bool:
    return isinstance(key, Tensor) and key.kind is Kind.INDEX and key.tag != "" and key.tag == drawn_of(value)


def _of_drawn(value: Tensor) -> Tensor:
    """Probabilities of which those of classes that were drawn are taken: they are not 0, and their logarithm is a number."""
    return replace(value, form="mixed")


def _of_distribution(value: Tensor, keys: Sequence[Value], origin: Origin | None) -> Value | None:
    """A distribution of which the keys take some of the classes, or may; None where they take all."""
    placed = columns.placed(keys) if len(keys) > 1 else []
    unclear = False
    for at, key in placed:
        sliced = isinstance(key, SliceValue)
        if isinstance(key, SliceValue) and key.start == key.stop == key.step == NONE:
            continue
        on_axis = is_axis(value, at, len(placed))
        picks = isinstance(key, Const) and isinstance(key.value, int) and not isinstance(key.value, bool)
        if on_axis is False or (on_axis is None and not picks and (not sliced or at == 0)):
            continue
        if value.kind is Kind.LOGPROB_CAT and (sliced or on_axis or value.axis is None):
            return residue(value)
        if sliced:
            return _partial(value, origin)
        if on_axis:
            return replace(value, kind=Kind.PROB_EL, axis=None, size=None, rank=None, form=value.form or "column", tag="", origin=origin)
        unclear = True
    if not unclear:
        return None
    form = value.form or "column" if value.kind is Kind.PROB_CAT else value.form
    return replace(value, axis=None, rank=None, form=form, tag="", origin=origin)


def part(value: Value, axis: int | None, loc: Loc, note: str) -> Value:
    """``chunk``, ``split``, ``unbind``: of a distribution that is, or may be, cut along its classes nobody knows what is left."""
    if isinstance(value, Tensor) and value.kind in _DISTRIBUTIONS and axis != 0 and (axis is None or is_axis(value, axis) is not False):
        if value.kind is Kind.LOGPROB_CAT:
            return residue(value)
        value = replace(value, columns=None)
        origin = passed(value.origin, loc, note)  # still probabilities, and no logits
        return replace(value, axis=None, rank=None, size=None, form=value.form or "column", tag="", origin=origin)
    found = reshape(value, loc, note)
    return found if axis == 0 or not isinstance(found, Tensor) else replace(found, size=None)
