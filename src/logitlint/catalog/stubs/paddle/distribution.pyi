"""S"""

class Bernoulli(Distribution):
    """S"""
    def __init__(self, probs: ProbEl, name=None): ...
class ContinuousBernoulli(Distribution):
    """S"""
    def __init__(self, probs: ProbEl, lims=(0.499, 0.501)): ...
class Geometric(Distribution):
    """S"""
    def __init__(self, probs: ProbEl): ...
class Binomial(Distribution):
    """S"""
    def __init__(self, total_count, probs: ProbEl): ...
class Multinomial(Distribution):
    """S Divides them by their sum."""
    def __init__(self, total_count, probs: ProbCat[-1]): ...
