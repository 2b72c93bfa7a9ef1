"""A definition is judged wherever it stands, also where its name ends up with something else or with nothing."""

from __future__ import annotations

import textwrap

import pytest

from logitlint.engine import check

HEAD = """
import functools
import warnings
from typing import overload

import torch
from torch import nn
import torch.nn.functional as F
"""
LOSS = "F.cross_entropy(F.softmax(net(x), dim=1), y)"
RIGHT = LOSS.replace("F.softmax(net(x), dim=1)", "net(x)")

PLACES = {
    "either branch of a condition": """
        if torch.cuda.is_available():
            def step(net, x, y):
                return {loss}
        else:
            def step(net, x, y):
                return 0
    """,
    "the other branch": """
        if torch.cuda.is_available():
            def step(net, x, y):
                return 0
        else:
            def step(net, x, y):
                return {loss}
    """,
    "a try": """
        try:
            import apex

            def step(net, x, y):
                return {loss}
        except ImportError:
            step = None
    """,
    "a with": """
        with warnings.catch_warnings():
            def step(net, x, y):
                return {loss}
    """,
    "redefined below": """
        def step(net, x, y):
            return {loss}

        def step(net, x, y):
            return 0
    """,
    "its name bound again": """
        def step(net, x, y):
            return {loss}

        step = torch.compile(step) if fast else registry[step]
    """,
    "its name deleted": """
        def step(net, x, y):
            return {loss}

        steps.append(step)
        del step
    """,
    "a class whose name is bound again": """
        class Trainer:
            def step(self, net, x, y):
                return {loss}

        Trainer = wrap(Trainer)
    """,
    "the main guard": """
        if __name__ == "__main__":
            def step(net, x, y):
                return {loss}

            run(step)
    """,
    "a class in a class": """
        class Outer:
            class Inner:
                def step(self, net, x, y):
                    return {loss}
    """,
    "a class in a function": """
        def make(base):
            class Trainer(base):
                def step(self, net, x, y):
                    return {loss}

            return Trainer
    """,
    "a decorated function in a function": """
        def make(net):
            @unknown.register
            def step(x, y):
                return {loss}
    """,
    "a property with a setter": """
        class Trainer:
            @property
            def loss(self):
                net, x, y = self.parts
                return {loss}

            @loss.setter
            def loss(self, parts):
                self.parts = parts
    """,
    "a setter": """
        class Trainer:
            @property
            def loss(self):
                return self.value

            @loss.setter
            def loss(self, parts):
                net, x, y = parts
                self.value = {loss}
    """,
    "a method under two conditions": """
        class Trainer:
            if fast:
                def step(self, net, x, y):
                    return {loss}
            else:
                def step(self, net, x, y):
                    return 0
    """,
    "a method defined twice": """
        class Trainer:
            def step(self, net, x, y):
                return {loss}

            def step(self, net, x, y):
                return 0
    """,
    "a method with two underscores": """
        class Trainer:
            def __enter__(self):
                net, x, y = self.parts
                self.loss = {loss}
                return self
    """,
    "overloads": """
        @overload
        def step(net: int, x, y): ...
        @overload
        def step(net: str, x, y): ...
        def step(net, x, y):
            return {loss}
    """,
    "singledispatch": """
        @functools.singledispatch
        def step(net, x, y):
            return 0

        @step.register
        def _(net: nn.Module, x, y):
            return {loss}

        @step.register
        def _(net: int, x, y):
            return 0
    """,
}


def found(place: str, loss: str) -> list[str]:
    """The codes that a program is reported for."""
    text = HEAD + textwrap.dedent(place).replace("{loss}", loss)
    return [each.code for each in check({"main.py": text.encode()}).diagnostics if each.confidence == "certain"]


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_definition_is_judged_where_it_stands(place: str) -> None:
    assert found(place, LOSS) == ["LGT101"]


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_and_left_alone_where_it_is_right(place: str) -> None:
    assert found(place, RIGHT) == []


@pytest.mark.parametrize("name", ["C", "c", "criterion"])
def test_a_loss_whose_name_is_short_is_one(name: str) -> None:
    program = (
        f"from torch import nn\n\n{name} = nn.CrossEntropyLoss()\nD = nn.Sequential(nn.Linear(9, 3), nn.%s())\n\n\n"
        f"def step(x, y):\n    return {name}(D(x), y)\n"
    )
    report = check({"main.py": (program % "Softmax").encode()})
    assert [each.code for each in report.diagnostics] == ["LGT101"]
    assert not check({"main.py": (program % "Identity").encode()}).diagnostics
