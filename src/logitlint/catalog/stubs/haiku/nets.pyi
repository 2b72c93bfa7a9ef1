"""R"""

from haiku import Module as Module

class MLP(Layer, Module):
    """R Scores unless activate_final is set; then a ReLU unless activation is given."""
    def __init__(self, output_sizes, w_init=None, b_init=None, with_bias=True, activation=..., activate_final=False, name=None): ...
    @overload
    def __call__(self, inputs, dropout_rate=None, rng=None, *, activate_final: Literal[False]) -> Scores[-1]: ...
    @overload
    def __call__(self, inputs, dropout_rate=None, rng=None, *, activate_final: Literal[True]) -> Apply["activation", Scores[-1]]: ...
