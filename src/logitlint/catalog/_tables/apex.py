"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
)
ALIASES: tuple[Any, ...] = (
    ('apex.parallel.DistributedDataParallel', 'torch.nn.parallel.DistributedDataParallel'),
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'apex',
    'apex.parallel',
)
