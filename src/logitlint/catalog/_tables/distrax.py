"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('distrax.Bernoulli', ('class', 'Distribution', (), (((('logits', 'plain', None, 'prediction', 'logits_el'), ('probs', 'plain', None, 'prediction', 'prob_el'), ('dtype', 'plain', '<opaque>')), None, None),), (), (), 'R', 'The first position is logits (that of torch is probs).', ())),
    ('distrax.Categorical', ('class', 'Distribution', (), (((('logits', 'plain', None, 'prediction', 'logits_cat', -1), ('probs', 'plain', None, 'prediction', 'prob_cat', -1), ('dtype', 'plain', '<opaque>')), None, None),), (), (), 'R', 'The first position is logits (that of torch is probs).', (('probs', ('ProbCat', -1)), ('logits', ('LogProbCat', -1))))),
    ('distrax.Multinomial', ('class', 'Distribution', (), (((('total_count',), ('logits', 'plain', None, 'prediction', 'logits_cat', -1), ('probs', 'plain', None, 'prediction', 'prob_cat', -1), ('dtype', 'plain', '<opaque>')), None, None),), (), (), 'S', 'The first position is logits (that of torch is the number of draws).', ())),
    ('distrax.OneHotCategorical', ('class', 'Distribution', (), (((('logits', 'plain', None, 'prediction', 'logits_cat', -1), ('probs', 'plain', None, 'prediction', 'prob_cat', -1), ('dtype', 'plain', '<opaque>')), None, None),), (), (), 'R', 'The first position is logits (that of torch is probs).', (('probs', ('ProbCat', -1)), ('logits', ('LogProbCat', -1))))),
    ('distrax.Softmax', ('class', 'Distribution', (), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('temperature', 'plain', 1.0), ('dtype', 'plain', '<opaque>')), None, None),), (), (), 'S', 'A Categorical of the logits, divided by the temperature.', ())),
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
    'distrax',
)
