"""Keras and TensorFlow: models, layers, compile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from logitlint.interp.core import Args, Core
from logitlint.interp.values import Loc, Ref, Value

_Handler: TypeAlias = Callable[[Core, str, Args, Loc], Value]
#: Canonical API name -> what a call of it does.
CALLS: dict[str, _Handler] = {}


def call(m: Core, ref: Ref, args: Args, loc: Loc) -> Value | None:
    """Call a heap object of this framework; None when it is none."""
    return None


def method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value | None:
    """A method of a heap object of this framework; None when it is none of them."""
    return None
