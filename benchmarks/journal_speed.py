"""How long the store takes for what a page asks: 1 000 analyses and 10 000 pain entries of one runner.

`python benchmarks/journal_speed.py [FOLDER | postgresql://…]` fills an empty store, prints one line per
question and fails where one takes the processor longer than 20 ms: what others do on a busy machine is
not the store's. A SQLite store works in this very process.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from midstance.journal import Person, Store
from midstance.journal.tables import analyses, comments, measures, pains, recordings, records
from midstance.model import CATALOGUE, PainEntry, PainSite

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT_MS = 20.0
ANALYSES, ENTRIES, OTHERS = 1000, 10_000, 300
REPEATS = 25
HIP = "hip_over_ankle_at_midstance_m"
BEGIN = datetime(2024, 1, 1, 8, tzinfo=UTC)
SET_UP = {
    "kind": "video",
    "view": "side",
    "near_side": "left",
    "surface": "treadmill",
    "incline_percent": 0.0,
    "speed_m_s": 3.0,
    "frame_rate_hz": 59.94,
    "definition": "pelvis_dip",
}


def fill(store: Store, person: str, films: int, entries: int, mark: str) -> None:
    """Give a person recordings, analyses with every number of the catalogue, and a store.pains."""
    numbers = range(films)
    names = [(f"{mark}r{n:012}", f"{mark}a{n:012}", BEGIN + timedelta(hours=6 * n)) for n in numbers]
    person_of = {"person_id": person}
    film = {
        "sha256": "0" * 64,
        "size_bytes": 1,
        "name": "run.mp4",
        "kind": "video",
        "view": "side",
        "facts": {},
    }
    asked = {"settings": {}, "corrections": [], "versions": {}, "set_up": SET_UP, "current": True}
    write(store, recordings, [person_of | film | {"id": r, "filmed": t, "added": t} for r, _, t in names])
    write(
        store,
        analyses,
        [
            person_of | asked | {"id": a, "recording_id": r, "filmed": t, "added": t, "completed": t}
            for r, a, t in names
        ],
    )
    write(
        store, records, [{"analysis_id": a, "record": {"curve": [0.123456789] * 2000}} for _, a, _ in names]
    )
    write(store, measures, [person_of | row for _, a, _ in names for row in measure_rows(a)])
    write(store, pains, [person_of | row for row in pain_rows(entries, mark)])
    asked_by = {"author": "coach", "text": "How was it?", "question": True, "added": BEGIN}
    write(
        store, comments, [person_of | asked_by | {"id": f"{a}c", "analysis_id": a} for _, a, _ in names[:5]]
    )


def write(store: Store, table: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401  # any table
    """Put many rows in a table."""
    with store.people._database.writing() as connection:  # noqa: SLF001  # quicker than one by one
        connection.execute(insert(table), rows)


def measure_rows(analysis: str) -> list[dict[str, Any]]:
    """Return a row for every number an analysis can have."""
    sides = [(m, side) for m in CATALOGUE.values() for side in (("left", "right") if m.sided else ("both",))]
    value = {"value": 0.02, "low": 0.01, "high": 0.03, "n": 14, "tier": "high", "method": "mean stride"}
    more = {"definition": "pelvis_dip", "by_definition": {}, "words": ""}
    return [
        {"analysis_id": analysis, "place": place, "key": m.key, "side": side, "unit": m.unit} | value | more
        for place, (m, side) in enumerate(sides)
    ]


def pain_rows(entries: int, mark: str) -> list[dict[str, Any]]:
    """Return rows of a diary with ten entries a day."""
    day = date(2024, 1, 1)
    plain = {"side": "left", "during": 3.0, "tried": ["ice"], "note": "as ever", "added": BEGIN}
    return [
        plain | {"id": f"{mark}p{n:012}", "day": day + timedelta(days=n // 10), "site": "kneecap"}
        for n in range(entries)
    ]


def took_ms(act: Callable[[], object]) -> tuple[float, float]:
    """Return the time of a question and of the processor for it [ms], the least of many."""
    times = []
    for _ in range(REPEATS):
        begun, busy = time.perf_counter(), time.process_time()
        act()
        times.append((1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - busy)))
    return min(wall for wall, _ in times), min(cpu for _, cpu in times)


def questions(store: Store, person: str) -> dict[str, Callable[[], object]]:
    """Return what pages ask."""
    month = date(2026, 1, 1), date(2026, 1, 31)
    entry = PainEntry(date(2026, 9, 1), PainSite.KNEECAP, "left", during=2.0)
    return {
        "people, a page of 50": store.people.find,
        "people, by a part of the name": lambda: store.people.find("runner 2"),
        f"trend of one leg, {ANALYSES} points": lambda: store.analyses.measures(person, HIP, "left"),
        "diary of a month, 310 entries": lambda: store.pains.of(person, *month),
        "newest analysis": lambda: store.analyses.latest(person),
        "newest 50 analyses": lambda: store.analyses.of(person, limit=50),
        "newest 50 recordings": lambda: store.recordings.of(person, limit=50),
        "every number of one analysis": lambda: store.analyses.numbers(store.analyses.latest(person).id),  # type: ignore[union-attr]
        "open questions of a person": lambda: store.comments.open_of(person),
        "a look for work where there is none": lambda: store.jobs.claim("w"),
        "an entry written down, safe on the disk": lambda: store.pains.add(person, entry),
    }


def main() -> None:
    """Fill a store, ask, and print."""
    with tempfile.TemporaryDirectory() as folder:
        where = sys.argv[1] if len(sys.argv) > 1 else f"{folder}/store"
        with Store.open(where, f"{folder}/files") as store:
            runner = store.people.add(Person("Everyday runner"))
            fill(store, runner, ANALYSES, ENTRIES, "big")
            for number in range(OTHERS):
                fill(store, store.people.add(Person(f"runner {number}")), 1, 10, f"o{number}")
            times = {what: took_ms(act) for what, act in questions(store, runner).items()}
    for what, (wall_ms, cpu_ms) in times.items():
        print(f"{wall_ms:6.1f} ms, {cpu_ms:6.1f} of them the processor's  {what}")
    slow = {what: cpu_ms for what, (_, cpu_ms) in times.items() if cpu_ms > LIMIT_MS}
    sys.exit(f"longer than {LIMIT_MS:g} ms: {', '.join(slow)}" if slow else 0)


if __name__ == "__main__":
    main()
