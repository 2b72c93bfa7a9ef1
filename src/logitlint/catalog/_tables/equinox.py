"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('equinox.Module', ('class', 'Model', (), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (), (), 'R', "A user's module: its __call__ decides.", ())),
    ('equinox.filter_checkpoint', ('function', 'Transfer', (), (), (((('fun', 'plain', None), ('kwargs', '**', '<opaque>')), ('Wrap', 'fun'), None),), (), 'R', '', ())),
    ('equinox.filter_grad', ('function', 'Transfer', (), (), (((('fun', 'plain', None), ('has_aux', 'keyword', False), ('gradkwargs', '**', '<opaque>')), ('Grad', 'fun'), None),), (), 'R', '', ())),
    ('equinox.filter_hessian', ('function', 'Transfer', (), (), (((('fun',), ('has_aux', 'plain', False)), ('Grad', 'fun'), None),), (), 'R', '', ())),
    ('equinox.filter_jacfwd', ('function', 'Transfer', (), (), (((('fun',), ('has_aux', 'plain', False)), ('Grad', 'fun'), None),), (), 'R', '', ())),
    ('equinox.filter_jacrev', ('function', 'Transfer', (), (), (((('fun',), ('has_aux', 'plain', False)), ('Grad', 'fun'), None),), (), 'R', '', ())),
    ('equinox.filter_jit', ('function', 'Transfer', (), (), (((('fun', 'plain', None), ('kwargs', '**', '<opaque>')), ('Wrap', 'fun'), None),), (), 'R', '', ())),
    ('equinox.filter_pmap', ('function', 'Transfer', (), (), (((('fun', 'plain', None), ('kwargs', '**', '<opaque>')), ('Wrap', 'fun'), None),), (), 'R', '', ())),
    ('equinox.filter_value_and_grad', ('function', 'Transfer', (), (), (((('fun', 'plain', None), ('has_aux', 'keyword', False), ('gradkwargs', '**', '<opaque>')), ('ValueAndGrad', 'fun'), None),), (), 'R', '', ())),
    ('equinox.filter_vmap', ('function', 'Transfer', (), (), (((('fun', 'plain', None), ('kwargs', '**', '<opaque>')), ('Wrap', 'fun'), None),), (), 'R', '', ())),
    ('equinox.nn.AdaptiveAvgPool1d', ('class', 'Layer', ('equinox.Module',), (((('target_shape',),), None, None),), (((('x',), ('key', 'keyword', None)), ('Mean', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.AdaptiveAvgPool2d', ('class', 'Layer', ('equinox.Module',), (((('target_shape',),), None, None),), (((('x',), ('key', 'keyword', None)), ('Mean', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.AdaptiveAvgPool3d', ('class', 'Layer', ('equinox.Module',), (((('target_shape',),), None, None),), (((('x',), ('key', 'keyword', None)), ('Mean', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.AdaptiveMaxPool1d', ('class', 'Layer', ('equinox.Module',), (((('target_shape',),), None, None),), (((('x',), ('key', 'keyword', None)), ('Max', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.AdaptiveMaxPool2d', ('class', 'Layer', ('equinox.Module',), (((('target_shape',),), None, None),), (((('x',), ('key', 'keyword', None)), ('Max', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.AdaptiveMaxPool3d', ('class', 'Layer', ('equinox.Module',), (((('target_shape',),), None, None),), (((('x',), ('key', 'keyword', None)), ('Max', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.AvgPool1d', ('class', 'Layer', ('equinox.Module',), (((('kernel_size',), ('stride', 'plain', 1), ('padding', 'plain', 0), ('use_ceil', 'plain', False)), None, None),), (((('x',), ('key', 'keyword', None)), ('Mean', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.AvgPool2d', ('class', 'Layer', ('equinox.Module',), (((('kernel_size',), ('stride', 'plain', 1), ('padding', 'plain', 0), ('use_ceil', 'plain', False)), None, None),), (((('x',), ('key', 'keyword', None)), ('Mean', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.AvgPool3d', ('class', 'Layer', ('equinox.Module',), (((('kernel_size',), ('stride', 'plain', 1), ('padding', 'plain', 0), ('use_ceil', 'plain', False)), None, None),), (((('x',), ('key', 'keyword', None)), ('Mean', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.BatchNorm', ('class', 'Layer', ('equinox.Module',), (((('input_size',), ('axis_name',), ('kwargs', '**', '<opaque>')), None, None),), (((('x',), ('state',), ('key', 'keyword', None), ('inference', 'keyword', None)), ('Pair', ('Normalised', 'x'), ('Unknown',)), None),), (), 'R', 'Gives its state beside its output.', ())),
    ('equinox.nn.Conv', ('class', 'Layer', ('equinox.Module',), (((('num_spatial_dims',), ('in_channels',), ('out_channels',), ('kernel_size',), ('stride', 'plain', 1), ('padding', 'plain', 0), ('dilation', 'plain', 1), ('groups', 'plain', 1), ('use_bias', 'plain', True), ('padding_mode', 'plain', 'ZEROS'), ('dtype', 'plain', None), ('key', 'keyword')), None, None),), (((('x',), ('key', 'keyword', None)), ('Scores', 0, 'out_channels'), None),), (), 'R', '', ())),
    ('equinox.nn.Conv1d', ('class', 'Layer', ('equinox.Module',), (((('in_channels',), ('out_channels',), ('kernel_size',), ('stride', 'plain', 1), ('padding', 'plain', 0), ('dilation', 'plain', 1), ('groups', 'plain', 1), ('use_bias', 'plain', True), ('padding_mode', 'plain', 'ZEROS'), ('dtype', 'plain', None), ('key', 'keyword')), None, None),), (((('x',), ('key', 'keyword', None)), ('Scores', 0, 'out_channels'), None),), (), 'R', '', ())),
    ('equinox.nn.Conv2d', ('class', 'Layer', ('equinox.Module',), (((('in_channels',), ('out_channels',), ('kernel_size',), ('stride', 'plain', (1, 1)), ('padding', 'plain', (0, 0)), ('dilation', 'plain', (1, 1)), ('groups', 'plain', 1), ('use_bias', 'plain', True), ('padding_mode', 'plain', 'ZEROS'), ('dtype', 'plain', None), ('key', 'keyword')), None, None),), (((('x',), ('key', 'keyword', None)), ('Scores', 0, 'out_channels'), None),), (), 'R', '', ())),
    ('equinox.nn.Conv3d', ('class', 'Layer', ('equinox.Module',), (((('in_channels',), ('out_channels',), ('kernel_size',), ('stride', 'plain', (1, 1, 1)), ('padding', 'plain', (0, 0, 0)), ('dilation', 'plain', (1, 1, 1)), ('groups', 'plain', 1), ('use_bias', 'plain', True), ('padding_mode', 'plain', 'ZEROS'), ('dtype', 'plain', None), ('key', 'keyword')), None, None),), (((('x',), ('key', 'keyword', None)), ('Scores', 0, 'out_channels'), None),), (), 'R', '', ())),
    ('equinox.nn.ConvTranspose', ('class', 'Layer', ('equinox.Module',), (((('num_spatial_dims',), ('in_channels',), ('out_channels',), ('kernel_size',), ('stride', 'plain', 1), ('padding', 'plain', 0), ('output_padding', 'plain', 0), ('dilation', 'plain', 1), ('groups', 'plain', 1), ('use_bias', 'plain', True), ('padding_mode', 'plain', 'ZEROS'), ('dtype', 'plain', None), ('key', 'keyword')), None, None),), (((('x',), ('key', 'keyword', None)), ('Scores', 0, 'out_channels'), None),), (), 'R', '', ())),
    ('equinox.nn.ConvTranspose1d', ('class', 'Layer', ('equinox.Module',), (((('in_channels',), ('out_channels',), ('kernel_size',), ('stride', 'plain', 1), ('output_padding', 'plain', 0), ('padding', 'plain', 0), ('dilation', 'plain', 1), ('groups', 'plain', 1), ('use_bias', 'plain', True), ('padding_mode', 'plain', 'ZEROS'), ('dtype', 'plain', None), ('key', 'keyword')), None, None),), (((('x',), ('key', 'keyword', None)), ('Scores', 0, 'out_channels'), None),), (), 'R', '', ())),
    ('equinox.nn.ConvTranspose2d', ('class', 'Layer', ('equinox.Module',), (((('in_channels',), ('out_channels',), ('kernel_size',), ('stride', 'plain', (1, 1)), ('output_padding', 'plain', (0, 0)), ('padding', 'plain', (0, 0)), ('dilation', 'plain', (1, 1)), ('groups', 'plain', 1), ('use_bias', 'plain', True), ('padding_mode', 'plain', 'ZEROS'), ('dtype', 'plain', None), ('key', 'keyword')), None, None),), (((('x',), ('key', 'keyword', None)), ('Scores', 0, 'out_channels'), None),), (), 'R', '', ())),
    ('equinox.nn.ConvTranspose3d', ('class', 'Layer', ('equinox.Module',), (((('in_channels',), ('out_channels',), ('kernel_size',), ('stride', 'plain', (1, 1, 1)), ('output_padding', 'plain', (0, 0, 0)), ('padding', 'plain', (0, 0, 0)), ('dilation', 'plain', (1, 1, 1)), ('groups', 'plain', 1), ('use_bias', 'plain', True), ('padding_mode', 'plain', 'ZEROS'), ('dtype', 'plain', None), ('key', 'keyword')), None, None),), (((('x',), ('key', 'keyword', None)), ('Scores', 0, 'out_channels'), None),), (), 'R', '', ())),
    ('equinox.nn.Dropout', ('class', 'Layer', ('equinox.Module',), (((('p', 'plain', 0.5), ('inference', 'plain', False), ('deterministic', 'keyword', None)), None, None),), (((('x',), ('key', 'keyword', None), ('inference', 'keyword', None), ('deterministic', 'keyword', None)), ('Dropout', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.GroupNorm', ('class', 'Layer', ('equinox.Module',), (((('groups',), ('channels', 'plain', None), ('eps', 'plain', 1e-05), ('channelwise_affine', 'plain', True), ('dtype', 'plain', None)), None, None),), (((('x',), ('state', 'plain', '<opaque>'), ('key', 'keyword', None)), ('Normalised', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.Identity', ('class', 'Layer', ('equinox.Module',), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (((('x',), ('key', 'keyword', None)), ('Same', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.Lambda', ('class', 'Wrapper', ('equinox.Module',), (((('fn',),), None, None),), (((('x',), ('key', 'keyword', None)), ('Call', 'fn', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.LayerNorm', ('class', 'Layer', ('equinox.Module',), (((('shape',), ('eps', 'plain', 1e-05), ('use_weight', 'plain', True), ('use_bias', 'plain', True), ('dtype', 'plain', None), ('elementwise_affine', 'keyword', None)), None, None),), (((('x',), ('state', 'plain', '<opaque>'), ('key', 'keyword', None)), ('Normalised', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.Linear', ('class', 'Layer', ('equinox.Module',), (((('in_features',), ('out_features',), ('use_bias', 'plain', True), ('dtype', 'plain', None), ('key', 'keyword')), None, None),), (((('x',), ('key', 'keyword', None)), ('Scores', -1, 'out_features'), None),), (), 'R', '', ())),
    ('equinox.nn.MLP', ('class', 'Layer', ('equinox.Module',), (((('in_size',), ('out_size',), ('width_size',), ('depth',), ('activation', 'plain', '<opaque>'), ('final_activation', 'plain', None), ('use_bias', 'plain', True), ('use_final_bias', 'plain', True), ('dtype', 'plain', None), ('scan', 'keyword', False), ('key', 'keyword')), None, None),), (((('x',), ('key', 'keyword', None)), ('Apply', 'final_activation', ('Scores', -1, 'out_size')), None),), (), 'R', 'The final activation is the identity unless given.', ())),
    ('equinox.nn.MaxPool1d', ('class', 'Layer', ('equinox.Module',), (((('kernel_size',), ('stride', 'plain', 1), ('padding', 'plain', 0), ('use_ceil', 'plain', False)), None, None),), (((('x',), ('key', 'keyword', None)), ('Max', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.MaxPool2d', ('class', 'Layer', ('equinox.Module',), (((('kernel_size',), ('stride', 'plain', 1), ('padding', 'plain', 0), ('use_ceil', 'plain', False)), None, None),), (((('x',), ('key', 'keyword', None)), ('Max', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.MaxPool3d', ('class', 'Layer', ('equinox.Module',), (((('kernel_size',), ('stride', 'plain', 1), ('padding', 'plain', 0), ('use_ceil', 'plain', False)), None, None),), (((('x',), ('key', 'keyword', None)), ('Max', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.PReLU', ('class', 'Activation', ('equinox.Module',), (((('init_alpha', 'plain', 0.25),), None, None),), (((('x',),), ('HalfBounded',), None),), (), 'R', '', ())),
    ('equinox.nn.RMSNorm', ('class', 'Layer', ('equinox.Module',), (((('shape',), ('eps', 'plain', 1e-05), ('use_weight', 'plain', True), ('use_bias', 'plain', True), ('dtype', 'plain', None)), None, None),), (((('x',), ('state', 'plain', '<opaque>'), ('key', 'keyword', None)), ('Normalised', 'x'), None),), (), 'R', '', ())),
    ('equinox.nn.Sequential', ('class', 'Container', ('equinox.Module',), (((('layers',),), None, None),), (), (), 'R', '', ())),
)
ALIASES: tuple[Any, ...] = (
    ('equinox.nn.Module', 'equinox.Module'),
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'equinox',
    'equinox.nn',
)
