"""The demo project: every misuse in it is found, and the look-alikes beside them are left alone."""

from __future__ import annotations

import json

import pytest
from readme import logitlint

MISUSES = sorted(
    [
        ("explore.ipynb", "LGT101"),
        ("orchard/baseline.py", "LGT101"),
        ("orchard/bruise.py", "LGT103"),
        ("orchard/cold_store.py", "LGT103"),
        ("orchard/cold_store.py", "LGT201"),
        ("orchard/cold_store.py", "LGT201"),
        ("orchard/cold_store.py", "LGT301"),
        ("orchard/distill.py", "LGT301"),
        ("orchard/keras_classifier.py", "LGT101"),
        ("orchard/ripeness.py", "LGT201"),
        ("orchard/train.py", "LGT101"),
    ]
)


@pytest.fixture(scope="module")
def findings() -> list[dict[str, object]]:
    status, output = logitlint("check", "--no-cache", "--output-format", "json", "fixtures/demo")
    assert status == 1
    result: list[dict[str, object]] = json.loads(output)
    return result


def test_exactly_the_misuses_are_found(findings: list[dict[str, object]]) -> None:
    assert sorted((str(f["path"]).removeprefix("fixtures/demo/"), str(f["code"])) for f in findings) == MISUSES


def test_the_trace_across_files_names_both_ends(findings: list[dict[str, object]]) -> None:
    (found,) = [f for f in findings if f["path"] == "fixtures/demo/orchard/train.py"]
    producer = found["producer"]
    assert isinstance(producer, dict)
    assert producer["path"] == "fixtures/demo/orchard/model.py"


def test_the_notebook_is_named_by_cell(findings: list[dict[str, object]]) -> None:
    (found,) = [f for f in findings if f["path"] == "fixtures/demo/explore.ipynb"]
    producer = found["producer"]
    assert isinstance(producer, dict)
    assert (found["cell"], producer["cell"]) == (6, 4)
