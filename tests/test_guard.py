"""What the guard lets through parses quickly and kills no process; what real code looks like is never refused."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pace import slowness

from logitlint import guard, source
from logitlint.guard import too_deep
from logitlint.lines import split_lines
from logitlint.skeleton import without_prose, without_strings

# Each grows without bound in one direction; most of them crash a parser, or cost it minutes, when nothing stops them.
SHAPES: dict[str, Callable[[int], str]] = {
    "parentheses": lambda n: "x = " + "(" * n + "a" + ")" * n,
    "lists": lambda n: "x = " + "[" * n + "a" + "]" * n,
    "dicts": lambda n: "x = " + "{1:" * n + "a" + "}" * n,
    "calls in calls": lambda n: "x = " + "f(" * n + "a" + ")" * n,
    "sum": lambda n: "x = " + " + ".join(["a"] * n),
    "sum over lines": lambda n: "x = (" + " +\n".join(["a"] * n) + ")",
    "comparison": lambda n: "x = " + " < ".join(["a"] * n),
    "power": lambda n: "x = " + " ** ".join(["a"] * n),
    "method chain": lambda n: "x = a" + ".b()" * n,
    "subscripts": lambda n: "x = a" + "[0]" * n,
    "not": lambda n: "x = " + "not " * n + "a",
    "minus": lambda n: "x = " + "- " * n + "a",
    "invert": lambda n: "x = " + "~" * n + "a",
    "lambda": lambda n: "x = " + "lambda a, b=1: " * n + "a",
    "conditional": lambda n: "x = " + "a if b else " * n + "a",
    "adjacent strings": lambda n: "x = " + '"a" ' * n,
    "elif": lambda n: "if a: pass\n" + "elif a: pass\n" * n,
    "f-string": lambda n: 'x = f"{' + "[" * n + "a" + "]" * n + '}"',
    "f-string sum": lambda n: 'x = f"{' + "a+" * n + 'a}"',
    "f-string format": lambda n: 'x = f"{a:' + "{a:" * n + "}" * n + '}"',
}
PARSE = """
import ast, sys, time, warnings
import libcst
text = sys.stdin.read()
start = time.perf_counter()
for parse in (ast.parse, libcst.parse_module):
    try:
        parse(text)
    except Exception:
        pass
print(time.perf_counter() - start)
"""


def largest_let_through(shape: Callable[[int], str]) -> str:
    low, high = 1, 20_000
    assert too_deep(shape(high)) is not None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if too_deep(shape(middle)) is None else (low, middle)
    return shape(low) + "\n"


@pytest.mark.parametrize("name", SHAPES)
def test_the_largest_text_let_through_neither_crashes_nor_stalls_a_parser(name: str) -> None:
    text = largest_let_through(SHAPES[name])
    done = subprocess.run([sys.executable, "-c", PARSE], input=text, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 2 * slowness()


def test_many_dear_lines_are_refused_together() -> None:
    line = SHAPES["calls in calls"](190) + "\n"
    assert too_deep(line) is None
    assert too_deep(line * 50) == "too many deeply nested or chained expressions"


def test_a_huge_literal_is_refused_and_a_large_one_is_not() -> None:
    assert too_deep("x = [" + "1, " * 20_000 + "]") is None
    assert too_deep("x = [" + "1, " * 400_000 + "]") is not None
    assert too_deep('x = "' + "A" * 3_000_000 + '"') is None


def test_indentation() -> None:
    def nested(levels: int) -> str:
        return "".join(" " * level + "if a:\n" for level in range(levels)) + " " * levels + "pass\n"

    assert too_deep(nested(99)) is None
    assert too_deep(nested(100)) == "more than 99 levels of indentation"
    assert too_deep(nested(100).replace("\n", "\r")) == "more than 99 levels of indentation"


def test_elif_chains_add_up_over_levels() -> None:
    chain = "if a:\n    pass\n" + "elif a:\n    pass\n" * 250
    assert too_deep(chain + chain) is None, "chains that follow each other do not nest"
    inner = "".join("    " + line for line in chain.splitlines(keepends=True))
    assert too_deep(chain + "else:\n" + inner) is not None


@pytest.mark.parametrize(
    "text",
    [
        "x = '" + "(" * 300 + "'\n",
        "# " + "[" * 300 + "\n",
        '"""\n' + "(" * 300 + '\n"""\n',
        "r'''\\''' + '" + "{" * 300 + "'\n",
        "x = 'it\\'s " + "(" * 300 + "'\n",
        "page = f'''<style>" + "a {{ b: c - d; }} " * 900 + "</style>{x}'''\n",
        "table = {\n" + "".join(f"    'k{n}': nn.layer{n}(a=1, b=-2),\n" for n in range(3000)) + "}\n",
        "fs = [" + "lambda a, b: a, " * 500 + "]\n",
        "a = 1; " * 1000 + "\n",
        "x = 1 + \\\n    2\n" * 500,
        "call(\n" + " " * 140 + "a,\n" + " " * 140 + "b)\n",
    ],
)
def test_ordinary_text_is_let_through(text: str) -> None:
    assert too_deep(text) is None


def test_brackets_after_a_string_that_ends_in_a_backslash_count() -> None:
    assert too_deep("x = '\\\\' + " + "(" * 300) is not None


def test_unterminated_strings_are_read_in_linear_time() -> None:
    for text in ('"""' + "\\" * 300_001, "'" * 300_001, '"' + "\\\n" * 150_000, "a" * 300_000, "'''" + "''\\" * 100_000):
        done = subprocess.run(
            [sys.executable, "-c", "import sys; from logitlint.guard import too_deep; too_deep(sys.stdin.read())"],
            input=text,
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_our_own_sources_are_let_through() -> None:
    for module in (guard, source):
        assert module.__file__ is not None
        assert too_deep(Path(module.__file__).read_text("utf-8")) is None


@pytest.mark.parametrize("name", SHAPES)
def test_nothing_that_is_refused_passes_for_shallow(name: str) -> None:
    """At the margin and inside of a definition, alone and after a thousand plain lines."""
    text = largest_let_through(SHAPES[name])
    for size in (20_000, len(text)):
        deep = SHAPES[name](size) + "\n"
        assert too_deep(deep) is not None
        for whole in (deep, "x = f(1)\n" * 1_000 + deep, "def f():\n    " + deep.replace("\n", "\n    ") + "\n"):
            code = without_prose(whole)
            assert not guard.is_shallow(code, split_lines(code), without_strings(code))


def test_our_own_sources_are_shallow() -> None:
    paths = (Path(__file__).parents[1] / "src").rglob("*.py")
    texts = [path.read_text("utf-8") for path in sorted(paths) if path.parent.name != "_tables"]
    codes = [without_prose(text) for text in texts]
    shallow = [guard.is_shallow(code, split_lines(code), without_strings(code)) for code in codes]
    assert sum(shallow) > 0.9 * len(shallow)
