"""Every metric that declares a threshold counts a prediction on the one side of it as it should, and on the other side otherwise."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from logitlint import catalog
from logitlint.catalog import Contract, Param
from numerics.arrays import maker, plain
from numerics.installed import locate

RUN = ("keras", "torchmetrics")
#: A metric of several classes, and how it is told their number.
SEVERAL = {"num_labels": 3}


def threshold(contract: Contract) -> Param | None:
    params = [param for signature in (*contract.init, *contract.call) for param in signature.params]
    return next((param for param in params if param.name == "threshold" and isinstance(param.default, float)), None)


CASES = {
    contract.name: (contract, found)
    for contract in catalog.members()
    if contract.sort == "Metric" and contract.name.partition(".")[0] in RUN and locate(contract.name) is not None
    if (found := threshold(contract)) is not None
}


def value(contract: Contract, prediction: float) -> Any:
    """The metric of four equal predictions, two of them of the positive class."""
    given = {
        name: size for signature in contract.init for name, size in SEVERAL.items() if name in {each.name for each in signature.params}
    }
    metric = locate(contract.name)(**given) if contract.form == "class" else locate(contract.name)
    make = maker(contract.name.partition(".")[0])
    names = {param.role: param.name for param in contract.call[0].params if param.role in ("prediction", "target")}
    shape = (4, 3) if given else (4, 1) if contract.name.startswith("keras.") else (4,)
    target = np.broadcast_to(np.array([1, 1, 0, 1]).reshape((4,) + (1,) * (len(shape) - 1)), shape).copy()
    found = metric(**{names["prediction"]: make(np.full(shape, prediction)), names["target"]: make(target)})
    return plain(found)


@pytest.mark.parametrize("name", CASES)
def test_the_threshold_is_where_the_stub_says(name: str) -> None:
    contract, param = CASES[name]
    assert isinstance(param.default, float)
    below, above = (value(contract, param.default + step) for step in (-0.01, 0.01))
    assert not np.array_equal(below, above)
    assert np.array_equal(below, value(contract, 0.01))
    assert np.array_equal(above, value(contract, 0.99))


def test_counts(capsys: pytest.CaptureFixture[str]) -> None:
    metrics = [each for each in catalog.members() if each.sort == "Metric"]
    with capsys.disabled():
        print(f"\nmetrics: {len(CASES)} of {len(metrics)} stubs declare a threshold that can be run; verified by number")
    assert len(CASES) >= 5
