"""Whatever workers, users and clocks do, and in whatever order: each job ends exactly once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    rule,
    run_state_machine_as_test,
)

from midstance.journal import JobState, Store

WORKERS = ("anna", "bert", "carl")
BEGIN = datetime(2026, 5, 1, tzinfo=UTC)
ENDED = {JobState.DONE, JobState.SET_ASIDE, JobState.CANCELLED}
_EXAMPLES = count()


class Queue(RuleBasedStateMachine):
    """A queue in use; `held` is what the workers believe they have, alive or dead."""

    jobs = Bundle("jobs")
    held = Bundle("held")

    def __init__(self, store: Store, clock: list[datetime]):
        super().__init__()
        self.queue, self.clock = store.jobs, clock
        self.kind = f"kind {next(_EXAMPLES)}"  # one store for all: each example has jobs of its own
        self.finished: Counter[str] = Counter()
        self.owner: dict[str, str] = {}
        self.names: set[str] = set()
        self.beats = count()

    @initialize()
    def begin(self):
        self.clock[0] = BEGIN

    @rule(target=jobs, key=st.none() | st.sampled_from("ab"))
    def add(self, key):
        name = self.queue.add(self.kind, {}, key and f"{self.kind} {key}")
        self.names.add(name)
        return name

    @rule(target=held, worker=st.sampled_from(WORKERS), lease_s=st.sampled_from([1.0, 30.0]))
    def claim(self, worker, lease_s):
        mine = f"{worker} {next(self.beats)}"  # a worker that starts anew has a new name
        job = self.queue.claim(mine, [self.kind], lease_s)
        if job is None:
            return ("", "")
        assert self.finished[job.id] == 0
        self.owner[job.id] = mine
        return (job.id, mine)

    @rule(job=held, fraction=st.floats(0, 1), note=st.none() | st.integers(0, 3))
    def beat(self, job, fraction, note):
        if self.queue.heartbeat(job[0], job[1], fraction, "", note):
            assert self.owner[job[0]] == job[1]
            assert self.finished[job[0]] == 0

    @rule(job=consumes(held))
    def finish(self, job):
        if self.queue.finish(job[0], job[1], {"by": job[1]}):
            assert self.owner[job[0]] == job[1]
            self.finished[job[0]] += 1

    @rule(job=held, again=st.booleans())
    def fail(self, job, again):
        if self.queue.fail(job[0], job[1], "It went wrong.", retry=again):
            assert self.owner[job[0]] == job[1]

    @rule(job=held)
    def give_back(self, job):
        if self.queue.give_back(job[0], job[1]):
            assert self.owner[job[0]] == job[1]

    @rule(job=consumes(held))
    def die(self, job):
        """A worker is killed: it says nothing more."""

    @rule(job=jobs)
    def cancel(self, job):
        before = self.queue.one(job).state
        assert self.queue.cancel(job) is (before not in ENDED)

    @rule(job=jobs)
    def try_again(self, job):
        if self.queue.retry(job):
            assert self.finished[job] == 0

    @rule(seconds=st.sampled_from([0.5, 5.0, 60.0, 3600.0, -30.0, -3600.0]))
    def pass_time(self, seconds):
        self.clock[0] += timedelta(seconds=seconds)

    def teardown(self):
        """Let one honest worker do what is left; then each job has ended, none was done twice."""
        for _ in range(100):
            if not any(job.kind == self.kind for job in self.queue.live()):
                break
            job = self.queue.claim("honest", [self.kind])
            if job is None:
                self.clock[0] += timedelta(seconds=700)
            elif self.queue.finish(job.id, "honest", {"by": "honest"}):
                self.finished[job.id] += 1
        for name in self.names:
            job = self.queue.one(name)
            assert job.state in ENDED
            assert self.finished[name] == (job.state is JobState.DONE)


def test_each_job_ends_exactly_once(reopened):
    clock = [BEGIN]
    store = reopened(clock=lambda: clock[0])
    run_state_machine_as_test(
        lambda: Queue(store, clock),  # type: ignore[arg-type]  # a factory will do
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
