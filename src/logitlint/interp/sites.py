"""A site: a place where a value's kind matters, with the value that reached it and the conditions on the way."""

from __future__ import annotations

from dataclasses import dataclass

from logitlint.interp.guards import TRUE, Guard
from logitlint.interp.values import Loc, Origin, Value
from logitlint.kinds import Want


@dataclass(frozen=True, slots=True)
class Site:
    """``form``:

    - ``loss``: ``value`` reaches an argument of ``api`` that wants ``want`` (``role``: prediction or target);
    - ``log``: the logarithm of ``value`` was taken; ``cancelled`` when the result was multiplied by the same probability;
    - ``activation``: ``api`` was applied to ``value`` and made ``result``;
    - ``product``: the logarithm of raw scores was multiplied by something, as a log-probability is;
    - ``metric``: ``value`` reaches a metric that wants ``want``;
    - ``discard``: the result of ``api`` was thrown away.

    ``path`` is the condition under which the consumer runs, ``chosen`` the condition that chose this consumer among
    others at the same place. ``group`` numbers the evaluation: the alternatives of one call share it.
    """

    form: str
    loc: Loc
    api: str
    value: Value
    path: Guard
    chosen: Guard
    group: int
    want: Want | None = None
    axis: int | None = None
    role: str = "prediction"
    result: Value | None = None
    built: Origin | None = None
    target: Value | None = None
    detail: str = ""
    calls: tuple[Loc, ...] = ()  #: the calls in other files through which execution came here, the outermost first
    whole: Guard = TRUE  #: when any of the alternatives of this evaluation is taken
    model: int | None = None  #: the address of a model that is compiled, where the code around does not train it by its name
    others: bool = False  #: whether that code trains others
    #: Of that model: ``trained``, ``in vain`` where only models are that it is a part of, ``loaded`` from a file, else ``idle``.
    fate: str = ""
