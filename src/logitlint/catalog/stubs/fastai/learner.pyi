"""R loss_func is applied to the output of model and the target; without it the data decide."""

class Learner(Trainer):
    def __init__(self, dls, model, loss_func=None, opt_func=..., lr=0.001, splitter=..., cbs=None, metrics=None, **kwargs): ...
