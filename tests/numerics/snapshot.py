"""Signatures of a release that continuous integration does not install, kept as data in ``signatures/<library>-<version>.json``.

Run with the interpreter of an environment that holds the release; nothing else is needed there:

    python -m venv old && old/bin/pip install keras==3.0.0 tensorflow-cpu==2.16.1
    PYTHONPATH=src:tests old/bin/python -m numerics.snapshot keras

writes ``keras-3.0.0.json``: every public callable of the modules that the stubs of the library name, so that a stub written later
is compared too, each with its signature as ``installed.text`` gives it. The releases that are kept: the oldest of keras (2 and 3),
tensorflow, jax and optax that install on Python 3.11, and one of each library that is too heavy for the extra ``numerics`` or wants
an older companion. A torch older than the pinned one comes only with CUDA, gigabytes of it, so there is none.
Of torch_scatter only its Python files were there, without what it builds in C++. Of transformers 4.49, which still has classes for
TensorFlow, only these are kept.

    PYTHONPATH=src:tests python -m numerics.snapshot --changed

writes ``changed.json`` again: what differs between a stub and the oldest release of its library. Read the difference before you keep it.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import packages_distributions, version
from pathlib import Path

from logitlint import catalog
from numerics.installed import Text, attribute, interfaces, module, places, text

HERE = Path(__file__).resolve().parent / "signatures"


def snapshot(library: str) -> dict[str, Text]:
    """Every public callable of the library's modules, and the methods that the stubs name."""
    contracts = [each for each in catalog.members() if each.name.partition(".")[0] == library]
    names = {name for each in contracts for name in interfaces(each)}
    for parent in sorted({library} | {place.rpartition(".")[0] for each in contracts for place in places(each.name)}):
        found = module(parent)
        for name in () if found is None else dir(found):
            value = attribute(found, name)
            if not name.startswith("_") and callable(value):
                names |= {f"{parent}.{name}", f"{parent}.{name}()"} if isinstance(value, type) else {f"{parent}.{name}"}
    told = {name: text(name) for name in sorted(names)}
    return {name: each for name, each in told.items() if each is not None}


def release(library: str) -> str:
    return version(sorted(packages_distributions().get(library, [library]))[0]).partition(".dev")[0]


def write_changed() -> None:
    from numerics.test_signatures import OLDEST, changed

    found = {release: changed(library) for library, release in OLDEST.items()}
    (HERE / "changed.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def main(libraries: list[str]) -> None:
    if libraries == ["--changed"]:
        return write_changed()
    HERE.mkdir(exist_ok=True)
    for library in libraries:
        found = snapshot(library)
        lines = [f"{json.dumps(name)}: {json.dumps(list(each))}" for name, each in found.items()]
        path = HERE / f"{library}-{release(library)}.json"
        path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        print(f"{path.name}: {len(found)} signatures")


if __name__ == "__main__":
    main(sys.argv[1:])
