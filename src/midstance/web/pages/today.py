"""Today: how it is, the last number, what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from midstance.journal import Job, Person, RunRow, Store
from midstance.model import PainEntry, PainSite
from midstance.web.asking import person_of, store_of
from midstance.web.figures import Amount, AmountLane, time_line
from midstance.web.first_start import DEMO_NAME
from midstance.web.numbers import last_number
from midstance.web.pages.day_sums import daily_distance
from midstance.web.pages.next_steps import next_steps
from midstance.web.pages.pain_question import pain_question
from midstance.web.programme_view import todays_box
from midstance.web.refusals import Refusal
from midstance.web.rendering import page
from midstance.web.words import distance_of, own_today, tenths, unit_words

__all__ = ["rate_pain", "router", "today"]

router = APIRouter(include_in_schema=False)
_SHOWN_DAYS = 14
_MORNING, _NOON, _EVENING = 5, 12, 18


@router.get("/", response_class=HTMLResponse)
def today(request: Request, *, again: bool = False) -> HTMLResponse:
    """Show the first page."""
    person = person_of(request)
    now = datetime.now().astimezone()
    shown: dict[str, Any] = {"date_line": f"{now:%A}, {now.day} {now:%B}", "greeting": _greeting(now)}
    if person is None:
        return page(request, "today.html", person=None, **shown)
    store = store_of(request)
    last = store.analyses.latest(person.id)
    return page(
        request,
        "today.html",
        person=person,
        demo=person.name == DEMO_NAME,
        asked=pain_question(store, person, again=again),
        number=last_number(store, last),
        working=_working(store, person),
        programme=todays_box(store, person),
        steps=next_steps(request, store, person, last),
        **_two_weeks(store, person),
        **shown,
    )


@router.post("/today/pain")
def rate_pain(
    request: Request,
    rating: Annotated[float, Form(ge=0, le=10)],
    site: Annotated[PainSite, Form()],
    side: Annotated[str, Form(pattern="^(left|right|both)$")],
    moment: Annotated[str, Form(pattern="^(before|during|after|next_morning)$")],
    day: Annotated[date, Form()],
) -> Response:
    """Write down the answer of one tap."""
    person = person_of(request)
    if person is None:
        raise Refusal(404, "There is nobody to write this down for", "Today", "add a person first")
    store = store_of(request)
    ratings = {moment: rating}
    store.pains.add(person.id, PainEntry(day, site, side, **ratings))  # type: ignore[arg-type]  # checked above
    if "hx-request" in request.headers:
        return page(request, "parts/pain_today.html", person=person, asked=pain_question(store, person))
    return RedirectResponse("/", 303)


def _greeting(now: datetime) -> str:
    if _MORNING <= now.hour < _NOON:
        return "Good morning"
    return "Good afternoon" if _NOON <= now.hour < _EVENING else "Good evening"


def _working(store: Store, person: Person) -> dict[str, Any] | None:
    """Return the analysis that is being made; None where there is none."""
    for row in store.analyses.of(person.id, limit=5):
        if not row.state.ended and row.job_id:
            job: Job = store.jobs.one(row.job_id)
            return {"name": row.recording.name, "job": job}
    return None


def _two_weeks(store: Store, person: Person) -> dict[str, Any]:
    """Return the last two weeks, drawn and in numbers; nothing where nothing was written down."""
    last = own_today()
    first = last - timedelta(days=_SHOWN_DAYS - 1)
    pains = store.pains.worst_of_days(person.id, first)
    start = datetime.combine(first, datetime.min.time()).astimezone()
    runs = store.runs.of(person.id, since=start)
    if not pains and not runs:
        return {"week": None, "week_facts": []}
    unit = unit_words(person.units)
    worst = [Amount(day, day, rating) for day, rating in pains]
    lanes = [
        AmountLane("Pain", "worst of the day, 0 to 10", worst, 10.0, "stems", 78.0),
        AmountLane("Running", f"{unit} a day", daily_distance(runs, person.units), None, "bars", 56.0),
    ]
    lanes = [lane for lane in lanes if lane.amounts]
    drawn = time_line(lanes, first, last, 340.0, "Pain and running of the last two weeks")
    return {"week": Markup(drawn), "week_facts": _facts(pains, runs, person)}  # noqa: S704  # our own drawing


def _facts(
    pains: Sequence[tuple[date, float]], runs: Sequence[RunRow], person: Person
) -> list[tuple[str, str]]:
    metres = sum(row.run.distance_m or 0.0 for row in runs)
    worst = [rating for _, rating in pains]
    return [
        ("runs", str(len(runs))),
        (f"{unit_words(person.units)} in all", f"{distance_of(metres, person.units):.0f}"),
        ("worst pain", tenths(max(worst)) if worst else "–"),
    ]
