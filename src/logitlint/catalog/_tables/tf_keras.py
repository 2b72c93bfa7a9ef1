"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
)
ALIASES: tuple[Any, ...] = (
)
FALLBACKS: tuple[Any, ...] = (
    ('tf_keras', ('keras',)),
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'tf_keras',
)
