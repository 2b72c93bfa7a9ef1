"""S"""

from keras.activations import *
