"""One figure of the error budget: what each factor does to one measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.model import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.virtual.budget.summary import Row

__all__ = ["factor_figure"]

_WIDTH, _ROW, _LEFT, _RIGHT, _TOP = 640.0, 24.0, 150.0, 20.0, 54.0
_INK, _SOFT, _NEAR, _FAR, _PAPER = "#1c2421", "#66706c", "#1f6f8b", "#c9762b", "#ffffff"


def factor_figure(rows: Sequence[Row], measure: str) -> str:
    """Draw bias and two standard deviations of a measure for every group of clips.

    Parameters
    ----------
    rows
        Of `summary`.
    measure
        Key of the measure.

    Returns
    -------
    str
        An SVG drawing: near leg above, far leg below in each line.
    """
    own = [row for row in rows if row.measure == measure]
    groups = list(dict.fromkeys(row.group for row in own))
    factor = CATALOGUE[measure].shown_factor
    reach = max((factor * (abs(row.bias) + 2.0 * row.sd) for row in own), default=1.0) * 1.05
    height = _TOP + _ROW * len(groups) + 40.0
    middle, scale = 0.5 * (_WIDTH + _LEFT - _RIGHT), 0.5 * (_WIDTH - _LEFT - _RIGHT) / reach
    parts = [_ticks(middle, scale, reach, height, CATALOGUE[measure].shown_unit or CATALOGUE[measure].unit)]
    for i, group in enumerate(groups):
        y = _TOP + _ROW * (i + 0.5)
        parts.append(
            _text(
                _LEFT - 10.0,
                y + 4.0,
                group.replace("_", " ").replace("<", "&lt;").replace(">", "&gt;"),
                "end",
            )
        )
        for row in (row for row in own if row.group == group):
            place = y - 4.0 if row.leg == "near" else y + 4.0
            parts.append(_bar(row, place, middle, scale * factor))
    title = f"{CATALOGUE[measure].title}: error, mean and two standard deviations"
    key = f'<tspan fill="{_NEAR}">● near leg</tspan> <tspan fill="{_FAR}">● far leg</tspan>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:.0f} {height:.0f}" '
        f'font-family="system-ui, sans-serif" font-size="12" role="img"><title>{title}</title>'
        f'<rect width="100%" height="100%" fill="{_PAPER}"/>'
        f'<text x="12" y="22" font-size="14" fill="{_INK}">{title}</text>'
        f'<text x="12" y="40">{key}</text>{"".join(parts)}</svg>\n'
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}">{words}</text>'


def _ticks(middle: float, scale: float, reach: float, height: float, unit: str) -> str:
    step = next(s for s in (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0) if reach / s <= 5.0 or s == 50.0)  # noqa: PLR2004
    count = int(reach / step)
    parts = []
    for k in range(-count, count + 1):
        x = middle + k * step * scale
        colour = _SOFT if k == 0 else "#d8dedb"
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 6:.1f}" y2="{height - 28:.1f}" stroke="{colour}"/>'
        )
        parts.append(_text(x, height - 12.0, f"{k * step:g}" + (f" {unit}" if k == count else ""), "middle"))
    return "".join(parts)


def _bar(row: Row, y: float, middle: float, scale: float) -> str:
    colour = _NEAR if row.leg == "near" else _FAR
    left, right = (middle + scale * (row.bias + k * row.sd) for k in (-2.0, 2.0))
    ends = f'x1="{left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}"'
    line = f'<line {ends} stroke="{colour}" stroke-width="2"/>'
    return f'{line}<circle cx="{middle + scale * row.bias:.1f}" cy="{y:.1f}" r="3.4" fill="{colour}"/>'
