"""Tables of the error budget: every measure, by leg and by what was varied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from midstance.virtual.budget.design import Condition
    from midstance.virtual.budget.outcomes import Found, Outcome

    Pick = Callable[[Condition], bool]

__all__ = ["Row", "changes_m", "summary"]

_HIP = "hip_over_ankle_at_midstance_m"
_GROUPS: dict[str, Pick] = {
    "all": lambda _: True,
    "rate=60": lambda c: c.camera.rate_hz == 60.0,  # noqa: PLR2004
    "rate=120": lambda c: c.camera.rate_hz == 120.0,  # noqa: PLR2004
    "off_axis<5": lambda c: abs(c.camera.off_axis_deg) < 5.0,  # noqa: PLR2004
    "off_axis>=5": lambda c: abs(c.camera.off_axis_deg) >= 5.0,  # noqa: PLR2004
    "roll<2.5": lambda c: abs(c.camera.roll_deg) < 2.5,  # noqa: PLR2004
    "roll>=2.5": lambda c: abs(c.camera.roll_deg) >= 2.5,  # noqa: PLR2004
    "distance<4": lambda c: c.camera.distance_m < 4.0,  # noqa: PLR2004
    "distance>=4": lambda c: c.camera.distance_m >= 4.0,  # noqa: PLR2004
    "speed<3.25": lambda c: c.running.speed_m_s < 3.25,  # noqa: PLR2004
    "speed>=3.25": lambda c: c.running.speed_m_s >= 3.25,  # noqa: PLR2004
    "scene=gym": lambda c: c.scene == "gym",
    "scene=street": lambda c: c.scene == "street",
}


@dataclass(frozen=True, slots=True)
class Row:
    """Agreement of one measure with the truth in one group of clips.

    Parameters
    ----------
    measure, leg, group
        Which number, of the `near` or `far` leg, over which clips.
    n
        Clips.
    bias, sd, rmse
        Of found minus true, in `unit`.
    coverage
        Part of the stated 95 % intervals that hold the truth; NaN for instants, which have none.
    unit
        SI unit or `deg`.
    """

    measure: str
    leg: str
    group: str
    n: int
    bias: float
    sd: float
    rmse: float
    coverage: float
    unit: str


def summary(conditions: Mapping[str, Condition], outcomes: Sequence[Outcome]) -> tuple[Row, ...]:
    """Return a row for every measure, leg and group of clips.

    Parameters
    ----------
    conditions
        By name.
    outcomes
        Of some of them.

    Returns
    -------
    tuple of Row
        Groups of fewer than three clips are left out.
    """
    bodies = {c.body for c in conditions.values()}
    groups = _GROUPS | {f"body={body}": _of_body(body) for body in sorted(bodies)}
    keys = sorted({found.key for outcome in outcomes for found in outcome.found}, key=_order)
    rows = []
    for key in keys:
        for leg in ("near", "far"):
            for group, pick in groups.items():
                own = [o for o in outcomes if pick(conditions[o.name])]
                values = [f for o in own for f in o.found if f.key == key and f.near is (leg == "near")]
                if len(values) > 2:  # noqa: PLR2004
                    rows.append(_row(key, leg, group, values))
    return tuple(rows)


def _of_body(body: str) -> Pick:
    return lambda condition: condition.body == body


def _order(key: str) -> tuple[int, str]:
    keys = list(CATALOGUE)
    return (keys.index(key), key) if key in CATALOGUE else (len(keys), key)


def _row(key: str, leg: str, group: str, found: Sequence[Found]) -> Row:
    errors = np.array([f.value - f.truth for f in found])
    held = [f.low <= f.truth <= f.high for f in found if f.tier]
    return Row(
        key,
        leg,
        group,
        len(errors),
        float(errors.mean()),
        float(errors.std(ddof=1)),
        float(np.sqrt(np.mean(errors**2))),
        float(np.mean(held)) if held else float("nan"),
        CATALOGUE[key].unit if key in CATALOGUE else "s",
    )


def changes_m(conditions: Mapping[str, Condition], outcomes: Sequence[Outcome]) -> np.ndarray:
    """Return for each pair of clips the change of hip over ankle found and true (N, 2) [m].

    Parameters
    ----------
    conditions
        By name.
    outcomes
        Of pairs and of the clips they repeat.

    Returns
    -------
    ndarray
        Of the near leg.
    """
    by_name = {outcome.name: outcome for outcome in outcomes}
    rows = []
    for outcome in outcomes:
        partner = by_name.get(conditions[outcome.name].partner)
        if partner is None:
            continue
        after, before = _near_hip(outcome), _near_hip(partner)
        if after and before:
            rows.append((after.value - before.value, after.truth - before.truth))
    return np.array(rows).reshape(-1, 2)


def _near_hip(outcome: Outcome) -> Found | None:
    return next((f for f in outcome.found if f.key == _HIP and f.near), None)
