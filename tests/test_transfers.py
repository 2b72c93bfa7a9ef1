"""What operations do to a kind, in every library's spelling; the names are those of the transfer facts in ``data/contracts.tsv``."""

from __future__ import annotations

from pathlib import Path

import pytest

from logitlint import engine

FACTS = Path(__file__).parent / "data" / "contracts.tsv"

TORCH = """\
import torch
import torch.nn as nn
import torch.nn.functional as F
import einops
from torch.utils.checkpoint import checkpoint
x = nn.Linear(8, 5)(h)
x2 = nn.Linear(8, 5)(g)
p = torch.softmax(x, dim=1)
p2 = torch.softmax(x2, dim=1)
lp = torch.log_softmax(x, dim=1)
s = torch.sigmoid(x)
ls = F.logsigmoid(x)
maps = nn.Conv2d(3, 5, 1)(image)
pmaps = torch.softmax(maps, dim=1)
r = torch.relu(x)
"""
TENSORFLOW = """\
import tensorflow as tf
from tensorflow import keras
x = keras.layers.Dense(5)(h)
x2 = keras.layers.Dense(5)(g)
p = tf.nn.softmax(x)
p2 = tf.nn.softmax(x2)
lp = tf.nn.log_softmax(x)
s = tf.sigmoid(x)
"""
KERAS = TENSORFLOW.replace("import tensorflow as tf", "import keras").replace("from tensorflow import keras", "from keras import ops")
KERAS = KERAS.replace("tf.nn.", "ops.").replace("tf.sigmoid", "ops.sigmoid")
JAX = """\
import jax
import jax.numpy as jnp
import flax.linen as nn
x = nn.Dense(5)(h)
x2 = nn.Dense(5)(g)
p = jax.nn.softmax(x)
p2 = jax.nn.softmax(x2)
lp = jax.nn.log_softmax(x)
s = jax.nn.sigmoid(x)
"""

PROGRAMS: dict[str, dict[str, list[tuple[str, str]]]] = {
    "preserve_all": {
        TORCH: [
            ("x.view(-1, 5)", "scores"),
            ("s.reshape(-1)", "prob_el"),
            ("s.squeeze(1)", "prob_el"),
            ("x.unsqueeze(0)", "scores"),
            ("p.contiguous()", "prob_cat"),
            ("p.clone()", "prob_cat"),
            ("p.detach().cpu()", "prob_cat"),
            ("lp.cuda()", "logprob_cat"),
            ("p.to(device)", "prob_cat"),
            ("p.float().double().half().bfloat16()", "prob_cat"),
            ("s.type(torch.float32)", "prob_el"),
            ("s.expand(2, -1, -1)", "prob_el"),
            ("s.repeat(2, 1)", "prob_el"),
            ("p.requires_grad_()", "prob_cat"),
            ("nn.Identity()(p)", "prob_cat"),
            ("p.detach().cpu().numpy()", "prob_cat"),
            ("torch.from_numpy(p.numpy())", "prob_cat"),
            ("torch.stack([p, p2])", "prob_cat"),
            ("torch.cat([x, x2], dim=0)", "scores"),
            ("torch.where(mask, x, x2)", "scores"),
            ("s[0]", "prob_el"),
            ("x[mask]", "scores"),
            ("torch.masked_select(s, mask)", "prob_el"),
            ("torch.flip(s, [0])", "prob_el"),
            ("torch.roll(x, 1, 0)", "scores"),
            ("F.pad(x, (0, 1))", "unknown"),
        ],
        TENSORFLOW: [
            ("tf.reshape(x, [-1, 5])", "scores"),
            ("tf.squeeze(s)", "prob_el"),
            ("tf.expand_dims(x, 0)", "scores"),
            ("tf.identity(p)", "prob_cat"),
            ("tf.cast(s, tf.float32)", "prob_el"),
            ("tf.stop_gradient(p)", "prob_cat"),
            ("tf.convert_to_tensor(p)", "prob_cat"),
            ("tf.concat([x, x2], axis=0)", "scores"),
            ("tf.where(mask, x, x2)", "scores"),
            ("tf.tile(s, [1, 1])", "prob_el"),
            ("s.numpy()", "prob_el"),
            ("keras.layers.Flatten()(x)", "scores"),
            ("keras.layers.Reshape((5,))(x)", "scores"),
        ],
        KERAS: [
            ("ops.reshape(x, (-1, 5))", "scores"),
            ("ops.squeeze(s)", "prob_el"),
            ("ops.cast(p, 'float32')", "prob_cat"),
            ("ops.stop_gradient(p)", "prob_cat"),
            ("ops.convert_to_numpy(p)", "prob_cat"),
            ("ops.concatenate([x, x2], axis=0)", "scores"),
            ("ops.flip(s)", "prob_el"),
        ],
        JAX: [
            ("jnp.reshape(x, (-1, 5))", "scores"),
            ("x.astype(jnp.float32)", "scores"),
            ("jax.lax.stop_gradient(p)", "prob_cat"),
            ("jax.device_put(p)", "prob_cat"),
            ("jnp.squeeze(s)", "prob_el"),
            ("jnp.concatenate([x, x2])", "scores"),
            ("jnp.where(mask, x, x2)", "scores"),
            ("jnp.asarray(p)", "prob_cat"),
        ],
    },
    "preserve_with_axis_remap": {
        TORCH: [
            ("pmaps.permute(0, 2, 3, 1)", "prob_cat"),
            ("p.transpose(0, 1)", "prob_cat"),
            ("pmaps.movedim(1, -1)", "prob_cat"),
            ("p.T", "prob_cat"),
            ("maps.flatten(2)", "scores"),
            ("einops.rearrange(pmaps, 'b c h w -> b h w c')", "prob_cat"),
            ("F.softmax(maps.permute(0, 2, 3, 1), dim=-1).permute(0, 3, 1, 2)", "prob_cat"),
        ],
        TENSORFLOW: [("tf.transpose(p, [1, 0])", "prob_cat"), ("keras.layers.Permute((2, 1))(x)", "scores")],
        KERAS: [("ops.transpose(p, (1, 0))", "prob_cat"), ("ops.moveaxis(p, 0, 1)", "prob_cat"), ("ops.swapaxes(p, 0, 1)", "prob_cat")],
        JAX: [("jnp.transpose(p)", "prob_cat"), ("jnp.swapaxes(p, 0, 1)", "prob_cat"), ("jnp.moveaxis(p, 0, 1)", "prob_cat")],
    },
    "prob_cat_to_prob_el": {
        TORCH: [
            ("p[:, 1]", "prob_el"),
            ("F.softmax(x, dim=-1)[..., 1]", "prob_el"),
            ("p.gather(1, y)", "prob_el"),
            ("torch.gather(p, 1, y)", "prob_el"),
            ("p.select(1, 0)", "prob_el"),
            ("p.max(dim=1).values", "prob_el"),
            ("p.max(dim=1).indices", "index"),
        ],
        # the second of an unknown number of axes: a column of classes, or a part of the batch; no rule speaks of either
        TENSORFLOW: [("p[:, 1]", "prob_cat"), ("tf.gather(p, y, axis=1)", "prob_el")],
        JAX: [("p[:, 1]", "prob_cat"), ("p[..., 1]", "prob_el")],
    },
    "logits_linear": {
        TORCH: [
            ("x / temperature", "unknown"),
            ("x / 2.0", "scores"),
            ("x * 3.0", "scores"),
            ("x + 1.0", "scores"),
            ("x.masked_fill(mask, float('-inf'))", "scores"),
            ("x - x.max()", "scores"),
            ("torch.stack([x, x2]).mean(0)", "scores"),
            ("0.5 * x + 0.5 * x2", "scores"),
            ("p * 3.0", "unknown"),
            ("lp / 2.0", "unknown"),
            ("p + 1.0", "unknown"),
        ],
        TENSORFLOW: [("x / 2.0", "scores"), ("tf.add(x, x2)", "scores")],
        JAX: [("x * 2.0", "scores"), ("x - 1.0", "scores")],
    },
    "convex_mix": {
        TORCH: [
            ("torch.stack([p, p2]).mean(0)", "prob_cat"),
            ("0.3 * p + 0.7 * p2", "prob_cat"),
            ("torch.stack([lp, lp]).mean(0)", "unknown"),
        ],
        TENSORFLOW: [("tf.reduce_mean(tf.stack([p, p2]), axis=0)", "prob_cat")],
        KERAS: [("ops.mean(ops.stack([p, p2]), axis=0)", "prob_cat")],
        JAX: [("jnp.mean(jnp.stack([p, p2]), axis=0)", "prob_cat")],
    },
    "log": {
        TORCH: [
            ("torch.log(p)", "logprob_cat"),
            ("s.log()", "logprob_el"),
            ("torch.log2(p)", "logprob_cat"),
            ("torch.log(p + 1e-8)", "logprob_cat"),
            ("torch.log(p.clamp(min=1e-8))", "logprob_cat"),
            ("torch.log1p(-s)", "logprob_el"),
            ("torch.log(F.softplus(x))", "unknown"),
        ],
        TENSORFLOW: [("tf.math.log(p)", "logprob_cat"), ("tf.math.log(p + 1e-8)", "logprob_cat"), ("tf.math.log1p(-s)", "logprob_el")],
        KERAS: [("ops.log(p)", "logprob_cat"), ("ops.log(ops.clip(s, 1e-7, 1.0))", "logprob_el")],
        JAX: [("jnp.log(p)", "logprob_cat"), ("jnp.log(s + 1e-8)", "logprob_el"), ("jnp.log1p(-s)", "logprob_el")],
    },
    "exp": {
        TORCH: [("lp.exp()", "prob_cat"), ("torch.exp(ls)", "prob_el"), ("torch.exp(x)", "nonneg"), ("torch.exp2(lp)", "unknown")],
        TENSORFLOW: [("tf.exp(lp)", "prob_cat"), ("tf.exp(x)", "nonneg")],
        KERAS: [("ops.exp(lp)", "prob_cat"), ("ops.exp2(lp)", "unknown")],
        JAX: [("jnp.exp(lp)", "prob_cat"), ("jnp.exp(x)", "nonneg"), ("jnp.exp2(lp)", "unknown")],
    },
    "clamp": {
        TORCH: [
            ("p.clamp(min=1e-6, max=1.0)", "prob_cat"),
            ("torch.clamp(s, 1e-6, 1 - 1e-6)", "prob_el"),
            ("x.clamp(0, 1)", "clamped"),
            ("x.clamp(-10, 10)", "scores"),
        ],
        TENSORFLOW: [("tf.clip_by_value(p, 1e-6, 1.0)", "prob_cat"), ("tf.clip_by_value(x, 0.0, 1.0)", "clamped")],
        KERAS: [("ops.clip(p, 1e-6, 1.0)", "prob_cat"), ("ops.clip(x, -5.0, 5.0)", "scores")],
        JAX: [("jnp.clip(p, 1e-6, 1.0)", "prob_cat"), ("jnp.clip(x, 0.0, 1.0)", "clamped")],
    },
    "normalise": {
        TORCH: [
            ("torch.exp(x) / torch.exp(x).sum(dim=1, keepdim=True)", "prob_cat"),
            ("(e := x.exp()) / e.sum(dim=1, keepdim=True)", "prob_cat"),
            ("F.normalize(x, dim=1)", "unknown"),
            ("F.normalize(torch.exp(x), p=1, dim=1)", "prob_cat"),
            ("F.normalize(r, p=1, dim=1)", "unknown"),
        ],
    },
    "complement": {
        TORCH: [("1 - s", "prob_el"), ("1.0 - p[:, 1]", "prob_el"), ("1 - (1 - s)", "prob_el"), ("2 - s", "unknown")],
        TENSORFLOW: [("1.0 - s", "prob_el"), ("1 - tf.sigmoid(x)", "prob_el")],
        JAX: [("1 - s", "prob_el")],
    },
    "logit": {
        TORCH: [("torch.logit(s)", "scores"), ("torch.special.logit(s)", "scores"), ("s.logit()", "scores"), ("torch.logit(p)", "unknown")],
        JAX: [("jax.scipy.special.logit(s)", "scores")],
    },
    "pooling": {
        TORCH: [
            ("F.adaptive_avg_pool2d(maps, 1)", "scores"),
            ("nn.AdaptiveAvgPool2d(1)(pmaps)", "prob_cat"),
            ("maps.mean(dim=(2, 3))", "scores"),
            ("pmaps.mean(dim=[2, 3])", "prob_cat"),
            ("pmaps.mean(dim=1)", "unknown"),
            ("pmaps.mean(dim=(1, 2))", "unknown"),
            ("F.interpolate(maps, scale_factor=2)", "scores"),
            ("F.interpolate(pmaps, scale_factor=2, mode='bilinear')", "prob_cat"),
            ("nn.Upsample(scale_factor=2)(maps)", "scores"),
            ("F.max_pool2d(maps, 2)", "scores"),
            ("F.max_pool2d(pmaps, 2)", "prob_el"),
            ("F.fractional_max_pool2d(maps, 2, output_size=3)", "scores"),
            ("F.avg_pool2d(torch.log_softmax(maps, dim=1), 2)", "unknown"),
        ],
        TENSORFLOW: [
            ("keras.layers.GlobalAveragePooling2D()(x)", "scores"),
            ("keras.layers.AveragePooling2D()(p)", "prob_cat"),
            ("keras.layers.UpSampling2D()(x)", "scores"),
            ("tf.image.resize(x, (4, 4))", "scores"),
            ("keras.layers.MaxPooling2D()(p)", "prob_el"),
        ],
        KERAS: [("ops.average_pool(p, 2)", "prob_cat"), ("ops.max_pool(x, 2)", "scores"), ("ops.average_pool(lp, 2)", "unknown")],
    },
    "dropout": {
        TORCH: [
            ("nn.Dropout(0.5)(x)", "scores"),
            ("F.dropout(p, 0.5)", "unknown"),
            ("nn.BatchNorm1d(5)(x)", "scores"),
            ("nn.LayerNorm(5)(p)", "unknown"),
            ("nn.Linear(5, 5)(p)", "scores"),
            ("nn.Conv2d(5, 2, 1)(pmaps)", "scores"),
        ],
        TENSORFLOW: [
            ("keras.layers.Dropout(0.5)(x)", "scores"),
            ("keras.layers.Dropout(0.5)(p)", "unknown"),
            ("tf.nn.dropout(p, 0.5)", "unknown"),
        ],
        KERAS: [
            ("ops.layer_normalization(x)", "scores"),
            ("ops.rms_normalization(p)", "unknown"),
            ("keras.random.dropout(x, 0.5)", "scores"),
        ],
        JAX: [("nn.Dropout(0.5)(x)", "scores"), ("nn.Dense(3)(p)", "scores")],
    },
    "destroy": {
        TORCH: [
            ("p.argmax(dim=1)", "index"),
            ("x.topk(3).indices", "index"),
            ("s.round()", "index"),
            ("F.one_hot(p.argmax(1), 5)", "onehot"),
            ("s.long()", "index"),
            ("torch.cumsum(p, dim=1)", "unknown"),
            ("torch.einsum('bc,cd->bd', p, w)", "unknown"),
            ("p @ w", "unknown"),
            ("torch.abs(x)", "unknown"),
        ],
        TENSORFLOW: [("tf.argmax(p, axis=1)", "index"), ("tf.round(s)", "index"), ("tf.one_hot(tf.argmax(p, 1), 5)", "onehot")],
        KERAS: [("ops.argmax(p, axis=1)", "index"), ("ops.cumsum(p)", "unknown")],
        JAX: [("jnp.argmax(p, axis=1)", "index"), ("jax.nn.one_hot(jnp.argmax(p, 1), 5)", "onehot")],
    },
    "size1_class_axis": {
        TORCH: [("torch.softmax(nn.Linear(8, 1)(h), dim=-1)", "const_one"), ("nn.Softmax(dim=-1)(nn.Linear(8, 1)(h))", "const_one")],
        TENSORFLOW: [
            ("tf.nn.softmax(keras.layers.Dense(1)(h))", "const_one"),
            ("keras.layers.Dense(1, activation='softmax')(h)", "const_one"),
        ],
        JAX: [("jax.nn.softmax(nn.Dense(1)(h))", "const_one")],
    },
}


def rows() -> list[object]:
    return [
        pytest.param(prelude, expression, kind, id=f"{fact}-{expression}")
        for fact, libraries in PROGRAMS.items()
        for prelude, pairs in libraries.items()
        for expression, kind in pairs
    ]


@pytest.mark.parametrize(("prelude", "expression", "kind"), rows())
def test_what_an_operation_leaves(prelude: str, expression: str, kind: str) -> None:
    source = f"{prelude}value = {expression}\n"
    line = source.count("\n")
    assert engine.reveal({"case.py": source.encode()}, "case.py").get(line, "unknown") == kind


def test_every_transfer_fact_has_its_programs() -> None:
    facts = [line.split("\t") for line in FACTS.read_text(encoding="utf-8").splitlines()]
    assert {row[1] for row in facts if row[0] == "transfer"} == set(PROGRAMS)
