"""Processes that are killed: what they do, until they cannot."""

from __future__ import annotations

import os
import secrets
import time
from hashlib import sha256
from typing import TYPE_CHECKING

from tests.unit.journal.samples import outcome

from midstance.journal import Store, UnknownIdError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["STEPS", "film", "tell", "work"]

STEPS = 4


def tell(log: Path, line: str) -> None:
    """Write a line that a kill cannot cut in two."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


def work(address: str, files: Path, log: Path, lease_s: float) -> None:
    """Do jobs as the program does them: steps with checkpoints, files, the record, then the end."""
    worker = f"worker {secrets.token_hex(4)}"
    with Store.open(address, files) as store:
        while True:
            job = store.jobs.claim(worker, lease_s=lease_s)
            if job is None:
                time.sleep(0.02)
                continue
            analysis = job.payload["analysis_id"]
            for step in range((job.checkpoint or 0) + 1, STEPS + 1):
                store.vault.folder(analysis).joinpath(f"step {step}").write_text("done")
                if not store.jobs.heartbeat(job.id, worker, step / STEPS, f"step {step}", step):
                    break
            else:
                store.analyses.complete(analysis, outcome())
                if store.jobs.finish(job.id, worker, {"by": worker}):
                    tell(log, f"finished {job.id}")


def film(address: str, files: Path, log: Path, person: str) -> None:
    """Take in recordings without end, each with its analysis and job, and tell of those that are safe."""
    with Store.open(address, files) as store:
        while True:
            content = secrets.token_bytes(100_000)
            stored = store.vault.receive(content[start : start + 8192] for start in range(0, 100_000, 8192))
            try:
                recording = store.recordings.add(person, stored.sha256, "run.mp4")
            except UnknownIdError:
                return
            analysis = store.analyses.add(recording)
            store.jobs.add("analyse", {"analysis_id": analysis}, key=analysis)
            tell(log, f"safe {recording} {sha256(content).hexdigest()} {analysis}")
            time.sleep(0.1)
