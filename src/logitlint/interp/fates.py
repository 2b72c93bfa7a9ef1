"""What becomes of compiled Keras models: which of the sites that judge their losses judge something that is computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from logitlint.interp.guards import Guard, relative
from logitlint.interp.sites import Site
from logitlint.interp.values import Loc, Value


class Compiled(NamedTuple):
    """One call of ``compile``: the way there, the loss, and the sites that judge it."""

    by: Loc | None  #: the function that makes it, or the line of a script; None in a cell, which anybody runs again when he likes
    path: Guard
    loss: Value
    sites: list[Site]
    looks: bool  #: whether the function does nothing with the model but look at it


class Fates:
    """What has been seen of the Keras models of an analysis, by address."""

    def __init__(self) -> None:
        self.losses: dict[int, Loc] = {}  #: compiled model -> the place of the loss it was given
        self.combined: set[int] = set()  #: models that are called as parts of others are
        self.only_run: set[int] = set()  #: models that predict, or whose weights come from a file
        self._trained: dict[int, str] = {}  #: models that something trains, or measures, by their loss -> where that stands
        self._compiled: dict[int, list[Compiled]] = {}  #: model -> the times it was compiled since somebody trained it
        self._looked_at: set[int] = set()  #: models that were compiled last to be looked at

    def compile(self, model: int, compiled: Compiled) -> None:
        self._compiled.setdefault(model, []).append(compiled)
        if compiled.looks:
            self._looked_at.add(model)
        else:
            self._looked_at.discard(model)

    def train(self, model: int, loc: Loc, path: Guard) -> list[Site]:
        """The model is trained, or measured, at ``loc`` by the loss that it was compiled with last. Gives the sites of others with which it
        was compiled before and which nobody used: wherever ``path`` leads here, it was compiled again."""
        self._trained[model] = self.losses.get(model, loc).path
        compiled = self._compiled.pop(model, [])
        if not compiled or not relative(compiled[-1].path, path).always:
            return []
        last = compiled[-1]
        unused = [each for each in compiled if each.by not in (None, last.by)]
        return [site for each in unused if each.loss != last.loss for site in each.sites]

    def told(self, sites: Iterable[Site]) -> list[Site]:
        """Some sites with what becomes of the models that are compiled there, as far as this process has seen."""
        return [replace(site, model=None, fate=self._of(site, site.model)) if site.model is not None else site for site in sites]

    def _of(self, site: Site, model: int) -> str:
        if model in self._trained:
            return "trained"
        if (model in self.only_run or model in self._looked_at) and not site.others:
            return "loaded"
        return "in vain" if model in self.combined and (site.others or site.loc.path in self._trained.values()) else "idle"


def computed(sites: Sequence[Site]) -> list[Site]:
    """Those of losses that something computes: not of a model that is only looked at, or only a part of another, as the generator of a
    GAN, nor what the function that builds it gives by itself."""
    used = {site.loc for site in sites if site.fate != "loaded"}
    sites = [site for site in sites if site.fate != "loaded" or site.loc in used]
    vain = {site.loc for site in sites if site.fate == "in vain"} - {site.loc for site in sites if site.fate == "trained"}
    return [site for site in sites if site.fate != "in vain" and not (site.fate == "idle" and site.loc in vain)]
