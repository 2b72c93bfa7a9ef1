"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('keras_hub.models.BertTextClassifier', ('class', 'Layer', (), (((('args', '*', '<opaque>'), ('num_classes', 'keyword', None), ('activation', 'keyword', None), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('training', 'plain', None), ('mask', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'num_classes')), None),), (('from_preset', (((('cls',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), ('Object', 'cls'), None),)),), 'S', 'Scores unless activation is given (the opposite of keras.applications).', ())),
    ('keras_hub.models.DebertaV3TextClassifier', ('class', 'Layer', (), (((('args', '*', '<opaque>'), ('num_classes', 'keyword', None), ('activation', 'keyword', None), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('training', 'plain', None), ('mask', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'num_classes')), None),), (('from_preset', (((('cls',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), ('Object', 'cls'), None),)),), 'S', 'Scores unless activation is given (the opposite of keras.applications).', ())),
    ('keras_hub.models.DistilBertTextClassifier', ('class', 'Layer', (), (((('args', '*', '<opaque>'), ('num_classes', 'keyword', None), ('activation', 'keyword', None), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('training', 'plain', None), ('mask', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'num_classes')), None),), (('from_preset', (((('cls',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), ('Object', 'cls'), None),)),), 'S', 'Scores unless activation is given (the opposite of keras.applications).', ())),
    ('keras_hub.models.EfficientNetImageClassifier', ('class', 'Layer', (), (((('args', '*', '<opaque>'), ('num_classes', 'keyword', None), ('activation', 'keyword', None), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('training', 'plain', None), ('mask', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'num_classes')), None),), (('from_preset', (((('cls',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), ('Object', 'cls'), None),)),), 'S', 'Scores unless activation is given (the opposite of keras.applications).', ())),
    ('keras_hub.models.ImageClassifier', ('class', 'Layer', (), (((('args', '*', '<opaque>'), ('num_classes', 'keyword', None), ('activation', 'keyword', None), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('training', 'plain', None), ('mask', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'num_classes')), None),), (('from_preset', (((('cls',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), ('Object', 'cls'), None),)),), 'S', 'Scores unless activation is given (the opposite of keras.applications).', ())),
    ('keras_hub.models.ResNetImageClassifier', ('class', 'Layer', (), (((('args', '*', '<opaque>'), ('num_classes', 'keyword', None), ('activation', 'keyword', None), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('training', 'plain', None), ('mask', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'num_classes')), None),), (('from_preset', (((('cls',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), ('Object', 'cls'), None),)),), 'S', 'Scores unless activation is given (the opposite of keras.applications).', ())),
    ('keras_hub.models.RobertaTextClassifier', ('class', 'Layer', (), (((('args', '*', '<opaque>'), ('num_classes', 'keyword', None), ('activation', 'keyword', None), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('training', 'plain', None), ('mask', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'num_classes')), None),), (('from_preset', (((('cls',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), ('Object', 'cls'), None),)),), 'S', 'Scores unless activation is given (the opposite of keras.applications).', ())),
    ('keras_hub.models.TextClassifier', ('class', 'Layer', (), (((('args', '*', '<opaque>'), ('num_classes', 'keyword', None), ('activation', 'keyword', None), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('training', 'plain', None), ('mask', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'num_classes')), None),), (('from_preset', (((('cls',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), ('Object', 'cls'), None),)),), 'S', 'Scores unless activation is given (the opposite of keras.applications).', ())),
    ('keras_hub.models.ViTImageClassifier', ('class', 'Layer', (), (((('args', '*', '<opaque>'), ('num_classes', 'keyword', None), ('activation', 'keyword', None), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('training', 'plain', None), ('mask', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'num_classes')), None),), (('from_preset', (((('cls',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), ('Object', 'cls'), None),)),), 'S', 'Scores unless activation is given (the opposite of keras.applications).', ())),
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
    'keras_hub',
    'keras_hub.models',
)
