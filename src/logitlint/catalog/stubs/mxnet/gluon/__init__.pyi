"""R"""

from mxnet.gluon.nn import Block as Block
from mxnet.gluon.nn import HybridBlock as HybridBlock
