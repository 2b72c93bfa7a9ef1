"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('tensorflow_probability.distributions.Bernoulli', ('class', 'Distribution', (), (((('logits', 'plain', None, 'prediction', 'logits_el'), ('probs', 'plain', None, 'prediction', 'prob_el'), ('dtype', 'plain', '<opaque>'), ('validate_args', 'plain', False), ('allow_nan_stats', 'plain', True), ('name', 'plain', 'Bernoulli')), None, None),), (), (), 'R', 'The first position is logits (that of torch is probs).', ())),
    ('tensorflow_probability.distributions.Binomial', ('class', 'Distribution', (), (((('total_count',), ('logits', 'plain', None, 'prediction', 'logits_el'), ('probs', 'plain', None, 'prediction', 'prob_el'), ('validate_args', 'plain', False), ('allow_nan_stats', 'plain', True), ('name', 'plain', None)), None, None),), (), (), 'R', 'The first position is logits (that of torch is probs).', ())),
    ('tensorflow_probability.distributions.Categorical', ('class', 'Distribution', (), (((('logits', 'plain', None, 'prediction', 'logits_cat', -1), ('probs', 'plain', None, 'prediction', 'prob_cat', -1), ('dtype', 'plain', '<opaque>'), ('force_probs_to_zero_outside_support', 'plain', False), ('validate_args', 'plain', False), ('allow_nan_stats', 'plain', True), ('name', 'plain', 'Categorical')), None, None),), (), (), 'R', 'The first position is logits (that of torch is probs).', ())),
    ('tensorflow_probability.distributions.ContinuousBernoulli', ('class', 'Distribution', (), (((('logits', 'plain', None, 'prediction', 'logits_el'), ('probs', 'plain', None, 'prediction', 'prob_el'), ('dtype', 'plain', '<opaque>'), ('validate_args', 'plain', False), ('allow_nan_stats', 'plain', True), ('name', 'plain', 'ContinuousBernoulli')), None, None),), (), (), 'S', 'Logits stand before probs (in torch after them).', ())),
    ('tensorflow_probability.distributions.ExpRelaxedOneHotCategorical', ('class', 'Distribution', (), (((('temperature',), ('logits', 'plain', None, 'prediction', 'logits_cat', -1), ('probs', 'plain', None, 'prediction', 'prob_cat', -1), ('validate_args', 'plain', False), ('allow_nan_stats', 'plain', True), ('name', 'plain', 'ExpRelaxedOneHotCategorical')), None, None),), (), (), 'S', 'Logits stand before probs (in torch after them).', ())),
    ('tensorflow_probability.distributions.FiniteDiscrete', ('class', 'Distribution', (), (((('outcomes',), ('logits', 'plain', None, 'prediction', 'logits_cat', -1), ('probs', 'plain', None, 'prediction', 'prob_cat', -1), ('rtol', 'plain', None), ('atol', 'plain', None), ('validate_args', 'plain', False), ('allow_nan_stats', 'plain', True), ('name', 'plain', 'FiniteDiscrete')), None, None),), (), (), 'S', 'Logits stand before probs (in torch after them).', ())),
    ('tensorflow_probability.distributions.Geometric', ('class', 'Distribution', (), (((('logits', 'plain', None, 'prediction', 'logits_el'), ('probs', 'plain', None, 'prediction', 'prob_el'), ('force_probs_to_zero_outside_support', 'plain', False), ('validate_args', 'plain', False), ('allow_nan_stats', 'plain', True), ('name', 'plain', 'Geometric')), None, None),), (), (), 'R', 'The first position is logits (that of torch is probs).', ())),
    ('tensorflow_probability.distributions.Multinomial', ('class', 'Distribution', (), (((('total_count',), ('logits', 'plain', None, 'prediction', 'logits_cat', -1), ('probs', 'plain', None, 'prediction', 'prob_cat', -1), ('validate_args', 'plain', False), ('allow_nan_stats', 'plain', True), ('name', 'plain', 'Multinomial')), None, None),), (), (), 'R', 'The first position is logits (that of torch is probs).', ())),
    ('tensorflow_probability.distributions.NegativeBinomial', ('class', 'Distribution', (), (((('total_count',), ('logits', 'plain', None, 'prediction', 'logits_el'), ('probs', 'plain', None, 'prediction', 'prob_el'), ('validate_args', 'plain', False), ('allow_nan_stats', 'plain', True), ('require_integer_total_count', 'plain', True), ('name', 'plain', 'NegativeBinomial')), None, None),), (), (), 'S', 'Logits stand before probs (in torch after them).', ())),
    ('tensorflow_probability.distributions.OneHotCategorical', ('class', 'Distribution', (), (((('logits', 'plain', None, 'prediction', 'logits_cat', -1), ('probs', 'plain', None, 'prediction', 'prob_cat', -1), ('dtype', 'plain', '<opaque>'), ('validate_args', 'plain', False), ('allow_nan_stats', 'plain', True), ('name', 'plain', 'OneHotCategorical')), None, None),), (), (), 'R', 'The first position is logits (that of torch is probs).', ())),
    ('tensorflow_probability.distributions.RelaxedBernoulli', ('class', 'Distribution', (), (((('temperature',), ('logits', 'plain', None, 'prediction', 'logits_el'), ('probs', 'plain', None, 'prediction', 'prob_el'), ('validate_args', 'plain', False), ('allow_nan_stats', 'plain', True), ('name', 'plain', 'RelaxedBernoulli')), None, None),), (), (), 'R', 'The first position is logits (that of torch is probs).', ())),
    ('tensorflow_probability.distributions.RelaxedOneHotCategorical', ('class', 'Distribution', (), (((('temperature',), ('logits', 'plain', None, 'prediction', 'logits_cat', -1), ('probs', 'plain', None, 'prediction', 'prob_cat', -1), ('validate_args', 'plain', False), ('allow_nan_stats', 'plain', True), ('name', 'plain', 'RelaxedOneHotCategorical')), None, None),), (), (), 'R', 'The first position is logits (that of torch is probs).', ())),
)
ALIASES: tuple[Any, ...] = (
)
FALLBACKS: tuple[Any, ...] = (
    ('tensorflow_probability.substrates.jax.distributions', ('tensorflow_probability.distributions',)),
    ('tensorflow_probability.substrates.numpy.distributions', ('tensorflow_probability.distributions',)),
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'tensorflow_probability',
    'tensorflow_probability.distributions',
    'tensorflow_probability.substrates',
    'tensorflow_probability.substrates.jax',
    'tensorflow_probability.substrates.jax.distributions',
    'tensorflow_probability.substrates.numpy',
    'tensorflow_probability.substrates.numpy.distributions',
)
