"""What holds for every fix, whatever the program: held against all the fixtures, and against programs made up here."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Mapping
from itertools import accumulate

import pytest
from cases import Case, read_all
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logitlint.config import Settings
from logitlint.diagnostics import Diagnostic, Edit
from logitlint.engine import check
from logitlint.fixes.splice import spliced
from logitlint.fixing import fix_sources
from logitlint.formatted import tree
from logitlint.project import DATA_SUFFIXES
from logitlint.source import read_source

EVERYTHING = Settings(select=("ALL",), confidence="possible")
WITH_FINDINGS = [case for case in read_all() if case.marked("expect") and "LGT900" not in case.codes]


def parsed(sources: Mapping[str, bytes]) -> None:
    for path, data in sources.items():
        if path.endswith(DATA_SUFFIXES):
            continue
        source = read_source(path, data)
        assert source.problems == ()
        tree(source.text)


def counted(sources: Mapping[str, bytes]) -> Counter[tuple[str, str]]:
    return Counter((each.code, each.span.path) for each in check(sources, EVERYTHING).diagnostics)


@pytest.mark.parametrize("case", WITH_FINDINGS, ids=lambda case: case.id)
def test_fixing_a_fixture(case: Case) -> None:
    """Fixed text parses, what was fixed is gone, nothing new appears, and fixing again changes nothing."""
    sources = case.sources()
    report, done = fix_sources(sources, EVERYTHING, unsafe=True)
    assert not report.failed, report.messages
    after = {**sources, **done.contents}
    parsed(after)
    before, now = counted(sources), counted(after)
    assert not now - before, "a finding that was not there"
    fixed = Counter((each.code, each.span.path) for each in done.fixed)
    # advice on what a fix has made is followed as well: that was not there before
    assert all(now[key] <= max(before[key] - count, 0) for key, count in fixed.items())
    _, again = fix_sources(after, EVERYTHING, unsafe=True)
    assert again.contents == {}
    for finding in report.diagnostics:
        if finding.fix is not None:
            applied(after, finding)


def applied(sources: Mapping[str, bytes], finding: Diagnostic) -> None:
    """Also what is only suggested can be put into the text, and gives Python."""
    assert finding.fix is not None
    for path in {edit.span.path for edit in finding.fix.edits}:
        edits = [edit for edit in finding.fix.edits if edit.span.path == path]
        parsed({path: spliced(sources[path], read_source(path, sources[path]), edits)})


# ---------------------------------------------------------------------- made-up programs

HEAD = """\
import torch
import torch.nn as nn
import torch.nn.functional as F

layer = nn.Linear(6, 5)
"""
#: Bodies of ``def f(x, y, net)``, each with one thing to fix.
BODIES = (
    "return torch.log(F.softmax(net(x), dim=1))",
    "p = torch.softmax(layer(x), dim=-1)\nq = torch.log(p)\nreturn q",
    "p = net(x).softmax(1)\nz = p.log()\nreturn z + p",
    "return torch.log(1 - torch.sigmoid(layer(x)))",
    "return -torch.sigmoid(x - y).log().mean()",
    "return x.exp().sum(dim=1, keepdim=True).log()",
    "return torch.log1p(torch.exp(x))",
    "return F.cross_entropy(F.softmax(net(x), dim=1), y)",
    "out = torch.softmax(layer(x), dim=1)\nloss = F.cross_entropy(out, y)\nreturn loss, out.argmax(1)",
    "out = torch.sigmoid(net(x))\nloss = F.binary_cross_entropy_with_logits(out, y)\nprint(out.mean())\nreturn loss",
    "return nn.BCELoss()(layer(x), y)",
    "return F.nll_loss(layer(x), y)",
    "p = F.softmax(net(x), dim=1)\nreturn F.nll_loss(p, y)",
    "return F.nll_loss(torch.softmax(torch.softmax(net(x), 1), 1).log(), y)",
    "return -(y * F.log_softmax(net(x), dim=1)).sum(dim=1).mean()",
    "z = layer(x)\nreturn -(y * F.logsigmoid(z) + (1 - y) * F.logsigmoid(-z)).mean()",
    "if y is None:\n    p = torch.softmax(net(x), 1)\nelse:\n    p = torch.softmax(y, 1)\nreturn torch.log(p)",
)


def program(body: str) -> str:
    return HEAD + "\n\ndef f(x, y, net):\n" + "".join(f"    {line}\n" for line in body.split("\n"))


ALIASES = {"F": ("F", "functional", "nnf"), "nn": ("nn", "layers"), "torch": ("torch", "th")}


def renamed(text: str, names: Mapping[str, str]) -> str:
    """The same program under other import names."""
    text = text.replace("import torch.nn.functional as F", f"import torch.nn.functional as {names['F']}")
    text = text.replace("import torch.nn as nn", f"import torch.nn as {names['nn']}")
    text = re.sub(r"^import torch$", "import torch" if names["torch"] == "torch" else f"import torch as {names['torch']}", text, flags=re.M)
    head, body = text.split("\nlayer =", 1)
    for old, new in names.items():
        body = re.sub(rf"\b{old}\.", f"{new}.", body)
    return f"{head}\nlayer ={body}"


@st.composite
def layouts(draw: st.DrawFn) -> tuple[str, str]:
    """A program as it stands above, and the same one renamed, reformatted and commented."""
    text = program(draw(st.sampled_from(BODIES)))
    names = {name: draw(st.sampled_from(choices)) for name, choices in ALIASES.items()}
    other = renamed(text, names)
    if draw(st.booleans()):
        other = other.replace("(", draw(st.sampled_from(("( ", "(\n        "))))
    lines = []
    for line in other.split("\n"):
        if draw(st.booleans()) and line.strip() and not line.startswith(("import", "def")):
            indent = line[: len(line) - len(line.lstrip())]
            lines.append(f"{indent}# {draw(st.sampled_from(('why', 'é', 'softmax(x)', 'noq')))}")
        lines.append(line + draw(st.sampled_from(("", "", "  # note", "  ", "\t"))) if line.strip() and "import" not in line else line)
    return text, draw(st.sampled_from(("\n", "\r\n"))).join(lines)


def outcome(text: str) -> list[str]:
    """The codes of what was fixed in a program, which holds what every fixed program has to."""
    data = text.encode()
    _, done = fix_sources({"a.py": data}, EVERYTHING, unsafe=True)
    after = done.contents.get("a.py", data).decode()
    parsed({"a.py": after.encode()})
    kept_bytes(data, after.encode(), done.fixed)
    if done.contents:
        assert fix_sources(done.contents, EVERYTHING, unsafe=True)[1].contents == {}
        assert not counted(done.contents) - counted({"a.py": data})
    return sorted(each.code for each in done.fixed)


def kept_bytes(before: bytes, after: bytes, fixed: list[Diagnostic]) -> None:
    """Every comment and every kind of line end is still there, and the text outside of the edits is what it was."""
    comments = re.compile(rb"#[^\r\n]*")
    assert Counter(comments.findall(before)) == Counter(comments.findall(after))
    assert {end for text in (before, after) for end in re.findall(rb"\r\n|\n|\r", text)} in ({b"\n"}, {b"\r\n"})
    assert reached(before.decode(), fixed, after.decode()), "more than the edits has changed"


def reached(text: str, fixed: list[Diagnostic], after: str) -> bool:
    """Whether the edits alone give the text: those of a pass stand in the text that the pass before has left."""
    if not fixed:
        return text == after
    passes = (fixed[:count] for count in range(len(fixed), 0, -1))
    return any(reached(edited(text, each), fixed[len(each) :], after) for each in passes)


def edited(text: str, fixed: list[Diagnostic]) -> str:
    lines = text.splitlines(True)
    starts = [0, *accumulate(map(len, lines))]
    position, parts = 0, []
    edits = sorted({edit for each in fixed if each.fix is not None for edit in each.fix.edits}, key=lambda edit: edit.span)
    for edit in edits:
        start, end = (starts[min(line, len(starts)) - 1] + column - 1 for line, column in edit_ends(edit))
        parts += [text[position:start], edit.content]
        position = end
    return "".join((*parts, text[position:]))


def edit_ends(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
    span = edit.span
    return (span.line, span.column), (span.end_line, span.end_column)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(layouts())
def test_names_layout_and_comments_change_nothing(pair: tuple[str, str]) -> None:
    plain, other = pair
    codes = outcome(plain)
    other_codes = outcome(other)
    assert codes
    if "#" not in other:
        assert other_codes == codes
    assert set(other_codes) <= set(codes), "a comment may withhold a fix, never make one"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(BODIES), min_size=2, max_size=4))
def test_many_findings_in_one_file_are_fixed_as_each_alone(bodies: list[str]) -> None:
    functions = "\n\n".join(program(body).removeprefix(HEAD).replace("def f(", f"def f{i}(") for i, body in enumerate(bodies))
    _, done = fix_sources({"a.py": (HEAD + functions).encode()}, EVERYTHING, unsafe=True)
    after = ast.parse(done.contents["a.py"])
    found = [ast.unparse(ast.Module(node.body, [])) for node in after.body if isinstance(node, ast.FunctionDef)]
    for i, body in enumerate(bodies):
        _, alone = fix_sources({"a.py": program(body).encode()}, EVERYTHING, unsafe=True)
        (function,) = [node for node in ast.parse(alone.contents["a.py"]).body if isinstance(node, ast.FunctionDef)]
        same = ast.unparse(ast.Module(function.body, []))
        assert _without_new_names(found[i]) == _without_new_names(same)


def _without_new_names(text: str) -> str:
    return re.sub(r"\b(logits|scores|raw_scores|raw_logits|logits_\d|scores_\d)\b|torch\.nn\.functional|nn\.functional|\bF\b", "_", text)
