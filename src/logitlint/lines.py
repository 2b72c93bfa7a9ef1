"""The lines of a text of Python."""

from __future__ import annotations

import io


def split_lines(text: str) -> list[str]:
    """Lines with their ends, split at ``\\n``, ``\\r\\n`` and ``\\r`` only: a form feed or U+2028 ends no line of Python."""
    return list(io.StringIO(text, newline=""))
