"""The runs of training."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request

from midstance import formats
from midstance.journal import RunRow, Store
from midstance.model import TrainingRun
from midstance.web.api.shapes import Given, Line, Moment, Text
from midstance.web.asking import store_of
from midstance.web.refusals import Refusal
from midstance.web.sniffing import label

__all__ = [
    "RunAdded",
    "RunGiven",
    "RunShown",
    "add_run",
    "add_run_file",
    "delete_run",
    "list_runs",
    "router",
    "show_run",
]

router = APIRouter(prefix="/api/v1/people/{person_id}/runs", tags=["runs"])
Amount = Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False)]


class RunGiven(Given):
    """A run written down by hand or read from a watch elsewhere; what was not measured is null."""

    started: Moment
    duration_s: Amount | None = None
    distance_m: Amount | None = None
    climb_m: Amount | None = None
    descent_m: Amount | None = None
    cadence_spm: Annotated[Amount | None, Field(description="steps per minute, both feet")] = None
    contact_time_s: Amount | None = None
    vertical_oscillation_m: Amount | None = None
    heart_rate_bpm: Amount | None = None
    effort: Annotated[float | None, Field(ge=0, le=10, description="how hard it felt, 0 to 10")] = None
    device: Line = ""
    note: Text = ""


class RunAdded(BaseModel):
    """The name of a run, and whether it was new."""

    id: str
    new: Annotated[bool, Field(description="false where the store had it already")]
    doubts: list[str] = Field(default_factory=list, description="what is doubtful about the file it is from")


class RunShown(BaseModel):
    """A run."""

    id: str
    person_id: str
    added: datetime
    started: datetime
    duration_s: float | None
    distance_m: float | None
    climb_m: float | None
    descent_m: float | None
    cadence_spm: float | None
    contact_time_s: float | None
    vertical_oscillation_m: float | None
    heart_rate_bpm: float | None
    effort: float | None
    source: str
    device: str
    note: str


@router.get("")
def list_runs(
    request: Request,
    person_id: str,
    since: Annotated[Moment | None, Query(description="first start")] = None,
    until: Annotated[Moment | None, Query(description="starts before this")] = None,
) -> list[RunShown]:
    """List a person's runs, the oldest first."""
    store = store_of(request)
    store.people.one(person_id)
    return [_shown(row) for row in store.runs.of(person_id, since, until)]


@router.post("", status_code=201)
def add_run(request: Request, person_id: str, run: RunGiven) -> RunAdded:
    """Add a run; one that is there already is not added twice."""
    name, new = store_of(request).runs.add(person_id, TrainingRun(**run.model_dump()))
    return RunAdded(id=name, new=new)


@router.post(
    "/file",
    status_code=201,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def add_run_file(request: Request, person_id: str, name: Line = "run") -> RunAdded:
    """Add the run of a watch's file: FIT, TCX or GPX, as the body of the request."""
    content = await request.body()  # short: bodies that are no uploads are counted
    return await to_thread.run_sync(_added_from, store_of(request), person_id, content, label(name, "run"))


@router.get("/{run_id}")
def show_run(request: Request, person_id: str, run_id: str) -> RunShown:
    """Show a run."""
    return _shown(_own(store_of(request), person_id, run_id))


@router.delete("/{run_id}", status_code=204)
def delete_run(request: Request, person_id: str, run_id: str) -> None:
    """Delete a run."""
    store = store_of(request)
    _own(store, person_id, run_id)
    store.runs.delete(run_id)


def _added_from(store: Store, person_id: str, content: bytes, name: str) -> RunAdded:
    with TemporaryDirectory(prefix="midstance-") as folder:
        path = Path(folder) / "run"
        path.write_bytes(content)
        run, doubts = formats.read_training_run(path, name)
    made, new = store.runs.add(person_id, run)
    return RunAdded(id=made, new=new, doubts=list(doubts))


def _own(store: Store, person_id: str, run_id: str) -> RunRow:
    row = store.runs.one(run_id)
    if row.person_id != person_id:
        raise Refusal(404, "There is no such run", "this diary", "list them again")
    return row


def _shown(row: RunRow) -> RunShown:
    fields: dict[str, Any] = {
        name: getattr(row.run, name) for name in RunShown.model_fields if hasattr(row.run, name)
    }
    return RunShown(id=row.id, person_id=row.person_id, added=row.added, **fields)
