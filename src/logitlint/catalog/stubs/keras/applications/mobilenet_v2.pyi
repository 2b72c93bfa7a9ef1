"""S"""

from keras.applications import *
