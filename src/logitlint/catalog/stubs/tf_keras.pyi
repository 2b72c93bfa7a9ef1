"""S Keras 2 as a package of its own."""

from keras import *
