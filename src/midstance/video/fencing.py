"""A fence around a process that opens files of strangers: memory, time, files, and nothing else to see."""

from __future__ import annotations

import ctypes
import os
import sys
import sysconfig
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from midstance.video.landlock import landlock_version, restrict_files

__all__ = ["Fence", "FenceReport", "fence_report"]

_GIB = 1 << 30
_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS
_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/mime.types",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/sys/devices/system/cpu",
    "/dev/urandom",
    "/dev/random",
    "/dev/zero",
)
"""What a Python program reads to run, and nothing of people's own."""


@dataclass(frozen=True, slots=True)
class FenceReport:
    """What this machine can hold a process to.

    Parameters
    ----------
    limits
        Whether memory, time and sizes of files can be limited.
    privileges
        Whether a process can give up gaining rights.
    landlock
        Version of Landlock, 0 where the kernel has none.
    """

    limits: bool
    privileges: bool
    landlock: int

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return self.limits and self.privileges and self.landlock > 0

    @property
    def sentence(self) -> str:
        """What is held, and what is missing, for people."""
        if self.whole:
            return (
                "Recordings are opened in a process of their own with limits on memory, time and files, "
                "which sees no other file."
            )
        missing = [
            words
            for there, words in (
                (self.limits, "limits on memory and time"),
                (self.privileges, "a ban on new rights"),
                (self.landlock > 0, "a fence around files (Landlock)"),
            )
            if not there
        ]
        return (
            f"This system lacks {', '.join(missing)}: recordings are still opened in a process of their own, "
            "but a recording made to do harm is held back less. Open only recordings of people you know."
        )


def fence_report() -> FenceReport:
    """Return what this machine can hold a process to.

    Returns
    -------
    FenceReport
        With a sentence for people.
    """
    linux = sys.platform == "linux"
    return FenceReport(os.name == "posix", linux, landlock_version())


@dataclass(frozen=True, slots=True)
class Fence:
    """Limits that a process puts on itself, for good, before it opens a file of a stranger.

    Parameters
    ----------
    read
        Files and folders it may read, beside what Python needs to run.
    write
        Folders in which it may write.
    memory_bytes
        Address space of each process.
    cpu_s
        Computing time of each process [s].
    file_bytes
        Length of any one file it writes.
    open_files
        Files open at a time.
    """

    read: tuple[Path, ...] = ()
    write: tuple[Path, ...] = ()
    memory_bytes: int = 4 * _GIB
    cpu_s: int = 600
    file_bytes: int = _GIB
    open_files: int = 256

    def close(self) -> FenceReport:
        """Hold this process, and all it starts, to the limits from now on.

        Returns
        -------
        FenceReport
            What the machine could do.

        Raises
        ------
        RuntimeError
            If threads are running already: they would stay outside.

        Notes
        -----
        Import what is needed before: the fence is closed for modules that lie elsewhere too.
        """
        if sys.platform == "linux" and len(os.listdir("/proc/self/task")) > 1:  # noqa: PTH208  # names only
            raise RuntimeError(
                "the fence must be closed before threads are started; set OPENBLAS_NUM_THREADS=1 for NumPy"
            )
        report = fence_report()
        if report.limits:
            self._limit()
        if report.privileges:
            _give_up_new_rights()
        if report.landlock:
            null = Path("/dev/null")
            restrict_files((*_needed(), *self.read, *self.write), (*self.write, null))
        return report

    def _limit(self) -> None:
        import resource  # noqa: PLC0415  # not on every system

        wanted = {
            "RLIMIT_AS": self.memory_bytes,
            "RLIMIT_CPU": self.cpu_s,
            "RLIMIT_FSIZE": self.file_bytes,
            "RLIMIT_NOFILE": self.open_files,
            "RLIMIT_CORE": 0,
        }
        for name, asked in wanted.items():
            kind = getattr(resource, name)
            hard = resource.getrlimit(kind)[1]
            most = asked if hard == resource.RLIM_INFINITY else min(asked, hard)
            with suppress(ValueError, OSError):  # macOS refuses some
                resource.setrlimit(kind, (most, most))


def _give_up_new_rights() -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"no_new_privs: {os.strerror(error)}")


def _needed() -> tuple[Path, ...]:
    """Return what Python and its libraries are read from: never a folder that holds people's own."""
    places = {*_SYSTEM, *(path for path in sys.path if path), *sysconfig.get_paths().values()}
    places |= {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.executable}
    home = Path.home()
    holds_home = {str(home), *(str(folder) for folder in home.parents)}
    return (*(Path(place) for place in sorted(places - holds_home)), Path("/proc/self"))
