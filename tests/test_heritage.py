"""Methods that many classes inherit: they run again where a subclass brings what they use, and only there."""

from __future__ import annotations

from textwrap import indent

import pytest

from logitlint.engine import check
from logitlint.interp import roots
from logitlint.interp.machine import Machine

HEADS = """
import torch
import torch.nn.functional as F
from torch import nn

class Probabilities(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(8, 4)

    def forward(self, x):
        return torch.softmax(self.out(x), dim=1)

class Scores(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(8, 4)

    def forward(self, x):
        return self.out(x)
"""
BASE = (
    HEADS
    + """
class Task(nn.Module):
    net = Scores
    squash = False

    def __init__(self, net=None, criterion=None):
        super().__init__()
        self.net = net
        self.criterion = criterion

    def forward(self, x):
        return self.net(x)

    def shared_step(self, x, y):
        scores = self(x)
        return self.measure(scores, y)

    def measure(self, scores, y):
        return self.criterion(scores, y)

    def fused_step(self, x, y):
        scores = self.build()(x)
        if self.squash:
            scores = torch.softmax(scores, dim=1)
        return F.cross_entropy(scores, y)

    def build(self):
        return Scores()

class Named(nn.Module):
    def __init__(self, net=None):
        super().__init__()
        self.net = net

    def step(self, x, y):
        return F.cross_entropy(self.net(x), y)
"""
)


def codes(base: str, own: str) -> list[str]:
    """The findings of a subclass in a file of its own."""
    files = {"base.py": base, "own.py": "from torch import nn\nfrom base import *\n" + own}
    return [each.code for each in check({path: text.encode() for path, text in files.items()}).diagnostics]


@pytest.mark.parametrize(
    ("own", "found"),
    [
        pytest.param(
            "class Own(Task):\n    def __init__(self):\n        super().__init__(Probabilities(), nn.CrossEntropyLoss())\n",
            ["LGT101"],
            id="arguments of the base's constructor",
        ),
        pytest.param(
            "class Own(Task):\n    def __init__(self):\n        super().__init__(Scores(), nn.CrossEntropyLoss())\n",
            [],
            id="right arguments",
        ),
        pytest.param(
            "class Own(Task):\n    def __init__(self):\n        super().__init__()\n"
            "        self.net = Probabilities()\n        self.criterion = nn.CrossEntropyLoss()\n",
            ["LGT101"],
            id="attributes",
        ),
        pytest.param(
            "class Own(Task):\n    def __init__(self):\n        super().__init__(Scores())\n        self.criterion = nn.BCELoss()\n",
            ["LGT201"],
            id="an attribute and an argument",
        ),
        pytest.param("class Own(Task):\n    def build(self):\n        return Probabilities()\n", ["LGT101"], id="an override"),
        pytest.param("class Own(Task):\n    squash = True\n", ["LGT101"], id="a flag"),
        pytest.param(
            "class Between(Task):\n    def __init__(self):\n        super().__init__()\n        self.criterion = nn.CrossEntropyLoss()\n"
            "class Own(Between):\n    def __init__(self):\n        super().__init__()\n        self.net = Probabilities()\n",
            ["LGT101"],
            id="a class between brings the loss",
        ),
        pytest.param(
            "class Between(Task):\n    def __init__(self):\n        super().__init__()\n        self.criterion = nn.BCELoss()\n"
            "class First(Between):\n    def __init__(self):\n        super().__init__()\n        self.net = nn.Identity()\n"
            "class Own(Between):\n    def __init__(self):\n        super().__init__()\n        self.net = nn.Linear(8, 4)\n",
            ["LGT201"],
            id="a layer that says nothing of a loss, of one of two",
        ),
        pytest.param(
            "class Own(Named):\n    def __init__(self):\n        super().__init__(Probabilities())\n",
            ["LGT101"],
            id="an argument for a method that names its loss",
        ),
        pytest.param(
            "class Loss:\n    def measure(self, scores, y):\n        return nn.functional.cross_entropy(scores, y)\n"
            "class Own(Loss, Task):\n    def __init__(self):\n        super().__init__(Probabilities())\n",
            ["LGT101"],
            id="a mixin brings the loss",
        ),
    ],
)
def test_what_a_subclass_brings_meets_what_it_inherits(own: str, found: list[str]) -> None:
    assert codes(BASE, own) == found


FILLS = {
    "in a block": "with lock:\n    self.net = Probabilities()",
    "whatever happens": "try:\n    self.net = Probabilities()\nfinally:\n    done()",
    "with others": "self.net, self.rate = Probabilities(), 0.1",
    "in turn": "for self.net in [Probabilities()]:\n    pass",
    "by name": "setattr(self, 'net', Probabilities())",
    "as a module": "self.add_module('net', Probabilities())",
    "by a name that is not known": "for name, value in {'net': Probabilities()}.items():\n    setattr(self, name, value)",
}


@pytest.mark.parametrize("fills", FILLS)
@pytest.mark.parametrize("long", [True, False])
def test_whatever_way_an_attribute_is_filled(fills: str, long: bool) -> None:
    """Also beside another subclass, which leaves it as it is. A long body is not read with its class."""
    body = "super().__init__()\n" + ("first = 1\nsecond = 2\n" if long else "") + FILLS[fills]
    own = "class First(Named):\n    pass\n\nclass Own(Named):\n    def __init__(self):\n" + indent(body, " " * 8) + "\n"
    assert codes(BASE, own) == ["LGT101"]


def test_a_method_that_is_defined_under_a_condition() -> None:
    own = "class Own(Task):\n    if ON:\n        def build(self):\n            return Probabilities()\n"
    assert codes(BASE, "ON = True\n" + own) == ["LGT101"]


LIBRARY = """
import torch
import torch.nn.functional as F
from torch import nn

class Model(nn.Module):
    name = "model"

    def __init__(self, config):
        super().__init__()
        self.config = config

    def save(self, folder):
        for key, value in self.state_dict().items():
            torch.save(value, folder + self.name + key)

    def distil(self, teacher, x):
        with torch.no_grad():
            target = F.softmax(teacher(x) / self.config.heat, dim=1)
        return F.kl_div(F.log_softmax(self.config.student(x), dim=1), target)
"""
ONE_OF_MANY = """
class Model{0}(Model):
    name = "model{0}"

    def __init__(self, config):
        super().__init__(config)
        self.body{0} = nn.Linear(8, 4)
"""


BETWEEN = """
class Tuned(Model):
    def __init__(self, config):
        super().__init__(config)
        self.config = config.tuned
"""


def runs(text: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The methods that are run by themselves on any object."""
    found = []
    one = roots._generic_method

    def noted(machine: Machine, *rest: object) -> None:
        found.append(rest[1].function.name)  # type: ignore[attr-defined]
        one(machine, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(roots, "_generic_method", noted)
        assert not check({"library.py": text.encode()}).diagnostics
    return found


def test_a_method_runs_once_for_all_subclasses_that_bring_nothing_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(map(ONE_OF_MANY.format, range(40)))
    assert runs(LIBRARY + many, monkeypatch) == ["distil"]
    assert runs(LIBRARY + BETWEEN + many.replace("(Model)", "(Tuned)"), monkeypatch) == ["distil", "distil"]


def test_who_asks_whether_an_object_is_of_a_class_does_not_use_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asking = """
    def tie(self):
        return [each.body for each in self.modules() if isinstance(each, (Model, Student))]

    def grow(self, size):
        from teachers import Student, teach
        Model.grown = size
        self.body.__init__(size)

class Student(nn.Module):
    def forward(self, x, y):
        return F.cross_entropy(self.net(x), y)
"""
    many = "".join(map(ONE_OF_MANY.replace("body{0}", "body").format, range(40)))
    assert runs(LIBRARY + asking + many, monkeypatch) == ["distil", "forward"]


def test_a_subclass_that_comes_first_does_not_cut_its_base_short() -> None:
    labour = "".join(f"        size{i} = len(x) + {i}\n" for i in range(700))
    files = {
        "a.py": "from base import Task\n\nclass Own(Task):\n    pass\n",
        "base.py": f"{HEADS}\nclass Task(nn.Module):\n    def fit(self, x, y):\n{labour}"
        "        return F.cross_entropy(Probabilities()(x), y)\n",
    }
    assert [each.code for each in check({path: text.encode() for path, text in files.items()}).diagnostics] == ["LGT101"]


def test_a_function_that_a_class_takes_for_a_method() -> None:
    step = "def step(self, x, y):\n    return F.cross_entropy(self.net(x), y)\n"
    text = f"{HEADS}\n{step}\nclass Task(nn.Module):\n    step = step\n\nclass Own(Task):\n    def __init__(self):\n"
    text += "        super().__init__()\n        self.net = Probabilities()\n"
    report = check({"main.py": text.encode()})
    assert [each.code for each in report.diagnostics] == ["LGT101"]
    assert not report.failed


OFFERS = """
class Offers:
    def fit(self, x, y, loss=F.cross_entropy):
        return loss(self.net(x), y)

    def on_classes(self, x, y):
        return F.cross_entropy(self.net(x), y)

class Chances(Offers):
    def __init__(self):
        self.net = Probabilities()

class Plain(Offers):
    def __init__(self):
        self.net = nn.Linear(8, 4)
"""


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("print", []),
        ("Chances().on_classes(x, y)", ["LGT101"]),
        ("Chances().fit(x, y)", ["LGT101"]),
        ("Chances().fit(x, y, loss=F.mse_loss)", []),
        ("Plain().on_classes(x, y)", []),
        ("chances = Chances()\n    plain = Plain()\n    plain.on_classes(x, y)", []),
        ("loaded(x, Plain).on_classes(x, y)", []),
        ("loaded(x).on_classes(x, y)", ["LGT101"]),
        ("offers: Offers = loaded(x)\n    offers.on_classes(x, y)", ["LGT101"]),
        ("print(shop.on_classes.price)", []),
    ],
)
def test_what_a_base_offers_is_judged_where_it_is_called(call: str, found: list[str]) -> None:
    program = f"{HEADS}{OFFERS}\ndef main(x, y):\n    {call}\n"
    assert [each.code for each in check({"case.py": program.encode()}).diagnostics] == found
