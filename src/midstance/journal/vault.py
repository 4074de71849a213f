"""The files of the store: originals by their content, and a folder for each analysis."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from midstance.errors import InputError
from midstance.journal.columns import ID_PATTERN
from midstance.journal.faults import NoRoomError, UnknownIdError, disk_trouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Receipt", "Stored", "Vault"]

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(ID_PATTERN)
_MB = 1e6


@dataclass(frozen=True, slots=True)
class Stored:
    """A file the vault took in.

    Parameters
    ----------
    sha256
        Hash of its content, by which it is known from now on.
    size
        Its length in bytes.
    """

    sha256: str
    size: int


class Receipt:
    """A file being taken in, piece by piece; see `Vault.receiving`."""

    def __init__(self, file: BinaryIO, path: Path, vault: Vault, limit_bytes: int | None) -> None:
        self._file, self._path, self._vault, self._limit = file, path, vault, limit_bytes
        self._hash = hashlib.sha256()
        self._room = vault.room_bytes()
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Take the next piece; refuse more than was allowed, before it is on the disk."""
        self.size += len(piece)
        if self._limit is not None and self.size > self._limit:
            raise InputError(
                f"the file is larger than {self._limit / _MB:.0f} MB", "upload", "cut it to half a minute"
            )
        if self.size > self._room:
            raise NoRoomError(
                f"there is room for {max(self._room, 0) / _MB:.0f} MB more, and the file is larger",
                str(self._vault.root),
                "delete recordings you no longer need, or make space on the disk",
            )
        try:
            self._file.write(piece)
        except OSError as error:
            raise disk_trouble(error, str(self._vault.root)) from error
        self._hash.update(piece)

    def keep(self) -> Stored:
        """Put the file in its place, safe against a power cut, and say under which hash."""
        digest = self._hash.hexdigest()
        target = self._vault.place_of(digest)
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            target.parent.mkdir(parents=True, exist_ok=True)
            self._path.replace(target)
            _sync_folder(target.parent)
        except OSError as error:
            raise disk_trouble(error, str(self._vault.root)) from error
        return Stored(digest, self.size)


class Vault:
    """The folder of files of a store.

    Parameters
    ----------
    root
        The folder; made if it is not there.
    quota_bytes
        How much all originals together may take; None for as much as the disk has.
    reserve_bytes
        How much of the disk is always left free.
    """

    def __init__(self, root: Path, quota_bytes: int | None = None, reserve_bytes: int = 200_000_000) -> None:
        self.root = root
        self.quota_bytes = quota_bytes
        self.reserve_bytes = reserve_bytes
        try:
            for name in ("originals", "folders", "incoming"):
                (root / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise disk_trouble(error, str(root)) from error

    @contextmanager
    def receiving(self, limit_bytes: int | None = None) -> Iterator[Receipt]:
        """Open a place for a file; without `keep()` before the end of the block, nothing is left of it.

        Parameters
        ----------
        limit_bytes
            Most bytes to take; None for what the disk has room for.

        Yields
        ------
        Receipt
            Give it pieces with `write`, then call `keep`.
        """
        path = self.root / "incoming" / secrets.token_hex(16)
        try:
            file = path.open("xb")
        except OSError as error:
            raise disk_trouble(error, str(self.root)) from error
        try:
            yield Receipt(file, path, self, limit_bytes)
        finally:
            _close_quietly(file)
            path.unlink(missing_ok=True)

    def receive(self, chunks: Iterable[bytes], limit_bytes: int | None = None) -> Stored:
        """Take in a file given in pieces, whole or not at all.

        Parameters
        ----------
        chunks
            Its pieces, in order.
        limit_bytes
            Most bytes to take.
        """
        with self.receiving(limit_bytes) as receipt:
            for piece in chunks:
                receipt.write(piece)
            return receipt.keep()

    def place_of(self, sha256: str) -> Path:
        """Return where a file of this content lies or would lie; refuse what is no hash."""
        if not _SHA256.fullmatch(sha256):
            raise UnknownIdError("that is not the hash of a file", "vault", "load the page anew")
        return self.root / "originals" / sha256[:2] / sha256

    def path(self, sha256: str) -> Path:
        """Return the file of this content; it is there."""
        place = self.place_of(sha256)
        if not place.is_file():
            raise UnknownIdError("the file of this recording is not there", str(place), "add it again")
        return place

    def folder(self, name: str) -> Path:
        """Return the folder for the files of an analysis (or of a recording); made if it is not there."""
        folder = self._folder(name)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_trouble(error, str(folder)) from error
        return folder

    def files_of(self, name: str) -> list[Path]:
        """Return the files of an analysis (or of a recording), by their names; none where it has none."""
        return sorted(path for path in self._folder(name).glob("*") if path.is_file())

    def drop_folder(self, name: str) -> None:
        """Remove the folder of an analysis or recording, if it is there."""
        shutil.rmtree(self._folder(name), ignore_errors=True)

    def drop_original(self, sha256: str) -> None:
        """Remove the file of this content, if it is there."""
        self.place_of(sha256).unlink(missing_ok=True)

    def originals(self) -> Iterator[Path]:
        """Go through every original."""
        return (path for path in (self.root / "originals").glob("??/*") if _SHA256.fullmatch(path.name))

    def folders(self) -> Iterator[Path]:
        """Go through every folder of an analysis or recording."""
        return (path for path in (self.root / "folders").glob("*") if path.is_dir())

    def incoming(self) -> Iterator[Path]:
        """Go through what is being taken in, or was broken off by a power cut."""
        return (self.root / "incoming").glob("*")

    def used_bytes(self) -> int:
        """Return how much the originals take [bytes]."""
        return sum(path.stat().st_size for path in self.originals())

    def free_bytes(self) -> int:
        """Return how much the disk has left [bytes]."""
        return shutil.disk_usage(self.root).free

    def room_bytes(self) -> int:
        """Return how much may still be taken in: what quota and disk leave [bytes]."""
        free = self.free_bytes() - self.reserve_bytes
        return free if self.quota_bytes is None else min(free, self.quota_bytes - self.used_bytes())

    def _folder(self, name: str) -> Path:
        if not _ID.fullmatch(name):
            raise UnknownIdError("that is not the name of an analysis", "vault", "load the page anew")
        return self.root / "folders" / name


def _close_quietly(file: BinaryIO) -> None:
    """Close a file whose content no longer matters, even where the disk has no room to flush it."""
    try:
        file.close()
    except OSError:
        return


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder safe against a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
