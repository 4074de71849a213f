"""Child processes as a worker sees them: one is kept ready, given a task, listened to, and ended."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.batch.task import Task

__all__ = ["Bench", "Child", "child_environment"]

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_PASSED_ON = (
    "HOME",
    "LANG",
    "LC_ALL",
    "LOCALAPPDATA",
    "MIDSTANCE_MODELS",
    "PATH",
    "SYSTEMROOT",
    "USERPROFILE",
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
)
_NO_THREADS = {"JE_ARROW_MALLOC_CONF": "background_thread:false"}  # it would stay outside the fence
_LONGEST_LETTER = 1 << 20
_ENDED = "ended"


def child_environment() -> dict[str, str]:
    """Return what a process of ours is told of its surroundings: no secrets, one thread for arithmetic."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    path = os.pathsep.join(place for place in sys.path if place)
    fixed = dict.fromkeys(_ONE_THREAD, "1") | _NO_THREADS
    return kept | fixed | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}


class Child:
    """A process that does one task."""

    def __init__(self) -> None:
        self._letters: queue.Queue[dict[str, Any]] = queue.Queue()
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the child
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "midstance.batch.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env=child_environment(),
            cwd=os.path.abspath(os.sep),  # noqa: PTH100  # the root, whatever the system calls it
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def give(self, task: Task) -> None:
        """Tell it what to do."""
        pipe = cast("IO[bytes]", self._process.stdin)
        with suppress(BrokenPipeError):  # it has ended: its letters will say so
            pipe.write(task.to_json())
            pipe.flush()

    def next_letter(self, timeout_s: float) -> Mapping[str, Any] | None:
        """Return the next thing it says, None where it says nothing for so long."""
        try:
            return self._letters.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def _listen(self) -> None:
        pipe = cast("IO[bytes]", self._process.stdout)
        while line := pipe.readline(_LONGEST_LETTER):
            try:
                letter = json.loads(line)
            except ValueError:
                break  # it no longer talks as we do: nothing it says is believed
            if isinstance(letter, dict):
                self._letters.put(letter)
        self._letters.put({_ENDED: True})

    def why_ended(self) -> tuple[str, bool]:
        """Return why it ended without a result, as a sentence, and whether another try is of no use."""
        code = self._process.wait()
        if os.name == "posix" and -code == signal.SIGXCPU:
            return (
                "the recording takes more computing time than it may have · cut out half a minute of it",
                True,
            )
        self._complaints.seek(0)
        words = self._complaints.read()[-1000:].decode(errors="replace").strip().splitlines()
        how = f"by signal {-code}" if code < 0 else f"with code {code}"
        return (
            f"the process that opened the recording ended {how}: {words[-1] if words else 'no message'}",
            False,
        )

    def kill(self) -> None:
        """End it now."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                cast("IO[bytes]", pipe).close()
        self._complaints.close()


class Bench:
    """Keeps one child ready, so that a task does not wait for the libraries to load."""

    def __init__(self) -> None:
        self._spare: Child | None = None

    def prepare(self) -> None:
        """Start a child if none is ready."""
        if self._spare is not None and not self._spare.alive:
            self._spare.kill()
            self._spare = None
        self._spare = self._spare or Child()

    def take(self) -> Child:
        """Hand out a child."""
        self.prepare()
        child, self._spare = self._spare, None
        return cast("Child", child)

    def close(self) -> None:
        """End the child that is ready."""
        if self._spare is not None:
            self._spare.kill()
            self._spare = None
