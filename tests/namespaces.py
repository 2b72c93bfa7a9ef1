"""The public namespaces that were looked through for losses, activations, metrics and distributions."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path

from logitlint import catalog

DATA = Path(__file__).parent / "data"

#: A namespace -> the module whose definitions count, where the namespace holds much else.
INSTALLED = {
    "torch.nn": "",
    "torch.nn.functional": "",
    "torch.special": "",
    "torch.distributions": "",
    "keras.losses": "",
    "keras.metrics": "",
    "keras.activations": "",
    "keras.applications": "",
    "keras.random": "",
    "keras.layers": "",
    "keras.ops": "keras.src.ops.nn",
    "tensorflow.nn": "",
    "tensorflow.random": "",
    "tensorflow.compat.v1.losses": "",
    "tensorflow.compat.v1.metrics": "",
    "tensorflow.compat.v1.nn": "",
    "tensorflow.compat.v1.distributions": "",
    "jax.nn": "",
    "jax.random": "",
    "jax.scipy.special": "",
    "optax.losses": "",
    "flax.linen": "flax.linen.activation",
}


def public(namespace: str) -> list[str]:
    """The public callables of an installed namespace."""
    root, _, rest = namespace.partition(".")
    found: object = import_module(root)
    for part in filter(None, rest.split(".")):
        found = getattr(found, part)
    home = INSTALLED[namespace]
    names = set(dir(import_module(home))) if home else None
    return sorted(
        name
        for name in dir(found)
        if not name.startswith("_")
        and callable(getattr(found, name))
        and not inspect.ismodule(getattr(found, name))
        and (names is None or name in names)
    )


def looked_through() -> dict[str, list[str]]:
    """Namespace -> names, as they were when somebody decided on each."""
    rows = (line.split("\t") for line in (DATA / "public_names.tsv").read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    return {namespace: names.split() for namespace, names in rows}


def reasons() -> dict[str, str]:
    """Names, some with a ``*``, that have no contract -> why."""
    rows = [line.split("\t") for line in (DATA / "left_out.tsv").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return {f"{namespace}.{name}": reason for namespace, names, reason in rows for name in names.split()}


def undecided(namespace: str, names: list[str]) -> Iterator[str]:
    """The names that have neither a contract nor a reason."""
    known = reasons()
    patterns = [each for each in known if "*" in each]
    for name in names:
        full = f"{namespace}.{name}"
        if catalog.lookup(full) is None and full not in known and not any(fnmatchcase(full, each) for each in patterns):
            yield full
