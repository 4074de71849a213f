"""Film: how to do it, and the way in for clips."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from midstance.journal import AnalysisRow, JobState, Person, Recording, Store
from midstance.web.asking import person_of, store_of
from midstance.web.rendering import page
from midstance.web.words import moment_words

__all__ = ["RecentRecording", "film", "router"]

router = APIRouter(include_in_schema=False)
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class RecentRecording:
    """One recording in the list.

    Parameters
    ----------
    id, name
        Which one.
    words
        When it was filmed.
    state, kind
        How far it is, and how that is coloured.
    """

    id: str
    name: str
    words: str
    state: str
    kind: str


@router.get("/film", response_class=HTMLResponse)
def film(request: Request) -> HTMLResponse:
    """Show how to film, and where clips go."""
    person = person_of(request)
    recent = _recent(store_of(request), person) if person else []
    return page(request, "film.html", person=person, recordings=recent, lan=request.app.state.lan)


def _recent(store: Store, person: Person) -> list[RecentRecording]:
    newest: dict[str, AnalysisRow] = {}
    for row in store.analyses.of(person.id, limit=4 * _SHOWN):
        newest.setdefault(row.recording.id, row)
    recordings = store.recordings.of(person.id, limit=_SHOWN)
    return [_row(recording, newest.get(recording.id)) for recording in recordings]


def _row(recording: Recording, analysis: AnalysisRow | None) -> RecentRecording:
    state, kind = _state(recording, analysis)
    return RecentRecording(recording.id, recording.name, moment_words(recording.filmed), state, kind)


def _state(recording: Recording, analysis: AnalysisRow | None) -> tuple[str, str]:
    if analysis is not None:
        return {
            JobState.DONE: ("analysed", "good"),
            JobState.SET_ASIDE: ("did not work", "bad"),
            JobState.CANCELLED: ("cancelled", ""),
        }.get(analysis.state, ("being analysed", ""))
    return ("checked", "") if recording.facts.get("check") else ("new", "")
