"""A runner, a diary and a plan to test with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from midstance.model import PainEntry, PainSite, TrainingRun, Triage
from midstance.programme import Day, Draw, Phase, Plan, RunToday, plan

START = date(2026, 5, 4)


def draw_of(made: Plan) -> Draw:
    assert made.draw is not None
    return made.draw


def phase_of(made: Plan, key: str) -> Phase:
    found = made.phase(key)
    assert found is not None
    return found


def run_of(day: Day) -> RunToday:
    assert day.run is not None
    return day.run


def step_of(day: Day) -> int:
    rung = run_of(day).rung
    assert rung is not None
    return rung.step


@pytest.fixture
def triage():
    def made(route="kneecap", site=PainSite.KNEECAP, **changes):
        given = {"red_flags": (), "route": route, "site": site, "side": "right", "weeks": 12.0, "worst": 4.0}
        return Triage(**{**given, "complete": True, **changes})

    return made


@pytest.fixture
def run():
    def made(day: date, minutes: float | None = 30.0):
        seconds = None if minutes is None else 60.0 * minutes
        return TrainingRun(datetime(day.year, day.month, day.day, 7, tzinfo=UTC), duration_s=seconds)

    return made


@pytest.fixture
def pain():
    def made(day: date, during: float | None = 1.0, site=PainSite.KNEECAP, **ratings):
        given = {"before": 0.0, "during": during, "after": 0.0, "next_morning": 0.0, **ratings}
        return PainEntry(day, site, "right", **given)

    return made


@pytest.fixture
def knee_plan(triage):
    return plan(triage(), today=START, seed=5)


@pytest.fixture
def diary(run, pain):
    """Return a diary with a run every other day, and its pain."""

    def made(runs: int, during=lambda _number: 1.0, minutes: float | None = 30.0, start: date = START):
        days = [start + timedelta(days=2 * number) for number in range(runs)]
        return [pain(day, during(n)) for n, day in enumerate(days)], [run(day, minutes) for day in days]

    return made
