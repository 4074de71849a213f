"""The report of an analysis as a PDF, for the runner or for a clinician."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from midstance.journal import AnalysisRow, JobState, Store
from midstance.pipeline import printed
from midstance.web.asking import store_of
from midstance.web.programme_view import case_of
from midstance.web.refusals import Refusal

__all__ = ["print_report", "router"]

router = APIRouter(include_in_schema=False)
_RECORD = "analysis.json"


@router.get("/findings/{analysis_id}/report.pdf")
def print_report(
    request: Request,
    analysis_id: str,
    audience: Annotated[Literal["runner", "clinician"], Query(alias="for")] = "runner",
) -> Response:
    """Print one page for the runner, or two for a clinician."""
    store = store_of(request)
    row: AnalysisRow = store.analyses.one(analysis_id)
    if row.state is not JobState.DONE:
        raise Refusal(
            409, "There is nothing to print yet", row.recording.name, "wait until the analysis is done"
        )
    case = case_of(store, row.person)
    with _record_of(store, row) as path:
        pdf = printed(path, audience, triage=case.triage if case.begun else None)
    name = f"midstance-{audience}-{row.recording.filmed:%Y-%m-%d}.pdf"
    return Response(
        pdf,
        media_type="application/pdf",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


@contextmanager
def _record_of(store: Store, row: AnalysisRow) -> Iterator[Path]:
    """Give the file the report is made from: with its pictures where they lie, else from the store alone."""
    kept = store.vault.folder(row.id) / _RECORD
    if kept.is_file():
        yield kept
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / _RECORD
        path.write_text(json.dumps(store.analyses.record(row.id)), "utf-8")
        yield path
