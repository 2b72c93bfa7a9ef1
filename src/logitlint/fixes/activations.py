"""An activation as it stands in the text, and what can be done to it: take it away, or put its relative in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import libcst as cst

from logitlint import catalog
from logitlint.fixes.names import Names, Spelled, dotted
from logitlint.fixes.syntax import (
    Change,
    Spot,
    Withheld,
    argument,
    expression,
    removed,
    tight,
    unwrapped,
    walk,
    whole_statement,
    without_argument,
    without_element,
    without_statement,
)
from logitlint.interp.values import Loc
from logitlint.kinds import Kind

Form = Literal["function", "method", "instance", "layer", "argument"]
Relative = Literal["log", "sigmoid"]

_INPUTS = ("input", "x", "logits", "inputs", "a", "features", "self", "data")

_TORCH_LOG_SOFTMAX = ("torch.nn.functional.log_softmax", "torch.log_softmax")
_TORCH_LOG_SIGMOID = ("torch.nn.functional.logsigmoid",)
#: Library -> kind -> the functions that make the logarithm of that kind, the preferred one first.
_LOGS: dict[str, dict[Kind, tuple[str, ...]]] = {
    "torch": {Kind.PROB_CAT: _TORCH_LOG_SOFTMAX, Kind.PROB_EL: _TORCH_LOG_SIGMOID},
    "tensorflow": {Kind.PROB_CAT: ("tensorflow.nn.log_softmax",), Kind.PROB_EL: ("tensorflow.math.log_sigmoid",)},
    "jax": {Kind.PROB_CAT: ("jax.nn.log_softmax",), Kind.PROB_EL: ("jax.nn.log_sigmoid",)},
    "flax": {
        Kind.PROB_CAT: ("jax.nn.log_softmax", "flax.linen.log_softmax"),
        Kind.PROB_EL: ("jax.nn.log_sigmoid", "flax.linen.log_sigmoid"),
    },
    "keras": {Kind.PROB_CAT: ("keras.ops.log_softmax",), Kind.PROB_EL: ("keras.ops.log_sigmoid",)},
    "paddle": {Kind.PROB_CAT: ("paddle.nn.functional.log_softmax",), Kind.PROB_EL: ("paddle.nn.functional.log_sigmoid",)},
}
#: Classes and the class that stands in their place.
_LOG_CLASSES = {"torch.nn.Softmax": "torch.nn.LogSoftmax", "torch.nn.Sigmoid": "torch.nn.LogSigmoid"}
_SIGMOIDS: dict[str, tuple[str, ...]] = {
    "torch": ("torch.sigmoid",),
    "tensorflow": ("tensorflow.sigmoid",),
    "jax": ("jax.nn.sigmoid",),
    "flax": ("jax.nn.sigmoid", "flax.linen.sigmoid"),
    "keras": ("keras.ops.sigmoid",),
}
_PROBABILITIES: dict[str, tuple[str, ...]] = {
    "torch": ("torch.softmax", "torch.nn.functional.softmax"),
    "tensorflow": ("tensorflow.nn.softmax",),
    "jax": ("jax.nn.softmax",),
    "flax": ("jax.nn.softmax", "flax.linen.softmax"),
    "keras": ("keras.ops.softmax",),
}
#: Layers whose activation may be given by position.
_ACTIVATION_AT = {"Dense": 1, "dense": 2}
#: Layers that are an activation and nothing else.
_CLASSES = frozenset("Softmax Sigmoid Softmax2d Activation LogSoftmax LogSigmoid ReLU ReLU6 Tanh Hardsigmoid Hardtanh".split())
_METHODS = ("torch.Tensor.", "jax.Array.")


def library(api: str) -> str:
    """The library whose operations go with an API: for the Keras inside TensorFlow, TensorFlow."""
    return api.partition(".")[0]


def spelled_in(full: str, api: str) -> str:
    """``tensorflow.nn.log_softmax`` for somebody who reaches TensorFlow as ``tensorflow.compat.v1``."""
    if api.startswith("tensorflow.compat.v1.") and full.startswith("tensorflow."):
        return "tensorflow.compat.v1." + full.removeprefix("tensorflow.")
    return full


@dataclass(frozen=True, slots=True)
class Activation:
    """``spot`` is the call that makes the kind; for a layer of a ``Sequential`` or an ``activation=`` argument, where it is built.

    ``built`` is where the module of an ``instance`` is constructed. ``made`` is the call that makes the kind, where that is one call of
    many layers and ``spot`` the layer that is one of them.
    """

    spot: Spot
    api: str
    kind: Kind
    form: Form
    names: Names
    built: Spot | None = None
    made: Loc | None = None

    @property
    def call(self) -> cst.Call:
        assert isinstance(self.spot.node, cst.Call)
        return self.spot.node

    @property
    def scores(self) -> Spot:
        """What the activation is applied to. Raises Withheld where that is no expression of its own."""
        if self.form == "method":
            assert isinstance(self.call.func, cst.Attribute)
            return self.spot.at(self.call.func.value)
        if self.form not in ("function", "instance"):
            raise Withheld("the activation is a layer")
        arg = argument(self.call, 0, *_INPUTS)
        if arg is None or arg.star:
            raise Withheld("what the activation is applied to is not written in its call")
        return self.spot.at(arg.value)

    @property
    def rest(self) -> list[cst.Arg]:
        """The arguments beside the scores."""
        if self.form == "method":
            return list(self.call.args)
        scores = self.scores.node
        return [each for each in self.call.args if each.value is not scores]

    @property
    def label(self) -> str:
        """The name that the operation has in a graph; empty without one."""
        return next((self.spot.unit.text(each.value) for each in self.call.args if _is_label(each)), "")

    # ------------------------------------------------------------------ away with it

    def dropped(self) -> list[Change]:
        """The value becomes the scores."""
        if self.form == "argument":
            return [without_argument(self.spot.unit, self.call, self._activation_argument())]
        if self.form == "layer":
            return _without_layer(self.spot)
        return unwrapped(self.spot, self.scores.node)

    def _activation_argument(self) -> cst.Arg:
        arg = activation_argument(self.call)
        if arg is None:
            raise Withheld("the activation is not written in the layer's call")
        return arg

    # ------------------------------------------------------------------ its relatives

    def applied(self, text: str, spot: Spot, relative: Relative | None = None) -> tuple[str, list[Change]]:
        """The activation (or its relative) of ``text``, written at ``spot``; and the imports that it needs."""
        spelled = self._spelled(spot, relative)
        rest = self._rest_text(spot) if relative != "sigmoid" else []  # which has no axis
        return f"{spelled.text}({', '.join([text, *rest])})", list(spelled.changes)

    def applied_to(self, reader: Spot) -> tuple[str, list[Change]]:
        """The activation of what an expression gives, in its place: what ``predict`` gives is an array of NumPy, and has to stay one."""
        text, changes = self.applied(expression(reader), reader)
        predicts = isinstance(reader.node, cst.Call) and called(reader.node) in ("predict", "predict_on_batch")
        if not predicts or self._library() not in ("tensorflow", "keras"):
            return text, changes
        if self._library() == "tensorflow":
            return f"{text}.numpy()", changes
        home = text.partition("(")[0].rpartition(".")[0]
        if not home:
            raise Withheld("what is predicted is an array of NumPy")
        return f"{home}.convert_to_numpy({text})", changes

    def _rest_text(self, spot: Spot) -> list[str]:
        if self.form in ("layer", "argument", "instance"):
            return self._built_text()
        rest = [each for each in self.rest if each.keyword is None or each.keyword.value != "name"]  # of one node of a graph
        if not all(_constant(each.value) or self.spot.unit is spot.unit for each in rest):
            raise Withheld("the activation has arguments that mean something only where it stands")
        return [self._named_axis(each) if self.form == "method" else self.spot.unit.text(each) for each in rest]

    def _built_text(self) -> list[str]:
        """What the module was built with, as arguments of the function that does the same."""
        place = self.built or self.spot
        if self.form == "argument" or not isinstance(place.node, cst.Call) or self.kind is Kind.PROB_EL:
            return []
        if catalog.canonical(self.api) == "torch.nn.Softmax2d":
            return ["dim=-3"]
        if catalog.canonical(self.api).rpartition(".")[2] not in ("Softmax", "LogSoftmax") or len(place.node.args) > 1:
            raise Withheld("the module was built in a way that its function does not know")
        if not all(_constant(each.value) for each in place.node.args):
            raise Withheld("the activation has arguments that mean something only where it stands")
        return [Activation(place, self.api, self.kind, "layer", self.names)._named_axis(each) for each in place.node.args]

    def _named_axis(self, arg: cst.Arg) -> str:
        text = self.spot.unit.text(arg)
        if arg.keyword is None and self.kind is Kind.PROB_CAT:
            return f"{'dim' if library(self.api) == 'torch' else 'axis'}={text}"
        return text

    def _spelled(self, spot: Spot, relative: Relative | None) -> Spelled:
        return self.names.spell(spot, *(spelled_in(full, self.api) for full in self._candidates(relative)))

    def _candidates(self, relative: Relative | None) -> tuple[str, ...]:
        table = _LOGS if relative == "log" else None
        where = self._library()
        if table is not None:
            found = table.get(where, {}).get(self.kind, ())
        elif relative == "sigmoid" or self.kind is Kind.PROB_EL:
            found = _SIGMOIDS.get(where, ())
        elif self.kind is Kind.PROB_CAT:
            found = _PROBABILITIES.get(where, ())
        else:
            raise Withheld("it reads the activation")
        if not found or self.api.startswith("keras.backend."):
            raise Withheld(f"{where} has no function for it")
        if relative is None and self.api in found:
            return (self.api, *(each for each in found if each != self.api))
        return found

    def _library(self) -> str:
        """Whose operations go with it: those of TensorFlow for a layer that is made of them and stands for one of Keras."""
        own = library(self.api)
        known = {each.full.partition(".")[0] for each in self.names.imports(self.spot.path)}
        return "tensorflow" if own == "keras" and own not in known and "tensorflow" in known else own

    def become(self, relative: Relative) -> list[Change]:
        """Its relative in its place, every argument that both take kept."""
        if self.form == "argument":
            return self._argument_becomes(relative)
        if self.form == "layer" or (self.form == "instance" and self.built is not None):
            return self._class_becomes(relative)
        if self.form == "method":
            return self._method_becomes(relative)
        changes = self._sibling(relative)
        if relative == "sigmoid":
            changes += self._without_rest()
        return changes

    def _without_rest(self) -> list[Change]:
        if not self.rest:
            return []
        end = self.spot.unit.range(self.call)[1] - 1
        if self.call.args[0].value is not self.scores.node:
            raise Withheld("the scores are not the first argument")
        return [removed(self.spot.unit, self.spot.unit.range(self.call.args[0])[1], end)]

    def _sibling(self, relative: Relative) -> list[Change]:
        func = self.call.func
        last = "log_softmax" if relative == "log" and self.kind is Kind.PROB_CAT else ""
        if last and isinstance(func, cst.Attribute) and func.attr.value == "softmax" and self._namespace_has(last):
            return [self.spot.at(func.attr).replace(last)]
        if isinstance(func, cst.Name) and last:
            beside = self.names.beside(self.spot, func, f"{self.api.rpartition('.')[0]}.{last}")
            if beside is not None:
                return [self.spot.at(func).replace(beside.text), *beside.changes]
        spelled = self._spelled(self.spot, relative)
        return [self.spot.at(func).replace(spelled.text), *spelled.changes]

    def _namespace_has(self, last: str) -> bool:
        return catalog.lookup(f"{self.api.rpartition('.')[0]}.{last}") is not None

    def _method_becomes(self, relative: Relative) -> list[Change]:
        func = self.call.func
        assert isinstance(func, cst.Attribute)
        if relative == "log" and self.kind is Kind.PROB_CAT and self.api.startswith("torch.Tensor."):
            return [self.spot.at(func.attr).replace("log_softmax")]
        text, changes = self.applied(expression(self.scores), self.spot, relative)
        if relative == "sigmoid":
            return [removed(self.spot.unit, self.spot.unit.range(func.attr)[0], self.spot.unit.range(self.call)[1], "sigmoid()")]
        start, end = self.spot.unit.range(self.call)
        if "#" in self.spot.text:
            raise Withheld("a comment stands where the code would change")
        return [Change(self.spot.path, start, end, text), *changes]

    def _class_becomes(self, relative: Relative) -> list[Change]:
        place = self.spot if self.form == "layer" else self.built
        assert place is not None
        if not isinstance(place.node, cst.Call):
            raise Withheld("the module is not built where it can be seen")
        canonical = catalog.canonical(self.api)
        if relative == "sigmoid":
            return self._sigmoid_layer(place, canonical)
        new = _LOG_CLASSES.get(canonical)
        if new is None:
            raise Withheld(f"`{self.api}` has no logarithm of its own")
        return self._renamed(place, new)

    def _renamed(self, place: Spot, new: str) -> list[Change]:
        assert isinstance(place.node, cst.Call)
        func = place.node.func
        if isinstance(func, cst.Attribute) and func.attr.value == self.api.rpartition(".")[2]:
            return [place.at(func.attr).replace(new.rpartition(".")[2])]
        if isinstance(func, cst.Name):
            beside = self.names.beside(place, func, new)
            if beside is not None:
                return [place.at(func).replace(beside.text), *beside.changes]
            spelled = self.names.spell(place, new)
            return [place.at(func).replace(spelled.text), *spelled.changes]
        raise Withheld("the module is not built where it can be seen")

    def _sigmoid_layer(self, place: Spot, canonical: str) -> list[Change]:
        assert isinstance(place.node, cst.Call)
        call = place.node
        if canonical == "torch.nn.Softmax":
            inside = [removed(place.unit, place.unit.range(call.args[0])[0], place.unit.range(call)[1] - 1)] if call.args else []
            return [*self._renamed(place, "torch.nn.Sigmoid"), *inside]
        if canonical.endswith("layers.Activation") and call.args and isinstance(call.args[0].value, cst.SimpleString):
            return [_other_string(place.at(call.args[0].value), "sigmoid")]
        raise Withheld(f"`{self.api}` has no sigmoid in its place")

    def _argument_becomes(self, relative: Relative) -> list[Change]:
        arg = self._activation_argument()
        if relative == "sigmoid":
            if isinstance(arg.value, cst.SimpleString):
                return [_other_string(self.spot.at(arg.value), "sigmoid")]
            if isinstance(arg.value, cst.Attribute) and arg.value.attr.value == "softmax":
                return [self.spot.at(arg.value.attr).replace("sigmoid")]
        elif isinstance(arg.value, cst.SimpleString):
            return [_other_string(self.spot.at(arg.value), "log_softmax" if self.kind is Kind.PROB_CAT else "log_sigmoid")]
        elif isinstance(arg.value, cst.Attribute) and arg.value.attr.value in ("softmax", "sigmoid"):
            spelled = self._spelled(self.spot, relative)
            return [self.spot.at(arg.value).replace(spelled.text), *spelled.changes]
        raise Withheld("the activation is not written in the layer's call")


def activation_argument(call: cst.Call) -> cst.Arg | None:
    """``activation=…`` of a layer; of a dense one also by position."""
    if called(call) in _ACTIVATION_AT:
        return argument(call, _ACTIVATION_AT[called(call)], "activation")
    return next((each for each in call.args if each.keyword is not None and each.keyword.value == "activation"), None)


def called(call: cst.Call) -> str:
    """The last name of what is called."""
    func = call.func
    return func.attr.value if isinstance(func, cst.Attribute) else func.value if isinstance(func, cst.Name) else ""


def _is_label(arg: cst.Arg) -> bool:
    """``name=``, which an operation in a graph of TensorFlow has for itself."""
    return arg.keyword is not None and arg.keyword.value == "name"


def _constant(node: cst.CSTNode) -> bool:
    return isinstance(node, (cst.Integer, cst.Float, cst.SimpleString)) or (
        isinstance(node, cst.UnaryOperation) and isinstance(node.expression, (cst.Integer, cst.Float))
    )


def _other_string(spot: Spot, word: str) -> Change:
    node = spot.node
    assert isinstance(node, cst.SimpleString)
    return spot.replace(f"{node.prefix}{node.quote}{word}{node.quote}")


def read(spot: Spot, api: str, kind: Kind, built: Spot | None, names: Names) -> Activation:
    """The activation whose value is made at ``spot``.

    Raises:
        Withheld: it is written in a way that no edit is known for.
    """
    node = spot.node
    if not isinstance(node, cst.Call):
        raise Withheld("the activation is not a call")
    if api.startswith(_METHODS):
        if not isinstance(node.func, cst.Attribute):
            raise Withheld("the activation is called through another name")
        return Activation(spot, api, kind, "method", names)
    canonical = catalog.canonical(api)
    if catalog.lookup(canonical.rpartition(".")[0]) is not None:
        raise Withheld("the activation is inside of a method")
    if activation_argument(node) is not None:
        return Activation(spot, api, kind, "argument", names)
    if called(node) == "Activation" and canonical.startswith("keras.activations."):
        return Activation(spot, "keras.layers.Activation", kind, "layer", names)
    if not canonical.rpartition(".")[2][:1].isupper():
        return _read_function(spot, api, kind, names)
    if built is not None and built.node is not node:
        return Activation(spot, api, kind, "instance", names, built)
    if canonical.rpartition(".")[2] not in _CLASSES:
        raise Withheld("the activation is not written where the layer is built")
    return Activation(spot, api, kind, "layer", names)


def _read_function(spot: Spot, api: str, kind: Kind, names: Names) -> Activation:
    assert isinstance(spot.node, cst.Call)
    text = dotted(spot.node.func)
    first, _, rest = text.partition(".")
    known = [each.full + (f".{rest}" if rest else "") for each in names.imports(spot.path) if each.name == first]
    same = {catalog.canonical(api), api}
    if text and (api.rpartition(".")[2] == text.rpartition(".")[2] or any(catalog.canonical(each) in same for each in known)):
        return Activation(spot, api, kind, "function", names)
    raise Withheld("the activation is called through another name")


# ---------------------------------------------------------------------- layers


def _without_layer(spot: Spot) -> list[Change]:
    """A layer out of the list, the call or the statement that it stands in."""
    unit = spot.unit
    above = unit.parent(spot.node)
    if isinstance(above, cst.Arg):
        call = unit.parent(above)
        assert call is not None
        if not isinstance(call, cst.Call):
            raise Withheld("the layer stands in the bases of a class")
        name = call.func.attr.value if isinstance(call.func, cst.Attribute) else dotted(call.func)
        if name in ("add", "append", "add_module", "register_module") and isinstance(unit.parent(call), cst.Expr):
            statement = unit.statement(call)
            assert statement is not None
            return [without_statement(unit, statement)]
        if name in ("Sequential",):
            return [without_argument(unit, call, above)]
        raise Withheld("the layer is handed to something that is not known to be a list of layers")
    if isinstance(above, cst.Element):
        display = unit.parent(above)
        assert isinstance(display, (cst.List, cst.Tuple, cst.Set))
        pair = _named_layer(spot)
        if pair is not None:
            return pair
        if not isinstance(display, cst.List):
            raise Withheld("the layer stands in a tuple")
        if len(display.elements) == 1 and _is_extension(spot.at(display)):
            statement = unit.statement(display)
            assert statement is not None
            return [without_statement(unit, statement)]
        index = next(i for i, each in enumerate(display.elements) if each is above)
        return [without_element(unit, [unit.range(e.value) for e in display.elements], index, unit.range(display)[1] - 1)]
    if isinstance(above, cst.Call) and above.func is spot.node:
        arg = argument(above, 0, *_INPUTS)
        if arg is None or arg.star:
            raise Withheld("what the layer is applied to is not written in its call")
        return unwrapped(spot.at(above), arg.value)
    if isinstance(above, cst.Assign) and len(above.targets) == 1:
        return _without_named_layer(spot, above)
    raise Withheld("the layer is kept under a name")


def _is_extension(display: Spot) -> bool:
    """``layers += [layer]`` and ``layers.extend([layer])``."""
    above = display.parent
    if above is None or isinstance(above.node, cst.AugAssign):
        return above is not None
    call = above.parent
    if call is None or not isinstance(call.node, cst.Call) or called(call.node) != "extend":
        return False
    return call.parent is not None and isinstance(call.parent.node, cst.Expr)


def _without_named_layer(spot: Spot, statement: cst.Assign) -> list[Change]:
    """``self.act = Softmax()`` that one list of layers names."""
    unit, target = spot.unit, statement.targets[0].target
    text = unit.text(target)
    loads = [node for node in walk(unit.module) if isinstance(node, type(target)) and node is not target and unit.text(node) == text]
    if len(loads) != 1 or not isinstance(target, (cst.Name, cst.Attribute)):
        raise Withheld("the layer is kept under a name")
    return [*_without_layer(spot.at(loads[0])), whole_statement(unit, statement)]


def _named_layer(spot: Spot) -> list[Change] | None:
    """``("name", layer)`` in the list of pairs of an ``OrderedDict``."""
    unit = spot.unit
    element = unit.parent(spot.node)
    pair = unit.parent(element) if element is not None else None
    outer = unit.parent(pair) if pair is not None else None
    display = unit.parent(outer) if outer is not None else None
    if not isinstance(pair, cst.Tuple) or len(pair.elements) != 2 or not isinstance(display, cst.List):
        return None
    index = next(i for i, each in enumerate(display.elements) if each is outer)
    return [without_element(unit, [unit.outer(e.value) for e in display.elements], index, unit.range(display)[1] - 1)]


def negated(spot: Spot) -> str:
    """``-x`` for the expression at ``spot``; ``x`` where it is ``-x`` already."""
    node = spot.node
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        return expression(spot.at(node.expression))
    return f"-{tight(spot)}"
