"""The parameters of a C3D file: groups of named values, each within its bounds or an error."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["DAMAGED", "Numbers", "Parameters", "parameters_of"]

DAMAGED = "export or copy it again"
"""What to do about a C3D file that is not whole."""

_MIPS, _DEC = 86, 85
_TEXT, _BYTE, _INTEGER, _REAL = -1, 1, 2, 4
_MOST_DIMENSIONS = 7


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a file stores numbers: its processor decides order of bytes and kind of reals."""

    processor: int

    @property
    def order(self) -> str:
        """Order of bytes, for NumPy."""
        return ">" if self.processor == _MIPS else "<"

    def integers(self, data: bytes) -> NDArray[np.int16]:
        """Return 16-bit integers."""
        return np.frombuffer(data, f"{self.order}i2")

    def reals(self, data: bytes) -> NDArray[np.float32]:
        """Return 32-bit reals; those of a DEC have their halves swapped and are four times as large."""
        if self.processor == _DEC:
            halves = np.frombuffer(data, "<u2").reshape(-1, 2)[:, ::-1]
            return np.asarray(np.ascontiguousarray(halves).view("<f4").ravel() / np.float32(4.0))
        return np.frombuffer(data, f"{self.order}f4")


@dataclass(frozen=True, slots=True)
class Parameters:
    """Values by group and name, in capitals; arrays with the format's order of axes."""

    numbers: Mapping[tuple[str, str], Array] = field(default_factory=dict)
    texts: Mapping[tuple[str, str], list[str]] = field(default_factory=dict)

    def array(self, group: str, name: str) -> Array:
        """Return numbers in their shape, empty where there are none."""
        return self.numbers.get((group, name), np.empty(0))

    def number(self, group: str, name: str, default: float = math.nan) -> float:
        """Return the first of the numbers."""
        values = np.ravel(self.array(group, name))
        return float(values[0]) if len(values) else default

    def words(self, group: str, name: str) -> list[str]:
        """Return texts, and those that continue under the same name with 2, 3 … at its end."""
        found = list(self.texts.get((group, name), []))
        number = 2
        while more := self.texts.get((group, f"{name}{number}")):
            found += more
            number += 1
        return found

    def word(self, group: str, name: str) -> str:
        """Return the first of the texts, empty where there is none."""
        return next(iter(self.words(group, name)), "")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One group or parameter: its group's number, name, and where its description and the next one lie."""

    group: int
    name: str
    at: int
    following: int


def parameters_of(section: bytes, numbers: Numbers, where: str) -> Parameters:
    """Return the parameters that a section of the file holds."""
    entries = _entries(section, numbers, where)
    groups = {-entry.group: entry.name for entry in entries if entry.group < 0}
    found = Parameters({}, {})
    for entry in entries:
        if entry.group > 0:
            _add(
                found, (groups.get(entry.group, ""), entry.name), section[entry.at : entry.following], numbers
            )
    return found


def _entries(section: bytes, numbers: Numbers, where: str) -> list[_Entry]:
    """Walk along the section, from each entry to the next."""
    entries, at = [], 4
    while at + 2 < len(section) and section[at] != 0:
        length, group = struct.unpack_from("bb", section, at)
        link = at + 2 + abs(length)
        if link + 2 > len(section):
            raise InputError("its parameters are cut off", where, DAMAGED)
        step = int(np.frombuffer(section[link : link + 2], f"{numbers.order}u2")[0])
        following = link + step if step else len(section)
        name = section[at + 2 : link].decode("latin-1").strip().upper()
        entries.append(_Entry(group, name, link + 2, following))
        at = following
    return entries


def _add(found: Parameters, key: tuple[str, str], part: bytes, numbers: Numbers) -> None:
    """Add the values of one parameter; one that does not fit its place is left out."""
    if len(part) < 2:  # noqa: PLR2004  # kind and number of dimensions
        return
    kind, dimensions = struct.unpack_from("bB", part)
    extents = tuple(part[2 : 2 + dimensions])
    size = abs(kind) * math.prod(extents)
    values = part[2 + dimensions : 2 + dimensions + size]
    if dimensions > _MOST_DIMENSIONS or len(extents) < dimensions or len(values) < size:
        return
    if kind == _TEXT:
        found.texts[key] = _texts(values, extents)  # type: ignore[index]  # filled here, read-only elsewhere
    elif kind in (_BYTE, _INTEGER, _REAL):
        read = {
            _BYTE: lambda data: np.frombuffer(data, "u1"),
            _INTEGER: numbers.integers,
            _REAL: numbers.reals,
        }
        array = np.asarray(read[kind](values), np.float64).reshape(extents, order="F")
        found.numbers[key] = array  # type: ignore[index]  # same


def _texts(values: bytes, extents: tuple[int, ...]) -> list[str]:
    length = extents[0] if extents else 1
    count = math.prod(extents[1:]) if length else 0
    return [values[k * length : (k + 1) * length].decode("latin-1").strip("\0 ") for k in range(count)]
