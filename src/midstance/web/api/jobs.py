"""Jobs: what is being worked on, and how long it will take."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import StreamingResponse

from midstance.errors import MidstanceError
from midstance.journal import Job, JobState
from midstance.web.api.shapes import FromRow
from midstance.web.asking import store_of
from midstance.web.refusals import Refusal
from midstance.web.safety.owners import coach_only

__all__ = ["JobShown", "cancel_job", "job_events", "list_jobs", "retry_job", "router", "show_job"]

router = APIRouter(prefix="/api/v1/jobs", tags=["jobs"])
_LOOK_EVERY_S = 0.4
_SIGN_OF_LIFE_S = 15.0
_LONGEST_S = 3600.0  # then the browser asks again by itself


class JobShown(FromRow):
    """A piece of work, as it stands."""

    id: str
    kind: Annotated[str, Field(description="check, analyse, correct or proxy")]
    state: JobState
    fraction: Annotated[float, Field(description="how much is done, 0 to 1")]
    sentence: str
    seconds_left: Annotated[float | None, Field(description="null while that cannot be told")]
    error: str
    attempts: int
    subject: Annotated[str | None, Field(description="the recording or analysis it is about")]
    result: Any
    added: datetime
    ended: datetime | None


@router.get("", dependencies=[Depends(coach_only)])
def list_jobs(request: Request) -> list[JobShown]:
    """List what waits or is being worked on."""
    return [JobShown.model_validate(job) for job in store_of(request).jobs.live()]


@router.get("/{job_id}")
def show_job(request: Request, job_id: str) -> JobShown:
    """Show how a job stands."""
    return JobShown.model_validate(store_of(request).jobs.one(job_id))


@router.post("/{job_id}/cancel")
def cancel_job(request: Request, job_id: str) -> JobShown:
    """Cancel a job that has not ended; one that has stays as it is."""
    jobs = store_of(request).jobs
    jobs.cancel(job_id)
    return JobShown.model_validate(jobs.one(job_id))


@router.post("/{job_id}/retry")
def retry_job(request: Request, job_id: str) -> JobShown:
    """Let a job that was cancelled or set aside wait again."""
    jobs = store_of(request).jobs
    if not jobs.retry(job_id):
        state = jobs.one(job_id).state
        raise Refusal(409, f"The job is {state.value.replace('_', ' ')}", "this job", "only stopped ones can")
    return JobShown.model_validate(jobs.one(job_id))


@router.get(
    "/{job_id}/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def job_events(request: Request, job_id: str) -> StreamingResponse:
    """Tell how a job goes on until it ends, as server-sent events named job, each with the job as JSON."""
    first = await to_thread.run_sync(store_of(request).jobs.one, job_id)  # refuse before the stream begins
    return StreamingResponse(
        _told(request, first),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _is_over(request: Request) -> bool:
    """Tell whether nobody listens any more, or the server is about to end."""
    return request.app.state.ending or await request.is_disconnected()


async def _told(request: Request, job: Job) -> AsyncIterator[str]:
    started = spoken = time.monotonic()
    last = ""
    while time.monotonic() - started < _LONGEST_S and not await _is_over(request):
        said = JobShown.model_validate(job).model_dump_json()
        if said != last:
            last, spoken = said, time.monotonic()
            yield f"event: job\ndata: {said}\n\n"
        elif time.monotonic() - spoken > _SIGN_OF_LIFE_S:
            spoken = time.monotonic()
            yield ": still there\n\n"
        if job.state.ended:
            return
        await asyncio.sleep(_LOOK_EVERY_S)
        try:
            job = await to_thread.run_sync(store_of(request).jobs.one, job.id)
        except MidstanceError as error:
            yield f"event: gone\ndata: {error}\n\n"
            return
