"""The answer in plain words: where the hip is over the foot, and whether that can be told."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from midstance.findings.norms import measured_speed, norm_range, norms_label
from midstance.model import Measure, Tier

if TYPE_CHECKING:
    from midstance.model import Side

__all__ = ["State", "Verdict", "verdict"]

State = Literal["usual", "behind", "ahead", "too_close", "refused"]
_CALLED = 0.8  # probability from which a call is made
_NORMAL = 1.96


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said about one leg.

    Parameters
    ----------
    side
        Which leg.
    headline
        The answer in one sentence.
    detail
        What it rests on and how far it can be believed.
    state
        `usual`, `behind` (further back than usual), `ahead`, `too_close` to call, or `refused`.
    """

    side: Side
    headline: str
    detail: str
    state: State


def _below(limit: float, value: float, sd: float) -> float:
    return 0.5 * (1.0 + math.erf((limit - value) / (sd * math.sqrt(2.0))))


def _call(value: float, sd: float, low: float, high: float) -> tuple[State, State, float]:
    """Return the call, the likeliest of behind, usual and ahead, and how likely that is."""
    behind, not_ahead = _below(low, value, sd), _below(high, value, sd)
    chances: dict[State, float] = {"behind": behind, "usual": not_ahead - behind, "ahead": 1.0 - not_ahead}
    likely = max(chances, key=lambda s: chances[s])
    return (likely if chances[likely] >= _CALLED else "too_close"), likely, chances[likely]


_WORDS: dict[State, str] = {
    "usual": "in the usual range",
    "behind": "further back than usual",
    "ahead": "further ahead than usual",
    "too_close": "too close to call whether that is usual",
    "refused": "",
}


_NAMES = {True: "clip", False: "trial"}
_BETTER = {
    True: "film with more steps, two seconds of quiet standing first, and a level camera",
    False: "where the markers sit matters most; give a standing trial and more steps",
}


def _cm(value_m: float) -> str:
    """Return metres as centimetres with a true minus sign."""
    return f"{100 * value_m:.1f}".replace("-", "\u2212")


def _where(value_m: float) -> str:
    return f"{abs(100 * value_m):.1f} cm {'ahead of' if value_m >= 0 else 'behind'} your ankle"


def verdict(measure: Measure, side: Side, speed_m_s: float, *, filmed: bool = True) -> Verdict:
    """Put hip over ankle at midstance of one leg into words.

    Parameters
    ----------
    measure
        `hip_over_ankle_at_midstance_m` of that leg.
    side
        Which leg.
    speed_m_s
        Running speed [m/s]; NaN if unknown.
    filmed
        Whether it comes from a clip, not from a laboratory's trial.

    Returns
    -------
    Verdict
        Headline, detail and state.

    Notes
    -----
    The usual range is the 5th to 95th percentile of healthy runners. A call is made where at least
    80 % of the estimate's own distribution lies on one side of it; else it is too close to call.
    """
    estimate = measure.estimate
    if estimate.tier is Tier.REFUSED:
        headline = f"Hip over foot of the {side} leg cannot be told from this {_NAMES[filmed]}."
        return Verdict(side, headline, f"{estimate.method[:1].upper()}{estimate.method[1:]}.", "refused")
    usual = norm_range(measure.key, measure.definition, speed_m_s)
    interval = f"95\u202f% between {_cm(estimate.low)} and {_cm(estimate.high)} cm"
    begin = f"Your {side} hip is {_where(estimate.value)} at midstance ({interval})"
    if usual is None:
        return Verdict(side, f"{begin}.", "There are no norms for this speed or definition.", "too_close")
    state, likely, chance = _call(estimate.value, estimate.margin / _NORMAL, *usual)
    at = f"at {measured_speed(speed_m_s)}"
    detail = (
        f"Nine of ten healthy runners have {_cm(usual[0])} to {_cm(usual[1])} cm {at} "
        f"({norms_label(measure.key, measure.definition)}). {_sure(state, likely, chance, filmed=filmed)}"
    )
    return Verdict(side, f"{begin}: {_WORDS[state]}.", detail, state)


def _sure(state: State, likely: State, chance: float, *, filmed: bool) -> str:
    odds = f"{100 * min(chance, 0.99):.0f} in 100"
    if state == "too_close":
        lean = f"Most likely you are {_WORDS[likely]} ({odds}), but that is not sure enough for a call"
        if chance < 0.5:  # noqa: PLR2004  (no side has the better odds)
            lean = f"This {_NAMES[filmed]} leaves open on which side of that range's border you are"
        return f"{lean}: {_BETTER[filmed]}."
    return f"From this {_NAMES[filmed]}, that call is right with a chance of about {odds}."
