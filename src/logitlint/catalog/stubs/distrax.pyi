"""R"""

class Categorical(Distribution):
    """R The first position is logits (that of torch is probs)."""
    probs: ProbCat[-1]
    logits: LogProbCat[-1]
    def __init__(self, logits: LogitsCat[-1]=None, probs: ProbCat[-1]=None, dtype=...): ...
class OneHotCategorical(Distribution):
    """R The first position is logits (that of torch is probs)."""
    probs: ProbCat[-1]
    logits: LogProbCat[-1]
    def __init__(self, logits: LogitsCat[-1]=None, probs: ProbCat[-1]=None, dtype=...): ...
class Bernoulli(Distribution):
    """R The first position is logits (that of torch is probs)."""
    def __init__(self, logits: LogitsEl=None, probs: ProbEl=None, dtype=...): ...
class Multinomial(Distribution):
    """S The first position is logits (that of torch is the number of draws)."""
    def __init__(self, total_count, logits: LogitsCat[-1] = None, probs: ProbCat[-1] = None, dtype=...): ...
class Softmax(Distribution):
    """S A Categorical of the logits, divided by the temperature."""
    def __init__(self, logits: LogitsCat[-1], temperature=1.0, dtype=...): ...
