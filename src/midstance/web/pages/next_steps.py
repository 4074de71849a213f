"""What to do next: the few things that help a runner most today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.requests import Request

from midstance.journal import AnalysisRow, Person, Store
from midstance.web.navigation import has_page
from midstance.web.words import own_today

__all__ = ["Step", "next_steps"]

_MOST = 4
_FILM_AGAIN_DAYS, _QUIET_DAYS = 14, 3


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Parameters
    ----------
    address
        Where it is done.
    icon
        Its drawing.
    title, words
        What it is, and why.
    """

    address: str
    icon: str
    title: str
    words: str


def next_steps(request: Request, store: Store, person: Person, last: AnalysisRow | None) -> list[Step]:
    """Return what to do next, the most useful first.

    Parameters
    ----------
    request
        What was asked: only pages this app has are offered.
    store
        Where everything is.
    person
        For whom.
    last
        The newest complete analysis; None where there is none.

    Returns
    -------
    list of Step
        At most four.
    """
    steps = [
        *_interview(request, store, person),
        *_questions(store, person, last),
        *_filming(last),
        *_plan(request, store, person),
        *_diary(store, person),
    ]
    return steps[:_MOST]


def _questions(store: Store, person: Person, last: AnalysisRow | None) -> list[Step]:
    if last is None:
        return []
    open_ones = [c for c in store.comments.of(last.id) if c.question and c.settled is None]
    if not open_ones:
        return []
    many = f"{len(open_ones)} open questions" if len(open_ones) > 1 else "An open question"
    return [Step(f"/analyses/{last.id}", "question", many, f"On the last analysis of {person.name}.")]


def _filming(last: AnalysisRow | None) -> list[Step]:
    if last is None:
        words = "Ten seconds from the side; the page shows how, with pictures."
        return [Step("/film", "film", "Film a run", words)]
    see = Step(
        f"/analyses/{last.id}",
        "trends",
        "Look at your last run",
        "Frame by frame, with every number at its place.",
    )
    age = (datetime.now(UTC) - last.recording.filmed).days
    if age < _FILM_AGAIN_DAYS:
        return [see]
    words = f"The last clip is {age} days old. Same place, same shoes, same speed."
    return [Step("/film", "film", "Film again", words), see]


def _interview(request: Request, store: Store, person: Person) -> list[Step]:
    if not has_page(request.app, "/interview") or store.papers.latest(person.id, "interview") is not None:
        return []
    words = "A few questions, those about safety before all others. About four minutes."
    return [Step("/interview", "question", "Tell about the pain", words)]


def _plan(request: Request, store: Store, person: Person) -> list[Step]:
    if not has_page(request.app, "/plan") or store.papers.latest(person.id, "interview") is None:
        return []
    words = "What to try this week, and how sure anyone is that it helps."
    return [Step("/plan", "plan", "Your plan", words)]


def _diary(store: Store, person: Person) -> list[Step]:
    today = own_today()
    recent = store.pains.of(person.id, since=today - timedelta(days=_QUIET_DAYS))
    week = store.runs.of(person.id, since=datetime.now(UTC) - timedelta(days=7))
    if not week:
        words = "By hand in a few seconds, or from a file of your watch."
        return [Step("/diary#run", "shoe", "Write down a run", words)]
    if not recent:
        words = "Zero counts too: days without pain show whether something helps."
        return [Step("/diary#pain", "diary", "Keep the diary going", words)]
    return [Step("/trends", "trends", "Trends", "Numbers, training and pain on one time line.")]
