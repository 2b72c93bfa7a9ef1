"""The pictures in the README show what the program prints today."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from screenshots import COLUMNS, DOCS, PICTURES, picture, printed


@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_is_what_the_program_prints(name: str) -> None:
    file = DOCS / f"{name}.svg"
    assert file.read_text(encoding="utf-8") == picture(PICTURES[name]), "renew it: python tests/screenshots.py --write"


@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_holds_every_word_in_its_columns(name: str) -> None:
    root = etree.fromstring((DOCS / f"{name}.svg").read_bytes())
    words = " ".join(each.text for each in root.iter("{*}text"))
    plain = re.sub(r"\x1b\[[0-9;]*m", "", printed(PICTURES[name]))
    assert "LGT101" in plain
    assert "".join(plain.split()) in "".join(words.split())
    right = max(float(each.get("x")) + float(each.get("textLength")) for each in root.iter("{*}text"))
    assert right < float(root.get("width"))
    assert max(map(len, plain.splitlines())) <= COLUMNS


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in DOCS.glob("*.svg")} == set(PICTURES)
