"""Settings: the defaults, one configuration file, the environment, ``--config KEY=VALUE`` and the options, in that order.

Nothing else in the package reads TOML. Rule selectors are kept as they are written: the engine knows the rules and checks them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from glob import escape
from pathlib import Path
from typing import Any, NamedTuple

from logitlint import __version__
from logitlint.errors import ConfigError, UsageError

FILE_NAMES = (".logitlint.toml", "logitlint.toml", "pyproject.toml")  #: in one folder the first of these wins
PROJECT_MARKERS = ("pyproject.toml", "setup.py", ".git")
CACHE_NAME = ".logitlint_cache"
DEFAULT_SELECT = ("correctness", "stability", "redundant", "tool")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run obeys.

    Selectors are rule codes, code prefixes, rule names, group names or ``ALL``. Patterns of ``exclude``, ``extend_exclude`` and
    ``per_file_ignores`` are globs for names, for paths as they are displayed (relative to the working directory) or for absolute
    paths: those of a configuration file elsewhere have been made absolute. Paths are absolute.
    """

    root: Path = Path()
    select: tuple[str, ...] = DEFAULT_SELECT
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()  #: beside the folders that are never entered, see :mod:`logitlint.files`
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    respect_gitignore: bool = True
    src: tuple[Path, ...] = ()
    stubs: tuple[Path, ...] = ()
    wrappers: tuple[Wrapper, ...] = ()
    output_format: str = "concise"
    output_file: Path | None = None
    fail_on: str = "warning"
    exit_zero: bool = False
    confidence: str = "certain"
    keras_backend: str = "auto"
    baseline: Path | None = None  #: findings that are known and not reported
    required_version: str = ""
    isolated: bool = False
    no_cache: bool = False
    cache_dir: Path = Path(CACHE_NAME)
    jobs: int = 0  #: worker processes for large projects; 0 for one a core
    config_file: Path | None = None
    #: ``(field, where its value came from)`` for every field that is not at its default.
    origins: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)

    def origin(self, name: str) -> str:
        return dict(self.origins).get(name, "default")


class Wrapper(NamedTuple):
    """A project's own loss or activation that behaves as a known API; ``place`` is where the settings say so."""

    name: str
    target: str
    place: str


class Option(NamedTuple):
    """One key of a configuration file; ``form`` is a key of ``_EXPECTED``."""

    key: str
    form: str
    choices: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        return self.key.replace("-", "_")


OPTIONS = (
    Option("select", "strings"),
    Option("ignore", "strings"),
    Option("extend-select", "strings"),
    Option("per-file-ignores", "table"),
    Option("exclude", "patterns"),
    Option("extend-exclude", "patterns"),
    Option("force-exclude", "bool"),
    Option("respect-gitignore", "bool"),
    Option("src", "paths"),
    Option("stubs", "paths"),
    Option("wrappers", "names"),
    Option("output-format", "string"),
    Option("output-file", "path"),
    Option("fail-on", "string", ("error", "warning", "note")),
    Option("exit-zero", "bool"),
    Option("confidence", "string", ("certain", "possible")),
    Option("keras-backend", "string", ("auto", "tensorflow", "jax", "torch")),
    Option("baseline", "path"),
    Option("required-version", "version"),
    Option("no-cache", "bool"),
    Option("cache-dir", "path"),
    Option("jobs", "count"),
)
_BY_KEY = {option.key: option for option in OPTIONS}
_EXPECTED = {
    "strings": "an array of strings",
    "patterns": "an array of strings",
    "paths": "an array of strings",
    "string": "a string",
    "path": "a string",
    "bool": "true or false",
    "count": "a whole number, 0 or more",
    "table": "a table from file pattern to an array of strings",
    "version": "version specifiers such as '>=0.2, <1'",
    "names": "a table from full name to the name of a known API",
}
_RELEASE = r"\d+(?:\.\d+)*"
_SPECIFIER = rf"(?:~=\s*\d+(?:\.\d+)+|[=!]=\s*{_RELEASE}(?:\.\*)?|(?:[=!]=|<=?|>=?)\s*{_RELEASE}(?:(?:a|b|rc)\d+)?(?:\.dev\d+)?)"
#: The part of PEP 440 that ``required-version`` takes; a bare version means that one.
VERSION = rf"^\s*(?:{_RELEASE}|{_SPECIFIER}(?:\s*,\s*{_SPECIFIER})*)\s*$"


class _Layer(NamedTuple):
    """Values of one source: ``base`` is the folder that its relative paths and patterns start from."""

    origin: str
    base: Path
    values: Mapping[str, Any]


def load(
    paths: Sequence[str] = (),
    overrides: Mapping[str, Any] | None = None,
    *,
    config: Sequence[str] = (),
    isolated: bool = False,
    cwd: Path | None = None,
    environment: Mapping[str, tuple[str, Any]] | None = None,
) -> Settings:
    """The settings of a run over ``paths``.

    ``overrides`` maps fields to values of the command line (absent or None: not given), ``environment`` fields to a variable and
    its value; ``config`` holds the arguments of ``--config``. The configuration file is the nearest one upward from the folder
    that all the paths share, so the order of the arguments does not matter.

    Raises ConfigError for a wrong setting, UsageError for a ``--config`` that is neither a file nor ``KEY=VALUE``.
    """
    cwd = _normal(cwd or Path.cwd())
    file, inline = _split_config(config, cwd, isolated)
    start = _common_folder(paths, cwd)
    root = _project_root(start, cwd, isolated)
    layers = []
    if file is not None:
        layers.append(_Layer(_shown(file, cwd), cwd, _read(file, _shown(file, cwd)) or {}))
    elif not isolated and (found := _discover(start, cwd)) is not None:
        file, values = found
        root = file.parent
        layers.append(_Layer(_shown(file, cwd), root, values))
    layers.extend(_Layer(f"environment: {name}", cwd, {key: value}) for key, (name, value) in (environment or {}).items())
    layers.extend(_Layer("--config", cwd, _inline(argument)) for argument in inline)
    layers.append(_Layer("command line", cwd, {key: value for key, value in (overrides or {}).items() if value is not None}))
    settings = Settings(root=root, isolated=isolated, cache_dir=root / CACHE_NAME, config_file=file)
    for layer in layers:
        settings = _apply(settings, layer, cwd)
    return settings


def _split_config(config: Sequence[str], cwd: Path, isolated: bool) -> tuple[Path | None, list[str]]:
    file: Path | None = None
    inline: list[str] = []
    for argument in config:
        candidate = cwd / argument
        if candidate.is_file():
            if file is not None:
                raise UsageError(f"--config names two files: {_shown(file, cwd)} and {argument}")
            file = candidate
        elif "=" in argument:
            inline.append(argument)
        else:
            raise UsageError(f"--config: {argument!r} is neither a file nor KEY=VALUE")
    if file is not None and isolated:
        raise UsageError("--config FILE cannot be combined with --isolated")
    return file, inline


# -- where the file and the root are ------------------------------------------------------------------------------------------


def _common_folder(paths: Sequence[str], cwd: Path) -> Path:
    folders = []
    for path in paths:
        absolute = _normal(cwd / path)
        folders.append(absolute if absolute.is_dir() else absolute.parent)
    try:
        return Path(os.path.commonpath(folders)) if folders else cwd
    except ValueError:  # different drives
        return cwd


def _upward(start: Path) -> tuple[Path, ...]:
    return (start, *start.parents)


def _project_root(start: Path, cwd: Path, isolated: bool) -> Path:
    below = start == cwd or cwd in start.parents
    for folder in _upward(start):
        if any((folder / marker).exists() for marker in PROJECT_MARKERS):
            return folder
        if isolated and folder == (cwd if below else start):
            break
    return cwd if below else start


def _discover(start: Path, cwd: Path) -> tuple[Path, Mapping[str, Any]] | None:
    for folder in _upward(start):
        for name in FILE_NAMES:
            file = folder / name
            if file.is_file() and (values := _read(file, _shown(file, cwd))) is not None:
                return file, values
    return None


def _shown(file: Path, cwd: Path) -> str:
    try:
        return file.relative_to(cwd).as_posix()
    except ValueError:
        return file.as_posix()


# -- reading ------------------------------------------------------------------------------------------------------------------


def parse_toml(text: str) -> dict[str, Any]:
    """Raises ValueError (a TOMLDecodeError) for text that is not TOML."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(text)


def _read(file: Path, shown: str) -> Mapping[str, Any] | None:
    """The checked values of ``file`` by field; None for a pyproject.toml without ``[tool.logitlint]``."""
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{shown}: is not UTF-8 (byte {error.start})") from None
    prefix: tuple[str, ...] = ()
    if file.name == "pyproject.toml":
        # A project that never mentions us must not fail on a file we have no business with.
        if "logitlint" not in text:
            return None
        prefix = ("tool", "logitlint")
    try:
        table: Any = parse_toml(text)
    except ValueError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise ConfigError(f"{shown}:{line[1] if line else 1}: not valid TOML: {error}") from None
    for name in prefix:
        table = table.get(name) if isinstance(table, dict) else None
    if table is None:
        return None
    return _checked(table, prefix, text, shown)


def _inline(argument: str) -> Mapping[str, Any]:
    key, _, value = argument.partition("=")
    try:
        table = parse_toml(argument)
    except ValueError:
        value = value.strip()
        # Shells eat quotes, so a bare word stands for itself; anything else must be TOML.
        if not re.fullmatch(r"[\w.,:/*-]+", value) or not re.fullmatch(r"[\w-]+", key.strip()):
            raise ConfigError(f"--config: {argument!r} is not valid TOML") from None
        option = _BY_KEY.get(key.strip())
        listed = option is not None and option.form in {"strings", "patterns", "paths"}
        table = {key.strip(): value.split(",") if listed else value}
    return _checked(table, (), "", "--config")


def _checked(table: Any, prefix: tuple[str, ...], text: str, shown: str) -> Mapping[str, Any]:
    if not isinstance(table, dict):
        raise ConfigError(f"{shown}:{_line_of(text, prefix[:-1], prefix[-1])}: {'.'.join(prefix)} must be a table")
    values: dict[str, Any] = {}
    # The version first: what a newer one understands may be unknown here.
    for key, value in sorted(table.items(), key=lambda item: item[0] != "required-version"):
        option = _BY_KEY.get(key)
        reason = _unknown(key) if option is None else _mismatch(option, value)
        if reason is not None or option is None:
            place = f"{shown}:{_line_of(text, prefix, key)}" if text else shown
            raise ConfigError(f"{place}: {'.'.join((*prefix, key))}: {reason}")
        values[option.field] = _wrappers(value, (*prefix, key), text, shown) if option.form == "names" else _converted(option, value)
    return values


def _wrappers(table: Mapping[str, Any], prefix: tuple[str, ...], text: str, shown: str) -> tuple[Wrapper, ...]:
    """The entries of ``[tool.logitlint.wrappers]``. A name may be written with or without quotes: then TOML nests it."""
    found: list[Wrapper] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += [each._replace(name=f"{key}.{each.name}") for each in _wrappers(value, (*prefix, key), text, shown)]
        else:
            found.append(Wrapper(key, value, f"{shown}:{_line_of(text, prefix, key)}" if text else shown))
    return tuple(found)


def _unknown(key: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key.replace("_", "-"), [*_BY_KEY], n=1)
    return f"unknown key; did you mean {near[0]!r}?" if near else f"unknown key; the keys are {', '.join(_BY_KEY)}"


def _mismatch(option: Option, value: object) -> str | None:
    """What is wrong with ``value``, or None."""
    if not _fits(option.form, value):
        return f"expected {_EXPECTED[option.form]}, found {_described(value)}"
    if option.choices and value not in option.choices:
        from difflib import get_close_matches

        near = get_close_matches(str(value), option.choices, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return f"{value!r} is not one of {', '.join(option.choices)}{hint}"
    return _other_version(str(value)) if option.form == "version" else None


def _other_version(required: str) -> str | None:
    from packaging.specifiers import SpecifierSet

    required = required.strip()
    wanted = SpecifierSet(f"=={required}" if required[:1].isdigit() else required)
    return None if wanted.contains(__version__, prereleases=True) else f"{required} is required, this is logitlint {__version__}"


def _fits(form: str, value: object) -> bool:
    if form in {"string", "path"}:
        return isinstance(value, str)
    if form == "bool":
        return isinstance(value, bool)
    if form == "version":
        return isinstance(value, str) and re.search(VERSION, value, re.ASCII) is not None
    if form == "count":
        return isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0 and float(value).is_integer()
    if form == "names":
        return isinstance(value, dict) and all(isinstance(item, str) or _fits(form, item) for item in value.values())
    if form == "table":
        return isinstance(value, dict) and all(_is_strings(item) for item in value.values())
    return _is_strings(value)


def _is_strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _described(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return repr(value)
    if isinstance(value, list):
        return "an array" if all(isinstance(item, str) for item in value) else "an array that holds other things than strings"
    return "a table" if isinstance(value, dict) else type(value).__name__


def _converted(option: Option, value: Any) -> Any:
    if option.form == "count":
        return int(value)
    if option.form == "table":
        return tuple((pattern, tuple(codes)) for pattern, codes in value.items())
    return tuple(value) if isinstance(value, list) else value


def _line_of(text: str, prefix: tuple[str, ...], key: str) -> int:
    """The line (from 1) that sets ``key`` of the table ``prefix``; the table's header or 1 where the spelling is unusual."""
    header: tuple[str, ...] = ()
    best = 1
    for number, line in enumerate(text.split("\n"), 1):
        if match := re.match(r"\s*\[+([^\]]*)\]", line):
            header = _dotted(match[1])
            if header == prefix:
                best = number
        elif (match := re.match(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""", line)) is None:
            continue
        full = header if line.lstrip().startswith("[") else (*header, *_dotted(match[1] if match else ""))
        if full[: len(prefix) + 1] == (*prefix, key) or full == (*prefix, *key.split(".")):
            return number
    return best


def _dotted(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))


# -- merging ------------------------------------------------------------------------------------------------------------------

_PATTERNS = frozenset({"exclude", "extend_exclude"})
_PATHS = frozenset({"src", "stubs"})
_APPENDED = frozenset({"extend_select", "extend_exclude", "ignore"})  #: on the command line these add to the file's


def _apply(settings: Settings, layer: _Layer, cwd: Path) -> Settings:
    changes = {name: _anchored(name, value, layer.base, cwd) for name, value in layer.values.items()}
    if layer.origin == "command line":
        if "select" in changes:
            # As in ruff: a selection on the command line starts afresh, or `--select X` could stay silent about X.
            settings = replace(settings, ignore=(), extend_select=())
        for name in _APPENDED & changes.keys():
            changes[name] = (*getattr(settings, name), *changes[name])
    origins = {**dict(settings.origins), **dict.fromkeys(changes, layer.origin)}
    return replace(settings, **changes, origins=tuple(sorted(origins.items())))


def _anchored(name: str, value: Any, base: Path, cwd: Path) -> Any:
    if name in _PATTERNS:
        return tuple(_anchor(pattern, base, cwd) for pattern in value)
    if name == "per_file_ignores":
        return tuple((_anchor(pattern, base, cwd), tuple(codes)) for pattern, codes in value)
    if name in _PATHS:
        return tuple(_absolute(item, base) for item in value)
    if name in {"cache_dir", "output_file", "baseline"}:
        return _absolute(value, base)
    return tuple(value) if isinstance(value, list) else value


def _absolute(path: str | Path, base: Path) -> Path:
    return _normal(base / Path(path).expanduser())


def _normal(path: Path) -> Path:
    # Not resolve(): a link inside the project belongs to the project it stands in, not to the one it points to.
    return Path(os.path.abspath(path))


def _anchor(pattern: str, base: Path, cwd: Path) -> str:
    """``pattern``, written relative to ``base``, as one for paths relative to ``cwd``: absolute where the two differ."""
    negated, pattern = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    pattern = pattern.removeprefix("./")
    if base != cwd and "/" in pattern.rstrip("/") and not pattern.startswith("**/") and not Path(pattern).is_absolute():
        pattern = f"{escape(base.as_posix())}/{pattern}"
    return negated + pattern


# -- showing ------------------------------------------------------------------------------------------------------------------


def describe(settings: Settings) -> list[tuple[str, str, str]]:
    """``(key, value as TOML, origin)`` of every setting, in the order of the fields."""
    rows = []
    for item in fields(Settings):
        if item.name == "origins":
            continue
        shown = _toml(getattr(settings, item.name))
        shown = "{}" if item.name == "per_file_ignores" and shown == "[]" else shown
        rows.append((item.name.replace("_", "-"), shown, settings.origin(item.name)))
    return rows


def _toml(value: object) -> str:
    import json

    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        if value and isinstance(value[0], Wrapper):
            return "{ " + ", ".join(f"{_toml(each.name)} = {_toml(each.target)}" for each in value) + " }"
        if value and isinstance(value[0], tuple):
            return "{ " + ", ".join(f"{_toml(pattern)} = {_toml(codes)}" for pattern, codes in value) + " }"
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, Path):
        return json.dumps(value.as_posix(), ensure_ascii=False)
    return '""' if value is None else json.dumps(value, ensure_ascii=False)
