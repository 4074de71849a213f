"""What a page asks is looked up, never searched through; the times are in `benchmarks/journal_speed.py`."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import event
from tests.unit.journal.samples import HIP, filled

LARGE = "people|recordings|analyses|records|measures|pains|runs|comments|papers|jobs"
PAGES = {
    "people": lambda store, _: store.people.find(),
    "trend": lambda store, person: store.analyses.measures(person, HIP, "left"),
    "month": lambda store, person: store.pains.of(person, date(2026, 1, 1), date(2026, 1, 31)),
    "runs": lambda store, person: store.runs.of(person),
    "latest": lambda store, person: store.analyses.latest(person),
    "analyses": lambda store, person: store.analyses.of(person, limit=50),
    "recordings": lambda store, person: store.recordings.of(person, limit=50),
    "questions": lambda store, person: store.comments.open_of(person),
    "paper": lambda store, person: store.papers.latest(person, "plan"),
    "jobs": lambda store, person: store.jobs.of(person),
    "claim": lambda store, _: store.jobs.claim("w"),
}


def plans(store, ask) -> list[str]:
    """Return how SQLite goes about each question, line by line."""
    engine = store.people._database.engine  # noqa: SLF001  # to see what reaches the database
    asked = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        steps = [
            str(step[3])
            for statement, parameters in asked
            if statement.lstrip().startswith("SELECT")
            for step in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        ]
        cursor.close()
    return steps


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("page", sorted(PAGES))
def test_no_question_of_a_page_searches_through_a_whole_table(store, page):
    person, _, _ = filled(store)

    steps = plans(store, lambda: PAGES[page](store, person))

    assert steps
    whole = [step for step in steps if re.match(rf"SCAN ({LARGE})\b(?!.*USING)", step)]
    assert whole == []
