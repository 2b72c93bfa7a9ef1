"""S"""

def edge_softmax(graph, logits, eids="__ALL__", norm_by="dst") -> Unit:
    """S The numbers of each node's edges sum to one, which are not those along an axis."""
