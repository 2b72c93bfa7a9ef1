"""S"""

from tensorflow.nn import *
