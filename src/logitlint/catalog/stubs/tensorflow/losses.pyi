"""S Of TensorFlow 2 (the losses of Keras) and of TensorFlow 1."""

from keras.losses import *
from tensorflow.compat.v1.losses import *
