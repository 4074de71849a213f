"""A file on its way into the vault: counted, looked at, kept whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from midstance.journal import StoreError
from midstance.web.refusals import Refusal
from midstance.web.sniffing import HEAD_BYTES, Sniffed, label, sniff

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from midstance.journal import Store

__all__ = ["LARGEST_FILE", "About", "Received", "check_room", "receive"]

LARGEST_FILE = 4_000_000_000
"""Bytes a recording may have: half an hour of a phone's best quality."""

_WAITED_FOR = 6  # priority: somebody sits before it, and it takes seconds
View = Literal["side", "rear", "unknown"]


@dataclass(frozen=True, slots=True)
class About:
    """What is said about a file that arrives.

    Parameters
    ----------
    person_id
        Whose recording it is.
    name
        What it was called where it came from.
    view
        From where it was filmed.
    pair_of
        The recording of the same run from the other side; empty where there is none.
    """

    person_id: str
    name: str
    view: View = "unknown"
    pair_of: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of it.

    Parameters
    ----------
    recording_id
        The new recording.
    job_id
        The check that has been put in line for it.
    name
        Its label.
    size_bytes
        How much arrived.
    """

    recording_id: str
    job_id: str
    name: str
    size_bytes: int


def check_room(store: Store, declared: int | None, limit: int = LARGEST_FILE) -> None:
    """Refuse at once a file that says itself that it is too large.

    Parameters
    ----------
    store
        Where it would go.
    declared
        Its length as announced [bytes]; None where it was not.
    limit
        Most bytes of one file.

    Raises
    ------
    Refusal
        With how large it may be.
    """
    if declared is not None and declared > limit:
        raise _too_large(declared, limit)
    room = store.vault.room_bytes()
    if (declared or 1) > room:
        raise Refusal(
            507,
            f"There is room for {max(room, 0) / 1e6:.0f} MB more, and the file is larger",
            "the disk of the computer that runs Midstance",
            "delete recordings you no longer need or make room there, then send it again",
        )


def receive(
    store: Store,
    about: About,
    pieces: Iterable[bytes],
    declared: int | None = None,
    limit: int = LARGEST_FILE,
) -> Received:
    """Take in a recording and put its check in line.

    Parameters
    ----------
    store
        Where it goes.
    about
        Whose it is, and what it is called.
    pieces
        Its bytes as they arrive.
    declared
        How many were announced; None where none were.
    limit
        Most bytes of one file.

    Returns
    -------
    Received
        The recording and the job.

    Raises
    ------
    Refusal
        If it is too large, nothing we read, or broken off; nothing is kept of it then.
    """
    store.people.one(about.person_id)
    try:
        with store.vault.receiving() as receipt:
            kind, rest = _looked_at(_counted(pieces, declared, limit))
            for piece in rest:
                receipt.write(piece)
            stored = receipt.keep()
    except StoreError as error:
        raise Refusal(507, error.what, error.where, error.remedy) from error
    facts = {"format": kind.format, "media_type": kind.media_type}
    name = label(about.name, f"recording.{kind.format}")
    recording = store.recordings.add(
        about.person_id,
        stored.sha256,
        name,
        kind="video" if kind.kind == "video" else "lab",
        view=about.view,
        size=stored.size,
        pair_of=about.pair_of or None,
        facts=facts,
    )
    job = store.jobs.add("check", {"recording_id": recording}, key=f"check:{recording}", priority=_WAITED_FOR)
    return Received(recording, job, name, stored.size)


def _counted(pieces: Iterable[bytes], declared: int | None, limit: int) -> Iterator[bytes]:
    arrived = 0
    for piece in pieces:
        arrived += len(piece)
        if arrived > limit:
            raise _too_large(arrived, limit)
        yield piece
    if declared is not None and arrived != declared:
        raise Refusal(
            400,
            f"{arrived} bytes of {declared} arrived",
            "the upload broke off",
            "send it again; nothing was kept of it",
        )


def _looked_at(pieces: Iterator[bytes]) -> tuple[Sniffed, Iterator[bytes]]:
    """Return what a file is, and all its bytes."""
    head = bytearray()
    for piece in pieces:
        head += piece
        if len(head) >= HEAD_BYTES:
            break
    kind = sniff(bytes(head[:HEAD_BYTES]))
    if kind is None or kind.kind == "watch":
        raise _unreadable(kind, bool(head))

    def whole() -> Iterator[bytes]:
        yield bytes(head)
        yield from pieces

    return kind, whole()


def _unreadable(kind: Sniffed | None, filled: bool) -> Refusal:  # noqa: FBT001  # private
    if kind is not None:
        return Refusal(415, "This is a run of a watch", "its first bytes", "add it in the Diary, under Runs")
    if not filled:
        return Refusal(
            415, "The file is empty", "the upload", "choose the video again: it may not be saved yet"
        )
    return Refusal(
        415,
        "This is neither a video nor a laboratory's file",
        "its first bytes",
        "send MP4, MOV, MKV, WebM, AVI or TS, or C3D, TRC, MOT, STO or Qualisys TSV",
    )


def _too_large(size: int, limit: int) -> Refusal:
    return Refusal(
        413,
        f"The file has {size / 1e9:.1f} GB or more, and {limit / 1e9:.1f} GB is the most",
        "the upload",
        "cut it to the half minute in which you run past or on the treadmill",
    )
