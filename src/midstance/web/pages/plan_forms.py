"""What the forms of the plan send, and what becomes of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from midstance.programme import Break, CueLog, Preferences
from midstance.web.refusals import Refusal
from midstance.web.words import own_today

__all__ = ["BreakForm", "CueLogForm", "WishesForm"]

Minutes = Annotated[float, Field(ge=0, le=300, allow_inf_nan=False)]
Rating = Annotated[float, Field(ge=0, le=10)] | None
Note = Annotated[str, Field(max_length=4000)]


class WishesForm(BaseModel):
    """What a runner wishes and is used to, as typed."""

    runs_per_week: Annotated[int, Field(ge=1, le=7)] = 3
    usual_minutes: Minutes = 30.0
    goal_minutes: Minutes = 45.0
    cadence_spm: Annotated[float, Field(ge=100, le=260)] | None = None
    lessons_per_week: Annotated[int, Field(ge=0, le=7)] = 2
    cues: Annotated[int, Field(ge=1, le=4)] = 2
    own_way_again: bool = False
    strength: bool = False
    metronome: bool = False
    floor: bool = False
    kneeling: bool = False

    def preferences(self) -> Preferences:
        """Return them as the plan takes them."""
        return Preferences(
            runs_per_week=self.runs_per_week,
            usual_minutes=self.usual_minutes,
            goal_minutes=max(self.goal_minutes, self.usual_minutes),
            cadence_spm=self.cadence_spm,
            cues=self.cues,
            own_way_again=self.own_way_again,
            strength=self.strength,
            metronome=self.metronome,
            lessons_per_week=self.lessons_per_week,
            floor=self.floor,
            kneeling=self.kneeling,
        )


class CueLogForm(BaseModel):
    """A run with a cue, as typed."""

    day: date
    minutes: Minutes | None = None
    pain_with: Rating = None
    pain_without: Rating = None
    ease: Rating = None
    note: Note = ""

    def log(self, cue: str) -> CueLog:
        """Return it as it is kept.

        Parameters
        ----------
        cue
            Key of the cue.

        Raises
        ------
        Refusal
            If it is about a day to come.
        """
        _check_past(self.day)
        return CueLog(
            self.day, cue, self.minutes, self.pain_with, self.pain_without, self.ease, self.note.strip()
        )


class BreakForm(BaseModel):
    """Days off, as typed."""

    first: date
    last: Annotated[str, Field(max_length=10)] = ""
    why: Literal["ill", "travel", "other"] = "other"

    def log(self) -> Break:
        """Return them as they are kept.

        Raises
        ------
        Refusal
            If they end before they begin.
        """
        try:
            last = date.fromisoformat(self.last) if self.last else None
        except ValueError as error:
            raise Refusal(422, f"{self.last} is no day", "Days off", "choose it from the calendar") from error
        if last is not None and last < self.first:
            raise Refusal(
                422, f"They end on {last}, before they begin on {self.first}", "Days off", "exchange the two"
            )
        return Break(self.first, last, self.why)


def _check_past(day: date) -> None:
    if day > own_today():
        raise Refusal(422, f"{day} is still to come", "Run with a cue", "choose today or an earlier day")
