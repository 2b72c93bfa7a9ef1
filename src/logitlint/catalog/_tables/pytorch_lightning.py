"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
)
ALIASES: tuple[Any, ...] = (
)
FALLBACKS: tuple[Any, ...] = (
    ('pytorch_lightning', ('lightning.pytorch',)),
    ('pytorch_lightning.core', ('lightning.pytorch',)),
    ('pytorch_lightning.core.lightning', ('lightning.pytorch',)),
    ('pytorch_lightning.core.module', ('lightning.pytorch',)),
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'pytorch_lightning',
    'pytorch_lightning.core',
    'pytorch_lightning.core.lightning',
    'pytorch_lightning.core.module',
)
