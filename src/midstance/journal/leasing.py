"""Whose turn it is: leases that run out, tries that wait, and a clock that was set back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, or_, select, update

from midstance.journal.job_rows import JobState
from midstance.journal.service_tables import jobs

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

__all__ = ["back_off_s", "due", "lose_leases", "mend_clock", "needs_care"]

_FIRST_WAIT_S, _LONGEST_WAIT_S = 2.0, 600.0


def back_off_s(tries: int) -> float:
    """Return how long a job waits after so many fruitless tries [s]: 2, 4, 8 … at most 600.

    Parameters
    ----------
    tries
        How many there were, from 1.
    """
    return min(_FIRST_WAIT_S * 2.0 ** (tries - 1), _LONGEST_WAIT_S)


def due(now: datetime) -> ColumnElement[bool]:
    """Return the condition of a job that may be taken now.

    Parameters
    ----------
    now
        The time by the store's clock.

    Notes
    -----
    No wait is longer than 600 s: one that seems to be was begun before the clock was set back.
    """
    too_far = now + timedelta(seconds=_LONGEST_WAIT_S)
    its_time = or_(jobs.c.run_after <= now, jobs.c.run_after > too_far)
    return and_(jobs.c.state == JobState.WAITING, its_time)


def _run_out(now: datetime) -> ColumnElement[bool]:
    return and_(jobs.c.state == JobState.RUNNING, jobs.c.lease_until <= now)


def _of_the_future(now: datetime) -> ColumnElement[bool]:
    return and_(jobs.c.state == JobState.RUNNING, jobs.c.beat > now)


def needs_care(now: datetime) -> ColumnElement[bool]:
    """Return the condition of a job whose lease ran out, or was given before the clock was set back."""
    return or_(_run_out(now), _of_the_future(now))


def mend_clock(connection: Connection, now: datetime) -> None:
    """Date leases from the future anew: a living worker keeps its job, a dead one loses it in time.

    Parameters
    ----------
    connection
        Within a transaction that writes.
    now
        The time by the store's clock.
    """
    query = select(jobs.c.number, jobs.c.lease_s).where(_of_the_future(now))
    for row in connection.execute(query.with_for_update(skip_locked=True)).all():
        until = now + timedelta(seconds=row.lease_s)
        anew = {"beat": now, "started": now, "lease_until": until}
        connection.execute(update(jobs).where(jobs.c.number == row.number).values(**anew))


def lose_leases(connection: Connection, now: datetime, max_tries: int) -> None:
    """Put back jobs whose worker fell silent, and aside those that keep killing their workers.

    Parameters
    ----------
    connection
        Within a transaction that writes.
    now
        The time by the store's clock.
    max_tries
        How many claims without progress a job has.
    """
    query = select(jobs.c.number, jobs.c.fruitless, jobs.c.lease_until).where(_run_out(now))
    for row in connection.execute(query.with_for_update(skip_locked=True)).all():
        values = _after_silence(row.fruitless, row.lease_until, now, max_tries)
        connection.execute(update(jobs).where(jobs.c.number == row.number).values(**values))


def _after_silence(fruitless: int, silent_from: datetime, now: datetime, max_tries: int) -> dict[str, object]:
    if fruitless >= max_tries:
        error = f"The program stopped without a word {fruitless} times while working on it."
        return {"state": JobState.SET_ASIDE, "ended": now, "error": error, "lease_until": None}
    wait = timedelta(seconds=back_off_s(fruitless) if fruitless > 1 else 0.0)
    return {"state": JobState.WAITING, "run_after": silent_from + wait, "lease_until": None}
