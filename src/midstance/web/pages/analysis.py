"""The page of one analysis: the answer, the player, the numbers, comments, files."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from midstance.journal import JobState
from midstance.model import Video
from midstance.report.words import HIP_OVER_ANKLE, definition_words
from midstance.web.analysis_view import (
    corrections_shown,
    downloads,
    page_parts,
    player_view,
    recalled,
    threaded,
)
from midstance.web.asking import store_of
from midstance.web.rendering import page
from midstance.web.words import size_words

if TYPE_CHECKING:
    from midstance.journal import AnalysisRow, Store
    from midstance.model import Analysis

__all__ = ["Other", "player_file", "router", "show_analysis", "view"]

router = APIRouter(include_in_schema=False)
_PLAYER = "player.json"
_DECLARED = ("surface", "speed_m_s", "incline_percent", "slow_motion_factor", "roll_deg")
_LEVEL = 5  # of gzip: twice the size costs more on a phone's Wi-Fi than a higher one here


@router.get("/analyses/{analysis_id}", response_class=HTMLResponse)
def show_analysis(request: Request, analysis_id: str) -> HTMLResponse:
    """Show an analysis: how far it is, or what it found."""
    store = store_of(request)
    row = store.analyses.one(analysis_id)
    if row.state is not JobState.DONE:
        return page(request, "analysis/waiting.html", row=row, person=row.person)
    record = store.analyses.record(row.id)
    analysis = recalled(record)
    return page(
        request,
        "analysis/page.html",
        row=row,
        person=row.person,
        **page_parts(analysis, record),
        **_places(store, row, analysis),
        **_choices(analysis),
        thread=threaded(store.comments.of(row.id)),
        others=_others(store, row),
    )


@router.get("/analyses/{analysis_id}/view.json")
def view(request: Request, analysis_id: str) -> Response:
    """Give the player what it needs besides the frames."""
    store = store_of(request)
    row = store.analyses.one(analysis_id)
    shown = player_view(recalled(store.analyses.record(row.id)))
    shown |= {
        "id": row.id,
        "label": f"{row.recording.filmed:%d %b %Y} · {row.recording.name}",
        "video": f"/recordings/{row.recording.id}/video",
        "corrections": [dict(one) for one in row.corrections],
    }
    return _packed(json.dumps(shown, separators=(",", ":")).encode())


@router.get("/analyses/{analysis_id}/player.json")
def player_file(request: Request, analysis_id: str) -> Response:
    """Give the player the frames, packed: a third of the size."""
    store = store_of(request)
    return _packed((store.vault.folder(store.analyses.one(analysis_id).id) / _PLAYER).read_bytes())


def _packed(content: bytes) -> Response:
    packed = gzip.compress(content, _LEVEL, mtime=0)
    return Response(packed, media_type="application/json", headers={"content-encoding": "gzip"})


@dataclass(frozen=True, slots=True)
class Other:
    """Another analysis of the same person, to be set beside this one.

    Parameters
    ----------
    id
        Its name in the store.
    label
        When it was filmed, and the file.
    """

    id: str
    label: str


_MOST_OTHERS = 60


def _others(store: Store, row: AnalysisRow) -> list[Other]:
    found = [
        one
        for one in store.analyses.of(row.person.id, limit=_MOST_OTHERS)
        if one.id != row.id and one.state is JobState.DONE and one.recording.kind == "video"
    ]
    return [Other(one.id, _label(one, row)) for one in found]


def _label(one: AnalysisRow, row: AnalysisRow) -> str:
    when = f"{one.recording.filmed:%d %b %Y} · {one.recording.name}"
    if one.recording.id != row.recording.id:
        return when
    return f"{when} · {'the original' if one.id == row.parent else 'analysed ' + f'{one.added:%d %b, %H:%M}'}"


def _places(store: Store, row: AnalysisRow, analysis: Analysis) -> dict[str, Any]:
    """Return what is there to be opened: the video, the files, the original of a correction."""
    folder = store.vault.folder(row.id)
    files = downloads(folder)
    seen = analysis.recording
    return {
        "can_play": row.recording.kind == "video" and (folder / _PLAYER).is_file(),
        "landscape": isinstance(seen, Video) and seen.width_px > seen.height_px,
        "player_address": f"/analyses/{row.id}/player.json",
        "view_address": f"/analyses/{row.id}/view.json",
        "video": f"/recordings/{row.recording.id}/video",
        "files": files,
        "has_report": any(file.name == "report.html" for file in files),
        "original_size": size_words(row.recording.size_bytes),
        "corrected": corrections_shown(row.corrections),
        "parent": row.parent,
        "newer": _newer(store, row),
        "leg_frames": {m.side: m.frame for m in analysis.measures if m.key == HIP_OVER_ANKLE},
    }


def _newer(store: Store, row: AnalysisRow) -> str | None:
    """Return the current analysis of the recording, where that is a later one."""
    if row.current:
        return None
    return next((one.id for one in store.analyses.of(row.recording.id) if one.current), None)


def _choices(analysis: Analysis) -> dict[str, Any]:
    """Return what can be said anew, with what was said."""
    settings = analysis.settings
    said = {
        **dict.fromkeys(_DECLARED),
        **settings.get("declared", {}),
        "definition": settings.get("midstance", {}).get("definition", ""),
        "quality": settings.get("pose", {}).get("quality", "full"),
    }
    names = next(
        (m.by_definition for m in analysis.measures if m.key == HIP_OVER_ANKLE and m.by_definition), {}
    )
    return {"said": said, "choices": [(name, definition_words(name)) for name in names]}
