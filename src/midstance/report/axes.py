"""The frame around a plot: lines across with their numbers, and numbers below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.report.svg import line, text, ticks
from midstance.report.words import tick_words

if TYPE_CHECKING:
    from midstance.report.svg import Scale

__all__ = ["axes"]


def axes(x: Scale, y: Scale, across: int = 5, up: int = 5) -> list[str]:
    """Return the frame of a plot, about `across` numbers below it and `up` beside it."""
    left, right, bottom = x.start, x.end, y.start
    parts = []
    for value in ticks(y.low, y.high, up):
        place = float(y(value))
        parts.append(line(left, place, right, place, "zero" if value == 0 else "grid"))
        parts.append(text(left - 6, place + 4, tick_words(value), "tick", "end"))
    numbers = [(float(x(value)), tick_words(value)) for value in ticks(x.low, x.high, across)]
    below = [text(place, bottom + 15, words, "tick", "middle") for place, words in numbers]
    return [*parts, *below, line(left, bottom, right, bottom, "axis")]
