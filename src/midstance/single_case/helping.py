"""Did it help? The answer in words, with what else could explain it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from midstance.errors import DataError
from midstance.single_case.effect_sizes import lag_one, nap, standardised_difference, tau, tau_u
from midstance.single_case.interrupted_series import InterruptedSeries

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.single_case.course import Course
    from midstance.single_case.interrupted_series import Change

__all__ = ["MCID_POINTS", "Help", "helped"]

State = Literal["helped", "unclear", "unchanged", "worse", "too_early"]

MCID_POINTS = 2.0
"""Smallest change of a 0-to-10 pain rating that matters to people with pain in the leg."""

_SURE = 0.95
_SMALL_POINTS = 1.0
_UNCHANGED = 0.8
_RECENT = 3
_WORSE_AT_FIRST = 1.0
_FADES = (
    "Knee pain in runners often fades or comes back by itself, in weeks or in months. The estimate allows "
    "for slow fading, of up to a tenth of a point a week; a faster one would be taken for help."
)
_STARTED_BAD = (
    "The first days of this diary were worse than the rest of its first phase. People start to write when it "
    "hurts most, so that part of the relief would have come anyway."
)


@dataclass(frozen=True, slots=True)
class Help:
    """What one person's diary says about one thing that was tried.

    Parameters
    ----------
    state
        `helped`, `worse`, `unchanged`, `unclear` (too close to call) or `too_early`.
    headline
        The answer in one sentence.
    detail
        Its numbers in words.
    cautions
        What else could explain it.
    change
        What is believed about the change; None where it is too early.
    chance_of_relief, chance_that_it_matters
        Probability of any relief, and of relief by at least the smallest change that matters; NaN too early.
    tau, tau_u, nap, standardised_difference, lag_one
        Effect sizes without a model; NaN where they cannot be had.
    p
        Of the randomisation test; NaN where nothing was drawn by lot.
    """

    state: State
    headline: str
    detail: str
    cautions: tuple[str, ...]
    change: Change | None
    chance_of_relief: float
    chance_that_it_matters: float
    tau: float
    tau_u: float
    nap: float
    standardised_difference: float
    lag_one: float
    p: float


def helped(
    course: Course, *, what: str = "it", model: InterruptedSeries | None = None, p: float = float("nan")
) -> Help:
    """Say whether something helped one person.

    Parameters
    ----------
    course
        Pain over the phases.
    what
        Name of what was tried, as it stands in a sentence.
    model
        The interrupted series; the default where None.
    p
        Of a randomisation test, where the order was drawn by lot; NaN where it was not.

    Returns
    -------
    Help
        `helped` and `worse` need 95 % of the probability on their side; `unchanged` needs 80 % within one
        point of no change; all else is too close to call.

    References
    ----------
    Smallest change that matters: 2 points, see `docs/explanation/did-it-help.md`.
    """
    before, after = course.pain[~course.treated], course.pain[course.treated]
    sizes = {
        "tau": tau(before, after),
        "tau_u": tau_u(before, after),
        "nap": nap(before, after),
        "standardised_difference": standardised_difference(before, after),
        "lag_one": lag_one(_residuals(course)),
    }
    try:
        change = (model or InterruptedSeries())(course)
    except DataError as error:
        nan = float("nan")
        headline = f"It is too early to say whether {what} helped."
        detail = f"{error.what[:1].upper()}{error.what[1:]}; {error.remedy}."
        return Help("too_early", headline, detail, (), None, nan, nan, **sizes, p=p)
    relief, matters = change.chance_below(0.0), change.chance_below(-MCID_POINTS)
    state = _state(change, relief)
    return Help(
        state=state,
        headline=_headline(state, what, matters),
        detail=_detail(change, relief, matters, p),
        cautions=_cautions(course),
        change=change,
        chance_of_relief=relief,
        chance_that_it_matters=matters,
        **sizes,
        p=p,
    )


def _residuals(course: Course) -> NDArray[np.float64]:
    """Return the ratings (N,) less the mean of their own phases."""
    rest = course.pain.copy()
    for phase in (course.treated, ~course.treated):
        if phase.any():
            rest[phase] -= rest[phase].mean()
    return rest


def _state(change: Change, relief: float) -> State:
    if relief >= _SURE:
        return "helped"
    if relief <= 1.0 - _SURE:
        return "worse"
    near = change.chance_below(_SMALL_POINTS) - change.chance_below(-_SMALL_POINTS)
    return "unchanged" if near >= _UNCHANGED else "unclear"


def _headline(state: State, what: str, matters: float) -> str:
    clearly = f"Your pain was lower while you tried {what}"
    if state == "helped":
        enough = ", by more than the two points that people notice." if matters >= 0.5 else ", a little."  # noqa: PLR2004
        return clearly + enough
    return {
        "worse": f"Your pain was higher while you tried {what}. Stop it, and see whether that changes.",
        "unchanged": f"Your pain hardly changed while you tried {what}.",
        "unclear": f"Too close to call whether {what} helped.",
    }[state]


def _detail(change: Change, relief: float, matters: float, p: float) -> str:
    low, high = change.interval
    before, after = change.entries
    words = (
        f"The change is {_points(change.value)} points (95\u202f% between {_points(low)} and "
        f"{_points(high)}), from {before} ratings before and {after} while trying. Chance of any relief "
        f"{_odds(relief)}, of relief by two points or more {_odds(matters)}."
    )
    if np.isfinite(p):
        words += f" If it made no difference, the lot alone would show as much relief {_odds(p)} times."
    return words


def _points(value: float) -> str:
    return f"{value:+.1f}".replace("-", "\u2212")


def _odds(chance: float) -> str:
    return f"{100 * min(max(chance, 0.01), 0.99):.0f} in 100"


def _cautions(course: Course) -> tuple[str, ...]:
    first, rest = np.split(course.pain[~course.treated], [_RECENT])
    fell = len(rest) >= _RECENT and first.mean() - rest.mean() >= _WORSE_AT_FIRST
    return (_FADES, _STARTED_BAD) if fell else (_FADES,)
