"""R"""

from tensorflow.contrib.seq2seq import sequence_loss as sequence_loss
