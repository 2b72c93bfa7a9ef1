"""Findings on well-kept public code: each was read, and its verdict stands in ``fixtures/verdicts.jsonl``.

A row names the finding by its fingerprint, the repository and commit it was seen in, and says why it is right. A wrong report is not
kept here: it becomes a case that must stay silent.
"""

from __future__ import annotations

import json
from pathlib import Path

from logitlint.rules.table import RULES

ROWS = [json.loads(line) for line in (Path(__file__).parent.parent / "fixtures" / "verdicts.jsonl").read_text("utf-8").splitlines()]
KEYS = {"fingerprint", "repository", "commit", "path", "cell", "line", "code", "verdict", "why"}


def test_every_row_is_complete_and_names_a_rule() -> None:
    codes = {rule.code for rule in RULES}
    for row in ROWS:
        assert set(row) == KEYS, row
        assert row["code"] in codes, row
        assert len(row["why"]) > 20, row


def test_no_finding_is_judged_twice() -> None:
    assert len({row["fingerprint"] for row in ROWS}) == len(ROWS)


def test_no_wrong_report_is_left_standing() -> None:
    assert {row["verdict"] for row in ROWS} <= {"bug", "debatable"}
