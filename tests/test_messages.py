"""What a message says has to be true of the code that it is said of: who made the value, and what the library at hand offers."""

from __future__ import annotations

import pytest
from cases import Checker

CLAMPS = (
    "import tensorflow as tf\n\ndef focal_loss(pred, y):\n    return tf.reduce_sum(-y * tf.math.log(tf.clip_by_value(pred, 1e-8, 1.0)))\n"
)
KERAS_2 = "from keras import backend as K\n\ndef loss(y, scores):\n    return -K.mean(y * K.log({}(scores)))\n"
KERAS_3 = "from keras import ops\n\ndef loss(y, scores):\n    return -ops.mean(y * ops.log(ops.sigmoid(scores)))\n"
UNIT = (
    "from keras.layers import Dense\nfrom keras.models import Sequential\n"
    'model = Sequential([Dense(8), Dense(1{})])\nmodel.compile("adam", "sparse_categorical_crossentropy")\n'
)

KLD = 'from keras.layers import Dense\nfrom keras.models import Sequential\nmodel = Sequential([Dense(5)])\nmodel.compile("adam", {})\n'
METRIC = (
    "import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\n"
    "model.compile(loss=keras.losses.BinaryCrossentropy(from_logits=True), metrics=[keras.metrics.{}])\n"
)
SCORE = (
    "from sklearn import metrics\nfrom torch import nn\n\ndef step(x, y):\n    scores = nn.Linear(3, 5)(x)\n"
    "    return nn.CrossEntropyLoss()(scores, y), metrics.{}(y, scores)\n"
)
FLUID = (
    "import paddle.fluid as fluid\n\ndef loss(image, label):\n"
    "    return fluid.layers.cross_entropy(input=fluid.layers.fc(input=image, size=3), label=label)\n"
)
BCE = "from torch import nn\n\ndef loss(x, y):\n    return nn.BCELoss()(nn.Linear(3, 1)(x), y)\n"
MINDSPORE = "from mindspore import nn, ops\n\ndef loss(x):\n    return -ops.log({}).mean()\n"
TARGET = "import torch.nn.functional as F\nfrom torch import nn\n\ndef loss(x, y):\n    return F.{}\n"


def test_the_logarithm_of_scores_names_the_layer_and_not_the_helper_that_clamps(check: Checker) -> None:
    main = (
        "import tensorflow as tf\nfrom losses import focal_loss\n\ndef step(x, y):\n    return focal_loss(tf.keras.layers.Dense(4)(x), y)\n"
    )
    (found,) = check({"losses.py": CLAMPS, "main.py": main})
    assert found.code == "LGT309"
    assert "raw scores from `tf.keras.layers.Dense` (main.py:5)" in found.message


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        (KERAS_2.format("K.sigmoid"), "use `tf.math.log_sigmoid(x)`"),
        (KERAS_2.format("K.softmax"), "use `tf.nn.log_softmax`"),
        (KERAS_3, "use `keras.ops.log_sigmoid(x)`"),
        (MINDSPORE.format("ops.sigmoid(nn.Dense(3, 1)(x))"), "use `ops.logsigmoid(x)`"),
        (MINDSPORE.format("1 - ops.sigmoid(nn.Dense(3, 1)(x))"), "use `ops.logsigmoid(-x)`"),
        (UNIT.format(""), "the softmax of one score is 1"),
        (UNIT.format(', activation="sigmoid"'), "over one class every probability becomes 1"),
        (KLD.format('"kld"'), "use a loss on logits, or apply the activation first"),
        (KLD.format('"categorical_crossentropy"'), "set `from_logits=True`"),
        (SCORE.format("log_loss"), "; apply the activation first"),
        (SCORE.format("d2_log_loss_score"), "; apply the activation first"),
        (METRIC.format("BinaryAccuracy()"), "give it a threshold of 0"),
        (FLUID, "use a loss on logits, or apply the activation first"),
        (BCE, "use `nn.BCEWithLogitsLoss` on the scores"),
        (TARGET.format("cross_entropy(y, nn.Linear(3, 4)(x))"), "apply the activation to them, or swap the arguments"),
        (TARGET.format("nll_loss(y, nn.Linear(3, 4)(x))"), "takes class numbers as its target"),
    ],
)
def test_the_advice_fits_the_library_and_the_value(source: str, advice: str, check: Checker) -> None:
    (found,) = check({"case.py": source})
    assert advice in found.message


def test_a_condition_on_arithmetic_is_not_shown_as_a_call(check: Checker) -> None:
    source = (
        "from torch import nn\n\nnet, loss = nn.Linear(3, 4), nn.CrossEntropyLoss()\n\ndef fit(rows, depth):\n"
        "    for x, y in rows:\n        z = net(x)\n        if depth + 1 < 4:\n            z = z.relu()\n        loss(z, y)\n"
    )
    assert not [each.message for each in check({"case.py": source}, confidence="possible") if "+(" in each.message]


def test_what_equals_one_thing_is_not_said_to_be_no_other(check: Checker) -> None:
    source = (
        "import argparse\nfrom torch import nn\n\nparser = argparse.ArgumentParser()\nparser.add_argument('--mode', default='a')\n"
        "args = parser.parse_args()\nfc, loss = nn.Linear(3, 4), nn.CrossEntropyLoss()\n\ndef fit(rows):\n    for x, y in rows:\n"
        "        z = fc(x)\n        if args.mode == 'a':\n            z = 2 * z\n        elif args.mode == 'b':\n"
        "            z = z.softmax(1)\n        loss(z, y)\n"
    )
    assert [each.conditions for each in check({"case.py": source})] == [("args.mode == 'b'",)]


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ("not hasattr(config, 'raw')", ("not hasattr(config, 'raw')",)),
        ("isinstance(config, Tokenizer)", ("isinstance(config, Tokenizer)",)),
        ("isinstance(config, (Own, list))", ("isinstance(config, (Own, list))",)),
        ("isinstance(config, text.Plain)", ("isinstance(config, Plain)",)),
        ("load(x).shape[1] == 1", ()),  # what is asked of something without a name
    ],
)
def test_a_condition_says_all_that_is_asked(condition: str, shown: tuple[str, ...], check: Checker) -> None:
    source = (
        "import text\nfrom text import Tokenizer, load\nfrom torch import nn\n\nclass Own(dict):\n    pass\n\n"
        "net, loss = nn.Linear(3, 4), nn.CrossEntropyLoss()\n\ndef fit(x, y, config):\n    z = net(x)\n"
        f"    if {condition}:\n        z = z.softmax(1)\n    loss(z, y)\n"
    )
    (found,) = check({"case.py": source}, confidence="possible")
    assert found.conditions == shown
