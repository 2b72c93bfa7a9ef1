"""S"""

from fastai.losses import *
from fastai.learner import *
from fastai.metrics import *
