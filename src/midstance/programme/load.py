"""The traffic light: what the last days say about the next run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from midstance.model import PAIN_MOMENTS
from midstance.programme.diary import Diary, diary_of
from midstance.programme.library import content_text
from midstance.programme.table import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from midstance.model import PainEntry, TrainingRun

__all__ = ["Colour", "Light", "LoadRules", "NextLoad", "day_colour", "light", "light_of", "load_rules"]


class Colour(IntEnum):
    """Colours of the light, from free to stop."""

    GREEN = 0
    UNKNOWN = 1  # nothing rated: no reason to stop, and none for more
    AMBER = 2
    RED = 3

    @property
    def word(self) -> str:
        """Its name in small letters."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class NextLoad:
    """What the next run may be.

    Parameters
    ----------
    factor
        Times the last run.
    minutes
        That, in minutes; None where the last run's time is not known [min].
    rest_until
        Last day without running; None where none is needed.
    """

    factor: float
    minutes: float | None
    rest_until: date | None


@dataclass(frozen=True, slots=True)
class Light:
    """The light of a day.

    Parameters
    ----------
    colour
        The colour.
    sentence
        What it means, in plain words.
    next_load
        What the next run may be.
    why
        The ratings it rests on, in words; empty where there are none.
    """

    colour: Colour
    sentence: str
    next_load: NextLoad
    why: str = ""


@dataclass(frozen=True, slots=True)
class LoadRules:
    """The numbers of the traffic light and of coming back, as in `load.toml`.

    Parameters
    ----------
    green, amber
        Highest rating that is still green, and still amber.
    settles
        How far above the rating before a run still counts as back to where it was.
    mornings, mornings_days
        How many worse mornings, within how many days, make a red light.
    stale_days
        After how many days an entry says nothing about today.
    rest_days
        Days without running after a red one.
    factors
        What each colour does to the next run.
    sentences, first_sentence
        What each colour means, and what is said before anything is noted.
    walk_run_days, long_days, short_days
        Days without a run after which one comes back by walking and running, from its very beginning,
        or one step shorter.
    short_factor, after_illness_factor
        How much shorter.
    shortest_min, longest_min
        Limits of a run [min].
    """

    green: float
    amber: float
    settles: float
    mornings: int
    mornings_days: int
    stale_days: int
    rest_days: int
    factors: dict[Colour, float]
    sentences: dict[Colour, str]
    first_sentence: str
    walk_run_days: int
    long_days: int
    short_days: int
    short_factor: float
    after_illness_factor: float
    shortest_min: float
    longest_min: float


@cache
def load_rules() -> LoadRules:
    """Return the rules as data.

    Returns
    -------
    LoadRules
        Read once.
    """
    table = table_of(content_text("load.toml"), "load.toml")
    limits, gap = table.table("thresholds"), table.table("gap")
    words, factors, bounds = table.table("sentences"), table.table("next_load"), table.table("limits")
    return LoadRules(
        green=limits.number("green", 0, 10),
        amber=limits.number("amber", 0, 10),
        settles=limits.number("settles", 0, 10),
        mornings=int(limits.number("mornings", 1, 14)),
        mornings_days=int(limits.number("mornings_days", 1, 60)),
        stale_days=int(limits.number("stale_days", 1, 60)),
        rest_days=int(limits.number("rest_days", 0, 14)),
        factors={colour: factors.number(colour.word, 0, 2) for colour in Colour},
        sentences={colour: " ".join(words.text(colour.word).split()) for colour in Colour},
        first_sentence=" ".join(words.text("first").split()),
        walk_run_days=int(gap.number("walk_run_days", 1, 365)),
        long_days=int(gap.number("long_days", 1, 365)),
        short_days=int(gap.number("short_days", 1, 365)),
        short_factor=gap.number("short_factor", 0, 1),
        after_illness_factor=gap.number("after_illness_factor", 0, 1),
        shortest_min=bounds.number("shortest_min", 1, 60),
        longest_min=bounds.number("longest_min", 10, 600),
    )


def light(pains: Iterable[PainEntry], runs: Iterable[TrainingRun], today: date) -> Light:
    """Return the traffic light of a day.

    Parameters
    ----------
    pains
        The diary, in any order.
    runs
        Training, in any order.
    today
        The day.

    Returns
    -------
    Light
        Never greener where ratings are higher.

    Notes
    -----
    The worst day since the last run counts, and the last two days in any case. A day is green with at
    most 2 while running, back within a point of where it was within the hour, and a morning after that is
    no worse; amber up to 5; red above 5, with swelling, or with a second worse
    morning in two weeks.
    """
    return light_of(diary_of(pains, runs, today))


def light_of(diary: Diary) -> Light:
    """Return the traffic light of the last day of a diary.

    Parameters
    ----------
    diary
        The diary up to that day.

    Returns
    -------
    Light
        As `light`.
    """
    rules = load_rules()
    colours = {day: _colour_now(diary, day, rules) for day in _days_that_count(diary, rules)}
    colour = max(colours.values(), default=Colour.UNKNOWN)
    reds = [day for day, of in colours.items() if of is Colour.RED]
    rest = max(reds) + timedelta(days=rules.rest_days) if reds else None
    last = None if diary.last_run is None else diary.minutes(diary.last_run)
    factor = rules.factors[colour]
    minutes = None if last is None else min(factor * last, rules.longest_min)
    rest = rest if rest is not None and rest >= diary.on else None
    begun = diary.runs or diary.pains
    sentence = rules.sentences[colour] if begun else rules.first_sentence
    return Light(colour, sentence, NextLoad(factor, minutes, rest), _reason(diary, colours, colour))


def _days_that_count(diary: Diary, rules: LoadRules) -> list[date]:
    """Return the days since the last run, and the last two, that say something."""
    first = diary.on - timedelta(days=rules.rest_days)
    if diary.last_run is not None and diary.on - diary.last_run <= timedelta(days=rules.stale_days):
        first = min(first, diary.last_run)
    days = {day for day in diary.pains if first <= day <= diary.on}
    if diary.last_run is not None and diary.last_run >= first:
        days.add(diary.last_run)
    if days:
        return sorted(days)
    latest = max(diary.pains, default=None)
    fresh = latest is not None and diary.on - latest <= timedelta(days=rules.stale_days)
    return [latest] if latest is not None and fresh else []


def day_colour(diary: Diary, day: date) -> Colour:
    """Return the colour of one day by itself.

    Parameters
    ----------
    diary
        The diary.
    day
        Which day.

    Returns
    -------
    Colour
        The worst of its entries; unknown where nothing is rated.
    """
    rules = load_rules()
    return max((_entry_colour(entry, rules) for entry in diary.pains.get(day, ())), default=Colour.UNKNOWN)


def _entry_colour(entry: PainEntry, rules: LoadRules) -> Colour:
    worst = entry.worst
    if entry.swelling or (worst is not None and worst > rules.amber):
        return Colour.RED
    if worst is None:
        return Colour.UNKNOWN
    if worst > rules.green or _unsettled(entry, rules):
        return Colour.AMBER
    return Colour.GREEN


def _unsettled(entry: PainEntry, rules: LoadRules) -> bool:
    return _rises(entry, "after", rules) or _rises(entry, "next_morning", rules)


def _rises(entry: PainEntry, moment: str, rules: LoadRules) -> bool:
    later = getattr(entry, moment)
    return later is not None and later > (entry.before or 0.0) + rules.settles


def _colour_now(diary: Diary, day: date, rules: LoadRules) -> Colour:
    """Return the colour of a day, red where its morning is not the first that was worse."""
    if _bad_morning(diary, day, rules):
        first = day - timedelta(days=rules.mornings_days)
        if (
            sum(_bad_morning(diary, each, rules) for each in diary.pains if first < each <= day)
            >= rules.mornings
        ):
            return Colour.RED
    return day_colour(diary, day)


def _bad_morning(diary: Diary, day: date, rules: LoadRules) -> bool:
    return any(_rises(entry, "next_morning", rules) for entry in diary.pains.get(day, ()))


def _reason(diary: Diary, colours: dict[date, Colour], colour: Colour) -> str:
    """Say which ratings the light rests on."""
    day = next((day for day in sorted(colours, reverse=True) if colours[day] is colour), None)
    if day is None:
        return ""
    said = [
        f"{rating:g} {moment.replace('_', ' ')}"
        for moment in PAIN_MOMENTS
        if (rating := diary.rating(day, moment)) is not None
    ]
    swollen = ["swelling"] if any(entry.swelling for entry in diary.pains.get(day, ())) else []
    return f"{day:%d %B}: {', '.join(said + swollen)}" if said or swollen else ""
