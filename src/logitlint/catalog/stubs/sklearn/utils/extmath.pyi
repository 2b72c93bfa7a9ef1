"""S"""

def softmax(X: Logits, copy=True) -> ProbCat[1]:
    """S"""
