"""What changed in the films: the last before something was tried against the last while trying."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from midstance.journal import MeasureRow, Store
from midstance.report.words import HIP_OVER_ANKLE, metric_of
from midstance.web.changes import Trend, trend_words
from midstance.web.figures import change_bar

__all__ = ["GaitChange", "gait_changes"]

_COMPARED = (
    (HIP_OVER_ANKLE, ("right", "left")),
    ("cadence_spm", ("both",)),
    ("foot_strike_angle_deg", ("right", "left")),
    ("overstride_m", ("right", "left")),
    ("trunk_lean_deg", ("both",)),
)


@dataclass(frozen=True, slots=True)
class GaitChange:
    """How one number changed.

    Parameters
    ----------
    name, side
        Which number of which leg.
    trend
        What can be said about it.
    figure
        The change against noise, drawn; empty where there is nothing to compare.
    before_id, after_id
        The two analyses.
    """

    name: str
    side: str
    trend: Trend
    figure: Markup
    before_id: str
    after_id: str


def gait_changes(store: Store, person_id: str, start: date) -> list[GaitChange]:
    """Return what changed between the last film before a day and the last one since.

    Parameters
    ----------
    store
        Where the numbers are.
    person_id
        Whose.
    start
        The day something was first tried.

    Returns
    -------
    list of GaitChange
        Of numbers that both films gave, made the same way.
    """
    found = []
    for key, sides in _COMPARED:
        rows = store.analyses.measures(person_id, key)
        for side in sides:
            own = [row for row in rows if row.side == side and row.value is not None]
            found += _changed(key, side, own, start)
    return found


def _changed(key: str, side: str, rows: list[MeasureRow], start: date) -> list[GaitChange]:
    before = [row for row in rows if row.when.astimezone().date() < start]
    after = [row for row in rows if row.when.astimezone().date() >= start]
    if not before or not after:
        return []
    trend = trend_words([before[-1], after[-1]])
    if trend.state == "too_few":
        return []
    title = metric_of(key).title
    bar = Markup(change_bar(trend.change, trend.detectable, side, f"{title}, {side}: {trend.sentence}"))  # noqa: S704  # our own
    return [GaitChange(title, side, trend, bar, before[-1].analysis_id, after[-1].analysis_id)]
