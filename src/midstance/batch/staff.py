"""A few worker processes that are kept running beside the app."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from typing import IO, TYPE_CHECKING, Self, cast

from midstance.batch.bench import child_environment

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

__all__ = ["Workers"]

_log = logging.getLogger(__name__)
_LOOK_S = 0.3
_LONGEST_PAUSE_S = 30.0
_STEADY_S = 60.0  # who has worked for this long may start again at once
_FAREWELL_S = 8.0


class Workers:
    """Processes that do the jobs of a store; one that ends is started again.

    Parameters
    ----------
    store
        Address of the store, as `Store.open` takes it.
    files
        Folder of its files; None for the one that belongs to it.
    count
        How many processes.
    lease_s
        How long a job stays a worker's without a heartbeat [s].
    """

    def __init__(
        self, store: str, files: str | Path | None = None, count: int = 1, *, lease_s: float = 30.0
    ) -> None:
        told = {"store": str(store), "files": None if files is None else str(files), "lease_s": lease_s}
        self._told = json.dumps(told).encode() + b"\n"
        self._desks = [_Desk(self._told) for _ in range(count)]
        self._ending = threading.Event()
        self._watch: threading.Thread | None = None

    @property
    def pids(self) -> tuple[int, ...]:
        """Numbers of the processes that run."""
        return tuple(desk.pid for desk in self._desks if desk.pid)

    def start(self) -> None:
        """Start the processes, and watch over them."""
        self._ending.clear()
        for desk in self._desks:
            desk.fill()
        self._watch = threading.Thread(target=self._look_after, daemon=True)
        self._watch.start()

    def stop(self) -> None:
        """End the processes: what they are doing goes on at the next start."""
        self._ending.set()
        if self._watch is not None:
            self._watch.join()
        for desk in self._desks:
            desk.dismiss()
        until = time.monotonic() + _FAREWELL_S
        for desk in self._desks:
            desk.clear(until - time.monotonic())

    def _look_after(self) -> None:
        while not self._ending.wait(_LOOK_S):
            for desk in self._desks:
                desk.refill()

    def __enter__(self) -> Self:
        """Start them."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop them."""
        self.stop()


class _Desk:
    """The place of one worker process."""

    def __init__(self, told: bytes) -> None:
        self._told = told
        self._process: subprocess.Popen[bytes] | None = None
        self._since = 0.0
        self._pause_s = 0.0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def fill(self) -> None:
        """Start the process."""
        self._since = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "midstance.batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=child_environment(),
            cwd=os.path.abspath(os.sep),  # noqa: PTH100  # the root, whatever the system calls it
            start_new_session=True,
        )
        pipe = cast("IO[bytes]", self._process.stdin)
        pipe.write(self._told)
        pipe.flush()

    def refill(self) -> None:
        """Start the process again if it has ended; one that ends at once is given time."""
        if self._process is None or self._process.poll() is None:
            return
        lived_s = time.monotonic() - self._since
        if lived_s > _STEADY_S:
            self._pause_s = 0.0
        if lived_s < self._pause_s:
            return
        _log.warning("a worker ended with code %s and is started again", self._process.returncode)
        self._pause_s = min(max(2 * self._pause_s, 1.0), _LONGEST_PAUSE_S)
        self.clear(0.0)
        self.fill()

    def dismiss(self) -> None:
        """Tell the process to end."""
        if self._process is not None:
            cast("IO[bytes]", self._process.stdin).close()

    def clear(self, patience_s: float) -> None:
        """Wait for the process to end, then insist."""
        if self._process is None:
            return
        try:
            self._process.wait(max(patience_s, 0.0))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        cast("IO[bytes]", self._process.stdin).close()
        self._process = None
