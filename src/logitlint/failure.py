"""What only leads up to an error is left out of a body: nothing follows from it."""

from __future__ import annotations

from logitlint.ir import Exit, If, Stmt, inside


def short_of_failure(body: tuple[Stmt, ...]) -> tuple[Stmt, ...]:
    """The body of a function or the arm of a branch; where it ends in an error, without what only leads up to that.

    It can be long: on monai two fifths of all evaluations looked for the word that a user had meant, to say it in a message.
    """
    if not body or not _fails(body[-1]):
        return body
    last = next((i for i in range(len(body) - 2, -1, -1) if _leaves(body[i])), -1)
    return (*body[: last + 1], Exit(body[-1].at, "raise", None))


def _fails(last: Stmt) -> bool:
    if isinstance(last, If):
        return bool(last.then and last.other) and _fails(last.then[-1]) and _fails(last.other[-1]) and not _leaves(last)
    return isinstance(last, Exit) and last.kind == "raise"


def _leaves(node: Stmt) -> bool:
    """Whether control may leave a statement for any place but its end or an error."""
    if isinstance(node, Exit):
        return node.kind != "raise"
    return any(map(_leaves, inside(node)))
