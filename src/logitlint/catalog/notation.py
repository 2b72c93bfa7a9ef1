"""The vocabulary of the stubs: which names an annotation may use and what they stand for.

``stubs/README.md`` explains the notation to those who write stubs.
"""

from __future__ import annotations

from collections.abc import Iterable

from logitlint.catalog.contract import Signature
from logitlint.kinds import Kind, Want

#: What a prediction parameter wants. ``Free``: a loss that any real value may reach (squared error).
#: ``Prob``: a probability of either sort (Dice, Jaccard); no rule tells the two apart there, so nothing is judged.
WANTS: dict[str, Want] = {
    "LogitsCat": Want.LOGITS_CAT,
    "LogitsEl": Want.LOGITS_EL,
    "ProbCat": Want.PROB_CAT,
    "ProbEl": Want.PROB_EL,
    "LogProbCat": Want.LOGPROB_CAT,
    "Free": Want.ANY,
    "Prob": Want.ANY,
}

#: What a target parameter wants, where a loss takes its target in one form only.
TARGETS: dict[str, Want] = {
    "TargetProb": Want.TARGET_PROB,
    "TargetIndex": Want.TARGET_INDEX,
    "TargetOneHot": Want.TARGET_ONEHOT,
}

#: The kind of a returned value, by its stub name; every other operation is a transfer or has no kind.
KIND_OF: dict[str, Kind] = {
    "Scores": Kind.SCORES,
    "ProbCat": Kind.PROB_CAT,
    "ProbEl": Kind.PROB_EL,
    "LogProbCat": Kind.LOGPROB_CAT,
    "LogProbEl": Kind.LOGPROB_EL,
    "Unit": Kind.UNIT,
    "Clamped": Kind.CLAMPED,
    "Rectified": Kind.RECTIFIED,
    "NonNeg": Kind.NONNEG,
    "BoundedPM1": Kind.BOUNDED_PM1,
    "Bounded06": Kind.BOUNDED_0_6,
    "HalfBounded": Kind.HALF_BOUNDED,
    "Index": Kind.INDEX,
    "OneHot": Kind.ONEHOT,
    "Features": Kind.FEATURES,
    "LossValue": Kind.LOSS,
    "MetricValue": Kind.UNKNOWN,
    "Sample": Kind.INDEX,
    "Unknown": Kind.UNKNOWN,
}

#: Operations on arguments, with the least number of arguments their subscript must give.
TRANSFERS: dict[str, int] = {
    "Same": 1,
    "Reshape": 1,
    "Permute": 1,
    "Select": 1,
    "Pick": 1,
    "Log": 1,
    "Log1p": 1,
    "Exp": 1,
    "Mean": 1,
    "Sum": 1,
    "Max": 1,
    "Clamp": 3,
    "Join": 1,
    "Where": 2,
    "Dropout": 1,
    "Normalised": 1,
    "DivideByNorm": 1,
    "Neg": 1,
    "Add": 2,
    "Sub": 2,
    "Rsub": 2,
    "Mul": 2,
    "Div": 2,
    "MatMul": 2,
    "MaskedFill": 1,
    "Logit": 1,
    "LogSumExp": 1,
    "ArgMax": 1,
    "Apply": 2,
    "Wrap": 1,
    "Unwrap": 1,
    "Call": 1,
    "Grad": 1,
    "ValueAndGrad": 1,
    "Empty": 0,
    "Variable": 0,
    "Chunks": 1,
    "Pair": 2,
    "Packed": 1,
    "Object": 1,
    "Head": 0,
}

#: Kinds that only an activation makes: a function that returns one is of the sort ``Activation``.
ACTIVATED = frozenset(
    {
        "ProbCat",
        "ProbEl",
        "LogProbCat",
        "LogProbEl",
        "Unit",
        "Rectified",
        "NonNeg",
        "BoundedPM1",
        "Bounded06",
        "HalfBounded",
        "OneHot",
    }
)

#: Marker base classes: the sort of a class.
SORTS = frozenset(
    {"Loss", "Activation", "Layer", "Container", "Model", "Metric", "Distribution", "Sampler", "Tensor", "Output", "Wrapper", "Trainer"}
)

#: Sorts whose values are judged against what they want.
CONSUMERS = frozenset({"Loss", "Metric", "Distribution", "Sampler"})
#: Sorts that give a value its kind.
PRODUCERS = frozenset({"Activation", "Layer"})

#: The type variable of a class whose want depends on how it is built.
VARIABLE = "K"
#: Annotations that say nothing about kinds.
PLAIN = frozenset({"Any", "bool", "int", "float", "str", "None", "object"})


def function_sort(signatures: Iterable[Signature]) -> str:
    """The sort of a function, from what it takes and returns."""
    sort = ""
    for signature in signatures:
        op = "" if signature.result is None else signature.result.op
        roles = {param.role for param in signature.params}
        if op == "LossValue":
            return "Loss"
        if op == "MetricValue":
            return "Metric"
        if op == "Sample":
            return "Sampler"
        if op in ACTIVATED or "input" in roles:
            sort = "Activation"
        elif op == "Scores" or op == "Apply":
            sort = sort or "Layer"
        elif op and op not in KIND_OF:
            sort = sort or "Transfer"
    return sort
