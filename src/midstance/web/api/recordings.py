"""Recordings: what was filmed or measured."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from midstance.journal import Recording
from midstance.web.api.shapes import FromRow, Given, Moment, Name
from midstance.web.asking import store_of
from midstance.web.refusals import Refusal

__all__ = [
    "JobAdded",
    "RecordingChange",
    "RecordingShown",
    "change_recording",
    "check_recording",
    "delete_recording",
    "list_recordings",
    "router",
    "show_recording",
]

router = APIRouter(prefix="/api/v1", tags=["recordings"])


class RecordingShown(FromRow):
    """A recording."""

    id: str
    person_id: str
    name: str
    kind: Annotated[str, Field(description="video, or lab for a laboratory's file")]
    view: Annotated[str, Field(description="side, rear or unknown")]
    size_bytes: int
    sha256: str
    pair_of: Annotated[str | None, Field(description="the same run from the other side")]
    facts: Annotated[dict[str, Any], Field(description="what is known of it: the outcome of the check")]
    filmed: datetime
    added: datetime


class RecordingChange(Given):
    """What is to be changed about a recording; what is left out stays."""

    name: Name | None = None
    view: Literal["side", "rear", "unknown"] | None = None
    filmed: Moment | None = None
    pair_of: str | None = None


class JobAdded(FromRow):
    """A job that was put in line."""

    job_id: str


@router.get("/people/{person_id}/recordings")
def list_recordings(request: Request, person_id: str) -> list[RecordingShown]:
    """List a person's recordings, the newest first; PUT /api/v1/uploads adds one."""
    store = store_of(request)
    store.people.one(person_id)
    return [RecordingShown.model_validate(row) for row in store.recordings.of(person_id)]


@router.get("/recordings/{recording_id}")
def show_recording(request: Request, recording_id: str) -> RecordingShown:
    """Show a recording; /recordings/{id}/video plays it, /recordings/{id}/original is the file."""
    return RecordingShown.model_validate(store_of(request).recordings.one(recording_id))


@router.patch("/recordings/{recording_id}")
def change_recording(request: Request, recording_id: str, change: RecordingChange) -> RecordingShown:
    """Change a recording's name, view, time, or the one it is a pair with."""
    recordings = store_of(request).recordings
    row = recordings.one(recording_id)
    sent = change.model_dump(exclude_unset=True)
    fields = {name: value for name, value in sent.items() if value is not None or name == "pair_of"}
    if fields.get("pair_of"):
        _same_person(row, recordings.one(fields["pair_of"]))
    if fields:
        recordings.change(recording_id, **fields)
    return RecordingShown.model_validate(recordings.one(recording_id))


@router.post("/recordings/{recording_id}/check", status_code=202)
def check_recording(request: Request, recording_id: str) -> JobAdded:
    """Put a clip check in line: frame rate, view, size, tilt, steps; it takes seconds."""
    store = store_of(request)
    store.recordings.one(recording_id)
    return JobAdded(
        job_id=store.jobs.add(
            "check", {"recording_id": recording_id}, key=f"check:{recording_id}", priority=6
        )
    )


@router.delete("/recordings/{recording_id}", status_code=204)
def delete_recording(request: Request, recording_id: str) -> None:
    """Delete a recording with its analyses and files: they are really gone."""
    store_of(request).recordings.delete(recording_id)


def _same_person(row: Recording, other: Recording) -> None:
    if other.person_id != row.person_id or other.id == row.id:
        raise Refusal(422, "That is not the same run from the other side", other.name, "choose another one")
