"""However long a function is, it is followed to its end where it may decide a kind; of the others little is run."""

from __future__ import annotations

import pytest
from cases import Checker

from logitlint.interp.roots import Analysis
from logitlint.project import Project

LABOUR = "".join(f"    size{i} = len(args) + {i}\n" for i in range(60))
INSIDE = LABOUR.replace("    size", "        size")

SMALL = """from torch import nn


class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc, self.last = nn.Linear(8, 4), nn.Softmax(dim=1)

    def forward(self, x):
        return self.last(self.fc(x))
"""
FILES = {
    "small.py": SMALL,
    "long.py": f"""import torch
from torch import nn
from small import Small


class Long(nn.Module):
    def __init__(self):
        super().__init__()
        self.last = nn.Softmax(dim=1)

    def forward(self, x, args):
{INSIDE}        return self.last(x)


class Holder(nn.Module):
    def __init__(self):
        super().__init__()
        self.part = Small()

    def forward(self, x, args):
{INSIDE}        return self.part(x)


class Split(nn.Module):
    def __init__(self):
        super().__init__()
        self.last = nn.Softmax(dim=1)

    def forward(self, x, args):
{INSIDE}        return self.rest(x)

    def rest(self, x):
        return self.scores(x)

    def scores(self, x):
        return self.last(x)


class Base(nn.Module):
    def forward(self, x, args):
{INSIDE}        return self.head(x)


class Special(Base):
    def __init__(self):
        super().__init__()
        self.head = nn.Softmax(dim=1)


def every(model, batches, args):
{LABOUR}    outputs = []
    for x in batches:
        outputs.append(model(x))
    return torch.cat(outputs)


def all_of(models, x, args):
{LABOUR}    outputs = []
    for each in models:
        outputs.append(each(x))
    return torch.cat(outputs)


def built(args):
{LABOUR}    return Small()
""",
    "nets/__init__.py": "from .heads import Small\n",
    "nets/heads/__init__.py": "from .small import *\n",
    "nets/heads/small.py": SMALL,
    "maker.py": f"from nets import Small\n\n\ndef brought(args):\n{LABOUR}    return Small()\n",
}


@pytest.mark.parametrize(
    "output",
    [
        pytest.param("Long()(x, args)", id="a layer that __init__ keeps"),
        pytest.param("Holder()(x, args)", id="a model inside of a model"),
        pytest.param("Split()(x, args)", id="a layer that another method names"),
        pytest.param("Special()(x, args)", id="a layer that a subclass keeps"),
        pytest.param("every(Small(), [x], args)", id="a model that is handed over"),
        pytest.param("all_of([Small(), Small()], x, args)", id="models in a list"),
        pytest.param("built(args)(x)", id="a model that is built"),
        pytest.param("brought(args)(x)", id="a model that packages hand on"),
    ],
)
def test_a_long_function_is_followed_to_the_kind_that_it_gives(output: str, check: Checker) -> None:
    imports = "from long import Holder, Long, Special, Split, all_of, built, every\nfrom maker import brought\nfrom small import Small\n"
    found = check(
        {
            **FILES,
            "train.py": f"import torch.nn.functional as F\n{imports}\n\ndef train(x, y, args):\n    return F.cross_entropy({output}, y)\n",
        }
    )
    assert [each.code for each in found] == ["LGT101"]


def test_a_long_function_that_gives_no_kind_is_left_early() -> None:
    train = "def train(x, y, args):\n    draw(args)\n    F.cross_entropy(x, y)\n"
    program = f"import torch.nn.functional as F\n\n\ndef draw(args):\n{LABOUR}\n\n{train}"
    analysis = Analysis(Project.of({"train.py": program.encode()}), ["train.py"])
    analysis.run()
    assert {loc.unit for loc in analysis.machine.shortened} == {1}


#: A class whose long ``__init__`` speaks of nothing but what it was handed builds the model, and is left before its end.
RUNNER = """import torch.nn.functional as F
from torch import nn
from small import Small


class Runner:
    def __init__(self, options, args):
        self.model = options.kind()
{labour}{late}
    def report(self):
        for name, value in self.model.named_parameters():
            show(name, value)

    def train(self, x, y):
        return F.cross_entropy(self.model(x), y)


class Options:
    kind = Small


def main(x, y, args):
    return Runner(Options(), args).train(x, y)
"""


@pytest.mark.parametrize(
    ("late", "codes"),
    [
        pytest.param("        self.report()\n", ["LGT101"], id="is only read later"),
        pytest.param("        self.model.to(args).train()\n", ["LGT101"], id="is only moved"),
        pytest.param("        self.model = nn.Linear(8, 4)\n", [], id="is replaced"),
        pytest.param("        self.model.last = nn.Identity()\n", [], id="has a layer replaced"),
        pytest.param("        shorten(self.model)\n", [], id="is handed to a function"),
        pytest.param("        self.model.shorten()\n", [], id="is told to change"),
        pytest.param('        self.__dict__["model"] = args\n', [], id="is replaced among all that it holds"),
        pytest.param('        vars(self)["model"] = args\n', [], id="is replaced by vars"),
        pytest.param("        super().__init__()\n", [], id="may be replaced by a base"),
        pytest.param("        if args:\n            self.model = nn.Linear(8, 4)\n", [], id="may be replaced"),
    ],
)
def test_what_is_written_once_stays_where_the_rest_is_not_run(late: str, codes: list[str], check: Checker) -> None:
    labour = "".join(f"        self.size{i} = len(args) + {i}\n" for i in range(200))
    found = check({"small.py": SMALL, "train.py": RUNNER.format(labour=labour, late=late)})
    assert [each.code for each in found] == codes


AGENT = """
import haiku as hk
import jax
import jax.numpy as jnp


class Agent:
    def __init__(self, net, *args):
{inside}        self.act = {kept}

    def update(self, params, x, y):
        return -jnp.mean(jnp.log(self.act(params, x)[jnp.arange(8), y]))


def forward(x):
    return jax.nn.softmax(hk.Linear(4)(x))


net = hk.without_apply_rng(hk.transform(forward))
Agent({given}, 0.99, 0.95, 0.2).update(None, jnp.ones((8, 16)), jnp.arange(8))
"""


@pytest.mark.parametrize(("given", "kept"), [("net", "net.apply"), ("net.apply", "net")])
def test_a_long_constructor_keeps_the_model_that_it_is_given(given: str, kept: str, check: Checker) -> None:
    assert [each.code for each in check({"agent.py": AGENT.format(inside=INSIDE, given=given, kept=kept)})] == ["LGT301"]
