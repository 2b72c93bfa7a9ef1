"""What is handed to code out of sight that runs it: functions to pools and executors, objects to libraries that call their methods."""

from __future__ import annotations

import sys

from logitlint.interp import containers
from logitlint.interp.core import Args, Core
from logitlint.interp.objects import any_element
from logitlint.interp.state import options
from logitlint.interp.values import NOTHING, ClassValue, Function, Loc, Mapping, Method, Partial, Ref, Seq, Value

#: Who saves or shows an object and calls none of its methods, or calls them by protocols that are followed.
_KEEPS = sys.stdlib_module_names | {"torch", "tensorflow", "keras", "jax", "numpy", "paddle", "mxnet"}
_OVER_TUPLES = frozenset({"starmap", "starmap_async"})
_OVER_ELEMENTS = frozenset({"map", "map_async", "imap", "imap_unordered"})
_OF_POOLS = _OVER_ELEMENTS | _OVER_TUPLES | {"submit", "apply_async"}
_OF_THE_POOL = frozenset({"chunksize", "timeout", "callback", "error_callback", "buffersize"})


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
    fn, given = args.pos[0], args.pos[1:]
    if name == "submit":
        aside(m, fn, Args(given, args.named, args.more), loc)
    elif name == "apply_async":
        content, keywords = containers.sequence(m, args.get(1, "args") or Seq(())), args.get(2, "kwds")
        known = m.field(keywords or NOTHING, "items")
        named = {str(key): value for key, value in known.items} if isinstance(known, Mapping) else {}
        more = content.rest is not None or args.more or (keywords is not None and not isinstance(known, Mapping))
        aside(m, fn, Args(content.items, named, more), loc)
    elif given and (isinstance(given[0], Seq) or m.form(given[0]) == "list"):
        named = {key: value for key, value in args.named.items() if key not in _OF_THE_POOL}
        columns = [containers.sequence(m, each) for each in given]
        for element in columns[0].elements:
            if name in _OVER_TUPLES:
                each = containers.sequence(m, element)
                aside(m, fn, Args(each.items, {}, each.rest is not None), loc)
            else:
                aside(m, fn, Args((element, *map(any_element, columns[1:])), named, args.more), loc)


def to_library(m: Core, args: Args, name: str = "") -> None:
    """A call of something out of sight, which may call the methods of the objects that it is given. ``name``: of what is called."""
    if name.partition(".")[0] in _KEEPS:
        return
    for value in (*args.pos, *args.named.values()):
        for _, option in options(value):
            if isinstance(option, Ref) and m.form(option) == "instance":
                m.handed(option)
