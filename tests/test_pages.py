"""The page of every rule: complete, and true of the program, which is run on both of its examples."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

import logitlint
from logitlint.cli import main
from logitlint.config import Settings
from logitlint.engine import check
from logitlint.rules.table import RULES, Rule

FOLDER = Path(logitlint.__file__).parent / "pages"
SECTIONS = ["Why it is wrong", "Wrong", "Right", "What to change", "When it stays silent", "Evidence"]
_FENCE = re.compile(r"```python\n(.*?)```", re.DOTALL)


class Page(NamedTuple):
    title: str
    summary: str
    sections: dict[str, str]


def read(rule: Rule) -> Page:
    head, *parts = (FOLDER / f"{rule.code}.md").read_text(encoding="utf-8").split("\n## ")
    title, _, summary = head.partition("\n")
    return Page(title, summary.strip(), {name: text.strip() for name, _, text in (part.partition("\n") for part in parts)})


def found(rule: Rule, section: str) -> list[str]:
    """The codes that the example of a section earns; what is off by default is on for this rule alone."""
    (example,) = _FENCE.findall(read(rule).sections[section])
    report = check({"example.py": example.encode()}, Settings(extend_select=(rule.code,)))
    return [each.code for each in report.diagnostics]


def explain(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["explain", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_has_every_section(rule: Rule) -> None:
    page = read(rule)
    assert page.title == f"# {rule.name} ({rule.code})"
    assert page.summary
    assert list(page.sections) == SECTIONS
    assert [name for name, text in page.sections.items() if not text] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_wrong_example_earns_the_rule_and_nothing_else(rule: Rule) -> None:
    assert found(rule, "Wrong") == [rule.code]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_right_example_earns_nothing(rule: Rule) -> None:
    assert found(rule, "Right") == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.group == "advice"], ids=lambda rule: rule.code)
def test_advice_is_off_by_default_and_its_page_says_so(rule: Rule) -> None:
    (example,) = _FENCE.findall(read(rule).sections["Wrong"])
    assert [each.code for each in check({"example.py": example.encode()}).diagnostics] == []
    assert "on request only" in " ".join(read(rule).summary.split())


def test_no_page_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == {rule.code for rule in RULES}


@pytest.mark.parametrize("name", ["LGT101", "lgt101", "softmax-into-logits-loss"])
def test_explain_prints_the_page(name: str) -> None:
    text = explain(name)
    page = (FOLDER / "LGT101.md").read_text(encoding="utf-8")
    assert text.startswith(page.rstrip("\n"))
    assert "Group: correctness. Level: error." in text


def test_explain_gives_the_page_as_json() -> None:
    found = json.loads(explain("--output-format", "json", "LGT503"))
    assert (found["code"], found["name"]) == ("LGT503", "logits-reported-as-probabilities")
    assert (found["group"], found["level"]) == ("advice", "note")
    assert found["page"].startswith((FOLDER / "LGT503.md").read_text(encoding="utf-8").rstrip("\n"))
