"""Bodies that are read only when they are entered: the same statements, at the same places, as when the whole unit is read at once.

Held on the interpreter's own files, which nobody wrote for this test, and on the forms that could go wrong.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from logitlint import ir, units
from logitlint.interp.values import Loc
from logitlint.positions import Positions
from logitlint.project import Project

ROOT = Path(__file__).parent.parent
FILES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "src/logitlint/interp").glob("*.py"))

FORMS = {
    "decorated first statement": """
def f(x):
    @wraps(x)
    def g(y):
        z = y
        return z

    return g
""",
    "a comment before the body": """
class A:
    def f(self):  # why
        # what

        a = 1
        b = a
        return b  # that
""",
    "a body beside its header": """
class A:
    def f(self): a = 1; return a

    def g(self):
        a = 1
        b = 2
        return a
""",
    "a header over several lines": """
class A:
    def f(
        self,
        x=[
            1,
        ],
    ) -> int:
        a = x
        b = a
        return b
""",
    "a continued header": """
class A:
    def f(self): \\
        a = 1; \\
        b = 2; \\
        return a

    def g(self):
        c = 1
        d = 2
        return c
""",
    "tabs": """
class A:
\tdef f(self):
\t\ta = 1
\t\tb = 2
\t\treturn a
""",
    "text that stands at the left": """
class A:
    def f(self):
        a = '''
left
'''
        b = 2
        return a
""",
    "generators and awaits": """
class A:
    async def f(self):
        a = await self.g()
        yield a
        global b
        b = a
""",
    "functions inside a condition": """
class A:
    if True:
        def f(self):
            a = 1
            b = 2
            return a

    def g(self):
        c = 1
        d = 2
        return c
""",
    "a class in a class": """
class A:
    class B:
        def f(self):
            a = 1
            b = 2
            return a

    def f(self):
        c = 1
        d = 2
        return c
""",
    "signs beyond ASCII": """
class A:
    def f(self):
        a = 1
        b = 2
        return 'größe', a
""",
}
FORMS["carriage returns"] = FORMS["tabs"].replace("\n", "\r\n")
FORMS["no newline at the end"] = FORMS["tabs"].rstrip()


def completed(project: Project, path: str, unit: int, body: tuple[ir.Stmt, ...]) -> tuple[ir.Stmt, ...]:
    found: list[ir.Stmt] = []
    for node in body:
        if isinstance(node, ir.Func):
            node = project.completed(path, unit, node)
        elif isinstance(node, ir.Class):
            node = node._replace(body=completed(project, path, unit, node.body))
        found.append(node)
    return tuple(found)


def held(path: str, data: bytes) -> int:
    """How many bodies were left out, after all that was found again."""
    project = Project.of({path: data})
    positions = Positions(project)
    left_out = 0
    for unit in project.outline(path).units:
        text = project.text(path, unit.number)
        module, nodes = units.nodes(text)
        where = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
        assert completed(project, path, unit.number, project.lowered(path, unit.number)) == units.lower(text)
        for at, node in nodes.items():
            found = positions.range(Loc(path, unit.number, at))
            start, end = where[node].start, where[node].end
            before = unit.first - 1
            assert found == (start.line + before, start.column + 1, end.line + before, end.column + 1)
        left_out += len(project.bodies(path, unit.number))
    assert project.refused == {}
    return left_out


@pytest.mark.parametrize("form", FORMS)
def test_bodies_of_every_form_are_found_again(form: str) -> None:
    text = FORMS[form]
    ast.parse(text)
    assert held("case.py", text.encode()) > 0


def test_bodies_of_the_interpreter_are_found_again() -> None:
    assert sum(held(path, (ROOT / path).read_bytes()) for path in FILES) > 300


def test_what_is_not_entered_is_not_read() -> None:
    source = b"class A:\n    def f(self):\n        a = 1\n        b = 2\n        return a\n"
    project = Project.of({"case.py": source})
    (cls,) = project.lowered("case.py", 0)
    assert isinstance(cls, ir.Class)
    (method,) = cls.body
    assert isinstance(method, ir.Func)
    assert (method.body, method.left_out) == ((), 0)
    assert "a = 1" not in project.outside("case.py", 0)
