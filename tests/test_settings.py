"""A setting decides whether a softmax stands before the cross entropy: what gives it another value, and what only may.

Every program ends with ``SETTING`` being false. Where that is known the twin that asks the other way round is wrong, and found; where
only running the program tells, nothing is certain.
"""

from __future__ import annotations

import textwrap

import pytest

from logitlint.engine import check

HEAD = """
import argparse, bisect, contextlib, copy, enum, json, random
import torch
from torch import nn
import torch.nn.functional as F
from keras.layers import Dense

fc = nn.Linear(8, 3)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.soft = True

net = Net()
"""
STEP = "\nfor x, y in batches:\n    F.cross_entropy({}, y).backward()\n"

KNOWN = {
    "the name of a member": (
        """
        class Task(enum.Enum):
            SOFT = "raw"
            RAW = "soft"
        """,
        "Task.RAW.name == 'soft'",
    ),
    "finally, behind a return": (
        """
        net.soft = False

        def probabilities(x):
            net.soft = True
            try:
                return fc(x)
            finally:
                net.soft = False

        probabilities(seen)
        """,
        "net.soft",
    ),
    "the end of a with": (
        """
        class Soft:
            def __enter__(self):
                net.soft = True
            def __exit__(self, *error):
                net.soft = False

        with Soft():
            print(net)
        """,
        "net.soft",
    ),
    "the end of a with, behind a return": (
        """
        class Soft:
            def __enter__(self):
                net.soft = True
            def __exit__(self, *error):
                net.soft = False

        def show():
            with Soft():
                return net(seen)

        show()
        """,
        "net.soft",
    ),
    "behind the yield of a context manager": (
        """
        @contextlib.contextmanager
        def soft():
            net.soft = True
            try:
                yield net
            finally:
                net.soft = False

        with soft() as changed:
            print(changed)
        """,
        "net.soft",
    ),
    "the second thing that a generator gives": (
        """
        def settings():
            yield True
            yield False

        first, second = settings()
        """,
        "second",
    ),
    "a property's setter": (
        """
        class Options:
            @property
            def soft(self):
                return self._soft
            @soft.setter
            def soft(self, value):
                self._soft = value

        options = Options()
        options.soft = False
        """,
        "options.soft",
    ),
    "a constructor that the library writes": (
        """
        from pydantic import BaseModel

        class Options(BaseModel):
            soft: bool = True

        options = Options(soft=False)
        """,
        "options.soft",
    ),
    "a constructor that a decorator writes": (
        """
        from attrs import define

        @define
        class Options:
            soft: bool = True

        options = Options(soft=False)
        """,
        "options.soft",
    ),
    "a class variable is no field": (
        """
        from dataclasses import dataclass
        from typing import ClassVar

        @dataclass
        class Options:
            version: ClassVar[int] = 3
            soft: bool = True

        options = Options(False)
        """,
        "options.soft",
    ),
    "a field that the constructor does not take": (
        """
        from dataclasses import dataclass, field

        @dataclass
        class Options:
            cache: dict = field(init=False, default_factory=dict)
            soft: bool = True

        options = Options(False)
        """,
        "options.soft",
    ),
    "vars()": ("vars(net)['soft'] = False", "net.soft"),
    "vars() of all": ("vars(net).update(soft=False)", "net.soft"),
    "__dict__": ("net.__dict__.update({'soft': False})", "net.soft"),
    "globals()": ("SOFT = True\nglobals()['SOFT'] = False", "SOFT"),
    "object.__setattr__": ("object.__setattr__(net, 'soft', False)", "net.soft"),
    "a copy is changed": ("other = copy.copy(net)\nnet.soft = False\nother.soft = True", "net.soft"),
    "a copy of a dictionary": ("given = {'soft': False}\nother = copy.copy(given)\nother['soft'] = True", "given['soft']"),
    "sorted": ("first, second = sorted(['raw', 'probs'])", "first == 'raw'"),
    "clear": ("given = {'soft': True}\ngiven.clear()", "given.get('soft', False)"),
}

UNKNOWN = {
    "settings from a file": ("given = {'soft': True}\ngiven.update(json.load(open(path)))", "given['soft']"),
    "settings from a file, in a display": ("given = {**{'soft': True}, **json.load(open(path))}", "given['soft']"),
    "settings from a file, one by one": ("given = {'soft': True}\nfor key, value in read():\n    given[key] = value", "given['soft']"),
    "attributes from a file": ("for key, value in read():\n    setattr(net, key, value)", "net.soft"),
    "attributes from a file at once": ("net.__dict__.update(read())", "net.soft"),
    "names from a file": ("SOFT = True\nglobals().update(read())", "SOFT"),
    "names from a text that is run": ("SOFT = True\nexec(open(path).read())", "SOFT"),
    "a positional argument of a constructor nobody sees": (
        "from msgspec import Struct\n\nclass Options(Struct):\n    soft: bool = True\n\noptions = Options(False)",
        "options.soft",
    ),
    "what is typed in the code": (
        """
        parser = argparse.ArgumentParser()
        parser.add_argument("--soft", type=int, default=1)
        given = parser.parse_args(["--soft", "0"])
        """,
        "given.soft",
    ),
    "an object that says how true it is": (
        """
        class Steps:
            def __init__(self):
                self.steps = []
            def __len__(self):
                return len(self.steps)

        steps = Steps()
        """,
        "steps",
    ),
    "shuffled": ("given = [True, False]\nrandom.shuffle(given)", "given[0]"),
    "the other end of a dictionary": (
        "from collections import OrderedDict\n\ngiven = OrderedDict(a=True, b=False)\ngiven.popitem(last=False)",
        "given.get('a', False)",
    ),
}

#: A vocabulary that is filled somehow: the layer behind it has more than the one unit that an empty one would give it.
FILLED = {
    "update": "words = set()\nfor line in lines:\n    words.update(line.split())",
    "setdefault": "words = {}\nfor line in lines:\n    words.setdefault(line, len(words))",
    "symmetric_difference_update": "words = set()\nwords.symmetric_difference_update(lines)",
    "extendleft": "from collections import deque\n\nwords = deque()\nwords.extendleft(lines)",
    "insort": "words = []\nfor line in lines:\n    bisect.insort(words, line)",
    "by a function that is not in sight": "from vocabulary import fill\n\nwords = []\nfill(words)",
    "by a method": (
        "class Corpus:\n    def __init__(self):\n        self.words = set()\n    def read(self, lines):\n        for line in lines:\n"
        "            self.words.update(line)\n\ncorpus = Corpus()\ncorpus.read(lines)\nwords = corpus.words"
    ),
}


def found(program: str) -> list[str]:
    """The codes of what is certain in a program."""
    done = check({"main.py": (HEAD + program).encode()})
    return [each.code for each in done.diagnostics if each.confidence == "certain"]


def asking(program: tuple[str, str], softmax: str, otherwise: str) -> str:
    before, setting = program
    return textwrap.dedent(before) + STEP.format(f"{softmax} if {setting} else {otherwise}")


@pytest.mark.parametrize("program", [*KNOWN.values(), *UNKNOWN.values()], ids=[*KNOWN, *UNKNOWN])
def test_what_is_switched_off_is_not_reported(program: tuple[str, str]) -> None:
    assert found(asking(program, "fc(x).softmax(1)", "fc(x)")) == []


@pytest.mark.parametrize("program", KNOWN.values(), ids=KNOWN)
def test_what_is_switched_on_is_found(program: tuple[str, str]) -> None:
    assert found(asking(program, "fc(x)", "fc(x).softmax(1)")) == ["LGT101"]


@pytest.mark.parametrize("program", UNKNOWN.values(), ids=UNKNOWN)
def test_what_nobody_knows_is_not_certain(program: tuple[str, str]) -> None:
    assert found(asking(program, "fc(x)", "fc(x).softmax(1)")) == []


@pytest.mark.parametrize("program", FILLED.values(), ids=FILLED)
def test_what_is_filled_is_not_empty(program: str) -> None:
    assert found(program + "\nprobabilities = Dense(len(words) + 1, activation='softmax')(x)\n") == []


def test_what_stays_empty_is() -> None:
    assert found("words = set()\nprobabilities = Dense(len(words) + 1, activation='softmax')(x)\n") == ["LGT403"]
