"""How grave a finding is where the run time decides: Keras on TensorFlow keeps what stood before a layer's activation.

With the TensorFlow backend, softmax or sigmoid as the last operation of a Keras layer followed by a Keras loss with
``from_logits=True`` is computed from the cached values and only warns (measured: 3.9929 as without the activation); the
JAX and torch backends train on the wrong objective (1.6474) and say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from logitlint import catalog
from logitlint.interp.values import Tensor
from logitlint.project import Project
from logitlint.rules.judge import Finding

_RESCUED = frozenset({"LGT101", "LGT103"})
_BY_JAX = re.compile(rb"^\s*(?:import|from)\s+jax\b", re.MULTILINE)
_ASSIGNED = re.compile(rb"""KERAS_BACKEND["']?\s*\]?\s*[=,]\s*["'](tensorflow|jax|torch)["']""")


def settle(findings: Iterable[Finding], project: Project, paths: Sequence[str], setting: str) -> list[Finding]:
    """Set level and note of the findings that the backend decides. ``setting`` is ``keras-backend``.

    Left out is the advice to fuse sigmoid and loss where the run time does it anyway, or may do it.
    """
    kept = []
    for finding in findings:
        kept.append(finding)
        value = finding.value
        if finding.code not in (*_RESCUED, "LGT308") or not isinstance(value, Tensor) or value.tag != "cached":
            continue
        if not catalog.canonical(finding.site.api).startswith("keras."):
            continue
        backend = setting if setting != "auto" else _backend(finding, value, project, paths)
        if finding.code == "LGT308":
            if backend not in ("jax", "torch"):
                kept.pop()
            continue
        finding.backend = backend
        if backend == "tensorflow":
            finding.level = "warning"
    return kept


def _backend(finding: Finding, value: Tensor, project: Project, paths: Sequence[str]) -> str:
    """The backend that the code names, else the one that its imports mean; ``""`` when neither says it."""
    own = [finding.loc.path, *([value.producer.loc.path] if value.producer is not None else [])]
    for path in own:
        found = _named(project, path)
        if found:
            return found
    if value.producer is not None and value.producer.api.startswith(("tensorflow.", "tf_keras.")):
        return "tensorflow"
    everywhere = {found for path in paths if (found := _named(project, path))}
    return everywhere.pop() if len(everywhere) == 1 else ""


def _named(project: Project, path: str) -> str:
    """The backend of a file: it sets it, or calls its models without side effects to have them differentiated by JAX."""
    data = project.bytes(path)
    if data is None:
        return ""
    match = _ASSIGNED.search(data) if b"KERAS_BACKEND" in data else None
    if match:
        return match[1].decode()
    return "jax" if b".stateless_call(" in data and _BY_JAX.search(data) else ""
