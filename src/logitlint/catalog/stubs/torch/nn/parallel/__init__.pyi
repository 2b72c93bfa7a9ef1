"""S"""

from torch.nn import DataParallel as DataParallel
from torch.nn import Module

class DistributedDataParallel(Wrapper, Module):
    module: Unwrap["self"]
    def __init__(self, module, device_ids=None, output_device=None, dim=0, broadcast_buffers=True, init_sync=True, process_group=None, bucket_cap_mb=None, find_unused_parameters=False, check_reduction=False, gradient_as_bucket_view=False, static_graph=False, **kwargs): ...
    def __call__(self, *inputs, **kwargs) -> Call["module", "inputs"]: ...
