"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('kornia.losses.BinaryFocalLossWithLogits', ('class', 'Loss', ('torch.nn.Module',), (((('alpha',), ('gamma', 'plain', 2.0), ('reduction', 'plain', 'none'), ('pos_weight', 'plain', None), ('weight', 'plain', None), ('ignore_index', 'plain', -100)), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.CauchyLoss', ('class', 'Loss', ('torch.nn.Module',), (((('reduction', 'plain', 'none'),), None, None),), (((('img1', 'plain', '<required>', 'prediction', 'any'), ('img2', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.CharbonnierLoss', ('class', 'Loss', ('torch.nn.Module',), (((('reduction', 'plain', 'none'),), None, None),), (((('img1', 'plain', '<required>', 'prediction', 'any'), ('img2', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.DiceLoss', ('class', 'Loss', ('torch.nn.Module',), (((('average', 'plain', 'micro'), ('eps', 'plain', 1e-08), ('weight', 'plain', None), ('ignore_index', 'plain', -100)), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Always applies the softmax itself.', ())),
    ('kornia.losses.FocalLoss', ('class', 'Loss', ('torch.nn.Module',), (((('alpha',), ('gamma', 'plain', 2.0), ('reduction', 'plain', 'none'), ('weight', 'plain', None), ('ignore_index', 'plain', -100)), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Always applies the softmax itself.', ())),
    ('kornia.losses.GemanMcclureLoss', ('class', 'Loss', ('torch.nn.Module',), (((('reduction', 'plain', 'none'),), None, None),), (((('img1', 'plain', '<required>', 'prediction', 'any'), ('img2', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.LovaszHingeLoss', ('class', 'Loss', ('torch.nn.Module',), (((), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.LovaszSoftmaxLoss', ('class', 'Loss', ('torch.nn.Module',), (((('weight', 'plain', None),), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Always applies the softmax itself.', ())),
    ('kornia.losses.MS_SSIMLoss', ('class', 'Loss', ('torch.nn.Module',), (((('sigmas', 'plain', (0.5, 1.0, 2.0, 4.0, 8.0)), ('data_range', 'plain', 1.0), ('K', 'plain', (0.01, 0.03)), ('alpha', 'plain', 0.025), ('compensation', 'plain', 200.0), ('reduction', 'plain', 'mean')), None, None),), (((('img1', 'plain', '<required>', 'prediction', 'any'), ('img2', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.PSNRLoss', ('class', 'Loss', ('torch.nn.Module',), (((('max_val',),), None, None),), (((('image', 'plain', '<required>', 'prediction', 'any'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.SSIM3DLoss', ('class', 'Loss', ('torch.nn.Module',), (((('window_size',), ('max_val', 'plain', 1.0), ('eps', 'plain', 1e-12), ('reduction', 'plain', 'mean'), ('padding', 'plain', 'same')), None, None),), (((('img1', 'plain', '<required>', 'prediction', 'any'), ('img2', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.SSIMLoss', ('class', 'Loss', ('torch.nn.Module',), (((('window_size',), ('max_val', 'plain', 1.0), ('eps', 'plain', 1e-12), ('reduction', 'plain', 'mean'), ('padding', 'plain', 'same')), None, None),), (((('img1', 'plain', '<required>', 'prediction', 'any'), ('img2', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.TverskyLoss', ('class', 'Loss', ('torch.nn.Module',), (((('alpha',), ('beta',), ('eps', 'plain', 1e-08), ('ignore_index', 'plain', -100)), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Always applies the softmax itself.', ())),
    ('kornia.losses.WelschLoss', ('class', 'Loss', ('torch.nn.Module',), (((('reduction', 'plain', 'none'),), None, None),), (((('img1', 'plain', '<required>', 'prediction', 'any'), ('img2', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.binary_focal_loss_with_logits', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target'), ('alpha', 'plain', 0.25), ('gamma', 'plain', 2.0), ('reduction', 'plain', 'none'), ('pos_weight', 'plain', None), ('weight', 'plain', None), ('ignore_index', 'plain', -100)), ('LossValue',), None),), (), 'V', '', ())),
    ('kornia.losses.cauchy_loss', ('function', 'Loss', (), (), (((('img1', 'plain', '<required>', 'prediction', 'any'), ('img2', 'plain', '<required>', 'target'), ('reduction', 'plain', 'none')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.charbonnier_loss', ('function', 'Loss', (), (), (((('img1', 'plain', '<required>', 'prediction', 'any'), ('img2', 'plain', '<required>', 'target'), ('reduction', 'plain', 'none')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.dice_loss', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target'), ('average', 'plain', 'micro'), ('eps', 'plain', 1e-08), ('weight', 'plain', None), ('ignore_index', 'plain', -100)), ('LossValue',), None),), (), 'V', 'Always applies the softmax itself.', ())),
    ('kornia.losses.focal_loss', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target'), ('alpha',), ('gamma', 'plain', 2.0), ('reduction', 'plain', 'none'), ('weight', 'plain', None), ('ignore_index', 'plain', -100)), ('LossValue',), None),), (), 'V', 'Always applies the softmax itself.', ())),
    ('kornia.losses.geman_mcclure_loss', ('function', 'Loss', (), (), (((('img1', 'plain', '<required>', 'prediction', 'any'), ('img2', 'plain', '<required>', 'target'), ('reduction', 'plain', 'none')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.js_div_loss_2d', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'prob_cat'), ('target', 'plain', '<required>', 'target'), ('reduction', 'plain', 'mean')), ('LossValue',), None),), (), 'S', 'Takes heat maps that sum to one over the image.', ())),
    ('kornia.losses.kl_div_loss_2d', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'prob_cat'), ('target', 'plain', '<required>', 'target'), ('reduction', 'plain', 'mean')), ('LossValue',), None),), (), 'S', 'Takes heat maps that sum to one over the image.', ())),
    ('kornia.losses.lovasz_hinge_loss', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'R', '', ())),
    ('kornia.losses.lovasz_softmax_loss', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target'), ('weight', 'plain', None)), ('LossValue',), None),), (), 'V', 'Always applies the softmax itself.', ())),
    ('kornia.losses.psnr_loss', ('function', 'Loss', (), (), (((('image', 'plain', '<required>', 'prediction', 'any'), ('target', 'plain', '<required>', 'target'), ('max_val',)), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.ssim3d_loss', ('function', 'Loss', (), (), (((('img1', 'plain', '<required>', 'prediction', 'any'), ('img2', 'plain', '<required>', 'target'), ('window_size',), ('max_val', 'plain', 1.0), ('eps', 'plain', 1e-12), ('reduction', 'plain', 'mean'), ('padding', 'plain', 'same')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.ssim_loss', ('function', 'Loss', (), (), (((('img1', 'plain', '<required>', 'prediction', 'any'), ('img2', 'plain', '<required>', 'target'), ('window_size',), ('max_val', 'plain', 1.0), ('eps', 'plain', 1e-12), ('reduction', 'plain', 'mean'), ('padding', 'plain', 'same')), ('LossValue',), None),), (), 'S', '', ())),
    ('kornia.losses.tversky_loss', ('function', 'Loss', (), (), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target'), ('alpha',), ('beta',), ('eps', 'plain', 1e-08), ('ignore_index', 'plain', -100)), ('LossValue',), None),), (), 'V', 'Always applies the softmax itself.', ())),
    ('kornia.losses.welsch_loss', ('function', 'Loss', (), (), (((('img1', 'plain', '<required>', 'prediction', 'any'), ('img2', 'plain', '<required>', 'target'), ('reduction', 'plain', 'none')), ('LossValue',), None),), (), 'S', '', ())),
)
ALIASES: tuple[Any, ...] = (
    ('kornia.losses.Module', 'torch.nn.Module'),
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'kornia',
    'kornia.losses',
)
