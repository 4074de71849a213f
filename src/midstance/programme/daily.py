"""What to do today: from the plan, the diary and the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from midstance.programme.choice import best_cue_of
from midstance.programme.day import Day
from midstance.programme.diary import Diary, diary_of
from midstance.programme.load import Colour, Light, light_of
from midstance.programme.logs import LessonLog
from midstance.programme.phases import PhaseKind, Plan
from midstance.programme.prescribing import cue_today, is_due, run_today
from midstance.programme.progress import timeline_of
from midstance.programme.setbacks import break_of, messages, wants_clinician

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from midstance.model import PainEntry, TrainingRun
    from midstance.programme.logs import Log
    from midstance.programme.phases import Phase
    from midstance.programme.progress import Span

__all__ = ["today"]

_EVERY_DAY = 6  # runs a week from which lessons fall on days with a run, too


def today(
    plan: Plan, pains: Iterable[PainEntry], runs: Iterable[TrainingRun], logs: Iterable[Log], on: date
) -> Day:
    """Return what a plan asks for on a day.

    Parameters
    ----------
    plan
        The plan.
    pains, runs, logs
        What was written down, in any order and with gaps.
    on
        The day.

    Returns
    -------
    Day
        Stopped where the plan is stopped; nothing in the diary makes it run again.
    """
    if plan.stopped:
        return Day(
            on,
            "stopped",
            plan.title,
            plan.story,
            red_flags=plan.red_flags,
            check_red_flags=True,
            clinician=plan.clinician,
        )
    diary, logged = diary_of(pains, runs, on), tuple(logs)
    light = light_of(diary)
    if plan.state == "waiting":
        sentence = "Answer the questions to the end; the plan begins then. Until then keep to the light."
        return Day(on, "waiting", "First, a few questions", sentence, light, questions=plan.questions)
    spans = timeline_of(plan, diary)
    now = next((span for span in spans if span.state == "now"), None)
    if now is None and light.colour <= Colour.UNKNOWN:
        return _finished(on, light, diary)
    return _with_words(_ordinary(plan, diary, light, spans, now, logged), plan, diary, spans, now, logged)


def _finished(on: date, light: Light, diary: Diary) -> Day:
    sentence = (
        "Run as you like. If it speaks up again, you know the way: a little less for a week, the light, "
        "and the cue that did you good."
    )
    return Day(on, "finished", "You no longer need this", sentence, light, questions=diary.questions())


def _ordinary(
    plan: Plan, diary: Diary, light: Light, spans: Sequence[Span], now: Span | None, logs: Sequence[Log]
) -> Day:
    phase = None if now is None else now.phase
    free = _free(plan, diary, light, phase, logs)
    if free is not None:
        return free
    run = run_today(plan, diary, light, phase, logs)
    key = _cue_key(plan, diary, phase, logs) if run.rung is None else ""
    cue = cue_today(plan, spans, now, key, run.minutes)
    sentence = f"{run.sentence} Walk home if it goes above 5."
    return Day(
        diary.on,
        "run",
        "Run today",
        sentence,
        light,
        phase,
        run,
        cue,
        note=_after_run(plan, with_cue=cue is not None),
    )


def _free(plan: Plan, diary: Diary, light: Light, phase: Phase | None, logs: Sequence[Log]) -> Day | None:
    """Return the day without a run, if it is one."""
    on = diary.on
    if on in diary.runs:
        words = "Done for today", "You have run. Note how it was; zero counts too."
        return Day(on, "done", *words, light, phase, note=_after_run(plan, with_cue=False))
    rest = light.next_load.rest_until
    if rest is not None:
        words = "No running today", f"Walk as far as it is easy. Running can come back after {rest:%d %B}."
    elif break_of(logs, on) is not None:
        words = "A day off", "Nothing to do."
    elif not is_due(plan, diary):
        words = "A day without running", "Walk, cycle or rest."
    else:
        return None
    return Day(on, "rest", *words, light, phase, note=_this_morning(diary))


def _cue_key(plan: Plan, diary: Diary, phase: Phase | None, logs: Sequence[Log]) -> str:
    if phase is None or phase.kind not in {PhaseKind.CUE, PhaseKind.KEEP, PhaseKind.MAINTAIN}:
        return ""
    kept = next((other.cue for other in plan.phases if other.kind is PhaseKind.KEEP and other.cue), "")
    return phase.cue or kept or best_cue_of(plan, diary, logs).cue


def _with_words(
    day: Day, plan: Plan, diary: Diary, spans: Sequence[Span], now: Span | None, logs: Sequence[Log]
) -> Day:
    """Add what else matters to a day: lesson, strength, messages, questions."""
    red = day.light is not None and day.light.colour is Colour.RED
    clinician = wants_clinician(plan, diary, spans)
    off = break_of(logs, diary.on) is not None
    said = list(messages(plan, diary, now, logs))
    if now is not None and now.phase.kind is PhaseKind.KEEP and now.runs == 0 and not now.phase.cue:
        said.append(best_cue_of(plan, diary, logs).sentence)
    if now is None:
        said.append("A setback is not the beginning again: a week of less, and you will see.")
    return replace(
        day,
        lesson="" if red or off else _lesson(day, plan, diary, logs),
        strength=plan.strength if day.state == "rest" and not red and not off else (),
        messages=tuple(said),
        questions=tuple(dict.fromkeys([*plan.questions, *diary.questions()])),
        check_red_flags=red or clinician,
        clinician=plan.clinician if red or clinician else "",
    )


def _lesson(day: Day, plan: Plan, diary: Diary, logs: Sequence[Log]) -> str:
    """Return the lesson to suggest: those of the phase in turn, on days without a run."""
    wanted = day.phase.lessons if day.phase is not None else ()
    if day.state != "rest" and plan.preferences.runs_per_week < _EVERY_DAY:
        return ""
    taken = [log for log in logs if isinstance(log, LessonLog) and log.day <= diary.on]
    week = sum(log.day > diary.on - timedelta(days=7) for log in taken)
    fit = [key for key in wanted if key in plan.lessons]
    if not fit or week >= plan.preferences.lessons_per_week:
        return ""
    times = {key: sum(log.lesson == key and log.finished for log in taken) for key in fit}
    return min(fit, key=lambda key: times[key])


def _after_run(plan: Plan, *, with_cue: bool) -> tuple[str, ...]:
    if plan.route == "no_pain":
        felt = ("How did it feel, 0 to 10?",)
        return (*felt, "How easy was the cue, 0 to 10?") if with_cue else felt
    asked = (
        "The worst pain while running, 0 to 10, and after how many minutes it began.",
        "Pain an hour later.",
        "Pain on the next morning.",
    )
    return (*asked, "With the cue and without it: how much in each, and how easy?") if with_cue else asked


def _this_morning(diary: Diary) -> tuple[str, ...]:
    """Ask for the morning after a run, where it is not noted."""
    yesterday = diary.on - timedelta(days=1)
    if yesterday in diary.runs and diary.rating(yesterday, "next_morning") is None:
        return ("How is it this morning, 0 to 10, and how was it before yesterday's run?",)
    return ()
