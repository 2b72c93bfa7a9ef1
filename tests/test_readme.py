"""The README's output and its table of rules are the program's own."""

from __future__ import annotations

import pytest
from readme import BLOCKS, README, block, generated


@pytest.mark.parametrize("name", BLOCKS)
def test_the_block_is_what_the_program_prints(name: str) -> None:
    found = block(name).search(README.read_text(encoding="utf-8"))
    assert found, f"README.md has no block {name}"
    assert found[2] == generated(name), "renew it: python tests/readme.py --write"
