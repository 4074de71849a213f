"""Fifty kills at random moments, while recordings come in and are worked on."""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
import time
from collections import Counter
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.unit.journal import mortals

from midstance.journal import JobState, Person, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.process import BaseProcess

KILLS = 50
LEASE_S = 1.0
PATIENCE_S = 180.0


@pytest.fixture
def start() -> Iterator[Callable[..., BaseProcess]]:
    """What starts a process that has everything loaded already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.unit.journal.mortals", "sqlalchemy.dialects.postgresql.pg8000"])
    started: list[BaseProcess] = []

    def of(act, *words) -> BaseProcess:
        process = context.Process(target=act, args=words, daemon=True)
        process.start()
        started.append(process)
        return process

    yield of
    for process in started:
        process.kill()
        process.join()


def told(log: Path, word: str) -> list[list[str]]:
    lines = log.read_text().splitlines() if log.exists() else []
    return [line.split()[1:] for line in lines if line.startswith(word)]


def kill_at_random(start, roles, draw: random.Random) -> None:
    """Kill one of the processes again and again, each time starting it anew."""
    alive = [start(*role) for role in roles]
    for _ in range(KILLS):
        time.sleep(draw.uniform(0.05, 0.6))
        which = draw.randrange(len(roles))
        alive[which].kill()
        alive[which].join()
        alive[which] = start(*roles[which])
    for process in alive:
        process.kill()
        process.join()


@pytest.mark.slow
def test_after_fifty_kills_every_recording_is_there_and_every_job_was_done_once(
    reopened, address, tmp_path, start
):
    store: Store = reopened()
    person, files, log = store.people.add(Person("Ann")), store.files, tmp_path / "log"
    worker = (mortals.work, address, files, log, LEASE_S)
    camera = (mortals.film, address, files, log, person)

    kill_at_random(start, [worker, worker, camera], random.Random(5))  # noqa: S311  # moments, not secrets
    start(*worker)
    wait_until(lambda: not store.jobs.live())

    safe = told(log, "safe")
    assert len(safe) > 10
    assert len(store.recordings.of(person)) >= len(safe)
    for recording, digest, analysis in safe:
        row = store.recordings.one(recording)
        assert sha256(store.vault.path(row.sha256).read_bytes()).hexdigest() == digest
        assert store.analyses.one(analysis).state is JobState.DONE
        (job,) = store.jobs.of(analysis)
        assert job.result is not None
        assert len(store.vault.files_of(analysis)) == mortals.STEPS
    assert any(store.jobs.of(analysis)[0].attempts > 1 for _, _, analysis in safe)
    assert max(Counter(job for (job,) in told(log, "finished")).values()) == 1
    assert intact(Path(address) / "journal.sqlite")


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < until, "the jobs that were left are not done in three minutes"
        time.sleep(0.2)


def intact(file: Path) -> bool:
    if not file.exists():
        return True
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
