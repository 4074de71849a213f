"""Videos with ranges, and the files of an analysis that are known by name: no path comes from a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from midstance.web.asking import store_of
from midstance.web.refusals import Refusal
from midstance.web.safety import SEALED_POLICY
from midstance.web.sniffing import label

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FILES", "analysis_file", "original", "router", "video"]

FILES = {
    "report.html": "text/html; charset=utf-8",
    "report.pdf": "application/pdf",
    "analysis.json": "application/json",
    "player.json": "application/json",
    "steps.csv": "text/csv; charset=utf-8",
    "keypoints.parquet": "application/vnd.apache.parquet",
    "curves.parquet": "application/vnd.apache.parquet",
    "motion.trc": "text/plain; charset=utf-8",
    "annotated.mp4": "video/mp4",
    "thumbnail.jpg": "image/jpeg",
}
"""The files of an analysis that are given out, and what they are."""

_SHOWN = frozenset({"report.html", "report.pdf", "player.json", "annotated.mp4", "thumbnail.jpg"})
_PROXY = "proxy.mp4"
router = APIRouter(include_in_schema=False)


@router.get("/recordings/{recording_id}/video")
def video(request: Request, recording_id: str) -> Response:
    """Play a recording: the copy made for browsers where there is one, else the original."""
    store = store_of(request)
    recording = store.recordings.one(recording_id)
    if recording.kind != "video":
        raise Refusal(404, "This recording has no picture", recording.name, "look at its curves instead")
    proxy = store.vault.folder(recording.id) / _PROXY
    if proxy.is_file():
        return _played(proxy, "video/mp4")
    return _played(store.vault.path(recording.sha256), str(recording.facts.get("media_type", "video/mp4")))


@router.get("/recordings/{recording_id}/original")
def original(request: Request, recording_id: str) -> Response:
    """Give back a recording as it came."""
    store = store_of(request)
    recording = store.recordings.one(recording_id)
    path = store.vault.path(recording.sha256)
    return FileResponse(path, filename=label(recording.name), media_type="application/octet-stream")


@router.get("/analyses/{analysis_id}/files/{name}")
def analysis_file(request: Request, analysis_id: str, name: str) -> Response:
    """Give out one of the files of an analysis."""
    if name not in FILES:
        raise Refusal(404, "An analysis has no such file", label(name), f"it may have {', '.join(FILES)}")
    store = store_of(request)
    path = store.vault.folder(store.analyses.one(analysis_id).id) / name
    if not path.is_file():
        raise Refusal(404, f"There is no {name} yet", "this analysis", "wait until it is done, then reload")
    shown = "inline" if name in _SHOWN else "attachment"
    answer = FileResponse(path, filename=name, media_type=FILES[name], content_disposition_type=shown)
    if name == "report.html":
        answer.headers["content-security-policy"] = SEALED_POLICY
    return answer


def _played(path: Path, media_type: str) -> Response:
    known = media_type if media_type.startswith("video/") else "video/mp4"
    answer = FileResponse(path, media_type=known)
    answer.headers["content-disposition"] = "inline"
    return answer
