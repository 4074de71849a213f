"""Which cue did best, by a simple rule."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.programme.diary import Diary, diary_of
from midstance.programme.library import cues
from midstance.programme.logs import CueLog
from midstance.programme.phases import PhaseKind, Plan
from midstance.programme.progress import Span, timeline_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from midstance.model import PainEntry, TrainingRun
    from midstance.programme.logs import Log

__all__ = ["Choice", "Tally", "best_cue", "best_cue_of"]

_FEWEST = 3  # rated runs
_CLEAR = 0.5  # points: less is no reason to prefer one


@dataclass(frozen=True, slots=True)
class Tally:
    """How a cue did.

    Parameters
    ----------
    cue
        Its key.
    change
        Pain with it minus pain without, 0 to 10; negative is less; None where too little was noted.
    ease
        How easy it felt, 0 to 10; None where not noted.
    runs
        How many rated runs that rests on.
    """

    cue: str
    change: float | None
    ease: float | None
    runs: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Which cue to keep.

    Parameters
    ----------
    cue
        Its key; empty where none made a difference.
    sentence
        Why, in plain words.
    tallies
        How each did, in the order they were tried.
    """

    cue: str
    sentence: str
    tallies: tuple[Tally, ...]


def best_cue(
    plan: Plan, pains: Iterable[PainEntry], runs: Iterable[TrainingRun], logs: Iterable[Log], on: date
) -> Choice:
    """Return the cue that did best.

    Parameters
    ----------
    plan
        The plan.
    pains, runs, logs
        What was written down, in any order.
    on
        Today.

    Returns
    -------
    Choice
        By the mean pain while running against the baseline, and by pain with and without the cue in the same
        run; a difference of less than half a point counts as none. A rule of thumb: whether it helped is for
        the single-case analysis to say.
    """
    return best_cue_of(plan, diary_of(pains, runs, on), tuple(logs))


def best_cue_of(plan: Plan, diary: Diary, logs: Sequence[Log]) -> Choice:
    """Return the cue that did best, from a diary sorted by day.

    Parameters
    ----------
    plan
        The plan.
    diary
        Pain and runs up to today.
    logs
        What was noted about cues.

    Returns
    -------
    Choice
        As `best_cue`.
    """
    spans = timeline_of(plan, diary)
    baseline = [r for span in spans if span.phase.kind is PhaseKind.BASELINE for r in _ratings(span, diary)]
    tried = [span for span in spans if span.phase.kind is PhaseKind.CUE and span.state != "ahead"]
    tallies = tuple(_tally(span, baseline, diary, logs) for span in tried)
    if not tallies:
        return Choice("", "No cue has been tried yet.", ())
    hurts = [tally for tally in tallies if tally.change is not None and tally.change <= -_CLEAR]
    if hurts:
        best = min(hurts, key=lambda tally: (tally.change or 0.0, -(tally.ease or 0.0)))
        return Choice(
            best.cue,
            f"{_title(best.cue)}: it hurt least with it, by {-(best.change or 0):.1f} points.",
            tallies,
        )
    return _easiest(plan, tallies)


def _easiest(plan: Plan, tallies: tuple[Tally, ...]) -> Choice:
    felt = [tally for tally in tallies if tally.ease is not None and (tally.change or 0.0) < _CLEAR]
    if plan.route == "no_pain" and felt:
        best = max(felt, key=lambda tally: tally.ease or 0.0)
        return Choice(best.cue, f"{_title(best.cue)}: it felt easiest.", tallies)
    if all(tally.change is None for tally in tallies):
        why = "Too few ratings to tell the cues apart. Keep none, or the one you liked."
        return Choice("", why, tallies)
    return Choice(
        "", "None of the cues made a clear difference. Run your own way, and keep to the light.", tallies
    )


def _ratings(span: Span, diary: Diary) -> list[float]:
    if span.state == "ahead":
        return []
    ratings = (diary.rating(day, "during") for day in diary.run_days if span.first <= day <= span.last)
    return [rating for rating in ratings if rating is not None]


def _tally(span: Span, baseline: list[float], diary: Diary, logs: Sequence[Log]) -> Tally:
    cue, rated = span.phase.cue, _ratings(span, diary)
    mine = [log for log in logs if isinstance(log, CueLog) and log.cue == cue and log.day <= diary.on]
    within = [
        log.pain_with - log.pain_without
        for log in mine
        if log.pain_with is not None and log.pain_without is not None
    ]
    changes = []
    if len(rated) >= _FEWEST and len(baseline) >= _FEWEST:
        changes.append(statistics.fmean(rated) - statistics.fmean(baseline))
    if len(within) >= _FEWEST:
        changes.append(statistics.fmean(within))
    ease = [log.ease for log in mine if log.ease is not None]
    return Tally(
        cue,
        statistics.fmean(changes) if changes else None,
        statistics.fmean(ease) if ease else None,
        len(rated),
    )


def _title(key: str) -> str:
    return next((cue.title for cue in cues() if cue.key == key), key)
