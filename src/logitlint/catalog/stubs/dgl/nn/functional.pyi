"""S"""

from dgl.ops import edge_softmax as edge_softmax
