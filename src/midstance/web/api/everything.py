"""The store as a whole: export, deletion, what numbers there are, which settings."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse

from midstance import __version__
from midstance.model import CATALOGUE
from midstance.settings import Settings, to_mapping
from midstance.web.asking import store_of
from midstance.web.safety.owners import coach_only

__all__ = [
    "MetricShown",
    "StoreShown",
    "delete_everything",
    "export_everything",
    "export_person",
    "list_metrics",
    "list_settings",
    "router",
    "show_store",
]

router = APIRouter(prefix="/api/v1")
_ZIP: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
}


class StoreShown(BaseModel):
    """The store as a whole."""

    version: Annotated[str, Field(description="of Midstance")]
    people: int
    free_bytes: Annotated[int, Field(description="what the disk has left")]
    room_bytes: Annotated[int, Field(description="what may still be taken in")]


class MetricShown(BaseModel):
    """A number that can be reported."""

    key: str
    unit: str
    title: str
    meaning: str
    positive: Annotated[str, Field(description="what a positive value means")]
    sided: Annotated[bool, Field(description="whether each leg has its own")]


@router.get("/everything", tags=["everything"], dependencies=[Depends(coach_only)])
def show_store(request: Request) -> StoreShown:
    """Show how much there is, and how much room."""
    store = store_of(request)
    return StoreShown(
        version=__version__,
        people=store.people.count(),
        free_bytes=store.vault.free_bytes(),
        room_bytes=max(store.vault.room_bytes(), 0),
    )


@router.get(
    "/everything/export",
    tags=["everything"],
    response_class=FileResponse,
    responses=_ZIP,
    dependencies=[Depends(coach_only)],
)
def export_everything(request: Request) -> FileResponse:
    """Give out everything as a zip of open formats."""
    return _exported(request, None)


@router.get("/people/{person_id}/export", tags=["people"], response_class=FileResponse, responses=_ZIP)
def export_person(request: Request, person_id: str) -> FileResponse:
    """Give out everything of a person as a zip of open formats."""
    return _exported(request, store_of(request).people.one(person_id).id)


@router.delete("/everything", status_code=204, tags=["everything"], dependencies=[Depends(coach_only)])
def delete_everything(
    request: Request,
    sure: Annotated[Literal["delete everything"], Query(description="so that it is meant")],  # noqa: ARG001
) -> None:
    """Delete every person, recording, analysis, entry, account and file: they are really gone."""
    store_of(request).erase()


@router.get("/metrics", tags=["trends"])
def list_metrics() -> list[MetricShown]:
    """List every number that can be reported."""
    return [
        MetricShown(
            key=metric.key,
            unit=metric.unit,
            title=metric.title,
            meaning=metric.meaning,
            positive=metric.positive,
            sided=metric.sided,
        )
        for metric in CATALOGUE.values()
    ]


@router.get("/settings", tags=["analyses"])
def list_settings() -> dict[str, Any]:
    """List every option of an analysis with its default: table → option → value."""
    return to_mapping(Settings())


def _exported(request: Request, person_id: str | None) -> FileResponse:
    store = store_of(request)
    target = store.files / f"export-{secrets.token_hex(8)}.zip"
    try:
        store.export(target, person_id)
    except BaseException:
        _remove(target)
        raise
    name = f"midstance-{datetime.now().astimezone():%Y-%m-%d}.zip"
    return FileResponse(
        target, filename=name, media_type="application/zip", background=BackgroundTask(_remove, target)
    )


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
