"""S"""

from fastai.losses import *
from fastai.learner import *
from fastai.torch_core import *
