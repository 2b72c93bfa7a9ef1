"""S"""

def ForSequenceClassificationLoss(labels: Target, pooled_logits: Free, config, **kwargs) -> LossValue:
    """S Which cross entropy is taken depends on config.problem_type; logits in any case."""
def ForCausalLMLoss(logits: LogitsCat[-1], labels: Target, vocab_size, num_items_in_batch=None, ignore_index=-100, shift_labels=None, **kwargs) -> LossValue:
    """S"""
def ForMaskedLMLoss(logits: LogitsCat[-1], labels: Target, vocab_size, num_items_in_batch=None, ignore_index=-100, **kwargs) -> LossValue:
    """R"""
def ForTokenClassification(logits: LogitsCat[-1], labels: Target, config, **kwargs) -> LossValue:
    """R"""
def ForQuestionAnsweringLoss(start_logits: LogitsCat[-1], end_logits: LogitsCat[-1], start_positions: Target, end_positions: Target, **kwargs) -> LossValue:
    """R"""
def fixed_cross_entropy(source: LogitsCat[1], target: Target, num_items_in_batch=None, ignore_index=-100, **kwargs) -> LossValue: ...
