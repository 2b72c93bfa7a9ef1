"""Every page under fixtures/cases, held against the tool: what is marked is reported, what is not marked is not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from cases import Case, diagnose, disagreements, invalid_python, kind_disagreements, pages, read_all, read_page
from grid import duplicates

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ALL = read_all()
RULE_PAGES = [page for page in pages() if page.stem.startswith("LGT") and page.stem < "LGT9"]
DEBT = tomllib.loads((Path(__file__).parent / "debt.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_findings_agree_with_the_markers(case: Case) -> None:
    problems = disagreements(case, diagnose(case))
    assert not problems, "\n  ".join([f"{case.page.name}:{case.line}: {case.title}", *problems])


@pytest.mark.parametrize("case", [case for case in ALL if case.marked("kind")], ids=lambda case: case.id)
def test_kinds_agree_with_the_markers(case: Case) -> None:
    assert kind_disagreements(case) == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_block_is_python(page: Path) -> None:
    assert [problem for case in read_page(page) for problem in invalid_python(case)] == []


@pytest.mark.parametrize("what", ["miss", "spurious"])
def test_debt_only_falls(what: str) -> None:
    actual = sum(len(case.marked(what)) for case in ALL)
    assert actual <= DEBT[what], f"{actual} `# {what}:` markers, at most {DEBT[what]} are allowed: mend the cause, do not mark it"
    assert actual == DEBT[what], f"only {actual} `# {what}:` markers are left: set {what} = {actual} in tests/debt.toml"


@pytest.mark.parametrize("page", RULE_PAGES, ids=lambda page: page.stem)
def test_a_wrong_program_has_its_right_twin_below(page: Path) -> None:
    cases = read_page(page)
    alone = [case.title for case, after in zip(cases, (*cases[1:], None), strict=True) if case.codes and not (after and after.is_right)]
    assert not alone, f"{page.name}: no section that ends in 'done right' follows {alone}"


def test_a_right_twin_or_a_trap_expects_nothing() -> None:
    wrong = [case.id for case in ALL if (case.is_right or case.page.stem.startswith("traps")) and case.marked("expect", "miss")]
    assert wrong == []


def test_every_case_has_its_place_in_the_grid() -> None:
    assert [case.id for case in ALL if not case.flow] == []


def test_no_two_cases_are_the_same() -> None:
    assert duplicates(ALL) == []
