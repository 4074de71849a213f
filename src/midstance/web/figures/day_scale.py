"""A straight map from days to pixels, with the ticks people expect of a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

__all__ = ["DayScale"]

_WEEKS_UP_TO, _MONTHS_UP_TO = 75, 800  # days shown up to which each week, each month has its tick


@dataclass(frozen=True, slots=True)
class DayScale:
    """From days to places along a time line.

    Parameters
    ----------
    first, last
        The days at both ends, both shown whole.
    start, end
        Where the first begins and the last ends [px].
    """

    first: date
    last: date
    start: float
    end: float

    @property
    def days(self) -> int:
        """How many days are shown."""
        return (self.last - self.first).days + 1

    @property
    def day_px(self) -> float:
        """How wide a day is [px]."""
        return (self.end - self.start) / self.days

    def middle(self, day: date) -> float:
        """Return the place of the middle of a day [px]."""
        return self.start + ((day - self.first).days + 0.5) * self.day_px

    def at(self, moment: datetime) -> float:
        """Return the place of a moment, in this machine's time zone [px]."""
        own = moment.astimezone()
        part = (own.hour * 60 + own.minute) / 1440.0
        return self.start + ((own.date() - self.first).days + part) * self.day_px

    def ticks(self, about: int) -> list[tuple[float, str]]:
        """Return places [px] and words of the ticks, no more than about so many."""
        days = self._tick_days()
        step = -(-len(days) // max(about, 1))
        kept = days[::-1][::step][::-1]
        return [(self.start + (day - self.first).days * self.day_px, self._words(day)) for day in kept]

    def _tick_days(self) -> list[date]:
        every = [self.first + timedelta(days=k) for k in range(self.days)]
        if self.days <= _WEEKS_UP_TO:
            return [day for day in every if day.weekday() == 0]
        firsts = [day for day in every if day.day == 1]
        return firsts if self.days <= _MONTHS_UP_TO else [day for day in firsts if day.month in {1, 7}]

    def _words(self, day: date) -> str:
        if self.days <= _WEEKS_UP_TO:
            return f"{day.day} {day:%b}"
        return f"{day:%b}" if day.month != 1 else f"{day:%Y}"
