"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('ignite.engine.create_supervised_evaluator', ('function', '', (), (), (((('model',), ('metrics', 'plain', None), ('device', 'plain', None), ('non_blocking', 'plain', False), ('prepare_batch', 'plain', '<opaque>'), ('model_transform', 'plain', '<opaque>'), ('output_transform', 'plain', '<opaque>'), ('amp_mode', 'plain', None), ('model_fn', 'plain', '<opaque>')), ('Unknown',), None),), (), 'R', '', ())),
    ('ignite.engine.create_supervised_trainer', ('function', '', (), (), (((('model',), ('optimizer',), ('loss_fn',), ('device', 'plain', None), ('non_blocking', 'plain', False), ('prepare_batch', 'plain', '<opaque>'), ('model_transform', 'plain', '<opaque>'), ('output_transform', 'plain', '<opaque>'), ('deterministic', 'plain', False), ('amp_mode', 'plain', None), ('scaler', 'plain', False), ('gradient_accumulation_steps', 'plain', 1), ('model_fn', 'plain', '<opaque>')), ('Unknown',), None),), (), 'R', '', ())),
    ('ignite.engine.supervised_training_step', ('function', '', (), (), (((('model',), ('optimizer',), ('loss_fn',), ('device', 'plain', None), ('non_blocking', 'plain', False), ('prepare_batch', 'plain', '<opaque>'), ('model_transform', 'plain', '<opaque>'), ('output_transform', 'plain', '<opaque>'), ('gradient_accumulation_steps', 'plain', 1), ('model_fn', 'plain', '<opaque>')), ('Unknown',), None),), (), 'R', '', ())),
    ('ignite.metrics.Accuracy', ('class', 'Metric', (), (((('output_transform', 'plain', '<opaque>'), ('is_multilabel', 'plain', False), ('device', 'plain', '<opaque>'), ('skip_unrolling', 'plain', False)), None, None),), (((('output', 'plain', '<required>', 'prediction', 'any'),), ('MetricValue',), None),), (), 'V', 'Binary predictions must be 0 or 1; otherwise the argmax is taken.', ())),
)
ALIASES: tuple[Any, ...] = (
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'ignite',
    'ignite.engine',
    'ignite.metrics',
)
