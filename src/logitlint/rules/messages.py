"""The words of a finding: what the consumer does itself, what it receives, where that was made."""

from __future__ import annotations

from collections.abc import Callable

from logitlint import catalog
from logitlint.catalog import short
from logitlint.interp.arithmetic import TEMPERED, WEIGHTED_ROWS
from logitlint.interp.blends import is_divided
from logitlint.interp.sites import Site
from logitlint.interp.transfer import is_of_two
from logitlint.interp.values import Tensor, Value, steps
from logitlint.kinds import Kind, Want
from logitlint.rules import forms
from logitlint.rules.judge import OF_SCORES, Finding

RECEIVES: dict[Kind, str] = {
    Kind.SCORES: "raw, unbounded scores",
    Kind.PROB_CAT: "softmax probabilities",
    Kind.PROB_EL: "sigmoid probabilities",
    Kind.LOGPROB_CAT: "log-probabilities",
    Kind.LOGPROB_EL: "element-wise log-probabilities",
    Kind.UNIT: "values cut to [0, 1]",
    Kind.CLAMPED: "scores cut to [0, 1]",
    Kind.RECTIFIED: "values without a negative part",
    Kind.BOUNDED_PM1: "values squashed into [-1, 1]",
    Kind.BOUNDED_0_6: "values cut to [0, 6]",
    Kind.INDEX: "class numbers",
    Kind.ONEHOT: "one-hot rows",
    Kind.CONST_ONE: "the constant 1",
}
_DOES: dict[Want, str] = {
    Want.LOGITS_CAT: "applies softmax itself",
    Want.LOGITS_EL: "applies sigmoid itself",
    Want.PROB_CAT: "wants probabilities over the classes",
    Want.PROB_EL: "wants a probability for every element",
    Want.LOGPROB_CAT: "wants log-probabilities",
    Want.TARGET_PROB: "wants its target as probabilities",
    Want.TARGET_INDEX: "wants class numbers as its target",
    Want.TARGET_ONEHOT: "wants one row of class probabilities per example as its target",
    Want.ANY: "takes any value",
}
#: What is likely, not certain, of values that no known layer made.
_GUESSED: dict[str, str] = {
    "literal": "rows that are not negative and sum to 1, as probabilities do",
    "used": "a value that the same function also gives to an activation, as scores are",
}
#: What follows from the contradiction, and what to write instead.
_ADVICE: dict[str, str] = {
    "LGT101": "softmax twice flattens the gradient; pass the raw outputs",
    "LGT102": "over the same axis that changes nothing and does the work twice; pass the raw outputs, or use the loss on log-probabilities",
    "LGT103": "sigmoid twice keeps every probability between 0.5 and 0.73; pass the raw outputs",
    "LGT104": "pass the raw outputs",
    "LGT105": "negative scores cannot reach the loss; end in a linear layer",
    "LGT201": "use a loss on logits, or apply the activation first",
    "LGT202": "the loss falls without bound and means nothing; use cross entropy, or apply log-softmax first",
    "LGT203": "apply log-softmax instead of the plain activation",
    "LGT204": "pass probabilities",
    "LGT205": "end in the activation that the loss expects",
    "LGT206": "clamping makes the gradient vanish; use the loss on logits",
    "LGT401": "use softmax, or a binary loss for independent labels",
    "LGT402": "use sigmoid, or a categorical loss",
    "LGT407": "the loss cannot train through them; pass the scores",
    "LGT411": "the softmax of one score is 1 and the loss 0, whatever the score; use a binary loss, or one for regression",
    "LGT502": "give it a threshold of 0 or its own `from_logits`, whatever the loss is told, or give it what it compares",
}
_APPLY_FIRST = "apply the activation first"
_KERAS: dict[str, str] = {
    "LGT201": "set `from_logits=True`, or end in the activation",
    "LGT206": "clamping makes the gradient vanish; use `from_logits=True` on the scores",
}
#: With the criterion that it has unless it is given another.
_SKORCH = "end in softmax, of which the classifier takes the logarithm itself, or pass `criterion=nn.CrossEntropyLoss`"
#: Of p and 1 - p side by side.
_TWO_CLASSES: dict[str, str] = {
    "LGT101": "softmax on top flattens the gradient; use a binary loss on the raw scores",
    "LGT203": "pass their logarithms, or use a binary loss on the raw scores",
}
_CACHED = (
    "Keras on TensorFlow finds the values before the activation in a cache, uses them and warns; every other backend trains on the "
    "wrong ones: drop `from_logits=True`"
)
_UNCACHED = "only the TensorFlow backend undoes it, with a warning"
_LOGS: dict[str, str] = {
    "LGT301": "softmax underflows to 0 where a class is unlikely, and its logarithm is -inf; use `{log_softmax}`",
    "LGT302": "sigmoid(x) underflows to 0 for x below about -88 in float32, and its logarithm is -inf; use `{log_sigmoid}(x)`",
    "LGT303": "log(1 - sigmoid(x)) is -inf for x above about 17 in float32; use `{log_sigmoid}(-x)`",
    "LGT304": "the logarithm is padded, so its gradient vanishes where the probability is small; use the log-activation",
    "LGT306": "log(sum(exp(x))) overflows for x above about 88 in float32; use `{logsumexp}`",
    "LGT307": "log(1 + exp(x)) overflows for x above about 88 in float32; use `{softplus}`",
}
_OPERATIONS = ("log_softmax", "log_sigmoid", "logsumexp", "softplus")
#: What each library calls the operations that take the logarithm without leaving the range of floats.
_SPELLED: dict[str, tuple[str, str, str, str]] = {
    "torch": ("F.log_softmax", "F.logsigmoid", "torch.logsumexp", "F.softplus"),
    "tensorflow": ("tf.nn.log_softmax", "tf.math.log_sigmoid", "tf.reduce_logsumexp", "tf.nn.softplus"),
    "jax": ("jax.nn.log_softmax", "jax.nn.log_sigmoid", "jax.nn.logsumexp", "jax.nn.softplus"),
    "keras": ("keras.ops.log_softmax", "keras.ops.log_sigmoid", "keras.ops.logsumexp", "keras.ops.softplus"),
    "mindspore": ("ops.log_softmax", "ops.logsigmoid", "ops.logsumexp", "ops.softplus"),
}


def _logarithm(code: str, api: str) -> str:
    name = catalog.canonical(api)
    # who has `keras.backend.log` has a Keras without `keras.ops`
    library = "tensorflow" if name.startswith("keras.backend.") else name.partition(".")[0]
    spelled = _SPELLED.get(library, _OPERATIONS)
    return _LOGS[code].format(**dict(zip(_OPERATIONS, spelled, strict=True)))


def message(finding: Finding, place: str = "") -> str:
    """``place`` is where the value was made, as the reader finds it; empty when that is where the finding stands."""
    site, value = finding.site, finding.value
    api = short(site.api)
    if finding.code in _LOGS:
        made = f" (the probabilities are made at {place})" if place and finding.code not in OF_SCORES else ""
        return _logarithm(finding.code, site.api) + made
    if finding.code == "LGT403":
        return f"`{api}` runs over an axis of size one: the output is the constant 1 and no gradient flows; use sigmoid"
    if finding.code == "LGT404":
        made = _by(value, place, "an activation")
        if isinstance(value, Tensor) and value.form == TEMPERED:
            return f"`{api}` is applied to the probabilities of {made}: a temperature makes them all alike; divide the scores instead"
        return f"`{api}` is applied to what {made} has already made; the second one flattens the distribution: drop one of them"
    if finding.code == "LGT405":
        return f"`{api}` without `dim` guesses the axis from the number of dimensions (the batch for a 3-D tensor); name it"
    if finding.code == "LGT410" and isinstance(value, Tensor) and value.form == "padded":
        return "the result of the clamp is thrown away: it is not done in place, so what follows uses the unprotected value"
    if finding.code == "LGT410":
        return f"the result of `{api}` is thrown away: it is not done in place, so what follows uses the old value"
    if finding.code == "LGT309":
        made = _made_by(value)
        by = (f"`{made}` ({place})" if place else f"`{made}`") if made else _by(value, place, "a layer")
        right = "log-sigmoid" if isinstance(value, Tensor) and value.size == 1 else "`log_softmax`"
        return f"`{api}` takes the logarithm of raw scores from {by} and uses it as a log-probability; use {right} instead"
    special = _SPECIAL.get(finding.code)
    if special is not None:
        return special(finding, place) + _when(finding)
    return f"{_pair(finding, place)}; {_advice(finding)}{_when(finding)}"


# ---------------------------------------------------------------------- findings with words of their own


def _written(finding: Finding, place: str) -> str:
    library = catalog.canonical(finding.site.api).partition(".")[0]
    cat, binary = _FUSED.get(library, _FUSED[""])
    if finding.code == "LGT310":
        return (
            f"-sum(p * y) of probabilities from {_by(finding.value, place, 'softmax')} and one-hot labels lacks the logarithm: its "
            f"gradient vanishes for an example that is confidently wrong, which cross entropy corrects most; use {cat} on the scores"
        )
    by = f" (the logarithm is taken at {place})" if place else ""
    detail = finding.site.detail
    why = "has no logarithm of 0, which this has as soon as a probability rounds to 0 or 1"
    if "stable" in detail:
        why = "does it in one step"
    elif "padded" in detail:
        why = "keeps the gradient that the padding of the logarithm takes away"
    name, fused = ("binary cross entropy", binary) if "binary" in detail else ("cross entropy", cat)
    return f"this is {name} written out{by}; {fused} on the scores {why}"


#: Library -> its cross entropy over classes and its binary one, both on logits.
_FUSED: dict[str, tuple[str, str]] = {
    "torch": ("`F.cross_entropy` (its target may be class probabilities)", "`F.binary_cross_entropy_with_logits`"),
    "tensorflow": ("`tf.nn.softmax_cross_entropy_with_logits`", "`tf.nn.sigmoid_cross_entropy_with_logits`"),
    "keras": ("`categorical_crossentropy` with `from_logits=True`", "`binary_crossentropy` with `from_logits=True`"),
    "jax": ("`optax.softmax_cross_entropy`", "`optax.sigmoid_binary_cross_entropy`"),
    "mindspore": ("`ops.cross_entropy`", "`ops.binary_cross_entropy_with_logits`"),
    "": ("the library's cross entropy", "the library's binary cross entropy"),
}


def _fresh(finding: Finding, place: str) -> str:
    twin = forms.FUSED[catalog.canonical(finding.site.api)]
    by = _by(finding.value, place, "a sigmoid")
    return (
        f"`{short(finding.site.api)}` takes the logarithm of what {by} has just made: right, but a saturated probability loses its "
        f"gradient; the fused loss is stabler: {twin} (and a sigmoid where probabilities are shown)"
    )


def _misplaced(finding: Finding, place: str) -> str:
    value, site = finding.value, finding.site
    assert isinstance(value, Tensor)
    made = _made_by(value)
    api = f"`{made}`" if made else "the softmax"
    verb = "picks classes" if site.form == "argmax" else "looks for the classes"
    own = site.want is Want.LOGITS_CAT
    change = f"pass the raw outputs, `{short(site.api)}` applies softmax itself" if own else f"use axis {site.axis}"
    return (
        f"{api} runs over axis {value.axis}, but `{short(site.api)}` {verb} along axis {site.axis}: the probabilities of one example "
        f"do not sum to 1 and the examples of a batch compete with each other; {change}"
    )


def _labels(finding: Finding, place: str) -> str:
    site, value = finding.site, finding.value
    assert isinstance(value, Tensor)
    if site.role == "target" and value.kind not in (Kind.INDEX, Kind.ONEHOT):
        given = f"{RECEIVES[value.kind]} from {_by(value, place, 'a model')}"
        wanted = forms.expected_target(site.want)
        change = "apply the activation to them" if value.kind is Kind.SCORES else "pass their exponential"
        change = "pass the labels" if site.want is Want.TARGET_INDEX else change
        mend = f"{change}, or swap the arguments if that is the prediction"
        return f"`{short(site.api)}` takes {wanted} as its target but is given {given}; {mend}"
    if site.role != "target":
        why = "over one class every probability becomes 1 and the loss 0, whatever the model says"
        advice = f"{why}; use a binary loss" if value.kind is Kind.PROB_EL else _ADVICE["LGT411"]
        return f"{_one_unit(site, value, place)}; {advice}"
    other = "the loss on one-hot labels" if value.kind is Kind.ONEHOT else "the sparse loss, which takes class numbers"
    change = "pass the class numbers" if value.kind is Kind.ONEHOT else "one-hot encode them"
    given = f"{RECEIVES[value.kind]} from {_by(value, place, 'the data')}"
    return f"`{short(site.api)}` {_DOES[site.want or Want.ANY]} but is given {given}; use {other}, or {change}"


def _swapped(finding: Finding, place: str) -> str:
    site, value = finding.site, finding.value
    assert isinstance(value, Tensor)
    contract = catalog.lookup(site.api)
    params = contract.call[0].params if contract is not None and contract.call else ()
    order = [p.name for p in params if p.role in ("prediction", "target")]
    prediction = next((p.name for p in params if p.role == "prediction"), "prediction")
    swapped = f"the arguments of `{short(site.api)}({', '.join(order)})` are swapped: `{prediction}` receives"
    if not forms.is_labels(value):
        target = RECEIVES.get(site.target.kind, "") if isinstance(site.target, Tensor) else ""
        return (
            f"{swapped} {RECEIVES[value.kind]} from {_by(value, place, 'a model')}, the target {target}; each is what the other should be"
        )
    return f"{swapped} labels from {_by(value, place, 'the data')}, the model's output stands in the labels' place; swap them, or name them"


def _distribution(finding: Finding, place: str) -> str:
    site, value = finding.site, finding.value
    assert isinstance(value, Tensor)
    given = f"{RECEIVES[Kind.PROB_CAT if value.form == TEMPERED else value.kind]} from {_by(value, place, 'a layer')}"
    api = short(site.api)
    if site.want in (Want.LOGITS_CAT, Want.LOGITS_EL):
        change = "pass them as `probs=`" if _has(site.api, "probs") else "pass the scores, or the logarithm of the probabilities"
        return f"`{site.detail}` of `{api}` takes logits but is given {given}, as logits almost uniform; {change}"
    change = "pass them as `logits=`" if _has(site.api, "logits") else "apply the activation first"
    return f"`{site.detail}` of `{api}` takes probabilities but is given {given}; {change}"


def _has(api: str, name: str) -> bool:
    contract = catalog.lookup(api)
    return contract is not None and any(p.name == name for s in (*contract.init, *contract.call) for p in s.params)


def _threshold(finding: Finding, place: str) -> str:
    if finding.site.form != "comparison":
        return f"{_measured(finding, place)}; {_of_metric(finding.site)}"
    by = _by(finding.value, place, "a layer")
    return (
        f"logits from {by} are compared (`{short(finding.site.api)}`) as if they were probabilities: a probability of 0.5 is a logit "
        "of 0; compare with 0, or apply sigmoid first"
    )


def _of_metric(site: Site) -> str:
    """What to do about a metric; one that takes probabilities may have no threshold of its own, nor a flag."""
    adjustable = any(_has(site.api, name) for name in ("threshold", "thresholds", "from_logits"))
    known = catalog.lookup(site.api) is not None and site.want in (Want.PROB_EL, Want.PROB_CAT)
    return _APPLY_FIRST if known and not adjustable else _ADVICE["LGT502"]


def _claimed(finding: Finding, place: str) -> str:
    by = _by(finding.value, place, "a layer")
    return (
        f"`{finding.site.api}` calls them probabilities, but these are logits from {by}: they are neither in [0, 1] nor do they sum "
        "to 1, the loss applies the activation for itself only; apply softmax or sigmoid here"
    )


_SPECIAL: dict[str, Callable[[Finding, str], str]] = {
    "LGT305": _written,
    "LGT308": _fresh,
    "LGT310": _written,
    "LGT406": _misplaced,
    "LGT408": _labels,
    "LGT409": _swapped,
    "LGT501": _distribution,
    "LGT502": _threshold,
    "LGT503": _claimed,
}


# ---------------------------------------------------------------------- pairs of value and consumer


def _advice(finding: Finding) -> str:
    if finding.backend == "tensorflow":
        return _CACHED
    if finding.backend is not None:
        return f"{_ADVICE[finding.code]}{'' if finding.backend else ', or drop `from_logits=True`'} ({_UNCACHED})"
    if finding.site.api == "skorch.NeuralNetClassifier":
        return _SKORCH
    if is_of_two(finding.value) and finding.code in _TWO_CLASSES:
        return _TWO_CLASSES[finding.code]
    if finding.code == "LGT101" and _combined(finding.value):
        return "softmax on top flattens the gradient; pass their logarithm"
    api = catalog.canonical(finding.site.api)
    if finding.code in _KERAS and _has(api, "from_logits"):
        return _KERAS[finding.code]
    if finding.code == "LGT201" and api in forms.MEASURED:
        return _APPLY_FIRST
    if finding.code == "LGT201" and api in forms.FUSED:
        return f"use {forms.FUSED[api]}, or apply the activation first"
    if finding.code == "LGT202" and "nll" not in finding.site.api.lower():
        return "of scores the loss means nothing; apply log-softmax first"  # there is no cross entropy in its place
    return _ADVICE.get(finding.code, "pass what it wants")


def _combined(value: Value) -> str:
    """What is made of probabilities, or by them, and would be no distribution without their softmax; "" for everything else."""
    if not isinstance(value, Tensor) or value.kind is not Kind.PROB_CAT or value.producer is None:
        return ""
    if value.producer.api == WEIGHTED_ROWS:
        return "probabilities, the weighted sum of one-hot rows,"
    return "probabilities, divided by their sum," if is_divided(value) else ""


def _measured(finding: Finding, place: str) -> str:
    site, value = finding.site, finding.value
    assert isinstance(value, Tensor)
    by = f" from {_by(value, place, 'a layer')}" if value.producer is not None else ""
    if site.want in (Want.PROB_EL, Want.PROB_CAT):
        return f"`{short(site.api)}` compares probabilities but is given {RECEIVES[value.kind]}{by}"
    return f"`{short(site.api)}` is told to expect scores but is given {RECEIVES.get(value.kind, value.kind.value)}{by}"


def _pair(finding: Finding, place: str) -> str:
    site, value = finding.site, finding.value
    want = site.want or Want.ANY
    assert isinstance(value, Tensor)
    if finding.code == "LGT411":
        return _one_unit(site, value, place)
    if value.form in _GUESSED:
        return f"`{short(site.api)}` {_DOES[want]} but receives {_GUESSED[value.form]}"
    picked = value.kind is Kind.PROB_EL and value.producer is not None and value.producer.kind is Kind.PROB_CAT
    receives = RECEIVES.get(Kind.PROB_CAT if picked else value.kind, value.kind.value)
    receives = "the probabilities of two classes" if is_of_two(value) else receives
    receives = _combined(value) or receives
    by = f" from {_by(value, place, 'a layer')}" if value.producer is not None else ""
    what = "is given" if site.role == "target" else "receives"
    return f"`{short(site.api)}` {_DOES[want]} but {what} {receives}{by}"


def _one_unit(site: Site, value: Tensor, place: str) -> str:
    by = f" of {_by(value, place, 'a layer')}" if value.producer is not None else ""
    return f"`{short(site.api)}` is a loss over classes, and the output{by} has one unit"


def _by(value: Value, place: str, unknown: str) -> str:
    """The API that made a value, and where."""
    if not isinstance(value, Tensor) or value.producer is None:
        return unknown
    return f"`{short(value.producer.api)}` ({place})" if place else f"`{short(value.producer.api)}`"


def _made_by(value: Value) -> str:
    """The API that the way of a value begins with, whatever has been done to it since; "" where it has none."""
    origin = value.origin if isinstance(value, Tensor) else None
    named = steps(origin)[0].note.split("`")[1:2] if origin is not None else []
    return named[0] if named else ""


def _when(finding: Finding) -> str:
    return f" (when {' and '.join(finding.conditions)})" if finding.conditions else ""
