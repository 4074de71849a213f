"""Cues: one thing to attend to while running, with its dose and its price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from midstance.model import CATALOGUE, Grade, Route, Source
from midstance.programme.table import table_of

if TYPE_CHECKING:
    from midstance.programme.table import Table

__all__ = ["Cue", "Dose", "read_cue"]

_FEWEST, _MOST = 8, 18  # sessions, as in the studies that were reviewed by Davis 2020


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of a cue, and how the reminders fade.

    Parameters
    ----------
    sessions_low, sessions_high
        How many runs with the cue, all in all.
    minutes_full
        Minutes a run at the end, where all goes well [min].
    bout_s
        Length of one spell of attention [s].
    first_week_share
        Part of the week's running it may take in the first week.
    share_per_week
        What is added each week.
    prompts_s
        Time between reminders within a spell, from the first sessions to the last [s]; 0 for one at its
        start only.
    """

    sessions_low: int
    sessions_high: int
    minutes_full: float
    bout_s: float
    first_week_share: float
    share_per_week: float
    prompts_s: tuple[float, ...]

    def share(self, week: int) -> float:
        """Return the part of the week's running the cue may take.

        Parameters
        ----------
        week
            Week since the cue began, from 0.
        """
        return min(1.0, self.first_week_share + self.share_per_week * max(week, 0))

    def prompt_every_s(self, session: int) -> float:
        """Return the time between reminders in a session; they fade.

        Parameters
        ----------
        session
            Number of the session, from 0.
        """
        step = min(max(session, 0), self.sessions_low - 1) * len(self.prompts_s) // self.sessions_low
        return self.prompts_s[step]


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing to attend to while running.

    Parameters
    ----------
    key
        Its name in addresses, plans and findings.
    title
        As shown.
    summary
        In one sentence.
    how
        How it is done, in paragraphs.
    words
        Said in the run, a few words each.
    dose
        How much of it.
    grade
        How well it is supported.
    evidence
        What that support is, in plain words.
    sources
        Where it stands.
    unloads, loads
        What it eases, and what it asks more of.
    watch
        What to watch for, and what to do then.
    not_for
        Routes it is not offered on.
    why_not
        Why, in one sentence; empty where it is for all.
    metronome
        Whether a beat can go with it.
    step_rate_gain, step_rate_limit
        How much quicker the steps become, and the most it may be, as parts of one; 0 where the step rate
        is left alone.
    lessons
        Keys of lessons that prepare it.
    measures
        Keys of the measures in which it may show.
    offered
        `free`, or `clinician` for one that is only tried with a clinician's agreement.
    """

    key: str
    title: str
    summary: str
    how: tuple[str, ...]
    words: tuple[str, ...]
    dose: Dose
    grade: Grade
    evidence: str
    sources: tuple[Source, ...]
    unloads: str
    loads: str
    watch: str
    not_for: tuple[Route, ...]
    why_not: str
    metronome: bool
    step_rate_gain: float
    step_rate_limit: float
    lessons: tuple[str, ...]
    measures: tuple[str, ...]
    offered: Literal["free", "clinician"]

    def beat_spm(self, cadence_spm: float) -> float:
        """Return the metronome's beat for a runner's own step rate [steps/min].

        Parameters
        ----------
        cadence_spm
            The runner's own steps per minute, both feet.
        """
        return round(cadence_spm * (1.0 + min(self.step_rate_gain, self.step_rate_limit)))


def read_cue(text: str, name: str = "cue") -> Cue:
    """Read a cue from TOML.

    Parameters
    ----------
    text
        The cue.
    name
        What to call it in errors.

    Returns
    -------
    Cue
        Ready to be offered.

    Raises
    ------
    InputError
        If something is missing or wrong: what it is, in which line, and what to do.
    """
    table = table_of(text, name)
    limit = table.number("step_rate_limit", 0, 0.10, 0)
    cue = Cue(
        key=table.text("key"),
        title=table.text("title"),
        summary=_one_line(table.text("summary")),
        how=table.texts("how"),
        words=table.texts("words"),
        dose=_dose(table.table("dose")),
        grade=table.grade(),
        evidence=_one_line(table.text("evidence")),
        sources=table.sources(),
        unloads=_one_line(table.text("unloads")),
        loads=_one_line(table.text("loads")),
        watch=_one_line(table.text("watch")),
        not_for=cast("tuple[Route, ...]", table.choices("not_for", get_args(Route), [])),
        why_not=_one_line(table.text("why_not", "")),
        metronome=table.flag("metronome", default=False),
        step_rate_gain=table.number("step_rate_gain", 0, limit, 0),
        step_rate_limit=limit,
        lessons=table.texts("lessons", []),
        measures=table.choices("measures", tuple(CATALOGUE), []),
        offered=cast('Literal["free", "clinician"]', table.choice("offered", ("free", "clinician"), "free")),
    )
    table.finish()
    if cue.not_for and not cue.why_not:
        raise table.refused("not_for", "names routes without a reason", "say why in `why_not`")
    return cue


def _dose(table: Table) -> Dose:
    dose = Dose(
        sessions_low=int(table.number("sessions_low", _FEWEST, _MOST)),
        sessions_high=int(table.number("sessions_high", _FEWEST, _MOST)),
        minutes_full=table.number("minutes_full", 5, 45),
        bout_s=table.number("bout_s", 20, 600),
        first_week_share=table.number("first_week_share", 0.01, 0.10),
        share_per_week=table.number("share_per_week", 0.01, 0.10),
        prompts_s=table.numbers("prompts_s"),
    )
    table.finish()
    return dose


def _one_line(text: str) -> str:
    return " ".join(text.split())
