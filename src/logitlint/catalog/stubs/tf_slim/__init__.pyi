"""S"""

from tf_slim.layers import *
