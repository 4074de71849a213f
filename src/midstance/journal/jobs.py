"""The queue of work: a lease table that survives kill −9, power cuts and clocks set back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update

from midstance.journal.columns import new_id
from midstance.journal.job_rows import Job, JobState, job_from
from midstance.journal.leasing import back_off_s, due, lose_leases, mend_clock, needs_care
from midstance.journal.rows import affected, row_of
from midstance.journal.service_tables import jobs
from midstance.journal.tables import analyses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from midstance.journal.database import Database
    from midstance.journal.rows import Fields

__all__ = ["MAX_TRIES", "Jobs"]

MAX_TRIES = 5  # without progress; then a job is set aside
_LIVE = (JobState.WAITING, JobState.RUNNING)
_OF_ANALYSIS = ("analyse", "correct")


class Jobs:
    """The queue of a store.

    Notes
    -----
    A worker claims a job for the length of a lease and prolongs it by heartbeats. Whoever finds a lease
    run out puts the job back, or aside when it was taken `MAX_TRIES` times without a new checkpoint: then
    it is the job that kills its workers. `finish`, `fail` and `heartbeat` of a worker that lost its
    lease change nothing and return False, so that each job ends exactly once. The name of a worker
    must be its own: a restarted process takes a new one.
    """

    def __init__(self, database: Database, max_tries: int = MAX_TRIES) -> None:
        self._database, self._max_tries = database, max_tries

    def add(self, kind: str, payload: Mapping[str, Any], key: str | None = None, *, priority: int = 0) -> str:
        """Ask for work and return the name of the job.

        Parameters
        ----------
        kind
            What is to be done.
        payload
            What it is about; `analysis_id`, or else `recording_id`, becomes its subject.
        key
            While a job of the same key has not ended, that one is returned and nothing is added.
        priority
            Higher ones come first: what somebody waits for at the screen.
        """
        with self._database.writing() as connection:
            if key is not None and not self._database.is_sqlite:  # there the transaction is alone anyway
                connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(key))))
            known = self._live(connection, key)
            if known is not None:
                return known
            return self._insert(connection, kind, payload, key, priority)

    def _live(self, connection: Connection, key: str | None) -> str | None:
        if key is None:
            return None
        query = select(jobs.c.id).where(jobs.c.key == key, jobs.c.state.in_(_LIVE))
        name: str | None = connection.execute(query).scalar()
        return name

    def _insert(
        self, connection: Connection, kind: str, payload: Mapping[str, Any], key: str | None, priority: int
    ) -> str:
        name, now = new_id(), self._database.now(connection)
        subject = payload.get("analysis_id") or payload.get("recording_id")
        fixed = {"state": JobState.WAITING, "fraction": 0.0, "sentence": "", "error": "", "worker": ""}
        counts = {"attempts": 0, "fruitless": 0, "lease_s": 0.0, "started_fraction": 0.0}
        own = {"id": name, "kind": kind, "payload": dict(payload), "key": key, "subject": subject}
        times = {"added": now, "run_after": now, "priority": priority}
        connection.execute(insert(jobs).values(**fixed, **counts, **own, **times))
        if kind in _OF_ANALYSIS:
            connection.execute(update(analyses).where(analyses.c.id == subject).values(job_id=name))
        return name

    def claim(self, worker: str, kinds: Sequence[str] | None = None, lease_s: float = 30.0) -> Job | None:
        """Take the next job on lease; None where none is due.

        Parameters
        ----------
        worker
            The worker's own name.
        kinds
            Which kinds it can do; None for all.
        lease_s
            How long the job is its own without a heartbeat [s].
        """
        with self._database.reading() as connection:
            now = self._database.now(connection)
            wanted = or_(_of_kinds(due(now), kinds), needs_care(now))
            if connection.execute(select(jobs.c.number).where(wanted).limit(1)).first() is None:
                return None
        with self._database.writing() as connection:
            now = self._database.now(connection)
            mend_clock(connection, now)
            lose_leases(connection, now, self._max_tries)
            return self._take(connection, worker, _of_kinds(due(now), kinds), now, lease_s)

    def _take(
        self, connection: Connection, worker: str, wanted: ColumnElement[bool], now: datetime, lease_s: float
    ) -> Job | None:
        query = select(jobs).where(wanted).order_by(jobs.c.priority.desc(), jobs.c.number).limit(1)
        row = connection.execute(query.with_for_update(skip_locked=True)).mappings().first()
        if row is None:
            return None
        taken = {
            "state": JobState.RUNNING,
            "worker": worker,
            "attempts": row["attempts"] + 1,
            "fruitless": row["fruitless"] + 1,
            "sentence": "",
            "started": now,
            "started_fraction": row["fraction"],
            "beat": now,
            "lease_s": lease_s,
            "lease_until": now + timedelta(seconds=lease_s),
        }
        connection.execute(update(jobs).where(jobs.c.number == row["number"]).values(**taken))
        return job_from({**row, **taken})

    def heartbeat(
        self,
        job_id: str,
        worker: str,
        fraction: float,
        sentence: str,
        checkpoint: Any = None,  # noqa: ANN401  # anything JSON can hold
    ) -> bool:
        """Prolong a lease and say how far the work is; False where it is no longer the worker's: stop.

        Parameters
        ----------
        job_id
            Which job.
        worker
            Who has it.
        fraction
            How much is done, 0 to 1.
        sentence
            What is being done.
        checkpoint
            What to go on from after a kill; None leaves the last one.
        """
        with self._database.writing() as connection:
            row = self._leased(connection, job_id, worker)
            if row is None:
                return False
            now = self._database.now(connection)
            values = {"fraction": min(max(fraction, 0.0), 1.0), "sentence": sentence, "beat": now}
            values["lease_until"] = now + timedelta(seconds=row["lease_s"])
            if checkpoint is not None and checkpoint != row["checkpoint"]:
                values |= {"checkpoint": checkpoint, "fruitless": 0}
            connection.execute(update(jobs).where(jobs.c.id == job_id).values(**values))
        return True

    def finish(self, job_id: str, worker: str, result: Any = None) -> bool:  # noqa: ANN401  # anything JSON can hold
        """End a job well; False where it is no longer the worker's."""
        return self._end(job_id, worker, JobState.DONE, fraction=1.0, result=result, error="")

    def fail(self, job_id: str, worker: str, error: str, retry: bool = True) -> bool:  # noqa: FBT001, FBT002  # as agreed
        """Say that a try went wrong: the job waits for its next one, or is set aside.

        Parameters
        ----------
        job_id
            Which job.
        worker
            Who had it.
        error
            What went wrong, as a sentence for people.
        retry
            Whether another try can help; False sets it aside at once.
        """
        with self._database.writing() as connection:
            row = self._leased(connection, job_id, worker)
            if row is None:
                return False
            now = self._database.now(connection)
            if retry and row["fruitless"] < self._max_tries:
                wait = timedelta(seconds=back_off_s(max(row["fruitless"], 1)))
                values = {"state": JobState.WAITING, "run_after": now + wait}
            else:
                values = {"state": JobState.SET_ASIDE, "ended": now}
            values |= {"error": error, "lease_until": None}
            connection.execute(update(jobs).where(jobs.c.id == job_id).values(**values))
        return True

    def give_back(self, job_id: str, worker: str) -> bool:
        """Put a job back untouched, because the worker has to stop; it does not count as a try."""
        with self._database.writing() as connection:
            row = self._leased(connection, job_id, worker)
            if row is None:
                return False
            counts = {"attempts": row["attempts"] - 1, "fruitless": max(row["fruitless"] - 1, 0)}
            values = {"state": JobState.WAITING, "lease_until": None, **counts}
            connection.execute(update(jobs).where(jobs.c.id == job_id).values(**values))
        return True

    def cancel(self, job_id: str) -> bool:
        """Cancel a job that has not ended; its worker learns of it at its next heartbeat."""
        return self._change(job_id, _LIVE, state=JobState.CANCELLED, lease_until=None)

    def retry(self, job_id: str) -> bool:
        """Let a job that was cancelled or set aside wait again, from its last checkpoint on."""
        with self._database.writing() as connection:
            row = row_of(connection, jobs, job_id, "job", lock=True)
            stopped = row["state"] in (JobState.CANCELLED, JobState.SET_ASIDE)
            if not stopped or self._live(connection, row["key"]) is not None:
                return False
            again = {"state": JobState.WAITING, "fruitless": 0, "error": "", "ended": None}
            again["run_after"] = self._database.now(connection)
            connection.execute(update(jobs).where(jobs.c.id == job_id).values(**again))
        return True

    def one(self, job_id: str) -> Job:
        """Return one job."""
        with self._database.reading() as connection:
            return job_from(row_of(connection, jobs, job_id, "job"))

    def of(self, subject_id: str) -> list[Job]:
        """Return the jobs about an analysis or a recording, the newest first."""
        return self._list(jobs.c.subject == subject_id, newest_first=True)

    def waiting(self) -> list[Job]:
        """Return the jobs that wait, in the order in which they will be taken."""
        return self._list(jobs.c.state == JobState.WAITING)

    def live(self) -> list[Job]:
        """Return the jobs that wait or are being worked on."""
        return self._list(jobs.c.state.in_(_LIVE))

    def _list(self, wanted: ColumnElement[bool], *, newest_first: bool = False) -> list[Job]:
        order = (jobs.c.number.desc(),) if newest_first else (jobs.c.priority.desc(), jobs.c.number)
        with self._database.reading() as connection:
            rows = connection.execute(select(jobs).where(wanted).order_by(*order)).mappings()
            return [job_from(row) for row in rows]

    def _leased(self, connection: Connection, job_id: str, worker: str) -> Fields | None:
        """Return the row of a job if this worker has it."""
        mine = and_(jobs.c.id == job_id, jobs.c.worker == worker, jobs.c.state == JobState.RUNNING)
        return connection.execute(select(jobs).where(mine).with_for_update()).mappings().first()

    def _end(self, job_id: str, worker: str, state: JobState, **values: Any) -> bool:  # noqa: ANN401  # any column
        mine = and_(jobs.c.id == job_id, jobs.c.worker == worker, jobs.c.state == JobState.RUNNING)
        with self._database.writing() as connection:
            ended = {"state": state, "ended": self._database.now(connection), "lease_until": None}
            return affected(connection.execute(update(jobs).where(mine).values(**ended, **values))) == 1

    def _change(self, job_id: str, before: Sequence[JobState], **values: Any) -> bool:  # noqa: ANN401  # any column
        with self._database.writing() as connection:
            row_of(connection, jobs, job_id, "job", lock=True)
            ended = {"ended": self._database.now(connection)}
            change = update(jobs).where(jobs.c.id == job_id, jobs.c.state.in_(before))
            return affected(connection.execute(change.values(**values, **ended))) == 1


def _of_kinds(wanted: ColumnElement[bool], kinds: Sequence[str] | None) -> ColumnElement[bool]:
    return wanted if kinds is None else and_(wanted, jobs.c.kind.in_(kinds))
