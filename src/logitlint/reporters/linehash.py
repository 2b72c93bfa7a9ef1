"""The hash by which GitHub code scanning knows a line again after others have moved it."""

from __future__ import annotations

import re
import sys
from array import array
from collections import Counter
from collections.abc import Collection
from itertools import accumulate, islice
from operator import mul

_WINDOW = 100  #: UTF-16 units from the start of the line on, blanks left out
_FACTOR = 37
_MODULUS = 1 << 64
_POWERS: list[int] = [pow(_FACTOR, exponent, _MODULUS) for exponent in reversed(range(_WINDOW))]  #: what each unit of a window counts
_END = "\uffff"  #: stands for the end of the file
_BLANKS = re.compile("[ \t]+")


def line_hashes(text: str, lines: Collection[int]) -> dict[int, str]:
    """``primaryLocationLineHash`` of some lines (from 1) of a file: 64 bits in hexadecimal and a count of equal ones up to there.

    The same as GitHub's ``upload-sarif`` action computes, so that an upload without it keeps the same alerts.
    """
    text = _BLANKS.sub("", text).replace("\r\n", "\n").replace("\r", "\n") + _END
    units = _units(text)
    starts = accumulate((len(_units(line)) + 1 for line in text.split("\n")[:-1]), initial=0)
    seen: Counter[bytes] = Counter()
    found = {}
    last = max(lines, default=0)
    for number, start in enumerate(islice(starts, last), 1):
        window = units[start : start + _WINDOW]
        key = window.tobytes()
        seen[key] += 1
        if number in lines:
            found[number] = f"{_hash(window):x}:{seen[key]}"
    return found


def _units(text: str) -> array[int]:
    units = array("H")
    units.frombytes(text.encode("utf-16-le", "surrogatepass"))
    if sys.byteorder == "big":
        units.byteswap()
    return units


def _hash(window: array[int]) -> int:
    """As if the window were filled up with zeros."""
    total: int = sum(map(mul, window, _POWERS))
    return total % _MODULUS
