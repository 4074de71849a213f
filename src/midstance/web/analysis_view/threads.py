"""Comments in the order they are read: each with the answers to it below."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.journal import Comment

__all__ = ["threaded"]


def threaded(comments: Sequence[Comment]) -> list[Comment]:
    """Return comments with their answers right behind them.

    Parameters
    ----------
    comments
        The oldest first.

    Returns
    -------
    list of Comment
        All of them; an answer to one that was deleted stands where it was given.
    """
    there = {comment.id for comment in comments}
    first = [comment for comment in comments if comment.reply_to not in there]
    ordered: list[Comment] = []
    waiting = list(reversed(first))
    while waiting:
        comment = waiting.pop()
        ordered.append(comment)
        waiting += reversed([one for one in comments if one.reply_to == comment.id])
    return ordered
