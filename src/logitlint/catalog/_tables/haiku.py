"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('haiku.BatchNorm', ('class', 'Layer', ('haiku.Module',), (((('create_scale',), ('create_offset',), ('decay_rate',), ('eps', 'plain', 1e-05), ('scale_init', 'plain', None), ('offset_init', 'plain', None), ('axis', 'plain', None), ('cross_replica_axis', 'plain', None), ('cross_replica_axis_index_groups', 'plain', None), ('data_format', 'plain', 'channels_last'), ('name', 'plain', None)), None, None),), (((('inputs',), ('is_training',), ('test_local_stats', 'plain', False), ('scale', 'plain', None), ('offset', 'plain', None)), ('Normalised', 'inputs'), None),), (), 'R', '', ())),
    ('haiku.Conv1D', ('class', 'Layer', ('haiku.Module',), (((('output_channels',), ('kernel_shape',), ('stride', 'plain', 1), ('rate', 'plain', 1), ('padding', 'plain', 'SAME'), ('with_bias', 'plain', True), ('w_init', 'plain', None), ('b_init', 'plain', None), ('data_format', 'plain', 'NWC'), ('mask', 'plain', None), ('feature_group_count', 'plain', 1), ('name', 'plain', None)), None, None),), (((('inputs',), ('precision', 'keyword', None)), ('Scores', -1, 'output_channels'), None),), (), 'R', '', ())),
    ('haiku.Conv2D', ('class', 'Layer', ('haiku.Module',), (((('output_channels',), ('kernel_shape',), ('stride', 'plain', 1), ('rate', 'plain', 1), ('padding', 'plain', 'SAME'), ('with_bias', 'plain', True), ('w_init', 'plain', None), ('b_init', 'plain', None), ('data_format', 'plain', 'NHWC'), ('mask', 'plain', None), ('feature_group_count', 'plain', 1), ('name', 'plain', None)), None, None),), (((('inputs',), ('precision', 'keyword', None)), ('Scores', -1, 'output_channels'), None),), (), 'R', '', ())),
    ('haiku.Conv2DTranspose', ('class', 'Layer', ('haiku.Module',), (((('output_channels',), ('kernel_shape',), ('stride', 'plain', 1), ('output_shape', 'plain', None), ('padding', 'plain', 'SAME'), ('with_bias', 'plain', True), ('w_init', 'plain', None), ('b_init', 'plain', None), ('data_format', 'plain', 'NHWC'), ('mask', 'plain', None), ('name', 'plain', None)), None, None),), (((('inputs',), ('precision', 'keyword', None)), ('Scores', -1, 'output_channels'), None),), (), 'R', '', ())),
    ('haiku.Conv3D', ('class', 'Layer', ('haiku.Module',), (((('output_channels',), ('kernel_shape',), ('stride', 'plain', 1), ('rate', 'plain', 1), ('padding', 'plain', 'SAME'), ('with_bias', 'plain', True), ('w_init', 'plain', None), ('b_init', 'plain', None), ('data_format', 'plain', 'NDHWC'), ('mask', 'plain', None), ('feature_group_count', 'plain', 1), ('name', 'plain', None)), None, None),), (((('inputs',), ('precision', 'keyword', None)), ('Scores', -1, 'output_channels'), None),), (), 'R', '', ())),
    ('haiku.Flatten', ('class', 'Layer', ('haiku.Module',), (((('preserve_dims', 'plain', 1), ('name', 'plain', None)), None, None),), (((('inputs',),), ('Reshape', 'inputs'), None),), (), 'R', '', ())),
    ('haiku.LayerNorm', ('class', 'Layer', ('haiku.Module',), (((('axis',), ('create_scale',), ('create_offset',), ('eps', 'plain', 1e-05), ('scale_init', 'plain', None), ('offset_init', 'plain', None), ('use_fast_variance', 'plain', False), ('name', 'plain', None), ('param_axis', 'keyword', None)), None, None),), (((('inputs',), ('scale', 'plain', None), ('offset', 'plain', None)), ('Normalised', 'inputs'), None),), (), 'R', '', ())),
    ('haiku.Linear', ('class', 'Layer', ('haiku.Module',), (((('output_size',), ('with_bias', 'plain', True), ('w_init', 'plain', None), ('b_init', 'plain', None), ('name', 'plain', None)), None, None),), (((('inputs',), ('precision', 'keyword', None)), ('Scores', -1, 'output_size'), None),), (), 'R', '', ())),
    ('haiku.Module', ('class', 'Model', (), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (), (), 'R', "A user's module: its __call__ decides.", ())),
    ('haiku.Sequential', ('class', 'Container', ('haiku.Module',), (((('layers',), ('name', 'plain', None)), None, None),), (), (), 'R', '', ())),
    ('haiku.avg_pool', ('function', 'Transfer', (), (), (((('value',), ('window_shape',), ('strides',), ('padding',), ('channel_axis', 'plain', -1)), ('Mean', 'value', 1), None),), (), 'R', '', ())),
    ('haiku.dropout', ('function', 'Transfer', (), (), (((('rng',), ('rate',), ('x',), ('broadcast_dims', 'plain', ())), ('Dropout', 'x'), None),), (), 'R', '', ())),
    ('haiku.get_parameter', ('function', 'Transfer', (), (), (((('name',), ('shape',), ('dtype', 'plain', '<opaque>'), ('init', 'plain', '<opaque>')), ('Variable',), None),), (), 'R', '', ())),
    ('haiku.max_pool', ('function', 'Transfer', (), (), (((('value',), ('window_shape',), ('strides',), ('padding',), ('channel_axis', 'plain', -1)), ('Max', 'value', 1), None),), (), 'R', '', ())),
    ('haiku.nets.MLP', ('class', 'Layer', ('haiku.Module',), (((('output_sizes',), ('w_init', 'plain', None), ('b_init', 'plain', None), ('with_bias', 'plain', True), ('activation', 'plain', '<opaque>'), ('activate_final', 'plain', False), ('name', 'plain', None)), None, None),), (((('inputs',), ('dropout_rate', 'plain', None), ('rng', 'plain', None), ('activate_final', 'keyword', '<required>', 'flag', None, None, (False,))), ('Scores', -1), None), ((('inputs',), ('dropout_rate', 'plain', None), ('rng', 'plain', None), ('activate_final', 'keyword', '<required>', 'flag', None, None, (True,))), ('Apply', 'activation', ('Scores', -1)), None)), (), 'R', 'Scores unless activate_final is set; then a ReLU unless activation is given.', ())),
    ('haiku.nets.MobileNetV1', ('class', 'Layer', ('haiku.Module',), (((('strides', 'plain', (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1)), ('channels', 'plain', (64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024)), ('num_classes', 'plain', 1000), ('use_bn', 'plain', True), ('name', 'plain', None)), None, None),), (((('inputs',), ('is_training',)), ('Scores', -1, 'num_classes'), None),), (), 'R', 'Its last layer is linear.', ())),
    ('haiku.nets.ResNet18', ('class', 'Layer', ('haiku.Module',), (((('num_classes',), ('kwargs', '**', '<opaque>')), None, None),), (((('inputs',), ('is_training',), ('test_local_stats', 'plain', False)), ('Scores', -1, 'num_classes'), None),), (), 'R', 'Its last layer is linear.', ())),
    ('haiku.one_hot', ('function', 'Activation', (), (), (((('x',), ('num_classes',), ('dtype', 'plain', '<opaque>')), ('OneHot', -1), None),), (), 'R', '', ())),
    ('haiku.transform', ('function', '', (), (), (((('f',), ('apply_rng', 'keyword', True)), ('Unknown',), None),), (), 'R', '', ())),
    ('haiku.vmap', ('function', 'Transfer', (), (), (((('fun',), ('in_axes', 'plain', 0), ('out_axes', 'plain', 0), ('axis_name', 'plain', None), ('axis_size', 'plain', None), ('split_rng', 'keyword'), ('spmd_axis_name', 'keyword', None)), ('Wrap', 'fun'), None),), (), 'R', '', ())),
    ('haiku.without_apply_rng', ('function', 'Transfer', (), (), (((('f',),), ('Wrap', 'f'), None),), (), 'R', '', ())),
)
ALIASES: tuple[Any, ...] = (
    ('haiku.nets.Module', 'haiku.Module'),
    ('haiku.nets.ResNet101', 'haiku.nets.ResNet18'),
    ('haiku.nets.ResNet152', 'haiku.nets.ResNet18'),
    ('haiku.nets.ResNet200', 'haiku.nets.ResNet18'),
    ('haiku.nets.ResNet34', 'haiku.nets.ResNet18'),
    ('haiku.nets.ResNet50', 'haiku.nets.ResNet18'),
    ('haiku.remat', 'jax.remat'),
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'haiku',
    'haiku.nets',
)
