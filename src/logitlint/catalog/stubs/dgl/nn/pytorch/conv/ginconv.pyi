"""S"""

from dgl.nn import *
