"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""
# ruff: noqa

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('ignite.metrics.Accuracy', ('class', 'Metric', (), (((('output_transform', 'plain', '<opaque>'), ('is_multilabel', 'plain', False), ('device', 'plain', '<opaque>'), ('skip_unrolling', 'plain', False)), None, None),), (((('output', 'plain', '<required>', 'prediction', 'any'),), ('MetricValue',), None),), (), 'V', 'Binary predictions must be 0 or 1; otherwise the argmax is taken.', ())),
)
ALIASES: tuple[Any, ...] = (
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'ignite',
    'ignite.metrics',
)
