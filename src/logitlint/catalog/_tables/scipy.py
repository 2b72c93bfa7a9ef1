"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('scipy.special.expit', ('function', 'Activation', (), (), (((('x', 'positional', '<required>', 'input'), ('out', 'plain', None), ('where', 'keyword', True), ('casting', 'keyword', 'same_kind'), ('order', 'keyword', 'K'), ('dtype', 'keyword', None), ('subok', 'keyword', True), ('signature', 'keyword', None)), ('ProbEl',), None),), (), 'R', '', ())),
    ('scipy.special.kl_div', ('function', 'Loss', (), (), (((('x', 'positional', '<required>', 'target', 'target_prob'), ('y', 'positional', '<required>', 'prediction', 'any'), ('out', 'plain', None), ('kwargs', '**', '<opaque>')), ('LossValue',), None),), (), 'S', 'The terms of the divergence from p to q: both are probabilities.', ())),
    ('scipy.special.log_expit', ('function', 'Activation', (), (), (((('x', 'positional', '<required>', 'input'), ('out', 'plain', None), ('where', 'keyword', True), ('casting', 'keyword', 'same_kind'), ('order', 'keyword', 'K'), ('dtype', 'keyword', None), ('subok', 'keyword', True), ('signature', 'keyword', None)), ('LogProbEl',), None),), (), 'R', '', ())),
    ('scipy.special.log_softmax', ('function', 'Activation', (), (), (((('x', 'plain', '<required>', 'input'), ('axis', 'plain', None)), ('LogProbCat', 'axis'), None),), (), 'R', '', ())),
    ('scipy.special.logit', ('function', 'Transfer', (), (), (((('x', 'positional'), ('out', 'plain', None), ('where', 'keyword', True), ('casting', 'keyword', 'same_kind'), ('order', 'keyword', 'K'), ('dtype', 'keyword', None), ('subok', 'keyword', True), ('signature', 'keyword', None)), ('Logit', 'x'), None),), (), 'R', '', ())),
    ('scipy.special.logsumexp', ('function', 'Transfer', (), (), (((('a',), ('axis', 'plain', None), ('b', 'plain', None), ('keepdims', 'plain', False), ('return_sign', 'plain', False)), ('LogSumExp', 'a', 'axis', 'keepdims'), None),), (), 'R', '', ())),
    ('scipy.special.rel_entr', ('function', 'Loss', (), (), (((('x', 'positional', '<required>', 'target', 'target_prob'), ('y', 'positional', '<required>', 'prediction', 'any'), ('out', 'plain', None), ('kwargs', '**', '<opaque>')), ('LossValue',), None),), (), 'S', 'The terms of the divergence from p to q: both are probabilities.', ())),
    ('scipy.special.softmax', ('function', 'Activation', (), (), (((('x', 'plain', '<required>', 'input'), ('axis', 'plain', None)), ('ProbCat', 'axis'), None),), (), 'R', '', ())),
    ('scipy.special.xlogy', ('function', '', (), (), (((('x', 'positional'), ('y', 'positional'), ('out', 'plain', None), ('where', 'keyword', True), ('casting', 'keyword', 'same_kind'), ('order', 'keyword', 'K'), ('dtype', 'keyword', None), ('subok', 'keyword', True), ('signature', 'keyword', None)), ('Unknown',), None),), (), 'R', '', ())),
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
    'scipy',
    'scipy.special',
)
