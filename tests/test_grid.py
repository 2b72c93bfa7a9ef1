"""The grid has no hole, and a program of any form is judged by what its activation and loss are, whichever they are."""

from __future__ import annotations

import pytest
from cases import Case, read_all
from forms import Pair
from grid import gaps, misjudged, variants

ALL = read_all()
#: Every seventh: each case meets one or two of its pairs here, and all of them in ``tests/grid.py --check``.
SOME = variants(ALL)[::7]


def test_every_form_and_every_trap_has_its_programs() -> None:
    assert gaps(ALL) == []


@pytest.mark.parametrize(("case", "pair"), SOME, ids=[f"{case.id}, {pair.activation}, {pair.loss}" for case, pair in SOME])
def test_another_activation_and_loss_take_the_same_way(case: Case, pair: Pair) -> None:
    assert misjudged(case, pair) is None
