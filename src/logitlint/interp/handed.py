"""What is handed to code out of sight that runs it: functions to pools and executors, objects to libraries that call their methods."""

from __future__ import annotations

import sys

from logitlint.interp import containers
from logitlint.interp.core import Args, Core
from logitlint.interp.state import options
from logitlint.interp.values import ClassValue, Function, Loc, Method, Partial, Ref, Seq, Value

#: Who saves or shows an object and calls none of its methods, or calls them by protocols that are followed.
_KEEPS = sys.stdlib_module_names | {"torch", "tensorflow", "keras", "jax", "numpy", "paddle", "mxnet"}
_OVER_ELEMENTS = frozenset({"map", "map_async", "imap", "imap_unordered"})
_OVER_TUPLES = frozenset({"starmap", "starmap_async"})
_OF_POOLS = _OVER_ELEMENTS | _OVER_TUPLES | {"submit", "apply", "apply_async"}


def aside(m: Core, fn: Value, args: Args, loc: Loc) -> None:
    """Call what works on objects of its own, or at another time."""
    path = m.path
    m.state.push()
    try:
        m.call(fn, args, loc)
    finally:
        m.state.pop()
        m.path = path


def to_pool(m: Core, name: str, args: Args, loc: Loc) -> None:
    """``executor.submit(f, x)``, ``pool.map(f, xs)`` and their kin, of whatever object."""
    if name not in _OF_POOLS or not args.pos or not isinstance(args.pos[0], (Function, ClassValue, Partial, Method)):
        return
    fn, given = args.pos[0], args.get(1, "args")
    if name == "submit":
        aside(m, fn, Args(args.pos[1:], args.named, args.more), loc)
    elif given is not None and (isinstance(given, Seq) or m.form(given) == "list"):
        content = containers.sequence(m, given)
        if name not in _OVER_ELEMENTS | _OVER_TUPLES:
            aside(m, fn, Args(content.items, {}, content.rest is not None), loc)
            return
        for element in content.elements:
            each = containers.sequence(m, element) if name in _OVER_TUPLES else Seq((element,))
            aside(m, fn, Args(each.items, {}, each.rest is not None), loc)


def to_library(m: Core, args: Args, name: str = "") -> None:
    """A call of something out of sight, which may call the methods of the objects that it is given. ``name``: of what is called."""
    if name.partition(".")[0] in _KEEPS:
        return
    for value in (*args.pos, *args.named.values()):
        for _, option in options(value):
            if isinstance(option, Ref) and m.form(option) == "instance":
                m.handed(option)
