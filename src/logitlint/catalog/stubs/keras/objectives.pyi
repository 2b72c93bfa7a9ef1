"""R"""

from keras.losses import *
