"""S What a star import of fastai brings of torch: 2.7 by fastai.torch_imports, 1.0 by fastai.imports.torch."""

import numpy as np
import torch as torch
from torch import nn
import torch.nn.functional as F
