"""The words of ``explain``: kinds, operations and misuse in sentences."""

from __future__ import annotations

from logitlint.kinds import Want

EVIDENCE = {"V": "verified numerically", "S": "read in the installed source", "R": "recalled from documentation"}

SORTS = {
    "Loss": "Loss",
    "Activation": "Activation",
    "Layer": "Layer",
    "Container": "Container of layers",
    "Model": "Model",
    "Metric": "Metric",
    "Distribution": "Distribution",
    "Sampler": "Sampler",
    "Tensor": "Tensor",
    "Output": "Output of a model",
    "Wrapper": "Wrapper",
    "Trainer": "Trainer",
    "Transfer": "Operation",
}

#: ``{}`` is where the classes stand: "" or " along axis 1".
WANTS = {
    Want.LOGITS_CAT: "raw scores, one for each class{} (`logits_cat`); softmax is applied inside",
    Want.LOGITS_EL: "raw scores, one for each independent decision (`logits_el`); sigmoid is applied inside",
    Want.PROB_CAT: "probabilities that sum to one over the classes{} (`prob_cat`), as softmax makes them",
    Want.PROB_EL: "independent probabilities (`prob_el`), as sigmoid makes them",
    Want.LOGPROB_CAT: "log-probabilities of the classes{} (`logprob_cat`), as log-softmax makes them",
    Want.TARGET_PROB: "a target given as probabilities, never as their logarithms",
    Want.ANY: "any values: nothing is reported here",
}

PRODUCTS = {
    "scores": "raw scores, unbounded",
    "prob_cat": "probabilities that sum to one",
    "prob_el": "independent probabilities, each in (0, 1)",
    "logprob_cat": "log-probabilities of a distribution",
    "logprob_el": "logarithms of independent probabilities",
    "unit": "values in [0, 1] that are no sigmoid",
    "clamped": "scores cut to [0, 1]",
    "rectified": "values that are zero for every negative input",
    "nonneg": "non-negative values",
    "bounded_pm1": "values in [-1, 1]",
    "bounded_0_6": "values in [0, 6]",
    "half_bounded": "values bounded from below",
    "index": "class numbers, which have no gradient",
    "onehot": "one-hot rows",
    "features": "features: the input of a last layer",
    "loss": "the value of a loss",
    "MetricValue": "the value of a metric",
    "Sample": "a sample",
    "unknown": "values of which nothing is said",
    "None": "None",
}

#: A transfer in words. ``{0}`` … are its arguments.
OPERATIONS = {
    "Same": "the kind of {first}",
    "Reshape": "the kind of {first}, in another shape",
    "Permute": "the kind of {first}, its axes moved",
    "Select": "parts of {first}: a class picked out of a distribution is an independent probability",
    "Pick": "rows of {first}: distributions stay such, unless they are picked along their classes",
    "Log": "the logarithm of {first}: log-probabilities of probabilities",
    "Log1p": "log(1 + {first})",
    "Exp": "the exponential of {first}: probabilities of log-probabilities, non-negative values of scores",
    "Mean": "the mean of {first}: probabilities stay probabilities, scores stay scores, log-probabilities become unknown",
    "Sum": "the sum of {first}: the kind is lost",
    "Max": "the extreme values of {first}: scores stay scores, other kinds are lost",
    "Clamp": "{first} cut to a range: probabilities stay probabilities, scores cut to [0, 1] are no probabilities",
    "Join": "the kind on which all of {first} agree",
    "Where": "the kind on which {0} and {1} agree",
    "Dropout": "{first} after dropout: scores stay scores, probabilities are lost",
    "Normalised": "{first} after a normalisation: scores stay scores, other kinds are lost",
    "DivideByNorm": "{first} divided by its norm: with p=1, non-negative values become a distribution",
    "Neg": "the negative of {first}",
    "Add": "the sum of {0} and {1}",
    "Sub": "{0} minus {1}",
    "Rsub": "{1} minus {0}",
    "Mul": "the product of {0} and {1}",
    "Div": "{0} divided by {1}",
    "MatMul": "the matrix product of {0} and {1}: raw scores where one of them is trained",
    "MaskedFill": "{first} with some elements set: scores stay scores, other kinds are lost",
    "Logit": "raw scores of the probabilities {first}",
    "LogSumExp": "the log of the sum of the exponentials of {first}",
    "ArgMax": "class numbers, the position of the largest element of {first}; they have no gradient",
    "Apply": "what the activation {0} makes of {1}; without an activation, {1}",
    "Wrap": "{first}, called in the same way",
    "Unwrap": "what was wrapped in {first}",
    "Call": "what calling {first} gives",
    "Grad": "a function that gives the gradient of {first}",
    "ValueAndGrad": "a function that gives the value of {first} and its gradient",
    "Empty": "an array to be filled: the kind of what is stored in it",
    "Variable": "a trained variable",
    "Chunks": "parts of {first}, as a sequence",
    "Pair": "a tuple of {all}",
    "Object": "an object of {first}",
}

#: Rules that can speak of what a call gives, by kind.
OF_PRODUCT = {
    "prob_cat": ("LGT101", "LGT203", "LGT301", "LGT402", "LGT403", "LGT404", "LGT405", "LGT406", "LGT410"),
    "prob_el": ("LGT103", "LGT104", "LGT203", "LGT302", "LGT303", "LGT401", "LGT404", "LGT410"),
    "logprob_cat": ("LGT102", "LGT204", "LGT404", "LGT405", "LGT410"),
    "logprob_el": ("LGT104", "LGT204"),
    "unit": ("LGT105",),
    "rectified": ("LGT105", "LGT205"),
    "bounded_pm1": ("LGT105", "LGT205"),
    "bounded_0_6": ("LGT105", "LGT205"),
    "index": ("LGT407",),
    "scores": ("LGT201", "LGT202", "LGT309", "LGT411"),
}
#: Rules that can speak of an operation.
OF_OPERATION = {
    "Log": ("LGT301", "LGT302", "LGT303", "LGT304", "LGT306", "LGT307", "LGT309"),
    "Log1p": ("LGT303", "LGT307"),
    "Exp": ("LGT306", "LGT307"),
    "Clamp": ("LGT206", "LGT304", "LGT410"),
    "ArgMax": ("LGT407",),
    "Apply": ("LGT101", "LGT103", "LGT105", "LGT201", "LGT205", "LGT401", "LGT402", "LGT403"),
}

_LOSS_OF_PROBABILITIES = (
    "The raw output of a last layer is no probability: apply the activation, or use the loss on logits (LGT201).",
    "Log-probabilities are no probabilities (LGT204).",
)
_LOSS_THAT_MEASURES = "The raw output of a last layer is no probability: apply the activation first (LGT201)."
#: (sort, want) or ("", kind) -> sentences, the most frequent misuse first.
MISUSE: dict[tuple[str, str], tuple[str, ...]] = {
    ("Loss", Want.LOGITS_CAT): (
        "A model that ends in softmax: it would be applied twice, and training stalls far from the optimum (LGT101).",
        "A model that ends in sigmoid or relu (LGT104, LGT105).",
    ),
    ("Loss", Want.LOGITS_EL): (
        "A model that ends in sigmoid: it would be applied twice (LGT103).",
        "A model that ends in softmax: the loss is one of independent decisions (LGT104).",
    ),
    ("Loss", Want.PROB_CAT): (_LOSS_OF_PROBABILITIES[0], "Sigmoid outputs do not sum to one over the classes (LGT401)."),
    ("Loss", Want.PROB_EL): (_LOSS_OF_PROBABILITIES[0], "The columns of a softmax are not independent (LGT402)."),
    ("Loss", Want.LOGPROB_CAT): (
        "Raw scores are accepted silently, and the loss goes below zero: apply log-softmax (LGT202).",
        "So are probabilities: use log-softmax instead of softmax (LGT203).",
    ),
    ("Loss", Want.TARGET_PROB): ("A target of log-probabilities (LGT204).",),
    ("Metric", Want.PROB_EL): ("Raw scores are compared with a threshold made for probabilities, without any error (LGT502).",),
    ("Metric", Want.PROB_CAT): ("Raw scores are read as probabilities (LGT502).",),
    ("Metric", Want.LOGITS_CAT): ("Probabilities are read as raw scores (LGT502).",),
    ("Metric", Want.LOGITS_EL): ("Probabilities are read as raw scores (LGT502).",),
    ("Measured", Want.PROB_EL): (_LOSS_THAT_MEASURES,),
    ("Measured", Want.PROB_CAT): (_LOSS_THAT_MEASURES,),
    ("Distribution", Want.PROB_CAT): ("Raw scores or log-probabilities given as probabilities (LGT501).",),
    ("Distribution", Want.PROB_EL): ("Raw scores given as probabilities (LGT501).",),
    ("Distribution", Want.LOGITS_CAT): ("Probabilities given as logits: the distribution flattens (LGT501).",),
    ("Distribution", Want.LOGITS_EL): ("Probabilities given as logits: nothing falls below one half (LGT501).",),
    ("", "scores"): ("In front of a loss that wants probabilities or log-probabilities (LGT201, LGT202).",),
    ("", "Apply"): (
        "With an activation, in front of a loss that applies it itself (LGT101, LGT103).",
        "Without one, in front of a loss that wants probabilities (LGT201).",
    ),
    ("", "prob_cat"): (
        "In front of a loss that applies softmax itself (LGT101).",
        "Its logarithm underflows: use log-softmax (LGT301).",
    ),
    ("", "prob_el"): (
        "In front of a loss that applies sigmoid itself (LGT103).",
        "Its logarithm underflows: use log-sigmoid (LGT302).",
    ),
    ("", "logprob_cat"): ("In front of a loss that wants probabilities (LGT204), or one that applies log-softmax itself (LGT102).",),
    ("", "logprob_el"): ("In front of a loss that wants logits or probabilities (LGT104, LGT204).",),
    ("", "rectified"): ("As the last operation before a loss: half of the range is cut away (LGT105, LGT205).",),
    ("", "bounded_pm1"): ("As the last operation before a loss: the range is too small for it (LGT105, LGT205).",),
    ("", "bounded_0_6"): ("As the last operation before a loss: the range is too small for it (LGT105, LGT205).",),
    ("", "unit"): ("In front of a loss that applies an activation itself (LGT105).",),
    ("", "index"): ("In front of a loss: class numbers have no gradient (LGT407).",),
    ("", "Log"): ("Of softmax or sigmoid: it underflows, the log-activation does not (LGT301, LGT302).",),
    ("", "Clamp"): ("Cutting scores to [0, 1] does not make them probabilities (LGT206).",),
    ("", "ArgMax"): ("In front of a loss: class numbers have no gradient (LGT407).",),
}
