"""R Homes of earlier releases."""

from keras import *
from keras.layers import *
