"""Analyses: what a recording gave, with settings, corrections and files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from midstance.journal import AnalysisRow, JobState, Recording, Store
from midstance.settings import Settings, replaced
from midstance.web.api.shapes import FromRow, Given, Number
from midstance.web.asking import store_of
from midstance.web.media import FILES
from midstance.web.refusals import Refusal

__all__ = [
    "AnalysisAdded",
    "AnalysisShown",
    "AnalysisWanted",
    "MeasureShown",
    "ask_for_analysis",
    "delete_analysis",
    "list_analyses",
    "list_files",
    "list_measures",
    "list_of_recording",
    "router",
    "show_analysis",
    "show_record",
    "show_trend",
]

router = APIRouter(prefix="/api/v1", tags=["analyses"])


class AnalysisShown(FromRow):
    """An analysis, finished or not, without its numbers."""

    id: str
    recording_id: str
    person_id: str
    state: JobState
    sentence: str
    fraction: float
    job_id: str | None
    parent: Annotated[str | None, Field(description="the analysis that was corrected")]
    current: Annotated[bool, Field(description="whether trends show this one of the recording")]
    settings: dict[str, Any]
    corrections: list[dict[str, Any]]
    versions: dict[str, str]
    set_up: dict[str, Any]
    added: datetime
    completed: datetime | None


class AnalysisWanted(Given):
    """How to analyse."""

    settings: dict[str, dict[str, Any]] = Field(
        default_factory=dict,
        description="table → option → value, as in a settings file; what is left out has its default",
    )


class AnalysisAdded(FromRow):
    """An analysis that was put in line."""

    analysis_id: str
    job_id: str


class MeasureShown(FromRow):
    """One number of one analysis."""

    analysis_id: str
    recording_id: str
    when: datetime
    key: str
    side: str
    value: Number | None
    low: Annotated[Number | None, Field(description="lower end of the 95 % interval")]
    high: Annotated[Number | None, Field(description="upper end of the 95 % interval")]
    unit: str
    n: Annotated[int, Field(description="number of steps it rests on")]
    tier: Annotated[str, Field(description="how far to believe it: high, fair, low or refused")]
    method: str
    definition: str
    frame: int | None
    percentile: float | None
    words: str
    set_up: dict[str, Any]


@router.get("/people/{person_id}/analyses")
def list_analyses(request: Request, person_id: str) -> list[AnalysisShown]:
    """List a person's analyses, the newest first."""
    store = store_of(request)
    store.people.one(person_id)
    return [_shown(row) for row in store.analyses.of(person_id)]


@router.get("/recordings/{recording_id}/analyses")
def list_of_recording(request: Request, recording_id: str) -> list[AnalysisShown]:
    """List the analyses of a recording, the newest first; earlier ones are kept."""
    store = store_of(request)
    store.recordings.one(recording_id)
    return [_shown(row) for row in store.analyses.of(recording_id)]


@router.post("/recordings/{recording_id}/analyses", status_code=202)
def ask_for_analysis(request: Request, recording_id: str, wanted: AnalysisWanted) -> AnalysisAdded:
    """Put an analysis in line."""
    store = store_of(request)
    _check_settings(store, store.recordings.one(recording_id), wanted.settings)
    name = store.analyses.add(recording_id, wanted.settings)
    job = store.jobs.add("analyse", {"analysis_id": name}, key=f"analyse:{name}")
    return AnalysisAdded(analysis_id=name, job_id=job)


@router.get("/analyses/{analysis_id}")
def show_analysis(request: Request, analysis_id: str) -> AnalysisShown:
    """Show an analysis without its numbers."""
    return _shown(store_of(request).analyses.one(analysis_id))


@router.get("/analyses/{analysis_id}/record")
def show_record(request: Request, analysis_id: str) -> dict[str, Any]:
    """Show everything an analysis gave, as in analysis.json."""
    return store_of(request).analyses.record(analysis_id)


@router.get("/analyses/{analysis_id}/measures")
def list_measures(request: Request, analysis_id: str) -> list[MeasureShown]:
    """List the numbers of an analysis."""
    analyses = store_of(request).analyses
    analyses.one(analysis_id)
    return [MeasureShown.model_validate(row) for row in analyses.numbers(analysis_id)]


@router.get("/analyses/{analysis_id}/files")
def list_files(request: Request, analysis_id: str) -> dict[str, str]:
    """List the files of an analysis: name → address."""
    store = store_of(request)
    folder = store.vault.folder(store.analyses.one(analysis_id).id)
    return {name: f"/analyses/{analysis_id}/files/{name}" for name in FILES if (folder / name).is_file()}


@router.delete("/analyses/{analysis_id}", status_code=204)
def delete_analysis(request: Request, analysis_id: str) -> None:
    """Delete an analysis with its files; the recording stays."""
    store_of(request).analyses.delete(analysis_id)


@router.get("/people/{person_id}/trends/{key}", tags=["trends"])
def show_trend(request: Request, person_id: str, key: str, side: str | None = None) -> list[MeasureShown]:
    """Show how one number of the metric catalogue went, the oldest first."""
    store = store_of(request)
    store.people.one(person_id)
    return [MeasureShown.model_validate(row) for row in store.analyses.measures(person_id, key, side)]


def _check_settings(store: Store, recording: Recording, settings: dict[str, dict[str, Any]]) -> None:
    """Refuse what there is not, and every path: a recording is named by its id, no file of the machine."""
    chosen = replaced(Settings(), settings)
    laboratory = chosen.laboratory
    if laboratory.markers is not None or laboratory.ground_forces is not None:
        raise Refusal(
            422, "A path cannot be given here", "settings.laboratory", "use the command line for it"
        )
    for named in (chosen.declared.standing, laboratory.static):
        if named is not None and store.recordings.one(str(named)).person_id != recording.person_id:
            raise Refusal(422, "That recording shows somebody else", str(named), "choose another one")


def _shown(row: AnalysisRow) -> AnalysisShown:
    own: Mapping[str, Any] = {
        name: getattr(row, name) for name in AnalysisShown.model_fields if hasattr(row, name)
    }
    return AnalysisShown(**own, recording_id=row.recording.id, person_id=row.person.id)
