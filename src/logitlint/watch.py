"""``--watch``: run again whenever a Python file, a notebook or a configuration file of the project changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from logitlint.errors import UsageError

_PATIENCE = 200  #: milliseconds until an answer without a change


def watch(paths: Sequence[str], run: Callable[[], None]) -> None:
    """Run once, then after every change below ``paths``, until the user interrupts.

    Raises:
        UsageError: watchfiles, which is an extra, is not installed.
    """
    try:
        from watchfiles import watch as changes
    except ImportError:
        raise UsageError("--watch needs the package watchfiles: pip install 'logitlint[watch]'") from None
    # The first answer comes when the watcher has been set up: from then on no change is missed, not even during a run.
    stream = changes(*paths, watch_filter=matters, yield_on_timeout=True, rust_timeout=_PATIENCE)
    try:
        for number, changed in enumerate(stream):
            if changed or not number:
                run()
    except KeyboardInterrupt:
        return


def matters(change: Any, path: str) -> bool:
    """Can a change of this file change what is found?"""
    from pathlib import PurePath

    from logitlint.config import FILE_NAMES
    from logitlint.files import BUILTIN_EXCLUDE, SUFFIXES

    place = PurePath(path)
    return BUILTIN_EXCLUDE.isdisjoint(place.parts[:-1]) and (place.suffix in SUFFIXES or place.name in FILE_NAMES)
