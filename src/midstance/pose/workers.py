"""Worker processes: each runs its share of the frames on one core and sends back what it finds.

A worker is a fresh interpreter that is spoken to through its standard input and output, so that a script
that uses the library needs no special guard, and that Ctrl-C reaches only the parent.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import tempfile
import threading
import time
from typing import IO, TYPE_CHECKING, Any, Protocol, Self, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

__all__ = ["Share", "Workers", "serve"]

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_PART, _END, _FAILED = "part", "end", "failed"
_PATIENCE_S = 0.2


class Share(Protocol):
    """A share of the work: can be pickled; called, it hands out its results part by part."""

    def __call__(self) -> Iterator[Any]:
        """Do the work."""


def serve() -> None:
    """Do shares of work that arrive on standard input, until it is closed."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else prints must not disturb the conversation
    _pin_to_one_thread()
    threading.Thread(target=_leave_with_parent, args=(os.getppid(),), daemon=True).start()
    while True:
        try:
            share = pickle.load(sys.stdin.buffer)  # noqa: S301  (from our own parent process)
        except EOFError:
            return
        try:
            for part in share():
                _send(out, _PART, part)
            _send(out, _END, None)
        except Exception as error:  # noqa: BLE001  (sent on, and raised by the parent)
            _send(out, _FAILED, _portable(error))


def _leave_with_parent(parent: int) -> None:
    """End this process as soon as its parent has gone, in the middle of a share too."""
    while os.getppid() == parent:
        time.sleep(_PATIENCE_S)
    os._exit(1)


def _pin_to_one_thread() -> None:
    """Keep OpenCV to one thread; the environment does it for the rest."""
    import cv2  # noqa: PLC0415  (the parent needs it not)

    cv2.setNumThreads(1)


def _portable(error: Exception) -> Exception:
    """Return an exception that can be pickled."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  (made one line above)
    except Exception:  # noqa: BLE001  (anything can go wrong in foreign pickling code)
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _send(out: IO[bytes], kind: str, content: object) -> None:
    pickle.dump((kind, content), out, protocol=pickle.HIGHEST_PROTOCOL)
    out.flush()


class _Worker:
    """One process and the thread that listens to it."""

    def __init__(self, letters: queue.Queue[tuple[str, Any]]) -> None:
        self._letters = letters
        self._listener: threading.Thread | None = None
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the worker)
        environment = os.environ | dict.fromkeys(_ONE_THREAD, "1")
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from midstance.pose.workers import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env=environment,
            start_new_session=True,
        )

    def give(self, share: Share) -> None:
        """Send a share of work and listen for its parts."""
        pipe = cast("IO[bytes]", self._process.stdin)
        pickle.dump(share, pipe, protocol=pickle.HIGHEST_PROTOCOL)
        pipe.flush()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        """Pass on what the worker says until its share is done."""
        pipe = cast("IO[bytes]", self._process.stdout)
        kind = _PART
        while kind == _PART:
            try:
                kind, content = pickle.load(pipe)  # noqa: S301  (from our own child process)
            except (EOFError, OSError, ValueError, pickle.UnpicklingError):
                kind, content = _FAILED, RuntimeError(self._last_words())
            self._letters.put((kind, content))

    def _last_words(self) -> str:
        """Return why the process ended."""
        code = self._process.wait()
        self._complaints.seek(0)
        words = self._complaints.read()[-2000:].decode(errors="replace").strip()
        return f"a pose worker ended with code {code}: {words or 'no message'}"

    def kill(self) -> None:
        """End the process now."""
        self._process.kill()
        self._process.wait()
        if self._listener:
            self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            cast("IO[bytes]", pipe).close()
        self._complaints.close()


class Workers:
    """A few worker processes that stay between shares; with one, all is done in this process.

    Parameters
    ----------
    count
        How many.
    """

    def __init__(self, count: int) -> None:
        self._letters: queue.Queue[tuple[str, Any]] = queue.Queue()
        self._workers = [_Worker(self._letters) for _ in range(count)] if count > 1 else []

    def __enter__(self) -> Self:
        """Return the workers."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.kill()

    def do(self, shares: Sequence[Share]) -> Iterator[Any]:
        """Do shares of work, at most one for each worker, and hand out their parts as they come."""
        if not self._workers:
            for share in shares:
                yield from share()
            return
        for worker, share in zip(self._workers, shares, strict=False):
            worker.give(share)
        busy = len(shares)
        while busy:
            kind, content = self._next_letter()
            if kind == _FAILED:
                raise content
            if kind == _PART:
                yield content
            busy -= kind == _END

    def _next_letter(self) -> tuple[str, Any]:
        """Wait for a letter in small steps, so that Ctrl-C is heard on every system."""
        while True:
            try:
                return self._letters.get(timeout=_PATIENCE_S)
            except queue.Empty:
                continue
