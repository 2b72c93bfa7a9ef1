"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('segmentation_models.FPN', ('class', 'Layer', (), (((('backbone_name', 'plain', 'vgg16'), ('input_shape', 'plain', (None, None, 3)), ('classes', 'plain', 21), ('activation', 'plain', 'softmax'), ('weights', 'plain', None), ('encoder_weights', 'plain', 'imagenet'), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('training', 'plain', None), ('mask', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'classes')), None),), (), 'R', '', ())),
    ('segmentation_models.Linknet', ('class', 'Layer', (), (((('backbone_name', 'plain', 'vgg16'), ('input_shape', 'plain', (None, None, 3)), ('classes', 'plain', 1), ('activation', 'plain', 'sigmoid'), ('weights', 'plain', None), ('encoder_weights', 'plain', 'imagenet'), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('training', 'plain', None), ('mask', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'classes')), None),), (), 'R', '', ())),
    ('segmentation_models.PSPNet', ('class', 'Layer', (), (((('backbone_name', 'plain', 'vgg16'), ('input_shape', 'plain', (384, 384, 3)), ('classes', 'plain', 21), ('activation', 'plain', 'softmax'), ('weights', 'plain', None), ('encoder_weights', 'plain', 'imagenet'), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('training', 'plain', None), ('mask', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'classes')), None),), (), 'R', '', ())),
    ('segmentation_models.Unet', ('class', 'Layer', (), (((('backbone_name', 'plain', 'vgg16'), ('input_shape', 'plain', (None, None, 3)), ('classes', 'plain', 1), ('activation', 'plain', 'sigmoid'), ('weights', 'plain', None), ('encoder_weights', 'plain', 'imagenet'), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('training', 'plain', None), ('mask', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'classes')), None),), (), 'R', '', ())),
    ('segmentation_models.losses.BinaryCELoss', ('class', 'Loss', (), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_el')), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.BinaryFocalLoss', ('class', 'Loss', (), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_el')), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.CategoricalCELoss', ('class', 'Loss', (), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_cat', -1)), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.CategoricalFocalLoss', ('class', 'Loss', (), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_cat', -1)), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.DiceLoss', ('class', 'Loss', (), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'any')), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.JaccardLoss', ('class', 'Loss', (), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'any')), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.bce_dice_loss', ('function', 'Loss', (), (), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_el')), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.bce_jaccard_loss', ('function', 'Loss', (), (), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_el')), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.binary_crossentropy', ('function', 'Loss', (), (), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_el')), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.binary_focal_dice_loss', ('function', 'Loss', (), (), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_el')), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.binary_focal_jaccard_loss', ('function', 'Loss', (), (), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_el')), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.binary_focal_loss', ('function', 'Loss', (), (), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_el')), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.categorical_crossentropy', ('function', 'Loss', (), (), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_cat', -1)), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.categorical_focal_loss', ('function', 'Loss', (), (), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_cat', -1)), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.cce_dice_loss', ('function', 'Loss', (), (), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_cat', -1)), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.cce_jaccard_loss', ('function', 'Loss', (), (), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'prob_cat', -1)), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.dice_loss', ('function', 'Loss', (), (), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'any')), ('LossValue',), None),), (), 'R', '', ())),
    ('segmentation_models.losses.jaccard_loss', ('function', 'Loss', (), (), (((('gt', 'plain', '<required>', 'target'), ('pr', 'plain', '<required>', 'prediction', 'any')), ('LossValue',), None),), (), 'R', '', ())),
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
    'segmentation_models',
    'segmentation_models.losses',
)
