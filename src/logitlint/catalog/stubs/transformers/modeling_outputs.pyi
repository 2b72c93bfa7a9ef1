"""S"""

class ModelOutput(Output):
    """R loss is computed inside when labels are given; the first element is the loss then, the logits otherwise."""
    loss: LossValue
    logits: Scores[-1]
class SequenceClassifierOutput(ModelOutput):
    """R"""
class TokenClassifierOutput(ModelOutput):
    """R"""
class MaskedLMOutput(ModelOutput):
    """R"""
class CausalLMOutputWithPast(ModelOutput):
    """R"""
class ImageClassifierOutput(ModelOutput):
    """R"""
