"""S"""

class Categorical(Distribution):
    """S The first position is logits."""
    def __init__(self, logits: LogitsCat[-1] = None, probs: ProbCat[-1] = None, dtype=..., validate_args=False, allow_nan_stats=True, name='Categorical'): ...
class Bernoulli(Distribution):
    """S The first position is logits."""
    def __init__(self, logits: LogitsEl = None, probs: ProbEl = None, dtype=..., validate_args=False, allow_nan_stats=True, name='Bernoulli'): ...
class Multinomial(Distribution):
    """S The first position is logits."""
    def __init__(self, total_count, logits: LogitsCat[-1] = None, probs: ProbCat[-1] = None, validate_args=False, allow_nan_stats=True, name='Multinomial'): ...
