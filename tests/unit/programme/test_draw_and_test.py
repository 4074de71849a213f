"""The draw of a plan and the randomisation test of the single-case room fit together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from tests.unit.programme.conftest import START

from midstance.model import PainEntry, PainSite, TrainingRun, Triage
from midstance.programme import PhaseKind, assignments, plan, spans_of, timeline
from midstance.single_case import Phase, course_of, randomisation_test

TRIAGE = Triage((), "kneecap", PainSite.KNEECAP, "left", worst=2.0, complete=True)
ON = START + timedelta(days=100)
RUNS = 42


def lived_through(seed: int, relief: float) -> float:
    """Return p of a runner who is `relief` points better with any cue, with pain that drags on."""
    made = plan(TRIAGE, today=START, seed=seed)
    chance = np.random.default_rng(10_000 + seed)
    days = [START + timedelta(days=2 * n) for n in range(RUNS)]
    runs = [TrainingRun(datetime(d.year, d.month, d.day, 7, tzinfo=UTC), duration_s=1800.0) for d in days]
    first = [
        PainEntry(day, PainSite.KNEECAP, "left", before=0, during=1, after=0, next_morning=0)
        for day in days[:3]
    ]
    spans = spans_of(timeline(made, first, runs, ON))
    end = next(s.last for s in timeline(made, first, runs, ON) if s.phase.kind is PhaseKind.KEEP)
    compared = [d for d in days if spans[0][1] <= d <= (spans[-1][2] or end)]
    with_cue = {d for d in compared for label, a, z in spans if label != "baseline" and a <= d <= (z or end)}
    pains = ratings(compared, with_cue, relief, chance)
    labels = assignments(made, first, runs, ON, compared)
    course = course_of(pains, [Phase(label, a, z) for label, a, z in spans])
    return randomisation_test(course, [np.array(labels_of) != "baseline" for labels_of in labels])


def ratings(
    days: list[date], treated: set[date], relief: float, chance: np.random.Generator
) -> list[PainEntry]:
    drag, entries = 0.0, []
    for day in days:
        drag = 0.5 * drag + chance.normal(0, 0.8)
        felt = float(np.clip(5.0 + drag - relief * (day in treated), 0, 10))
        entries.append(PainEntry(day, PainSite.KNEECAP, "left", during=felt))
    return entries


@pytest.mark.slow
def test_where_nothing_helps_the_randomisation_test_over_the_draw_seldom_says_so():
    ps = [lived_through(seed, 0.0) for seed in range(200)]

    assert np.mean(np.array(ps) <= 0.05) <= 0.05
    assert 0.35 < np.mean(np.array(ps) <= 0.5) < 0.65  # it is a test, not a stone


@pytest.mark.slow
def test_where_cues_help_by_two_points_it_mostly_says_so():
    ps = [lived_through(seed, 2.0) for seed in range(60)]

    assert np.mean(np.array(ps) <= 0.10) >= 0.75
    assert np.mean(np.array(ps) <= 0.05) >= 0.5
