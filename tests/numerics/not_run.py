"""What the numeric tests cannot run or prove (``not_run.toml``): test -> overload -> reason, and how many there may be at most."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_TABLES: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
MOST: dict[str, int] = _TABLES["most"]
NOT_RUN: dict[str, dict[str, str]] = {name: table for name, table in _TABLES.items() if name != "most"}
