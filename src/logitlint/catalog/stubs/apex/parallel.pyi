"""R"""

from torch.nn.parallel import DistributedDataParallel as DistributedDataParallel

def convert_syncbn_model(module, process_group=None, channel_last=False) -> Wrap["module"]: ...
