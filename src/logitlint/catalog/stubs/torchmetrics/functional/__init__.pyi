"""S"""

from torchmetrics.functional.classification import *
