"""A progress bar with the time left, on stderr."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ProgressBar"]

_CELLS = 24
_REDRAW_S = 0.1
_ETA_AFTER_S = 2.0
_LINE_EVERY = 0.1


@dataclass(slots=True, eq=False)
class ProgressBar:
    """Shows a fraction done: one line drawn again on a terminal, a line every 10 % elsewhere.

    Parameters
    ----------
    stream
        Where it is shown.
    clock
        Seconds that only run forward.
    """

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    clock: Callable[[], float] = time.monotonic
    _started: float = field(init=False)
    _shown_at: float = field(init=False, default=-1.0)
    _next_line: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        """Start the clock."""
        self._started = self.clock()

    def __call__(self, fraction: float, stage: str) -> None:
        """Show how much is done [0 to 1] and what is being done."""
        if self.stream.isatty():
            self._draw(fraction, stage)
        elif fraction >= self._next_line:
            self._next_line = (int(fraction / _LINE_EVERY + 1e-9) + 1) * _LINE_EVERY - 1e-9
            self._write(f"{self._text(fraction, stage)}\n")

    def part(self, start: float, end: float) -> Callable[[float, str], None]:
        """Return a progress of its own for the part from `start` to `end`."""
        return lambda fraction, stage: self(start + (end - start) * fraction, stage)

    def close(self) -> None:
        """Wipe the line on a terminal."""
        if self.stream.isatty():
            self._write("\r\x1b[K")

    def _draw(self, fraction: float, stage: str) -> None:
        now = self.clock()
        if fraction < 1.0 and now - self._shown_at < _REDRAW_S:
            return
        self._shown_at = now
        full = round(_CELLS * fraction)
        line = f"{'━' * full}{'·' * (_CELLS - full)} {self._text(fraction, stage)}"
        self._write(f"\r\x1b[K{line[: shutil.get_terminal_size().columns - 1]}")  # a longer one would wrap

    def _text(self, fraction: float, stage: str) -> str:
        return f"{fraction:4.0%}{self._left(fraction)}  {stage}"

    def _left(self, fraction: float) -> str:
        elapsed = self.clock() - self._started
        if not 0.0 < fraction < 1.0 or elapsed < _ETA_AFTER_S:
            return ""
        minutes, seconds = divmod(round(elapsed * (1.0 - fraction) / fraction), 60)
        return f", about {minutes}:{seconds:02d} left:"

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()
