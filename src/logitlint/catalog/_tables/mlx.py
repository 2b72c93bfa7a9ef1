"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('mlx.core.argmax', ('function', 'Transfer', (), (), (((('a',), ('axis', 'plain', None), ('keepdims', 'plain', False), ('stream', 'keyword', None)), ('ArgMax', 'a', 'axis'), None),), (), 'R', '', ())),
    ('mlx.core.clip', ('function', 'Transfer', (), (), (((('a',), ('a_min',), ('a_max',), ('stream', 'keyword', None)), ('Clamp', 'a', 'a_min', 'a_max'), None),), (), 'R', '', ())),
    ('mlx.core.compile', ('function', 'Transfer', (), (), (((('fun',), ('inputs', 'plain', None), ('outputs', 'plain', None), ('shapeless', 'plain', False)), ('Wrap', 'fun'), None),), (), 'R', '', ())),
    ('mlx.core.concatenate', ('function', 'Transfer', (), (), (((('arrays',), ('axis', 'plain', 0), ('stream', 'keyword', None)), ('Join', 'arrays', 'axis'), None),), (), 'R', '', ())),
    ('mlx.core.exp', ('function', 'Transfer', (), (), (((('a',), ('stream', 'keyword', None)), ('Exp', 'a'), None),), (), 'R', '', ())),
    ('mlx.core.grad', ('function', 'Transfer', (), (), (((('fun',), ('argnums', 'plain', None), ('argnames', 'plain', '<opaque>')), ('Grad', 'fun'), None),), (), 'R', '', ())),
    ('mlx.core.log', ('function', 'Transfer', (), (), (((('a',), ('stream', 'keyword', None)), ('Log', 'a'), None),), (), 'R', '', ())),
    ('mlx.core.log1p', ('function', 'Transfer', (), (), (((('a',), ('stream', 'keyword', None)), ('Log1p', 'a'), None),), (), 'R', '', ())),
    ('mlx.core.logsumexp', ('function', 'Transfer', (), (), (((('a',), ('axis', 'plain', None), ('keepdims', 'plain', False), ('stream', 'keyword', None)), ('LogSumExp', 'a', 'axis', 'keepdims'), None),), (), 'R', '', ())),
    ('mlx.core.max', ('function', 'Transfer', (), (), (((('a',), ('axis', 'plain', None), ('keepdims', 'plain', False), ('stream', 'keyword', None)), ('Max', 'a', 'axis', 'keepdims'), None),), (), 'R', '', ())),
    ('mlx.core.mean', ('function', 'Transfer', (), (), (((('a',), ('axis', 'plain', None), ('keepdims', 'plain', False), ('stream', 'keyword', None)), ('Mean', 'a', 'axis', 'keepdims'), None),), (), 'R', '', ())),
    ('mlx.core.reshape', ('function', 'Transfer', (), (), (((('a',), ('shape',), ('stream', 'keyword', None)), ('Reshape', 'a', 'shape'), None),), (), 'R', '', ())),
    ('mlx.core.sigmoid', ('function', 'Activation', (), (), (((('a', 'plain', '<required>', 'input'), ('stream', 'keyword', None)), ('ProbEl',), None),), (), 'R', '', ())),
    ('mlx.core.softmax', ('function', 'Activation', (), (), (((('a', 'plain', '<required>', 'input'), ('axis', 'plain', None), ('precise', 'keyword', False), ('stream', 'keyword', None)), ('ProbCat', 'axis'), None),), (), 'R', '', ())),
    ('mlx.core.squeeze', ('function', 'Transfer', (), (), (((('a',), ('axis', 'plain', None), ('stream', 'keyword', None)), ('Reshape', 'a'), None),), (), 'R', '', ())),
    ('mlx.core.stop_gradient', ('function', 'Transfer', (), (), (((('a',), ('stream', 'keyword', None)), ('Same', 'a'), None),), (), 'R', '', ())),
    ('mlx.core.sum', ('function', 'Transfer', (), (), (((('a',), ('axis', 'plain', None), ('keepdims', 'plain', False), ('stream', 'keyword', None)), ('Sum', 'a', 'axis', 'keepdims'), None),), (), 'R', '', ())),
    ('mlx.core.tanh', ('function', 'Activation', (), (), (((('a',), ('stream', 'keyword', None)), ('BoundedPM1',), None),), (), 'R', '', ())),
    ('mlx.core.value_and_grad', ('function', 'Transfer', (), (), (((('fun',), ('argnums', 'plain', None), ('argnames', 'plain', '<opaque>')), ('ValueAndGrad', 'fun'), None),), (), 'R', '', ())),
    ('mlx.nn.Conv2d', ('class', 'Layer', ('mlx.nn.Module',), (((('in_channels',), ('out_channels',), ('kernel_size',), ('stride', 'plain', 1), ('padding', 'plain', 0), ('dilation', 'plain', 1), ('groups', 'plain', 1), ('bias', 'plain', True)), None, None),), (((('x',),), ('Scores', -1, 'out_channels'), None),), (), 'R', '', ())),
    ('mlx.nn.Dropout', ('class', 'Layer', ('mlx.nn.Module',), (((('p', 'plain', 0.5),), None, None),), (((('x',),), ('Dropout', 'x'), None),), (), 'R', '', ())),
    ('mlx.nn.Linear', ('class', 'Layer', ('mlx.nn.Module',), (((('input_dims',), ('output_dims',), ('bias', 'plain', True)), None, None),), (((('x',),), ('Scores', -1, 'output_dims'), None),), (), 'R', '', ())),
    ('mlx.nn.LogSoftmax', ('class', 'Activation', ('mlx.nn.Module',), (((), None, None),), (((('x', 'plain', '<required>', 'input'),), ('LogProbCat', -1), None),), (), 'R', '', ())),
    ('mlx.nn.Module', ('class', 'Model', (), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (), (), 'R', '', ())),
    ('mlx.nn.ReLU', ('class', 'Activation', ('mlx.nn.Module',), (((), None, None),), (((('x',),), ('Rectified',), None),), (), 'R', '', ())),
    ('mlx.nn.Sequential', ('class', 'Container', ('mlx.nn.Module',), (((('modules', '*', '<opaque>'),), None, None),), (), (), 'R', '', ())),
    ('mlx.nn.Sigmoid', ('class', 'Activation', ('mlx.nn.Module',), (((), None, None),), (((('x', 'plain', '<required>', 'input'),), ('ProbEl',), None),), (), 'R', '', ())),
    ('mlx.nn.Softmax', ('class', 'Activation', ('mlx.nn.Module',), (((), None, None),), (((('x', 'plain', '<required>', 'input'),), ('ProbCat', -1), None),), (), 'R', '', ())),
    ('mlx.nn.gelu', ('function', 'Activation', (), (), (((('x',),), ('HalfBounded',), None),), (), 'R', '', ())),
    ('mlx.nn.log_sigmoid', ('function', 'Activation', (), (), (((('x', 'plain', '<required>', 'input'),), ('LogProbEl',), None),), (), 'R', '', ())),
    ('mlx.nn.log_softmax', ('function', 'Activation', (), (), (((('x', 'plain', '<required>', 'input'), ('axis', 'plain', -1)), ('LogProbCat', 'axis'), None),), (), 'R', '', ())),
    ('mlx.nn.losses.binary_cross_entropy', ('function', 'Loss', (), (), (((('inputs', 'plain', '<required>', 'prediction', 'logits_el'), ('targets', 'plain', '<required>', 'target'), ('weights', 'plain', None), ('with_logits', 'plain', True, 'flag', None, None, (True,)), ('reduction', 'plain', 'mean')), ('LossValue',), None), ((('inputs', 'plain', '<required>', 'prediction', 'prob_el'), ('targets', 'plain', '<required>', 'target'), ('weights', 'plain', None), ('with_logits', 'plain', True, 'flag', None, None, (False,)), ('reduction', 'plain', 'mean')), ('LossValue',), None)), (), 'V', 'Takes logits unless told otherwise, unlike its namesake in torch.', ())),
    ('mlx.nn.losses.cross_entropy', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', 'axis'), ('targets', 'plain', '<required>', 'target'), ('weights', 'plain', None), ('axis', 'plain', -1), ('label_smoothing', 'plain', 0.0), ('reduction', 'plain', 'none')), ('LossValue',), None),), (), 'V', '', ())),
    ('mlx.nn.losses.kl_div_loss', ('function', 'Loss', (), (), (((('inputs', 'plain', '<required>', 'prediction', 'logprob_cat', 'axis'), ('targets', 'plain', '<required>', 'target'), ('axis', 'plain', -1), ('reduction', 'plain', 'none')), ('LossValue',), None),), (), 'S', 'Both sides are log-probabilities.', ())),
    ('mlx.nn.losses.l1_loss', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target'), ('reduction', 'plain', 'mean')), ('LossValue',), None),), (), 'V', '', ())),
    ('mlx.nn.losses.mse_loss', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target'), ('reduction', 'plain', 'mean')), ('LossValue',), None),), (), 'V', '', ())),
    ('mlx.nn.losses.nll_loss', ('function', 'Loss', (), (), (((('inputs', 'plain', '<required>', 'prediction', 'logprob_cat', 'axis'), ('targets', 'plain', '<required>', 'target'), ('axis', 'plain', -1), ('reduction', 'plain', 'none')), ('LossValue',), None),), (), 'V', '', ())),
    ('mlx.nn.relu', ('function', 'Activation', (), (), (((('x',),), ('Rectified',), None),), (), 'R', '', ())),
    ('mlx.nn.relu6', ('function', 'Activation', (), (), (((('x',),), ('Bounded06',), None),), (), 'R', '', ())),
    ('mlx.nn.sigmoid', ('function', 'Activation', (), (), (((('x', 'plain', '<required>', 'input'),), ('ProbEl',), None),), (), 'R', '', ())),
    ('mlx.nn.silu', ('function', 'Activation', (), (), (((('x',),), ('HalfBounded',), None),), (), 'R', '', ())),
    ('mlx.nn.softmax', ('function', 'Activation', (), (), (((('x', 'plain', '<required>', 'input'), ('axis', 'plain', -1)), ('ProbCat', 'axis'), None),), (), 'R', '', ())),
    ('mlx.nn.softplus', ('function', 'Activation', (), (), (((('x',),), ('NonNeg',), None),), (), 'R', '', ())),
    ('mlx.nn.value_and_grad', ('function', 'Transfer', (), (), (((('model',), ('fn',)), ('ValueAndGrad', 'fn'), None),), (), 'R', '', ())),
)
ALIASES: tuple[Any, ...] = (
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'mlx',
    'mlx.core',
    'mlx.nn',
    'mlx.nn.losses',
)
