"""Kill the worker at random moments, and see that every recording is there and every job done once."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from midstance.batch import Workers
from midstance.journal import JobState, Person, Store
from midstance.video import VideoWriter, frames, probe

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRUITLESS = 3  # kills of one job before it is let through: the store sets a job aside at five
_LONGEST_S = 14.0


def clips(demo: Path, folder: Path, count: int) -> Iterator[Path]:
    """Cut short clips, each a little different."""
    for k in range(count):
        path = folder / f"clip {k}.mp4"
        with VideoWriter(path) as writer:
            for frame in frames(probe(demo)[0], 10 * k, 10 * k + 150):
                writer.write(frame.rgb, frame.time_s)
        yield path


def filled(store: Store, demo: Path, folder: Path, count: int) -> dict[str, str]:
    """Put clips into a store and ask for their analysis; return the analysis of each job."""
    person = store.people.add(Person(name="Ann", height_m=1.72))
    jobs = {}
    for path in clips(demo, folder, count):
        stored = store.vault.receive([path.read_bytes()])
        recording = store.recordings.add(
            person, stored.sha256, path.name, kind="video", view="side", size=stored.size, facts={}
        )
        analysis = store.analyses.add(recording, {"pose": {"quality": "quick"}})
        jobs[store.jobs.add("analyse", {"analysis_id": analysis})] = analysis
    return jobs


def killed(store: Store, jobs: dict[str, str], kills: int, chance: random.Random) -> int:
    """Kill the worker again and again until so many kills are done or all jobs are; return how many."""
    done, tries = 0, dict.fromkeys(jobs, 0)
    with Workers(store.address, store.files, 1, lease_s=2.0) as workers:
        while not all(store.jobs.one(job).state.ended for job in jobs):
            time.sleep(chance.uniform(0.2, _LONGEST_S))
            running = [job for job in jobs if store.jobs.one(job).state is JobState.RUNNING]
            for job in running:
                tries[job] = 0 if store.jobs.one(job).checkpoint else tries[job]
            if done < kills and workers.pids and all(tries[job] < _FRUITLESS for job in running):
                for job in running:
                    tries[job] += 1
                os.kill(workers.pids[0], signal.SIGKILL)
                done += 1
    return done


def main() -> None:
    """Say what became of every recording and every job."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--clips", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp())
    demo = Path(__file__).parents[1] / "examples" / "demo" / "side.mp4"
    try:
        with Store.open(folder / "store") as store:
            jobs = filled(store, demo, folder, given.clips)
            kills = killed(store, jobs, given.kills, random.Random(given.seed))  # noqa: S311  # no secret
            ended = [store.jobs.one(job) for job in jobs]
            whole = [store.analyses.record(analysis)["measures"] for analysis in jobs.values()]
            originals = sum(1 for _ in store.vault.originals())
            print(f"{kills} kills of the worker, {len(jobs)} jobs")
            print(f"  done: {sum(job.state is JobState.DONE for job in ended)}")
            print(f"  analyses with numbers: {sum(bool(one) for one in whole)}")
            print(f"  recordings there: {originals}")
            print(f"  times a job was taken: {sum(job.attempts for job in ended)}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
