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
    def __call__(self, *args, labels=None, **kwargs) -> Object["transformers.modeling_outputs.ModelOutput"]: ...
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
class AutoModelForSeq2SeqLM(_Head):
    """R"""
class AutoModelForCTC(_Head):
    """R"""
class AutoModelForVideoClassification(_Head):
    """R"""
class BertForMultipleChoice(_Head):
    """R"""
class BertLMHeadModel(_Head):
    """R"""
class DistilBertForMultipleChoice(_Head):
    """R"""
class DistilBertForMaskedLM(_Head):
    """R"""
class RobertaForMultipleChoice(_Head):
    """R"""
class RobertaForMaskedLM(_Head):
    """R"""
class RobertaForCausalLM(_Head):
    """R"""
class XLMRobertaForTokenClassification(_Head):
    """R"""
class XLMRobertaForMaskedLM(_Head):
    """R"""
class AlbertForTokenClassification(_Head):
    """R"""
class AlbertForMaskedLM(_Head):
    """R"""
class DebertaForSequenceClassification(_Head):
    """R"""
class DebertaForTokenClassification(_Head):
    """R"""
class DebertaV2ForTokenClassification(_Head):
    """R"""
class ElectraForTokenClassification(_Head):
    """R"""
class CamembertForSequenceClassification(_Head):
    """R"""
class CamembertForTokenClassification(_Head):
    """R"""
class LongformerForSequenceClassification(_Head):
    """R"""
class LongformerForTokenClassification(_Head):
    """R"""
class BigBirdForSequenceClassification(_Head):
    """R"""
class MobileBertForSequenceClassification(_Head):
    """R"""
class XLNetForSequenceClassification(_Head):
    """R"""
class XLNetForTokenClassification(_Head):
    """R"""
class XLMForSequenceClassification(_Head):
    """R"""
class FlaubertForSequenceClassification(_Head):
    """R"""
class FunnelForSequenceClassification(_Head):
    """R"""
class GPTNeoForCausalLM(_Head):
    """R"""
class GPTNeoForSequenceClassification(_Head):
    """R"""
class OPTForCausalLM(_Head):
    """R"""
class MistralForCausalLM(_Head):
    """R"""
class MistralForSequenceClassification(_Head):
    """R"""
class Qwen2ForCausalLM(_Head):
    """R"""
class Qwen2ForSequenceClassification(_Head):
    """R"""
class ModernBertForSequenceClassification(_Head):
    """R"""
class ModernBertForTokenClassification(_Head):
    """R"""
class DeiTForImageClassification(_Head):
    """R"""
class SwinForImageClassification(_Head):
    """R"""
class BeitForImageClassification(_Head):
    """R"""
class ConvNextForImageClassification(_Head):
    """R"""
class ResNetForImageClassification(_Head):
    """R"""
class HubertForSequenceClassification(_Head):
    """R"""
class WavLMForSequenceClassification(_Head):
    """R"""
class HubertForCTC(_Head):
    """R"""
class ASTForAudioClassification(_Head):
    """R"""
class MBartForConditionalGeneration(_Head):
    """R"""
class Trainer(Trainer):
    """R Takes the loss that the model gives, or what compute_loss of a subclass gives."""
    def __init__(self, model=None, args=None, data_collator=None, train_dataset=None, eval_dataset=None, *more, **kwargs): ...
class TFAutoModelForSequenceClassification(_Head):
    """R A Keras model: a loss that `compile` is given reads the logits."""
class TFAutoModelForTokenClassification(_Head):
    """R A Keras model: a loss that `compile` is given reads the logits."""
class TFAutoModelForImageClassification(_Head):
    """R A Keras model: a loss that `compile` is given reads the logits."""
class TFBertForSequenceClassification(_Head):
    """R A Keras model: a loss that `compile` is given reads the logits."""
class TFBertForTokenClassification(_Head):
    """R A Keras model: a loss that `compile` is given reads the logits."""
class TFDistilBertForSequenceClassification(_Head):
    """R A Keras model: a loss that `compile` is given reads the logits."""
class TFRobertaForSequenceClassification(_Head):
    """R A Keras model: a loss that `compile` is given reads the logits."""
class TFXLMRobertaForSequenceClassification(_Head):
    """R A Keras model: a loss that `compile` is given reads the logits."""
class TFAlbertForSequenceClassification(_Head):
    """R A Keras model: a loss that `compile` is given reads the logits."""
class TFElectraForSequenceClassification(_Head):
    """R A Keras model: a loss that `compile` is given reads the logits."""
class TFDebertaV2ForSequenceClassification(_Head):
    """R A Keras model: a loss that `compile` is given reads the logits."""
class TFViTForImageClassification(_Head):
    """R A Keras model: a loss that `compile` is given reads the logits."""
