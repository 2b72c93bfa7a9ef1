"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('tf_slim.layers.avg_pool2d', ('function', 'Transfer', (), (), (((('inputs',), ('kernel_size',), ('stride', 'plain', 2), ('padding', 'plain', 'VALID'), ('kwargs', '**', '<opaque>')), ('Mean', 'inputs', 1), None),), (), 'S', '', ())),
    ('tf_slim.layers.batch_norm', ('function', 'Transfer', (), (), (((('inputs',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), ('Normalised', 'inputs'), None),), (), 'S', '', ())),
    ('tf_slim.layers.convolution', ('function', 'Layer', (), (), (((('inputs',), ('num_outputs',), ('kernel_size',), ('stride', 'plain', 1), ('padding', 'plain', 'SAME'), ('data_format', 'plain', None), ('rate', 'plain', 1), ('activation_fn', 'plain', 'relu'), ('normalizer_fn', 'plain', None), ('kwargs', '**', '<opaque>')), ('Apply', 'activation_fn', ('Scores', -1, 'num_outputs')), None),), (), 'S', '', ())),
    ('tf_slim.layers.convolution2d', ('function', 'Layer', (), (), (((('inputs',), ('num_outputs',), ('kernel_size',), ('stride', 'plain', 1), ('padding', 'plain', 'SAME'), ('data_format', 'plain', None), ('rate', 'plain', 1), ('activation_fn', 'plain', 'relu'), ('normalizer_fn', 'plain', None), ('kwargs', '**', '<opaque>')), ('Apply', 'activation_fn', ('Scores', -1, 'num_outputs')), None),), (), 'S', '', ())),
    ('tf_slim.layers.convolution2d_transpose', ('function', 'Layer', (), (), (((('inputs',), ('num_outputs',), ('kernel_size',), ('stride', 'plain', 1), ('padding', 'plain', 'SAME'), ('data_format', 'plain', 'NHWC'), ('activation_fn', 'plain', 'relu'), ('normalizer_fn', 'plain', None), ('kwargs', '**', '<opaque>')), ('Apply', 'activation_fn', ('Scores', -1, 'num_outputs')), None),), (), 'S', '', ())),
    ('tf_slim.layers.dropout', ('function', 'Transfer', (), (), (((('inputs',), ('keep_prob', 'plain', 0.5), ('noise_shape', 'plain', None), ('is_training', 'plain', True), ('kwargs', '**', '<opaque>')), ('Dropout', 'inputs'), None),), (), 'S', '', ())),
    ('tf_slim.layers.flatten', ('function', 'Transfer', (), (), (((('inputs',), ('outputs_collections', 'plain', None), ('scope', 'plain', None)), ('Reshape', 'inputs'), None),), (), 'S', '', ())),
    ('tf_slim.layers.fully_connected', ('function', 'Layer', (), (), (((('inputs',), ('num_outputs',), ('activation_fn', 'plain', 'relu'), ('normalizer_fn', 'plain', None), ('normalizer_params', 'plain', None), ('kwargs', '**', '<opaque>')), ('Apply', 'activation_fn', ('Scores', -1, 'num_outputs')), None),), (), 'S', '', ())),
    ('tf_slim.layers.linear', ('function', 'Layer', (), (), (((('inputs',), ('num_outputs',), ('activation_fn', 'plain', None), ('normalizer_fn', 'plain', None), ('normalizer_params', 'plain', None), ('kwargs', '**', '<opaque>')), ('Apply', 'activation_fn', ('Scores', -1, 'num_outputs')), None),), (), 'S', '', ())),
    ('tf_slim.layers.max_pool2d', ('function', 'Transfer', (), (), (((('inputs',), ('kernel_size',), ('stride', 'plain', 2), ('padding', 'plain', 'VALID'), ('kwargs', '**', '<opaque>')), ('Max', 'inputs', 1), None),), (), 'S', '', ())),
    ('tf_slim.layers.one_hot_encoding', ('function', 'Activation', (), (), (((('labels',), ('num_classes',), ('kwargs', '**', '<opaque>')), ('OneHot', -1), None),), (), 'S', '', ())),
    ('tf_slim.layers.relu', ('function', 'Layer', (), (), (((('inputs',), ('num_outputs',), ('activation_fn', 'plain', 'relu'), ('normalizer_fn', 'plain', None), ('normalizer_params', 'plain', None), ('kwargs', '**', '<opaque>')), ('Apply', 'activation_fn', ('Scores', -1, 'num_outputs')), None),), (), 'S', '', ())),
    ('tf_slim.layers.relu6', ('function', 'Layer', (), (), (((('inputs',), ('num_outputs',), ('activation_fn', 'plain', 'relu6'), ('normalizer_fn', 'plain', None), ('normalizer_params', 'plain', None), ('kwargs', '**', '<opaque>')), ('Apply', 'activation_fn', ('Scores', -1, 'num_outputs')), None),), (), 'S', '', ())),
    ('tf_slim.layers.separable_convolution2d', ('function', 'Layer', (), (), (((('inputs',), ('num_outputs',), ('kernel_size',), ('depth_multiplier', 'plain', 1), ('stride', 'plain', 1), ('padding', 'plain', 'SAME'), ('data_format', 'plain', 'NHWC'), ('rate', 'plain', 1), ('activation_fn', 'plain', 'relu'), ('kwargs', '**', '<opaque>')), ('Apply', 'activation_fn', ('Scores', -1, 'num_outputs')), None),), (), 'S', '', ())),
    ('tf_slim.layers.softmax', ('function', 'Activation', (), (), (((('logits', 'plain', '<required>', 'input'), ('scope', 'plain', None)), ('ProbCat', -1), None),), (), 'S', '', ())),
    ('tf_slim.losses.absolute_difference', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'any'), ('labels', 'plain', None, 'target'), ('weights', 'plain', 1.0), ('scope', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('tf_slim.losses.hinge_loss', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'any'), ('labels', 'plain', None, 'target'), ('weights', 'plain', 1.0), ('scope', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('tf_slim.losses.log_loss', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'prob_el'), ('labels', 'plain', None, 'target'), ('weights', 'plain', 1.0), ('epsilon', 'plain', 1e-07), ('scope', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('tf_slim.losses.mean_squared_error', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'any'), ('labels', 'plain', None, 'target'), ('weights', 'plain', 1.0), ('scope', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('tf_slim.losses.sigmoid_cross_entropy', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_el'), ('multi_class_labels', 'plain', '<required>', 'target'), ('weights', 'plain', 1.0), ('label_smoothing', 'plain', 0), ('scope', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('tf_slim.losses.softmax_cross_entropy', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('onehot_labels', 'plain', '<required>', 'target'), ('weights', 'plain', 1.0), ('label_smoothing', 'plain', 0), ('scope', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('tf_slim.losses.sparse_softmax_cross_entropy', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('labels', 'plain', '<required>', 'target'), ('weights', 'plain', 1.0), ('scope', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
)
ALIASES: tuple[Any, ...] = (
    ('tf_slim.layers.conv2d', 'tf_slim.layers.convolution2d'),
    ('tf_slim.layers.conv2d_transpose', 'tf_slim.layers.convolution2d_transpose'),
    ('tf_slim.layers.separable_conv2d', 'tf_slim.layers.separable_convolution2d'),
)
FALLBACKS: tuple[Any, ...] = (
    ('tf_slim', ('tf_slim.layers',)),
)
IDENTIFIERS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'tf_slim',
    'tf_slim.layers',
    'tf_slim.losses',
)
