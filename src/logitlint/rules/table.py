"""Every rule: its name (its identity), its code, its group and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from logitlint.diagnostics import Level


@dataclass(frozen=True, slots=True)
class Rule:
    """``fix`` is how far the repair can be trusted, in words; ``summary`` finishes the sentence "reported when …"."""

    code: str
    name: str
    group: str
    summary: str
    fix: str

    @property
    def default_level(self) -> Level:
        return _LEVELS[self.group] if self.code != "LGT900" else "error"


_LEVELS: dict[str, Level] = {"correctness": "error", "stability": "warning", "redundant": "note", "advice": "note", "tool": "note"}

RULES: tuple[Rule, ...] = (
    Rule(
        "LGT101",
        "softmax-into-logits-loss",
        "correctness",
        "softmax probabilities reach a loss that applies softmax itself",
        "unsafe: remove the activation, or flip `from_logits`",
    ),
    Rule(
        "LGT102",
        "log-softmax-into-logits-loss",
        "redundant",
        "log-probabilities reach a loss that applies log-softmax itself",
        "safe: the loss on log-probabilities",
    ),
    Rule(
        "LGT103",
        "sigmoid-into-logits-loss",
        "correctness",
        "sigmoid probabilities reach a loss that applies sigmoid itself",
        "unsafe: remove the activation, or flip `from_logits`",
    ),
    Rule(
        "LGT104",
        "wrong-activation-into-logits-loss",
        "correctness",
        "the activation of the other loss family reaches a loss on logits",
        "suggestion",
    ),
    Rule(
        "LGT105",
        "bounded-into-logits-loss",
        "correctness",
        "relu, tanh or their kin is the last operation before a loss on logits",
        "suggestion",
    ),
    Rule(
        "LGT201",
        "logits-into-probability-loss",
        "correctness",
        "the raw output of a linear layer reaches a loss that wants probabilities",
        "unsafe: the loss on logits",
    ),
    Rule(
        "LGT202",
        "logits-into-log-probability-loss",
        "correctness",
        "raw scores reach a loss that wants log-probabilities",
        "unsafe: cross entropy, or insert log-softmax",
    ),
    Rule(
        "LGT203",
        "probabilities-into-log-probability-loss",
        "correctness",
        "probabilities reach a loss that wants log-probabilities",
        "unsafe: log-softmax for softmax",
    ),
    Rule(
        "LGT204",
        "log-probabilities-into-probability-loss",
        "correctness",
        "log-probabilities reach a loss that wants probabilities",
        "suggestion",
    ),
    Rule(
        "LGT205",
        "bounded-into-probability-loss",
        "correctness",
        "the output of relu or tanh reaches a loss that wants probabilities",
        "suggestion",
    ),
    Rule(
        "LGT206",
        "clamped-scores-into-probability-loss",
        "correctness",
        "scores cut to [0, 1] reach a loss that wants probabilities",
        "unsafe: the loss on logits",
    ),
    Rule("LGT301", "log-of-softmax", "stability", "the logarithm is taken of softmax probabilities", "safe: log-softmax"),
    Rule("LGT302", "log-of-sigmoid", "stability", "the logarithm is taken of a sigmoid", "safe: log-sigmoid"),
    Rule(
        "LGT303",
        "log-of-one-minus-sigmoid",
        "stability",
        "the logarithm is taken of one minus a sigmoid",
        "safe: log-sigmoid of the negated scores",
    ),
    Rule(
        "LGT304",
        "padded-log-of-probability",
        "advice",
        "the logarithm is taken of a probability that was shifted or clamped",
        "unsafe: the log-activation",
    ),
    Rule(
        "LGT305",
        "manual-cross-entropy",
        "advice",
        "a cross entropy is written out with a logarithm, a product and a sum",
        "unsafe: the fused loss",
    ),
    Rule("LGT306", "log-of-sum-exp", "stability", "log(sum(exp(x)))", "safe: logsumexp"),
    Rule("LGT307", "log-of-one-plus-exp", "stability", "log(1 + exp(x))", "safe: softplus"),
    Rule(
        "LGT308",
        "probability-loss-on-fresh-sigmoid",
        "advice",
        "a binary loss on probabilities receives the output of a sigmoid",
        "unsafe: the fused loss on logits",
    ),
    Rule("LGT309", "log-of-scores", "correctness", "the logarithm of raw scores is used as a log-probability", "suggestion"),
    Rule(
        "LGT310",
        "manual-cross-entropy-without-log",
        "advice",
        "softmax probabilities times one-hot labels are summed and negated: the logarithm is missing",
        "suggestion",
    ),
    Rule(
        "LGT401",
        "sigmoid-with-categorical-loss",
        "correctness",
        "a sigmoid output of several units reaches a categorical loss on probabilities",
        "suggestion",
    ),
    Rule("LGT402", "softmax-with-binary-loss", "correctness", "a softmax output reaches a binary loss on probabilities", "suggestion"),
    Rule("LGT403", "softmax-over-one-unit", "correctness", "softmax runs over an axis of size one", "unsafe: sigmoid"),
    Rule(
        "LGT404",
        "activation-of-activation",
        "correctness",
        "softmax of a softmax, sigmoid of a sigmoid, log-softmax of a softmax",
        "unsafe: drop one",
    ),
    Rule("LGT405", "softmax-without-dim", "stability", "torch's softmax is called without `dim`", "suggestion"),
    Rule(
        "LGT406",
        "softmax-over-wrong-axis",
        "correctness",
        "the axis of the distribution is not the axis along which its consumer looks for classes",
        "unsafe: the other axis",
    ),
    Rule("LGT407", "argmax-into-loss", "correctness", "class numbers taken from the prediction reach a loss", "suggestion"),
    Rule(
        "LGT408",
        "label-form-mismatch",
        "correctness",
        "labels of one form reach a loss on the other, or raw scores stand where labels belong",
        "suggestion: the matching loss",
    ),
    Rule(
        "LGT409",
        "swapped-loss-arguments",
        "correctness",
        "labels stand in the prediction's place and the prediction in the labels'",
        "unsafe: swap them",
    ),
    Rule("LGT410", "discarded-activation", "correctness", "the result of an activation or a clamp is thrown away", "suggestion"),
    Rule("LGT411", "one-unit-into-class-loss", "correctness", "an output of one unit reaches a loss over classes", "suggestion"),
    Rule(
        "LGT501",
        "wrong-kind-into-distribution",
        "correctness",
        "scores are given to a distribution as probabilities, or probabilities as logits",
        "unsafe: the right keyword",
    ),
    Rule("LGT502", "metric-on-wrong-kind", "correctness", "a metric that thresholds probabilities is fed with raw scores", "suggestion"),
    Rule(
        "LGT503",
        "logits-reported-as-probabilities",
        "advice",
        "logits are returned or printed under the name of probabilities",
        "suggestion",
    ),
    Rule("LGT900", "invalid-syntax", "tool", "a file or a notebook cell cannot be parsed", "none"),
    Rule("LGT901", "unused-suppression", "tool", "a comment suppresses a rule that reports nothing there", "safe: remove the comment"),
)

_BY_CODE = {rule.code: rule for rule in RULES}
GROUPS = tuple(dict.fromkeys(rule.group for rule in RULES))


def by_code(code: str) -> Rule:
    return _BY_CODE[code]


def selected(selectors: tuple[str, ...]) -> frozenset[str]:
    """The codes that selectors (codes, prefixes, names, groups, ``ALL``) mean."""
    return frozenset(rule.code for rule in RULES for s in selectors if means(s, rule))


def means(selector: str, rule: Rule) -> bool:
    if selector == "ALL" or selector in (rule.name, rule.group):
        return True
    return selector.startswith("LGT") and rule.code.startswith(selector)
