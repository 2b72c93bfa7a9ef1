"""logitlint follows what a tensor *means* (logits, probabilities, log-probabilities) into the loss that reads it."""

__version__ = "0.1.0"
