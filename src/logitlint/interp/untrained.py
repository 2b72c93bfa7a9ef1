"""Functions and layers that convolve with what nobody trains, to blur an image or to find its edges: they make no scores."""

from __future__ import annotations

import re

from logitlint import catalog
from logitlint.interp import foreign
from logitlint.interp.core import Core, hop
from logitlint.interp.signatures import Env
from logitlint.interp.transfer import is_variable
from logitlint.interp.values import Const, LibObject, Loc, Mapping, Method, Tensor, Unknown, Value
from logitlint.kinds import LOG_PROBABILITIES, PROBABILITIES, Kind

#: A convolution, over so many axes beside those of examples and channels.
CONVOLUTION = re.compile(r"[Cc]onv(?:_?[Tt]ranspose)?([123])[dD](?:_?[Tt]ranspose)?$")
_KERNELS = ("weight", "filters", "filter", "kernel")
_HELD = "held fast"  # no name of an attribute
_BY_HAND = Unknown(None, "is what a layer gives whose weights were set by hand")


def is_untrained(api: str, env: Env) -> bool:
    """Whether a call, with these arguments and those of the constructor, takes weights that nobody trains.

    A layer without a bias that is given probabilities averages them, or adds them up, with weights that are set or bound somewhere."""
    if env.get("bias", env.get("use_bias")) == Const(False) and any(map(_is_distribution, env.values())):
        return True
    convolves = CONVOLUTION.search(api) is not None
    contract = catalog.lookup(api) if convolves or api.endswith(".linear") else None
    if contract is None:
        return False
    if contract.init or "kernel_size" in env:  # it makes the filters itself
        others = env.get("kwargs")
        return convolves and isinstance(others, Mapping) and ("trainable", Const(False)) in others.items
    kernel = next((env[name] for name in _KERNELS if name in env), None)
    return kernel is not None and not is_variable(kernel)


def _is_distribution(value: Value) -> bool:
    return isinstance(value, Tensor) and value.kind in PROBABILITIES | LOG_PROBABILITIES


def assigned(m: Core, value: LibObject | Method, name: str, new: Value) -> None:
    """``layer.weight = …``, ``layer.weight.data = …``, ``layer.weight.requires_grad = False``."""
    if name == "requires_grad":
        if new == Const(False):
            hold(m, value)
    elif name in ("weight", "data"):
        copied(m, Method(value, name), new)


def copied(m: Core, value: Method, new: Value) -> None:
    """``layer.weight.data.copy_(…)``, of what nobody trains, and of no weights of another layer."""
    if not is_variable(new) and not _is_of_layer(new):
        hold(m, value)


def hold(m: Core, value: LibObject | Method) -> None:
    """Nobody trains the weights of a layer. Without a bias a convolution is a filter then; other layers were trained before, elsewhere."""
    layer = _owner(value)
    if layer is not None and CONVOLUTION.search(layer.name) is not None and layer.get("bias") == Const(False):
        m.state.set(foreign.slot(layer.loc, _HELD), Const(True))


def is_filter(m: Core, layer: LibObject) -> bool:
    return m.state.get(foreign.slot(layer.loc, _HELD)) is not None


def filtered(given: Value | None, loc: Loc) -> Value:
    """What a filter gives: of raw scores raw scores, of anything else nothing is known."""
    return hop(given, loc, "is filtered") if isinstance(given, Tensor) and given.kind is Kind.SCORES else _BY_HAND


def _owner(value: Value) -> LibObject | None:
    """The layer whose weight it is: ``layer.weight``, ``layer.weight.data``."""
    while isinstance(value, Method) and value.name in ("weight", "data"):
        value = value.receiver
    return value if isinstance(value, LibObject) else None


def _is_of_layer(value: Value) -> bool:
    """Whether weights are those of another layer, perhaps changed: ``other.weight.data.clone()``."""
    while isinstance(value, Method):
        value = value.receiver
    if isinstance(value, LibObject):
        return True
    symbol: object = value.sym if isinstance(value, Unknown) else None
    while isinstance(symbol, tuple) and len(symbol) > 2:
        if symbol[0] == "item" or symbol[::2] == ("attr", "weight"):
            return True
        symbol = symbol[1]
    return False
