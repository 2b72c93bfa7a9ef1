"""The compiled form of a signature stub: what the interpreter asks of a known API."""

from __future__ import annotations

from typing import NamedTuple

from logitlint.kinds import Want

#: Stands for "no default": the argument must be given.
REQUIRED = "<required>"
#: Stands for a default that is not a literal: given, but unknown.
OPAQUE = "<opaque>"


class Result(NamedTuple):
    """What a call returns: a kind or a transfer with its arguments.

    ``op`` is a kind's stub name (``ProbCat``) or a transfer's (``Same``); ``args`` are parameter names, integers or
    nested results, in the order of the stub's subscript. ``ProbCat["dim"]`` is ``Result("ProbCat", ("dim",))``.
    """

    op: str
    args: tuple[str | int | Result, ...] = ()


class Param(NamedTuple):
    """``mode``: ``plain``, ``positional`` (only), ``keyword`` (only), ``*`` or ``**``.

    In a ``call``, a keyword parameter with ``literals``, without a default and with the name of a parameter of ``init`` is no
    argument: the overload holds when the object was built with one of these values.

    ``role``: ``prediction`` (judged against ``want``), ``target``, ``input`` (of an activation that expects
    unnormalised scores), ``flag`` (annotated with ``Literal``) or ``plain``.
    """

    name: str
    mode: str = "plain"
    default: object = REQUIRED
    role: str = "plain"
    want: Want | None = None
    axis: int | str | None = None  #: class axis, where the annotation names one
    literals: tuple[object, ...] = ()  #: the values under which this overload holds


class Signature(NamedTuple):
    """One overload. ``binds`` is the kind that an ``__init__`` overload gives to the class's type variable ``K``."""

    params: tuple[Param, ...]
    result: Result | None = None
    binds: Want | None = None


class Contract(NamedTuple):
    """A function (``call``) or a class (``init``, then ``call`` and other ``methods`` of the instance)."""

    name: str
    form: str  #: "function" or "class"
    sort: str = ""  #: "Loss", "Activation", "Layer", "Container", "Model", "Metric", "Distribution" … or ""
    bases: tuple[str, ...] = ()
    init: tuple[Signature, ...] = ()
    call: tuple[Signature, ...] = ()
    methods: tuple[tuple[str, tuple[Signature, ...]], ...] = ()
    evidence: str = "R"  #: V verified numerically, S read in the installed source, R recalled
    doc: str = ""
    attributes: tuple[tuple[str, Result], ...] = ()  #: of an instance, read without a call: ``Tensor.T``, ``Categorical.probs``
