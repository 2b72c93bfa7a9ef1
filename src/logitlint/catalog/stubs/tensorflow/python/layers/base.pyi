"""S"""

from keras.layers import Layer
