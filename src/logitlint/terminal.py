"""Standard output, standard error, and what the terminal behind them can show."""

from __future__ import annotations

import os
import sys
from typing import Any


def write(text: str, *, err: bool = False) -> None:
    """Write UTF-8 whatever the locale; a reader that has gone away (``| head``) is no error."""
    write_bytes(text.encode("utf-8", "backslashreplace"), err=err)


def write_bytes(data: bytes, *, err: bool = False) -> None:
    """As `write`, for what is encoded already."""
    stream = sys.stderr if err else sys.stdout
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


def note(text: str) -> None:
    from logitlint.reporters.text import printable

    write("\n".join(printable(line) for line in text.split("\n")) + "\n", err=True)


def wants_color(choice: str, stream: Any) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def width() -> int:
    from shutil import get_terminal_size

    # Where nobody watches, the bytes of the report must not depend on the terminal that started it.
    return get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 120
