"""What the report says first, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Answer", "State"]

State = Literal["usual", "behind", "ahead", "too_close", "refused"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for one leg.

    Parameters
    ----------
    side
        `left`, `right`, or `both` where there is nothing to tell apart.
    headline
        One plain sentence.
    detail
        The sentences below it: interval, what healthy runners have, why it is refused.
    state
        `usual`, `behind`, `ahead`, `too_close` or `refused`.
    """

    side: Literal["left", "right", "both"]
    headline: str
    detail: str
    state: State
