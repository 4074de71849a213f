"""What a file is by its first bytes, and what to call it: its name decides nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

__all__ = ["HEAD_BYTES", "Sniffed", "label", "sniff"]

HEAD_BYTES = 4096
"""How much of a file is looked at."""

_LONGEST_LABEL = 120
_PACKETS = ((0, 188), (4, 192))  # of a transport stream: where the first begins, how far apart they are
_ATOMS = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is.

    Parameters
    ----------
    kind
        `video`, `lab` for a laboratory's file, `watch` for a run of a watch.
    format
        `mp4`, `mov`, `mkv`, `avi`, `ts`, `c3d`, `trc`, `sto`, `tsv`, `fit`, `tcx` or `gpx`.
    media_type
        As browsers name it.
    """

    kind: Literal["video", "lab", "watch"]
    format: str
    media_type: str = "application/octet-stream"


def sniff(head: bytes) -> Sniffed | None:
    """Return what a file is; None where it is nothing we read.

    Parameters
    ----------
    head
        Its first bytes, `HEAD_BYTES` or the whole file.

    Returns
    -------
    Sniffed or None
        Told by content alone.
    """
    return _video(head) or _laboratory(head) or _watch(head)


def _video(head: bytes) -> Sniffed | None:
    if head[4:8] in _ATOMS:
        quick = head[4:8] != b"ftyp" or head[8:10] == b"qt"
        return Sniffed("video", "mov", "video/quicktime") if quick else Sniffed("video", "mp4", "video/mp4")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        web = b"webm" in head[:64]
        return Sniffed("video", "mkv", "video/webm" if web else "video/x-matroska")
    if head.startswith(b"RIFF") and head[8:12] == b"AVI ":
        return Sniffed("video", "avi", "video/x-msvideo")
    if any(
        head[first : first + 3 * apart + 1 : apart].startswith(b"GGG") and len(head) > 3 * apart
        for first, apart in _PACKETS
    ):
        return Sniffed("video", "ts", "video/mp2t")
    return None


def _laboratory(head: bytes) -> Sniffed | None:
    text = head.removeprefix(b"\xef\xbb\xbf")
    if head[1:2] == b"P" and b"\0" in head and 0 < head[0] < 128:  # noqa: PLR2004  # the block of parameters
        return Sniffed("lab", "c3d")
    if text.startswith(b"PathFileType"):
        return Sniffed("lab", "trc")
    if text.startswith(b"NO_OF_"):
        return Sniffed("lab", "tsv")
    if b"endheader" in head and b"\0" not in head:
        return Sniffed("lab", "sto")
    return None


def _watch(head: bytes) -> Sniffed | None:
    if head[8:12] == b".FIT":
        return Sniffed("watch", "fit")
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        for sign, name in ((b"<TrainingCenterDatabase", "tcx"), (b"<gpx", "gpx")):
            if sign in head:
                return Sniffed("watch", name, "application/xml")
    return None


def label(name: str, otherwise: str = "recording") -> str:
    """Return a file's name as a label to show; it is never used as a path.

    Parameters
    ----------
    name
        Whatever was sent.
    otherwise
        The label where nothing is left of it.

    Returns
    -------
    str
        Its last part, on one line, without characters that cannot be seen or that turn the writing round.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(
        " " if c.isspace() else c for c in last if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return " ".join(seen.split())[:_LONGEST_LABEL].strip(". ") or otherwise
