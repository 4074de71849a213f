"""Whatever is sent to the API, it is answered, and never as if the server had broken."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from tests.unit.web.house import opened

from midstance.journal import Person, Store
from midstance.model import PainEntry, PainSite, TrainingRun

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of its own imports
    import schemathesis

EXAMPLES = 20
SERVER_ERROR = 500


def furnish(store):
    """Put one of everything into a store, and return the names."""
    from datetime import UTC, date, datetime  # noqa: PLC0415  # only here

    person = store.people.add(Person(name="Ann"))
    stored = store.vault.receive([b"\0\0\0\x18ftypisom" + bytes(100)])
    recording = store.recordings.add(person, stored.sha256, "a.mp4", size=stored.size)
    analysis = store.analyses.add(recording)
    store.analyses.complete(analysis, {"measures": []}, {})
    job = store.jobs.add("check", {"recording_id": recording})
    store.jobs.claim("worker")
    store.jobs.finish(job, "worker", {})
    return {
        "person_id": person,
        "recording_id": recording,
        "analysis_id": analysis,
        "job_id": job,
        "pain_id": store.pains.add(person, PainEntry(date(2026, 1, 1), PainSite.KNEECAP, "left", during=3.0)),
        "run_id": store.runs.add(person, TrainingRun(datetime(2026, 1, 1, tzinfo=UTC), duration_s=60.0))[0],
        "comment_id": store.comments.add(analysis, "Ann", "Hm?", question=True),
        "paper_id": store.papers.put(person, "plan", {"a": 1}),
        "key": "hip_over_ankle_at_midstance_m",
    }


def gently_ordered(operations):
    """Put what deletes last, and what asks everybody to log in after all the rest."""

    def roughness(operation):
        access = any(word in operation.path for word in ("accounts", "session"))
        deletes = operation.method.upper() == "DELETE"
        return operation.path.endswith("/everything"), access, deletes, -operation.path.count("/") * deletes

    return sorted(operations, key=roughness)


def operations_of(schema):
    """Return every operation that is described; each can be read."""
    for one in schema.get_all_operations():
        operation = one.ok()
        assert operation is not None
        yield operation


def broken(operation, known, examples):
    """Return what an operation answered as if the server had broken."""
    found = []

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case):
        for name in set(case.path_parameters or {}) & set(known):
            case.path_parameters[name] = known[name]
        query = case.query or {}
        if "person_id" in query and known:
            query["person_id"] = known["person_id"]
        answer = case.call(timeout=30)
        if answer.status_code >= SERVER_ERROR:
            found.append((case.method, answer.request.url, answer.status_code, answer.text[:300]))

    ask()
    return found


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the generator, which is not ours
def test_no_request_breaks_the_server(tmp_path):
    with Store.open(tmp_path) as store, opened(store) as house:
        known = furnish(store)
        schema = schemathesis.openapi.from_url(f"{house.address}/api/openapi.json")
        operations = gently_ordered(operations_of(schema))
        found = []
        for operation in operations:
            found += broken(operation, known, EXAMPLES)
            found += broken(operation, {}, EXAMPLES)

    assert len(operations) > 50
    assert found == []
