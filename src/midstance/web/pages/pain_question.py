"""The question of the day: one tap, one entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from midstance.journal import PainRow, Person, RunRow, Store
from midstance.model import PAIN_MOMENTS, PainEntry, PainSite
from midstance.web.words import day_words, own_today, place_words, tenths

__all__ = ["PainQuestion", "pain_question"]

_LOOKED_BACK_DAYS = 120
_NOON = 12
_KNEE = frozenset(
    {
        PainSite.KNEECAP,
        PainSite.OUTSIDE_KNEE,
        PainSite.INSIDE_KNEE,
        PainSite.BELOW_KNEECAP,
        PainSite.SHIN_BUMP,
        PainSite.JOINT_LINE,
        PainSite.BACK_OF_KNEE,
    }
)
_MOMENTS = {
    "before": "before running",
    "during": "while running",
    "after": "after running",
    "next_morning": "the morning after",
}


@dataclass(frozen=True, slots=True)
class PainQuestion:
    """What is asked today, or what was answered.

    Parameters
    ----------
    question
        In words.
    site, side
        The place it is about.
    place
        The same in words.
    moment, day
        Which rating of which day's entry the answer is.
    answer
        The rating given today; None while it is not.
    when
        When the answer is about, in words.
    entry_id
        The entry of the answer.
    """

    question: str
    site: str
    side: str
    place: str
    moment: str
    day: date
    answer: str | None = None
    when: str = ""
    entry_id: str = ""


def pain_question(store: Store, person: Person, *, again: bool = False) -> PainQuestion:
    """Return the question for a person: about the place that hurt last, at the moment it is now.

    Parameters
    ----------
    store
        Where diary and runs are.
    person
        Who is asked.
    again
        Whether to ask although there is an answer of today.

    Returns
    -------
    PainQuestion
        Answered where an entry was written today.
    """
    today = own_today()
    entries = store.pains.of(person.id, since=today - timedelta(days=_LOOKED_BACK_DAYS))
    last = max(entries, key=lambda row: (row.entry.day, row.added), default=None)
    newest = max(entries, key=lambda row: (row.added, row.entry.day), default=None)
    yesterday = datetime.now().astimezone() - timedelta(days=1)
    fresh = newest is not None and newest.added.astimezone().date() == today
    if newest is not None and fresh and not again and newest.entry.day >= yesterday.date():
        return _answered(newest, today)
    site, side = (last.entry.site, last.entry.side) if last else (PainSite.KNEECAP, "both")
    moment, day = _moment(store.runs.of(person.id, since=yesterday.replace(hour=0, minute=0)), today)
    return PainQuestion(
        question=_question(site, moment),
        site=site.value,
        side=side,
        place=place_words(site, side),
        moment=moment,
        day=day,
    )


def _moment(runs: Sequence[RunRow], today: date) -> tuple[str, date]:
    days = {row.run.started.astimezone().date() for row in runs}
    if today in days:
        return "after", today
    if today - timedelta(days=1) in days and datetime.now().astimezone().hour < _NOON:
        return "next_morning", today - timedelta(days=1)
    return "before", today


def _question(site: PainSite, moment: str) -> str:
    what = "your knee" if site in _KNEE else "it"
    return {
        "after": f"How is {what} after today's run?",
        "next_morning": f"How is {what} this morning, after yesterday's run?",
    }.get(moment, f"How is {what} right now?")


def _answered(row: PainRow, today: date) -> PainQuestion:
    entry = row.entry
    given = [moment for moment in PAIN_MOMENTS if getattr(entry, moment) is not None]
    moment = _worst_moment(entry) if given else "before"
    return PainQuestion(
        question="",
        site=entry.site.value,
        side=entry.side,
        place=place_words(entry.site, entry.side),
        moment=moment,
        day=entry.day,
        answer=tenths(entry.worst) if given else "–",
        when=f"{day_words(entry.day, today)}, {_MOMENTS[moment]}",
        entry_id=row.id,
    )


def _worst_moment(entry: PainEntry) -> str:
    return max(
        PAIN_MOMENTS, key=lambda moment: -1.0 if getattr(entry, moment) is None else getattr(entry, moment)
    )
