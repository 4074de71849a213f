"""What one day of a plan asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from midstance.model import RedFlag
    from midstance.programme.load import Light
    from midstance.programme.phases import Phase
    from midstance.programme.walk_run import Rung

__all__ = ["CueToday", "Day", "RunToday"]


@dataclass(frozen=True, slots=True)
class RunToday:
    """The run of a day.

    Parameters
    ----------
    minutes
        Running time [min].
    rung
        The step of the walk–run table; None where it is run without a break.
    sentence
        The run in words.
    """

    minutes: float
    rung: Rung | None
    sentence: str


@dataclass(frozen=True, slots=True)
class CueToday:
    """The cue of a run, and how much of it.

    Parameters
    ----------
    cue
        Its key.
    session
        Number of the run with it, from 1.
    minutes
        All in all [min].
    bouts, bout_s
        In how many spells of how many seconds.
    prompt_every_s
        Time between reminders within a spell [s]; 0 for one at its start only.
    beat_spm
        The metronome's beat [steps/min]; None for none.
    words
        What is said.
    sentence
        The dose in words.
    """

    cue: str
    session: int
    minutes: float
    bouts: int
    bout_s: float
    prompt_every_s: float
    beat_spm: float | None
    words: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Day:
    """What to do today.

    Parameters
    ----------
    day
        The day.
    state
        `stopped` by a red flag, `waiting` for the interview, `run`, `rest`, `done` for today, or
        `finished`: the programme is no longer needed.
    title, sentence
        In a few words, and in one or two sentences.
    light
        The traffic light; None where the programme is stopped or waits.
    phase
        The phase it belongs to; None where there is none.
    run, cue
        What to run, and with which cue; None where there is nothing of it today.
    lesson
        Key of the lesson suggested; empty where none is.
    strength
        Keys of the exercises suggested.
    note
        What to write down.
    messages
        What else matters today: a gap, a setback, a new phase.
    questions
        What in the diary does not go together.
    red_flags
        What stops the programme.
    check_red_flags
        Whether the warning signs should be read once more.
    clinician
        When to see somebody; empty where there is no reason to say it today.
    """

    day: date
    state: Literal["stopped", "waiting", "run", "rest", "done", "finished"]
    title: str
    sentence: str
    light: Light | None = None
    phase: Phase | None = None
    run: RunToday | None = None
    cue: CueToday | None = None
    lesson: str = ""
    strength: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    red_flags: tuple[RedFlag, ...] = ()
    check_red_flags: bool = False
    clinician: str = ""
