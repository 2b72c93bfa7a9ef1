"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('skorch.NeuralNet', ('class', 'Trainer', (), (((('module',), ('criterion',), ('optimizer', 'plain', '<opaque>'), ('lr', 'plain', 0.01), ('max_epochs', 'plain', 10), ('batch_size', 'plain', 128), ('kwargs', '**', '<opaque>')), None, None),), (), (), 'R', '', ())),
    ('skorch.NeuralNetBinaryClassifier', ('class', 'Trainer', ('skorch.NeuralNet',), (((('module',), ('args', '*', '<opaque>'), ('criterion', 'keyword', '<opaque>'), ('train_split', 'keyword', '<opaque>'), ('threshold', 'keyword', 0.5), ('kwargs', '**', '<opaque>')), None, None),), (), (), 'R', 'The default criterion is torch.nn.BCEWithLogitsLoss.', ())),
    ('skorch.NeuralNetClassifier', ('class', 'Trainer', ('skorch.NeuralNet',), (((('module',), ('args', '*', '<opaque>'), ('criterion', 'keyword', '<opaque>'), ('train_split', 'keyword', '<opaque>'), ('classes', 'keyword', None), ('kwargs', '**', '<opaque>')), None, None),), (), (), 'R', 'The default criterion is torch.nn.NLLLoss, for which the net takes the logarithm itself: the module gives probabilities then.', ())),
    ('skorch.NeuralNetRegressor', ('class', 'Trainer', ('skorch.NeuralNet',), (((('module',), ('args', '*', '<opaque>'), ('criterion', 'keyword', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (), (), 'R', '', ())),
)
ALIASES: tuple[Any, ...] = (
)
FALLBACKS: tuple[Any, ...] = (
    ('skorch.classifier', ('skorch',)),
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'skorch',
    'skorch.classifier',
)
