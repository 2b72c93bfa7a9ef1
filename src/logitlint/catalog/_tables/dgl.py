"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('dgl.nn.AGNNConv', ('class', 'Layer', ('torch.nn.Module',), (((('init_beta', 'plain', 1.0), ('learn_beta', 'plain', True), ('allow_zero_in_degree', 'plain', False)), None, None),), (((('graph',), ('feat',)), ('Mean', 'feat'), None),), (), 'S', 'Means weighted by a softmax.', ())),
    ('dgl.nn.APPNPConv', ('class', 'Layer', ('torch.nn.Module',), (((('k',), ('alpha',), ('edge_drop', 'plain', 0.0)), None, None),), (((('graph',), ('feat',), ('edge_weight', 'plain', None)), ('Normalised', 'feat'), None),), (), 'S', 'Sums over neighbours, whose weights need not sum to one.', ())),
    ('dgl.nn.AvgPooling', ('class', 'Layer', ('torch.nn.Module',), (((), None, None),), (((('graph',), ('feat',)), ('Mean', 'feat'), None),), (), 'S', '', ())),
    ('dgl.nn.ChebConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('out_feats',), ('k',), ('activation', 'plain', 'relu'), ('bias', 'plain', True)), None, None),), (((('graph',), ('feat',), ('lambda_max', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'out_feats')), None),), (), 'S', 'A ReLU unless another activation is given.', ())),
    ('dgl.nn.DenseChebConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('out_feats',), ('k',), ('bias', 'plain', True)), None, None),), (((('adj',), ('feat',), ('lambda_max', 'plain', None)), ('Scores', -1, 'out_feats'), None),), (), 'S', '', ())),
    ('dgl.nn.DenseGraphConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('out_feats',), ('norm', 'plain', 'both'), ('bias', 'plain', True), ('activation', 'plain', None)), None, None),), (((('adj',), ('feat',)), ('Apply', 'activation', ('Scores', -1, 'out_feats')), None),), (), 'S', '', ())),
    ('dgl.nn.DenseSAGEConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('out_feats',), ('feat_drop', 'plain', 0.0), ('bias', 'plain', True), ('norm', 'plain', None), ('activation', 'plain', None)), None, None),), (((('adj',), ('feat',), ('norm', 'keyword', '<required>', 'flag', None, None, (None,))), ('Apply', 'activation', ('Scores', -1, 'out_feats')), None),), (), 'S', '', ())),
    ('dgl.nn.DotGatConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('out_feats',), ('num_heads',), ('allow_zero_in_degree', 'plain', False)), None, None),), (((('graph',), ('feat',), ('get_attention', 'plain', False, 'flag', None, None, (False,))), ('Scores', -1), None), ((('graph',), ('feat',), ('get_attention', 'plain', False, 'flag', None, None, (True,))), ('Pair', ('Scores', -1), ('Unknown',)), None)), (), 'S', '', ())),
    ('dgl.nn.EGATConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_node_feats',), ('in_edge_feats',), ('out_node_feats',), ('out_edge_feats',), ('num_heads',), ('bias', 'plain', True)), None, None),), (((('graph',), ('nfeats',), ('efeats',), ('edge_weight', 'plain', None), ('get_attention', 'plain', False, 'flag', None, None, (False,))), ('Pair', ('Scores', -1), ('Unknown',)), None),), (), 'S', 'What it gives of the edges is behind a leaky ReLU.', ())),
    ('dgl.nn.EdgeConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feat',), ('out_feat',), ('batch_norm', 'plain', False), ('allow_zero_in_degree', 'plain', False)), None, None),), (((('g',), ('feat',)), ('Scores', -1, 'out_feat'), None),), (), 'S', '', ())),
    ('dgl.nn.EdgeGATConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('edge_feats',), ('out_feats',), ('num_heads',), ('feat_drop', 'plain', 0.0), ('attn_drop', 'plain', 0.0), ('negative_slope', 'plain', 0.2), ('residual', 'plain', True), ('activation', 'plain', None), ('allow_zero_in_degree', 'plain', False), ('bias', 'plain', True)), None, None),), (((('graph',), ('feat',), ('edge_feat',), ('get_attention', 'plain', False, 'flag', None, None, (False,))), ('Apply', 'activation', ('Scores', -1)), None), ((('graph',), ('feat',), ('edge_feat',), ('get_attention', 'plain', False, 'flag', None, None, (True,))), ('Pair', ('Apply', 'activation', ('Scores', -1)), ('Unknown',)), None)), (), 'S', '', ())),
    ('dgl.nn.EdgePredictor', ('class', 'Layer', ('torch.nn.Module',), (((('op',), ('in_feats', 'plain', None), ('out_feats', 'plain', None), ('bias', 'plain', False)), None, None),), (((('h_src',), ('h_dst',), ('op', 'keyword', '<required>', 'flag', None, None, ('dot',))), ('Scores',), None),), (), 'S', 'An inner product; a cosine is bounded, unless a linear map follows.', ())),
    ('dgl.nn.GATConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('out_feats',), ('num_heads',), ('feat_drop', 'plain', 0.0), ('attn_drop', 'plain', 0.0), ('negative_slope', 'plain', 0.2), ('residual', 'plain', False), ('activation', 'plain', None), ('allow_zero_in_degree', 'plain', False), ('bias', 'plain', True)), None, None),), (((('graph',), ('feat',), ('edge_weight', 'plain', None), ('get_attention', 'plain', False, 'flag', None, None, (False,))), ('Apply', 'activation', ('Scores', -1)), None), ((('graph',), ('feat',), ('edge_weight', 'plain', None), ('get_attention', 'plain', False, 'flag', None, None, (True,))), ('Pair', ('Apply', 'activation', ('Scores', -1)), ('Unknown',)), None)), (), 'S', '', ())),
    ('dgl.nn.GATv2Conv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('out_feats',), ('num_heads',), ('feat_drop', 'plain', 0.0), ('attn_drop', 'plain', 0.0), ('negative_slope', 'plain', 0.2), ('residual', 'plain', False), ('activation', 'plain', None), ('allow_zero_in_degree', 'plain', False), ('bias', 'plain', True), ('share_weights', 'plain', False)), None, None),), (((('graph',), ('feat',), ('get_attention', 'plain', False, 'flag', None, None, (False,))), ('Apply', 'activation', ('Scores', -1)), None), ((('graph',), ('feat',), ('get_attention', 'plain', False, 'flag', None, None, (True,))), ('Pair', ('Apply', 'activation', ('Scores', -1)), ('Unknown',)), None)), (), 'S', '', ())),
    ('dgl.nn.GCN2Conv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('layer',), ('alpha', 'plain', 0.1), ('lambda_', 'plain', 1), ('project_initial_features', 'plain', True), ('allow_zero_in_degree', 'plain', False), ('bias', 'plain', True), ('activation', 'plain', None)), None, None),), (((('graph',), ('feat',), ('feat_0',), ('edge_weight', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'in_feats')), None),), (), 'S', '', ())),
    ('dgl.nn.GINConv', ('class', 'Layer', ('torch.nn.Module',), (((('apply_func', 'plain', None), ('aggregator_type', 'plain', 'sum'), ('init_eps', 'plain', 0), ('learn_eps', 'plain', False), ('activation', 'plain', None)), None, None),), (((('graph',), ('feat',), ('edge_weight', 'plain', None)), ('Apply', 'activation', ('Call', 'apply_func')), None),), (), 'S', 'What reaches the inner function is a sum over neighbours.', ())),
    ('dgl.nn.GINEConv', ('class', 'Layer', ('torch.nn.Module',), (((('apply_func', 'plain', None), ('init_eps', 'plain', 0), ('learn_eps', 'plain', False)), None, None),), (((('graph',), ('node_feat',), ('edge_feat',)), ('Call', 'apply_func'), None),), (), 'S', '', ())),
    ('dgl.nn.GMMConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('out_feats',), ('dim',), ('n_kernels',), ('aggregator_type', 'plain', 'sum'), ('residual', 'plain', False), ('bias', 'plain', True), ('allow_zero_in_degree', 'plain', False)), None, None),), (((('graph',), ('feat',), ('pseudo',)), ('Scores', -1, 'out_feats'), None),), (), 'S', '', ())),
    ('dgl.nn.GraphConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('out_feats',), ('norm', 'plain', 'both'), ('weight', 'plain', True), ('bias', 'plain', True), ('activation', 'plain', None), ('allow_zero_in_degree', 'plain', False)), None, None),), (((('graph',), ('feat',), ('weight', 'plain', None), ('edge_weight', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'out_feats')), None),), (), 'S', '', ())),
    ('dgl.nn.JumpingKnowledge', ('class', 'Layer', ('torch.nn.Module',), (((('mode', 'plain', 'cat'), ('in_feats', 'plain', None), ('num_layers', 'plain', None)), None, None),), (((('feat_list',), ('mode', 'keyword', '<required>', 'flag', None, None, ('cat',))), ('Join', 'feat_list', -1), None),), (), 'S', '', ())),
    ('dgl.nn.MaxPooling', ('class', 'Layer', ('torch.nn.Module',), (((), None, None),), (((('graph',), ('feat',)), ('Max', 'feat'), None),), (), 'S', '', ())),
    ('dgl.nn.NNConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('out_feats',), ('edge_func',), ('aggregator_type', 'plain', 'mean'), ('residual', 'plain', False), ('bias', 'plain', True)), None, None),), (((('graph',), ('feat',), ('efeat',), ('bias', 'keyword', '<required>', 'flag', None, None, (True,))), ('Scores', -1, 'out_feats'), None),), (), 'S', 'The inner function makes the weights.', ())),
    ('dgl.nn.RelGraphConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feat',), ('out_feat',), ('num_rels',), ('regularizer', 'plain', None), ('num_bases', 'plain', None), ('bias', 'plain', True), ('activation', 'plain', None), ('self_loop', 'plain', True), ('dropout', 'plain', 0.0), ('layer_norm', 'plain', False)), None, None),), (((('g',), ('feat',), ('etypes',), ('norm', 'plain', None), ('presorted', 'keyword', False)), ('Apply', 'activation', ('Scores', -1, 'out_feat')), None),), (), 'S', '', ())),
    ('dgl.nn.SAGEConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('out_feats',), ('aggregator_type',), ('feat_drop', 'plain', 0.0), ('bias', 'plain', True), ('norm', 'plain', None), ('activation', 'plain', None)), None, None),), (((('graph',), ('feat',), ('edge_weight', 'plain', None), ('norm', 'keyword', '<required>', 'flag', None, None, (None,))), ('Apply', 'activation', ('Scores', -1, 'out_feats')), None),), (), 'S', 'A norm comes behind the activation.', ())),
    ('dgl.nn.SGConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('out_feats',), ('k', 'plain', 1), ('cached', 'plain', False), ('bias', 'plain', True), ('norm', 'plain', None), ('allow_zero_in_degree', 'plain', False)), None, None),), (((('graph',), ('feat',), ('edge_weight', 'plain', None)), ('Scores', -1, 'out_feats'), None),), (), 'S', '', ())),
    ('dgl.nn.SumPooling', ('class', 'Layer', ('torch.nn.Module',), (((), None, None),), (((('graph',), ('feat',)), ('Normalised', 'feat'), None),), (), 'S', '', ())),
    ('dgl.nn.TAGConv', ('class', 'Layer', ('torch.nn.Module',), (((('in_feats',), ('out_feats',), ('k', 'plain', 2), ('bias', 'plain', True), ('activation', 'plain', None)), None, None),), (((('graph',), ('feat',), ('edge_weight', 'plain', None)), ('Apply', 'activation', ('Scores', -1, 'out_feats')), None),), (), 'S', '', ())),
    ('dgl.nn.TypedLinear', ('class', 'Layer', ('torch.nn.Module',), (((('in_size',), ('out_size',), ('num_types',), ('regularizer', 'plain', None), ('num_bases', 'plain', None)), None, None),), (((('x',), ('x_type',), ('sorted_by_type', 'plain', False)), ('Scores', -1, 'out_size'), None),), (), 'S', '', ())),
    ('dgl.ops.edge_softmax', ('function', 'Activation', (), (), (((('graph',), ('logits',), ('eids', 'plain', '__ALL__'), ('norm_by', 'plain', 'dst')), ('Unit',), None),), (), 'S', "The numbers of each node's edges sum to one, which are not those along an axis.", ())),
)
ALIASES: tuple[Any, ...] = (
    ('dgl.nn.Module', 'torch.nn.Module'),
    ('dgl.nn.edge_softmax', 'dgl.ops.edge_softmax'),
    ('dgl.nn.functional.edge_softmax', 'dgl.ops.edge_softmax'),
)
FALLBACKS: tuple[Any, ...] = (
    ('dgl.nn.pytorch', ('dgl.nn',)),
    ('dgl.nn.pytorch.conv', ('dgl.nn',)),
    ('dgl.nn.pytorch.conv.gatconv', ('dgl.nn',)),
    ('dgl.nn.pytorch.conv.ginconv', ('dgl.nn',)),
    ('dgl.nn.pytorch.conv.graphconv', ('dgl.nn',)),
    ('dgl.nn.pytorch.conv.relgraphconv', ('dgl.nn',)),
    ('dgl.nn.pytorch.conv.sageconv', ('dgl.nn',)),
    ('dgl.nn.pytorch.glob', ('dgl.nn',)),
    ('dgl.nn.pytorch.linear', ('dgl.nn',)),
    ('dgl.nn.pytorch.link', ('dgl.nn',)),
    ('dgl.nn.pytorch.softmax', ('dgl.nn',)),
    ('dgl.nn.pytorch.utils', ('dgl.nn',)),
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'dgl',
    'dgl.nn',
    'dgl.nn.functional',
    'dgl.nn.pytorch',
    'dgl.nn.pytorch.conv',
    'dgl.nn.pytorch.conv.gatconv',
    'dgl.nn.pytorch.conv.ginconv',
    'dgl.nn.pytorch.conv.graphconv',
    'dgl.nn.pytorch.conv.relgraphconv',
    'dgl.nn.pytorch.conv.sageconv',
    'dgl.nn.pytorch.glob',
    'dgl.nn.pytorch.linear',
    'dgl.nn.pytorch.link',
    'dgl.nn.pytorch.softmax',
    'dgl.nn.pytorch.utils',
    'dgl.ops',
)
