"""S"""

from fastai.losses import *
