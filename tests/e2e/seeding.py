"""A store with a runner's eight weeks: analyses, pain, runs; for tests and for looking at pages.

Run by hand: `python tests/e2e/seeding.py FOLDER [analyses [entries]]`, then `midstance serve --store FOLDER`.
"""

from __future__ import annotations

import copy
import json
import math
import random
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from midstance.journal import Person, Store
from midstance.model import PainEntry, PainSite, TrainingRun, Tried

ROOT = Path(__file__).resolve().parents[2]
RECORD = Path(__file__).with_name("demo_record.json")
CLIP = ROOT / "examples" / "demo" / "side.mp4"
HIP, CADENCE, STRIKE = "hip_over_ankle_at_midstance_m", "cadence_spm", "foot_strike_angle_deg"
CHECKED = {
    "check": {
        "kind": "video",
        "frame_rate_hz": 60.0,
        "duration_s": 8.0,
        "activity": "running",
        "items": [
            {
                "key": "upright",
                "state": "good",
                "sentence": "The runner stands upright in the picture.",
                "remedy": "",
            },
            {"key": "frame_rate", "state": "good", "sentence": "60 pictures a second.", "remedy": ""},
            {
                "key": "view",
                "state": "good",
                "sentence": "Seen from the right, 3° off the side.",
                "remedy": "",
            },
            {
                "key": "size",
                "state": "good",
                "sentence": "The runner is 820 of 1280 pixels high.",
                "remedy": "",
            },
            {
                "key": "feet",
                "state": "good",
                "sentence": "Both feet are seen in 97 % of the pictures.",
                "remedy": "",
            },
            {
                "key": "tilt",
                "state": "better",
                "sentence": "The camera is tilted by 1.4°.",
                "remedy": "It is taken off; with the camera app's level it need not be.",
            },
            {"key": "steps", "state": "good", "sentence": "About 22 steps.", "remedy": ""},
        ],
    }
}


@cache
def demo_record() -> dict[str, Any]:
    """Return the numbers of the demo clip, as `analysis.json` has them, without its curves."""
    return dict(json.loads(RECORD.read_text("utf-8")))


def varied(shifts: dict[str, float], noise: random.Random, spread: float) -> dict[str, Any]:
    """Return the demo's numbers, some of them moved, all of them a little scattered."""
    record = copy.deepcopy(demo_record())
    for measure in record["measures"]:
        if measure["value"] is None:
            continue
        margin = 0.5 * (measure["high"] - measure["low"])
        moved = shifts.get(measure["key"], 0.0) + spread * margin * noise.gauss(0.0, 1.0)
        for name in ("value", "low", "high"):
            measure[name] += moved
    return record


def eight_weeks(store: Store, *, now: datetime | None = None, seed: int = 3) -> str:
    """Fill a store with a runner whose hip moves ahead, whose steps quicken, and whose pain ebbs away."""
    today, noise = now or datetime.now(UTC), random.Random(seed)  # noqa: S311  # no secrets
    person = store.people.add(
        Person("Mara Lindqvist", height_m=1.72, mass_kg=64.0, sex="female", born_year=1988)
    )
    content = store.vault.receive([CLIP.read_bytes()])
    for week in range(8):
        filmed = today - timedelta(days=7 * (7 - week) + 1, hours=3)
        share = max(0.0, (week - 2) / 5)
        shifts = {HIP: 0.052 * share, CADENCE: 7.0 * share, STRIKE: -4.0 * share}
        recording = store.recordings.add(
            person,
            content.sha256,
            f"treadmill week {week + 1}.mp4",
            view="side",
            filmed=filmed,
            facts=CHECKED,
        )
        analysis = store.analyses.add(recording, {})
        store.analyses.complete(analysis, varied(shifts, noise, 0.18))
    diary_of(store, person, today, noise)
    store.comments.add(
        analysis, "Jonas, physio", "Is the trunk lean meant to be this small?", frame=58, question=True
    )
    return person


def diary_of(store: Store, person: str, today: datetime, noise: random.Random) -> None:
    """Write eight weeks of training and pain."""
    for day in range(56, 0, -1):
        when = today - timedelta(days=day)
        if when.weekday() in {1, 3, 5, 6} and noise.random() < 0.9:
            metres = 1000 * (6 + 5 * noise.random() + 3 * (when.weekday() == 6) - 3 * (24 < day < 36))
            started = when.replace(hour=17, minute=int(59 * noise.random()))
            run = TrainingRun(started, 345 * metres / 1000, metres, climb_m=40 * noise.random(), effort=5.0)
            store.runs.add(person, run)
            level = max(0.0, 5.2 * math.exp(-(((56 - day) / 34) ** 2)) + noise.gauss(0, 0.8))
            tried = frozenset({Tried.SHORTER_STEPS} if day < 30 else {Tried.REST, Tried.ICE})
            entry = PainEntry(
                when.date(),
                PainSite.KNEECAP,
                "right",
                before=round(max(0.0, level - 2.5)),
                during=round(level),
                after=round(max(0.0, level - 1)),
                next_morning=round(max(0.0, level - 2)) if day % 3 else None,
                onset_m=0.4 * metres if level > 1 else None,
                tried=tried,
                note="the long way round the lake" if day == 9 else "",
            )
            store.pains.add(person, entry)


def others(store: Store) -> None:
    """Add more people, as a coach has them."""
    rows = [
        ("Amir Haddad", "left", PainSite.ACHILLES, 4, 2),
        ("Bea Collins", "right", PainSite.KNEECAP, 6, 1),
        ("Chidi Okafor", "both", PainSite.SHIN, 2, 9),
        ("Dorothea Weiß", "left", PainSite.OUTSIDE_KNEE, 3, 30),
    ]
    today, noise = datetime.now(UTC), random.Random(5)  # noqa: S311  # no secrets
    content = store.vault.receive([CLIP.read_bytes()])
    for name, side, site, rating, days in rows:
        person = store.people.add(Person(name, height_m=1.8))
        entry = PainEntry((today - timedelta(days=days)).date(), site, side, during=float(rating))  # type: ignore[arg-type]
        store.pains.add(person, entry)
        if days < 10:
            filmed = today - timedelta(days=days + 2)
            recording = store.recordings.add(person, content.sha256, "run.mp4", view="side", filmed=filmed)
            analysis = store.analyses.add(recording, {})
            store.analyses.complete(analysis, varied({HIP: 0.01 * rating}, noise, 0.2))
    store.people.add(Person("Eun-ji Park"))


def at_work(store: Store, person: str) -> tuple[str, str]:
    """Add a recording that is being analysed, and one whose analysis was set aside."""
    content = store.vault.receive([CLIP.read_bytes()])
    names = []
    for name in ("lunch run.mp4", "dark corridor.mov"):
        recording = store.recordings.add(person, content.sha256, name, view="side", facts=CHECKED)
        analysis = store.analyses.add(recording, {"declared": {"surface": "treadmill", "speed_m_s": 3.0}})
        store.jobs.add("analyse", {"analysis_id": analysis})
        job = store.jobs.claim("seeding", lease_s=3600.0)
        assert job is not None
        if name.startswith("dark"):
            store.jobs.fail(
                job.id,
                "seeding",
                "The runner is lost in 80 % of the pictures: film with more light.",
                retry=False,
            )
        else:
            store.jobs.heartbeat(job.id, "seeding", 0.42, "measuring the runner: picture 202 of 481")
        names.append(recording)
    return names[0], names[1]


def many(store: Store, person: str, analyses: int, entries: int) -> None:
    """Add years of analyses and entries to a person."""
    today, noise = datetime.now(UTC), random.Random(7)  # noqa: S311  # no secrets
    content = store.vault.receive([CLIP.read_bytes()])
    for number in range(analyses):
        filmed = today - timedelta(days=1 + 2 * number, hours=1)
        recording = store.recordings.add(
            person, content.sha256, f"run {number}.mp4", view="side", filmed=filmed
        )
        analysis = store.analyses.add(recording, {})
        store.analyses.complete(analysis, varied({}, noise, 0.2))
    for number in range(entries):
        day = (today - timedelta(days=number // 4)).date()
        rating = float(number * 7 % 11)
        store.pains.add(person, PainEntry(day, PainSite.KNEECAP, "right", during=rating))


def main() -> None:
    """Fill the store of a folder."""
    folder, *numbers = sys.argv[1:]
    with Store.open(folder) as store:
        person = eight_weeks(store)
        others(store)
        at_work(store, person)
        if numbers:
            many(store, person, int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0)


if __name__ == "__main__":
    main()
