"""Rows of numbers in text files, read with a word on where they go wrong."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["number_rows", "steady_clock", "text_lines"]

_SMALLEST = 16
_HALF_A_DIGIT = 0.51
_MOST_DECIMALS = 9


def text_lines(path: Path) -> list[str]:
    """Return the lines of a text file, whatever its line ends and encoding."""
    data = path.read_bytes()
    if b"\0" in data[:4096]:
        raise InputError("the file is not text", path.name, "export it again, or correct its ending")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    lines = text.splitlines()
    if not any(line.strip() for line in lines):
        raise InputError("the file is empty", path.name, "export it again")
    return lines


def number_rows(lines: Sequence[str], first: int, width: int, where: str) -> NDArray[np.float64]:
    """Return rows of numbers (T, width) from line index `first` on; blank and missing cells are NaN."""
    rows = []
    for number, line in enumerate(lines[first:], first + 1):
        if line.strip():
            cells = line.split("\t") if "\t" in line.strip() else line.split()
            rows.append(_numbers(cells[:width], width, f"{where}, line {number}"))
    return np.array(rows, np.float64).reshape(len(rows), width)


def _numbers(cells: list[str], width: int, where: str) -> list[float]:
    missing = [math.nan] * (width - len(cells))
    try:
        return [float(cell) for cell in cells] + missing
    except ValueError:
        return [_number(cell.strip(), where) for cell in cells] + missing


def _number(cell: str, where: str) -> float:
    if not cell:
        return math.nan
    try:
        return float(cell)
    except ValueError:
        what = f"{cell[:_SMALLEST]!r} stands where a number should be"
        raise InputError(what, where, "correct that cell or leave it blank") from None


def steady_clock(
    time_s: NDArray[np.float64], rate_hz: float = float("nan")
) -> tuple[NDArray[np.float64], bool]:
    """Return the clock (T,) freed of the rounding of its print, and whether it is evenly spaced.

    A column printed with three digits errs by half a millisecond: where every time is a multiple of
    1 / rate within that, the multiples are meant. Any other clock is kept as it is. Without a rate the
    mean one counts.
    """
    if len(time_s) < 2 or not np.isfinite(time_s).all():  # noqa: PLR2004  # one time has no rate
        return time_s, False
    if not (np.isfinite(rate_hz) and rate_hz > 0):
        rate_hz = round((len(time_s) - 1) / max(time_s[-1] - time_s[0], 1e-9), 2)
    tolerance = _HALF_A_DIGIT * 10.0 ** -_decimals(time_s)
    count = np.arange(len(time_s))
    for start in (round(time_s[0] * rate_hz) / rate_hz, time_s[0]):
        even = start + count / rate_hz
        if np.abs(even - time_s).max() <= tolerance:
            return even, True
    return time_s, False


def _decimals(values: NDArray[np.float64]) -> int:
    for digits in range(_MOST_DECIMALS):
        if np.abs(np.round(values, digits) - values).max() < 10.0 ** -(_MOST_DECIMALS + 2):
            return digits
    return _MOST_DECIMALS
