"""R"""

from keras.layers import *
