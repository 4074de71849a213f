"""Small drawings as text: elements, scales, ticks and paths."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = ["Scale", "area", "drawing", "element", "figure_number", "line", "path", "text", "ticks"]

_STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight map from values to pixels.

    Parameters
    ----------
    low, high
        Ends of the values.
    start, end
        Where they lie in the drawing [px].
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: ArrayLike) -> NDArray[np.float64]:
        """Return where values lie in the drawing [px]."""
        share = (np.asarray(value, np.float64) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def at(self, value: float) -> float:
        """Return where one value lies [px], kept within the ends."""
        first, last = sorted((self.start, self.end))
        return min(max(float(self(value)), first), last)


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Return round numbers from `low` to `high`, about as many as asked for."""
    step = _round_step((high - low) / max(about, 1))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(k * step, 10) for k in range(first, last + 1)]


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(step for step in _STEPS if step * power >= 0.999 * rough)


def figure_number(value: float) -> str:
    """Return a number for a drawing: short, and never NaN."""
    if not math.isfinite(value):
        raise ValueError("a drawing holds finite numbers only")
    return f"{value:.2f}".rstrip("0").rstrip(".")


def element(tag: str, content: str = "", **attributes: str | float) -> str:
    """Return one element; `class_` gives `class`, `stroke_width` gives `stroke-width`."""
    given = "".join(f' {_name(key)}="{_value(value)}"' for key, value in attributes.items())
    return f"<{tag}{given}>{content}</{tag}>" if content else f"<{tag}{given}/>"


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else figure_number(value)


def drawing(width: float, height: float, label: str, parts: Sequence[str], class_: str = "") -> str:
    """Return a whole drawing with a text alternative."""
    box = f"0 0 {figure_number(width)} {figure_number(height)}"
    return element(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=box,
        role="img",
        aria_label=label,
        class_=class_ or "figure",
    )


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    """Return a straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def text(x: float, y: float, words: str, class_: str = "note", anchor: str = "start") -> str:
    """Return words, escaped."""
    return element("text", escape(words), x=x, y=y, class_=class_, text_anchor=anchor)


def path(x: NDArray[np.float64], y: NDArray[np.float64], class_: str) -> str:
    """Return a curve, interrupted where it is unknown; nothing where all of it is."""
    pieces = [_polyline(x[run], y[run]) for run in _runs(np.isfinite(x) & np.isfinite(y))]
    return element("path", d="".join(pieces), class_=class_) if pieces else ""


def area(x: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64], class_: str) -> str:
    """Return the area between two curves, interrupted where it is unknown."""
    known = np.isfinite(x) & np.isfinite(low) & np.isfinite(high)
    pieces = [
        _polyline(np.r_[x[run], x[run][::-1]], np.r_[high[run], low[run][::-1]]) + "Z" for run in _runs(known)
    ]
    return element("path", d="".join(pieces), class_=class_) if pieces else ""


def _runs(known: NDArray[np.bool_]) -> list[slice]:
    """Return where at least two neighbours are known."""
    edges = np.flatnonzero(np.diff(np.r_[False, known, False]))
    return [slice(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 1]


def _polyline(x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
    pairs = [f"{figure_number(a)} {figure_number(b)}" for a, b in zip(x, y, strict=True)]
    return "M" + "L".join(pairs)
