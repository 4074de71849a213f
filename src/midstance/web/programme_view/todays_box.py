"""The programme on the first page: what stops it, or what today asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from midstance.journal import Person, Store
from midstance.model import RedFlag
from midstance.programme import Day
from midstance.web.programme_view.case import case_of

__all__ = ["TodaysBox", "todays_box"]


@dataclass(frozen=True, slots=True)
class TodaysBox:
    """What the first page says of the programme.

    Parameters
    ----------
    state
        `stop` with a red flag, `ask` where the interview is open, `make` where a plan can be made, `plan`
        where there is one.
    red_flags
        What stops it.
    reasons
        Why the warning signs should be read once more.
    day
        What today asks for; None without a plan.
    begun
        Whether the interview has been begun.
    """

    state: Literal["stop", "ask", "make", "plan"]
    red_flags: tuple[RedFlag, ...]
    reasons: tuple[str, ...]
    day: Day | None
    begun: bool


def todays_box(store: Store, person: Person) -> TodaysBox:
    """Return what the first page says of a person's programme.

    Parameters
    ----------
    store
        Where everything is.
    person
        Whose.

    Returns
    -------
    TodaysBox
        A red flag goes before everything else.
    """
    case = case_of(store, person)
    state: Literal["stop", "ask", "make", "plan"] = "ask"
    if case.triage.stop:
        state = "stop"
    elif case.plan is not None:
        state = "plan"
    elif case.triage.complete:
        state = "make"
    return TodaysBox(state, case.red_flags, case.reasons, case.day, case.begun)
