"""S"""

from torch.nn import Module as Module

class FocalLoss(Loss[Prob], Module):
    """V Asserts that its input lies in [0, 1]."""
    def __init__(self, gamma, weights=None, reduction='mean', ignore_index=-100, eps=1e-16): ...
    def __call__(self, x: K, target: Target) -> LossValue: ...
