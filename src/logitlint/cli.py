"""The command line. Each command imports what it needs when it runs: ``--version`` and ``--help`` load click alone."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from logitlint import __version__
from logitlint.errors import EXIT_CLEAN, EXIT_ERROR, EXIT_FINDINGS, LogitlintError, UsageError
from logitlint.options import COMMON, CONFIGURATION, SELECTION, VERBOSE, complete_rule, is_verbose, settings_of
from logitlint.terminal import note, write, write_bytes

if TYPE_CHECKING:
    from logitlint.config import Settings
    from logitlint.engine import Report
    from logitlint.fixes.session import Fixed
    from logitlint.output import Target

_INTERRUPTED = 130


# -- errors -------------------------------------------------------------------------------------------------------------------


class _Commands(click.Group):
    """Turns every exception into a message on standard error and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except LogitlintError as error:
            note(f"logitlint: error: {error}")
            ctx.exit(EXIT_ERROR)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            note("logitlint: interrupted")
            ctx.exit(_INTERRUPTED)
        except Exception as error:
            _internal(error, verbose=bool(ctx.meta.get(VERBOSE)))
            ctx.exit(EXIT_ERROR)


def _internal(error: Exception, *, verbose: bool) -> None:
    if verbose:
        import traceback

        note("".join(traceback.format_exception(type(error), error, error.__traceback__)).rstrip())
    hint = "" if verbose else " (--verbose shows it)"
    summary = str(error).split("\n")[0]
    note(f"logitlint: internal error: {type(error).__name__}: {summary}\nPlease report it with the traceback{hint}.")


# -- commands -----------------------------------------------------------------------------------------------------------------


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(__version__, "--version", "-V", prog_name="logitlint", message="%(prog)s %(version)s")
def main() -> None:
    """Find losses that are fed the wrong thing: probabilities for logits, logits for probabilities, logarithms that overflow."""


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@SELECTION
@COMMON
@click.option(
    "--output-format",
    multiple=True,
    metavar="FORMAT[:FILE]",
    envvar="LOGITLINT_OUTPUT_FORMAT",
    help="concise (default), full, json, jsonl, github, gitlab, sarif, junit, rdjson, azure, checkstyle or markdown; may be repeated.",
)
@click.option("--fix", is_flag=True, help="Apply the safe fixes; with '-' print the fixed source.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also those that change what is trained.")
@click.option("--diff", is_flag=True, help="Print what --fix would change and write nothing; exits with 1 when that is anything.")
@click.option("--show-fixes", is_flag=True, help="List what was fixed, and what was not and why.")
@click.option("--statistics", is_flag=True, help="Print how often each rule was found instead of the findings.")
@click.option("--add-noqa", is_flag=True, help="Write a noqa comment for every finding instead of reporting it.")
@click.option("--baseline", metavar="FILE", help="Do not report the findings that this file lists.")
@click.option("--write-baseline", metavar="FILE", help="Write the findings to this file instead of reporting them.")
@click.option("--watch", "-w", is_flag=True, help="Run again whenever a file of the project changes (extra: logitlint[watch]).")
@click.option("--show-files", is_flag=True, help="List the files that would be read, then stop.")
@click.option("--show-settings", is_flag=True, help="Print the resolved settings, then stop.")
@click.pass_context
def check(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:
    """Lint files, folders and notebooks; '-' reads standard input. Exits with 0, with 1 on findings, with 2 on errors."""
    from logitlint import output, upkeep

    formats: tuple[str, ...] = options["output_format"]
    plan = _Plan(paths, {**options, "output_format": " ".join(formats) or None})
    settings = plan.settings
    if options["watch"]:
        _watch(plan, lambda: check.callback(paths=paths, **{**options, "watch": False}))  # type: ignore[misc]
        return
    if plan.stdin and (options["add_noqa"] or options["write_baseline"]):
        raise UsageError("--add-noqa and --write-baseline are for files, not for standard input")
    targets = output.targets(formats, settings, (*plan.present, plan.name))
    if options["show_settings"]:
        write(_settings_text(settings))
        return
    if options["show_files"]:
        _show_files(plan)
        return
    if options["fix"] or options["diff"]:
        _fix(ctx, plan, options, targets)
        return
    report = plan.run()
    failed = report.failed or bool(plan.absent)
    if options["write_baseline"]:
        upkeep.write_baseline(report, plan.present, options["write_baseline"])
        ctx.exit(EXIT_ERROR if failed else EXIT_CLEAN)
    report = upkeep.without_known(report, plan.present, settings, quiet=options["quiet"])
    if options["add_noqa"]:
        upkeep.add_noqa(report)
        ctx.exit(EXIT_ERROR if failed else EXIT_CLEAN)
    output.deliver(report, targets, color=options["color"], statistics=options["statistics"])
    if not options["quiet"]:
        _summarise(report, settings, plan, {target.format for target in targets}, unsafe=options["unsafe_fixes"])
    ctx.exit(_status(report, settings, failed=failed))


def _watch(plan: _Plan, run: Callable[[], None]) -> None:
    from logitlint.watch import watch

    if plan.stdin:
        raise UsageError("--watch is for files, not for standard input")

    def once() -> None:
        if sys.stdout.isatty():
            click.clear()
        try:
            run()
        except click.exceptions.Exit:
            pass
        except LogitlintError as error:
            note(f"logitlint: error: {error}")
        note("Watching for changes; Ctrl-C ends.")

    root = str(plan.settings.root)
    watch((root, *(path for path in plan.present if not os.path.abspath(path).startswith(os.path.join(root, "")))), once)


def _fix(ctx: click.Context, plan: _Plan, options: dict[str, Any], targets: Sequence[Target]) -> None:
    """``--fix`` and ``--diff``: work the fixes out in memory, then print or write them."""
    from logitlint import output, upkeep
    from logitlint.fixes.write import unified_diff, write_all

    settings = plan.settings
    report, fixed, old = plan.fix(unsafe=options["unsafe_fixes"])
    failed = report.failed or bool(plan.absent)
    report = upkeep.without_known(report, plan.present, settings, quiet=options["quiet"])
    if options["diff"]:
        write("".join(unified_diff(path, old[path], new) for path, new in sorted(fixed.contents.items())))
    elif plan.stdin:
        write_bytes(next(iter(fixed.contents.values()), plan.read_stdin()))
        write(output.document(report, targets[0], color=options["color"], statistics=options["statistics"]), err=True)
    else:
        write_all(old, fixed.contents)
        output.deliver(report, targets, color=options["color"], statistics=options["statistics"])
    if options["show_fixes"]:
        note(_fixes_text(report, fixed))
    if not options["quiet"]:
        done = f"{len(fixed.fixed)} finding{'s' * (len(fixed.fixed) != 1)} in {len(fixed.contents)} file{'s' * (len(fixed.contents) != 1)}"
        note(f"{'Would fix' if options['diff'] else 'Fixed'} {done}.")
        if not options["diff"]:
            _summarise(report, settings, plan, {target.format for target in targets}, fixing=True, unsafe=options["unsafe_fixes"])
    if options["diff"] and not failed:
        ctx.exit(EXIT_FINDINGS if fixed.contents and not settings.exit_zero else EXIT_CLEAN)
    ctx.exit(_status(report, settings, failed=failed))


def _fixes_text(report: Report, fixed: Fixed) -> str:
    """What was fixed, and why the rest was not."""
    from logitlint.reporters.text import headline

    lines = [f"fixed: {headline(each)} ({each.fix.message})" for each in fixed.fixed if each.fix is not None]
    reasons = [*fixed.withheld, *report.unfixed]
    known = {(each.code, each.span, each.fingerprint) for each, _ in reasons}
    reasons += [
        (each, f"{_WAITS[each.fix.applicability]}: {each.fix.message}")
        for each in report.diagnostics
        if each.fix is not None and each.fix.applicability in _WAITS and (each.code, each.span, each.fingerprint) not in known
    ]
    lines += [f"not fixed: {headline(each)} ({reason})" for each, reason in sorted(reasons, key=lambda pair: pair[0].sort_key())]
    return "\n".join(lines) if lines else "Nothing to fix."


#: What an edit that was not made waits for.
_WAITS = {"unsafe": "--unsafe-fixes applies it", "suggestion": "only suggested"}


class _Plan:
    """The paths of a run, split into those that are there, those that are not, and standard input."""

    def __init__(self, paths: Sequence[str], options: dict[str, Any]) -> None:
        self._bytes: bytes | None = None
        self.stdin = "-" in paths
        if self.stdin and len(paths) > 1:
            raise UsageError("'-' (standard input) cannot be combined with other paths")
        self.quiet = bool(options.get("quiet"))
        self.name: str = options.get("stdin_filename") or "<stdin>"
        given = () if self.stdin else tuple(dict.fromkeys(paths or (".",)))
        self.absent = tuple(path for path in given if not os.path.lexists(path))
        self.present = tuple(path for path in given if path not in self.absent)
        if self.absent and not self.present:
            raise UsageError("\n".join(self.complaints))
        self.settings = settings_of((self.name,) if options.get("stdin_filename") and self.stdin else self.present, options)

    @property
    def complaints(self) -> tuple[str, ...]:
        from logitlint.reporters.text import printable

        return tuple(f"{printable(path) or repr(path)}: no such file or folder" for path in self.absent)

    def run(self, *, audited: bool = False) -> Report:
        from logitlint import engine

        stdin = self._given()
        return self._told(_with_progress(partial(engine.run, self.present, self.settings, stdin, audited=audited), quiet=self.quiet))

    def fix(self, *, unsafe: bool) -> tuple[Report, Fixed, dict[str, bytes]]:
        from logitlint import fixing

        report, fixed, old = fixing.fix(self.present, self.settings, self._given(), unsafe=unsafe)
        return self._told(report), fixed, old

    def read_stdin(self) -> bytes:
        if self._bytes is None:
            self._bytes = sys.stdin.buffer.read()
        return self._bytes

    def _given(self) -> tuple[str, bytes] | None:
        for complaint in self.complaints:
            note(f"logitlint: error: {complaint}")
        return (self.name, self.read_stdin()) if self.stdin else None

    def _told(self, report: Report) -> Report:
        for message in report.messages:
            note(f"logitlint: {message}")
        return report


def _with_progress(run: Callable[..., Report], *, quiet: bool) -> Report:
    """``run`` takes who is told of its progress."""
    from logitlint.progress import Bar, watched

    if quiet or not watched():
        return run()
    bar = Bar()
    try:
        return run(progress=bar)
    finally:
        bar.close()


def _summarise(report: Report, settings: Settings, plan: _Plan, formats: set[str], *, fixing: bool = False, unsafe: bool = False) -> None:
    from logitlint import upkeep
    from logitlint.diagnostics import LEVELS
    from logitlint.reporters import ANNOTATIONS
    from logitlint.reporters.text import fixable, headline

    if formats & ANNOTATIONS:
        # Annotations beyond the tenth are dropped: the log must hold them all.
        write("".join(headline(each) + "\n" for each in report.diagnostics), err=True)
    if report.diagnostics:
        counts = Counter(each.level for each in report.diagnostics)
        note("Found " + ", ".join(f"{counts[level]} {level}{'s' * (counts[level] != 1)}" for level in LEVELS if counts[level]) + ".")
        if fixes := fixable(report, fixing=fixing, unsafe=unsafe):
            note(fixes)
    elif report.checked == 0 and not plan.stdin:
        note(f"warning: No Python files found under {', '.join(plan.present)}")
    elif not report.failed and not plan.absent and not report.possible:
        note("All checks passed!")
    if report.possible:
        note(f"{report.possible} possible finding{'s' * (report.possible != 1)}: `--confidence possible` shows {_them(report.possible)}.")
    if report.comments and (hint := upkeep.hint_of_ruff(settings.root)) is not None:
        note(hint)
    if plan.settings.config_file is not None and is_verbose():
        note(f"Settings from {settings.config_file}.")
    if is_verbose():
        note(_extent(report))


def _extent(report: Report) -> str:
    """What a run has read, and what it has not."""
    skipped = "".join(f"skipped: {each}\n" for each in report.skipped)
    return (
        f"{skipped}Checked {report.checked} file{'s' * (report.checked != 1)}, evaluated {report.evaluated} with the files that they need."
    )


def _them(count: int) -> str:
    return "it" if count == 1 else "them"


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
        note(f"logitlint: {complaint}")
    write("".join(printable(path) + "\n" for path in found.files))
    if plan.absent:
        click.get_current_context().exit(EXIT_ERROR)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@COMMON
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def audit(ctx: click.Context, /, paths: tuple[str, ...], output_format: str, **options: Any) -> None:
    """List every loss with its verdict: ok, finding, or unresolved and why. Silence of `check` is not approval; this is."""
    from logitlint import output
    from logitlint.reporters import audit as table

    plan = _Plan(paths, options)
    report = plan.run(audited=True)
    file = plan.settings.output_file
    colored = output_format == "text" and output.paints(file, options["color"])
    output.put(table.array(report.audit) if output_format == "json" else table.text(report.audit, color=colored), file)
    if not options["quiet"]:
        note(table.summary(report.audit, len(report.skipped)))
    if is_verbose():
        note(_extent(report))
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

        write(dumps([{"level" if key == "default_level" else key: value for key, value in row.items()} for row in rows]))
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
    write("".join(line + "\n" for line in lines))


@main.command()
@click.argument("name", shell_complete=complete_rule)
@CONFIGURATION
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
def explain(name: str, output_format: str, **options: Any) -> None:
    """Explain a rule (code or name) or an API: `logitlint explain torch.nn.CrossEntropyLoss`."""
    from logitlint.rules.table import RULES

    rule = next((each for each in RULES if name.upper() == each.code or name.lower() == each.name), None)
    if rule is not None:
        write(_rule_document(rule) if output_format == "json" else _page(rule))
        return
    text = explain_api(name, output_format, options)
    if text is None:
        raise UsageError(_unknown_name(name, [each for rule in RULES for each in (rule.code, rule.name)]))
    write(text)


def _page(rule: Any) -> str:
    """The rule's page, with what the table says of it."""
    page = Path(__file__).parent / "pages" / f"{rule.code}.md"
    text = page.read_text(encoding="utf-8").rstrip("\n") if page.is_file() else f"# {rule.name} ({rule.code})\n\n{rule.summary}"
    return f"{text}\n\nGroup: {rule.group}. Level: {rule.default_level}. Fix: {rule.fix or 'none'}.\n"


def _rule_document(rule: Any) -> str:
    from logitlint.reporters.machine import dumps

    keys = {"code": rule.code, "name": rule.name, "group": rule.group, "level": rule.default_level, "fix": rule.fix}
    return dumps({**keys, "summary": rule.summary, "page": _page(rule)})


def _unknown_name(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    from logitlint import catalog

    near = [*get_close_matches(name.upper(), known, n=2), *get_close_matches(name.lower(), known, n=3), *catalog.suggest(name)]
    hint = f"; did you mean {', '.join(dict.fromkeys(near))}?" if near else ""
    return f"{name!r} is neither a rule nor a known API{hint}"


def explain_api(name: str, output_format: str, options: dict[str, Any]) -> str | None:
    """What the catalogue, the project's own stubs included, knows of an API; None for a name it does not know."""
    from logitlint import catalog, engine
    from logitlint.reporters.contract import document, markdown

    engine.contracts(settings_of((), options))
    contract = catalog.find(name)
    return None if contract is None else (document if output_format == "json" else markdown)(name, contract)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@COMMON
@click.option("--output-format", metavar="FORMAT", default=None, envvar="LOGITLINT_OUTPUT_FORMAT", hidden=True)
@click.option("--schema", is_flag=True, help="Print the JSON schema of the settings instead.")
def config(paths: tuple[str, ...], schema: bool, **options: Any) -> None:
    """Print the resolved settings and where each came from."""
    if schema:
        from logitlint.reporters.machine import dumps
        from logitlint.schema import schema as made

        write(dumps(made()))
        return
    write(_settings_text(settings_of(paths, options)))


def _settings_text(settings: Settings) -> str:
    from logitlint.config import describe

    return "".join(f"{key} = {value}  # {origin}\n" for key, value, origin in describe(settings))


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@CONFIGURATION
@click.option("--cache-dir", metavar="DIR", envvar="LOGITLINT_CACHE_DIR", help="Where the cache lives.")
def clean(paths: tuple[str, ...], **options: Any) -> None:
    """Remove the cache."""
    import shutil

    folder = settings_of(paths, options).cache_dir
    if not folder.is_dir() or folder.is_symlink():
        note(f"No cache at {folder}.")
        return
    if not _is_cache(folder):
        raise UsageError(f"{folder} does not look like a cache of logitlint; it is left alone")
    shutil.rmtree(folder)
    note(f"Removed {folder}.")


def _is_cache(folder: Path) -> bool:
    """A mistyped ``cache-dir`` must not cost anybody a folder."""
    from logitlint.config import CACHE_NAME

    tag = folder / "CACHEDIR.TAG"
    if folder.name == CACHE_NAME or not any(folder.iterdir()):
        return True
    return tag.is_file() and b"logitlint" in tag.read_bytes()
