"""What a foot-strike angle is called."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from midstance.model import Tier

if TYPE_CHECKING:
    from midstance.model import Estimate

__all__ = ["strike_words"]

_REARFOOT_DEG, _FOREFOOT_DEG = 8.0, -1.6
_SURE = 0.8
_NORMAL = 1.96


def strike_words(estimate: Estimate) -> str:
    """Return the type of foot strike, or the two types it may be.

    Parameters
    ----------
    estimate
        Foot-strike angle [deg] with its interval.

    Returns
    -------
    str
        `rearfoot`, `midfoot` or `forefoot` where at least 80 % of the estimate's distribution lies
        in one of them, else the two likeliest; empty where the angle is refused.

    References
    ----------
    Altman & Davis 2012, Gait Posture 35:298, doi 10.1016/j.gaitpost.2011.09.104: rearfoot above
    8.0°, forefoot below −1.6°.
    """
    if estimate.tier is Tier.REFUSED:
        return ""
    sd = max(estimate.margin / _NORMAL, 1e-9)

    def below(limit: float) -> float:
        return 0.5 * (1.0 + math.erf((limit - estimate.value) / (sd * math.sqrt(2.0))))

    chances = {
        "forefoot": below(_FOREFOOT_DEG),
        "midfoot": below(_REARFOOT_DEG) - below(_FOREFOOT_DEG),
        "rearfoot": 1.0 - below(_REARFOOT_DEG),
    }
    first, second, _ = sorted(chances, key=lambda name: -chances[name])
    return first if chances[first] >= _SURE else f"{first} or {second}"
