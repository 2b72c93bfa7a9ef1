"""S Where the public names live or are copied to."""

from keras import *
