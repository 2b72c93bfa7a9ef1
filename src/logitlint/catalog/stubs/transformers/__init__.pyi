"""S"""

from torch.nn import Module as Module

from transformers.modeling_outputs import ModelOutput
class PreTrainedModel(Model, Module):
    """R A user's model on top of a pretrained one."""
    def __init__(self, config, *inputs, **kwargs): ...
    def from_pretrained(cls, *args, **kwargs) -> Object["cls"]: ...
class _Head(Model, Module):
    """R The output's logits are scores; its loss is computed inside when labels are given."""
    def __init__(self, *args, **kwargs): ...
    def __call__(self, *args, **kwargs) -> Object["transformers.modeling_outputs.ModelOutput"]: ...
    def from_pretrained(cls, *args, **kwargs) -> Object["cls"]: ...
    def from_config(cls, *args, **kwargs) -> Object["cls"]: ...
class AutoModelForSequenceClassification(_Head):
    """R"""
class AutoModelForTokenClassification(_Head):
    """R"""
class AutoModelForMaskedLM(_Head):
    """R"""
class AutoModelForCausalLM(_Head):
    """R"""
class AutoModelForImageClassification(_Head):
    """R"""
class AutoModelForMultipleChoice(_Head):
    """R"""
class AutoModelForAudioClassification(_Head):
    """R"""
class BertForSequenceClassification(_Head):
    """R"""
class BertForTokenClassification(_Head):
    """R"""
class BertForMaskedLM(_Head):
    """R"""
class DistilBertForSequenceClassification(_Head):
    """R"""
class DistilBertForTokenClassification(_Head):
    """R"""
class RobertaForSequenceClassification(_Head):
    """R"""
class RobertaForTokenClassification(_Head):
    """R"""
class XLMRobertaForSequenceClassification(_Head):
    """R"""
class AlbertForSequenceClassification(_Head):
    """R"""
class DebertaV2ForSequenceClassification(_Head):
    """R"""
class ElectraForSequenceClassification(_Head):
    """R"""
class GPT2ForSequenceClassification(_Head):
    """R"""
class GPT2LMHeadModel(_Head):
    """R"""
class ViTForImageClassification(_Head):
    """R"""
class T5ForConditionalGeneration(_Head):
    """R"""
class LlamaForCausalLM(_Head):
    """R"""
class LlamaForSequenceClassification(_Head):
    """R"""
class Wav2Vec2ForSequenceClassification(_Head):
    """R"""
class Wav2Vec2ForCTC(_Head):
    """R"""
class Trainer(Trainer):
    """R Takes the loss that the model gives, or what compute_loss of a subclass gives."""
    def __init__(self, model=None, args=None, data_collator=None, train_dataset=None, eval_dataset=None, *more, **kwargs): ...
