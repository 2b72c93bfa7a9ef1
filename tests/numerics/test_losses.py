"""Every loss of an installed library, overload by overload, as its stub says: parametrised over the stubs, so a new one needs no code.

Fed the kind that the stub wants, the loss equals a reference formula in float64 (``formulas.py``, ``regression.py``), or has the
property that only an activation inside gives (``losses.py``); fed a kind that a rule reports, it returns something else.
``not_run.toml`` names the rest.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
import pytest

from logitlint import catalog
from logitlint.catalog import Contract, Signature
from logitlint.kinds import Want
from numerics import formulas
from numerics.arrays import VALUES
from numerics.build import CannotRun, overloads
from numerics.installed import locate
from numerics.losses import MADE, Run, judged, proof, wrong_kinds
from numerics.not_run import MOST, NOT_RUN

#: Libraries of the extra ``numerics``; others may be installed beside them.
RUN = tuple("torch keras tensorflow jax optax torchmetrics kornia monai timm segmentation_models_pytorch torchvision".split())

CASES: dict[str, tuple[Contract, Signature | None, Signature]] = {
    f"{contract.name}#{number}": (contract, *overload)
    for contract in catalog.members()
    if contract.sort == "Loss" and contract.name.partition(".")[0] in RUN and locate(contract.name) is not None
    for number, overload in enumerate(overloads(contract))
}


@cache
def proven(case: str) -> tuple[str, Run] | str:
    """How, and the way to call it; the reason where it cannot be run."""
    try:
        return proof(*CASES[case])
    except CannotRun as error:
        return str(error)


@pytest.mark.parametrize("case", CASES)
def test_the_loss_wants_what_the_stub_says(case: str) -> None:
    found = proven(case)
    if isinstance(found, str):
        assert NOT_RUN["losses"].get(case) == found
        return
    assert case not in NOT_RUN["losses"], f"it runs now, proven by {found[0]}"
    name, run = found
    _, want = judged(*CASES[case][1:])
    scores, axis = run.shape.scores, run.shape.axis
    right = run.call(VALUES[MADE[want]](scores, axis))
    for kind, value in wrong_kinds(want, run).items():
        try:
            other = run.call(value)
        except Exception:  # a refusal is as good as another number
            continue
        assert not np.isclose(right, other, rtol=1e-4), f"{kind.value} gives the number of {MADE[want].value}"
    if want in (Want.LOGITS_CAT, Want.LOGITS_EL) and name in ("cross entropy", "binary cross entropy"):
        large = scores * 100
        assert formulas.match(want, run.call(large), large, run.shape.target, axis, tolerance=1e-3) is not None, "large scores overflow"


def test_losses_that_are_not_run_are_there() -> None:
    assert len(NOT_RUN["losses"]) <= MOST["losses"]
    assert {case for case in NOT_RUN["losses"] if case not in CASES} == set()


def test_counts(capsys: pytest.CaptureFixture[str]) -> None:
    found = {case: proven(case) for case in CASES}
    by_name = Counter(each[0] for each in found.values() if not isinstance(each, str))
    elsewhere = Counter(each.name.partition(".")[0] for each in catalog.members() if each.sort == "Loss") - Counter(
        contract.name.partition(".")[0] for contract in {each.name: each for each, _, _ in CASES.values()}.values()
    )
    with capsys.disabled():
        print(f"\nlosses: {len(CASES)} overloads run, {sum(by_name.values())} verified by number: {dict(by_name.most_common())}")
        print(f"losses not runnable: {len(CASES) - sum(by_name.values())} overloads, by name in not_run.toml: ", end="")
        print(", ".join(f"{case} ({each})" for case, each in found.items() if isinstance(each, str)))
        print(f"losses of libraries that are not installed: {dict(elsewhere)}")
    assert sum(by_name.values()) > 180
