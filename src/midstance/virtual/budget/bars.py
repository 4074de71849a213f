"""What the error budget is held against, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.virtual.budget.summary import changes_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from midstance.virtual.budget.design import Condition
    from midstance.virtual.budget.outcomes import Outcome
    from midstance.virtual.budget.summary import Row

__all__ = ["Bar", "bars"]

_HIP = "hip_over_ankle_at_midstance_m"


@dataclass(frozen=True, slots=True)
class Bar:
    """One number to reach.

    Parameters
    ----------
    what
        In words.
    wanted, found
        As shown.
    reached
        Whether it is.
    """

    what: str
    wanted: str
    found: str
    reached: bool


def bars(
    conditions: Mapping[str, Condition], outcomes: Sequence[Outcome], rows: Iterable[Row]
) -> tuple[Bar, ...]:
    """Hold the held-out clips against the numbers to reach.

    Parameters
    ----------
    conditions
        By name.
    outcomes
        Of all parts of the experiment.
    rows
        Summary of the held-out clips at 60 frames per second and more.

    Returns
    -------
    tuple of Bar
        In the order of the task.
    """
    near = {row.measure: row for row in rows if row.leg == "near" and row.group == "all"}
    held = [o for o in outcomes if conditions[o.name].use == "hold"]
    slow = [o for o in outcomes if conditions[o.name].use == "slow"]
    hip, time = near.get(_HIP), near.get("midstance_pelvis_dip_s")
    made = [
        _within("Hip over ankle, bias [mm]", 1000 * abs(hip.bias) if hip else None, 5.0),
        _within("Hip over ankle, SD of a clip's mean [mm]", 1000 * hip.sd if hip else None, 7.0),
        _within("Midstance, SD [ms]", 1000 * time.sd if time else None, 6.0),
        *(
            _within(f"{title}, RMSE [°]", near[key].rmse if key in near else None, most)
            for title, key, most in _ANGLES
        ),
        _within("Legs left exchanged at 60 Hz and more [% of frames]", _swapped(held), 0.1),
        _within("Legs left exchanged at 30 Hz [% of frames]", _swapped(slow), 1.0),
        _covered(held),
    ]
    return (*made, _change(conditions, outcomes))


_ANGLES = (
    ("Knee at midstance", "knee_flexion_at_midstance_deg", 4.0),
    ("Knee at contact", "knee_flexion_at_contact_deg", 4.0),
    ("Foot-strike angle", "foot_strike_angle_deg", 4.0),
    ("Trunk lean", "trunk_lean_deg", 1.5),
)


def _within(what: str, found: float | None, most: float) -> Bar:
    if found is None or not np.isfinite(found):
        return Bar(what, f"≤ {most:g}", "not measured", reached=False)
    return Bar(what, f"≤ {most:g}", f"{found:.2g}", reached=bool(found <= most))


def _swapped(outcomes: Sequence[Outcome]) -> float | None:
    frames = sum(o.frames for o in outcomes)
    return 100.0 * sum(o.swapped for o in outcomes) / frames if frames else None


def _covered(outcomes: Sequence[Outcome]) -> Bar:
    """Return how many of all stated intervals hold the truth."""
    held = [f.low <= f.truth <= f.high for o in outcomes for f in o.found if f.tier]
    part = 100.0 * float(np.mean(held)) if held else float("nan")
    what = f"Stated 95 % intervals that hold, {len(held)} of both legs [%]"
    return Bar(what, "90 to 98", f"{part:.1f}", reached=bool(90.0 <= part <= 98.0))  # noqa: PLR2004


def _change(conditions: Mapping[str, Condition], outcomes: Sequence[Outcome]) -> Bar:
    changes = 1000.0 * changes_m(conditions, outcomes)
    what = "A change of 10 mm is seen as a change of [mm]"
    if len(changes) < 2:  # noqa: PLR2004
        return Bar(what, "10 ± 3", "not measured", reached=False)
    seen = changes[:, 0] - changes[:, 1] + 10.0
    mean, sd = float(seen.mean()), float(seen.std(ddof=1))
    return Bar(what, "10 ± 3", f"{mean:.1f} ± {sd:.1f}, {len(seen)} pairs", abs(mean - 10.0) + sd <= 3.0)  # noqa: PLR2004
