"""The JSON schema of the settings: it is what the generator makes, and it judges as the loader does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logitlint.config import DEFAULT_SELECT, OPTIONS, Settings, load
from logitlint.errors import ConfigError
from logitlint.schema import schema

ROOT = Path(__file__).parents[1]
VALIDATOR = jsonschema.Draft7Validator(schema())


def test_the_committed_file_is_what_the_generator_makes() -> None:
    committed = (ROOT / "logitlint.schema.json").read_text(encoding="utf-8")
    assert committed == json.dumps(schema(), indent=2, ensure_ascii=False) + "\n", "logitlint config --schema > logitlint.schema.json"


def test_it_is_a_schema_with_every_key_and_its_default() -> None:
    jsonschema.Draft7Validator.check_schema(schema())
    properties = schema()["properties"]
    assert properties.keys() == {option.key for option in OPTIONS}
    assert all(each["description"].endswith(".") for each in properties.values())
    assert properties["select"]["default"] == list(DEFAULT_SELECT)
    assert properties["fail-on"]["default"] == Settings().fail_on


def loads(values: Mapping[str, Any], folder: Path) -> bool:
    """Does the loader take these settings?"""
    text = "\n".join(f"{key} = {toml(value)}" for key, value in values.items())
    (folder / "logitlint.toml").write_text(text + "\n", encoding="utf-8")
    try:
        load(cwd=folder)
    except ConfigError:
        return False
    return True


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=True)


KEYS = st.sampled_from([*(option.key for option in OPTIONS if option.form != "version"), "selct", "line-length", "fail_on"])
PLAIN = st.one_of(
    st.booleans(),
    st.integers(-3, 5),
    st.sampled_from([0.5, 2.0]),
    st.sampled_from(["", "error", "note", "certain", "torch", "json", "a/b", "LGT101"]),
)
VALUES = st.one_of(
    PLAIN, st.lists(PLAIN, max_size=3), st.dictionaries(st.sampled_from(["*.py", "a b"]), st.lists(PLAIN, max_size=2), max_size=2)
)


@given(st.dictionaries(KEYS, VALUES, max_size=3))
def test_schema_and_loader_judge_alike(tmp_path_factory: pytest.TempPathFactory, values: dict[str, Any]) -> None:
    folder = tmp_path_factory.getbasetemp() / "judged"
    folder.mkdir(exist_ok=True)
    assert loads(values, folder) == VALIDATOR.is_valid(values), values


@pytest.mark.parametrize("valid", [">=0", "!=1.2.*", ">=0, <99", "~=0.1.0", " >= 0.0.1 ", "<99a1", "<99.dev0"])
def test_required_versions_that_are_met(tmp_path: Path, valid: str) -> None:
    assert loads({"required-version": valid}, tmp_path)
    assert VALIDATOR.is_valid({"required-version": valid})


@pytest.mark.parametrize("wrong", ["", "one", ">=", ">=1.x", "~=1", ">1.*", "=1", "1.0 2.0", ">=0 <99", 1])
def test_what_is_no_version_is_refused_by_both(tmp_path: Path, wrong: object) -> None:
    assert not loads({"required-version": wrong}, tmp_path)
    assert not VALIDATOR.is_valid({"required-version": wrong})


@pytest.mark.parametrize(("line", "status", "said"), [("select = ['LGT1']", 0, "Valid file"), ("selct = []", 1, "'selct'")])
def test_validate_pyproject_holds_projects_against_it(tmp_path: Path, installed: str, line: str, status: int, said: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.logitlint]\n{line}\n")
    command = [sys.executable, "-m", "validate_pyproject", "pyproject.toml"]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": installed}, capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert said in done.stdout + done.stderr


def test_the_command_prints_it() -> None:
    command = [sys.executable, "-m", "logitlint", "config", "--schema"]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, capture_output=True, check=True)
    assert done.stdout == (ROOT / "logitlint.schema.json").read_bytes()
