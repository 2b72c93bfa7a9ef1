"""Formatted strings as Python 3.12 reads them: right on every Python, and what stands in for them is never shown or written."""

from __future__ import annotations

import json

import libcst
import pytest
from cases import Checker

from logitlint import engine
from logitlint.fixing import fix_sources
from logitlint.formatted import for_libcst, older, tree
from logitlint.lines import split_lines
from logitlint.mentions import of_text
from logitlint.noqa import edits
from logitlint.outline import outline
from logitlint.source import read_source

NEWER = [
    'f"a {d["x"]} b"',
    'f"{f"{f"{1}"}"}"',
    "f'{d['x']!r:>{w['y']}}'",
    'f"a {\n    x\n} b"',
    'f"{\n\n    x\n\n}"',
    'f"{\r\n    x\r\n}"',
    'f"{\n    x:.4f\n}"',
    'f"{\n    x!r\n    :>{w}.{p}\n    }"',
    'f"{\n    f"{\n        x:.2f\n    }"\n}"',
    'f"{  # why " not }\n    x\n}"',
    'f"""{  # why\n    x\n}"""',
    "f\"{'\\n'.join(x)}\"",
    'f"""{"\\n".join(x)} {d["""x"""]}"""',
    'f"{x + \\\n y}"',
    'rf"\\N{d["x"]}\\d"',
    'f"\\N{DIGIT ONE}\\"{d["x"]}"',
    'f"{{ {d["x"]} }}{"}"}"',
    'f"{ {"a": 1}["a"] }"',
    'f"{d["a"] != d["b"]!s}{d["x"] = }"',
    'f"{(y := d["x"])}{(lambda z: z["a"])(d)}{*d["x"],}"',
    'f"{d["x"][1:2]:%H:%M}"',
    't"{d["x"]}"',
    '"a" f"{\n    x\n}" "c"',
]
OLDER = [
    "f\"{x['#']}\"",
    'f"{x}{{}}{y!r:>{w}}\\n"',
    "f'{d[\"a\"]}'",
    'f"""{x:\n}{d["a"]}"""',
    'rf"\\{x}"',
    '"f{" + x',
    'f"{{" "a"',
    '"{" f"a"',
    "f'{x}' '{'",
]
BROKEN = [
    'f"{d["x" + ]}"',
    'f"{\n}"',
    'f"{  # nothing\n}"',
    'f"{}{d["x"]}"',
    'f"{d["x"]!z}"',
    'f"{d["x"]"',
    'f"{d["x"]}}"',
    'f"{x:{d["a"]}"',
    'f"{\n    x y\n}"',
    'f"{d["x"]}\nb"',
    'f"{d["x"]:.2f',
    'f"{"a\n"}"',
    'f"{' * 60 + '"x"' + '}"' * 60 + " y",
]


@pytest.mark.parametrize("string", NEWER)
def test_every_string_of_python_3_12_is_read(string: str) -> None:
    text = f"a = ({string}).z  # end\nb = 1\n"
    libcst.parse_module(for_libcst(text))
    plain = older(text)
    assert plain != text
    statement = tree(text).body[0]
    assert (statement.end_lineno, statement.end_col_offset) == (len(split_lines(text)) - 1, len(split_lines(text)[-2]) - len("  # end\n"))
    assert split_lines(plain)[-2].endswith(").z  # end\n")


@pytest.mark.parametrize("string", OLDER)
def test_a_string_that_every_python_reads_stays(string: str) -> None:
    assert older(string) == for_libcst(string) == string


@pytest.mark.parametrize("string", BROKEN)
def test_what_no_python_reads_stays_broken(check: Checker, string: str) -> None:
    found = check({"a.py": f'import torch\na = f"{{d["x"]}}"\nb = {string}\n'})
    assert [each.code for each in found] == ["LGT900"]


def test_what_stands_behind_a_string_has_its_place(check: Checker) -> None:
    text = 'import torch.nn.functional as F\n\n\ndef f(x, y, d):\n    print(f"a {\n        d["x"]:.2f\n'
    text += '    } b", F.cross_entropy(F.softmax(x, 1), y))\n'
    (found,) = check({"a.py": text})
    assert (found.code, found.span.line, found.span.column) == ("LGT101", 7, 11)


def test_what_is_formatted_is_judged(check: Checker) -> None:
    text = 'import torch.nn.functional as F\n\n\ndef f(x, b):\n    print(f"{F.cross_entropy(F.softmax(x, 1), b["y"])}")\n'
    (found,) = check({"a.py": text})
    assert (found.code, found.span.line, found.span.column) == ("LGT101", 5, 14)


def test_too_deep_behind_a_string_is_told_and_ends_nothing(check: Checker) -> None:
    found = check({"a.py": 'import torch\na = f"{\n    x\n}" + ' + "(" * 3000 + "1" + ")" * 3000 + "\n"})
    assert [each.code for each in found] == ["LGT900"]


def test_specifications_inside_of_specifications_end_nothing(check: Checker) -> None:
    found = check({"a.py": 'import torch\na = f"' + "{x:" * 500 + "}" * 500 + '"\n', "b.py": "import torch\nif\n"})
    assert {(each.span.path, each.code) for each in found} == {("a.py", "LGT900"), ("b.py", "LGT900")}


def test_nor_does_a_depth_that_broken_strings_hide(check: Checker) -> None:
    assert [each.code for each in check({"a.py": "import torch\n" + 'f"{(\n' * 20_000})] == ["LGT900"]


def test_units_end_where_they_do() -> None:
    text = 'def f(x):\n    return f"a {\n        x\n    } b"\n\n\nx = 1\nif x:\n    f("softmax")\n'
    found = outline(read_source("a.py", text.encode()))
    assert [(each.name, each.first, each.last) for each in found.units] == [("f", 1, 4), (None, 7, 9)]
    assert found.units[0].mentions("x")


def test_a_body_speaks_of_what_it_formats() -> None:
    assert of_text('    print(f"{self.loss[self.name["x"]]}", y)\n').attributes >= {"loss", "name"}
    assert of_text('    print(f"{self.loss["x"]}", y)\n') == of_text("    print(f\"{self.loss['x']}\", y)\n")


PROGRAM = """\
import torch
import torch.nn.functional as F
from torch import nn


def step(net, batch, y):
    loss = F.cross_entropy(F.softmax(net(batch["x"]), dim=1), y)
    print(
        f"epoch {batch["epoch"]}: {
            loss.item():.4f
        }"
    )
    return f"{loss.item():.4f}, {", ".join(batch["names"])}"
"""


def test_a_fix_leaves_every_string_as_it_was() -> None:
    _, done = fix_sources({"a.py": PROGRAM.encode()}, unsafe=True)
    assert done.contents["a.py"].decode() == PROGRAM.replace('F.softmax(net(batch["x"]), dim=1)', 'net(batch["x"])')


def test_in_a_notebook_too() -> None:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": PROGRAM.splitlines(keepends=True)}
    data = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()
    report, done = fix_sources({"a.ipynb": data}, unsafe=True)
    assert report.diagnostics == ()
    old, new = data.decode().splitlines(), done.contents["a.ipynb"].decode().splitlines()
    assert [(a, b) for a, b in zip(old, new, strict=True) if a != b] == [
        (each, each.replace('F.softmax(net(batch[\\"x\\"]), dim=1)', 'net(batch[\\"x\\"])')) for each in old if "softmax" in each
    ]


def test_a_fix_may_stand_in_a_string_and_take_one_along() -> None:
    text = (
        "import torch\nimport torch.nn.functional as F\n\n\ndef f(x, d, y):\n"
        '    print(f"{F.cross_entropy(F.softmax(x, 1), d["y"])} {\n        d["z"]:.1f\n    }")\n'
        '    return torch.log(torch.softmax(d[f"{d["x"]} {\n        x:.1f\n    }"], 1))\n'
    )
    _, done = fix_sources({"a.py": text.encode()}, unsafe=True)
    expected = text.replace("F.softmax(x, 1)", "x").replace("torch.log(torch.softmax(", "torch.log_softmax(").replace('"], 1))', '"], 1)')
    assert done.contents["a.py"].decode() == expected


@pytest.mark.parametrize("use", ['f"{F.relu(d["x"])}"', 'f"{\n        d:{F.width}\n    }"', 'f"{\n        F.relu(d):.2f\n    } of"'])
def test_an_import_that_a_string_uses_stays(use: str) -> None:
    text = f"import torch\nfrom torch.nn import functional as F\n\n\ndef f(x, y, d):\n    print({use})\n"
    text += "    return torch.nn.functional.cross_entropy(F.softmax(x, 1), y)\n"
    _, done = fix_sources({"a.py": text.encode()}, unsafe=True)
    assert done.contents["a.py"].decode() == text.replace("F.softmax(x, 1)", "x")


def test_no_comment_is_put_into_a_string() -> None:
    text = (
        "import torch.nn.functional as F\n\n\ndef f(x, d, y):\n"
        '    print(f"a {\n        F.cross_entropy(F.softmax(x, 1), y):.2f\n    }", d)\n'
    )
    source = read_source("a.py", text.encode())
    made, left = edits(source, engine.check({"a.py": text.encode()}).diagnostics)
    assert left == []
    assert [(each.span.line, each.content) for each in made] == [(7, "  # noqa: LGT101")]
