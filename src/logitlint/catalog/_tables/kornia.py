"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('kornia.losses.BinaryFocalLossWithLogits', ('class', 'Loss', ('torch.nn.Module',), (((('alpha',), ('gamma', 'plain', 2.0), ('reduction', 'plain', 'none'), ('pos_weight', 'plain', None), ('weight', 'plain', None), ('ignore_index', 'plain', -100)), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.DiceLoss', ('class', 'Loss', ('torch.nn.Module',), (((('average', 'plain', 'micro'), ('eps', 'plain', 1e-08), ('weight', 'plain', None), ('ignore_index', 'plain', -100)), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Always applies the softmax itself.', ())),
    ('kornia.losses.FocalLoss', ('class', 'Loss', ('torch.nn.Module',), (((('alpha',), ('gamma', 'plain', 2.0), ('reduction', 'plain', 'none'), ('weight', 'plain', None), ('ignore_index', 'plain', -100)), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Always applies the softmax itself.', ())),
    ('kornia.losses.LovaszHingeLoss', ('class', 'Loss', ('torch.nn.Module',), (((), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.LovaszSoftmaxLoss', ('class', 'Loss', ('torch.nn.Module',), (((('weight', 'plain', None),), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Always applies the softmax itself.', ())),
    ('kornia.losses.TverskyLoss', ('class', 'Loss', ('torch.nn.Module',), (((('alpha',), ('beta',), ('eps', 'plain', 1e-08), ('ignore_index', 'plain', -100)), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Always applies the softmax itself.', ())),
    ('kornia.losses.binary_focal_loss_with_logits', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target'), ('alpha', 'plain', 0.25), ('gamma', 'plain', 2.0), ('reduction', 'plain', 'none'), ('pos_weight', 'plain', None), ('weight', 'plain', None), ('ignore_index', 'plain', -100)), ('LossValue',), None),), (), 'V', '', ())),
    ('kornia.losses.dice_loss', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target'), ('average', 'plain', 'micro'), ('eps', 'plain', 1e-08), ('weight', 'plain', None), ('ignore_index', 'plain', -100)), ('LossValue',), None),), (), 'V', 'Always applies the softmax itself.', ())),
    ('kornia.losses.focal_loss', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target'), ('alpha',), ('gamma', 'plain', 2.0), ('reduction', 'plain', 'none'), ('weight', 'plain', None), ('ignore_index', 'plain', -100)), ('LossValue',), None),), (), 'V', 'Always applies the softmax itself.', ())),
    ('kornia.losses.js_div_loss_2d', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'prob_cat'), ('target', 'plain', '<required>', 'target'), ('reduction', 'plain', 'mean')), ('LossValue',), None),), (), 'S', 'Takes heat maps that sum to one over the image.', ())),
    ('kornia.losses.kl_div_loss_2d', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'prob_cat'), ('target', 'plain', '<required>', 'target'), ('reduction', 'plain', 'mean')), ('LossValue',), None),), (), 'S', 'Takes heat maps that sum to one over the image.', ())),
    ('kornia.losses.lovasz_hinge_loss', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'R', '', ())),
    ('kornia.losses.lovasz_softmax_loss', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target'), ('weight', 'plain', None)), ('LossValue',), None),), (), 'V', 'Always applies the softmax itself.', ())),
    ('kornia.losses.tversky_loss', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target'), ('alpha',), ('beta',), ('eps', 'plain', 1e-08), ('ignore_index', 'plain', -100)), ('LossValue',), None),), (), 'V', 'Always applies the softmax itself.', ())),
)
ALIASES: tuple[Any, ...] = (
    ('kornia.losses.Module', 'torch.nn.Module'),
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'kornia',
    'kornia.losses',
)
