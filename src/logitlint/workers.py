"""Independent parts of one piece of work, side by side in forked processes.

A fork costs next to nothing and starts with all that is known so far: sources, outlines, imported modules. What comes back is
pickled. Where the system cannot fork, and where a process fails, the work is done here.
"""

from __future__ import annotations

import os
import selectors
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast

T = TypeVar("T")
_AT_ONCE = 1 << 20  #: bytes that are read of a result


def available(wanted: int) -> int:
    """How many processes to work in: ``wanted``, or for 0 as many as there are cores for this process; 1 without ``fork``."""
    if not hasattr(os, "fork"):
        return 1
    if wanted:
        return wanted
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(sizes: Mapping[str, int], count: int) -> list[list[str]]:
    """Names in as many shares of like size, the largest first."""
    shares: list[list[str]] = [[] for _ in range(count)]
    filled = [0] * count
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        least = filled.index(min(filled))
        shares[least].append(name)
        filled[least] += sizes[name]
    return shares


def side_by_side(parts: Sequence[Callable[[], T]], processes: int = 0, ended: Callable[[], object] = lambda: None) -> list[T]:
    """The results of all parts, in order. The first is done in this process, which the work of the others leaves as it was.

    With more parts than ``processes`` (0: there are as many as parts) each of them has a process of its own, so many at a time:
    the memory that a part takes ends with it. ``ended`` is told of every part that another process has done. What they wrote is read
    when the last of them has ended, since each of them starts with all that this process holds.
    """
    if len(parts) == 1:
        return [parts[0]()]
    processes = processes or len(parts)
    results: dict[int, T] = {}
    written: dict[int, tuple[int, bytearray]] = {}
    waiting = list(range(len(parts) - 1, -1, -1))
    own = waiting.pop() if len(parts) <= processes else None
    with selectors.DefaultSelector() as running:

        def start() -> None:
            number = waiting.pop()
            child, pipe = _fork(parts[number])
            running.register(pipe, selectors.EVENT_READ, (number, child, bytearray()))

        for _ in range(min(processes, len(parts)) - (own is not None)):
            start()
        if own is not None:
            results[own] = parts[own]()
        while running.get_map():
            for key, _ in running.select():
                number, child, data = key.data
                read = os.read(key.fd, _AT_ONCE)
                data += read
                if read:
                    continue
                running.unregister(key.fd)
                os.close(key.fd)
                if waiting:
                    start()
                written[number] = child, data
                ended()
    results.update({number: _given(parts[number], *ending) for number, ending in written.items()})
    return [results[number] for number in range(len(parts))]


def _given(part: Callable[[], T], child: int, data: bytes | bytearray) -> T:
    """The result of a part that a process has written, or, where it failed, its result here."""
    import pickle

    _, status = os.waitpid(child, 0)
    try:
        if status == 0:
            return cast("T", pickle.loads(data))
    except (pickle.UnpicklingError, EOFError, AttributeError, TypeError, RecursionError):
        pass
    return part()


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
