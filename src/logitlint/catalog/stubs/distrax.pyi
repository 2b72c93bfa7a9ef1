"""R"""

class Categorical(Distribution):
    """R The first position is logits (that of torch is probs)."""
    def __init__(self, logits: LogitsCat[-1]=None, probs: ProbCat[-1]=None, dtype=...): ...
class OneHotCategorical(Distribution):
    """R The first position is logits (that of torch is probs)."""
    def __init__(self, logits: LogitsCat[-1]=None, probs: ProbCat[-1]=None, dtype=...): ...
class Bernoulli(Distribution):
    """R The first position is logits (that of torch is probs)."""
    def __init__(self, logits: LogitsEl=None, probs: ProbEl=None, dtype=...): ...
