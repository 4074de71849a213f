"""Curves of the mean stride in clinical layout: percent of the stride, both legs, norm band."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from midstance.report.axes import axes
from midstance.report.svg import Scale, area, drawing, element, line, path, text
from midstance.report.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from midstance.model import MeanStride

__all__ = ["PANELS", "NormBand", "Panel", "curve_panel", "has_curve"]

NormBand: TypeAlias = "tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], str]"
"""Phase [% of stride], low, high (in the curve's unit) and who they were measured on."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One small plot of the report.

    Parameters
    ----------
    curve
        Name of the curve in the mean stride.
    title, unit
        As shown.
    factor
        From the curve's unit to the shown one.
    up, down
        What upwards and downwards mean.
    until
        `stride`, or `toe-off` to show the time on the ground only.
    """

    curve: str
    title: str
    unit: str
    factor: float
    up: str
    down: str
    until: str = "stride"


PANELS = (
    Panel(
        "hip_over_ankle_m",
        "Hip over ankle, foot on the ground",
        "cm",
        100.0,
        "hip ahead",
        "hip behind",
        "toe-off",
    ),
    Panel("hip_over_ankle_m", "Hip over ankle, whole stride", "cm", 100.0, "hip ahead", "hip behind"),
    Panel("knee_flexion_deg", "Knee flexion", "°", 1.0, "more bent", "straight"),
    Panel("shank_angle_deg", "Shank angle", "°", 1.0, "reaching", "knee ahead"),
    Panel("foot_angle_deg", "Foot pitch", "°", 1.0, "toes up", "toes down"),
    Panel("trunk_lean_deg", "Trunk lean", "°", 1.0, "forward", "backward"),
    Panel("pelvis_height_m", "Height of the pelvis", "cm", 100.0, "up", "down"),
)
"""What the report draws, where the mean stride holds it."""

_WIDE = 400.0
_NAMED = 0.9  # of the axis: an event further right has no room for its name
_LEFT, _MARGIN, _TOP, _BELOW = 50.0, 8.0, 20.0, 34.0


def has_curve(stride: MeanStride, name: str) -> bool:
    """Tell whether a mean stride holds a curve with at least two known values."""
    return name in stride.names and int(np.isfinite(stride.curve(name)).sum()) > 1


def curve_panel(
    panel: Panel, strides: Sequence[MeanStride], norm: NormBand | None = None, width: float = _WIDE
) -> str:
    """Draw one curve of both legs with step-to-step bands, events and the norm band.

    Parameters
    ----------
    panel
        Which curve, and how it is named.
    strides
        The mean strides; those without the curve are passed over.
    norm
        Band of healthy runners, in the curve's unit.
    width
        Width of the drawing, in its own units [px].

    Returns
    -------
    str
        An SVG drawing; empty where no stride holds the curve.
    """
    held = [stride for stride in strides if has_curve(stride, panel.curve)]
    if not held:
        return ""
    end = 100.0 if panel.until == "stride" else max(_known(s.toe_off_percent) for s in held)
    size = "figure" if width >= _WIDE else "figure compact"
    height = 0.2 * width + 155.0
    x = Scale(0.0, end, _LEFT, width - _MARGIN)
    y = Scale(*_span(panel, held, norm, end), height - _BELOW, _TOP)
    parts = [*_frame(x, y, panel), *_norm_area(panel, norm, x, y)]
    parts += [part for stride in held for part in _events(stride, x, y)]
    parts += [part for stride in held for part in _curve(panel, stride, x, y)]
    return drawing(width, height, _label(panel, held), [*parts, *_event_names(held, x)], size)


def _known(value: float, otherwise: float = 100.0) -> float:
    return value if np.isfinite(value) else otherwise


def _band(panel: Panel, stride: MeanStride) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and standard deviation in the shown unit."""
    column = stride.names.index(panel.curve)
    return panel.factor * stride.values[:, column], panel.factor * np.nan_to_num(stride.sd[:, column])


def _span(panel: Panel, held: list[MeanStride], norm: NormBand | None, end: float) -> tuple[float, float]:
    ends = []
    for stride in held:
        mean, sd = _band(panel, stride)
        inside = stride.phase <= end
        ends += [mean[inside] - sd[inside], mean[inside] + sd[inside]]
    if norm:
        inside = norm[0] <= end
        ends += [panel.factor * norm[1][inside], panel.factor * norm[2][inside]]
    every = np.concatenate(ends)
    low, high = float(np.nanmin(every)), float(np.nanmax(every))
    air = 0.08 * (high - low) or 1.0
    return low - air, high + air


def _frame(x: Scale, y: Scale, panel: Panel) -> list[str]:
    middle = (x.start + x.end) / 2
    below = text(middle, y.start + 31, "% of stride, from first contact", "note", "middle")
    return [*axes(x, y), below, *_sign_words(panel, y.start)]


def _sign_words(panel: Panel, bottom: float) -> list[str]:
    """Return what up and down mean, written along the axis."""
    up = element(
        "text",
        escape(f"{panel.up} →"),
        class_="note",
        text_anchor="end",
        transform=f"translate(11 {_TOP}) rotate(-90)",
    )
    down = element(
        "text", escape(f"← {panel.down}"), class_="note", transform=f"translate(11 {bottom:g}) rotate(-90)"
    )
    return [up, down]


def _norm_area(panel: Panel, norm: NormBand | None, x: Scale, y: Scale) -> list[str]:
    if norm is None:
        return []
    inside = norm[0] <= x.high
    low, high = (y(panel.factor * edge[inside]) for edge in norm[1:3])
    return [area(x(norm[0][inside]), low, high, "norm")]


def _events(stride: MeanStride, x: Scale, y: Scale) -> list[str]:
    kinds = ((stride.toe_off_percent, "event"), (stride.midstance_percent, "event midstance"))
    return [
        line(float(x(at)), _TOP, float(x(at)), y.start, f"{stride.side} {kind}")
        for at, kind in kinds
        if np.isfinite(at) and at < x.high
    ]


def _event_names(held: list[MeanStride], x: Scale) -> list[str]:
    named = []
    for words, anchor, at in (
        ("midstance", "end", [stride.midstance_percent for stride in held]),
        ("toe-off", "start", [stride.toe_off_percent for stride in held]),
    ):
        middle = float(np.mean([value for value in at if np.isfinite(value)] or [np.nan]))
        if np.isfinite(middle) and middle < _NAMED * x.high:
            place = float(x(middle)) + (6.0 if anchor == "end" else -6.0)
            named.append(text(place, _TOP - 7, words, "note", anchor))
    return named


def _curve(panel: Panel, stride: MeanStride, x: Scale, y: Scale) -> list[str]:
    inside = stride.phase <= x.high
    mean, sd = _band(panel, stride)
    across, mean, sd = x(stride.phase[inside]), mean[inside], sd[inside]
    parts = [
        area(across, y(mean - sd), y(mean + sd), f"{stride.side} spread"),
        path(across, y(mean), f"{stride.side} curve"),
    ]
    if np.isfinite(stride.midstance_percent):
        at = float(
            np.interp(stride.midstance_percent, stride.phase, panel.factor * stride.curve(panel.curve))
        )
        if np.isfinite(at):
            place = float(x(stride.midstance_percent))
            parts.append(element("circle", cx=place, cy=float(y(at)), r=4.0, class_=f"{stride.side} mark"))
    return parts


def _label(panel: Panel, held: list[MeanStride]) -> str:
    said = []
    for stride in held:
        mean, _ = _band(panel, stride)
        low, high = (number(float(edge), 0) for edge in (np.nanmin(mean), np.nanmax(mean)))
        said.append(f"{stride.side} leg from {low} to {high} {panel.unit}")
    return f"{panel.title} over the stride: {', '.join(said)}"
