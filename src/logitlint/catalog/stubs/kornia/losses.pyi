"""S"""

from torch.nn import Module as Module

def focal_loss(pred: LogitsCat[1], target: Target, alpha, gamma=2.0, reduction='none', weight=None, ignore_index=-100) -> LossValue:
    """V Always applies the softmax itself."""
def binary_focal_loss_with_logits(pred: LogitsEl, target: Target, alpha=0.25, gamma=2.0, reduction='none', pos_weight=None, weight=None, ignore_index=-100) -> LossValue:
    """V"""
def dice_loss(pred: LogitsCat[1], target: Target, average='micro', eps=1e-08, weight=None, ignore_index=-100) -> LossValue:
    """V Always applies the softmax itself."""
def tversky_loss(pred: LogitsCat[1], target: Target, alpha, beta, eps=1e-08, ignore_index=-100) -> LossValue:
    """V Always applies the softmax itself."""
def lovasz_softmax_loss(pred: LogitsCat[1], target: Target, weight=None) -> LossValue:
    """V Always applies the softmax itself."""
def lovasz_hinge_loss(pred: LogitsEl, target: Target) -> LossValue:
    """R"""
def kl_div_loss_2d(pred: ProbCat, target: Target, reduction='mean') -> LossValue:
    """S Takes heat maps that sum to one over the image."""
def js_div_loss_2d(pred: ProbCat, target: Target, reduction='mean') -> LossValue:
    """S Takes heat maps that sum to one over the image."""
class FocalLoss(Loss[LogitsCat[1]], Module):
    """S Always applies the softmax itself."""
    def __init__(self, alpha, gamma=2.0, reduction='none', weight=None, ignore_index=-100): ...
    def __call__(self, pred: K, target: Target) -> LossValue: ...
class BinaryFocalLossWithLogits(Loss[LogitsEl], Module):
    """S"""
    def __init__(self, alpha, gamma=2.0, reduction='none', pos_weight=None, weight=None, ignore_index=-100): ...
    def __call__(self, pred: K, target: Target) -> LossValue: ...
class DiceLoss(Loss[LogitsCat[1]], Module):
    """S Always applies the softmax itself."""
    def __init__(self, average='micro', eps=1e-08, weight=None, ignore_index=-100): ...
    def __call__(self, pred: K, target: Target) -> LossValue: ...
class TverskyLoss(Loss[LogitsCat[1]], Module):
    """S Always applies the softmax itself."""
    def __init__(self, alpha, beta, eps=1e-08, ignore_index=-100): ...
    def __call__(self, pred: K, target: Target) -> LossValue: ...
class LovaszSoftmaxLoss(Loss[LogitsCat[1]], Module):
    """S Always applies the softmax itself."""
    def __init__(self, weight=None): ...
    def __call__(self, pred: K, target: Target) -> LossValue: ...
class LovaszHingeLoss(Loss[LogitsEl], Module):
    """S"""
    def __init__(self): ...
    def __call__(self, pred: K, target: Target) -> LossValue: ...
