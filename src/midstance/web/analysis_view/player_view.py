"""What the player needs besides the frames: curves of healthy runners, the numbers, what was corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from midstance import findings
from midstance.report import PANELS
from midstance.report.cards import given_estimates
from midstance.web.analysis_view.showing import running

if TYPE_CHECKING:
    from midstance.model import Analysis

__all__ = ["player_view"]

_EVERY = 2  # per cent of the stride: finer than a norm band is drawn


def player_view(analysis: Analysis) -> dict[str, Any]:
    """Return the part of a player's view that follows from the analysis alone.

    Parameters
    ----------
    analysis
        The analysis, as recalled.

    Returns
    -------
    dict
        `panels`, `norms` and `estimates`, ready for JSON.
    """
    norms = findings.norm_curves(analysis.speed_m_s) if running(analysis) else {}
    shown = {panel.curve for panel in PANELS}
    return {
        "panels": [
            {name: getattr(panel, name) for name in ("curve", "title", "unit", "factor", "up", "down")}
            for panel in PANELS
            if panel.until == "stride"
        ],
        "norms": {name: _band(norm) for name, norm in norms.items() if name in shown},
        "estimates": {
            side: {"value": one.value, "low": one.low, "high": one.high}
            for side, one in given_estimates(analysis).items()
        },
    }


def _band(norm: tuple[Any, Any, Any, str]) -> dict[str, Any]:
    phase, low, high, who = norm
    rows = {"phase": phase[::_EVERY], "low": low[::_EVERY], "high": high[::_EVERY]}
    return {**{name: [round(float(v), 4) for v in values] for name, values in rows.items()}, "who": who}
