"""What the forms of the diary send, and what becomes of it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from midstance.model import PainEntry, PainSite, TrainingRun, Tried
from midstance.web.refusals import Refusal
from midstance.web.words import own_today

__all__ = ["PainForm", "RunForm"]

_METRES = {"km": 1000.0, "miles": 1609.344}
_MINUTE_S = 60.0
Rating = Annotated[float, Field(ge=0, le=10)] | None
Amount = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)] | None


class PainForm(BaseModel):
    """One entry of the diary, as typed."""

    day: date
    site: PainSite
    side: Literal["left", "right", "both"]
    before: Rating = None
    during: Rating = None
    after: Rating = None
    next_morning: Rating = None
    onset: Amount = None
    onset_in: Literal["distance", "minutes"] = "distance"
    tried: list[Tried] = []
    swelling: Literal["", "yes", "no"] = ""
    note: Annotated[str, Field(max_length=4000)] = ""

    def entry(self, units: str) -> PainEntry:
        """Return the entry.

        Parameters
        ----------
        units
            `km` or `miles`: what distances are typed in.

        Raises
        ------
        Refusal
            If it says nothing, or is about a day to come.
        """
        _check_past(self.day)
        ratings = (self.before, self.during, self.after, self.next_morning)
        if all(rating is None for rating in ratings) and not (
            self.tried or self.note.strip() or self.swelling
        ):
            raise Refusal(
                422, "The entry says nothing yet", "Diary", "choose a number from 0 to 10, then save"
            )
        by_distance = self.onset is not None and self.onset_in == "distance"
        by_time = self.onset is not None and self.onset_in == "minutes"
        return PainEntry(
            self.day,
            self.site,
            self.side,
            *ratings,
            onset_m=(self.onset or 0.0) * _METRES[units] if by_distance else None,
            onset_s=(self.onset or 0.0) * _MINUTE_S if by_time else None,
            tried=frozenset(self.tried),
            swelling={"yes": True, "no": False}.get(self.swelling),
            note=self.note.strip(),
        )


class RunForm(BaseModel):
    """One run, as typed."""

    day: date
    at: time = time(12, 0)
    distance: Amount = None
    minutes: Amount = None
    climb_m: Amount = None
    effort: Rating = None
    note: Annotated[str, Field(max_length=4000)] = ""

    def run(self, units: str) -> TrainingRun:
        """Return the run.

        Parameters
        ----------
        units
            `km` or `miles`: what distances are typed in.

        Raises
        ------
        Refusal
            If it has neither distance nor time, or is still to come.
        """
        _check_past(self.day)
        if not self.distance and not self.minutes:
            raise Refusal(
                422, "The run has neither distance nor time", "Diary", "type one of them, then save"
            )
        return TrainingRun(
            started=datetime.combine(self.day, self.at).astimezone(),
            duration_s=None if self.minutes is None else self.minutes * _MINUTE_S,
            distance_m=None if self.distance is None else self.distance * _METRES[units],
            climb_m=self.climb_m,
            effort=self.effort,
            note=self.note.strip(),
        )


def _check_past(day: date) -> None:
    if day > own_today():
        raise Refusal(422, f"{day} is still to come", "Diary", "choose today or an earlier day")
