"""A progress bar on standard error: for a person who waits, on a terminal, and only when there is something to wait for."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

AFTER = 1.0  #: seconds that pass before a bar is shown


class Bar:
    """Called with the number of steps done and the number of all steps; `close` leaves the line as it was."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._bar: ProgressBar[int] | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._bar is None or self._bar.length != total:
            if time.monotonic() - self._begun < AFTER:
                return
            self._bar = click.progressbar(length=total, label="Checking", file=sys.stderr, show_eta=False)
        self._bar.update(done - self._bar.pos)

    def close(self) -> None:
        if self._bar is not None:
            sys.stderr.write("\r\x1b[2K\x1b[?25h")  # click hides the cursor
            sys.stderr.flush()


def watched() -> bool:
    """Does somebody look at standard error?"""
    return sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"
