"""The outermost boxes of an MP4 or QuickTime file, and whether all they promise is there."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["bytes_missing"]

_SHORT, _LONG = 8, 16  # lengths of the two kinds of box header [bytes]
_MAX_BOXES = 100_000


def bytes_missing(path: Path) -> int:
    """Return how many bytes the last box promises beyond the end of the file.

    Notes
    -----
    A box begins with its size (4 bytes, big-endian) and its name; size 1 means that 8 bytes with the size
    follow, size 0 that the box runs to the end of the file (ISO/IEC 14496-12, 4.2).
    """
    end, place = path.stat().st_size, 0
    with path.open("rb") as file:
        for _ in range(_MAX_BOXES):
            if place + _SHORT > end:
                break
            file.seek(place)
            size = _box_size(file.read(_LONG), to_end=end - place)
            if size < _SHORT:
                return 0
            place += size
    return max(place - end, 0)


def _box_size(header: bytes, to_end: int) -> int:
    size = int(struct.unpack(">I", header[:4])[0])
    if size == 1 and len(header) == _LONG:
        return int(struct.unpack(">Q", header[8:])[0])
    return size or to_end
