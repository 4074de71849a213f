"""The queue: leases, tries, checkpoints, and what happens when a worker dies or a clock is set back."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from midstance.errors import InputError
from midstance.journal import JobState, UnknownIdError
from midstance.journal.job_rows import seconds_left
from midstance.journal.jobs import MAX_TRIES


class Clock:
    def __init__(self):
        self.now = datetime(2026, 5, 1, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_s(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def jobs(reopened, clock):
    return reopened(clock=clock).jobs


def test_a_job_is_done_once_and_tells_its_result(jobs):
    name = jobs.add("analyse", {"analysis_id": "a" * 16, "deep": [1, None]})
    assert [job.id for job in jobs.waiting()] == [name]

    job = jobs.claim("w")
    assert (job.id, job.kind, job.payload["deep"], job.attempts, job.state) == (
        name, "analyse", [1, None], 1, JobState.RUNNING
    )  # fmt: skip
    assert jobs.claim("v") is None
    assert jobs.finish(name, "w", {"steps": 28})
    assert not jobs.finish(name, "w", {"steps": 29})

    done = jobs.one(name)
    assert (done.state, done.fraction, done.result, done.ended) == ("done", 1.0, {"steps": 28}, done.added)
    assert done.sentence == "It is done."
    assert jobs.live() == []


def test_jobs_are_taken_in_order_the_urgent_ones_first(jobs):
    slow = [jobs.add("analyse", {}) for _ in range(2)]
    urgent = jobs.add("correct", {}, priority=5)

    assert [job.id for job in jobs.waiting()] == [urgent, *slow]
    assert [jobs.claim(f"w{n}").id for n in range(3)] == [urgent, *slow]


def test_a_worker_takes_only_what_it_can_do(jobs):
    jobs.add("analyse", {})
    check = jobs.add("check", {})

    assert jobs.claim("w", kinds=["proxy"]) is None
    assert jobs.claim("w", kinds=["check", "proxy"]).id == check


def test_the_same_key_gives_the_same_job_until_it_has_ended(jobs):
    first = jobs.add("analyse", {}, key="analysis 1")
    assert jobs.add("analyse", {}, key="analysis 1") == first
    jobs.claim("w")
    assert jobs.add("analyse", {}, key="analysis 1") == first
    jobs.finish(first, "w")

    second = jobs.add("analyse", {}, key="analysis 1")

    assert second != first
    assert jobs.add("analyse", {}, key="analysis 2") not in {first, second}


def test_the_same_key_asked_for_by_many_at_once_gives_one_job(store):
    names: list[str] = []
    together = threading.Barrier(8)

    def ask():
        together.wait()
        names.append(store.jobs.add("analyse", {}, key="once"))

    run_together(ask, 8)

    assert len(names) == 8
    assert len(set(names)) == 1


def run_together(act, times: int) -> None:
    threads = [threading.Thread(target=act) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_heartbeat_tells_how_far_it_is_and_how_long_it_takes(jobs, clock):
    name = jobs.add("analyse", {})
    jobs.claim("w")
    assert jobs.one(name).seconds_left is None
    clock.pass_s(20)

    assert jobs.heartbeat(name, "w", 0.25, "looking for steps")

    job = jobs.one(name)
    assert (job.fraction, job.sentence, job.seconds_left) == (0.25, "looking for steps", 60.0)


def test_time_left_counts_from_where_this_worker_began():
    assert seconds_left(0.75, 0.5, 10.0) == 10.0
    assert seconds_left(0.5, 0.5, 10.0) is None
    assert seconds_left(0.75, 0.5, -3.0) is None
    assert seconds_left(1.0, 0.0, 10.0) == 0.0


def test_a_worker_that_beats_keeps_its_job_longer_than_its_lease(jobs, clock):
    name = jobs.add("analyse", {})
    jobs.claim("w", lease_s=30)
    for _ in range(5):
        clock.pass_s(29)
        assert jobs.heartbeat(name, "w", 0.1, "")
        assert jobs.claim("v") is None

    assert jobs.finish(name, "w")


def test_a_silent_worker_loses_its_job_and_the_next_goes_on_from_the_checkpoint(jobs, clock):
    name = jobs.add("analyse", {})
    jobs.claim("dead", lease_s=30)
    jobs.heartbeat(name, "dead", 0.5, "frame 50", checkpoint={"frame": 50})
    clock.pass_s(29.9)
    assert jobs.claim("next") is None
    clock.pass_s(0.1)

    job = jobs.claim("next")

    assert (job.id, job.checkpoint, job.fraction, job.attempts) == (name, {"frame": 50}, 0.5, 2)
    assert not jobs.heartbeat(name, "dead", 0.6, "still here")
    assert not jobs.fail(name, "dead", "oh")
    assert not jobs.give_back(name, "dead")
    assert not jobs.finish(name, "dead")
    assert jobs.finish(name, "next")


def test_a_slow_worker_nobody_replaced_may_still_finish(jobs, clock):
    name = jobs.add("analyse", {})
    jobs.claim("slow", lease_s=30)
    clock.pass_s(300)

    assert jobs.finish(name, "slow")


def test_a_failed_job_waits_longer_each_time_and_is_set_aside_with_its_error(jobs, clock):
    name = jobs.add("analyse", {})
    waits = []
    for attempt in range(1, MAX_TRIES + 1):
        job = jobs.claim("w")
        assert job.attempts == attempt
        assert jobs.fail(name, "w", f"No steps in try {attempt}.")
        assert jobs.claim("w") is None
        job = jobs.one(name)
        if job.state is JobState.WAITING:
            waits.append((job.run_after - clock.now).total_seconds())
            assert "tried again" in job.sentence
            clock.pass_s(waits[-1] - 0.1)
            assert jobs.claim("w") is None
            clock.pass_s(0.1)

    assert waits == [2, 4, 8, 16]
    assert (job.state, job.error) == (JobState.SET_ASIDE, "No steps in try 5.")
    assert job.sentence == "It did not work and was set aside; you can try again. No steps in try 5."
    clock.pass_s(1e6)
    assert jobs.claim("w") is None


def test_an_error_no_try_can_mend_sets_a_job_aside_at_once(jobs):
    name = jobs.add("analyse", {})
    jobs.claim("w")

    jobs.fail(name, "w", "This is not a video.", retry=False)

    assert jobs.one(name).state is JobState.SET_ASIDE


def test_a_job_that_kills_its_workers_without_a_word_is_set_aside(jobs, clock):
    name = jobs.add("analyse", {})
    for attempt in range(MAX_TRIES):
        clock.pass_s(1000)
        assert jobs.claim(f"victim {attempt}") is not None
    clock.pass_s(1000)

    assert jobs.claim("survivor") is None

    job = jobs.one(name)
    assert (job.state, job.attempts) == (JobState.SET_ASIDE, MAX_TRIES)
    assert "stopped without a word 5 times" in job.error


def test_a_job_that_gets_on_is_not_set_aside_however_often_its_worker_dies(jobs, clock):
    name = jobs.add("analyse", {})
    for number in range(4 * MAX_TRIES):
        clock.pass_s(1000)
        jobs.claim(f"victim {number}")
        assert jobs.heartbeat(name, f"victim {number}", 0.01 * number, "", checkpoint={"frame": number})
    clock.pass_s(1000)

    assert jobs.claim("survivor").checkpoint == {"frame": 4 * MAX_TRIES - 1}


def test_saying_the_same_checkpoint_again_is_no_progress(jobs, clock):
    name = jobs.add("analyse", {})
    for number in range(MAX_TRIES + 1):
        clock.pass_s(1000)
        jobs.claim(f"victim {number}")
        jobs.heartbeat(name, f"victim {number}", 0.1, "", checkpoint={"frame": 3})
    clock.pass_s(1000)

    assert jobs.claim("survivor") is None
    assert jobs.one(name).state is JobState.SET_ASIDE


def test_a_poison_job_does_not_hold_up_the_others(jobs, clock):
    poison, good = jobs.add("analyse", {"bad": 1}), jobs.add("analyse", {})
    for number in range(MAX_TRIES):
        clock.pass_s(1000)
        assert jobs.claim(f"victim {number}").id == poison
    clock.pass_s(1000)

    assert jobs.claim("w").id == good


def test_a_cancelled_job_stops_its_worker_at_the_next_beat(jobs):
    name = jobs.add("analyse", {})
    jobs.claim("w")

    assert jobs.cancel(name)

    assert not jobs.heartbeat(name, "w", 0.5, "")
    assert not jobs.finish(name, "w")
    assert jobs.one(name).state is JobState.CANCELLED
    assert not jobs.cancel(name)


def test_a_cancelled_or_set_aside_job_can_be_tried_again_from_its_checkpoint(jobs):
    name = jobs.add("analyse", {})
    jobs.claim("w")
    jobs.heartbeat(name, "w", 0.5, "", checkpoint=[1, 2])
    jobs.cancel(name)

    assert jobs.retry(name)
    job = jobs.claim("v")
    assert (job.checkpoint, job.error) == ([1, 2], "")
    jobs.fail(name, "v", "no", retry=False)
    assert jobs.retry(name)
    assert not jobs.retry(name)
    jobs.claim("v")
    jobs.finish(name, "v")
    assert not jobs.retry(name)


def test_a_job_is_not_tried_again_beside_a_newer_one_of_its_key(jobs):
    old = jobs.add("analyse", {}, key="k")
    jobs.cancel(old)
    jobs.add("analyse", {}, key="k")

    assert not jobs.retry(old)


def test_a_job_given_back_is_taken_at_once_and_was_no_try(jobs):
    name = jobs.add("analyse", {})
    for number in range(2 * MAX_TRIES):
        jobs.claim(f"w{number}")
        assert jobs.give_back(name, f"w{number}")

    assert jobs.claim("w").attempts == 1


def test_a_clock_set_back_keeps_the_job_of_a_living_worker(jobs, clock):
    name = jobs.add("analyse", {})
    jobs.claim("alive", lease_s=30)
    clock.pass_s(-3600)

    for _ in range(5):
        assert jobs.claim("next") is None
        clock.pass_s(20)
        assert jobs.heartbeat(name, "alive", 0.1, "still here")
    assert jobs.finish(name, "alive")


def test_a_clock_set_back_frees_the_job_of_a_dead_worker_within_a_lease(jobs, clock):
    name = jobs.add("analyse", {})
    jobs.claim("dead", lease_s=30)
    clock.pass_s(-3600)
    assert jobs.claim("next") is None
    clock.pass_s(29)
    assert jobs.claim("next") is None
    clock.pass_s(1)

    assert jobs.claim("next").id == name


def test_a_clock_set_back_does_not_make_a_try_wait_for_hours(jobs, clock):
    name = jobs.add("analyse", {})
    jobs.claim("w")
    jobs.fail(name, "w", "busy")
    clock.pass_s(-24 * 3600)

    assert jobs.claim("w").id == name


def test_a_clock_set_forward_costs_a_living_worker_its_job_but_nothing_is_done_twice(jobs, clock):
    name = jobs.add("analyse", {})
    jobs.claim("first", lease_s=30)
    clock.pass_s(3600)
    jobs.claim("second")

    assert [jobs.finish(name, "first"), jobs.finish(name, "second")] == [False, True]


def test_the_servers_own_clock_ends_a_lease(store):
    name = store.jobs.add("analyse", {})
    store.jobs.claim("dead", lease_s=0.3)
    assert store.jobs.claim("next") is None
    time.sleep(0.35)

    assert store.jobs.claim("next").id == name


def test_many_workers_at_once_take_each_job_once(store):
    names = [store.jobs.add("analyse", {"number": number}) for number in range(40)]
    taken: list[str] = []
    workers = iter(range(100))
    together = threading.Barrier(6)

    def work():
        worker = f"worker {next(workers)}"
        together.wait()
        while (job := store.jobs.claim(worker)) is not None:
            taken.append(job.id)
            assert store.jobs.finish(job.id, worker)

    run_together(work, 6)

    assert sorted(taken) == sorted(names)
    assert {store.jobs.one(name).state for name in names} == {JobState.DONE}


def test_jobs_are_found_by_what_they_are_about(jobs):
    first = jobs.add("check", {"recording_id": "r" * 16})
    second = jobs.add("proxy", {"recording_id": "r" * 16})
    jobs.add("analyse", {"analysis_id": "a" * 16, "recording_id": "r" * 16})

    assert [job.id for job in jobs.of("r" * 16)] == [second, first]


def test_what_is_not_there_or_cannot_be_kept_is_said(jobs):
    for act in (jobs.one, jobs.cancel, jobs.retry):
        with pytest.raises(UnknownIdError, match="no job"):
            act("no-such-job-here")
    with pytest.raises(InputError, match="cannot be kept"):
        jobs.add("analyse", {"speed": float("inf")})
    assert jobs.waiting() == []


@pytest.mark.parametrize("state", list(JobState))
def test_every_state_has_a_sentence(state):
    assert state.sentence.endswith((".", "again."))
    assert state.ended is (state not in {"waiting", "running"})
