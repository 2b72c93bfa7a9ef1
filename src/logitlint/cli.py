"""The command line. Each command imports what it needs when it runs: ``--version`` and ``--help`` load click alone."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from logitlint import __version__
from logitlint.errors import EXIT_CLEAN, EXIT_ERROR, EXIT_FINDINGS, LogitlintError, UsageError

if TYPE_CHECKING:
    from logitlint.config import Settings
    from logitlint.engine import Report

_Command = TypeVar("_Command", bound=Callable[..., Any])
_VERBOSE = "logitlint.verbose"
_INTERRUPTED = 130


# -- output -------------------------------------------------------------------------------------------------------------------


def _write(text: str, *, err: bool = False) -> None:
    """Write UTF-8 whatever the locale; a reader that has gone away (``| head``) is no error."""
    stream = sys.stderr if err else sys.stdout
    data = text.encode("utf-8", "backslashreplace")
    try:
        buffer = getattr(stream, "buffer", None)
        if buffer is None:
            stream.write(data.decode("utf-8"))
        else:
            stream.flush()
            buffer.write(data)
        stream.flush()
    except BrokenPipeError:
        # Python flushes at exit too: give it somewhere to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _note(text: str) -> None:
    from logitlint.reporters.text import printable

    _write("\n".join(printable(line) for line in text.split("\n")) + "\n", err=True)


def _color(choice: str, stream: Any) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def _width() -> int:
    from shutil import get_terminal_size

    # Where nobody watches, the bytes of the report must not depend on the terminal that started it.
    return get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 120


# -- errors -------------------------------------------------------------------------------------------------------------------


class _Commands(click.Group):
    """Turns every exception into a message on standard error and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except LogitlintError as error:
            _note(f"logitlint: error: {error}")
            ctx.exit(EXIT_ERROR)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            _note("logitlint: interrupted")
            ctx.exit(_INTERRUPTED)
        except Exception as error:
            _internal(error, verbose=bool(ctx.meta.get(_VERBOSE)))
            ctx.exit(EXIT_ERROR)


def _internal(error: Exception, *, verbose: bool) -> None:
    if verbose:
        import traceback

        _note("".join(traceback.format_exception(type(error), error, error.__traceback__)).rstrip())
    hint = "" if verbose else " (--verbose shows it)"
    summary = str(error).split("\n")[0]
    _note(f"logitlint: internal error: {type(error).__name__}: {summary}\nPlease report it with the traceback{hint}.")


# -- options ------------------------------------------------------------------------------------------------------------------


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
        ctx.meta[_VERBOSE] = True
    return value


def _options(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_CONFIGURATION = _options(
    click.option("--config", multiple=True, metavar="FILE|KEY=VALUE", help="A configuration file, or one setting; may be repeated."),
    click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
)
_COMMON = _options(
    _CONFIGURATION,
    click.option("--exclude", multiple=True, callback=_listed, metavar="PATTERN", help="Skip these files and folders."),
    click.option("--extend-exclude", multiple=True, callback=_listed, metavar="PATTERN", help="Skip these as well."),
    click.option("--force-exclude", is_flag=True, default=None, help="Apply exclusions to the paths given on the command line too."),
    click.option("--respect-gitignore/--no-respect-gitignore", default=None, help="Skip what git ignores (default)."),
    click.option("--cache-dir", metavar="DIR", envvar="LOGITLINT_CACHE_DIR", help="Where the cache lives."),
    click.option("--no-cache", is_flag=True, default=None, envvar="LOGITLINT_NO_CACHE", help="Neither read nor write the cache."),
    click.option("--jobs", type=click.IntRange(min=0), default=None, help="Worker processes; 0 chooses."),
    click.option("--stdin-filename", metavar="NAME", help="The name of the file that '-' reads."),
    click.option("--output-file", "-o", metavar="FILE", help="Write the report here."),
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour in text formats."),
    click.option("--quiet", "-q", is_flag=True, help="Print findings only."),
    click.option("--verbose", "-v", is_flag=True, callback=_verbose, help="Print settings, counts and the traceback of an internal error."),
)
_SELECTION = _options(
    click.option("--select", multiple=True, callback=_listed, metavar="RULE", help="Codes, prefixes, names or groups to report."),
    click.option("--ignore", multiple=True, callback=_listed, metavar="RULE", help="Rules not to report."),
    click.option("--extend-select", multiple=True, callback=_listed, metavar="RULE", help="More rules to report."),
    click.option("--per-file-ignores", multiple=True, callback=_per_file, metavar="PATTERN:RULE", help="Rules not to report there."),
    click.option("--confidence", type=click.Choice(["certain", "possible"]), default=None, help="Report possible findings too."),
    click.option("--fail-on", type=click.Choice(["error", "warning", "note"]), default=None, help="Lowest level that exits with 1."),
    click.option("--exit-zero", is_flag=True, default=None, help="Exit with 0 whatever is found; errors still exit with 2."),
)
_OVERRIDES = (
    "select", "ignore", "extend_select", "per_file_ignores", "exclude", "extend_exclude", "force_exclude", "respect_gitignore",
    "output_format", "output_file", "fail_on", "exit_zero", "confidence", "no_cache", "cache_dir", "jobs",
)  # fmt: skip


def _settings(paths: Sequence[str], options: dict[str, Any]) -> Settings:
    from logitlint.config import load

    config: Sequence[str] = options.get("config") or ()
    if not config and not options.get("isolated") and os.environ.get("LOGITLINT_CONFIG"):
        config = (os.environ["LOGITLINT_CONFIG"],)
    overrides = {name: options.get(name) for name in _OVERRIDES}
    return load(paths, overrides, config=config, isolated=bool(options.get("isolated")))


# -- commands -----------------------------------------------------------------------------------------------------------------


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(__version__, "--version", "-V", prog_name="logitlint", message="%(prog)s %(version)s")
def main() -> None:
    """Find losses that are fed the wrong thing: probabilities for logits, logits for probabilities, logarithms that overflow."""


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_SELECTION
@_COMMON
@click.option(
    "--output-format", metavar="FORMAT", default=None, envvar="LOGITLINT_OUTPUT_FORMAT", help="concise (default), full, json or github."
)
@click.option("--statistics", is_flag=True, help="Print how often each rule was found instead of the findings.")
@click.option("--show-files", is_flag=True, help="List the files that would be read, then stop.")
@click.option("--show-settings", is_flag=True, help="Print the resolved settings, then stop.")
@click.pass_context
def check(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:
    """Lint files, folders and notebooks; '-' reads standard input. Exits with 0, with 1 on findings, with 2 on errors."""
    from logitlint.reporters import REPORTERS

    plan = _Plan(paths, options)
    settings = plan.settings
    if settings.output_format not in REPORTERS:
        raise UsageError(_unknown_format(settings, REPORTERS))
    if options["show_settings"]:
        _write(_settings_text(settings))
        return
    if options["show_files"]:
        _show_files(plan)
        return
    report = plan.run()
    _deliver(_document(report, settings, options), settings)
    if not options["quiet"]:
        _summarise(report, settings, plan)
    ctx.exit(_status(report, settings, failed=report.failed or bool(plan.absent)))


class _Plan:
    """The paths of a run, split into those that are there, those that are not, and standard input."""

    def __init__(self, paths: Sequence[str], options: dict[str, Any]) -> None:
        self.stdin = "-" in paths
        if self.stdin and len(paths) > 1:
            raise UsageError("'-' (standard input) cannot be combined with other paths")
        self.name: str = options.get("stdin_filename") or "<stdin>"
        given = () if self.stdin else tuple(dict.fromkeys(paths or (".",)))
        self.absent = tuple(path for path in given if not os.path.lexists(path))
        self.present = tuple(path for path in given if path not in self.absent)
        if self.absent and not self.present:
            raise UsageError("\n".join(self.complaints))
        self.settings = _settings((self.name,) if options.get("stdin_filename") and self.stdin else self.present, options)

    @property
    def complaints(self) -> tuple[str, ...]:
        from logitlint.reporters.text import printable

        return tuple(f"{printable(path) or repr(path)}: no such file or folder" for path in self.absent)

    def run(self) -> Report:
        from logitlint import engine

        for complaint in self.complaints:
            _note(f"logitlint: error: {complaint}")
        stdin = (self.name, sys.stdin.buffer.read()) if self.stdin else None
        report = engine.run(self.present, self.settings, stdin)
        for message in report.messages:
            _note(f"logitlint: {message}")
        return report


def _unknown_format(settings: Settings, known: dict[str, Any]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(settings.output_format, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"the formats are {', '.join(known)}"
    return f"output-format: unknown format {settings.output_format!r} (from {settings.origin('output_format')}); {hint}"


def _document(report: Report, settings: Settings, options: dict[str, Any]) -> str:
    from logitlint.reporters import REPORTERS, TEXT_FORMATS

    colored = settings.output_format in TEXT_FORMATS and _wants_color(settings, options["color"])
    if options["statistics"]:
        return _statistics(report, settings.output_format == "json")
    return REPORTERS[settings.output_format](report, color=colored, width=_width() if settings.output_file is None else 120)


def _wants_color(settings: Settings, choice: str) -> bool:
    return choice == "always" if settings.output_file is not None else _color(choice, sys.stdout)


def _statistics(report: Report, as_json: bool) -> str:
    counted = Counter((each.code, each.name) for each in report.diagnostics)
    rows = sorted(((count, code, name) for (code, name), count in counted.items()), key=lambda row: (-row[0], row[1]))
    if as_json:
        from logitlint.reporters.machine import statistics

        return statistics(rows)
    width = max((len(str(count)) for count, _, _ in rows), default=0)
    return "".join(f"{count:>{width}}\t{code}\t{name}\n" for count, code, name in rows)


def _deliver(text: str, settings: Settings) -> None:
    if settings.output_file is None:
        _write(text)
        return
    try:
        settings.output_file.write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise UsageError(f"{settings.output_file}: cannot be written: {error.strerror or error}") from None


def _summarise(report: Report, settings: Settings, plan: _Plan) -> None:
    from logitlint.diagnostics import LEVELS
    from logitlint.reporters.text import headline

    if settings.output_format == "github":
        # GitHub drops annotations beyond the tenth: the log must hold them all.
        _write("".join(headline(each) + "\n" for each in report.diagnostics), err=True)
    if report.diagnostics:
        counts = Counter(each.level for each in report.diagnostics)
        _note("Found " + ", ".join(f"{counts[level]} {level}{'s' * (counts[level] != 1)}" for level in LEVELS if counts[level]) + ".")
    elif report.checked == 0 and not plan.stdin:
        _note("warning: No Python files found under the given path(s)")
    elif not report.failed and not plan.absent:
        _note("All checks passed!")
    if plan.settings.config_file is not None and _is_verbose():
        _note(f"Settings from {settings.config_file}.")
    if _is_verbose():
        _note(f"Checked {report.checked} file{'s' * (report.checked != 1)}.")


def _is_verbose() -> bool:
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(_VERBOSE))


def _status(report: Report, settings: Settings, *, failed: bool) -> int:
    from logitlint.diagnostics import LEVELS

    if failed:
        return EXIT_ERROR
    failing = LEVELS[: LEVELS.index(settings.fail_on) + 1]
    found = any(each.level in failing for each in report.diagnostics)
    return EXIT_FINDINGS if found and not settings.exit_zero else EXIT_CLEAN


def _show_files(plan: _Plan) -> None:
    from logitlint import files
    from logitlint.reporters.text import printable

    settings = plan.settings
    found = files.discover(
        plan.present,
        exclude=settings.exclude,
        extend_exclude=settings.extend_exclude,
        force_exclude=settings.force_exclude,
        respect_gitignore=settings.respect_gitignore,
    )
    for complaint in (*(f"error: {each}" for each in plan.complaints), *found.problems):
        _note(f"logitlint: {complaint}")
    _write("".join(printable(path) + "\n" for path in found.files))
    if plan.absent:
        click.get_current_context().exit(EXIT_ERROR)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_COMMON
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def audit(ctx: click.Context, /, paths: tuple[str, ...], output_format: str, **options: Any) -> None:
    """List every loss with its verdict: ok, finding, or unresolved and why. Silence of `check` is not approval; this is."""
    from logitlint.reporters import audit as table

    plan = _Plan(paths, options)
    report = plan.run()
    colored = output_format == "text" and _wants_color(plan.settings, options["color"])
    _deliver(table.array(report.audit) if output_format == "json" else table.text(report.audit, color=colored), plan.settings)
    if not options["quiet"]:
        _note(table.summary(report.audit))
    ctx.exit(EXIT_ERROR if report.failed or plan.absent else EXIT_CLEAN)


@main.command()
@click.option("--output-format", type=click.Choice(["text", "json", "markdown"]), default="text")
def rules(output_format: str) -> None:
    """Print the table of rules."""
    from logitlint.rules.table import RULES

    columns = ("code", "name", "group", "default_level", "fix", "summary")
    rows = [{column: getattr(rule, column) for column in columns} for rule in RULES]
    if output_format == "json":
        from logitlint.reporters.machine import dumps

        _write(dumps([{"level" if key == "default_level" else key: value for key, value in row.items()} for row in rows]))
        return
    if output_format == "markdown":
        for row in rows:
            del row["fix"]
    cells = [[str(value or "-") for value in row.values()] for row in rows]
    if output_format == "markdown":
        lines = ["| code | name | group | level | summary |", "|---|---|---|---|---|"]
        lines += ["| " + " | ".join(cell.replace("|", r"\|").replace("\n", " ") for cell in row) + " |" for row in cells]
    else:
        widths = [max((len(row[index]) for row in cells), default=0) for index in range(len(columns) - 1)]
        lines = ["  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in cells]
    _write("".join(line + "\n" for line in lines))


@main.command()
@click.argument("name")
def explain(name: str) -> None:
    """Explain a rule (code or name) or an API: `logitlint explain torch.nn.CrossEntropyLoss`."""
    from logitlint.rules.table import RULES

    rule = next((each for each in RULES if name.upper() == each.code or name.lower() == each.name), None)
    if rule is not None:
        _write(_page(rule))
        return
    text = explain_api(name)
    if text is None:
        raise UsageError(_unknown_name(name, [each for rule in RULES for each in (rule.code, rule.name)]))
    _write(text)


def _page(rule: Any) -> str:
    folder = Path(__file__).parent / "pages"
    for stem in (rule.name, rule.code):
        page = folder / f"{stem}.md"
        if page.is_file():
            return page.read_text(encoding="utf-8").rstrip("\n") + "\n"
    return (
        f"# {rule.name} ({rule.code})\n\n{rule.summary}\n\nGroup: {rule.group}. Level: {rule.default_level}. Fix: {rule.fix or 'none'}.\n"
    )


def _unknown_name(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    from logitlint import catalog

    near = [*get_close_matches(name.upper(), known, n=2), *get_close_matches(name.lower(), known, n=3), *catalog.suggest(name)]
    hint = f"; did you mean {', '.join(dict.fromkeys(near))}?" if near else ""
    return f"{name!r} is neither a rule nor a known API{hint}"


def explain_api(name: str) -> str | None:
    """What the catalogue knows of a full API name, as Markdown; None for a name it does not know."""
    from logitlint import catalog
    from logitlint.reporters.contract import markdown

    contract = catalog.lookup(name)
    return None if contract is None else markdown(name, contract)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_CONFIGURATION
def config(paths: tuple[str, ...], **options: Any) -> None:
    """Print the resolved settings and where each came from."""
    _write(_settings_text(_settings(paths, options)))


def _settings_text(settings: Settings) -> str:
    from logitlint.config import describe

    return "".join(f"{key} = {value}  # {origin}\n" for key, value, origin in describe(settings))


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_CONFIGURATION
@click.option("--cache-dir", metavar="DIR", envvar="LOGITLINT_CACHE_DIR", help="Where the cache lives.")
def clean(paths: tuple[str, ...], **options: Any) -> None:
    """Remove the cache."""
    import shutil

    folder = _settings(paths, options).cache_dir
    if not folder.is_dir() or folder.is_symlink():
        _note(f"No cache at {folder}.")
        return
    if not _is_cache(folder):
        raise UsageError(f"{folder} does not look like a cache of logitlint; it is left alone")
    shutil.rmtree(folder)
    _note(f"Removed {folder}.")


def _is_cache(folder: Path) -> bool:
    """A mistyped ``cache-dir`` must not cost anybody a folder."""
    from logitlint.config import CACHE_NAME

    tag = folder / "CACHEDIR.TAG"
    if folder.name == CACHE_NAME or not any(folder.iterdir()):
        return True
    return tag.is_file() and b"logitlint" in tag.read_bytes()
