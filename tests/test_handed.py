"""What the project hands to code out of sight is run by it: functions by pools, methods by the library that holds the object."""

from __future__ import annotations

import pytest

from logitlint.engine import check

NET = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(16, 4)

    def forward(self, x):
        return {end}

def train(net, loader):
    for x, y in loader:
        nn.CrossEntropyLoss()(net(x), y).backward()

class Client(library.Client):
    def __init__(self, net, loader):
        self.net, self.loader = net, loader

    def fit(self, parameters):
        train(self.net, self.loader)

class Holder:
    def __init__(self, net, loader):
        self.net, self.loader = net, loader

    def run(self):
        train(self.net, self.loader)
"""
PROBABILITIES, SCORES = "torch.softmax(self.out(x), 1)", "self.out(x)"


@pytest.mark.parametrize(
    "main",
    [
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as pool:\n    pool.submit(train, Net(), loader)\n",
        "def main(pool, loader):\n    pool.submit(train, Net(), loader=loader)\n",
        "def main(pool, loader):\n    pool.apply_async(train, (Net(), loader))\n",
        "def main(pool, loader):\n    pool.apply_async(train, args=(Net(), loader))\n",
        "def main(pool, loaders):\n    pool.starmap(train, [(Net(), each) for each in loaders])\n",
        "from functools import partial\ndef main(pool, loader):\n    pool.map(partial(train, loader=loader), [Net(), Net()])\n",
        "from joblib import Parallel, delayed\nParallel(2)(delayed(train)(Net(), loader) for _ in range(3))\n",
        "import ray\nray.get(ray.remote(train).remote(Net(), loader))\n",
        "import ray\n@ray.remote\ndef task(net):\n    train(net, loader)\nray.get(task.options(num_gpus=1).remote(Net()))\n",
        "import ray\n@ray.remote\nclass Actor(Holder):\n    pass\nactor = Actor.remote(Net(), loader)\nray.get(actor.run.remote())\n",
        "library.start(Client(Net(), loader))\n",
        "library.start(client=Client(Net(), loader))\n",
        "library.start(client=Client(Net(), loader).to_client())\n",
        "def client_of(context):\n    return Client(Net(), context.loader)\nlibrary.start(client_of)\n",
        "def client_of(context):\n    return Client(Net(), context.loader).to_client()\nlibrary.start(client_of)\n",
        "def main(start, loader):\n    client = Client(Net(), loader)\n    start(client)\n",
        "def main(pool, loaders):\n    pool.map(train, [Net(), Net()], loaders)\n",
        "def main(pool, loader):\n    pool.apply_async(train, (Net(),), {'loader': loader})\n",
    ],
)
def test_what_is_handed_over_is_run(main: str) -> None:
    for end, expected in ((PROBABILITIES, ["LGT101"]), (SCORES, [])):
        source = f"import library\nfrom data import loader\n{NET.format(end=end)}\n{main}"
        assert [each.code for each in check({"case.py": source.encode()}).diagnostics] == expected


@pytest.mark.parametrize(
    "main",
    [
        "holder = Holder(Net(), loader)\n",
        "library.watch(Holder(Net(), loader))\n",
        "client = Client(Net(), loader)\nclient.setup()\nclient.net = nn.Sequential(nn.Linear(16, 4))\nlibrary.start(client)\n",
        "def main(frame):\n    frame.map(str, [Net()])\n",
        "def main(frame, loader):\n    frame.apply(train, axis=1)\n",
        "import pickle\nimport torch\nclient = Client(Net(), loader)\npickle.dump(client, file)\ntorch.save(client, path)\n",
        "def holder_of(loader):\n    return Holder(Net(), loader)\n",
    ],
)
def test_what_is_only_built_is_not(main: str) -> None:
    source = f"import library\nfrom data import loader\n{NET.format(end=PROBABILITIES)}\n{main}"
    assert not check({"case.py": source.encode()}).diagnostics


SEVERAL = """
import library
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, squash=None):
        super().__init__()
        self.out, self.squash = nn.Linear(16, 1), squash

    def forward(self, x):
        return self.squash(self.out(x)) if self.squash else self.out(x)

class Task(library.Task):
    def __init__(self, net, squash):
        self.net, self.squash = net, squash

    def step(self, x, y):
        return self.on_chances(x, y) if self.squash else self.on_scores(x, y)

    def on_scores(self, x, y):
        return nn.BCEWithLogitsLoss()(self.net(x), y)

    def on_chances(self, x, y):
        return nn.BCELoss()(self.net(x), y)
"""


@pytest.mark.parametrize(
    "main",
    [
        "library.start(Task(Net(), False))\n",
        "library.start(Task(Net(nn.Sigmoid()), True))\n",
        "def task():\n    return Task(Net(nn.Sigmoid()), True)\n",
        "tasks = [Task(Net(), False), Task(Net(nn.Sigmoid()), True)]\nfor task in tasks:\n    library.start(task)\n",
    ],
)
def test_methods_that_others_of_the_class_choose_between_are_left_to_them(main: str) -> None:
    assert not check({"case.py": f"{SEVERAL}\n{main}".encode()}).diagnostics


def test_every_object_is_run_whichever_program_comes_first() -> None:
    client = NET.format(end=PROBABILITIES)
    files = {
        "clients.py": f"import library\n{client}",
        "a.py": "import library\nfrom clients import Client\nlibrary.start(Client(library.net(), []))\n",
        "b.py": "import library\nfrom clients import Client, Net\nlibrary.start(Client(Net(), [library.batch()]))\n",
    }
    for named in (None, ["b.py"], ["clients.py"]):
        found = check({path: text.encode() for path, text in files.items()}, reported=named).diagnostics
        assert [(each.code, each.span.path) for each in found] == [("LGT101", "clients.py")]


STEP = """
from tensorflow import keras

class Net(keras.Model):
    def train_step(self, data):
        x, y = data
        return {{"loss": self.compiled_loss(y, self(x, training=True))}}

features = keras.Input((8,))
net = Net(features, keras.layers.Dense(4, activation={activation})(features))
net.compile("adam", loss=keras.losses.CategoricalCrossentropy())
{then}
"""


@pytest.mark.parametrize(
    ("activation", "then", "verdict"),
    [("None", "net.fit(data)", "finding"), ('"softmax"', "net.fit(data)", "ok"), ("None", "launch(net)", "unresolved")],
)
def test_the_loss_of_a_model_with_a_step_of_its_own_is_in_the_audit_whoever_trains_it(activation: str, then: str, verdict: str) -> None:
    source = STEP.format(activation=activation, then=then)
    (row,) = check({"train.py": source.encode()}).audit
    assert row.verdict == verdict
