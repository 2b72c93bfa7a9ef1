from __future__ import annotations

from pathlib import Path

import pytest

from logitlint import __version__
from logitlint.config import DEFAULT_SELECT, OPTIONS, Settings, describe, load
from logitlint.errors import ConfigError, UsageError


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def fails(folder: Path, text: str, name: str = "logitlint.toml") -> str:
    write(folder / name, text)
    with pytest.raises(ConfigError) as caught:
        load(cwd=folder)
    return str(caught.value)


def test_defaults_report_three_groups_and_no_advice(tmp_path: Path) -> None:
    settings = load(cwd=tmp_path, isolated=True)
    assert settings.select == DEFAULT_SELECT
    assert "advice" not in settings.select
    assert (settings.fail_on, settings.confidence, settings.keras_backend) == ("warning", "certain", "auto")
    assert settings.root == tmp_path
    assert settings.cache_dir == tmp_path / ".logitlint_cache"


def test_pyproject_section_is_read(tmp_path: Path) -> None:
    text = '[tool.logitlint]\nselect = ["LGT1"]\nper-file-ignores = { "tests/*" = ["LGT101"] }\nfail-on = "note"\njobs = 3\n'
    write(tmp_path / "pyproject.toml", text)
    settings = load(cwd=tmp_path)
    assert settings.select == ("LGT1",)
    assert settings.per_file_ignores == (("tests/*", ("LGT101",)),)
    assert (settings.fail_on, settings.jobs) == ("note", 3)
    assert settings.origin("select") == "pyproject.toml"
    assert settings.origin("ignore") == "default"


def test_nearest_file_wins_and_is_not_merged(tmp_path: Path) -> None:
    write(tmp_path / "logitlint.toml", 'select = ["LGT1"]\nconfidence = "possible"\n')
    write(tmp_path / "inner/logitlint.toml", 'select = ["LGT3"]\n')
    settings = load(["inner/deep/train.py"], cwd=tmp_path)
    assert settings.select == ("LGT3",)
    assert settings.confidence == "certain"
    assert settings.root == tmp_path / "inner"


def test_pyproject_without_our_section_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "logitlint.toml", 'select = ["LGT1"]\n')
    write(tmp_path / "inner/pyproject.toml", "[tool.other]\nname = 'logitlint'\n")
    assert load(["inner"], cwd=tmp_path).select == ("LGT1",)


def test_foreign_pyproject_may_be_broken(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.other\n")
    assert load(cwd=tmp_path).select == DEFAULT_SELECT


@pytest.mark.parametrize(
    ("winner", "loser"),
    [(".logitlint.toml", "logitlint.toml"), ("logitlint.toml", "pyproject.toml"), (".logitlint.toml", "pyproject.toml")],
)
def test_precedence_within_a_folder(tmp_path: Path, winner: str, loser: str) -> None:
    for name, code in ((winner, "LGT1"), (loser, "LGT2")):
        write(tmp_path / name, ("[tool.logitlint]\n" if name == "pyproject.toml" else "") + f'select = ["{code}"]\n')
    assert load(cwd=tmp_path).select == ("LGT1",)


def test_order_of_paths_does_not_choose_the_file(tmp_path: Path) -> None:
    write(tmp_path / "logitlint.toml", 'select = ["LGT1"]\n')
    write(tmp_path / "a/logitlint.toml", 'select = ["LGT2"]\n')
    (tmp_path / "b").mkdir()
    assert load(["a", "b"], cwd=tmp_path) == load(["b", "a"], cwd=tmp_path)
    assert load(["a", "b"], cwd=tmp_path).select == ("LGT1",)


def test_byte_order_mark_and_crlf(tmp_path: Path) -> None:
    (tmp_path / "logitlint.toml").write_bytes(b'\xef\xbb\xbfselect = ["LGT1"]\r\n')
    assert load(cwd=tmp_path).select == ("LGT1",)


def test_isolated_reads_no_file_but_takes_inline_settings(tmp_path: Path) -> None:
    write(tmp_path / "logitlint.toml", "this is not TOML")
    settings = load(cwd=tmp_path, isolated=True, config=['fail-on = "note"'])
    assert settings.fail_on == "note"
    assert settings.isolated


def test_isolated_root_is_never_above_the_working_directory(tmp_path: Path) -> None:
    write(tmp_path / "setup.py", "")
    inner = tmp_path / "inner"
    inner.mkdir()
    assert load(["model.py"], cwd=inner, isolated=True).root == inner
    assert load(["model.py"], cwd=inner).root == tmp_path


def test_unknown_key_names_file_line_key_and_nearest(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n\n[tool.logitlint]\nignore = []\nselct = ["LGT1"]\n'
    assert fails(tmp_path, text, "pyproject.toml") == "pyproject.toml:6: tool.logitlint.selct: unknown key; did you mean 'select'?"


def test_unknown_key_in_own_file(tmp_path: Path) -> None:
    assert fails(tmp_path, "\nfail_on = 'note'\n") == "logitlint.toml:2: fail_on: unknown key; did you mean 'fail-on'?"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('select = "LGT1"', "select: expected an array of strings, found 'LGT1'"),
        ("select = [1]", "select: expected an array of strings, found an array that holds other things than strings"),
        ('force-exclude = "yes"', "force-exclude: expected true or false, found 'yes'"),
        ("jobs = true", "jobs: expected a whole number, 0 or more, found true"),
        ("jobs = -1", "jobs: expected a whole number, 0 or more, found -1"),
        ("cache-dir = []", "cache-dir: expected a string, found an array"),
        ('fail-on = "warn"', "fail-on: 'warn' is not one of error, warning, note; did you mean 'warning'?"),
        ("per-file-ignores = []", "per-file-ignores: expected a table from file pattern to an array of strings, found an array"),
        (
            "[per-file-ignores]\n'a.py' = 'LGT1'",
            "per-file-ignores: expected a table from file pattern to an array of strings, found a table",
        ),
    ],
)
def test_wrong_values(tmp_path: Path, line: str, complaint: str) -> None:
    assert fails(tmp_path, f"# settings\n{line}\n") == f"logitlint.toml:2: {complaint}"


def test_invalid_toml_names_the_line(tmp_path: Path) -> None:
    assert fails(tmp_path, "select = []\nignore = [\n").startswith("logitlint.toml:")
    assert "not valid TOML" in fails(tmp_path, "select = = 1\n")


def test_section_that_is_no_table(tmp_path: Path) -> None:
    assert fails(tmp_path, "[tool]\nlogitlint = 1\n", "pyproject.toml") == "pyproject.toml:2: tool.logitlint must be a table"


def test_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "logitlint.toml").write_bytes(b'select = ["\xff"]')
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(cwd=tmp_path)


def test_precedence_of_layers(tmp_path: Path) -> None:
    write(tmp_path / "logitlint.toml", 'fail-on = "error"\nconfidence = "possible"\nkeras-backend = "jax"\n')
    settings = load(cwd=tmp_path, config=['confidence = "certain"', "keras-backend=torch"], overrides={"keras_backend": "tensorflow"})
    assert (settings.fail_on, settings.confidence, settings.keras_backend) == ("error", "certain", "tensorflow")
    assert [settings.origin(name) for name in ("fail_on", "confidence", "keras_backend")] == ["logitlint.toml", "--config", "command line"]


def test_select_on_the_command_line_starts_afresh(tmp_path: Path) -> None:
    write(tmp_path / "logitlint.toml", 'ignore = ["LGT101"]\nextend-select = ["advice"]\n')
    settings = load(cwd=tmp_path, overrides={"select": ("LGT101",)})
    assert (settings.select, settings.ignore, settings.extend_select) == (("LGT101",), (), ())
    assert load(cwd=tmp_path, overrides={"ignore": ("LGT3",)}).ignore == ("LGT101", "LGT3")


def test_inline_words_need_no_quotes(tmp_path: Path) -> None:
    settings = load(cwd=tmp_path, isolated=True, config=["select=LGT1,LGT3", "fail-on=error", "jobs=2"])
    assert (settings.select, settings.fail_on, settings.jobs) == (("LGT1", "LGT3"), "error", 2)


def test_inline_mistakes(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"--config: colour: unknown key"):
        load(cwd=tmp_path, config=["colour=red"])
    with pytest.raises(ConfigError, match="not valid TOML"):
        load(cwd=tmp_path, config=['select=["LGT1"'])
    with pytest.raises(UsageError, match="neither a file nor KEY=VALUE"):
        load(cwd=tmp_path, config=["absent.toml"])


def test_explicit_file_replaces_discovery(tmp_path: Path) -> None:
    write(tmp_path / "logitlint.toml", 'select = ["LGT1"]\n')
    write(tmp_path / "ci/strict.toml", 'fail-on = "note"\nexclude = ["old/*"]\n')
    settings = load(cwd=tmp_path, config=["ci/strict.toml"])
    assert (settings.select, settings.fail_on, settings.exclude) == (DEFAULT_SELECT, "note", ("old/*",))
    with pytest.raises(UsageError, match="--isolated"):
        load(cwd=tmp_path, config=["ci/strict.toml"], isolated=True)


def test_paths_are_relative_to_the_file_and_to_the_working_directory(tmp_path: Path) -> None:
    write(tmp_path / "logitlint.toml", 'src = ["lib"]\nstubs = ["typings/own.pyi"]\ncache-dir = ".cache"\nexclude = ["gen/*"]\n')
    inner = tmp_path / "inner"
    inner.mkdir()
    settings = load(cwd=inner, overrides={"extend_exclude": ("old/*", "*.bak.py"), "output_file": "out.txt"})
    assert settings.src == (tmp_path / "lib",)
    assert settings.stubs == (tmp_path / "typings/own.pyi",)
    assert settings.cache_dir == tmp_path / ".cache"
    assert settings.output_file == inner / "out.txt"
    assert settings.exclude == (f"{tmp_path.as_posix()}/gen/*",)
    assert settings.extend_exclude == ("old/*", "*.bak.py")


def test_every_option_is_a_field_and_is_described(tmp_path: Path) -> None:
    settings = load(cwd=tmp_path, isolated=True)
    assert {option.field for option in OPTIONS} <= set(Settings.__dataclass_fields__)
    described = {key: (value, origin) for key, value, origin in describe(settings)}
    assert {option.key for option in OPTIONS} <= described.keys()
    assert described["force-exclude"] == ("false", "default")
    assert described["isolated"][0] == "true"


def test_another_required_version_is_refused_before_anything_else_is_read(tmp_path: Path) -> None:
    """A newer version may know keys that this one does not."""
    text = 'brand-new-key = 1\nrequired-version = ">=99"\n'
    assert fails(tmp_path, text) == f"logitlint.toml:2: required-version: >=99 is required, this is logitlint {__version__}"
    assert "expected version specifiers" in fails(tmp_path, 'required-version = "new"\n')
    write(tmp_path / "logitlint.toml", f'required-version = "{__version__}"\n')
    assert load(cwd=tmp_path).required_version == __version__


def test_the_environment_stands_between_the_file_and_the_command_line(tmp_path: Path) -> None:
    write(tmp_path / "logitlint.toml", 'output-format = "full"\ncache-dir = "here"\nno-cache = false\n')
    environment = {name: (f"LOGITLINT_{name.upper()}", value) for name, value in (("output_format", "json"), ("cache_dir", "there"))}
    settings = load(cwd=tmp_path, environment=environment, config=["output-format=github"], overrides={"no_cache": True})
    assert (settings.output_format, settings.cache_dir, settings.no_cache) == ("github", tmp_path / "there", True)
    origins = [settings.origin(name) for name in ("output_format", "cache_dir", "no_cache")]
    assert origins == ["--config", "environment: LOGITLINT_CACHE_DIR", "command line"]
