"""S"""

@overload
def scatter(src, index, dim=0, dim_size=None, reduce: Literal["mean"] = "sum") -> Mean["src", "dim"]: ...
@overload
def scatter(src, index, dim=0, dim_size=None, reduce: Literal["max", "min"] = "sum") -> Max["src"]: ...
def softmax(src, index=None, ptr=None, num_nodes=None, dim=0) -> Unit:
    """S The numbers of each group sum to one, which need not be those along an axis."""
