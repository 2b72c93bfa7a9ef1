"""The cells of the grid: which flow forms there are, in which frameworks each can exist, and which rules a case is varied over.

A form that a framework has no means for is no cell: Keras has no ``ModuleList``, JAX no training mode of a model object. A case
fills a cell by naming it under its heading (``form:``); it consists of several files or cells.

Every wrong program of a form is written for one rule. The others it is held against by changing nothing but how the activation
and the loss are spelled (:func:`spelled`): whatever way a value takes, each rule has to see where it ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from cases import Block, Case

_THREE = ("torch", "keras", "jax")
_ALL = (*_THREE, "tensorflow", "paddle", "mxnet")

#: group -> form -> the frameworks whose programs can take it
FORMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "project resolution": {
        "package": _ALL,
        "src layout": _THREE,
        "namespace package": _THREE,
        "script beside a package": _THREE,
        "relative imports": _ALL,
        "re-export through __init__": _ALL,
        "star import": _THREE,
        "conditional import": _THREE,
        "try import": _THREE,
        "import cycle": _THREE,
        "module attribute": _THREE,
        "import package, then attribute": _THREE,
        "constant from another file": _THREE,
        "two modules of one name": _THREE,
    },
    "flow through arguments": {
        "model and criterion as parameters": _ALL,
        "trainer object": _ALL,
        "setter": _THREE,
        "default argument": _THREE,
        "functools.partial": _THREE,
        "builder function as argument": _THREE,
        "callback": _THREE,
        "class passed and instantiated later": _THREE,
        "class attribute": _THREE,
        "dict of losses": _THREE,
        "list of losses": _THREE,
        "dict of models": _THREE,
        "list of models": _THREE,
        "getattr by a known name": _THREE,
        "globals()[name]": _THREE,
        "module.__dict__[name]": _THREE,
        "argparse default": _THREE,
        "argparse set_defaults": _THREE,
        "dataclass configuration": _THREE,
        "dict configuration": _THREE,
        "constants of a JSON file": _THREE,
        "constants of a TOML file": _THREE,
        "constants of a YAML file": _THREE,
        "definition behind a decorator": _THREE,
    },
    "several candidates": {
        "if/elif factory": _ALL,
        "registry by decorator": _THREE,
        "match": _THREE,
        "one candidate wrong": _THREE,
        "independent choices": _THREE,
    },
    "model forms": {
        "nested modules": _ALL,
        "inheritance": _THREE,
        "template method": _THREE,
        "super().forward": _THREE,
        "ModuleList": (
            "torch",
            "paddle",
        ),
        "ModuleDict": ("torch",),
        "Sequential slice": (
            "torch",
            "keras",
        ),
        "Sequential index": (
            "torch",
            "keras",
        ),
        "tuple output": _THREE,
        "dict output": _THREE,
        "named tuple output": (
            "torch",
            "jax",
        ),
        "dataclass output": (
            "torch",
            "jax",
        ),
        "ModelOutput.logits": ("torch",),
        "DataParallel": ("torch",),
        "DistributedDataParallel": ("torch",),
        "torch.compile": ("torch",),
        "deepcopy": (
            "torch",
            "keras",
        ),
        ".to() and .cuda()": ("torch",),
        "hooks": ("torch",),
        "values written by index": (
            "torch",
            "jax",
        ),
        "stacked and concatenated lists": _THREE,
        "loops over elements": _THREE,
        "mixture of probabilities": _THREE,
        "exp(log_softmax)": (
            "torch",
            "jax",
            "tensorflow",
        ),
    },
    "training protocols": {
        "plain loop": _ALL,
        "Lightning training_step": ("torch",),
        "Lightning validation_step": ("torch",),
        "Lightning self(x)": ("torch",),
        "Lightning self.model(x)": ("torch",),
        "Lightning configure methods": ("torch",),
        "ignite trainer": ("torch",),
        "ignite evaluator": ("torch",),
        "skorch": ("torch",),
        "fastai Learner": ("torch",),
        "Hugging Face compute_loss": ("torch",),
        "Hugging Face forward with labels": ("torch",),
        "accelerate": ("torch",),
        "catalyst": ("torch",),
        "Paddle dynamic": ("paddle",),
        "Paddle static": ("paddle",),
        "Gluon": ("mxnet",),
        "compile and fit across files": ("keras",),
        "train_step": ("keras",),
        "add_loss": ("keras",),
        "multi-output model by name": ("keras",),
        "KerasClassifier": ("keras",),
        "strategy.scope()": (
            "keras",
            "tensorflow",
        ),
        "tf.estimator": ("tensorflow",),
        "model_to_estimator": ("tensorflow",),
        "TF1 graph and session": ("tensorflow",),
        "jax.grad": ("jax",),
        "jax.value_and_grad": ("jax",),
        "jax.jit": ("jax",),
        "jax.vmap": ("jax",),
        "jax.pmap": ("jax",),
        "Flax apply": ("jax",),
        "TrainState.apply_fn": ("jax",),
        "Haiku transform": ("jax",),
        "Equinox __call__": ("jax",),
    },
    "training mode": {
        "self.training": ("torch",),
        "eval() and train()": (
            "torch",
            "paddle",
        ),
        "training= argument": (
            "keras",
            "jax",
        ),
        "constant flag at the call": (
            "torch",
            "keras",
            "jax",
            "tensorflow",
        ),
    },
    "notebooks": {
        "cells as one program": _ALL,
        "name redefined by a later cell": _THREE,
        "function that reads a later cell's global": _THREE,
        "%run": _THREE,
        "notebook imports a local module": _ALL,
        "percent script": _THREE,
        "Databricks source": _THREE,
    },
    "hard flows": {
        "subclass hands head and loss class to super().__init__": ("torch",),
        "layers appended in a loop, handed to ignite": ("torch",),
        "loss class as argument, model class by set_defaults": ("torch",),
        "one of three models by an argument, deep-copied, in a helper": ("torch",),
        "decoder steps stored by index and sliced": ("torch",),
        "inline Sequential as an argument of forward": ("torch",),
        "two-element tuple, one right and one wrong": ("torch",),
        "activation=partial(…) by a template method": ("torch",),
        "notebook function that reads a later cell's criterion": ("torch",),
        "activation only when not training, and the validation loss": ("torch",),
    },
}

#: Classes of good programs that are easily taken for wrong ones; each has a clean program over several files or cells.
TRAPS: tuple[str, ...] = (
    "literal_probability_array",
    "model_as_parameter_or_other_scope",
    "prediction_is_parameter",
    "keras_factory_function",
    "library_implementation",
    "entropy_or_perplexity",
    "log_sigmoid_with_eps",
    "correlated_branch_flag",
    "kl_target_probs and kl_log_target",
    "test_reference_numerics",
    "focal_or_asymmetric_loss",
    "dynamic_from_logits_flag",
    "probs_to_distribution_positional",
    "metric_beside_loss",
    "tuple_output_conflation",
    "keras_compile_on_parameter",
    "project_helper_returns_kind",
    "taint_reset_by_op",
    "shadowed_loss_name",
    "config_or_yaml_activation",
    "library_model_default_activation",
    "keras_wrapped_last_layer",
    "log_of_mixture and log_of_nonfinal_probs",
    "not_executed_module",
    "sampling_decode",
    "distillation_temperature",
    "inference_output_beside_loss",
    "model_attr_other_class",
    "soft_target_manual_ce",
    "attention",
    "numpy_manual_ce_with_eps",
    "separate_values",
    "sampling_weights",
    "contrastive_scaled_similarity",
    "gating_mixture",
    "distributional_rl",
    "inference_expectation",
    "softmax_as_input_feature",
    "constant_range_table",
    "flag_default_not_taken",
    "keras_identity_after_activation",
    "keras_loaded_model",
    "training_flag_branch",
    "rebinding_after_loss",
    "dual_loss_same_input",
    "wrong_class_resolution",
    "gumbel_softmax",
    "logit_space_pooling",
    "misleading_name",
    "target_is_simulated_data",
    "keras_functional_subclass",
    "same_function_other_path",
    "class defined twice",
    "own compile signature",
    "generator activation before a discriminator",
    "notebook order",
    "Sequential index that skips the activation",
    "number of classes decides both",
    "raw and decoded tuple",
    "averaged log-softmaxes into cross entropy",
    "cosine of rectified values into BCELoss",
    "categorical_crossentropy taken for a loss of scores",
    "parallel logits and probabilities",
)


class Pair(NamedTuple):
    """An activation and a loss, each by its name in :data:`SPELLINGS`; ``code`` is what their meeting is."""

    activation: str
    loss: str
    code: str | None


class Spelling(NamedTuple):
    """``activations``: name -> replacement of every pattern of ``found``. ``losses``: name -> what the known loss is replaced by."""

    found: tuple[str, ...]
    activations: Mapping[str, tuple[str, ...]]
    loss: str
    losses: Mapping[str, str]
    pairs: tuple[Pair, ...]


_INSIDE = r"((?:[^()]|\((?:[^()]|\([^()]*\))*\))*?)"  #: an argument, with brackets inside it up to two deep
_TORCH_PAIRS = (
    Pair("log-softmax", "classes", "LGT102"),
    Pair("sigmoid", "binary", "LGT103"),
    Pair("sigmoid", "classes", "LGT104"),
    Pair("tanh", "classes", "LGT105"),
    Pair("none", "binary of probabilities", "LGT201"),
    Pair("none", "log-probabilities", "LGT202"),
    Pair("softmax", "log-probabilities", "LGT203"),
    Pair("log-softmax", "binary of probabilities", "LGT204"),
    Pair("tanh", "binary of probabilities", "LGT205"),
    Pair("none", "classes", None),
    Pair("none", "binary", None),
    Pair("sigmoid", "binary of probabilities", None),
    Pair("log-softmax", "log-probabilities", None),
)
_LOGIT_PAIRS = (
    Pair("log-softmax", "classes", "LGT102"),
    Pair("sigmoid", "binary", "LGT103"),
    Pair("sigmoid", "classes", "LGT104"),
    Pair("tanh", "classes", "LGT105"),
    Pair("none", "classes", None),
    Pair("none", "binary", None),
)
SPELLINGS: Mapping[str, Spelling] = {
    "torch": Spelling(
        (rf"torch\.softmax\({_INSIDE}, dim=-?1\)", r"nn\.Softmax\(dim=-?1\)", r"partial\(F\.softmax, dim=1\)"),
        {
            "softmax": (r"torch.softmax(\1, dim=1)", "nn.Softmax(dim=1)", "partial(F.softmax, dim=1)"),
            "log-softmax": (r"torch.log_softmax(\1, dim=1)", "nn.LogSoftmax(dim=1)", "partial(F.log_softmax, dim=1)"),
            "sigmoid": (r"torch.sigmoid(\1)", "nn.Sigmoid()", "F.sigmoid"),
            "tanh": (r"torch.tanh(\1)", "nn.Tanh()", "F.tanh"),
            "none": (r"(\1)", "nn.Identity()", "(lambda x: x)"),
        },
        r"CrossEntropyLoss|cross_entropy",
        {
            "classes": r"\g<0>",
            "binary": "BCEWithLogitsLoss|binary_cross_entropy_with_logits",
            "binary of probabilities": "BCELoss|binary_cross_entropy",
            "log-probabilities": "NLLLoss|nll_loss",
        },
        _TORCH_PAIRS,
    ),
    "keras": Spelling(
        (r'(activation=|")softmax(")', r"layers\.Softmax\(\)", rf"keras\.ops\.softmax\({_INSIDE}\)"),
        {
            "softmax": (r"\1softmax\2", "layers.Softmax()", r"keras.ops.softmax(\1)"),
            "log-softmax": (r"\1log_softmax\2", 'layers.Activation("log_softmax")', r"keras.ops.log_softmax(\1)"),
            "sigmoid": (r"\1sigmoid\2", 'layers.Activation("sigmoid")', r"keras.ops.sigmoid(\1)"),
            "tanh": (r"\1tanh\2", 'layers.Activation("tanh")', r"keras.ops.tanh(\1)"),
            "none": (r"\1linear\2", 'layers.Activation("linear")', r"(\1)"),
        },
        r"CategoricalCrossentropy(?P<end>[^\n]*?)\(from_logits=True\)",
        {
            "classes": r"\g<0>",
            "binary": r"BinaryCrossentropy\g<end>(from_logits=True)",
            "classes of probabilities": r"CategoricalCrossentropy\g<end>()",
            "binary of probabilities": r"BinaryCrossentropy\g<end>()",
        },
        (
            *_LOGIT_PAIRS,
            Pair("none", "classes of probabilities", "LGT201"),
            Pair("log-softmax", "classes of probabilities", "LGT204"),
            Pair("tanh", "classes of probabilities", "LGT205"),
            Pair("sigmoid", "classes of probabilities", "LGT401"),
            Pair("softmax", "binary of probabilities", "LGT402"),
            Pair("softmax", "classes of probabilities", None),
            Pair("sigmoid", "binary of probabilities", None),
        ),
    ),
    "jax": Spelling(
        (r"\b((?:jax\.)?nn)\.softmax\(",),
        {
            "log-softmax": (r"\1.log_softmax(",),
            "sigmoid": (r"\1.sigmoid(",),
            "tanh": (r"\1.tanh(",),
            "none": ("(",),
        },
        r"softmax_cross_entropy",
        {"classes": r"\g<0>", "binary": "sigmoid_binary_cross_entropy"},
        _LOGIT_PAIRS,
    ),
    "tensorflow": Spelling(
        (r"\btf\.nn\.softmax\(", r'activation="softmax"', r"activation=tf\.nn\.softmax"),
        {
            "log-softmax": ("tf.nn.log_softmax(", 'activation="log_softmax"', "activation=tf.nn.log_softmax"),
            "sigmoid": ("tf.nn.sigmoid(", 'activation="sigmoid"', "activation=tf.nn.sigmoid"),
            "tanh": ("tf.nn.tanh(", 'activation="tanh"', "activation=tf.nn.tanh"),
            "none": ("(", "activation=None", "activation=None"),
        },
        r"\bsoftmax_cross_entropy_with_logits(?:_v2)?\b",
        {"classes": r"\g<0>", "binary": "sigmoid_cross_entropy_with_logits"},
        _LOGIT_PAIRS,
    ),
    "paddle": Spelling(
        (rf"F\.softmax\({_INSIDE}\)", r"nn\.Softmax\(\)"),
        {
            "softmax": (r"F.softmax(\1)", "nn.Softmax()"),
            "log-softmax": (r"F.log_softmax(\1)", "nn.LogSoftmax()"),
            "sigmoid": (r"F.sigmoid(\1)", "nn.Sigmoid()"),
            "tanh": (r"F.tanh(\1)", "nn.Tanh()"),
            "none": (r"(\1)", "nn.Identity()"),
        },
        r"CrossEntropyLoss",
        {
            "classes": r"\g<0>",
            "binary": "BCEWithLogitsLoss",
            "binary of probabilities": "BCELoss",
            "log-probabilities": "NLLLoss",
        },
        _TORCH_PAIRS,
    ),
    "mxnet": Spelling(
        (r"npx\.softmax\(",),
        {"log-softmax": ("npx.log_softmax(",), "sigmoid": ("npx.sigmoid(",), "none": ("(",)},
        r"SoftmaxCrossEntropyLoss",
        {"classes": r"\g<0>", "binary": "SigmoidBinaryCrossEntropyLoss"},
        tuple(pair for pair in _LOGIT_PAIRS if pair.activation != "tanh"),
    ),
}
_OF_PROBABILITIES = frozenset({"binary of probabilities", "classes of probabilities", "log-probabilities"})
#: Forms that say something only with some losses. In most of these raw scores reach the same loss too, which is right only where
#: it wants scores; skorch takes the logarithm itself where it is given ``NLLLoss``.
NOT_WITH: Mapping[str, frozenset[str]] = {
    "one candidate wrong": _OF_PROBABILITIES,
    "independent choices": _OF_PROBABILITIES,
    "two modules of one name": _OF_PROBABILITIES,
    "eval() and train()": _OF_PROBABILITIES,
    "template method": _OF_PROBABILITIES,
    "Sequential index": _OF_PROBABILITIES,
    "skorch": frozenset({"log-probabilities"}),
}
#: A mean of tanh or of log-probabilities is no such thing any more, and of a mixture nobody knows what it is trained for.
NOT_THESE: Mapping[str, frozenset[str]] = {
    "mixture of probabilities": frozenset({"LGT102", "LGT105", "LGT204", "LGT205", "LGT401", "LGT402"}),
}


def framework(case: Case) -> str:
    return case.page.parent.name


def spelled(case: Case, pair: Pair) -> Case | None:
    """The same program with another activation and loss; None where it does not spell them in a way that is known here."""
    spelling = SPELLINGS[framework(case)]
    if any(pair.loss in NOT_WITH.get(form, ()) or pair.code in NOT_THESE.get(form, ()) for form in case.forms):
        return None
    text = "\n".join(block.text for block in case.blocks if block.is_python)
    if not any(re.search(pattern, text) for pattern in spelling.found) or not re.search(spelling.loss, text):
        return None
    blocks = tuple(_spelled(block, spelling, pair) for block in case.blocks)
    return replace(case, blocks=blocks)


def _spelled(block: Block, spelling: Spelling, pair: Pair) -> Block:
    text = block.text
    for pattern, new in zip(spelling.found, spelling.activations[pair.activation], strict=True):
        text = re.sub(pattern, new, text)
    losses = spelling.losses[pair.loss].split("|")
    if len(losses) == 2:
        text = text.replace("CrossEntropyLoss", losses[0]).replace("F.cross_entropy", f"F.{losses[1]}")
    else:
        text = re.sub(spelling.loss, losses[0], text)
    return replace(block, text=text)


def rules(case: Case) -> tuple[str, ...]:
    """The rules that a wrong program is held against: its own, and those that it is varied over."""
    varied = (pair.code for pair in SPELLINGS[framework(case)].pairs if pair.code and spelled(case, pair) is not None)
    return tuple(sorted({*case.codes, *varied}))
