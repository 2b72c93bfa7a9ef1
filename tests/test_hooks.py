"""What hooks do: those of a module may change what it gives, those of Lightning what ``__init__`` has set."""

from __future__ import annotations

import textwrap

import pytest

from logitlint.engine import check

HEAD = """
import functools

import lightning.pytorch as pl
import torch
import torch.nn.functional as F
from torch import nn

import elsewhere

features = []


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(16, 4)

    def forward(self, x):
        return self.out(x)


class Recorder:
    def look(self, module, inputs, output):
        self.last = output

    def __call__(self, module, inputs, output):
        return output.log_softmax(1)


def look(module, inputs, output):
    features.append(output.detach())


def look_as(name):
    def hook(module, inputs, output):
        features[name] = output
    return hook


def finish(module, inputs, output):
    if module.training:
        return None
    return output.log_softmax(1)


def finish_with(dim, module, inputs, output):
    return output.log_softmax(dim)


net = Net()
stack = nn.Sequential(nn.Linear(16, 4))


"""
LOOP = """
for x, y in torch.load("batches"):
    F.{loss}({net}(x), y).backward()
"""
LOOKS = {
    "a function": "{net}.register_forward_hook(look)",
    "a function that is made": "{net}.register_forward_hook(look_as('out'))",
    "a method": "{net}.register_forward_hook(Recorder().look)",
    "a lambda": "{net}.register_forward_hook(lambda module, inputs, output: features.append(output))",
}
CHANGES = {
    "a function": "{net}.register_forward_hook(finish)",
    "a lambda": "{net}.register_forward_hook(lambda module, inputs, output: output.log_softmax(1))",
    "an object": "{net}.register_forward_hook(Recorder())",
    "a partial": "{net}.register_forward_hook(functools.partial(finish_with, 1))",
    "what nobody knows": "{net}.register_forward_hook(elsewhere.hook)",
    "by name": "{net}.register_forward_hook(hook=finish)",
    "taken off again": "handle = {net}.register_forward_hook(finish)\nhandle.remove()",
}
#: What has a hook, and what is called.
HOOKED = {
    "a module": ("net", "net"),
    "a layer of it": ("net.out", "net"),
    "a Sequential": ("stack", "stack"),
    "of it": ("stack[0]", "stack"),
}


def found(text: str) -> list[str]:
    """The codes that a program is reported for."""
    return [each.code for each in check({"main.py": (HEAD + text).encode()}).diagnostics if each.confidence == "certain"]


@pytest.mark.parametrize(("hooked", "called"), HOOKED.values(), ids=HOOKED)
@pytest.mark.parametrize("hook", CHANGES.values(), ids=CHANGES)
def test_a_hook_that_may_return_something_hides_the_output(hook: str, hooked: str, called: str) -> None:
    texts = [hook.replace("{net}", hooked) + LOOP.format(loss=loss, net=called) for loss in ("nll_loss", "cross_entropy")]
    assert [found(text) for text in texts] == [[], []]


@pytest.mark.parametrize(("hooked", "called"), HOOKED.values(), ids=HOOKED)
@pytest.mark.parametrize("hook", LOOKS.values(), ids=LOOKS)
def test_a_hook_that_only_looks_does_not(hook: str, hooked: str, called: str) -> None:
    texts = [hook.replace("{net}", hooked) + LOOP.format(loss=loss, net=called) for loss in ("nll_loss", "cross_entropy")]
    assert [found(text) for text in texts] == [["LGT202"], []]


LIT = """
class Lit(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.out, self.head = nn.Linear(16, 4), nn.Softmax(dim=1)
        self.logs, self.seen, self.loss = False, [], nn.CrossEntropyLoss()

{hooks}
    def forward(self, x):
        return self.head(self.out(x))

    def training_step(self, batch, i):
        return self.loss(self(batch[0]), batch[1])

    def validation_step(self, batch, i):
        z = self.out(batch[0])
        return F.nll_loss(F.log_softmax(z, dim=1) if self.logs else z, batch[1])
"""
#: Hooks, and what is still certain beside them.
STEPS = {
    "none": ("", ["LGT101", "LGT202"]),
    "one that counts": ("def on_train_epoch_end(self):\n    self.seen.clear()", ["LGT101", "LGT202"]),
    "one that weighs the classes": (
        "def on_fit_start(self):\n    self.loss = nn.CrossEntropyLoss(weight=self.weights)",
        ["LGT101", "LGT202"],
    ),
    "one that takes the softmax away": ("def on_train_start(self):\n    self.head = nn.Identity()", ["LGT202"]),
    "two that switch for a while": (
        "def on_validation_start(self):\n    self.logs = True\n\ndef on_validation_end(self):\n    self.logs = False",
        ["LGT101"],
    ),
}


@pytest.mark.parametrize("used", ["", "pl.Trainer().fit(Lit())\n"], ids=["defined", "fitted"])
@pytest.mark.parametrize(("hooks", "codes"), STEPS.values(), ids=STEPS)
def test_a_lightning_hook_may_change_what_init_has_set(hooks: str, codes: list[str], used: str) -> None:
    text = LIT.format(hooks=textwrap.indent(hooks + "\n", "    "))
    assert sorted(found(f"{text}\n\n{used}")) == codes


def test_so_may_a_callback() -> None:
    callback = """

class DropHead(pl.Callback):
    def on_train_start(self, trainer, pl_module):
        pl_module.head = nn.Identity()


pl.Trainer(callbacks=[DropHead(), elsewhere.Stop()]).fit(Lit())
"""
    assert found(LIT.format(hooks="") + callback) == ["LGT202"]
