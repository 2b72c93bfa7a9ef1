"""``python -m logitlint``."""

from __future__ import annotations

import os
import sys

# `-m` looks for modules in the working directory first: a file of the project that is read, named like a module of the
# standard library (`warnings.py`, `copy.py`), would be imported in its place, and so be run
if not getattr(sys.flags, "safe_path", False) and sys.path[:1] == [os.getcwd()]:
    del sys.path[0]

from logitlint.cli import main

if __name__ == "__main__":
    main(prog_name="logitlint")
