"""Reading: every byte string gives a text Python can parse or a problem, and every place leads back to what the user wrote."""

from __future__ import annotations

import ast
import json
import random

import pytest

from logitlint.diagnostics import Span
from logitlint.lines import split_lines
from logitlint.source import Cell, SourceFile, read_source


def notebook(*cells: object, indent: int | None = 1, metadata: object = None) -> bytes:
    built = [
        cell if isinstance(cell, dict) else {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": cell}
        for cell in cells
    ]
    return json.dumps({"cells": built, "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": 5}, indent=indent).encode()


def read_cell(text: str) -> SourceFile:
    found = read_source("n.ipynb", notebook(text))
    assert len(split_lines(found.text)) == len(split_lines(text if text.endswith(("\n", "\r")) else text + "\n"))
    ast.parse(found.text)
    return found


def test_split_lines_knows_pythons_line_ends_only() -> None:
    assert split_lines("a\nb\r\nc\rd\x0ce\x0bf\u2028g\x85h") == ["a\n", "b\r\n", "c\r", "d\x0ce\x0bf\u2028g\x85h"]
    assert split_lines("") == []
    assert split_lines("a\n\r\n") == ["a\n", "\r\n"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_newlines_survive(end: str) -> None:
    text = f"# caf\u00e9{end}x = '''a{end}b'''{end}"
    found = read_source("m.py", text.encode())
    assert found.text == text
    assert found.original(2) == "x = '''a"
    assert found.problems == ()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
        (b"\xef\xbb\xbf# coding: utf-8\nx = 1\n", "# coding: utf-8\nx = 1\n"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'\n", "# -*- coding: latin-1 -*-\nx = '\u00e9'\n"),
        (b"# -*- coding: latin-1 -*- \xe9\nx = 1\n", "# -*- coding: latin-1 -*- \u00e9\nx = 1\n"),
        (b"# \xe9\n# -*- coding: latin-1 -*-\nx = 1\n", "# \u00e9\n# -*- coding: latin-1 -*-\nx = 1\n"),
        (
            b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'\n",
            "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\u20ac'\n",
        ),
        (b"# one\r# two\rx = 'coding: latin-1'\r", "# one\r# two\rx = 'coding: latin-1'\r"),
        ("x = '\U0001f600\u6f22'".encode(), "x = '\U0001f600\u6f22'"),
        (b"", ""),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    found = read_source("m.py", data)
    assert (found.text, found.problems) == (text, ())


@pytest.mark.parametrize(
    ("data", "line", "word"),
    [
        (b"x = 1\ny = '\xff'\n", 2, "0xff"),
        (b"# coding: no-such-codec\n", 1, "no-such-codec"),
        (b"# coding: rot13\n", 1, "decode"),
        (b"\xef\xbb\xbf# coding: latin-1\n", 1, "utf-8"),
        ("x = 1\n".encode("utf-16"), 1, "UTF-16"),
        (b"# coding: utf-16\nx = 1\n", 1, "utf-16"),
        (b"a = 1\r\nb = 2\r\nc = '\0'\r\n", 3, "NUL"),
        (b"\r\r\xe9", 3, "0xe9"),
    ],
)
def test_what_cannot_be_decoded_is_a_problem(data: bytes, line: int, word: str) -> None:
    found = read_source("m.py", data)
    assert found.text == ""
    assert found.problems[0].line == line
    assert word in found.problems[0].message


def test_no_bytes_raise() -> None:
    chance = random.Random(7)
    base = notebook("x = 1\n%time f()\n", ["a\n", "b = !ls"]) + b"# coding: latin-1\n\0\xff\xfe'''\\"
    for _ in range(300):
        data = bytes(chance.choice(base) for _ in range(chance.randrange(60)))
        cut = base[: chance.randrange(len(base))]
        for name in ("m.py", "n.ipynb"):
            for sample in (data, cut):
                found = read_source(name, sample)
                found.span(1, 1, 1, 2), found.original(1), found.physical_line(1, 1)


def test_a_module_has_plain_places() -> None:
    found = read_source("m.py", b"x = 1\ny = 2\n")
    assert found.span(2, 1, 2, 6) == Span("m.py", 2, 1, 2, 6, None)
    assert found.physical_line(None, 2) == 2
    assert not found.is_notebook


def test_exported_script_with_loose_magics() -> None:
    found = read_source("colab.py", b"!pip install x 'y\nimport a\nif a:\n    %cd /tmp\nprint(1\n % 2)\n")
    assert found.text == "pass\nimport a\nif a:\n    pass\nprint(1\n % 2)\n"
    assert found.original(1) == "!pip install x 'y"
    text = "x = (1\n % 2)\ny = '''\n!a\n'''\n"
    assert read_source("m.py", text.encode()).text == text


def test_a_databricks_source_may_hold_magics_as_they_were_typed() -> None:
    text = "# Databricks notebook source\n# what the cell needs\n%pip install -q timm\n# COMMAND ----------\nx = 1\n"
    source = read_source("nb.py", text.encode())
    assert source.problems == ()
    ast.parse(source.text)
    assert source.text.endswith("x = 1\n")
    assert source.text.count("\n") == text.count("\n")


def test_databricks_and_percent_scripts_are_left_alone() -> None:
    text = "# Databricks notebook source\n# MAGIC %md hello\n# COMMAND ----------\n# %% [markdown]\n# %%\nx = 1\n"
    assert read_source("d.py", text.encode()).text == text


MAGICS = [
    ("%matplotlib inline\nx = 1", "pass\nx = 1\n"),
    ("!pip install a 'b\nx = 1", "pass\nx = 1\n"),
    ("!!ls\n?obj\nobj?\nobj.attr??\n??x\n%magic?\na.b*?\nobj? # why", "pass\n" * 8),
    ("files = !ls *.py\na, b.c = %sql select 1\nd['k']: int = !pwd", "files = None\na, b.c = None\nd['k']: int = None\n"),
    ("x = %timeit -o f()", "x = None\n"),
    ("for a in b:\n    %memit f(a)\n    !echo (\nx = 1", "for a in b:\n    pass\n    pass\nx = 1\n"),
    ("if a:\n    !ls\nelse:\n    x = !ls", "if a:\n    pass\nelse:\n    x = None\n"),
    ("!pip install \\\n    a \\\n    b\nx = 1", "pass\n\n\nx = 1\n"),
    ("x = !ls \\\n  -l\ny = 1", "x = None\n\ny = 1\n"),
    ("%time y = f(x)\n%time f(x)\nz = %time f(x)", "0;    y = f(x)\n0;    f(x)\nz =       f(x)\n"),
    ("with a:\n    %time f(x)", "with a:\n    0;    f(x)\n"),
    ("%time for\nx = 1", "pass\nx = 1\n"),
    ("%run other.py\n%run ./lib/util.ipynb\n%run ../up -v\n%run 'q.py'\n%run -i i.py", None),
    ("%aimport net, lib.util\n%aimport -net\n%aimport\n%aimport class", "import net, lib.util\npass\npass\npass\n"),
    ("%run a-b.py\n%run /abs/c.py\n%run $name\n%run class.py", "pass\n" * 4),
    ("%%time\nx = 1", "pass\nx = 1\n"),
    ("%%capture out\n%%timeit -n 3\nx = 1", "pass\npass\nx = 1\n"),
    ("# note\n\n%%bash\nls (\n", "#\n#\n#\n#\n"),
    ("%%writefile a.py\nx = (\n", "#\n#\n"),
    ("%%html\n<b>", "#\n#\n"),
    ("x = 1\n%%javascript\nalert('", "x = 1\npass\n\n"),
    ("pip install torch\nx = 1\ncd /tmp", "pass\nx = 1\npass\n"),
    ("/f x\n,f a b\n;f a b", "pass\npass\npass\n"),
    ("x = 1;\nawait f()\nreturn x\nasync for a in b: pass", "x = 1;\nawait f()\nreturn x\nasync for a in b: pass\n"),
    ("%matplotlib inline\ns = '''\n%not magic\n!no\n'''\ny = (1\n  %z\n)", "pass\ns = '''\n%not magic\n!no\n'''\ny = (1\n  %z\n)\n"),
    ("%m\ns = 'a \\\n%b'\ny = 1 \\\n  %z", "pass\ns = 'a \\\n%b'\ny = 1 \\\n  %z\n"),
    ('!ls\nprint("a = %s" % x)\nprint(a == b, a != b)', 'pass\nprint("a = %s" % x)\nprint(a == b, a != b)\n'),
    ("!ls\r\nx = 1\r\n!ls \\\r\n  b\r\n", "pass\r\nx = 1\r\npass\r\n\r\n"),
    ("%m\nx = '\U0001f600\u2028\x0c'", "pass\nx = '\U0001f600\u2028\x0c'\n"),
    ("", "\n"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "python"), MAGICS)
def test_magics(cell: str, python: str | None) -> None:
    found = read_cell(cell)
    assert found.problems == ()
    if python is not None:
        assert found.text == python
    for number, line in enumerate(split_lines(cell), 1):
        assert found.original(number) == line.rstrip("\r\n")


def test_run_becomes_a_star_import() -> None:
    found = read_cell("%run other.py\n%run ./lib/util.ipynb\n%run ../up -v\n%run 'q.py'\n%run -i i.py")
    assert found.text.splitlines() == [f"from {name} import *" for name in ("other", "lib.util", "..up", "q", "i")]
    assert found.is_masked(1)


WRITTEN = [
    ("%%writefile net.py\nx = 1", "net.py"),
    ("# a note\n\n%%writefile ./pkg/net.py\nx = 1", "pkg/net.py"),
    ("%%file 'net.py'\nx = 1", "net.py"),
    ("%%writefile -a net.py\nx = 1", None),
    ("%%writefile /content/net.py\nx = 1", "net.py"),
    ("%%writefile ../pkg/net.py\nx = 1", "net.py"),
    ("%%writefile {name}.py\nx = 1", None),
    ("%%writefile $name.py\nx = 1", None),
    ("%%writefile notes.txt\nx = 1", None),
    ("%%writefile net.py\nx = (", None),
    ("%%bash\ncat > net.py", None),
    ("x = 1\n%%writefile net.py\ny = 1", None),
]


@pytest.mark.parametrize(("cell", "path"), WRITTEN)
def test_modules_that_cells_write(cell: str, path: str | None) -> None:
    found = read_source("d/n.ipynb", notebook("a = 1\nb = 2\n", cell))
    assert list(found.written) == ([path] if path is not None else [])
    for source in found.written.values():
        last = 2 + len(cell.splitlines())
        assert (source.path, source.lines[last - 1], len(source.lines)) == ("d/n.ipynb", "x = 1\n", last)
        assert source.span(last, 1, last, 6) == Span("d/n.ipynb", last - 2, 1, last - 2, 6, 2)
        assert source.is_masked(last)


def test_a_module_that_cells_write_piece_by_piece_has_their_lines_where_they_stand() -> None:
    first, more = "%%writefile net.py\nx = 1\n", "%%writefile -a net.py\ny = x\n"
    found = read_source("n.ipynb", notebook(first, "print(1)\n", more)).written["net.py"]
    assert found.text == "\nx = 1\n\n\ny = x\n"
    assert not read_source("n.ipynb", notebook(first, more, first)).written
    assert not read_source("n.ipynb", notebook(first, "%%writefile -a net.py\ny = (\n")).written


def test_cells_are_joined_with_their_places() -> None:
    markdown = {"cell_type": "markdown", "source": "# head"}
    code = {"cell_type": "code", "execution_count": 7, "source": ["import a\n", "x = a.f(1)"]}
    found = read_source("d/n.ipynb", notebook(markdown, code, markdown, "y = (x +\n     1)\n"))
    assert found.text == "import a\nx = a.f(1)\ny = (x +\n     1)\n"
    assert found.cells == (Cell(2, 1, 2, 7), Cell(4, 3, 2, None))
    assert found.span(3, 5, 4, 8) == Span("d/n.ipynb", 1, 5, 2, 8, 4)
    assert found.span(2, 1, 2, 3) == Span("d/n.ipynb", 2, 1, 2, 3, 2)


def test_physical_lines() -> None:
    markdown = {"cell_type": "markdown", "source": ['{ "[', "\\"]}
    data = notebook(markdown, ["a = 1\n", "b = '}'\n", "c = 3"], "d = 4\ne = 5")
    found = read_source("n.ipynb", data)
    lines = data.decode().split("\n")
    assert "b = '}'" in lines[found.physical_line(2, 2) - 1]
    assert "c = 3" in lines[found.physical_line(2, 3) - 1]
    assert found.physical_line(3, 1) == found.physical_line(3, 2)
    assert "d = 4" in lines[found.physical_line(3, 2) - 1]
    assert read_source("n.ipynb", notebook("a = 1", indent=None)).physical_line(1, 1) == 1
    crlf = read_source("n.ipynb", b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    assert crlf.physical_line(2, 3) == found.physical_line(2, 3)


def test_nbformat_3() -> None:
    cells = [
        {"cell_type": "heading", "source": "t"},
        {"cell_type": "code", "language": "python", "input": ["x = 1\n", "y = 2"], "prompt_number": 3},
    ]
    data = json.dumps({"metadata": {"name": ""}, "nbformat": 3, "worksheets": [{"cells": cells}, {"cells": [cells[1]]}]}, indent=1).encode()
    found = read_source("n.ipynb", data)
    assert found.text == "x = 1\ny = 2\nx = 1\ny = 2\n"
    assert found.cells == (Cell(2, 1, 2, 3), Cell(3, 3, 2, 3))
    assert "y = 2" in data.decode().split("\n")[found.physical_line(3, 2) - 1]


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"language": "R", "name": "ir"}},
        {"language_info": {"name": "julia"}},
        {"kernelspec": {"name": "ir", "display_name": "R"}},
        {"kernelspec": {"name": "julia-1.6"}},
    ],
)
def test_other_kernels_are_left_out_silently(metadata: dict[str, object]) -> None:
    found = read_source("n.ipynb", notebook("x <- 1", metadata=metadata))
    assert (found.text, found.problems, found.cells) == ("", (), ())


@pytest.mark.parametrize("metadata", [{}, {"language_info": {"name": "python"}}, {"kernelspec": {"name": "python3"}}, {"kernelspec": None}])
def test_python_kernels(metadata: dict[str, object]) -> None:
    assert read_source("n.ipynb", notebook("x = 1", metadata=metadata)).text == "x = 1\n"


def test_a_cell_of_another_language_is_no_problem() -> None:
    cell = {"cell_type": "code", "metadata": {"vscode": {"languageId": "shellscript"}}, "source": "echo ("}
    found = read_source("n.ipynb", notebook(cell, "x = 1"))
    assert (found.text, found.problems) == ("#\nx = 1\n", ())


def test_an_indented_cell_is_no_problem() -> None:
    """IPython takes the indent of the first line off every line; a program that runs is not broken."""
    found = read_source("n.ipynb", notebook("x = 1", "    y = 2\n    if y:\n        z = 3", "  # a note\nw = 4", "    a = 1\n  b = 2"))
    assert [problem.cell for problem in found.problems] == [4]
    assert "w = 4" in found.text


def test_a_broken_cell_is_a_problem_and_the_rest_goes_on() -> None:
    found = read_source("n.ipynb", notebook("x = 1", "a = 1\nprint('old' 1)\n!ls", "y = 2"))
    assert found.text == "x = 1\n\n\n\ny = 2\n"
    assert [(problem.cell, problem.line) for problem in found.problems] == [(2, 2)]
    assert found.original(3) == "print('old' 1)"


def test_half_a_character_is_replaced_by_a_whole_one() -> None:
    found = read_source("n.ipynb", notebook("x = 1\nprint('\ud83c ok')  # \udce6", "y = '\U0001f31f'"))
    assert found.text == "x = 1\nprint('\ufffd ok')  # \ufffd\ny = '\U0001f31f'\n"
    assert not found.problems
    assert [line for line in (1, 2, 3) if found.is_masked(line)] == [2]


DRAFT: dict[str, object] = {"cell_type": "code", "execution_count": None, "outputs": [], "source": "as every year, write to us"}


@pytest.mark.parametrize("key", ["execution_count", "prompt_number"])
def test_a_broken_cell_that_nobody_ran_in_a_notebook_that_was_run_is_no_problem(key: str) -> None:
    run = {"cell_type": "code", key: 1, "source": "x = 1"}
    found = read_source("n.ipynb", notebook(run, DRAFT, {**run, key: 2, "source": "a b"}, "y = 2"))
    assert [problem.cell for problem in found.unrun] == [2]
    assert [problem.cell for problem in found.problems] == [3]
    assert found.text == "x = 1\n\n\ny = 2\n"


def test_where_nothing_was_run_every_broken_cell_is_a_problem() -> None:
    found = read_source("n.ipynb", notebook("x = 1", DRAFT))
    assert ([problem.cell for problem in found.problems], found.unrun) == ([2], ())
    shown = {**DRAFT, "outputs": [{"output_type": "stream", "name": "stdout", "text": "a"}]}
    found = read_source("n.ipynb", notebook({"cell_type": "code", "execution_count": 4, "source": "x = 1"}, shown))
    assert ([problem.cell for problem in found.problems], found.unrun) == ([2], ()), "what has an output was run"


@pytest.mark.parametrize("cell", ["x = '\0'", "x = (", "x = 1 \\", "(" * 5000, "x = '''", "-" * 100_000 + "1"])
def test_awkward_cells_are_problems(cell: str) -> None:
    found = read_source("n.ipynb", notebook("a = 1", cell, "b = 2"))
    assert [problem.cell for problem in found.problems] == [2]
    found.text.encode()
    assert found.text.startswith("a = 1\n") and found.text.endswith("b = 2\n")
    ast.parse(found.text)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"cells": 3}',
        b'{"metadata": {}}',
        b"\xff",
        b"[" * 100_000,
        b'{"cells": [' + b"1" * 5000 + b"]",
        b"\x00\x00",
    ],
)
def test_what_is_no_notebook_is_a_problem(data: bytes) -> None:
    found = read_source("n.ipynb", data)
    assert found.text == ""
    assert len(found.problems) == 1
    assert found.problems[0].cell is None


def test_strange_notebooks_do_not_raise() -> None:
    data = (
        b'{"cells": [1, {"cell_type": "code"}, {"cell_type": "code", "source": [1, "x = 1\\n"], "execution_count": true}], "metadata": 4}'
    )
    found = read_source("n.ipynb", data)
    assert found.text == "\nx = 1\n"
    assert found.cells[1] == Cell(3, 2, 1, None)
    assert read_source("n.ipynb", b'{"cells": []}').problems == ()
