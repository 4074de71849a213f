"""Line figures of the positions a lesson is taken in."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from midstance.programme.lesson_script import FIGURES
from midstance.programme.library import content_text
from midstance.programme.table import table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.programme.table import Table

__all__ = ["figure"]

_WIDTH, _HEIGHT, _FLOOR = 240, 160, 142
_MAT = (
    '<rect x="8" y="22" width="224" height="130" rx="10" fill="currentColor" fill-opacity="0.10"/>'
    '<rect x="22" y="36" width="44" height="46" rx="8" fill="currentColor" fill-opacity="0.16"/>'
)
_HEAD, _TRUNK, _LIMB, _PROP = 11, 17, 9, 3


@cache
def figure(key: str) -> Markup:
    """Return the picture of a position.

    Parameters
    ----------
    key
        One of `FIGURES`.

    Returns
    -------
    Markup
        An SVG that takes the colour of the text around it and says what it shows.
    """
    table = table_of(content_text("figures.toml"), "figures.toml")
    if key not in FIGURES:
        raise table.refused(key, "is no figure", f"choose one of {', '.join(FIGURES)}")
    row = table.table(key)
    alt = escape(row.text("alt"))
    box = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{alt}"'
    return Markup(f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{_drawn(row)}</svg>')  # noqa: S704  (our own numbers)


def _drawn(row: Table) -> str:
    """Draw what is behind first."""
    floor = _MAT if row.flag("above", default=False) else _line([8, _FLOOR, _WIDTH - 8, _FLOOR], 2, 0.3)
    x, y = row.numbers("head")
    parts = [
        floor,
        *(_line(points, _PROP, 0.4) for points in _lines(row, "props")),
        *(_line(points, _LIMB, 0.45) for points in _lines(row, "far")),
        _line(row.numbers("trunk"), _TRUNK, 1.0),
        f'<circle cx="{x:g}" cy="{y:g}" r="{_HEAD}" fill="currentColor"/>',
        *(_line(points, _LIMB, 1.0) for points in _lines(row, "near")),
    ]
    return "".join(parts)


def _lines(row: Table, key: str) -> list[list[float]]:
    values: list[Any] = row.values[key]
    return [[float(value) for value in points] for points in values]


def _line(points: Sequence[float], width: float, opacity: float) -> str:
    pairs = " ".join(f"{x:g},{y:g}" for x, y in list(pairwise(points))[::2])
    look = f'fill="none" stroke="currentColor" stroke-width="{width:g}" stroke-opacity="{opacity:g}"'
    return f'<polyline points="{pairs}" {look} stroke-linecap="round" stroke-linejoin="round"/>'
