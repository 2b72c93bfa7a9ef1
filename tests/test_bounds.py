"""No program makes the analysis run away: it ends soon, the same way each time, and says where it gave up."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from cases import Checker
from pace import slowness

from logitlint.interp.roots import Analysis
from logitlint.project import Project

HEAD = "import torch\nfrom torch import nn\n\ncriterion = nn.CrossEntropyLoss()\n\n"
LIMIT = 60.0  #: seconds of one processor, `slowness` aside; the worst takes about fifteen, and for ever without bounds


def mutually_recursive(count: int) -> str:
    """Every function calls the next and an earlier one, the last one the first."""
    functions = (
        f"def f{i}(x, y, n):\n    if n > {i}:\n        return f{(i + 1) % count}(x, y, n - 1)\n"
        f"    return f{i * 7 % count}(x, y, n + 1) + criterion(torch.softmax(x, dim=1), y)\n\n"
        for i in range(count)
    )
    return HEAD + "\n".join(functions) + "\nf0(x, y, 5)\n"


def branches(count: int) -> str:
    """Each branch may change the value or the flags that later branches test."""
    lines = [
        f"    if args.flag{i} == {i % 3}:\n        x = torch.softmax(net(x), dim=1)\n    elif args.flag{i % 17}:\n        x = net(x)"
        for i in range(count)
    ]
    return HEAD + "def step(net, x, y, args):\n" + "\n".join(lines) + "\n    return criterion(torch.softmax(net(x), dim=1), y)\n"


def nested_branches(count: int) -> str:
    lines = [f"    y{i} = (a if flag{i} else b) if args.other{i} else (b if flag{i // 2} else a)" for i in range(count)]
    return (
        HEAD
        + "def step(net, a, b, y, args):\n"
        + "".join(f"    flag{i} = args.f{i} and not args.g{i}\n" for i in range(count))
        + "\n".join(lines)
        + "\n    return criterion(torch.softmax(net(y1), dim=1), y)\n"
    )


def sequential(count: int) -> str:
    layers = "".join(f"    nn.Linear(8, 8),\n    nn.ReLU(),  # {i}\n" for i in range(count // 2))
    return HEAD + f"net = nn.Sequential(\n{layers}    nn.Softmax(dim=1),\n)\n\nfor x, y in loader:\n    criterion(net(x), y).backward()\n"


def doubling(count: int) -> str:
    """A chain of calls that doubles at each link."""
    functions = (f"def g{i}(x):\n    return g{i + 1}(g{i + 1}(x))\n\n" for i in range(count))
    return (
        HEAD
        + "\n".join(functions)
        + f"\ndef g{count}(x):\n    return x.float()\n\n\ndef step(net, x, y):\n"
        + "    g0(net(x))\n    return criterion(torch.softmax(net(x), dim=1), y)\n"
    )


def import_ring(count: int) -> dict[str, str]:
    """Every module imports the next, and its class derives from the next one's."""
    modules = {
        f"m{i}.py": f"from m{(i + 1) % count} import C{(i + 1) % count}\n\n\nclass C{i}(C{(i + 1) % count}):\n    pass\n"
        for i in range(count)
    }
    loss = HEAD + "from m0 import C0\n\n\ndef step(x, y):\n    C0()(x)\n    return criterion(torch.softmax(x, dim=1), y)\n"
    return {**modules, "main.py": loss}


PROGRAMS: dict[str, tuple[int, Callable[[int], dict[str, str]]]] = {
    "800 mutually recursive functions": (800, lambda count: {"main.py": mutually_recursive(count)}),
    "200 branches in a row": (200, lambda count: {"main.py": branches(count)}),
    "200 conditional expressions over 200 flags": (200, lambda count: {"main.py": nested_branches(count)}),
    "a Sequential of 3,000 elements": (3000, lambda count: {"main.py": sequential(count)}),
    "30 functions that each call the next twice": (30, lambda count: {"main.py": doubling(count)}),
    "a ring of 200 modules": (200, import_ring),
}


@pytest.mark.parametrize(("count", "program"), PROGRAMS.values(), ids=PROGRAMS)
def test_ends_soon_and_still_finds_what_is_plain(count: int, program: Callable[[int], dict[str, str]], check: Checker) -> None:
    start = time.process_time()
    found = check(program(count))
    assert time.process_time() - start < LIMIT * slowness()
    assert {(each.code, each.span.path) for each in found} == {("LGT101", "main.py")}


@pytest.mark.parametrize(("count", "program"), PROGRAMS.values(), ids=PROGRAMS)
def test_ends_the_same_way_each_time(count: int, program: Callable[[int], dict[str, str]], check: Checker) -> None:
    assert check(program(count // 10)) == check(program(count // 10))


def test_what_was_given_up_is_unresolved_for_the_budget() -> None:
    from logitlint.engine import check

    text = HEAD + "def f(x, n):\n    return f(x, n - 1)\n\n\ndef step(x, y):\n    return criterion(f(x, 3), y)\n"
    (row,) = check({"main.py": text.encode()}).audit
    assert (row.verdict, row.reason) == ("unresolved", "`f` is recursive")


def test_what_comes_of_a_call_that_was_given_up_is_unresolved_for_the_budget_too() -> None:
    from logitlint.engine import check

    labour = "".join(f"    text = text + str(len(text) * {i})\n" for i in range(400))
    text = f"{HEAD}def build(text):\n{labour}    return text\n\n\ndef step(x, y, text):\n    return criterion(build(text).last(x)[0], y)\n"
    (row,) = check({"main.py": text.encode()}).audit
    assert (row.verdict, row.reason) == ("unresolved", "the budget of a call is spent")


LONG = """import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden, self.head = nn.Linear(8, 8), nn.Linear(8, 1)

    def forward(self, x, scale):
{labour}        x = self.hidden(x)
        x = self.head(x)
        return {last}

def train(x, y, scale):
    net = Net()
    nn.BCEWithLogitsLoss()(net(x, scale), y).backward()
    nn.BCEWithLogitsLoss()(net(x + 1, scale), y).backward()
"""
MIDDLE = "".join(f"        x = x + len(str(scale) * {i}) * abs(scale - {i})\n" for i in range(300))


def audited(patch: pytest.MonkeyPatch, labour: str, last: str) -> list[tuple[str, str]]:
    from logitlint.engine import check

    patch.setattr("logitlint.interp.core.MOST_ALLOWANCE", 2_000)  # steps, which the lines in the middle spend
    return [(row.verdict, row.kind) for row in check({"main.py": LONG.format(labour=labour, last=last).encode()}).audit]


def test_the_last_layers_decide_the_kind_although_the_budget_is_spent_before_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert audited(monkeypatch, MIDDLE, "torch.sigmoid(x)") == [("finding", "prob_el")] * 2
    assert audited(monkeypatch, MIDDLE, "x") == [("ok", "scores")] * 2


@pytest.mark.parametrize(
    ("middle", "last"),
    [
        (f"        if scale > 3:\n            return self.hidden(x)\n{MIDDLE}", "torch.sigmoid(x)"),
        (f"        scale = nn.Sigmoid()\n{MIDDLE}", "scale(x)"),
        (f"{MIDDLE}        self.head = nn.Sigmoid()\n{MIDDLE}", "x"),
    ],
)
def test_what_hangs_on_the_middle_is_not_known_when_it_was_not_run(monkeypatch: pytest.MonkeyPatch, middle: str, last: str) -> None:
    assert audited(monkeypatch, middle, last)[0] == ("unresolved", "unknown")


LABOUR = "".join(f"    text = text + str(len(text) * {i}) + cls.__name__\n" for i in range(200))
MODEL = """import torch
import torch.nn.functional as F
from torch import nn

def documented(cls):
    text = ""
{labour}    cls.__doc__ = text
    return cls

{decorated}
def train(x, y):
    return F.cross_entropy(Net()(x), y)
"""
NET = """@documented
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 4)

    def forward(self, x):
        return torch.softmax(self.fc(x), dim=1)
"""
#: Behind a decorator that is never done a function may be anything.
FUNCTION = """@documented
def Net():
    return lambda x: torch.softmax(x, dim=1)
"""


@pytest.mark.parametrize(("decorated", "codes"), [(NET, ["LGT101"]), (FUNCTION, [])], ids=["a class", "a function"])
def test_a_decorator_that_does_not_end_leaves_classes_what_they_are(decorated: str, codes: list[str], check: Checker) -> None:
    program = MODEL.format(labour=LABOUR, decorated=decorated)
    assert [each.code for each in check({"train.py": program})] == codes


def test_a_short_decorator_says_what_it_makes(check: Checker) -> None:
    program = MODEL.format(labour="", decorated=FUNCTION)
    assert [each.code for each in check({"train.py": program})] == ["LGT101"]


def test_imports_beside_the_point_are_cut_short_and_the_rest_is_found(check: Checker) -> None:
    labour = (
        "def build(names):\n    table = {}\n" + "".join(f"    table[{i}] = len(names) + {i}\n" for i in range(600)) + "    return table\n"
    )
    found = check(
        {
            "package/__init__.py": f"{labour}\nTABLE = build([1, 2])\nCLASSES = 4\n",
            "train.py": "import torch\nimport torch.nn.functional as F\nfrom torch import nn\nfrom package import CLASSES\n\n"
            "net = nn.Linear(8, CLASSES)\n\ndef train(x, y):\n    return F.cross_entropy(torch.softmax(net(x), dim=1), y)\n",
        }
    )
    assert [each.code for each in found] == ["LGT101"]


NET = """import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 4)
        self.last = nn.Softmax(dim=1)
{settling}

    def forward(self, x):
        return self.last(self.fc(x))
"""
SETTLED = (
    NET.format(settling="        self.settle([1, 2])\n\n    def settle(self, names):\n{body}")
    + "\n\ndef train(x, y):\n    return F.cross_entropy(Net()(x), y)\n"
)


SIZES = "".join(f"        self.size{i} = len(names) + {i}\n" for i in range(200))


@pytest.mark.parametrize(
    "replaced",
    [
        "        self.last = nn.Identity()\n",
        "        self.last, self.first = nn.Identity(), nn.Identity()\n",
        "        setattr(self, 'last', nn.Identity())\n",
        "        self.replace()\n\n    def replace(self):\n        self.last = nn.Identity()\n",
        "        self.also()\n\n    def also(self):\n        self.replace()\n\n    def replace(self):\n        self.last = nn.Identity()\n",
    ],
)
def test_what_a_call_would_write_that_is_cut_short_is_not_what_was_there_before(replaced: str, check: Checker) -> None:
    assert check({"train.py": SETTLED.format(body=SIZES + replaced)}) == ()


def test_what_a_call_writes_before_it_is_cut_short_is_not_what_was_there_before(check: Checker) -> None:
    assert check({"train.py": SETTLED.format(body="        self.last = nn.Identity()\n" + SIZES)}) == ()


def test_what_a_call_that_is_cut_short_never_writes_stays(check: Checker) -> None:
    assert [each.code for each in check({"train.py": SETTLED.format(body=SIZES)})] == ["LGT101"]


HANDED = (
    NET.format(settling="")
    + "\n\nshared = Net()\n\n\ndef settle(net, names):\n{body}\n\n"
    + "def train(x, y):\n    net = Net()\n    settle(net, ['a', 'b'])\n    return F.cross_entropy({output}, y)\n"
)


@pytest.mark.parametrize(
    ("output", "first", "then", "codes"),
    [
        ("net(x)", "", "net.last = nn.Identity()", []),
        ("net(x)", "", "setattr(net, 'last', nn.Identity())", []),
        ("net(x)", "", "pass", ["LGT101"]),
        ("shared(x)", "    global shared\n", "shared = str", []),
        ("shared(x)", "", "shared = str", ["LGT101"]),
    ],
)
def test_what_a_call_that_is_cut_short_would_replace_elsewhere_is_not_what_it_was(
    output: str, first: str, then: str, codes: list[str], check: Checker
) -> None:
    labour = "".join(f"    size{i} = len(names) + {i}\n" for i in range(200))
    found = check({"train.py": HANDED.format(body=f"{first}{labour}    {then}\n", output=output)})
    assert [each.code for each in found] == codes


def test_who_never_comes_to_an_end_leaves_budget_for_the_rest(check: Checker) -> None:
    labour = "".join(f"    size{i} = len(names) + {i}\n" for i in range(80))
    found = check(
        {
            "train.py": f"import torch\nimport torch.nn.functional as F\n\n\ndef draw(names):\n{labour}    return size0\n\n\n"
            + "if __name__ == '__main__':\n"
            + "".join(f"    draw('{i}')\n" for i in range(600))
            + "    F.cross_entropy(torch.softmax(torch.randn(8, 4), dim=1), torch.zeros(8).long())\n"
        }
    )
    assert [each.code for each in found] == ["LGT101"]


def test_what_weighs_is_followed_whoever_calls_it(check: Checker) -> None:
    labour = "".join(f"    size{i} = len(y) + {i}\n" for i in range(60))
    program = (
        "import torch\nfrom torch import nn\n\ncriterion = nn.CrossEntropyLoss()\n\n\ndef step(p, y):\n"
        f"{labour}    return criterion(p, y)\n\n\ndef repeat(run, p, y):\n    run(y, y)\n    return run(p, y)\n\n\n"
        "if __name__ == '__main__':\n    repeat(step, torch.softmax(x, dim=1), y)\n"
    )
    assert [each.code for each in check({"train.py": program})] == ["LGT101"]


def test_what_leads_up_to_an_error_is_not_followed_and_the_rest_is(check: Checker) -> None:
    program = (
        "import torch\nimport torch.nn.functional as F\n\n\ndef pick(name, x):\n    if name == 'softmax':\n"
        "        return torch.softmax(x, dim=1)\n    if name == 'sigmoid':\n        near = F.nll_loss(torch.softmax(x, dim=1), x)\n"
        "        raise ValueError(near)\n    for each in name:\n        if each == 's':\n            return x\n    raise KeyError(name)\n"
        "\n\ndef train(x, y):\n    return F.cross_entropy(pick('softmax', x), y)\n"
    )
    assert [each.code for each in check({"train.py": program})] == ["LGT101"]


def test_a_factory_of_many_models_is_followed_to_its_end(check: Checker) -> None:
    nets = "".join(
        f"class Net{i}(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(8, 4)\n\n"
        f"    def forward(self, x):\n        return torch.softmax(self.fc(x), dim=1)\n\n\n"
        for i in range(3)
    )
    arms = "".join(
        f"    if name == 'net{i}':\n        depth = table[name]['size'][0] * {i} + 1\n        return Net{i % 3}()\n" for i in range(80)
    )
    imports = "import torch.nn.functional as F\nfrom nets import Net0, Net1, Net2\n\n\n"
    train = f"{imports}def get(name, table):\n{arms}\n\ndef train(x, y, table):\n    return F.cross_entropy(get('net79', table)(x), y)\n"
    found = check({"nets.py": f"import torch\nfrom torch import nn\n\n\n{nets}", "train.py": train})
    assert [each.code for each in found] == ["LGT101"]


STEP = """
def step{}(net, x, y):
    sizes = [[1], [2], [3]]
    return F.cross_entropy(net(x), y)
"""


def test_what_a_root_made_is_forgotten_with_it() -> None:
    def made(count: int) -> int:
        text = "import torch.nn.functional as F\n" + "".join(map(STEP.format, range(count)))
        analysis = Analysis(Project.of({"train.py": text.encode()}), ["train.py"])
        assert len(analysis.run().sites) == count
        return len(analysis.machine.heap)

    assert made(40) == made(1)


def test_a_call_that_is_cut_short_is_told_of() -> None:
    """What stands behind it may hold a loss that nobody has seen: an audit without it must not read as approval."""
    from logitlint.engine import check

    long = "".join(f"    x = x + len(str(x)) * {i} - abs(x) + min(x, {i})\n" for i in range(3_000))
    slow = f"def slow(x, y):\n{long}    return criterion(torch.softmax(x, dim=1), y)\n\n\n"
    text = f"{HEAD}{slow}def main(x, y):\n    slow(x, y)\n    return criterion(x, y)\n"
    told = check({"main.py": text.encode()}).skipped
    assert told == ("main.py: slow: not followed to its end, the budget of steps is spent",)
