"""The worker: takes a job, has a child do it, keeps the outcome, takes the next."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from midstance.batch.bench import Bench
from midstance.batch.keeping import KINDS, keep, task_of, tidy
from midstance.errors import InputError, MidstanceError
from midstance.journal import Store, StoreError

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping
    from pathlib import Path

    from midstance.batch.bench import Child
    from midstance.batch.task import Task
    from midstance.journal import Job

__all__ = ["work"]

_log = logging.getLogger(__name__)
_BEAT_S, _LISTEN_S, _IDLE_S = 0.5, 0.1, 0.4
_STALLED_S = 600.0  # without a word from the child


def work(
    store: str,
    files: str | Path | None,
    stop: threading.Event,
    *,
    lease_s: float = 30.0,
) -> None:
    """Do the jobs of a store until told to stop.

    Parameters
    ----------
    store
        Address of the store, as `Store.open` takes it.
    files
        Folder of its files; None for the one that belongs to it.
    stop
        Set it to end: what is being done is given back and goes on at the next start.
    lease_s
        How long a job stays this worker's without a heartbeat [s].
    """
    name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
    bench = Bench()
    try:
        with Store.open(store, files) as opened:
            while not stop.is_set():
                if not _next_job(_Worker(opened, name, bench, stop), lease_s):
                    bench.prepare()
                    stop.wait(_IDLE_S)
    finally:
        bench.close()


def _next_job(worker: _Worker, lease_s: float) -> bool:
    """Do one job, if there is one; a store that is locked or away for a moment is waited for."""
    try:
        job = worker.store.jobs.claim(worker.name, KINDS, lease_s)
        if job is None:
            return False
        worker.do(job)
    except StoreError as error:
        _log.warning("the worker waits for the store: %s", error)
        worker.stop.wait(10 * _IDLE_S)
    return True


@dataclass(frozen=True, slots=True, eq=False)
class _Worker:
    """Who does a job, and with what."""

    store: Store
    name: str
    bench: Bench
    stop: threading.Event

    def do(self, job: Job) -> None:
        """Do a job in a child; whatever happens, it ends, waits again or is someone else's."""
        try:
            task = task_of(self.store, job)
        except StoreError:
            raise
        except MidstanceError as error:
            self.store.jobs.fail(job.id, self.name, str(error), retry=False)
            return
        child = self.bench.take()
        try:
            self._accompany(child, job, task)
        finally:
            child.kill()
            tidy(task)

    def _accompany(self, child: Child, job: Job, task: Task) -> None:
        """Listen to a child and tell the store, until it is done, fails, or nobody wants it any more."""
        child.give(task)
        self.bench.prepare()  # the next one loads its libraries meanwhile
        way = _Way(job.fraction, time.monotonic())
        while True:
            letter = child.next_letter(_LISTEN_S)
            if letter is not None:
                way.heard(letter)
                if "done" in letter:
                    self._keep(job, task, letter["done"])
                    return
                if "failed" in letter or "ended" in letter:
                    said, final = _failure(letter, child)
                    self.store.jobs.fail(job.id, self.name, said, retry=not final)
                    return
            if self.stop.is_set():
                self.store.jobs.give_back(job.id, self.name)
                return
            if way.stalled:
                self.store.jobs.fail(job.id, self.name, f"nothing moved for {_STALLED_S / 60:.0f} minutes")
                return
            if way.beat_is_due and not self._beat(job, way):
                return

    def _beat(self, job: Job, way: _Way) -> bool:
        checkpoint, way.checkpoint, way.beaten = way.checkpoint, None, time.monotonic()
        return self.store.jobs.heartbeat(job.id, self.name, way.fraction, way.sentence, checkpoint)

    def _keep(self, job: Job, task: Task, outcome: Mapping[str, Any]) -> None:
        """Keep an outcome; only then is the job done, so that a kill in between loses nothing."""
        try:
            result = keep(self.store, job, task, outcome)
        except (InputError, KeyError, TypeError, ValueError) as error:
            away = isinstance(error, StoreError)
            self.store.jobs.fail(job.id, self.name, str(error), retry=away)
            return
        self.store.jobs.finish(job.id, self.name, result)


@dataclass(slots=True)
class _Way:
    """How far a child is, as far as it says."""

    fraction: float
    heard_at: float
    sentence: str = "starting"
    checkpoint: Any = None
    beaten: float = field(default=-_BEAT_S)

    def heard(self, letter: Mapping[str, Any]) -> None:
        """Take in what a child says; what is no number or text is passed over."""
        self.heard_at = time.monotonic()
        fraction, sentence = letter.get("fraction"), letter.get("sentence")
        if isinstance(fraction, int | float):
            self.fraction = min(max(float(fraction), 0.0), 1.0)
        if isinstance(sentence, str):
            self.sentence = sentence
        if (checkpoint := letter.get("checkpoint")) is not None:
            self.checkpoint, self.beaten = checkpoint, -_BEAT_S

    @property
    def stalled(self) -> bool:
        """Whether the child has been silent for too long."""
        return time.monotonic() - self.heard_at > _STALLED_S

    @property
    def beat_is_due(self) -> bool:
        """Whether the store should be told."""
        return time.monotonic() - self.beaten > _BEAT_S


def _failure(letter: Mapping[str, Any], child: Child) -> tuple[str, bool]:
    """Return what went wrong, and whether another try is of no use."""
    if "failed" in letter:
        return str(letter["failed"]), bool(letter.get("final"))
    return child.why_ended()
