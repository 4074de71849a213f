"""Runners with their answers, their plans and their weeks."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.e2e.seeding import CLIP, HIP, varied

from midstance.interview import triage
from midstance.model import PainEntry, PainSite, TrainingRun
from midstance.pipeline import findings_of_record
from midstance.programme import Preferences, plan, plan_record
from midstance.web.programme_view import case_of
from midstance.web.words import own_today

SAFE: dict[str, Any] = {"emergency": ["no_emergency"], "urgent": ["no_urgent"]}
KNEECAP: dict[str, Any] = {
    **SAFE,
    "site": {"place": "kneecap", "side": "right", "also": []},
    "worst": 5.0,
    "weeks": "weeks_4",
    "start": "after_distance",
    "feels": ["stairs"],
    "limits": "runs_less",
    "eases": ["days_off"],
    "tried": ["tried_nothing"],
    "load": ["more_distance"],
    "goal": "goal_easy",
}
OUTSIDE: dict[str, Any] = {
    **KNEECAP,
    "site": {"place": "outside_knee", "side": "left", "also": []},
    "feels": ["one_fingertip", "downhill"],
}
ACHILLES: dict[str, Any] = {
    **KNEECAP,
    "site": {"place": "achilles", "side": "right", "also": []},
    "feels": ["stiff_mornings"],
    "tried": ["forefoot"],
    "tried_for": "tried_1",
    "load": ["forefoot_switch"],
}


def kept_analysis(store, person, *, days=1, hip=-0.06):
    """A film, its hip moved from that of the demo runner [m]."""
    content = store.vault.receive([CLIP.read_bytes()])
    filmed = datetime.now(UTC) - timedelta(days=days)
    recording = store.recordings.add(person, content.sha256, "run.mp4", view="side", filmed=filmed)
    name = store.analyses.add(recording, {})
    store.analyses.complete(name, varied({HIP: hip}, random.Random(1), 0.0))  # noqa: S311  (no secret)
    return name


def answered(store, person, answers=KNEECAP, **more):
    """Keep an interview."""
    return store.papers.put(person, "interview", {**answers, "answered_on": own_today().isoformat(), **more})


def planned(store, person, answers=KNEECAP, *, days=60, seed=3, **wishes):
    """Keep an interview and a plan made some days ago."""
    answered(store, person, answers)
    last, come_to = store.analyses.latest(person), triage(answers)
    found = () if last is None else findings_of_record(store.analyses.record(last.id), come_to)
    made = plan(
        come_to,
        found,
        today=own_today() - timedelta(days=days),
        seed=seed,
        preferences=Preferences(runs_per_week=4, **wishes),
    )
    store.papers.put(person, "plan", plan_record(made))
    return made


def diary(store, person, *, days=60, level=lambda _day: 1.0, site=PainSite.KNEECAP, side="right", every=2):
    """Write a run and its ratings on every other day; `level` gives the pain of a day of the plan."""
    noise = random.Random(7)  # noqa: S311  (no secret)
    for day in range(0, days, every):
        when = datetime.now().astimezone().replace(hour=12) - timedelta(days=days - day)
        if when.date() >= own_today():
            continue
        store.runs.add(person, TrainingRun(when, 1800.0, 5000.0))
        during = min(10.0, max(0.0, round(level(day) + noise.gauss(0, 0.4))))
        entry = PainEntry(
            when.date(),
            site,
            side,
            before=0.0,
            during=during,
            after=min(during, 1.0),
            next_morning=0.0,
            onset_m=2500.0 if during else None,
        )
        store.pains.add(person, entry)


def case(store, person, **options) -> Any:
    """Return the way of somebody through the programme, whatever of it is there."""
    return case_of(store, store.people.one(person), **options)
