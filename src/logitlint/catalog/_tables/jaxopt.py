"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('jaxopt.loss.binary_logistic_loss', ('function', 'Loss', (), (), (((('label', 'plain', '<required>', 'target'), ('logit', 'plain', '<required>', 'prediction', 'logits_el')), ('LossValue',), None),), (), 'R', '', ())),
    ('jaxopt.loss.multiclass_logistic_loss', ('function', 'Loss', (), (), (((('label', 'plain', '<required>', 'target', 'target_index'), ('logits', 'plain', '<required>', 'prediction', 'logits_cat', -1)), ('LossValue',), None),), (), 'R', '', ())),
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
    'jaxopt',
    'jaxopt.loss',
)
