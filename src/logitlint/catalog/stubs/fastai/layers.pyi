"""S"""

from fastai.losses import *
from fastai.torch_core import *
