"""How slow the machine is that runs the tests: what they allow in seconds is meant for a processor of its time with nothing else to do."""

from __future__ import annotations

import time

_TURNS = 1_000_000
_REFERENCE = 0.1  #: seconds of CPU that the turns take there


def slowness() -> float:
    """How many times longer than there a loop takes here and now; never less than one."""
    start = time.process_time()
    total = 0
    for turn in range(_TURNS):
        total += turn * turn
    return max(1.0, (time.process_time() - start) / _REFERENCE)
