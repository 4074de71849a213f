"""Two analyses of one person: number by number, and whether a difference is more than they can be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from midstance.journal import JobState
from midstance.web.analysis_view import changes, corrections_shown, recalled
from midstance.web.asking import store_of
from midstance.web.refusals import Refusal
from midstance.web.rendering import page

if TYPE_CHECKING:
    from midstance.journal import AnalysisRow

__all__ = ["compare", "router"]

router = APIRouter(include_in_schema=False)


@router.get("/analyses/{analysis_id}/compare/{other}", response_class=HTMLResponse)
def compare(request: Request, analysis_id: str, other: str) -> HTMLResponse:
    """Show what differs between an analysis and a later or corrected one."""
    store = store_of(request)
    before, after = store.analyses.one(analysis_id), store.analyses.one(other)
    _check(before, after)
    rows = changes(recalled(store.analyses.record(before.id)), recalled(store.analyses.record(after.id)))
    same = before.recording.sha256 == after.recording.sha256
    return page(
        request,
        "analysis/changes.html",
        before=before,
        after=after,
        person=after.person,
        same_recording=same,
        corrected=corrections_shown(after.corrections) if same else [],
        changed=[row for row in rows if row.call != "same"],
        unchanged=[row for row in rows if row.call == "same"],
    )


def _check(before: AnalysisRow, after: AnalysisRow) -> None:
    if before.person.id != after.person.id:
        raise Refusal(404, "These two are of different people", "this page", "compare two of the same person")
    if not before.state is after.state is JobState.DONE:
        raise Refusal(409, "One of the two is not done yet", "this page", "wait until it is, then reload")
