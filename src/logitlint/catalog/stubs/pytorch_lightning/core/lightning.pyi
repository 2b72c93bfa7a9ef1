"""R"""

from lightning.pytorch import *
