"""What a run with --fix does to a project: levels, conflicts, suppressions, several files, the disk."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from program import program, tree, write

from logitlint.config import Settings
from logitlint.engine import check
from logitlint.errors import FixError
from logitlint.fixes import write as disk
from logitlint.fixing import fix_sources

SAFE = "import torch\n\n\ndef f(x):\n    return torch.log(torch.softmax(x, 1))\n"
SAFE_FIXED = "import torch\n\n\ndef f(x):\n    return torch.log_softmax(x, 1)\n"
UNSAFE = "import torch.nn.functional as F\n\n\ndef f(x, y):\n    return F.cross_entropy(x.softmax(1), y)\n"
UNSAFE_FIXED = UNSAFE.replace("x.softmax(1)", "x")
NET = """\
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 3)
        self.softmax = nn.Softmax(dim=1)

    def forward(self, x):
        return self.softmax(self.fc(x))
"""
TRAIN = """\
from net import Net
from torch import nn

net = Net()
criterion = nn.CrossEntropyLoss()


def step(x, y):
    return criterion(net(x), y)
"""


def test_a_safe_fix_is_applied_and_an_unsafe_one_only_on_request(tmp_path: Path) -> None:
    write(tmp_path, {"safe.py": SAFE, "unsafe.py": UNSAFE})
    done = program(tmp_path, "check", "--fix")
    assert done.status == 1, "the other finding is still there"
    assert (tmp_path / "safe.py").read_text() == SAFE_FIXED
    assert (tmp_path / "unsafe.py").read_text() == UNSAFE
    done = program(tmp_path, "check", "--fix", "--unsafe-fixes")
    assert (done.status, done.text) == (0, "")
    assert (tmp_path / "unsafe.py").read_text() == UNSAFE_FIXED


def test_without_fix_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path, {"safe.py": SAFE})
    before = tree(tmp_path)
    assert program(tmp_path, "check", "--unsafe-fixes", "--no-cache").status == 1
    assert tree(tmp_path) == before


def test_diff_prints_and_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"safe.py": SAFE})
    before = tree(tmp_path)
    done = program(tmp_path, "check", "--diff")
    assert done.status == 1
    assert done.text.startswith("--- safe.py\n+++ safe.py\n@@ ")
    assert "-    return torch.log(torch.softmax(x, 1))\n+    return torch.log_softmax(x, 1)\n" in done.text
    assert tree(tmp_path) == before
    write(tmp_path, {"safe.py": SAFE_FIXED})
    done = program(tmp_path, "check", "--diff")
    assert (done.status, done.text) == (0, "")


def test_standard_input_is_printed_fixed(tmp_path: Path) -> None:
    done = program(tmp_path, "check", "--fix", "-", stdin=SAFE.encode())
    assert (done.status, done.text) == (0, SAFE_FIXED)
    done = program(tmp_path, "check", "--fix", "-", stdin=b"x = 1\n")
    assert (done.status, done.text) == (0, "x = 1\n")


def test_show_fixes_says_what_was_done_and_why_not(tmp_path: Path) -> None:
    unknown = "import torch.nn.functional as F\n\n\ndef f(x, y):\n    return F.cross_entropy(x.argmax(1).float(), y)\n"
    write(tmp_path, {"safe.py": SAFE, "other.py": unknown})
    done = program(tmp_path, "check", "--fix", "--show-fixes")
    assert "fixed: safe.py:5:12: LGT301" in done.err
    assert "not fixed: other.py:5:12: LGT407" in done.err


MIXED = """\
import torch
import torch.nn.functional as F


def f(x, y):
    a = torch.log(F.softmax(x, 1))
    b = F.cross_entropy(F.softmax(x, 1), y)
    c = F.cross_entropy(torch.sigmoid(x), y)
    return a, b, c, F.cross_entropy(x.argmax(1).float(), y)
"""


def test_the_summary_says_what_could_be_fixed_and_by_which_option(tmp_path: Path) -> None:
    write(tmp_path, {"mixed.py": MIXED})
    suggested = "1 suggestion for you to decide on, see `--output-format full`.\n"
    hidden = "1 hidden fix can be enabled with the `--unsafe-fixes` option; "
    found = "Found 3 errors, 1 warning.\n"
    assert program(tmp_path, "check").err == f"{found}1 fixable with the `--fix` option; {hidden}{suggested}"
    assert program(tmp_path, "check", "--unsafe-fixes").err == f"{found}2 fixable with the `--fix` option; {suggested}"
    assert program(tmp_path, "check", "--fix").err == f"Fixed 1 finding in 1 file.\nFound 3 errors.\n{hidden}{suggested}"
    assert program(tmp_path, "check", "--fix", "--unsafe-fixes").err.endswith(f"Found 2 errors.\n{suggested}")


def test_show_fixes_lists_what_waits_for_an_option_or_for_the_author(tmp_path: Path) -> None:
    write(tmp_path, {"mixed.py": MIXED})
    lines = program(tmp_path, "check", "--fix", "--show-fixes").err.splitlines()
    shown = {(line.split()[2 if line.startswith("not") else 1], line.rpartition(" (")[2]) for line in lines if "fixed:" in line}
    assert shown == {
        ("mixed.py:6:9:", "take the log-softmax instead of a logarithm of probabilities)"),
        ("mixed.py:7:9:", "--unsafe-fixes applies it: pass the raw scores)"),
        ("mixed.py:8:9:", "only suggested: end in the linear layer: the loss takes raw scores)"),
        ("mixed.py:9:21:", "the rule has no fix)"),
    }


def test_json_carries_the_edits(tmp_path: Path) -> None:
    import json

    write(tmp_path, {"safe.py": SAFE})
    (found,) = json.loads(program(tmp_path, "check", "--output-format", "json").text)
    assert found["fix"]["applicability"] == "safe"
    text = SAFE.split("\n")
    for edit in reversed(found["fix"]["edits"]):
        assert edit["path"] == "safe.py" and edit["line"] == edit["end_line"]
        line = text[edit["line"] - 1]
        text[edit["line"] - 1] = line[: edit["column"] - 1] + edit["content"] + line[edit["end_column"] - 1 :]
    assert "\n".join(text) == SAFE_FIXED


@pytest.mark.parametrize(
    ("line", "options"),
    [("  # noqa", ()), ("  # noqa: LGT301", ()), ("  # logitlint: ignore[LGT301] meant", ()), ("", ("--per-file-ignores", "*.py:LGT3"))],
)
def test_what_is_suppressed_is_not_fixed(tmp_path: Path, line: str, options: tuple[str, ...]) -> None:
    write(tmp_path, {"a.py": SAFE.replace("(x, 1))\n", f"(x, 1)){line}\n")})
    before = tree(tmp_path)
    assert program(tmp_path, "check", "--fix", "--unsafe-fixes", *options).status == 0
    assert tree(tmp_path) == before


def test_a_fix_spans_files_and_takes_the_unused_module_with_it(tmp_path: Path) -> None:
    write(tmp_path, {"net.py": NET, "train.py": TRAIN})
    assert program(tmp_path, "check", "--fix", "--unsafe-fixes").status == 0
    fixed = (tmp_path / "net.py").read_text()
    assert "softmax" not in fixed.lower()
    assert "        return self.fc(x)\n" in fixed
    assert (tmp_path / "train.py").read_text() == TRAIN


def test_a_file_that_was_not_named_is_not_changed(tmp_path: Path) -> None:
    write(tmp_path, {"net.py": NET, "train.py": TRAIN})
    before = tree(tmp_path)
    done = program(tmp_path, "check", "--fix", "--unsafe-fixes", "--show-fixes", "train.py")
    assert done.status == 1
    assert "net.py, which is not among the files given" in done.err
    assert tree(tmp_path) == before


def test_other_readers_keep_the_probabilities() -> None:
    train = TRAIN + "\n\ndef certainty(x):\n    return net(x).mean()\n\n\ndef classes(x):\n    return net(x).argmax(1)\n"
    sources = {"net.py": NET.encode(), "train.py": train.replace("import nn", "import nn, softmax").encode()}
    report, done = fix_sources(sources, Settings(), unsafe=True)
    assert [each.code for each in done.fixed] == ["LGT101"]
    assert report.diagnostics == ()
    assert b"softmax" not in done.contents["net.py"].lower()
    after = done.contents["train.py"].decode()
    assert "return softmax(net(x), dim=1).mean()\n" in after
    assert "return net(x).argmax(1)\n" in after
    assert "return criterion(net(x), y)\n" in after


def test_scores_keep_the_name_that_the_activation_took() -> None:
    """What a reader of the code expects: the scores stay `out`, and the probabilities get a name of their own."""
    text = """\
import torch
from torch import nn

layer = nn.Linear(4, 3)
criterion = nn.CrossEntropyLoss()


def step(x, y, meter):
    out = layer(x)
    out = torch.softmax(out, dim=1)
    loss = criterion(out, y)
    meter(out, y)
    return loss, out
"""
    _, done = fix_sources({"a.py": text.encode()}, unsafe=True)
    after = text.replace("out = torch.softmax", "probs = torch.softmax").replace("meter(out, y)", "meter(probs, y)")
    assert done.contents["a.py"].decode() == after.replace("return loss, out", "return loss, probs")


@pytest.mark.parametrize(
    "line", ["    out += 1\n", "    if meter:\n        out = meter(out)\n", "    for _ in range(3):\n        out = out * 2\n"]
)
def test_a_name_that_is_bound_again_is_not_given_to_the_scores(line: str) -> None:
    text = f"""\
import torch.nn.functional as F
from torch import nn

layer = nn.Linear(4, 3)


def step(x, y, meter):
    out = layer(x)
    out = F.softmax(out, dim=1)
    loss = F.cross_entropy(out, y)
{line}    return loss, out
"""
    _, done = fix_sources({"a.py": text.encode()}, unsafe=True)
    after = done.contents["a.py"].decode()
    assert "    logits = out\n    out = F.softmax(logits, dim=1)\n    loss = F.cross_entropy(logits, y)\n" in after
    assert f"{line}    return loss, out\n" in after


def test_an_exponential_keeps_what_it_is_applied_to() -> None:
    """Without the log-softmax the exponential would not give probabilities, nor scores."""
    text = "import torch\nimport torch.nn.functional as F\n\n\ndef f(net, x, y):\n    p = torch.exp(F.log_softmax(net(x), dim=1))\n"
    report, done = fix_sources({"a.py": f"{text}    return F.cross_entropy(p, y)\n".encode()}, unsafe=True)
    assert done.contents == {}
    assert [reason for _, reason in report.unfixed] == ["a logarithm or an exponential stands between the activation and the loss"]


def test_an_activation_in_a_loop_over_layers_is_not_the_last_one() -> None:
    """Without it the hidden layers would lose theirs."""
    text = """\
import torch.nn.functional as F
from torch import nn

layers = nn.ModuleList(nn.Linear(4, 4) for _ in range(3))


def loss(x, y):
    for layer in layers:
        x = F.relu(layer(x))
    return F.cross_entropy(x, y)
"""
    (found,) = check({"a.py": text.encode()}).diagnostics
    assert (found.code, found.fix) == ("LGT105", None)


def test_readers_that_nobody_can_name_make_it_a_suggestion() -> None:
    package = NET.replace("return self.softmax(self.fc(x))", "p = self.softmax(self.fc(x))\n        return {'p': p, 'x': x}")
    train = TRAIN.replace("criterion(net(x), y)", "criterion(net(x)['p'], y)")
    (found,) = check({"net.py": package.encode(), "train.py": train.encode()}).diagnostics
    assert found.fix is not None
    assert found.fix.applicability == "suggestion"
    _, done = fix_sources({"net.py": package.encode(), "train.py": train.encode()}, unsafe=True)
    assert done.contents == {}


def test_a_fix_that_would_make_a_finding_is_withheld() -> None:
    """In the other order the loss would be given scores that it does not take: two mistakes, and one fix mends one."""
    text = """\
import torch
import torch.nn.functional as F
from torch import nn

layer = nn.Linear(4, 1)


def train(x):
    labels = torch.ones(8, 1)
    return F.binary_cross_entropy(labels, layer(x))
"""
    report, done = fix_sources({"a.py": text.encode()}, unsafe=True)
    assert done.contents == {}
    assert [each.code for each in report.diagnostics] == ["LGT409"]
    assert [reason for _, reason in done.withheld] == ["the fixed code would earn a finding of its own"]


ONE_UNIT = {
    "torch": (
        "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\nlast = nn.Linear(4, 1)\n\n\n"
        "def loss(x, y):\n    return F.binary_cross_entropy(torch.softmax(last(x), dim=-1), y)\n",
        "F.binary_cross_entropy(torch.sigmoid(last(x)), y)",
        "F.binary_cross_entropy_with_logits(last(x), y)",
    ),
    "keras": (
        'import keras\n\nmodel = keras.Sequential([keras.layers.Dense(8), keras.layers.Dense(1, activation="softmax")])\n'
        'model.compile(optimizer="adam", loss="binary_crossentropy")\n',
        'keras.layers.Dense(1, activation="sigmoid")',
        'keras.layers.Dense(1, activation="sigmoid")',
    ),
}


@pytest.mark.parametrize("name", ONE_UNIT)
def test_advice_on_what_comes_out_keeps_no_fix_away(name: str) -> None:
    program, fixed, fused = ONE_UNIT[name]
    for settings, expected in ((Settings(), fixed), (Settings(extend_select=("LGT308",)), fused)):
        _, done = fix_sources({"case.py": program.encode()}, settings, unsafe=True)
        assert expected in done.contents["case.py"].decode()


#: A fix that would do nothing, or leave the loss with something else that it does not take.
IN_VAIN = {
    "a norm of probabilities": (
        "def loss(x, y):\n    s = torch.sigmoid(net(x))\n    p = F.normalize(s, p=1, dim=1)\n    return F.cross_entropy(p, y)\n"
    ),
    "a sigmoid of probabilities": (
        "def loss(x, y):\n    return F.binary_cross_entropy_with_logits(torch.sigmoid(F.softmax(net(x), dim=1)), y)\n"
    ),
    "one class of a softmax": (
        "def loss(x, y):\n    p = F.softmax(net(x), dim=1)\n    return F.binary_cross_entropy_with_logits(p.max(dim=1)[0], y)\n"
    ),
}


@pytest.mark.parametrize("name", IN_VAIN)
def test_what_would_be_refused_is_not_offered(name: str) -> None:
    head = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\nnet = nn.Linear(4, 3)\n\n\n"
    found = check({"case.py": f"{head}{IN_VAIN[name]}".encode()}, Settings(select=("LGT101", "LGT103"))).diagnostics
    assert [each.fix for each in found] == [None]


MODEL = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self):\n"
#: What a value passes through on its way out of a function: the activation is not put back there.
ON_THE_WAY = {
    "the largest of many": (
        "        super().__init__()\n        self.parts = nn.Sequential(nn.Linear(8, 1), nn.Sigmoid())\n\n"
        "    def forward(self, bag):\n        p = self.parts(bag).squeeze(-1)\n        return p.max(dim=1)[0]\n\n\nnet = Net()\n\n\n"
        "def loss(x, y):\n    return F.binary_cross_entropy_with_logits(net(x), y)\n",
        "self.parts = nn.Sequential(nn.Linear(8, 1))\n\n    def forward(self, bag):\n        p = self.parts(bag).squeeze(-1)\n",
    ),
    "a helper that applies it": (
        "        super().__init__()\n        self.one, self.two = nn.Linear(8, 8), nn.Linear(8, 3)\n\n    def forward(self, x):\n"
        "        x = dense(x, self.one, torch.sigmoid)\n        return dense(x, self.two, lambda z: F.softmax(z, dim=1))\n\n\n"
        "def dense(x, layer, act):\n    x = layer(x)\n    return act(x) if act is not None else x\n\n\nnet = Net()\n\n\n"
        "def loss(x, y):\n    return F.cross_entropy(net(x), y)\n",
        "        return dense(x, self.two, lambda z: z)\n\n\ndef dense(x, layer, act):\n    x = layer(x)\n    return act(x) if",
    ),
}


@pytest.mark.parametrize("name", ON_THE_WAY)
def test_an_activation_is_not_put_back_on_the_way(name: str) -> None:
    program, expected = ON_THE_WAY[name]
    _, done = fix_sources({"case.py": f"{MODEL}{program}".encode()}, Settings(), unsafe=True)
    assert expected in done.contents["case.py"].decode()


def test_findings_that_share_a_line_are_all_fixed() -> None:
    twice = "torch.log(torch.softmax(torch.log(torch.softmax(y, 1)), 1))"
    text = f"import torch\n\n\ndef f(x, y):\n    return torch.log(torch.softmax(x, 1)) + {twice}\n"
    report, done = fix_sources({"a.py": text.encode()}, unsafe=False)
    assert not [each for each in report.diagnostics if each.code == "LGT301"]
    assert done.contents["a.py"].count(b"torch.log(") == 0


def test_two_values_never_share_a_new_name() -> None:
    text = """\
import torch


def f(net, real, fake):
    a = torch.sigmoid(net(real))
    b = torch.sigmoid(net(fake))
    return torch.log(1 - a) + torch.log(1 - b) + a + b
"""
    _, done = fix_sources({"a.py": text.encode()}, unsafe=False)
    after = done.contents["a.py"].decode()
    assert "logits = net(real)" in after
    assert "scores = net(fake)" in after
    assert "logsigmoid(-logits)" in after
    assert "logsigmoid(-scores)" in after


def test_the_order_of_the_files_changes_nothing() -> None:
    sources = {"net.py": NET.encode(), "train.py": TRAIN.encode(), "a.py": SAFE.encode(), "z.py": UNSAFE.encode()}
    results = [fix_sources(dict(order), unsafe=True)[1].contents for order in (sources.items(), reversed(sources.items()))]
    assert results[0] == results[1]
    assert set(results[0]) == {"net.py", "a.py", "z.py"}


# ---------------------------------------------------------------------- the disk


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755])
def test_permissions_and_links_stay(tmp_path: Path, mode: int) -> None:
    write(tmp_path, {"real/a.py": SAFE})
    target = tmp_path / "real" / "a.py"
    target.chmod(mode)
    link = tmp_path / "a.py"
    link.symlink_to(target)
    assert program(tmp_path, "check", "--fix", "a.py").status == 0
    assert link.is_symlink()
    assert target.read_text() == SAFE_FIXED
    assert stat.S_IMODE(target.stat().st_mode) == mode
    assert sorted(path.name for path in (tmp_path / "real").iterdir()) == ["a.py"], "no temporary file is left"


def test_a_read_only_file_is_an_error_and_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": SAFE, "b.py": SAFE})
    (tmp_path / "b.py").chmod(0o444)
    before = tree(tmp_path)
    done = program(tmp_path, "check", "--fix")
    assert done.status == 2
    assert "b.py: cannot be changed: the file is read-only; no file was changed" in done.err
    assert tree(tmp_path) == before


@pytest.mark.parametrize("what", ["gone", "changed"])
def test_a_file_that_goes_or_changes_meanwhile_is_an_error(tmp_path: Path, what: str) -> None:
    write(tmp_path, {"a.py": SAFE, "b.py": SAFE})
    paths = [str(tmp_path / name) for name in ("a.py", "b.py")]
    old, new = dict.fromkeys(paths, SAFE.encode()), dict.fromkeys(paths, SAFE_FIXED.encode())
    (tmp_path / "b.py").unlink() if what == "gone" else (tmp_path / "b.py").write_text("x = 1\n")
    before = tree(tmp_path)
    with pytest.raises(FixError, match=r"b\.py: .*no file was changed"):
        disk.write_all(old, new)
    assert tree(tmp_path) == before


def test_a_failure_in_the_middle_leaves_every_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.py": SAFE, "b.py": SAFE, "c.py": SAFE})
    paths = [str(tmp_path / name) for name in ("a.py", "b.py", "c.py")]
    before = tree(tmp_path)
    real, calls = os.replace, []

    def failing(source: str, target: str) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(FixError, match="No space left on device; no file was changed"):
        disk.write_all(dict.fromkeys(paths, SAFE.encode()), dict.fromkeys(paths, SAFE_FIXED.encode()))
    assert tree(tmp_path) == before


def test_an_interrupt_leaves_every_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.py": SAFE, "b.py": SAFE})
    paths = [str(tmp_path / name) for name in ("a.py", "b.py")]
    before = tree(tmp_path)
    real, calls = os.replace, []

    def interrupted(source: str, target: str) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        disk.write_all(dict.fromkeys(paths, SAFE.encode()), dict.fromkeys(paths, SAFE_FIXED.encode()))
    assert tree(tmp_path) == before
