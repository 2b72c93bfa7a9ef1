"""The pages in fixtures/fixes: for every rule with a fix a program before and after, which a newcomer reads and the tool is held against.

A section is ``## LGT101: title``; the blocks above the line ``becomes`` are the program before, those below it the files that change.
The page says how far its fixes go: ``safe.md``, ``unsafe.md``, ``suggestions.md``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from logitlint.config import Settings
from logitlint.diagnostics import Fix
from logitlint.engine import check
from logitlint.fixes.plan import FIXED
from logitlint.fixes.splice import spliced
from logitlint.fixing import fix_sources
from logitlint.source import read_source

PAGES = Path(__file__).parents[1] / "fixtures" / "fixes"
LEVELS = {"safe.md": "safe", "unsafe.md": "unsafe", "suggestions.md": "suggestion"}
_SECTION = re.compile(r"^## (?P<code>LGT\d{3}): (?P<title>.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^```python(?: title=\"(?P<name>[^\"]+)\")?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    level: str
    code: str
    title: str
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]


def examples() -> list[Example]:
    found = []
    for path in sorted(PAGES.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        heads = list(_SECTION.finditer(text))
        for head, end in zip(heads, [*(each.start() for each in heads[1:]), len(text)], strict=True):
            before, marker, after = text[head.end() : end].partition("\nbecomes\n")
            assert marker, f"{path.name}: {head['title']}: no line `becomes`"
            found.append(Example(LEVELS[path.name], head["code"], head["title"], _files(before), _files(after)))
    return found


def _files(text: str) -> dict[str, bytes]:
    return {match["name"] or "case.py": match["text"].encode() for match in _BLOCK.finditer(text)}


def with_fix(sources: Mapping[str, bytes], fix: Fix) -> dict[str, bytes]:
    """The files that the edits change, changed."""
    by_path = {path: [edit for edit in fix.edits if edit.span.path == path] for path in sorted({edit.span.path for edit in fix.edits})}
    return {path: spliced(sources[path], read_source(path, sources[path]), edits) for path, edits in by_path.items()}


@pytest.mark.parametrize("example", examples(), ids=lambda each: f"{each.level}-{each.code}-{each.title}")
def test_the_program_becomes_what_the_page_says(example: Example) -> None:
    settings = Settings(select=(example.code,), confidence="possible")
    found = check(example.before, settings).diagnostics
    assert [each.code for each in found] == [example.code]
    (fix,) = [each.fix for each in found]
    assert fix is not None
    assert fix.applicability == example.level
    assert with_fix(example.before, fix) == example.after
    for unsafe in (False, True):
        applied = fix_sources(example.before, settings, unsafe=unsafe)[1].contents
        wanted = example.level == "safe" or (example.level == "unsafe" and unsafe)
        assert applied == (example.after if wanted else {})


def test_every_rule_with_a_fix_has_an_example() -> None:
    assert {each.code for each in examples()} == {*FIXED, "LGT901"}
