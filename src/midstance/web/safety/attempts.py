"""Guessing takes too long: only so many tries in a while."""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from midstance.web.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Attempts"]

_MOST_NAMES = 10_000


@dataclass(slots=True, eq=False)
class Attempts:
    """Counts the tries of each name within a window of time.

    Parameters
    ----------
    limit
        How many are allowed.
    window_s
        Within how long [s].
    clock
        Seconds that only run forward, whatever is done to the time of day.
    """

    limit: int = 8
    window_s: float = 300.0
    clock: Callable[[], float] = time.monotonic
    _tries: dict[str, deque[float]] = field(init=False, default_factory=dict)
    _swept: float = field(init=False, default=-math.inf)
    _lock: Lock = field(init=False, default_factory=Lock)

    def count(self, *names: str) -> None:
        """Count one try for each name.

        Raises
        ------
        Refusal
            With how long to wait, if one of them has had its tries.
        """
        with self._lock:
            now = self.clock()
            self._forget(now, names)
            for name in names:
                tries = self._tries.setdefault(name, deque())
                if len(tries) >= self.limit:
                    raise _wait(self.window_s - (now - tries[0]))
            for name in names:
                self._tries[name].append(now)

    def forgive(self, *names: str) -> None:
        """Forget the tries of names that have shown who they are."""
        with self._lock:
            for name in names:
                self._tries.pop(name, None)

    def _forget(self, now: float, names: tuple[str, ...]) -> None:
        """Drop what is past: of these names always, of all now and then."""
        everything = now - self._swept >= self.window_s
        self._swept = now if everything else self._swept
        for name in list(self._tries) if everything else names:
            tries = self._tries.get(name, deque())
            while tries and now - tries[0] >= self.window_s:
                tries.popleft()
            if not tries:
                self._tries.pop(name, None)
        while len(self._tries) > _MOST_NAMES:  # the oldest go first, so that memory is bounded
            del self._tries[next(iter(self._tries))]


def _wait(seconds: float) -> Refusal:
    whole = max(1, round(seconds))
    return Refusal(
        429,
        "Too many tries",
        "the login",
        f"wait {whole} s and try again",
        headers={"Retry-After": str(whole)},
    )
