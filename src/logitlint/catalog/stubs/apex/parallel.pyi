"""R"""

from torch.nn.parallel import DistributedDataParallel as DistributedDataParallel
