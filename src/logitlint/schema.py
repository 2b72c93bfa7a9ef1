"""The JSON schema of the configuration, made from the settings themselves: editors check and complete with it."""

from __future__ import annotations

from typing import Any

from logitlint.config import DEFAULT_SELECT, OPTIONS, VERSION, Option, Settings

_STRINGS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
_FORMS: dict[str, dict[str, Any]] = {
    "strings": _STRINGS,
    "patterns": _STRINGS,
    "paths": _STRINGS,
    "string": {"type": "string"},
    "path": {"type": "string"},
    "bool": {"type": "boolean"},
    "count": {"type": "integer", "minimum": 0},
    "table": {"type": "object", "additionalProperties": _STRINGS},
    "names": {"type": "object", "additionalProperties": {"type": ["string", "object"]}},
    "version": {"type": "string", "pattern": VERSION},
}

_HELP = {
    "select": "Codes, code prefixes, names or groups of the rules to report, or ALL.",
    "ignore": "Rules not to report.",
    "extend-select": "More rules to report, beside those of select.",
    "per-file-ignores": "File pattern -> rules not to report there; a leading ! turns the pattern around.",
    "exclude": "Names or globs of files and folders to skip.",
    "extend-exclude": "Files and folders to skip as well.",
    "force-exclude": "Apply exclusions to the paths given on the command line too.",
    "respect-gitignore": "Skip what git ignores.",
    "src": "Folders that absolute imports start from.",
    "stubs": "Folders of stub files that declare what your own losses, layers and activations expect and return.",
    "wrappers": "Full name of a loss or activation of your own -> the known API that it behaves as.",
    "output-format": "How findings are printed.",
    "output-file": "Where the report is written instead of standard output.",
    "fail-on": "The lowest level that makes the exit status 1.",
    "exit-zero": "Exit with 0 whatever is found; errors still exit with 2.",
    "confidence": "Report certain findings only, or possible ones too.",
    "keras-backend": "The backend that Keras runs on; auto looks for it in the code.",
    "baseline": "A file of known findings, which are not reported.",
    "required-version": "Refuse to run with another version of logitlint.",
    "no-cache": "Neither read nor write the cache.",
    "cache-dir": "Where the cache lives; by default `.logitlint_cache` beside the configuration file or at the project's root.",
    "jobs": "Worker processes for large projects; 0, the default, for one a core.",
}


def schema() -> dict[str, Any]:
    """The schema (draft 7) of the table ``tool.logitlint``, which is that of ``logitlint.toml`` as well."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://logitlint.readthedocs.io/logitlint.schema.json",
        "title": "logitlint",
        "description": "Settings of logitlint: [tool.logitlint] of pyproject.toml, logitlint.toml or .logitlint.toml.",
        "type": "object",
        "additionalProperties": False,
        "properties": {option.key: _property(option) for option in sorted(OPTIONS)},
    }


def _property(option: Option) -> dict[str, Any]:
    found: dict[str, Any] = {"description": _HELP[option.key], **_FORMS[option.form]}
    if option.choices:
        found["enum"] = list(option.choices)
    default = list(DEFAULT_SELECT) if option.field == "select" else getattr(Settings(), option.field)
    if isinstance(default, (bool, int, str)) and default != "":
        found["default"] = default
    elif option.form in {"strings", "patterns", "paths"}:
        found["default"] = list(default)
    return found


def validate_pyproject(tool_name: str) -> dict[str, Any]:
    """What validate-pyproject asks for (its entry point group ``validate_pyproject.tool_schema``)."""
    return schema()
