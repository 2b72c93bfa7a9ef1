"""S"""

from keras.metrics import *
