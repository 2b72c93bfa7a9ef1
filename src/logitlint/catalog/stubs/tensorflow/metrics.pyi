"""S"""

from keras.metrics import *
from tensorflow.compat.v1.metrics import *
