"""S"""

def categorical(key, logits: LogitsCat["axis"], axis=-1, shape=None, replace=True, mode=None) -> Sample:
    """S Takes logits."""
def bernoulli(key, p: ProbEl = 0.5, shape=None, mode="low") -> Sample:
    """S Takes probabilities."""
def normal(key, shape=(), dtype=...) -> Unknown: ...
def uniform(key, shape=(), dtype=..., minval=0.0, maxval=1.0) -> Unknown: ...
