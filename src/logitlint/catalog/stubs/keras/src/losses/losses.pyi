"""S"""

from keras.losses import *
