"""What importing a module runs, and what it puts off until somebody asks for the name: neither may be told from the findings."""

from __future__ import annotations

import pytest

from logitlint.engine import check
from logitlint.project import Project

NET = """
import torch
from torch import nn

from settings import SETTINGS

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(16, 4)

    def forward(self, x):
        x = self.head(x)
        if SETTINGS["squash"]:
            x = torch.softmax(x, dim=1)
        return x
"""
TRAIN = """
import torch
from torch import nn

from net import Net

criterion = nn.CrossEntropyLoss()
model = Net()
loss = criterion(model(torch.randn(8, 16)), torch.zeros(8).long())
"""
LONG = """SETTINGS = {
    "rate": 0.1,
    "rounds": 10,
    "squash": %s,
}
"""


def codes(sources: dict[str, str]) -> list[str]:
    return [each.code for each in check({path: text.encode() for path, text in sources.items()}).diagnostics]


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (LONG % True, ["LGT101"]),
        (LONG % False, []),
        (LONG % True + 'SETTINGS["squash"] = False\n', []),
        (LONG % True + LONG % False, []),
        ("ON = True\n" + LONG % "ON", ["LGT101"]),
        ("on = True\n" + LONG % "on" + "on = False\n", ["LGT101"]),
        ("def take():\n    return True\n" + LONG % "take()", ["LGT101"]),
        ("def put():\n    global SETTINGS\n    SETTINGS = {'squash': False}\n" + LONG % True + "put()\n", []),
    ],
)
def test_a_long_assignment_gives_what_it_gives_in_its_place(settings: str, found: list[str]) -> None:
    assert codes({"settings.py": settings, "net.py": NET, "train.py": TRAIN}) == found


REGISTRY = """
TABLE = {}

def add(name):
    def keep(cls):
        TABLE[name] = cls
        return cls
    return keep
"""
ENTRY = """
from torch import nn

from registry import add

@add("%s")
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(16, 4), nn.Softmax(dim=1))

    def forward(self, x):
        return self.layers(x)
"""
CHOOSE = """
import torch
from torch import nn

from nets import *
from registry import TABLE

criterion = nn.CrossEntropyLoss()
model = TABLE["plain"]()
loss = criterion(model(torch.randn(8, 16)), torch.zeros(8).long())
"""


def test_a_star_import_fills_the_tables_that_decorators_fill() -> None:
    sources = {"registry.py": REGISTRY, "nets/__init__.py": "from .plain import *\n", "nets/plain.py": ENTRY % "plain", "train.py": CHOOSE}
    assert codes(sources) == ["LGT101"]


def test_names_come_through_stars_that_lead_in_a_circle() -> None:
    nets = {"nets/__init__.py": "from .a import *\n", "nets/a.py": "from .b import *\n", "nets/b.py": "from .a import *\n"}
    nets["nets/b.py"] += "if True:\n    from net import Net\nfrom torch.nn import *\n"
    train = TRAIN.replace("from net import Net", "from nets import *").replace("nn.CrossEntropyLoss", "CrossEntropyLoss")
    assert codes({"settings.py": LONG % True, "net.py": NET, "train.py": train, **nets}) == ["LGT101"]


@pytest.mark.parametrize(
    ("public", "found"),
    [
        ('__all__ = ["Net"]', []),
        ("__all__: list[str] = (  # the network\n    'Net',\n)", []),
        ('__all__ = ["Net", "head"]', ["LGT101"]),
        ('__all__ = ["Net"]\n__all__ += ["head"]', ["LGT101"]),
        ("__all__ = [*NAMES]", ["LGT101"]),
        ("", ["LGT101"]),
    ],
)
def test_a_star_import_brings_what_the_module_says(public: str, found: list[str]) -> None:
    net = f"from torch import nn\n\n{public}\n\nclass Net(nn.Linear):\n    pass\n\ndef head(x):\n    return x.softmax(1)\n"
    train = TRAIN.replace("from net import Net", "def head(x):\n    return x\n\nfrom net import *").replace("Net()", "Net(16, 4)")
    assert codes({"net.py": net, "train.py": train.replace("model(torch.randn(8, 16))", "head(model(torch.randn(8, 16)))")}) == found


@pytest.mark.parametrize("kept", ["return cls", "return None"])
def test_a_decorator_that_many_definitions_have_does_what_it_does(kept: str) -> None:
    """A table of so many entries is not looked at; what the decorator makes of a definition is."""
    others = "".join(f"\n@add('{number}')\nclass Other{number}:\n    pass\n" for number in range(80))
    registry = REGISTRY.replace("return cls", kept)
    train = CHOOSE.replace("from nets import *", "from plain import Net").replace('TABLE["plain"]()', "Net()")
    sources = {"registry.py": registry, "plain.py": ENTRY % "plain", "others.py": f"from registry import add\n{others}", "train.py": train}
    assert codes(sources) == (["LGT101"] if kept == "return cls" else [])


@pytest.mark.parametrize("limit", ["_MOST_READ", "_MOST_SPLIT", "_MOST_COMPLETED"])
def test_what_is_forgotten_of_a_large_project_is_read_again(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"logitlint.project.{limit}", 1)
    twice = TRAIN.replace("from net import Net", "from net import Net\nfrom other import Other").replace("Net()", "Other(), Net()")
    other = "from net import Net\n\nclass Other(Net):\n    def forward(self, x):\n        return super().forward(x)\n"
    train = twice.replace("model = Other(), Net()", "for model in (Other(), Net()):\n    pass")
    assert codes({"settings.py": LONG % True, "net.py": NET, "other.py": other, "train.py": train}) == ["LGT101"]


def test_statements_that_nobody_asks_for_are_not_read() -> None:
    text = b"import a, b as c\nfrom . import d as e\nTABLE = [\n    1,\n    2,\n    3,\n]\nx = 1; y = 2\n"
    imports, table, rest = Project.of({"case.py": text}).parts("case.py", 0)
    assert [each[1:] for each in imports.imports] == [(None, 0, (("a", None), ("b", "c"))), ("", 1, (("d", "e"),))]
    assert (table.number, table.first, table.last, table.name) == (2, 3, 7, "TABLE")
    assert (rest.number, rest.first, rest.last, rest.name) == (3, 8, 8, None)
