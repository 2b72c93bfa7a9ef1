"""S"""

def sigmoid_focal_loss(inputs: LogitsEl, targets: Target, alpha=0.25, gamma=2, reduction="none") -> LossValue:
    """V"""
