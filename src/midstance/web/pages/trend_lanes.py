"""What the lanes of the time line show of a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from midstance.journal import MeasureRow, Person, Store
from midstance.report.words import HIP_OVER_ANKLE, interval_words, metric_of, shown, unit_of
from midstance.web.figures import Amount, AmountLane, Lane, Reading, ReadingLane
from midstance.web.numbers import estimate_of, usual_of
from midstance.web.pages.day_sums import first_of_week, in_weeks, weekly_distance
from midstance.web.words import day_words, unit_words

__all__ = ["CADENCE", "STRIKE", "Span", "lanes_of", "readings_of"]

STRIKE, CADENCE = "foot_strike_angle_deg", "cadence_spm"
_DAILY_UP_TO = 100  # days; above that the worst of each week stands for it
_MOST_MARKS = 60


@dataclass(frozen=True, slots=True)
class Span:
    """Days that are shown.

    Parameters
    ----------
    first, last
        Both included.
    """

    first: date
    last: date

    @property
    def thinned(self) -> bool:
        """Whether a week, not a day, is the smallest that is told apart."""
        return (self.last - self.first).days >= _DAILY_UP_TO

    @property
    def start(self) -> datetime:
        """When it begins."""
        return datetime.combine(self.first, datetime.min.time()).astimezone()


def lanes_of(
    store: Store, person: Person, span: Span, numbers: Mapping[str, Sequence[MeasureRow]]
) -> list[Lane]:
    """Return the lanes with something in them.

    Parameters
    ----------
    store
        Where diary and runs are.
    person
        Whose.
    span
        Which days.
    numbers
        Metric key → its measurements, the oldest first.

    Returns
    -------
    list of Lane
        Hip over foot, strike, cadence, training, pain.
    """
    runs = weekly_distance(store.runs.of(person.id, since=span.start), person.units)
    pains = [Amount(day, day, worst) for day, worst in store.pains.worst_of_days(person.id, span.first)]
    lanes: list[Lane] = [
        _reading_lane("Hip over foot", numbers[HIP_OVER_ANKLE], span, 168.0, zero=True),
        _reading_lane("Foot strike", numbers[STRIKE], span, 92.0),
        _reading_lane("Cadence", numbers[CADENCE], span, 80.0),
        AmountLane("Training", f"{unit_words(person.units)} a week", runs, None, "bars", 72.0),
        AmountLane("Pain", "worst of the day, 0 to 10", pains, 10.0, "stems", 84.0),
    ]
    if span.thinned:
        lanes[-1] = AmountLane("Pain", "worst of the week, 0 to 10", in_weeks(pains), 10.0, "stems", 84.0)
    return [lane for lane in lanes if (lane.readings if isinstance(lane, ReadingLane) else lane.amounts)]


def _reading_lane(
    title: str, rows: Sequence[MeasureRow], span: Span, height: float, *, zero: bool = False
) -> ReadingLane:
    metric = metric_of(rows[0].key if rows else "", rows[0].unit if rows else "")
    usual = usual_of(rows[-1]) if rows and zero else None
    band = None if usual is None else (usual[0] * metric.shown_factor, usual[1] * metric.shown_factor)
    unit = "cm ahead of the ankle" if zero else {"°": "degrees"}.get(unit_of(metric), unit_of(metric))
    return ReadingLane(title, unit, readings_of(rows, span), band, zero, height)


def readings_of(rows: Sequence[MeasureRow], span: Span, *, thin: bool = True) -> list[Reading]:
    """Return the measurements of a span, in the unit shown.

    Parameters
    ----------
    rows
        One number, the oldest first.
    span
        Which days.
    thin
        Whether the last of each week, or month, stands for it where there are many.

    Returns
    -------
    list of Reading
        Without those that were refused.
    """
    given = [row for row in rows if row.value is not None and row.when >= span.start]
    if thin and len(given) > _MOST_MARKS:
        given = _last_of_each(given, span)
    return [_reading(row) for row in given]


def _last_of_each(rows: Sequence[MeasureRow], span: Span) -> list[MeasureRow]:
    weeks = max(1, -(-(span.last - span.first).days // (7 * _MOST_MARKS // 2)))
    kept: dict[tuple[str, int], MeasureRow] = {}
    for row in rows:
        week = (first_of_week(row.when.date()) - first_of_week(span.first)) // timedelta(days=7 * weeks)
        kept[row.side, week] = row
    return list(kept.values())


def _reading(row: MeasureRow) -> Reading:
    metric, estimate = metric_of(row.key, row.unit), estimate_of(row)
    value, low, high = (v * metric.shown_factor for v in (estimate.value, estimate.low, estimate.high))
    when = day_words(row.when.astimezone().date())
    leg = "" if row.side == "both" else f"{row.side} leg, "
    words = (
        f"{metric.title}, {leg}{when}: {shown(metric, estimate.value)} ({interval_words(metric, estimate)})"
    )
    side = row.side if row.side in {"left", "right"} else "both"
    return Reading(row.when, side, value, low, high, f"/analyses/{row.analysis_id}", words)  # type: ignore[arg-type]
