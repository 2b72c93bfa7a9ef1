"""Every metric that declares a threshold counts a prediction on the one side of it as it should, and on the other side otherwise."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest

from logitlint import catalog
from logitlint.catalog import Contract, Param
from numerics.arrays import maker, plain
from numerics.installed import locate

RUN = ("keras", "torchmetrics")
#: What a metric is told besides: the number of labels, the sort of task, a weight.
GIVEN: dict[str, Any] = {"num_labels": 3, "task": "binary", "beta": 1.0}


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
    """The metric of six predictions, four of them the given one, which is right for one when it counts as positive."""
    signatures = contract.init if contract.form == "class" else contract.call
    names = {each.name for each in signatures[0].params}
    several = "task" not in names or contract.name.endswith("exact_match")  # which knows no binary task
    given = {name: told for name, told in GIVEN.items() if name in names and (several or name != "num_labels")}
    given |= {"task": "multilabel"} if several and "task" in names else {}
    metric = locate(contract.name)(**given) if contract.form == "class" else partial(locate(contract.name), **given)
    make = maker(contract.name.partition(".")[0])
    roles = {param.role: param.name for param in contract.call[0].params if param.role in ("prediction", "target")}
    columns = (3,) if "num_labels" in given else (1,) if contract.name.startswith("keras.") else ()
    told = {"prediction": np.array([prediction] * 4 + [0.9, 0.1]), "target": np.array([1, 0, 0, 0, 1, 0])}
    shaped = {role: np.broadcast_to(array.reshape((6,) + (1,) * len(columns)), (6, *columns)).copy() for role, array in told.items()}
    return plain(metric(**{roles[role]: make(array) for role, array in shaped.items()}))


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
