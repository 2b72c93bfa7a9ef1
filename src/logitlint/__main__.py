"""``python -m logitlint``."""

from __future__ import annotations

from logitlint.cli import main

if __name__ == "__main__":
    main(prog_name="logitlint")
