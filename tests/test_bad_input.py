"""No file, however broken, ends a run or costs another file its findings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cases import Checker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logitlint.fixing import fix_sources

GOOD = """\
import torch
import torch.nn.functional as F


def step(net, x, y):
    return F.cross_entropy(torch.softmax(net(x), dim=1), y)
"""


def notebook(*cells: str) -> dict[str, object]:
    common: dict[str, object] = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    body = [{**common, "source": text} for text in cells]
    return {"cells": body, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}


#: Valid Python, but too deep for a recursive reader: LGT900 says that it was not read.
LONG_CHAIN = b"import torch\nx = 1" + b" + 1" * 20_000 + b"\n"
UNREADABLE = {
    "unparsable": b"import torch\ndef f(:\n    pass\n",
    "open bracket": b"import torch\nx = (1,\n",
    "bad indentation": b"import torch\nif x:\n    y = 1\n  z = 2\n",
    "undecodable": b"import torch\nname = '\xff\xfe\xfa'\n",
    "unknown encoding": b"# -*- coding: klingon -*-\nimport torch\n",
    "binary": bytes(range(256)) * 40 + b"import torch softmax",
    "NUL in the middle": b"import torch\nx = 1\x00\n",
    "two thousand brackets": b"import torch\nx = " + b"[" * 2000 + b"]" * 2000 + b"\n",
    "ten thousand open brackets": b"import torch\nx = " + b"(" * 10_000,
    "twenty thousand operators": LONG_CHAIN,
    "merge conflict": b"import torch\n<<<<<<< ours\nx = 1\n=======\nx = 2\n>>>>>>> theirs\n",
}
UNREADABLE_NOTEBOOKS = {
    "not JSON": b"{'cells': [import torch",
    "cut off": json.dumps(notebook("import torch")).encode()[:-30],
    "a list": b'["import torch"]',
    "undecodable": b'{"cells": [], "x": "torch \xff"}',
}
ODD_BUT_READABLE = {
    "empty": b"",
    "only a comment": b"# torch",
    "only a byte order mark": b"\xef\xbb\xbf",
    "white space": b" \n\t\n\r\n\x0c\n",
    "no last newline": b"import torch\nx = torch.nn.Softmax",
    "latin-1 with a cookie": b"# -*- coding: latin-1 -*-\nimport torch\nname = '\xe9'\n",
    "ninety levels of blocks": b"import torch\n" + b"".join(b" " * i + b"if torch:\n" for i in range(90)) + b" " * 90 + b"pass\n",
    "a chain of operators": b"import torch\nx = 1" + b" + 1" * 300 + b"\n",
    "a very long line": b"import torch\nx = '" + b"a" * 500_000 + b"'\n",
    "many arguments": b"import torch\nx = dict(" + b"".join(b"a%d=1, " % i for i in range(3000)) + b")\n",
    "a class that inherits from itself": b"import torch\nclass A(A):\n    pass\nclass B(C):\n    pass\nclass C(B):\n    pass\n",
    "an endless recursion": b"import torch\ndef f(x):\n    return torch.exp(f(f(x)))\nf(1)\nwhile True:\n    f(2)\n",
    "an import of itself": b"import torch\nimport odd\nfrom odd import *\nfrom odd import odd\nfrom .... import torch\nfrom . import odd\n",
    "a list that holds itself": b"import torch\nx = []\nx.append(x)\nnet = torch.nn.Sequential(*x)\nnet.append(net)\nnet(x)\n",
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_file_is_one_finding_and_costs_no_other(check: Checker, content: bytes) -> None:
    findings = check({"broken.py": content, "good.py": GOOD})
    assert [(each.code, each.span.path, each.span.line) for each in findings if each.span.path == "good.py"] == [("LGT101", "good.py", 6)]
    broken = [each for each in findings if each.span.path == "broken.py"]
    assert [each.code for each in broken] == ["LGT900"]
    assert broken[0].level == "error"
    assert 1 <= broken[0].span.line <= content.count(b"\n") + content.count(b"\r") + 1


@pytest.mark.parametrize("content", UNREADABLE_NOTEBOOKS.values(), ids=UNREADABLE_NOTEBOOKS)
def test_an_unreadable_notebook_is_one_finding(check: Checker, content: bytes) -> None:
    findings = check({"broken.ipynb": content, "good.py": GOOD})
    assert sorted((each.code, each.span.path) for each in findings) == [("LGT101", "good.py"), ("LGT900", "broken.ipynb")]


@pytest.mark.parametrize("content", ODD_BUT_READABLE.values(), ids=ODD_BUT_READABLE)
def test_an_odd_file_is_no_finding(check: Checker, content: bytes) -> None:
    findings = check({"odd.py": content, "good.py": GOOD})
    assert [(each.code, each.span.path) for each in findings] == [("LGT101", "good.py")]


def test_a_broken_file_without_a_word_of_learning_is_not_read(check: Checker) -> None:
    """Templates and Python 2 scripts stand in many a repository; reading all of them would cost every commit."""
    assert check({"template.py": "class {{ name }}(:\n", "old.py": "print 'done'\n", "data.ipynb": "{'cells': ["}) == ()
    assert [each.code for each in check({"template.py": "class {{ name }}(:\n    import torch\n"})] == ["LGT900"]


def test_a_good_file_that_imports_a_broken_one_is_still_read(check: Checker) -> None:
    good = "from broken import Net\n" + GOOD + "\n\ndef other(x, y):\n    return F.cross_entropy(Net()(x), y)\n"
    findings = check({"broken.py": "class Net(:\n    pass\nimport torch\n", "good.py": good})
    places = sorted((each.code, each.span.path, each.span.line) for each in findings)
    assert places == [("LGT101", "good.py", 7), ("LGT900", "broken.py", 1)]


BROKEN_BY = {
    "a note": "remember: the learning rate\n",
    "an idea": "    best = word for word in words\n",
    "three lines": "x = = 1\ny = = 2\nz = = 3\n",
    "the end": None,
}
BEYOND = {
    "four lines": "a = = 0\nx = = 1\ny = = 2\nz = = 3\n",
    "a header": "def other(x, y:\n    return x\n",
    "two versions": "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> theirs\n",
}


@pytest.mark.parametrize("lines", BROKEN_BY.values(), ids=BROKEN_BY)
def test_a_broken_line_hides_nothing_but_itself(check: Checker, lines: str | None) -> None:
    text = GOOD + "x = (\n" if lines is None else lines.lstrip() + GOOD
    assert sorted(each.code for each in check({"train.py": text})) == ["LGT101", "LGT900"]


@pytest.mark.parametrize("lines", BEYOND.values(), ids=BEYOND)
def test_what_is_broken_beyond_lines_is_not_guessed(check: Checker, lines: str) -> None:
    assert [each.code for each in check({"train.py": lines + GOOD})] == ["LGT900"]


def test_a_broken_file_is_not_mended_elsewhere() -> None:
    _, done = fix_sources({"train.py": ("x = = 1\n" + GOOD).encode()}, unsafe=True)
    assert not done.contents


def test_notebooks_without_code_or_of_an_odd_shape_are_silent(check: Checker) -> None:
    odd = {
        "empty.ipynb": json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}),
        "prose.ipynb": json.dumps({"cells": [{"cell_type": "markdown", "metadata": {}, "source": "torch ("}], "nbformat": 4}),
        "magic.ipynb": json.dumps(notebook("%%bash\nfor x in torch; do echo (; done", "!ls (", "%timeit torch", "?torch")),
    }
    assert check(odd) == ()


def test_every_truncation_is_survived(check: Checker) -> None:
    net = "import torch.nn as nn\n\nclass Net(nn.Module):\n    def forward(self, x):\n        return nn.Softmax(dim=1)(x)\n"
    train = "import torch.nn as nn\nfrom net import Net\n\ndef step(x, y):\n    return nn.CrossEntropyLoss()(Net()(x), y)\n"
    assert [each.code for each in check({"net.py": net, "train.py": train})] == ["LGT101"]
    for end in range(0, len(net), 7):
        assert {each.span.path for each in check({"net.py": net[:end], "train.py": train}) if each.code == "LGT900"} <= {"net.py"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_at_all(check: Checker, noise: bytes) -> None:
    findings = check({"noise.py": b"import torch\n" + noise, "noise.ipynb": b"torch" + noise, "good.py": GOOD})
    assert [each.code for each in findings if each.span.path == "good.py"] == ["LGT101"]


def test_the_interpreter_is_left_as_it_was(check: Checker) -> None:
    limit = sys.getrecursionlimit()
    check({"deep.py": UNREADABLE["two thousand brackets"], "chain.py": LONG_CHAIN})
    assert sys.getrecursionlimit() == limit


def test_a_fault_of_ours_is_told_and_the_other_files_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    from logitlint import engine
    from logitlint.interp import calls

    def fails(*_: object) -> None:
        raise AssertionError("a fault")

    monkeypatch.setattr(calls, "define_class", fails)
    good = b"import torch.nn.functional as F\n\n\ndef step(x, y):\n    return F.cross_entropy(F.softmax(x, dim=1), y)\n"
    report = engine.check({"bad.py": b"import torch\n\n\nclass A:\n    softmax = torch.softmax\n", "good.py": good})
    assert [(each.code, each.span.path) for each in report.diagnostics] == [("LGT101", "good.py")]
    assert report.failed
    assert any("bad.py" in message for message in report.messages)


@pytest.mark.parametrize("name", ["copy", "dataclasses", "heapq", "inspect", "json", "logging", "re", "select", "token", "typing"])
def test_a_file_named_like_a_module_of_python_is_read_and_not_run(name: str, tmp_path: Path) -> None:
    """`python -m logitlint` has the working directory before Python's own modules on its path."""
    (tmp_path / "train.py").write_text(GOOD)
    (tmp_path / f"{name}.py").write_text("print('run')\nraise SystemExit(9)\n")
    command = [sys.executable, "-m", "logitlint", "check", "--isolated", "--no-cache", "--output-format", "concise", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("train.py:6:12: LGT101")
