"""Where code tells its reader that a value is a probability: by the name of a function, a key, the words around it.

A name decides nothing here. The site says what was claimed; whether the value is what the claim says is judged by its kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from logitlint.interp.core import Core
from logitlint.interp.state import options
from logitlint.interp.values import Const, Loc, Tensor, Value
from logitlint.kinds import Kind

_NAME = re.compile(r"(?:^|_)(?:prob|probs|proba|probas|probability|probabilities)(?:_|$)", re.IGNORECASE)
_WORD = re.compile(r"\bprob(?:s|abilit(?:y|ies))?\b", re.IGNORECASE)
_LOG = re.compile(r"log|unnorm|raw|score", re.IGNORECASE)


def is_probability(name: str) -> bool:
    """Whether a name says that it stands for probabilities, and not for their logarithm or their unnormalised form."""
    return _NAME.search(name) is not None and _LOG.search(name) is None


def named(m: Core, name: object, value: Value, loc: Loc) -> None:
    """A value returned by a function, or kept under a key, that is called a probability."""
    if isinstance(name, str) and _holds_scores(value) and is_probability(name):
        m.record("claim", loc, name, value)


def text(m: Core, parts: Sequence[Value], loc: Loc) -> None:
    """A text that speaks of probabilities, with the values in it."""
    found = [each for each in parts if _holds_scores(each)]
    if not found:
        return
    words = " ".join(each.value for each in parts if isinstance(each, Const) and isinstance(each.value, str))
    if _WORD.search(words) and not _LOG.search(words):
        for each in found:
            m.record("claim", loc, " ".join(words.split())[:40], each)


def _holds_scores(value: Value) -> bool:
    return any(isinstance(each, Tensor) and each.kind is Kind.SCORES for _, each in options(value))
