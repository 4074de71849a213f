"""Worker processes, on shares made of built-in functions: every interpreter can unpickle them."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from functools import partial

import pytest

from midstance.pose.workers import Workers


@pytest.fixture(scope="module")
def two():
    with Workers(2) as workers:
        yield workers


def test_parts_of_all_shares_come_back_each_share_in_order(two):
    parts = list(two.do([partial(iter, [1, 2, 3]), partial(iter, [10, 20])]))

    assert [part for part in parts if part < 10] == [1, 2, 3]
    assert [part for part in parts if part >= 10] == [10, 20]


def test_workers_can_be_given_more_when_they_are_done(two):
    for _ in range(3):
        assert list(two.do([partial(iter, [7])])) == [7]


def test_a_worker_has_its_libraries_on_one_thread(two):
    names = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"]

    assert list(two.do([partial(map, os.getenv, names)])) == ["1", "1"]


def test_what_a_share_prints_does_not_disturb(two, capfd):
    assert list(two.do([partial(map, print, ["a line"])])) == [None]
    assert capfd.readouterr().out == ""


def test_one_worker_works_in_this_process():
    with Workers(1) as workers:
        assert list(workers.do([partial(map, lambda _: os.getpid(), [0])])) == [os.getpid()]


@pytest.mark.parametrize("count", [1, 2])
def test_an_error_in_a_share_is_raised_here(count):
    with Workers(count) as workers, pytest.raises(ValueError, match="invalid literal"):
        list(workers.do([partial(map, int, ["1", "x"])]))


def test_a_worker_that_dies_is_reported_with_its_exit_code():
    with Workers(2) as workers, pytest.raises(RuntimeError, match="ended with code 7"):
        list(workers.do([partial(map, os._exit, [7])]))


def test_leaving_early_ends_the_processes():
    with Workers(2) as workers:
        work = workers.do([partial(itertools.repeat, 1), partial(itertools.repeat, 2)])
        next(work)
        processes = [worker._process for worker in workers._workers]  # noqa: SLF001

    assert [process.poll() is not None for process in processes] == [True, True]


SCRIPT = """
import os, signal, threading
from functools import partial
from itertools import repeat
from midstance.pose.workers import Workers
with Workers(2) as workers:
    pids = [worker._process.pid for worker in workers._workers]
    print(*pids, flush=True)
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
    for _ in workers.do([partial(map, __import__("time").sleep, repeat(60))] * 2):
        pass
"""


def hears_ctrl_c():
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_ctrl_c_ends_a_script_without_a_main_guard_and_its_workers():
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=hears_ctrl_c,  # a build started in the background hands on deafness
    )

    assert "KeyboardInterrupt" in ended.stderr
    for pid in ended.stdout.split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)
