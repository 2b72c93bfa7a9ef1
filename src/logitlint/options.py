"""The options that commands share, and the settings that they and the configuration make together."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from logitlint.config import Settings

_Command = TypeVar("_Command", bound=Callable[..., Any])
VERBOSE = "logitlint.verbose"  #: the key of ``--verbose`` in click's context


def _listed(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[str, ...] | None:
    """``--select A,B --select C`` is A, B, C; None when the option was not given."""
    items = tuple(item.strip() for value in values for item in value.split(",") if item.strip())
    return items or None


def _per_file(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
    """``PATTERN:CODE[,CODE…][,PATTERN:CODE…]``: a part without a colon belongs to the pattern before it."""
    table: dict[str, tuple[str, ...]] = {}
    for value in values:
        pattern = ""
        for part in filter(None, (each.strip() for each in value.split(","))):
            left, colon, code = part.rpartition(":")
            pattern = left.strip() if colon else pattern
            if not pattern or not code.strip():
                raise click.BadParameter(f"{part!r} is not PATTERN:CODE")
            table[pattern] = (*table.get(pattern, ()), code.strip())
    return tuple(table.items()) or None


def _verbose(ctx: click.Context, param: click.Parameter, value: bool) -> bool:
    if value:
        ctx.meta[VERBOSE] = True
    return value


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes, names and groups that continue what was typed, in a list behind the last comma."""
    from click.shell_completion import CompletionItem

    from logitlint.rules.table import GROUPS, RULES

    before, comma, last = incomplete.rpartition(",")
    known = [*((rule.code, rule.summary) for rule in RULES), *((rule.name, rule.summary) for rule in RULES)]
    known += [(group, "a group of rules") for group in GROUPS] if param.name != "name" else []
    return [CompletionItem(before + comma + name, help=text) for name, text in known if name.startswith(last)]


def _options(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


CONFIGURATION = _options(
    click.option("--config", multiple=True, metavar="FILE|KEY=VALUE", help="A configuration file, or one setting; may be repeated."),
    click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
)
COMMON = _options(
    CONFIGURATION,
    click.option("--exclude", multiple=True, callback=_listed, metavar="PATTERN", help="Skip these files and folders."),
    click.option("--extend-exclude", multiple=True, callback=_listed, metavar="PATTERN", help="Skip these as well."),
    click.option("--force-exclude", is_flag=True, default=None, help="Apply exclusions to the paths given on the command line too."),
    click.option("--respect-gitignore/--no-respect-gitignore", default=None, help="Skip what git ignores (default)."),
    click.option("--cache-dir", metavar="DIR", envvar="LOGITLINT_CACHE_DIR", help="Where the cache lives."),
    click.option("--no-cache", is_flag=True, default=None, envvar="LOGITLINT_NO_CACHE", help="Neither read nor write the cache."),
    click.option("--jobs", type=click.IntRange(min=0), default=None, help="Worker processes; 0 for one a core."),
    click.option("--stdin-filename", metavar="NAME", help="The name of the file that '-' reads."),
    click.option("--output-file", "-o", metavar="FILE", help="Write the report here."),
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour in text formats."),
    click.option("--quiet", "-q", is_flag=True, help="Print findings only."),
    click.option("--verbose", "-v", is_flag=True, callback=_verbose, help="Print settings, counts and the traceback of an internal error."),
)
SELECTION = _options(
    click.option(
        "--select",
        multiple=True,
        callback=_listed,
        shell_complete=complete_rule,
        metavar="RULE",
        help="Codes, prefixes, names or groups to report.",
    ),
    click.option("--ignore", multiple=True, callback=_listed, shell_complete=complete_rule, metavar="RULE", help="Rules not to report."),
    click.option(
        "--extend-select", multiple=True, callback=_listed, shell_complete=complete_rule, metavar="RULE", help="More rules to report."
    ),
    click.option("--per-file-ignores", multiple=True, callback=_per_file, metavar="PATTERN:RULE", help="Rules not to report there."),
    click.option("--confidence", type=click.Choice(["certain", "possible"]), default=None, help="Report possible findings too."),
    click.option("--fail-on", type=click.Choice(["error", "warning", "note"]), default=None, help="Lowest level that exits with 1."),
    click.option("--exit-zero", is_flag=True, default=None, help="Exit with 0 whatever is found; errors still exit with 2."),
)
_OVERRIDES = (
    "select", "ignore", "extend_select", "per_file_ignores", "exclude", "extend_exclude", "force_exclude", "respect_gitignore",
    "output_format", "output_file", "fail_on", "exit_zero", "confidence", "no_cache", "cache_dir", "jobs", "baseline",
)  # fmt: skip


def settings_of(paths: Sequence[str], options: dict[str, Any]) -> Settings:
    """The settings of a run over ``paths`` with the options of a command line."""
    from logitlint.config import load

    config: Sequence[str] = options.get("config") or ()
    if not config and not options.get("isolated") and os.environ.get("LOGITLINT_CONFIG"):
        config = (os.environ["LOGITLINT_CONFIG"],)
    environment = {name: (variable, options[name]) for name in _OVERRIDES if (variable := _variable(name)) is not None}
    overrides = {name: options.get(name) for name in _OVERRIDES if name not in environment}
    return load(paths, overrides, config=config, isolated=bool(options.get("isolated")), environment=environment)


def _variable(name: str) -> str | None:
    """The environment variable that gave a parameter of the command that runs its value."""
    context = click.get_current_context(silent=True)
    if context is None or context.get_parameter_source(name) is not click.core.ParameterSource.ENVIRONMENT:
        return None
    return next((str(parameter.envvar) for parameter in context.command.params if parameter.name == name), None)


def is_verbose() -> bool:
    """Was ``--verbose`` given to the command that runs?"""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(VERBOSE))
