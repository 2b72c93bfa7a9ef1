from __future__ import annotations

import textwrap
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logitlint import suppress
from logitlint.suppress import Suppressions, ignored_selectors, suppressions


@dataclass(frozen=True)
class Text:
    text: str


def read(text: str) -> Suppressions:
    return suppressions(Text(textwrap.dedent(text).lstrip("\n")))


def covered(comment: str, code: str = "LGT101") -> bool:
    return suppressions(Text(f"loss = f(p, y)  {comment}\n")).covers(code, 1, 1)


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "#noqa",
        "# NOQA",
        "# noqa: LGT101",
        "# noqa:LGT101",
        "# noqa : LGT101",
        "# noqa: lgt101",
        "# noqa: E501, LGT101",
        "# noqa: E501 LGT101",
        "# noqa: E501LGT101",
        "# noqa: LGT1",
        "# noqa: LGT101 the targets are soft",
        "# noqa: LGT101 # because",
        "# type: ignore # noqa: LGT101",
        "# noqa because of the teacher",
        "# logitlint: ignore",
        "# logitlint: ignore[LGT101]",
        "# logitlint:ignore[LGT1, LGT3] measured",
        "# logitlint: ignore[LGT]",
    ],
)
def test_comment_suppresses(comment: str) -> None:
    assert covered(comment)


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa: E501",
        "# noqa: LGT102",
        "# noqa : E501",
        "# noqa: softmax-into-logits-loss",
        "# noqa: LGT",
        "# noqa:",
        "# noqa-file",
        "# noqax",
        "# flake8: noqa",
        "# flake8: noqa: LGT101",
        "# logitlint: ignore[]",
        "# logitlint: ignore[LGT101",
        "# logitlint: ignored",
        "# logitlint: ignore[LGT102]",
        "# quiet",
    ],
)
def test_comment_does_not_suppress(comment: str) -> None:
    assert not covered(comment)


def test_names_and_groups_work_in_our_own_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        suppress, "_names", lambda code: {"LGT101": frozenset({"softmax-into-logits-loss", "correctness"})}.get(code, frozenset())
    )
    assert covered("# logitlint: ignore[softmax-into-logits-loss]")
    assert covered("# logitlint: ignore[correctness]")
    assert not covered("# logitlint: ignore[softmax-into-logits-loss]", "LGT102")


@pytest.mark.parametrize("row", [1, 2, 3, 4])
def test_any_line_of_the_statement_counts(row: int) -> None:
    lines = ["loss = f(", "    p,", "    y,", ")", "other = 1"]
    lines[row - 1] += "  # noqa: LGT101"
    found = suppressions(Text("\n".join(lines)))
    assert found.covers("LGT101", 1, 4)
    assert not found.covers("LGT101", 5, 5)


def test_text_in_strings_suppresses_nothing() -> None:
    found = read(
        '''
        loss = f("# noqa", p)
        loss = g("""
        # noqa: LGT101
        # flake8: noqa
        # logitlint: ignore-file
        """, p)
        '''
    )
    assert found.directives == ()


def test_own_line_above_covers_the_next_statement_only() -> None:
    found = read(
        """
        # logitlint: ignore[LGT101] soft targets
        # are meant here
        loss = f(
            p, y)
        loss = f(p, y)
        # logitlint: ignore[LGT101]

        loss = f(p, y)
        # noqa: LGT101
        loss = f(p, y)
        """
    )
    assert found.covers("LGT101", 3, 4)
    assert not found.covers("LGT101", 5, 5)
    assert not found.covers("LGT101", 8, 8), "a blank line separates"
    assert not found.covers("LGT101", 10, 10), "noqa stands on the statement"
    assert found.directives[0].reason == "soft targets"


def test_trailing_comment_does_not_cover_the_next_line() -> None:
    found = read("a = 1  # logitlint: ignore[LGT101]\nloss = f(p, y)\n")
    assert not found.covers("LGT101", 2, 2)


@pytest.mark.parametrize(
    "comment", ["# flake8: noqa", "# flake8:noqa", "# flake8= NOQA", "# logitlint: ignore-file", "# logitlint: ignore-file[LGT1]"]
)
def test_whole_file(comment: str) -> None:
    assert suppressions(Text(f"a = 1\nb = 2\n    {comment}\n")).covers("LGT101", 1, 1)


def test_whole_file_with_codes_means_these_only() -> None:
    found = read("# flake8: noqa: LGT102, E501\n")
    assert found.covers("LGT102", 40, 41)
    assert not found.covers("LGT101", 40, 41)


def test_ranges() -> None:
    found = read(
        """
        a = 1
        # logitlint: disable[LGT1] legacy
        b = 1
        # logitlint: enable[LGT103]
        c = 1
        # logitlint: enable[LGT1]
        d = 1
        # logitlint: disable
        e = 1
        """
    )
    state = {line: (found.covers("LGT101", line, line), found.covers("LGT103", line, line)) for line in (1, 3, 5, 7, 9)}
    assert state == {1: (False, False), 3: (True, True), 5: (True, False), 7: (False, False), 9: (True, True)}


def test_comment_next_to_a_line_that_python_cannot_read() -> None:
    found = read("a = 'open\n  b = $ ?\nc = f(p)  # noqa: LGT101\n        d = 1\n    e = f(p)  # noqa: LGT102\n")
    assert found.covers("LGT101", 3, 3)
    assert found.covers("LGT102", 5, 5)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_with_every_line_end(end: str) -> None:
    found = suppressions(Text(end.join(["x = 'é😀'", "\fy = 1", "loss = f(p)  # noqa: LGT101"])))
    assert [directive.line for directive in found.directives] == [3]


def test_unused_comments() -> None:
    found = read(
        """
        a = f(p)  # noqa: LGT101, LGT301, E501
        b = f(p)  # noqa
        c = f(p)  # noqa: E501
        d = f(p)  # logitlint: ignore[LGT101]
        e = f(p)  # logitlint: ignore
        # logitlint: disable[LGT2]
        """
    )
    assert found.covers("LGT101", 1, 1)
    assert found.covers("LGT105", 5, 5)
    idle = [(directive.line, selectors) for directive, selectors in found.unused()]
    assert idle == [(1, ("LGT301",)), (4, ("LGT101",)), (6, ("LGT2",))]


def test_unused_blanket_comment_of_ours() -> None:
    [(directive, selectors)] = read("a = 1  # logitlint: ignore\n").unused()
    assert (directive.column, selectors) == (8, ())


def test_rule_name_after_noqa_is_recorded_as_invalid() -> None:
    found = read("a = f(p)  # noqa: softmax-into-logits-loss\n")
    assert [directive.line for directive in found.invalid] == [1]


@given(st.text(alphabet="#noqa: LGT101[]logitint'\"\\\n\r\t(){}$é\x00", max_size=80))
def test_never_raises(text: str) -> None:
    found = suppressions(Text("# noqa\n" + text))
    assert found.covers("LGT101", 1, 1)
    assert all(1 <= directive.line <= text.count("\n") + text.count("\r") + 2 for directive in found.directives)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("tests/*", "tests/test_a.py", True),
        ("tests/*", "tests/deep/test_a.py", True),
        ("tests", "tests/test_a.py", True),
        ("tests/*", "src/tests/a.py", False),
        ("**/tests/*", "src/tests/a.py", True),
        ("__init__.py", "src/pkg/__init__.py", True),
        ("*.ipynb", "notes/a b.ipynb", True),
        ("src/*.py", "src/deep/a.py", True),
        ("src/**/*.py", "src/deep/a.py", True),
        ("src/**/*.py", "src/a.py", True),
        ("{old,older}/*.py", "older/a.py", True),
        ("a[0-9].py", "a7.py", True),
        ("a[!0-9].py", "a7.py", False),
        ("!src/*", "tests/a.py", True),
        ("!src/*", "src/a.py", False),
        ("a+b.py", "a+b.py", True),
        ("{open.py", "{open.py", True),
    ],
)
def test_per_file_ignores(pattern: str, path: str, matches: bool) -> None:
    assert ignored_selectors([(pattern, ("LGT1",))], path) == (("LGT1",) if matches else ())


def test_per_file_ignores_add_up() -> None:
    assert ignored_selectors([("*.py", ("LGT1",)), ("b.py", ("LGT2",)), ("a.py", ("LGT3",))], "a.py") == ("LGT1", "LGT3")
