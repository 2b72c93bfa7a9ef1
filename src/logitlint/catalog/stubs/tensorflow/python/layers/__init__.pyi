"""S"""

from tensorflow.layers import *
