"""A coach's changes to a plan: each gives a new plan, the old one stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from midstance.errors import SettingsError
from midstance.programme.library import cue as cue_of
from midstance.programme.phases import Note, Phase, PhaseKind, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from midstance.model import RedFlag

__all__ = [
    "with_cue",
    "with_lessons",
    "with_note",
    "with_phase_added",
    "with_phase_changed",
    "with_phase_moved",
    "with_phase_removed",
    "with_red_flags",
]

_MOST_RUNS = 60


def with_phase_moved(plan: Plan, key: str, to: int) -> Plan:
    """Put a phase at another place.

    Parameters
    ----------
    plan
        The plan.
    key
        Which phase.
    to
        Its new place, from 0.

    Returns
    -------
    Plan
        Without its draw: an order by hand is no longer one by chance.
    """
    phase = _phase(plan, key)
    rest = [other for other in plan.phases if other.key != key]
    if not 0 <= to <= len(rest):
        raise SettingsError(f"place {to} is not in the plan", key, f"choose one from 0 to {len(rest)}")
    rest.insert(to, phase)
    return _rearranged(plan, rest)


def with_phase_added(plan: Plan, phase: Phase, at: int) -> Plan:
    """Add a phase.

    Parameters
    ----------
    plan
        The plan.
    phase
        The new phase.
    at
        Its place, from 0.

    Returns
    -------
    Plan
        Without its draw.
    """
    if plan.phase(phase.key) is not None:
        raise SettingsError(f"there is a phase {phase.key!r} already", "plan", "give it another key")
    if not 0 <= at <= len(plan.phases):
        raise SettingsError(
            f"place {at} is not in the plan", phase.key, f"choose one from 0 to {len(plan.phases)}"
        )
    phases = list(plan.phases)
    phases.insert(at, _checked(plan, phase))
    return _rearranged(plan, phases)


def with_phase_removed(plan: Plan, key: str) -> Plan:
    """Take a phase out.

    Parameters
    ----------
    plan
        The plan.
    key
        Which phase.

    Returns
    -------
    Plan
        Without its draw.
    """
    phase = _phase(plan, key)
    if len(plan.phases) == 1:
        raise SettingsError("it is the only phase", key, "add another one first")
    return _rearranged(plan, [other for other in plan.phases if other is not phase])


def with_phase_changed(
    plan: Plan, key: str, *, runs: int | None = None, title: str | None = None, note: str | None = None
) -> Plan:
    """Change length, title or note of a phase.

    Parameters
    ----------
    plan
        The plan.
    key
        Which phase.
    runs
        How many runs; None to leave it.
    title, note
        New words; None to leave them.

    Returns
    -------
    Plan
        Without its draw, if the length of what is compared changed.
    """
    old = _phase(plan, key)
    new = replace(
        old,
        runs=old.runs if runs is None else runs,
        title=old.title if title is None else title,
        note=old.note if note is None else note,
    )
    phases = [_checked(plan, new) if phase is old else phase for phase in plan.phases]
    compared = new.runs != old.runs and old.kind in {PhaseKind.BASELINE, PhaseKind.CUE}
    return _rearranged(plan, phases) if compared else replace(plan, phases=tuple(phases))


def with_cue(plan: Plan, key: str, cue: str, *, clinician_agreed: bool = False) -> Plan:
    """Exchange the cue of a phase.

    Parameters
    ----------
    plan
        The plan.
    key
        Which phase.
    cue
        Key of the new cue; empty for none in the phase that keeps the best: it is then found from the diary.
    clinician_agreed
        Whether a clinician agreed, for cues that need that.

    Returns
    -------
    Plan
        Without its draw, if the cue was one that is compared.
    """
    old = _phase(plan, key)
    if old.kind not in {PhaseKind.CUE, PhaseKind.KEEP, PhaseKind.MAINTAIN}:
        raise SettingsError(f"{old.title!r} has no cue", key, "choose a phase with a cue")
    if not cue and old.kind is PhaseKind.CUE:
        raise SettingsError(f"{old.title!r} needs a cue", key, "choose one, or take the phase out")
    new = replace(old, cue=cue)
    if cue:
        _check_cue(plan, cue, key, agreed=clinician_agreed)
    if cue and old.kind is PhaseKind.CUE:
        it = cue_of(cue)
        new = replace(
            new, title=it.title, why=it.summary, lessons=tuple(k for k in it.lessons if k in plan.lessons)
        )
    phases = [new if phase is old else phase for phase in plan.phases]
    return _rearranged(plan, phases) if old.kind is PhaseKind.CUE else replace(plan, phases=tuple(phases))


def with_lessons(plan: Plan, lessons: Sequence[str]) -> Plan:
    """Put other lessons, or the same ones in another order, into a plan.

    Parameters
    ----------
    plan
        The plan.
    lessons
        Their keys, own ones among them.

    Returns
    -------
    Plan
        With the phases that have all lessons changed along.
    """
    keys = tuple(dict.fromkeys(lessons))
    phases = tuple(
        replace(phase, lessons=keys) if set(phase.lessons) == set(plan.lessons) and phase.lessons else phase
        for phase in plan.phases
    )
    return replace(plan, lessons=keys, phases=phases)


def with_note(plan: Plan, day: date, author: str, text: str) -> Plan:
    """Write something beside a plan.

    Parameters
    ----------
    plan
        The plan.
    day
        When.
    author
        By whom.
    text
        What.

    Returns
    -------
    Plan
        With the note at the end.
    """
    if not text.strip():
        raise SettingsError("the note is empty", "plan", "write something, or leave it")
    return replace(plan, notes=(*plan.notes, Note(day, author.strip(), text.strip())))


def with_red_flags(plan: Plan, flags: Iterable[RedFlag]) -> Plan:
    """Stop a plan, whatever it was doing.

    Parameters
    ----------
    plan
        The plan.
    flags
        What was said; none leaves the plan as it is.

    Returns
    -------
    Plan
        Stopped. A new plan is made once somebody has looked at it and the questions are answered again.
    """
    raised = tuple(flags)
    if not raised:
        return plan
    return replace(
        plan,
        state="stopped",
        title="First, let somebody look at it",
        story="Something you said should be looked at before you go on. The programme waits.",
        red_flags=raised,
        clinician=" ".join(dict.fromkeys(flag.what_to_do for flag in raised)),
    )


def _phase(plan: Plan, key: str) -> Phase:
    phase = plan.phase(key)
    if phase is None:
        known = ", ".join(other.key for other in plan.phases) or "none: it has no phases"
        raise SettingsError(f"there is no phase {key!r}", "plan", f"choose one of {known}")
    return phase


def _checked(plan: Plan, phase: Phase) -> Phase:
    if not 1 <= phase.runs <= _MOST_RUNS:
        what = f"{phase.runs} runs"
        raise SettingsError(what, phase.key, f"choose from 1 to {_MOST_RUNS}")
    if not phase.title.strip():
        raise SettingsError("the title is empty", phase.key, "say in a few words what the phase is for")
    if phase.cue:
        _check_cue(plan, phase.cue, phase.key, agreed=False)
    elif phase.kind is PhaseKind.CUE:
        raise SettingsError("a phase that tries a cue needs one", phase.key, "choose a cue")
    return phase


def _check_cue(plan: Plan, cue: str, where: str, *, agreed: bool) -> None:
    it = cue_of(cue)
    if plan.route in it.not_for:
        raise SettingsError(f"{it.title!r} is not for this pain: {it.why_not}", where, "choose another cue")
    if it.offered == "clinician" and not agreed:
        raise SettingsError(
            f"{it.title!r} needs a clinician who agrees", where, "choose another cue, or ask one"
        )


def _rearranged(plan: Plan, phases: Sequence[Phase]) -> Plan:
    return replace(plan, phases=tuple(phases), draw=None)
