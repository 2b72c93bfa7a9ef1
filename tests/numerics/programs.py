"""Programs before and after a fix: the fix is the one that the linter makes, the run is the real framework's."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any

from logitlint.config import Settings
from logitlint.fixing import fix_sources


@cache
def fixed(source: str, *codes: str, unsafe: bool = False) -> str:
    """The program after the fixes of these rules, which must be all that is found in it."""
    data = textwrap.dedent(source).lstrip("\n").encode()
    before, _ = fix_sources({"program.py": data}, Settings(select=codes, confidence="possible"), unsafe=False)
    report, done = fix_sources({"program.py": data}, Settings(select=codes, confidence="possible"), unsafe=unsafe)
    assert not report.failed, report.messages
    assert done.fixed or (before.diagnostics and not unsafe), f"nothing was fixed: {report.unfixed or report.diagnostics}"
    assert report.diagnostics == (), [each.message for each in report.diagnostics]
    return done.contents["program.py"].decode()


def run(source: str) -> dict[str, Any]:
    """The names that a program defines."""
    space: dict[str, Any] = {"__name__": "program"}
    exec(compile(textwrap.dedent(source), "program.py", "exec"), space)
    return space


def function(source: str, name: str = "f") -> Callable[..., Any]:
    found: Callable[..., Any] = run(source)[name]
    return found
