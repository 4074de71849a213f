"""Corrections by hand: an analysis worked out again, the original kept."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from midstance import formats
from midstance.journal import AnalysisRow, Store
from midstance.web.api.analyses import AnalysisAdded
from midstance.web.api.shapes import Given
from midstance.web.asking import store_of

__all__ = [
    "Corrections",
    "EventMovedGiven",
    "LegsExchangedGiven",
    "PersonChosenGiven",
    "PointMovedGiven",
    "correct_analysis",
    "router",
]

router = APIRouter(prefix="/api/v1", tags=["analyses"])
_MOST = 5000
Frame = Annotated[int, Field(ge=0, le=10**7, strict=True, description="index of the frame, from 0")]
Pixel = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False, description="as shown: x right, y down")]
Seconds = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False, description="on the real clock")]


class PointMovedGiven(Given):
    """A point put elsewhere in one frame."""

    kind: Literal["point_moved"]
    frame: Frame
    point: Annotated[str, Field(max_length=60, description="name of the point, as in the skeleton")]
    x_px: Pixel
    y_px: Pixel


class LegsExchangedGiven(Given):
    """Left and right legs exchanged over a span of frames, both ends included."""

    kind: Literal["legs_exchanged"]
    first_frame: Frame
    last_frame: Frame


class EventMovedGiven(Given):
    """One event of one step put at another time."""

    kind: Literal["event_moved"]
    side: Literal["left", "right"]
    event: Literal["initial_contact", "midstance", "toe_off"]
    from_s: Seconds
    to_s: Seconds


class PersonChosenGiven(Given):
    """Another person to follow."""

    kind: Literal["person_chosen"]
    frame: Frame
    x_px: Pixel
    y_px: Pixel


_Correction = Annotated[
    PointMovedGiven | LegsExchangedGiven | EventMovedGiven | PersonChosenGiven, Field(discriminator="kind")
]


class Corrections(Given):
    """What was corrected by hand, those made before included."""

    corrections: Annotated[list[_Correction], Field(min_length=1, max_length=_MOST)]


@router.post("/analyses/{analysis_id}/corrections", status_code=202)
def correct_analysis(request: Request, analysis_id: str, wanted: Corrections) -> AnalysisAdded:
    """Work an analysis out again with corrections; the original is kept."""
    read = (formats.read_correction(one.model_dump()) for one in wanted.corrections)
    checked = [formats.correction_record(one) for one in read]
    store = store_of(request)
    origin = _untouched(store, store.analyses.one(analysis_id))
    name = store.analyses.add(origin.recording.id, origin.settings, checked, parent=origin.id)
    job = store.jobs.add("correct", {"analysis_id": name}, key=f"correct:{name}", priority=6)
    return AnalysisAdded(analysis_id=name, job_id=job)


def _untouched(store: Store, row: AnalysisRow) -> AnalysisRow:
    """Return the analysis no hand has touched: corrections are always of what the networks saw."""
    while row.corrections and row.parent:
        row = store.analyses.one(row.parent)
    return row
