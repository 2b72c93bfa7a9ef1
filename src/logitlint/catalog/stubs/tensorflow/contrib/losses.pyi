"""S"""

from tf_slim.losses import *
