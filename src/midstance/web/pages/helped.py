"""Did it help? One person's diary, with what else could explain it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from midstance.model import PainSite
from midstance.programme import cues
from midstance.single_case import Help, Phase
from midstance.web.asking import store_of
from midstance.web.pages.chosen import chosen_person
from midstance.web.programme_view import Case, case_of
from midstance.web.programme_view.gait_change import gait_changes
from midstance.web.programme_view.help_figure import Band, help_figure
from midstance.web.programme_view.helping import (
    ALL,
    Answer,
    Asked,
    Moment,
    answer_of,
    moment_words,
    phases_of,
    place_of,
    places_of,
)
from midstance.web.rendering import page
from midstance.web.words import capital, day_words, distance_words, place_words

__all__ = ["did_it_help", "router"]

router = APIRouter(include_in_schema=False)
_WIDE_PX, _NARROW_PX = 940.0, 338.0
_MOMENTS: tuple[Moment, ...] = ("during", "after", "next_morning", "before")
_OWN, _PLAN = "own", "plan"


@router.get("/helped", response_class=HTMLResponse)
def did_it_help(
    request: Request,
    place: Annotated[str, Query(max_length=60)] = "",
    moment: Moment = "during",
    what: Annotated[str, Query(max_length=60)] = ALL,
    since: Annotated[str, Query(max_length=10)] = "",
    name: Annotated[str, Query(max_length=80)] = "",
) -> HTMLResponse:
    """Say whether what was tried helped, how sure that is, and what else it could be."""
    store = store_of(request)
    case = case_of(store, chosen_person(request), whole=True)
    whats = _whats(case)
    what = what if what in {value for value, _ in whats} else whats[0][0]
    asked = _asked(case, place, moment, (what, _start(case, what, since), name.strip()))
    shown: dict[str, Any] = {
        "person": case.person,
        "case": case,
        "asked": asked,
        "pain_places": [
            (f"{site.value}:{side}", capital(place_words(site, side))) for site, side in places_of(case.pains)
        ],
        "moments": [(one, moment_words(one)) for one in _MOMENTS],
        "whats": whats,
        "what": what,
        "since": asked.since if asked else None,
        "own_name": name,
    }
    if asked is None or (asked.since is None and what == _OWN):
        return page(request, "programme/helped_empty.html", **shown)
    answer, phases = answer_of(asked, case), phases_of(asked, case)
    return page(
        request,
        "programme/helped.html",
        **shown,
        answer=answer,
        **_parts(request, case, asked, answer, phases),
    )


def _start(case: Case, what: str, since: str) -> date | None:
    """Return the day from which something was tried; None where the phases of the plan say it."""
    if what == _PLAN and case.plan is not None:
        return case.plan.made
    try:
        return date.fromisoformat(since) if what == _OWN else None
    except ValueError:
        return None


def _asked(case: Case, place: str, moment: Moment, tried: tuple[str, date | None, str]) -> Asked | None:
    """Return what is asked; None where the diary has no pain in it."""
    what, since, name = tried
    known = {f"{site.value}:{side}": (site, side) for site, side in places_of(case.pains)}
    where: tuple[PainSite, str] | None = known.get(place) or place_of(case.pains, case.plan)
    if where is None:
        return None
    titles = {cue.key: f"“{cue.title}”" for cue in cues()}
    names = {ALL: "the cues of the plan", _PLAN: "the plan", _OWN: name or "it", **titles}
    return Asked(*where, moment, what, since, names[what])


def _whats(case: Case) -> list[tuple[str, str]]:
    titles = {cue.key: cue.title for cue in cues()}
    tried = (
        [] if case.plan is None else [phase.cue for phase in case.plan.phases if phase.kind.value == "cue"]
    )
    choices = [(ALL, "all the cues of the plan")] if tried else []
    choices += [(key, titles[key]) for key in dict.fromkeys(tried) if key in titles]
    whole = [(_PLAN, "the plan as a whole, since its first day")] if case.plan is not None else []
    return [*choices, *whole, (_OWN, "something else, since a day")]


def _parts(
    request: Request, case: Case, asked: Asked, answer: Answer, phases: Sequence[Phase]
) -> dict[str, Any]:
    titles = {cue.key: cue.title for cue in cues()}
    titles |= {"baseline": "Before" if asked.since else "Your own way", asked.what: capital(asked.name)}
    begun = [phase for phase in phases if phase.start <= case.today]
    bands = [
        Band(chr(65 + n), phase.start, min(phase.end or case.today, case.today), phase.label != "baseline")
        for n, phase in enumerate(begun)
    ]
    names = [titles.get(phase.label, phase.label) for phase in begun]
    start = next((phase.start for phase in begun if phase.label in {asked.what, *_tried(asked, begun)}), None)
    return {
        "figures": _figures(case, asked, answer, bands),
        "legend": [
            (band.letter, name, _days(band, case.today)) for band, name in zip(bands, names, strict=True)
        ],
        "level_rows": [
            (bands[int(level.label)].letter, names[int(level.label)], level) for level in answer.levels
        ],
        "sizes": _sizes(answer.help) if answer.help else [],
        "onset": _onset(answer, case.person.units),
        "changes": gait_changes(store_of(request), case.person.id, start) if start else [],
        "place_words": place_words(asked.site, asked.side),
        "moment_words": moment_words(asked.moment),
    }


def _tried(asked: Asked, phases: Sequence[Phase]) -> set[str]:
    return {phase.label for phase in phases if phase.label != "baseline"} if asked.what == ALL else set()


def _days(band: Band, today: date) -> str:
    return f"{day_words(band.first, today)} – {day_words(band.last, today)}"


def _figures(case: Case, asked: Asked, answer: Answer, bands: list[Band]) -> list[Markup]:
    """Return the drawing for a desk and for a phone; none where nothing is rated."""
    if answer.course is None or answer.first is None:
        return []
    many, last_one = len(answer.course), bands[-1].letter
    label = f"Pain {moment_words(asked.moment)}, {many} ratings, with the phases A to {last_one}"
    last = answer.first + timedelta(days=float(answer.course.day[-1]))
    shown = [band for band in bands if band.first <= max(last, case.today)]
    return [
        Markup(help_figure(answer.course, answer.first, shown, answer.levels, case.runs, width, label))  # noqa: S704  # our own
        for width in (_WIDE_PX, _NARROW_PX)
    ]


def _sizes(found: Help) -> list[tuple[str, str, str]]:
    """Return name, value and meaning of each number without a model."""
    rows = [
        ("NAP", found.nap, "of all pairs of a day before and a day while trying, how many hurt less"),
        ("Tau", found.tau, "the same, with the pairs that hurt more taken off"),
        ("Tau-U", found.tau_u, "and with a trend that was there before taken off"),
        (
            "Standardised difference",
            found.standardised_difference,
            "change of the mean in standard deviations",
        ),
        ("Autocorrelation", found.lag_one, "how much a day is like the one before it"),
        ("p of the lot", found.p, "how often chance alone would show as much relief"),
    ]
    return [
        (name, f"{value:.2f}".replace("-", "−"), words) for name, value, words in rows if math.isfinite(value)
    ]


def _onset(answer: Answer, units: str) -> list[tuple[str, str]]:
    """Return how far into a run it began, in words."""
    found = answer.onset
    if found is None:
        return []
    before, after = (
        distance_words(metres, units) if math.isfinite(metres) else "mostly not at all"
        for metres in (found.before_m, found.after_m)
    )
    return [
        ("before", before),
        ("while trying", after),
        ("pairs of runs that got further", f"{100 * found.further:.0f} of 100"),
        ("by chance alone", f"{100 * min(max(found.p, 0.01), 0.99):.0f} of 100"),
    ]
