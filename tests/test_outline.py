"""A module's outline: found from its skeleton as it is from a syntax tree of all of it, whatever its lines look like."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from logitlint import outline as room
from logitlint.outline import Outline, bodies, outline, words
from logitlint.skeleton import skeleton, without_prose, without_strings
from logitlint.source import read_source
from logitlint.survey import surveys

ROOT = Path(__file__).parents[1]
FILES = [*sorted((ROOT / "src").rglob("*.py")), *sorted((ROOT / "tests").glob("*.py"))]

MODULES = {
    "code at the margin inside of brackets": "x = [\n1,\n2,\n]\ndef f(a,\nb):\n    return (a\n@ b)\n\n\ny = f(\n1, 2)\n",
    "a matrix product at the margin": "x = (a\n@ b)\n\n@known\ndef f():\n    pass\n",
    "text that looks like code": '"""\ndef f():\n    import os\n"""\nx = """\nclass A:\n"""\n\n\ndef g():\n    """\nimport re\n    """\n',
    "strings at the end of a body": 'def f():\n    """one\n\ntwo"""\n# after\n\nx = 1\nclass A:\n    y = """\n# no comment\n"""\n\n'
    "\n# last\n",
    "decorators": "@a.b(\n    'x',\n)  # why\n# between\n@c\nasync  def f(): return 1\n@d\n\nclass A(B, metaclass=C): pass\n",
    "on one line": "import os; import re as r, sys\ndef f(): import json; return json\nif x: from a import b\nelse: from . import c\n",
    "imports everywhere": "from .. import (  # why\n    a as b,\n    c,\n)\ndef f():\n    from .m.n import *\n    try:\n"
    "        import p.q\n"
    "    except E:\n        from . import r as s\n    yield from t\n    raise V from w\nimportant = reimport = x.imports\n",
    "lines that go on": "x = 1 + \\\n2\nfrom a \\\n    import b\nfrom c import d, \\\n    e\ny = 'one\\\ntwo'\ndef f(): pass\n",
    "a string that goes on at the margin": "def f():\n    x = 'one \\\ndef g():\\\n'\n    return x\n",
    "one string that goes on": "def f():\n    x = 'one \\\n two'\n    return x\n\n\ndef g():\n    return 1\n",
    "Windows": "import a\r\n\r\n\r\ndef f():\r\n    return 1\r\n# end\r\n\r\nx = f()\r\n",
    "a form feed": "import a\n\x0cdef f():\n    return 1\n\x0c\nx = 2\n",
    "other letters": "def größe():\n    import öl\n    return 'naïve — softmax—x 2softmax 1e5'\n\nµ = größe()\n",
    "formatted strings": 'def f(x):\n    return f\'{x:{x}} import y\' f"""\n{x}\ndef g():\n"""\n\nz = f(\'{\')\n',
    "compound statements": "if a:\n    def f():\n        pass\nelif b:\n    x = 1\nelse:\n    class A: pass\nfor i in y:\n"
    "    with z as w: v = i\nclass_x = 1\n"
    "default: int = 2\n",
    "no end": "class A:\n    def f(self):\n        return 1",
    "nothing after": "x = 1\ndef f():\n    pass  # why\n    # last",
}


def told(found: Outline) -> object:
    units = [(u[:5], u.names, [(b.name, set(b.said.split()), b.imported) for b in u.binds], u.decorators) for u in found.units]
    return units, Counter(found.imports), found.problem


def by_tree(monkeypatch: pytest.MonkeyPatch, path: str, data: bytes) -> Outline:
    with monkeypatch.context() as patch:
        patch.setattr(room, "_parses", lambda text: False)
        return outline(read_source(path, data))


@pytest.mark.parametrize("name", MODULES)
def test_the_skeleton_says_what_the_tree_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = MODULES[name].encode()
    found = outline(read_source("case.py", data))
    assert found.problem is None
    assert told(found) == told(by_tree(monkeypatch, "case.py", data))


def test_the_skeleton_says_what_the_tree_says_of_our_own_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = 0
    for path in FILES:
        source = read_source(path.name, path.read_bytes())
        assert told(outline(source)) == told(by_tree(monkeypatch, path.name, path.read_bytes()))
        alone += skeleton(source.lines, without_strings(without_prose(source.text))) is not None
    assert alone > 0.95 * len(FILES)


@pytest.mark.parametrize(
    "text", ["def f(:\n    pass\n", "x = 1\n    y = 2\n", "def f():\n    print('Python' 2)\n", "from __future__ import braces\n("]
)
def test_what_does_not_parse_is_a_problem(text: str) -> None:
    with pytest.raises(SyntaxError) as error:
        compile(text, "case.py", "exec")
    found = outline(read_source("case.py", text.encode()))
    assert found.problem is not None and found.units == ()
    assert (found.problem.line, found.problem.message) == (error.value.lineno, error.value.msg)


def test_words() -> None:
    text = '"""softmax"""\nx1 = f("sigmoid", "2nd_of", 1e5)  # tanh\n'
    assert words(text) == {"x1", "f", "sigmoid", "nd_of", "e5"}


def test_a_string_of_several_words_is_prose_unless_code_may_stand_in_it() -> None:
    text = "warn('give logits, no softmax', \"one \\\nrelu\", f'{tanh(x)} of', Rf'{elu} of', b'a sigmoid', 'prelu')\n"
    assert words(text) == {"warn", "f", "tanh", "x", "of", "Rf", "elu", "b", "prelu"}


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("def f(a: A, *b: B, c: C = d, **e: E) -> F: return a", "def f a b c d e return"),
        ("def f(a: A[B, (C)] = {'x': lambda y: z}, b: 'C' = g(h=1)):\n    i: I = j", "def f a x lambda y z b g h i I j"),
        ("async def f(\n    a: A,  # why\n    b: B,\n) -> C | D[E, F]:\n    def g(h: H): pass", "async def f a b g h pass"),
        ("def f(a=lambda b: c, d=e[f: g]): pass", "def f a lambda b c d e g pass"),
        ("class A(B):\n    c: C = d\n    def e(self, f: F): return g", "class A B c C d def e self f return g"),
        ("def f(a: A, sep=')'): pass", "def f a sep pass"),
        ("def f(a): return isinstance(g(a, 1), (A, b.B)) or issubclass(a.h, A)", "def f a return g or h"),
        ("def f(a): return x.isinstance(a, b) or my_isinstance(a, c)", "def f a return x isinstance b or my_isinstance c"),
        ("def f():\n    from a.b import (\n        A,\n        B,\n    )\n    return A", "def f return A"),
        ("def f():\n    from a import A as B, C\n    import d\n    return B", "def f from a import A as B C d return"),
    ],
)
def test_what_is_only_named_is_not_used(text: str, used: str) -> None:
    (unit,) = outline(read_source("case.py", text.encode())).units
    assert frozenset(unit.said.split()) == frozenset(used.split())
    every = {each.id for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Name)}
    assert all(unit.mentions(name) for name in every), "who asks whether a name may go must be told of types too"


def test_a_name_has_the_words_of_what_gives_it_its_value() -> None:
    text = "from losses import focal as f, Table\nimport a.b\nTable[key].x, *rest = make()\nsys.modules[__name__] = Lazy()\n"
    (unit,) = outline(read_source("case.py", text.encode())).units
    made = ("Table", {"Table", "key", "x", "rest", "make"}), ("rest", {"Table", "key", "x", "rest", "make"})
    assert [(each.name, set(each.said.split())) for each in unit.binds] == [
        ("f", {"focal", "f"}),
        ("Table", {"Table"}),
        ("a.b", {"a", "b"}),
        *made,
    ]


def test_a_body_that_is_read_later_has_its_lines() -> None:
    source = read_source("case.py", b"x = 1\n\n\nclass A:\n    def f(self):\n        a = 1\n        b = 2\n        return a\n")
    unit = outline(source).units[1]
    assert [(each.number, each.first, each.last) for each in bodies(source.lines, unit)] == [(0, 6, 8)]


def test_many_processes_find_what_one_finds() -> None:
    files = {
        f"m{number}.py": (
            f"import torch\nfrom m{number} import f\n\n\ndef g{number}():\n    return f\n" + "# " + "x" * 100_000 + "\n"
        ).encode()
        for number in range(20)
    }
    assert surveys(files, (), 3) == surveys(files, (), 1)
