"""Independent parts of one piece of work, side by side in forked processes.

A fork costs next to nothing and starts with all that is known so far: sources, outlines, imported modules. What comes back is
pickled. Where the system cannot fork, and where a process fails, the work is done here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def available(wanted: int) -> int:
    """How many processes to work in: ``wanted``, or for 0 as many as there are cores for this process; 1 without ``fork``."""
    if not hasattr(os, "fork"):
        return 1
    if wanted:
        return wanted
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def side_by_side(parts: Sequence[Callable[[], T]]) -> list[T]:
    """The results of all parts, in order. The first is done in this process, which the work of the others leaves as it was."""
    if len(parts) == 1:
        return [parts[0]()]
    import pickle

    children = [_fork(part) for part in parts[1:]]
    results = [parts[0]()]
    for part, (child, pipe) in zip(parts[1:], children, strict=True):
        with os.fdopen(pipe, "rb") as stream:
            data = stream.read()
        _, status = os.waitpid(child, 0)
        try:
            results.append(pickle.loads(data) if status == 0 else part())
        except (pickle.UnpicklingError, EOFError, AttributeError, TypeError, RecursionError):
            results.append(part())
    return results


def _fork(part: Callable[[], object]) -> tuple[int, int]:
    import pickle

    reading, writing = os.pipe()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()  # or it is written twice
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(part(), stream, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)  # none of the parent's clean-up is ours
