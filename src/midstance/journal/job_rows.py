"""A job as it stands, and the states it can be in, each with a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from midstance.journal.rows import Fields

__all__ = ["Job", "JobState", "job_from", "seconds_left"]


class JobState(StrEnum):
    """How a job stands."""

    WAITING = "waiting"  # for a worker, or for its next try
    RUNNING = "running"  # a worker has it on lease
    DONE = "done"
    SET_ASIDE = "set_aside"  # failed for good, with its error; can be tried again by hand
    CANCELLED = "cancelled"

    @property
    def sentence(self) -> str:
        """What the state means."""
        return _SENTENCES[self]

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it by itself."""
        return self not in {JobState.WAITING, JobState.RUNNING}

    def told(self, sentence: str, error: str) -> str:
        """Return how a job stands: what its worker says, or what the state means, with the error.

        Parameters
        ----------
        sentence
            What the worker said last.
        error
            What went wrong last; empty where nothing did.
        """
        if self is JobState.RUNNING:
            return sentence or self.sentence
        if self is JobState.SET_ASIDE and error:
            return f"{self.sentence} {error}"
        if self is JobState.WAITING and error:
            return f"It will be tried again by itself. {error}"
        return self.sentence


_SENTENCES = {
    JobState.WAITING: "It waits for its turn.",
    JobState.RUNNING: "It is being worked on.",
    JobState.DONE: "It is done.",
    JobState.SET_ASIDE: "It did not work and was set aside; you can try again.",
    JobState.CANCELLED: "It was cancelled.",
}


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work, as it stands.

    Parameters
    ----------
    id
        Name in the store.
    kind
        What is to be done: `check`, `analyse`, `correct`, `proxy` …
    payload
        What it is about.
    state
        How it stands.
    fraction
        How much is done, 0 to 1.
    sentence
        How it stands, in words.
    seconds_left
        How long it will take from the last heartbeat on [s]; None while that cannot be told.
    error
        What went wrong last; empty where nothing did.
    attempts
        How often a worker took it.
    checkpoint
        What its worker noted last, to go on from; None where nothing.
    result
        What came out; None until it is done.
    subject
        The analysis or recording it is about; None where neither.
    worker
        Who has it on lease, or had it last; empty where nobody.
    added
        When it was asked for.
    run_after
        Earliest time of its next try.
    ended
        When it ended; None while it has not.
    """

    id: str
    kind: str
    payload: Mapping[str, Any]
    state: JobState
    fraction: float
    sentence: str
    seconds_left: float | None
    error: str
    attempts: int
    checkpoint: Any
    result: Any
    subject: str | None
    worker: str
    added: datetime
    run_after: datetime
    ended: datetime | None


_OWN = (
    "id", "kind", "payload", "fraction", "error", "attempts", "checkpoint", "result", "subject", "worker",
    "added", "run_after", "ended",
)  # fmt: skip


def job_from(row: Fields) -> Job:
    """Return a job from a row of the table."""
    state = JobState(row["state"])
    return Job(
        **{name: row[name] for name in _OWN},
        state=state,
        sentence=state.told(row["sentence"], row["error"]),
        seconds_left=_left(row) if state is JobState.RUNNING else None,
    )


def _left(row: Fields) -> float | None:
    if row["started"] is None or row["beat"] is None:
        return None
    elapsed_s = (row["beat"] - row["started"]).total_seconds()
    return seconds_left(row["fraction"], row["started_fraction"], elapsed_s)


def seconds_left(fraction: float, started_fraction: float, elapsed_s: float) -> float | None:
    """Return how long a job will take if it goes on as it went [s]; None while that cannot be told.

    Parameters
    ----------
    fraction
        How much is done, 0 to 1.
    started_fraction
        How much was done when this worker took it.
    elapsed_s
        How long this worker has been at it [s]; not positive where a clock was set back.
    """
    done = fraction - started_fraction
    if done <= 0 or elapsed_s <= 0:
        return None
    return max(elapsed_s * (1.0 - fraction) / done, 0.0)
