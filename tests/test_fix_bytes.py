"""Fixes change what they say and no other byte, whatever the file looks like."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from logitlint.config import Settings
from logitlint.diagnostics import Diagnostic, Edit, Span
from logitlint.engine import check
from logitlint.fixes.splice import Unspliceable, spliced
from logitlint.fixing import fix_sources
from logitlint.source import read_source

PROGRAM = """\
import torch
import torch.nn.functional as F


def f(x):
    p = F.softmax(x, dim=1)  # kept: é
    return torch.log(p) + torch.zeros(1)
"""
FIXED = """\
import torch
import torch.nn.functional as F


def f(x):
    return F.log_softmax(x, dim=1) + torch.zeros(1)
"""
ONE = "import torch\n\n\ndef f(x):\n    return torch.log(torch.softmax(x, 1))\n"


def fixed(sources: Mapping[str, bytes], *, unsafe: bool = False, **settings: object) -> dict[str, bytes]:
    _, done = fix_sources(sources, Settings(**settings), unsafe=unsafe)  # type: ignore[arg-type]
    return {**sources, **done.contents}


def program(data: bytes, *, unsafe: bool = False) -> bytes:
    return fixed({"a.py": data}, unsafe=unsafe)["a.py"]


def found(sources: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    return check(sources).diagnostics


# ---------------------------------------------------------------------- text


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_byte_order_mark_and_a_missing_last_newline_stay(newline: str, mark: bytes, last: bool) -> None:
    text = ONE.replace("torch.softmax(x, 1)", "torch.softmax(x,\t 1)") + "# ü  \t\n"
    text = text if last else text[:-1]
    expected = text.replace("torch.log(torch.softmax(x,\t 1))", "torch.log_softmax(x,\t 1)")
    encoded = [mark + each.replace("\n", newline).encode() for each in (text, expected)]
    assert program(encoded[0]) == encoded[1]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "shift_jis", "koi8-r"])
def test_the_declared_encoding_stays(encoding: str) -> None:
    letter = {"shift_jis": "日本", "koi8-r": "Привет"}.get(encoding, "naïve")
    text = f"# -*- coding: {encoding} -*-\n# {letter}\n{ONE}s = '{letter}'\n"
    expected = text.replace("torch.log(torch.softmax(x, 1))", "torch.log_softmax(x, 1)")
    assert program(text.encode(encoding)) == expected.encode(encoding)


def test_tabs_quotes_and_form_feeds_stay() -> None:
    text = "import torch\n\x0c\ndef f(x):\n\ty = 'a' \"b\"  \\\n\t\t'c'\n\treturn torch.log(torch.softmax( x ,1 ) )\t \n"
    assert program(text.encode()) == text.replace("torch.log(torch.softmax( x ,1 ) )", "torch.log_softmax( x ,1 )").encode()


def test_a_statement_goes_with_its_line_and_a_comment_on_it_stays() -> None:
    """The comment belongs to the line that would go, so the line stays."""
    assert b"# kept" in program(PROGRAM.encode())
    assert program(PROGRAM.replace("  # kept: é", "").encode()).decode() == FIXED


BLANK = {
    "on both sides": ("z = x * 1\n\n{gone}\nreturn ", "z = x * 1\n\nreturn "),
    "more below than above": ("z = x * 1\n\n{gone}\n\nreturn ", "z = x * 1\n\n\nreturn "),
    "above alone": ("z = x * 1\n\n{gone}return ", "z = x * 1\n\nreturn "),
    "below alone": ("z = x * 1\n{gone}\nreturn ", "z = x * 1\n\nreturn "),
    "first in its block": ("{gone}\nreturn ", "return "),
    "below a comment": ("# why\n{gone}\nreturn ", "# why\n\nreturn "),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("where", BLANK)
def test_blank_lines_do_not_double_where_a_statement_goes(where: str, newline: str) -> None:
    head = "import torch\n\n\ndef f(x):\n"
    before, after = (head + _indented(each) for each in BLANK[where])
    before = before.replace("{gone}", "p = torch.softmax(x, 1)\n    ") + "torch.log(p)\n"
    after += "torch.log_softmax(x, 1)\n"
    assert program(before.replace("    \n", "\n").replace("\n", newline).encode()) == after.replace("\n", newline).encode()


def _indented(text: str) -> str:
    return "".join(f"    {line}" if line.strip() else line for line in text.splitlines(keepends=True))


COMMENTS = {
    "inside the argument": "return torch.log(F.softmax(x + (  # why\n        1), dim=1))",
    "before the inner call": "return torch.log(  # why\n        F.softmax(x, dim=1))",
    "after the inner call": "return torch.log(\n        F.softmax(x, dim=1)  # why\n    )",
    "above a method": "return (F.softmax(x, dim=1)\n        # why\n        .log())",
    "behind the statement": "return torch.log(F.softmax(x, dim=1))  # why",
}


@pytest.mark.parametrize("where", COMMENTS)
def test_no_comment_is_lost(where: str) -> None:
    head = "import torch\nimport torch.nn.functional as F\n\n\ndef f(x):\n    "
    data = (head + COMMENTS[where] + "\n").encode()
    after = program(data)
    assert after.count(b"# why") == 1
    compile(after, "a.py", "exec")
    if where not in ("above a method",):
        assert b"log_softmax" in after


def test_an_import_is_added_below_the_others_in_the_files_own_way() -> None:
    cases = {
        "from torch import nn\n\n\ndef f(x):\n    return x.sigmoid().log()\n": "nn.functional.logsigmoid(x)",
        "import torch.nn.functional as nnf\n\n\ndef f(x):\n    return nnf.sigmoid(x).log()\n": "nnf.logsigmoid(x)",
        "import torch\n\n\ndef f(x):\n    return torch.sigmoid(x).log()\n": "torch.nn.functional.logsigmoid(x)",
        '"""Doc."""\n\nfrom torch import sigmoid\n\nX = 1\n\n\ndef f(x):\n    return sigmoid(x).log()\n': "F.logsigmoid(x)",
    }
    for text, call in cases.items():
        after = program(text.encode()).decode()
        assert f"return {call}\n" in after
        assert found({"a.py": after.encode()}) == ()
    assert after.startswith('"""Doc."""\n\nimport torch.nn.functional as F\n\nX = 1\n')


def test_a_name_that_is_taken_is_not_taken_again() -> None:
    text = "from torch import sigmoid\n\nF = 3\n\n\ndef f(x):\n    return sigmoid(x).log() * F\n"
    after = program(text.encode()).decode()
    assert after == text, "there is no name to import the function under"


def test_a_shadowed_module_is_not_used() -> None:
    text = "import torch\nimport torch.nn.functional as F\n\n\ndef f(x, F):\n    return torch.log(torch.sigmoid(x)) + F\n"
    after = program(text.encode()).decode()
    assert "return torch.nn.functional.logsigmoid(x) + F" in after


# ---------------------------------------------------------------------- notebooks


def notebook(*sources: object, **extra: object) -> str:
    cells = [{"cell_type": "code", "execution_count": n, "metadata": {}, "outputs": [], "source": s} for n, s in enumerate(sources, 1)]
    return json.dumps({"cells": cells, "metadata": extra, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def as_list(text: str) -> list[str]:
    return text.splitlines(keepends=True)


CELL = "import torch\n%matplotlib inline\n!pip install x\np = torch.softmax(x, 1)\ntorch.log(p);"


@pytest.mark.parametrize("form", [as_list, str])
@pytest.mark.parametrize("ending", ["\n", ""])
def test_only_the_changed_strings_of_a_notebook_change(form: type, ending: str) -> None:
    text = notebook(
        form("é = '日本 \\u00e9 \U0001f600'\n"), form("import torch\nx = torch.zeros(2, 3)"), form(CELL), big=12345678901234567890123
    )
    data = (text.replace('"outputs": []', '"outputs":   []') + ending).encode()
    after = fixed({"n.ipynb": data})["n.ipynb"]
    assert after != data
    old, new = json.loads(data), json.loads(after)
    assert "".join(new["cells"][2]["source"]).endswith("torch.log_softmax(x, 1);")
    assert "".join(new["cells"][2]["source"]).startswith("import torch\n%matplotlib inline\n!pip install x\n")
    old["cells"][2].pop("source"), new["cells"][2].pop("source")
    assert old == new
    # every line of the JSON that does not speak of the change is there, byte for byte
    kept = [line for line in data.split(b"\n") if b"softmax" not in line and b"torch.log" not in line]
    position = -1
    for line in kept:
        position = after.index(line, position + 1)


def test_a_line_more_and_a_line_less_are_elements_of_the_list() -> None:
    source = ["import torch\n", "def f(net, x):\n", "    p = torch.softmax(net(x), 1)\n", "    return torch.log(p) + p"]
    after = json.loads(fixed({"n.ipynb": notebook(source).encode()})["n.ipynb"])["cells"][0]["source"]
    assert after == [
        "import torch\n",
        "def f(net, x):\n",
        "    logits = net(x)\n",
        "    p = torch.softmax(logits, 1)\n",
        "    return torch.log_softmax(logits, 1) + p",
    ]
    source = ["import torch\n", "def f(x):\n", "    p = torch.softmax(x, 1)\n", "    return torch.log(p)"]
    after = json.loads(fixed({"n.ipynb": notebook(source).encode()})["n.ipynb"])["cells"][0]["source"]
    assert after == ["import torch\n", "def f(x):\n", "    return torch.log_softmax(x, 1)"]


def test_blank_lines_of_the_next_cell_stay() -> None:
    first = ["import torch\n", "x = torch.zeros(2, 3)\n", "\n", "p = torch.softmax(x, 1)"]
    after = json.loads(fixed({"n.ipynb": notebook(first, ["\n", "torch.log(p);"]).encode()})["n.ipynb"])["cells"]
    assert [each["source"] for each in after] == [["import torch\n", "x = torch.zeros(2, 3)\n", "\n"], ["\n", "torch.log_softmax(x, 1);"]]


@pytest.mark.parametrize("escaped", [True, False])
def test_the_escapes_of_a_notebook_stay(escaped: bool) -> None:
    source = ["import torch\n", "s = 'ü'; y = torch.log(torch.softmax(x, 1))  # \u2028 \t \"q\"\n"]
    data = json.dumps(json.loads(notebook(source)), ensure_ascii=escaped).replace("\\t", "\\u0009").encode()
    after = fixed({"n.ipynb": data})["n.ipynb"]
    assert after == data.replace(b"torch.log(torch.softmax(x, 1))", b"torch.log_softmax(x, 1)")


def test_half_a_character_beside_a_fix_stays() -> None:
    data = notebook(["import torch\n", "s = '\udce6'\n", "y = torch.log(torch.softmax(x, 1))\n"]).encode()
    after = fixed({"n.ipynb": data})["n.ipynb"]
    assert b"\\udce6" in after
    assert after == data.replace(b"torch.log(torch.softmax(x, 1))", b"torch.log_softmax(x, 1)")


def test_a_line_with_half_a_character_stays() -> None:
    data = notebook(["import torch\n", "y = torch.log(torch.softmax(x, 1))  # \udce6\n"]).encode()
    assert fixed({"n.ipynb": data})["n.ipynb"] == data


def test_carriage_returns_of_a_notebook_file_stay() -> None:
    data = notebook(as_list("import torch\ny = torch.log(torch.softmax(x, 1))")).replace("\n", "\r\n").encode()
    after = fixed({"n.ipynb": data})["n.ipynb"]
    assert after == data.replace(b"torch.log(torch.softmax(x, 1))", b"torch.log_softmax(x, 1)")


def test_list_elements_without_line_ends_are_one_line() -> None:
    data = notebook(["import torch\n", "y = torch.log(torch.soft", "max(x, 1))\n", "z = 1"]).encode()
    after = json.loads(fixed({"n.ipynb": data})["n.ipynb"])["cells"][0]["source"]
    assert "".join(after) == "import torch\ny = torch.log_softmax(x, 1)\nz = 1"


# ---------------------------------------------------------------------- edits by themselves


def test_edits_that_overlap_are_refused() -> None:
    source = read_source("a.py", b"abcdef\n")
    edits = [Edit(Span("a.py", 1, 1, 1, 4), "x"), Edit(Span("a.py", 1, 3, 1, 5), "y")]
    with pytest.raises(Unspliceable, match="overlap"):
        spliced(b"abcdef\n", source, edits)
    assert spliced(b"abcdef\n", source, [edits[0], edits[0]]) == b"xdef\n", "the same edit twice is one"


def test_a_masked_line_is_not_touched() -> None:
    data = notebook(["import torch\n", "%time y = 1\n"]).encode()
    with pytest.raises(Unspliceable, match="IPython"):
        spliced(data, read_source("n.ipynb", data), [Edit(Span("n.ipynb", 2, 1, 2, 2, 1), "")])


def test_what_the_encoding_cannot_say_is_refused() -> None:
    data = b"# coding: latin-1\nx = 1\n"
    with pytest.raises(Unspliceable, match="written"):
        spliced(data, read_source("a.py", data), [Edit(Span("a.py", 2, 5, 2, 6), "日")])


def test_a_name_that_a_cell_reads_which_cannot_be_parsed_stays() -> None:
    cells = [
        "import torch\n\nx = torch.randn(4, 3)\np = torch.softmax(torch.nn.Linear(3, 2)(x), 1)\nloss = -torch.log(p)[0, 0]\n",
        "print 'certainty', p.max()\n",
    ]
    document = {
        "cells": [{"cell_type": "code", "source": text, "metadata": {}, "outputs": [], "execution_count": None} for text in cells],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    after = json.loads(fixed({"n.ipynb": json.dumps(document).encode()})["n.ipynb"])["cells"][0]["source"]
    assert "p = torch.softmax(" in after
    assert "log_softmax" in after
