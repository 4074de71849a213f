"""How long to run, and how much of a cue."""

from __future__ import annotations

import statistics
from datetime import timedelta
from typing import TYPE_CHECKING

from midstance.programme.day import CueToday, RunToday
from midstance.programme.library import cue as cue_of
from midstance.programme.load import Colour, Light, day_colour, load_rules
from midstance.programme.logs import Break
from midstance.programme.phases import PhaseKind, Plan
from midstance.programme.walk_run import return_of, walk_run_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.programme.diary import Diary
    from midstance.programme.logs import Log
    from midstance.programme.phases import Phase
    from midstance.programme.progress import Span

__all__ = ["cue_today", "is_due", "run_today"]

_UNKNOWN_MIN = 20.0  # for somebody who has noted no run and said nothing
_MANY, _MUCH = 2.0, 5.0  # worst pain before the plan began
_ILL_DAYS = 14
_SHORT_MIN, _STEP_MIN = 20.0, 2.0
_EVEN = {PhaseKind.BASELINE, PhaseKind.CUE}  # phases in which runs stay alike
_SPACING = {1: 3, 2: 2, 3: 2}  # days from run to run


def is_due(plan: Plan, diary: Diary) -> bool:
    """Tell whether a run is due today.

    Parameters
    ----------
    plan
        The plan.
    diary
        Pain and runs up to today.
    """
    days = diary.run_days
    week = sum(day > diary.on - timedelta(days=7) for day in days)
    if week >= plan.preferences.runs_per_week:
        return False
    spacing = _SPACING.get(plan.preferences.runs_per_week, 1)
    if plan.route == "achilles" or _back(plan, diary):
        spacing = max(spacing, 2)
    return not days or (diary.on - days[-1]).days >= spacing


def _back(plan: Plan, diary: Diary) -> bool:
    return return_of(plan, diary).rung is not None


def run_today(plan: Plan, diary: Diary, light: Light, phase: Phase | None, logs: Sequence[Log]) -> RunToday:
    """Return the run of today.

    Parameters
    ----------
    plan
        The plan.
    diary
        Pain and runs up to today.
    light
        Today's light.
    phase
        The phase of today; None after the last one.
    logs
        What was noted about days off.

    Returns
    -------
    RunToday
        From the walk–run table after two weeks without a run, else longer or shorter than the last one by the
        light; alike in phases that compare.
    """
    rung = return_of(plan, diary).rung
    if rung is None:
        minutes = _minutes(plan, diary, light, phase, logs)
        if minutes >= load_rules().shortest_min:
            return RunToday(minutes, None, f"{minutes:.0f} minutes, easy enough to talk.")
        rung = walk_run_table()[0]
    return RunToday(rung.minutes, rung, f"{rung.sentence[:1].upper()}{rung.sentence[1:]}.")


def _minutes(plan: Plan, diary: Diary, light: Light, phase: Phase | None, logs: Sequence[Log]) -> float:
    last = None if diary.last_run is None else diary.minutes(diary.last_run)
    usual = plan.preferences.usual_minutes or _UNKNOWN_MIN
    if last is None:
        return _whole(usual * _first_factor(plan, light))
    factor = min(_factor(diary, light), _after_gap(diary), _after_illness(diary, logs))
    if light.colour is Colour.AMBER:  # with a few minutes only, length is hardly what it dislikes
        return _whole(max(factor * last, min(last, _SHORT_MIN / 2)))
    if factor <= 1.0:
        return _whole(factor * last)
    longest = max(plan.preferences.goal_minutes, usual)
    grown = last if last >= longest else min(_grown(diary, last, factor), longest)
    if phase is not None and phase.kind in _EVEN:
        grown = min(grown, max(_recent(diary), last))
    return _whole(grown)


def _factor(diary: Diary, light: Light) -> float:
    """Return what the light does to the last run: the first amber one is repeated before it gets shorter."""
    before = [day_colour(diary, day) for day in diary.run_days[-2:-1]]
    first = light.colour is Colour.AMBER and Colour.AMBER not in before and Colour.RED not in before
    return 1.0 if first else light.next_load.factor


def _grown(diary: Diary, last: float, factor: float) -> float:
    """Return a longer run: two minutes more while runs are short, later a tenth more each week."""
    if last < _SHORT_MIN:
        return max(factor * last, last + _STEP_MIN)
    week, days = diary.on - timedelta(days=6), diary.run_days
    before = [m for day in days if week - timedelta(days=7) <= day < week and (m := diary.minutes(day))]
    now = [m for day in days if day >= week and (m := diary.minutes(day))]
    reference = max(before) if before else min(now, default=last)
    return max(last, min(factor * last, factor * max(reference, _SHORT_MIN)))


def _first_factor(plan: Plan, light: Light) -> float:
    """Return how long the very first run is, against the usual one."""
    rules, worst = load_rules(), plan.worst or 0.0
    said = Colour.RED if worst > _MUCH else Colour.AMBER if worst > _MANY else Colour.UNKNOWN
    return min(rules.factors[said], light.next_load.factor, 1.0)


def _recent(diary: Diary) -> float:
    """Return the median length of the last three runs [min]."""
    known = [minutes for day in diary.run_days[-3:] if (minutes := diary.minutes(day)) is not None]
    return statistics.median(known) if known else 0.0


def _whole(minutes: float) -> float:
    return float(round(min(minutes, load_rules().longest_min)))


def _after_gap(diary: Diary) -> float:
    rules = load_rules()
    away = diary.last_run is not None and (diary.on - diary.last_run).days >= rules.short_days
    return rules.short_factor if away else 2.0


def _after_illness(diary: Diary, logs: Sequence[Log]) -> float:
    """Return how much shorter the first two runs after an illness are."""
    ends = [log.last for log in logs if isinstance(log, Break) and log.why == "ill" and log.last is not None]
    recent = [end for end in ends if timedelta(0) <= diary.on - end <= timedelta(days=_ILL_DAYS)]
    if not recent or sum(day > max(recent) for day in diary.run_days) > 0:
        return 2.0
    return load_rules().after_illness_factor


def cue_today(
    plan: Plan, spans: Sequence[Span], now: Span | None, cue: str, minutes: float
) -> CueToday | None:
    """Return the cue of a run; None where it has none.

    Parameters
    ----------
    plan
        The plan.
    spans
        The phases with their days.
    now
        The phase of today.
    cue
        Key of the cue; empty for none.
    minutes
        How long the run is [min].

    Returns
    -------
    CueToday
        At most the share of the week's running that its dose allows in this week.
    """
    if not cue or now is None or now.phase.kind not in {PhaseKind.CUE, PhaseKind.KEEP, PhaseKind.MAINTAIN}:
        return None
    if now.phase.kind is PhaseKind.MAINTAIN and not _once_a_week(plan, now):
        return None
    it, wishes = cue_of(cue), plan.preferences
    before = sum(span.runs for span in spans if span.phase.cue == cue and span is not now)
    session = before + now.runs
    share = it.dose.share(session // wishes.runs_per_week)
    bouts = int(min(share * minutes, it.dose.minutes_full) * 60 // it.dose.bout_s)
    bout_s = it.dose.bout_s if bouts else round(share * minutes * 60)
    bouts = max(bouts, 1)
    beat = (
        it.beat_spm(wishes.cadence_spm) if it.metronome and wishes.metronome and wishes.cadence_spm else None
    )
    spell = "one spell" if bouts == 1 else f"{bouts} spells"
    sentence = (
        f"{it.title}: {spell} of {bout_s:.0f} seconds, spread over the run; in between, run as you like."
    )
    return CueToday(
        cue=cue,
        session=session + 1,
        minutes=bouts * bout_s / 60.0,
        bouts=bouts,
        bout_s=bout_s,
        prompt_every_s=it.dose.prompt_every_s(session),
        beat_spm=beat,
        words=it.words,
        sentence=sentence,
    )


def _once_a_week(plan: Plan, now: Span) -> bool:
    """Tell whether a run of the last phase still has its cue: once a week in its first half."""
    return now.runs * 2 < now.phase.runs and now.runs % plan.preferences.runs_per_week == 0
