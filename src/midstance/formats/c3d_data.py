"""Header and samples of a C3D file."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import InputError
from midstance.formats.c3d_parameters import DAMAGED, Numbers, Parameters, parameters_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["C3DFile", "c3d_file"]

_BLOCK = 512
_MAGIC = 0x50
_PROCESSORS = (84, 85, 86)
_COUNTED = 65535
_WORDS_PER_POINT = 4
_SLOWEST_HZ, _FASTEST_HZ = 1e-3, 1e6
_LARGEST = 1e9


@dataclass(frozen=True, slots=True, eq=False)
class C3DFile:
    """What a file holds, in its own units.

    `points` (T, K, 3), NaN where unseen; `analogs` (S, C), a whole number of samples per frame.
    """

    parameters: Parameters
    points: Array
    analogs: Array
    rate_hz: float
    first_frame: int  # from 0


@dataclass(frozen=True, slots=True)
class _Header:
    points: int
    analog_words: int
    first: int
    last: int
    scale: float
    data_at: int
    samples: int
    rate_hz: float

    @property
    def words(self) -> int:
        """Numbers in a frame."""
        return _WORDS_PER_POINT * self.points + self.analog_words

    @property
    def word_bytes(self) -> int:
        """Size of a number: reals are meant where the scale is negative."""
        return 4 if self.scale < 0 else 2


def c3d_file(data: bytes, where: str) -> C3DFile:
    """Return what the bytes of a C3D file hold."""
    if len(data) < 2 * _BLOCK or data[1] != _MAGIC or data[0] == 0:
        raise InputError("the file is not a C3D file", where, "is its ending right?")
    start = (data[0] - 1) * _BLOCK
    if len(data) < start + _BLOCK:
        raise InputError("the file ends before its parameters", where, DAMAGED)
    if data[start + 3] not in _PROCESSORS:
        raise InputError(f"its numbers are of unknown kind {data[start + 3]}", where, DAMAGED)
    numbers = Numbers(data[start + 3])
    header = _header(data, numbers)
    parameters = parameters_of(data[start : max(header.data_at, start + _BLOCK)], numbers, where)
    frames = _frames(header, parameters, len(data), where)
    words = _words(data, header, frames, numbers)
    rate = parameters.number("POINT", "RATE", header.rate_hz)
    if not _SLOWEST_HZ < rate < _FASTEST_HZ:
        raise InputError(f"the marker rate is {rate:g} Hz", where, DAMAGED)
    points = _points(words[:, : _WORDS_PER_POINT * header.points], header, parameters)
    analogs = _analogs(words[:, _WORDS_PER_POINT * header.points :], header, parameters, where)
    return C3DFile(parameters, points, analogs, rate, max(0, header.first - 1))


def _header(data: bytes, numbers: Numbers) -> _Header:
    points, analog, first, last = struct.unpack_from(f"{numbers.order}4H", data, 2)
    block, samples = struct.unpack_from(f"{numbers.order}2H", data, 16)
    scale, rate = (float(numbers.reals(data[at : at + 4])[0]) for at in (12, 20))
    return _Header(points, analog, first, last, scale, (block - 1) * _BLOCK, samples, rate)


def _frames(header: _Header, parameters: Parameters, size: int, where: str) -> int:
    """Return how many frames there are; beyond 65535 the parameters tell, or the size of the file."""
    if header.words == 0 or header.data_at <= 0:
        raise InputError("the file holds neither markers nor forces", where, DAMAGED)
    whole = max(0, size - header.data_at) // (header.words * header.word_bytes)
    frames = header.last - header.first + 1
    if header.last >= _COUNTED or frames < 1:
        told = parameters.number("POINT", "LONG_FRAMES", parameters.number("POINT", "FRAMES", 0.0) % 65536)
        frames = int(told) if np.isfinite(told) and told >= 1 and told != _COUNTED else whole
    if whole < frames:
        raise InputError(f"the file is cut off: {whole} of {frames} frames are there", where, DAMAGED)
    if frames == 0:
        raise InputError("the file holds no frames", where, DAMAGED)
    return frames


def _words(data: bytes, header: _Header, frames: int, numbers: Numbers) -> Array:
    """Return the numbers of every frame (T, W)."""
    part = data[header.data_at : header.data_at + frames * header.words * header.word_bytes]
    values = numbers.reals(part) if header.scale < 0 else numbers.integers(part)
    return np.asarray(values, np.float64).reshape(frames, header.words)


def _points(words: Array, header: _Header, parameters: Parameters) -> Array:
    """Return the places of the markers, integers times the scale; a negative residual is unseen."""
    four = words.reshape(len(words), header.points, _WORDS_PER_POINT)
    scale = 1.0 if header.scale < 0 else abs(parameters.number("POINT", "SCALE", header.scale))
    return _sound(np.where((four[..., 3] < 0)[..., None], np.nan, four[..., :3] * scale))


def _analogs(words: Array, header: _Header, parameters: Parameters, where: str) -> Array:
    """Return the samples of the analog channels, with offset and scale of each."""
    if header.analog_words == 0:
        return np.empty((0, 0))
    channels, rest = divmod(header.analog_words, max(1, header.samples))
    if rest:
        what = f"{header.analog_words} analog values do not fit {header.samples} samples in a frame"
        raise InputError(what, where, DAMAGED)
    values = words.reshape(-1, channels)
    if header.scale > 0 and parameters.word("ANALOG", "FORMAT").upper() == "UNSIGNED":
        values = np.where(values < 0, values + 65536, values)
    scale, offset = (_each(parameters.array("ANALOG", key), channels) for key in ("SCALE", "OFFSET"))
    scale[np.isnan(scale)], offset[np.isnan(offset)] = 1.0, 0.0
    return _sound((values - offset) * scale * parameters.number("ANALOG", "GEN_SCALE", 1.0))


def _sound(values: Array) -> Array:
    """Return the values, NaN where damage made them endless."""
    return np.where(np.abs(values) < _LARGEST, values, np.nan)


def _each(values: Array, channels: int) -> Array:
    """Return a value for each channel, NaN where the file gives none."""
    each = np.full(channels, np.nan)
    given = np.ravel(values)[:channels]
    each[: len(given)] = given
    return each
