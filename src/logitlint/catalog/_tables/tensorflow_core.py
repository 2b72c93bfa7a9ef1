"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
)
ALIASES: tuple[Any, ...] = (
    ('tensorflow_core.keras', 'keras'),
    ('tensorflow_core.python.keras', 'keras'),
)
FALLBACKS: tuple[Any, ...] = (
    ('tensorflow_core', ('tensorflow',)),
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'tensorflow_core',
    'tensorflow_core.python',
)
