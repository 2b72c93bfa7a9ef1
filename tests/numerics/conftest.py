"""``pytest tests/numerics --numerics`` collects these tests; a plain ``pytest`` does not, so it needs no framework."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--numerics", action="store_true", help="collect the tests that need torch, TensorFlow, Keras and JAX")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """True (ignored) for everything in this folder unless asked for; None leaves the decision to pytest."""
    return None if config.getoption("--numerics", default=False) else True
