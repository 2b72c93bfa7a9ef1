"""The stubs against the libraries: the name exists; the same parameters, in the same order, with the same defaults.

Held against what is installed, and against snapshots of older releases and of libraries that are not installed (``snapshot.py``).
Each overload of a stub must agree with some release, and one of them with the newest. What a stub takes beyond its library
(``wider``) costs a user nothing: no program calls it. ``signatures/known.toml`` holds what else differs, each with its reason.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from logitlint import catalog
from logitlint.catalog import Signature
from logitlint.catalog.compiler import compile_stubs
from numerics.agreement import Difference, differences, tells
from numerics.installed import Text, interfaces, locate, places, text

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent / "signatures"
KNOWN: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "known.toml").read_text(encoding="utf-8"))
LIBRARIES = sorted({each.name.partition(".")[0] for each in catalog.members()})
#: Those whose oldest release is kept beside the newest, which is installed.
OLDEST = {"keras": "keras-3.0.0", "tensorflow": "tensorflow-2.12.0", "jax": "jax-0.4.13", "optax": "optax-0.1.0"}


class Interface(NamedTuple):
    """One thing that a stub says can be called."""

    name: str
    stub: tuple[Signature, ...]
    here: Text | None  #: what the installed release declares
    kept: dict[str, Text]  #: what the snapshots declare, by release, oldest first

    @property
    def newest(self) -> Text:
        """What the newest release that has the name declares."""
        return self.here if self.here is not None else next(reversed(self.kept.values()), ())


@cache
def snapshots(library: str) -> dict[str, dict[str, Text]]:
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob(f"{library}-*.json")}
    ordered = sorted(found, key=lambda stem: [int(part) for part in re.findall(r"\d+", stem.removeprefix(library))])
    return {stem: {name: tuple(texts) for name, texts in found[stem].items()} for stem in ordered}


@cache
def everything() -> tuple[Interface, ...]:
    found = []
    for contract in catalog.members():
        if "._" in contract.name:
            continue  # a base class of the stubs' own
        for name, stub in interfaces(contract).items():
            spelled = [place + name.removeprefix(contract.name) for place in places(contract.name)]
            here = next((told for each in spelled if (told := text(each)) is not None), None)
            releases = snapshots(contract.name.partition(".")[0])
            kept = {release: told[each] for release, told in releases.items() for each in reversed(spelled) if each in told}
            found.append(Interface(name, stub, here, kept))
    return tuple(found)


def of(library: str) -> list[Interface]:
    return [each for each in everything() if each.name.partition(".")[0] == library]


def felt(interface: Interface, declared: Text) -> list[list[Difference]]:
    """Of each overload, the differences that a user would feel."""
    numpy_names = interface.name.startswith("torch.")
    found = [differences([each], declared, numpy_names=numpy_names) for each in interface.stub]
    return [[each for each in one if each.sort != "wider" and not (each.sort == "missing" and each.text[0] == "_")] for one in found]


def wrong(interface: Interface) -> list[Difference]:
    """What disagrees with every release, and what disagrees with the newest in every overload."""
    every = tuple(each for told in (interface.here or (), *interface.kept.values()) if tells(told) for each in told)
    if not every:
        return []
    nowhere = [each for overload in felt(interface, every) for each in overload]
    return nowhere or (min(felt(interface, interface.newest), key=len) if tells(interface.newest) else [])


def reason(name: str) -> str | None:
    """Why a name may be in no release that could be asked."""
    return next((start for start in KNOWN["absent"] if name.removesuffix("()") == start or name.startswith(f"{start}.")), None)


def absent(interface: Interface) -> bool:
    return interface.here is None and not interface.kept


def changed(library: str) -> dict[str, str]:
    """What differs in the oldest release, by name: positions and defaults that a later release changed."""
    found = {}
    for each in of(library):
        told = each.kept.get(OLDEST[library], ())
        least = min(felt(each, told), key=len) if tells(told) else []
        if least:
            found[each.name] = "; ".join(f"{difference.sort}: {difference.text}" for difference in least)
    return found


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_name_exists(library: str) -> None:
    assert [each.name for each in of(library) if absent(each) and reason(each.name) is None] == []


def test_constants_have_the_value_of_the_library() -> None:
    stated = {name: value for library in compile_stubs().values() for name, value in library.constants.items()}
    assert {name: locate(name) for name in stated} == stated


@pytest.mark.parametrize("library", LIBRARIES)
def test_stubs_have_the_signatures_of_the_library(library: str) -> None:
    found = {each.name: difference for each in of(library) if (difference := wrong(each))}
    assert {name: each for name, each in found.items() if name not in KNOWN["differs"]} == {}


@pytest.mark.parametrize("library", OLDEST)
def test_stubs_hold_for_the_oldest_release(library: str) -> None:
    """A parameter that the oldest release has at another position, or with another default, stands in ``changed.json``."""
    assert changed(library) == json.loads((FOLDER / "changed.json").read_text(encoding="utf-8"))[OLDEST[library]]


def test_what_is_excused_needs_it() -> None:
    absences = {reason(each.name) for each in everything() if absent(each)}
    assert set(KNOWN["absent"]) - absences == set()
    assert set(KNOWN["differs"]) - {each.name for each in everything() if wrong(each)} == set()


def test_counts(capsys: pytest.CaptureFixture[str]) -> None:
    """Printed, so that a run shows what was held against what."""
    counts: Counter[str] = Counter()
    for each in everything():
        counts["interfaces"] += 1
        told = each.newest
        where = "installed" if each.here is not None else "kept"
        counts["in no release" if absent(each) else where if tells(told) else "cannot tell"] += 1
        if each.name.partition(".")[0] in OLDEST:
            old = each.kept.get(OLDEST[each.name.partition(".")[0]])
            counts["since" if old is None else "oldest"] += each.here is not None
            counts["until"] += each.here is None and bool(each.kept)
    with capsys.disabled():
        print(
            f"\nsignatures: {counts['interfaces']} of {sum(1 for _ in catalog.members())} stubs; "
            f"agree with the installed release {counts['installed']}, with a kept one {counts['kept']}; "
            f"the library cannot tell {counts['cannot tell']}; in no release {counts['in no release']}; "
            f"of keras, tensorflow, jax and optax also in the oldest release {counts['oldest']}, "
            f"later {counts['since']}, no longer {counts['until']}"
        )
    assert counts["installed"] + counts["kept"] > 2800
