"""S"""

from tf_slim.metrics import *
