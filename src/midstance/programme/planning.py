"""Making a plan: red flags first, then load, then one cue at a time in a drawn order."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from midstance.model import Tried
from midstance.programme.library import cue as cue_of
from midstance.programme.library import cues, exercises, lessons
from midstance.programme.phases import OWN_WAY, Draw, LeftOut, Phase, PhaseKind, Plan, Preferences
from midstance.programme.routes import RoutePlan, general_advice, route_plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from midstance.model import Advice, Finding, Route, Triage

__all__ = ["plan"]

_FEWEST_BASELINE = 5  # runs
_BASELINE_CHOICES = 4  # lengths to draw from
_BLOCK_CHOICES = (6, 7, 8)
_KEEP_RUNS = 10  # with a block of 6 to 8: what the studies used, 8 to 18 sessions
_SETTLED = 3  # green runs in a row
_QUIET_END = 8  # green runs with less and less programme
_ALONE_RUNS = (6, 12)  # green ones, where nothing is compared
_TENDON_RUNS = (9, 24)  # a tendon takes its time: some eleven weeks
_LOOK_FIRST = ("joint_line", "back_of_knee", "shin", "elsewhere")
_SORE_TO_KNEEL_ON = ("kneecap", "below_kneecap", "joint_line", "shin")
_STRENGTH_ROUTES = ("kneecap", "quadriceps", "outside_knee")


def plan(
    triage: Triage,
    findings: Sequence[Finding] = (),
    *,
    today: date,
    seed: int,
    preferences: Preferences | None = None,
) -> Plan:
    """Make a plan from what an interview and a measurement came to.

    Parameters
    ----------
    triage
        What the answers come to. A red flag stops everything else.
    findings
        What was seen; the cues and lessons they advise come first.
    today
        The day it begins.
    seed
        Of the draw: the same seed gives the same plan.
    preferences
        What the runner wishes; None for the usual.

    Returns
    -------
    Plan
        Stopped where a red flag stands, waiting where the interview is not finished.

    Notes
    -----
    Lengths are counted in days with a run, so that a week off moves everything and spoils nothing. The length
    of the baseline, the order of the cues and the length of each block are drawn: a randomisation test
    over `assignments` is then exact.
    """
    wishes = preferences or Preferences()
    if triage.stop:
        return _stopped(triage, today, wishes)
    route = route_plan(triage.route)
    chosen, left_out = _cues(route, triage, findings, wishes.cues)
    control = wishes.own_way_again and triage.route != "no_pain"
    draw = _drawn((*chosen, OWN_WAY) if control else chosen, seed, wishes.runs_per_week) if chosen else None
    lesson_keys = _lessons(triage, findings, wishes) if route.lessons else ()
    return Plan(
        made=today,
        route=triage.route,
        state="running" if triage.complete else "waiting",
        title=route.title,
        story=route.story,
        preferences=wishes,
        site=triage.site,
        side=triage.side,
        worst=triage.worst,
        advice=_advice(triage, findings, wishes, draw, lesson_keys),
        phases=_phases(route, triage, draw, lesson_keys),
        draw=draw,
        lessons=lesson_keys,
        strength=_strength(triage.route) if wishes.strength else (),
        left_out=left_out,
        load=route.load,
        clinician=route.clinician,
        questions=triage.contradictions,
    )


def _stopped(triage: Triage, today: date, wishes: Preferences) -> Plan:
    worst = "now" if any(flag.urgency == "emergency" for flag in triage.red_flags) else "soon"
    story = {
        "now": "Something you said should be looked at today, before anything else. The programme waits.",
        "soon": "A clinician should look at something you said in the next days. The programme waits.",
    }[worst]
    return Plan(
        made=today,
        route=triage.route,
        state="stopped",
        title="First, let somebody look at it",
        story=story,
        preferences=wishes,
        red_flags=triage.red_flags,
        site=triage.site,
        side=triage.side,
        worst=triage.worst,
        clinician=" ".join(dict.fromkeys(flag.what_to_do for flag in triage.red_flags)),
        questions=triage.contradictions,
    )


def _forefoot_switched(triage: Triage) -> bool:
    return "forefoot_switch" in triage.context or Tried.FOREFOOT in triage.tried


def _may(triage: Triage, not_for: Sequence[Route]) -> bool:
    """Tell whether something fits the story, and a tendon that is sore or was asked for more beside it."""
    tendon = "achilles_sore" in triage.context or _forefoot_switched(triage)
    return triage.route not in not_for and not (tendon and "achilles" in not_for)


def _cues(
    route: RoutePlan, triage: Triage, findings: Sequence[Finding], number: int
) -> tuple[tuple[str, ...], tuple[LeftOut, ...]]:
    """Return the cues to compare, best supported first, and those left out with the reason."""
    if "cues" not in route.phases:
        return (), _left_out(triage, route, ())
    advised = [advice.cue for finding in findings for advice in finding.advice if advice.cue in route.cues]
    wanted = list(dict.fromkeys([*route.cues[:1], *advised, *route.cues]))
    fit = tuple(key for key in wanted if _may(triage, cue_of(key).not_for))
    return fit[:number], _left_out(triage, route, fit[:number])


def _left_out(triage: Triage, of: RoutePlan, chosen: tuple[str, ...]) -> tuple[LeftOut, ...]:
    """Say why each other cue is not in the plan."""
    reasons = []
    for cue in cues():
        if cue.key in chosen:
            continue
        if not _may(triage, cue.not_for):
            why = cue.why_not
        elif cue.offered == "clinician":
            why = "Only with a clinician who agrees: it trades load on the knee for load on calf and tendon."
        elif cue.key in of.cues:
            why = "Kept for later: comparing more than a few at a time tells less about each."
        elif not of.cues:
            why = "No cue is tried on this way: load comes first."
        else:
            why = "Nothing speaks for it here."
        reasons.append(LeftOut(cue.key, why))
    return tuple(reasons)


def _drawn(blocks: tuple[str, ...], seed: int, runs_per_week: int) -> Draw:
    """Draw length of the baseline, order of the cues and of a block without one, and length of each block."""
    chance = random.Random(seed)  # noqa: S311  (a fair draw that can be repeated, not a secret)
    shortest = max(_FEWEST_BASELINE, runs_per_week)
    baseline = tuple(range(shortest, shortest + _BASELINE_CHOICES))
    order = sorted(blocks)
    chance.shuffle(order)
    return Draw(
        seed=seed,
        baseline_choices=baseline,
        block_choices=_BLOCK_CHOICES,
        cues=tuple(sorted(blocks)),
        baseline=chance.choice(baseline),
        order=tuple(order),
        blocks=tuple(chance.choice(_BLOCK_CHOICES) for _ in order),
    )


def _phases(
    route: RoutePlan, triage: Triage, draw: Draw | None, lesson_keys: tuple[str, ...]
) -> tuple[Phase, ...]:
    """Put the phases of a route one after the other."""
    phases: list[Phase] = []
    for name in route.phases:
        if name == "cues" and draw is not None:
            phases += [
                _cue_phase(key, runs, lesson_keys) for key, runs in zip(draw.order, draw.blocks, strict=True)
            ]
        elif name == "baseline" and draw is not None:
            phases.append(_baseline(draw.baseline, hurts=triage.route != "no_pain"))
        elif name == "settle":
            phases.append(_settle(triage, lesson_keys, alone=draw is None))
        elif name in {"keep", "maintain"}:
            phases.append(_late(PhaseKind(name), lesson_keys, triage, alone=draw is None))
    return tuple(phases)


def _settle(triage: Triage, lesson_keys: tuple[str, ...], *, alone: bool) -> Phase:
    why = "Your runs find a length that stays green. It ends after green runs in a row."
    if triage.route == "achilles":
        why = "Runs as far as the light allows, and slow heel raises every second or third day."
        if _forefoot_switched(triage):
            why = f"Back to landing the way you did before you changed to the forefoot. {why}"
    alone_runs = _TENDON_RUNS if triage.route == "achilles" else _ALONE_RUNS
    runs = alone_runs[0] if alone else _SETTLED
    return Phase("settle", PhaseKind.SETTLE, "Let it settle", why, runs, lessons=lesson_keys if alone else ())


def _baseline(runs: int, *, hurts: bool) -> Phase:
    asked = "note the pain while running, after an hour and next morning" if hurts else "note how it felt"
    why = (
        f"Run as you do now, alike from day to day, and {asked}: there is nothing to compare with otherwise."
    )
    return Phase("baseline", PhaseKind.BASELINE, "As you run now", why, runs)


def _cue_phase(key: str, runs: int, lesson_keys: tuple[str, ...]) -> Phase:
    if key == OWN_WAY:
        why = "Some runs without any cue, as at first: it tells what a cue does from what time does."
        return Phase(OWN_WAY, PhaseKind.BASELINE, "Your own way again", why, runs)
    cue = cue_of(key)
    mine = tuple(lesson for lesson in cue.lessons if lesson in lesson_keys)
    why = f"{cue.summary} Only this one, for a part of each run that grows from week to week."
    return Phase(f"cue_{key}", PhaseKind.CUE, cue.title, why, runs, cue=key, lessons=mine)


def _late(kind: PhaseKind, lesson_keys: tuple[str, ...], triage: Triage, *, alone: bool) -> Phase:
    if kind is PhaseKind.KEEP:
        least = "felt easiest" if triage.route == "no_pain" else "hurt least"
        why = f"The cue with which it {least} stays and grows to its full dose; its reminders fade."
        return Phase("keep", kind, "Keep the best", why, _KEEP_RUNS, lessons=lesson_keys)
    if alone:
        why = "Back to all of it, a tenth more each week. After a row of green runs you no longer need this."
        runs = _TENDON_RUNS[1] if triage.route == "achilles" else _ALONE_RUNS[1]
        return Phase("maintain", kind, "Back to all of it", why, runs, lessons=lesson_keys)
    why = "The cue once a week, then none. After a row of green runs you no longer need this."
    return Phase("maintain", kind, "Let go of it", why, _QUIET_END, lessons=lesson_keys)


def _lessons(triage: Triage, findings: Sequence[Finding], wishes: Preferences) -> tuple[str, ...]:
    """Return lessons that fit, those that findings advise first."""
    fitting = [
        lesson
        for lesson in lessons()
        if _may(triage, lesson.not_for)
        and (wishes.floor or not lesson.on_floor)
        and (wishes.kneeling or not lesson.kneeling)
    ]
    if triage.route in _SORE_TO_KNEEL_ON:
        fitting.sort(key=lambda lesson: lesson.kneeling)
    fit = [lesson.key for lesson in fitting]
    advised = [a.lesson for finding in findings for a in finding.advice if a.lesson in fit]
    return tuple(dict.fromkeys([*advised, *fit]))


def _strength(route: Route) -> tuple[str, ...]:
    return tuple(exercise.key for exercise in exercises() if route in exercise.routes)


def _advice(
    triage: Triage,
    findings: Sequence[Finding],
    wishes: Preferences,
    draw: Draw | None,
    lesson_keys: Sequence[str],
) -> tuple[Advice, ...]:
    """Return what to do from the first day on: of what findings advise, only what the plan has."""
    first = [general_advice("see_first")] if triage.route in _LOOK_FIRST else []
    if triage.route != "no_pain":
        first.append(general_advice("load" if triage.route == "kneecap" else "load_borrowed"))
    if triage.route == "achilles":
        first += [general_advice("former_strike")] if _forefoot_switched(triage) else []
        first.append(general_advice("heel_raises"))
    elif wishes.strength and triage.route in _STRENGTH_ROUTES:
        first.append(general_advice("strength" if triage.route == "kneecap" else "strength_borrowed"))
    if draw is not None and triage.route == "kneecap":
        first.append(general_advice("one_cue"))
    cues_in, lessons_in = set(draw.cues if draw else ()), set(lesson_keys)
    seen = [
        advice
        for finding in findings
        for advice in finding.advice
        if (advice.cue in cues_in if advice.cue else advice.lesson in lessons_in)
    ]
    return tuple(dict.fromkeys([*first, *seen]))
