"""The JSON API: the same objects as the library's, refusals with a remedy."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from tests.unit.web.house import opened

from midstance.journal import Store
from midstance.model import PainEntry, PainSite, TrainingRun, Tried

PAIN = {
    "day": "2026-07-01",
    "site": "kneecap",
    "side": "left",
    "during": 4,
    "tried": ["ice"],
    "note": "downhill",
}
RUN = {"started": "2026-07-01T07:00:00+02:00", "distance_m": 5000, "duration_s": 1800}
GPX = b"""<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">
<trk><type>running</type><trkseg>%s</trkseg></trk></gpx>""" % b"".join(
    b'<trkpt lat="52.%05d" lon="13.0"><ele>30</ele><time>2026-07-02T07:%02d:%02dZ</time></trkpt>'
    % (10000 + 9 * n, n * 3 // 60, n * 3 % 60)
    for n in range(200)
)


@pytest.fixture
def person(house):
    return house.add_person()


@pytest.fixture
def recording(house, person):
    stored = house.store.vault.receive([b"\0\0\0\x18ftypisom" + bytes(1000)])
    return house.store.recordings.add(
        person, stored.sha256, "run.mp4", view="side", size=stored.size, facts={"media_type": "video/mp4"}
    )


def test_a_person_is_added_found_changed_and_really_gone(program, house):
    made = program.post("/api/v1/people", json={"name": "Ann", "height_m": 1.7}).json()["id"]
    changed = program.patch(f"/api/v1/people/{made}", json={"mass_kg": 60, "height_m": None}).json()
    found = program.get("/api/v1/people", params={"text": "an"}).json()
    gone = program.delete(f"/api/v1/people/{made}")

    assert (changed["name"], changed["mass_kg"], changed["height_m"]) == ("Ann", 60, None)
    assert [row["id"] for row in found] == [made]
    assert gone.status_code == 204
    assert house.store.people.count() == 0


@pytest.mark.parametrize(
    "person",
    [
        {},
        {"name": ""},
        {"name": " "},
        {"name": "Ann", "height_m": 17},
        {"name": "Ann", "hight_m": 1.7},
        {"name": 1},
    ],
)
def test_a_person_who_cannot_be_is_refused_with_the_field(program, person):
    answer = program.post("/api/v1/people", json=person)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["where"].startswith("body")


@pytest.mark.parametrize(
    "path",
    [
        "people/x",
        "recordings/x",
        "analyses/x",
        "jobs/x",
        "people/x/pains",
        "people/x/runs",
        "people/x/papers",
        "jobs/x/events",
    ],
)
def test_what_is_not_there_is_refused_with_what_to_do(program, path):
    answer = program.get(f"/api/v1/{path}")

    assert answer.status_code == 404
    assert answer.json()["remedy"]


def test_a_change_of_what_was_changed_meanwhile_is_refused(program, person):
    path = f"/api/v1/people/{person}"
    seen = program.get(path).headers["etag"]
    first = program.patch(path, json={"name": "Bea"}, headers={"if-match": seen})
    second = program.patch(path, json={"name": "Cy"}, headers={"if-match": seen})

    assert first.status_code == 200
    assert second.status_code == 412
    assert "another tab" in second.json()["title"]
    assert program.get(path).json()["name"] == "Bea"


def test_a_pain_is_the_noun_of_the_library(program, house, person):
    made = program.post(f"/api/v1/people/{person}/pains", json=PAIN).json()["id"]
    (row,) = house.store.pains.of(person)
    shown = program.get(f"/api/v1/people/{person}/pains/{made}").json()

    assert row.entry == PainEntry(
        date(2026, 7, 1), PainSite.KNEECAP, "left", during=4.0, tried=frozenset({Tried.ICE}), note="downhill"
    )
    assert {name: shown[name] for name in PAIN} == PAIN


def test_a_pain_is_changed_and_deleted_in_its_own_diary_only(program, house, person):
    path = f"/api/v1/people/{person}/pains"
    made = program.post(path, json=PAIN).json()["id"]
    other = house.add_person("Ben")

    assert program.delete(f"/api/v1/people/{other}/pains/{made}").status_code == 404
    assert program.put(f"{path}/{made}", json={**PAIN, "during": 6}).json()["during"] == 6
    assert program.delete(f"{path}/{made}").status_code == 204
    assert program.get(path).json() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"during": 11},
        {"during": -1},
        {"site": "soul"},
        {"day": "0001-01-01"},
        {"onset_m": -5},
        {"tried": ["luck"]},
    ],
)
def test_a_pain_off_the_scale_is_refused(program, person, wrong):
    assert program.post(f"/api/v1/people/{person}/pains", json={**PAIN, **wrong}).status_code == 422


def test_a_run_is_the_noun_of_the_library_and_kept_once(program, house, person):
    path = f"/api/v1/people/{person}/runs"
    first, again = program.post(path, json=RUN).json(), program.post(path, json=RUN).json()
    (row,) = house.store.runs.of(person)

    assert (first["new"], again["new"], again["id"]) == (True, False, first["id"])
    assert row.run == TrainingRun(datetime(2026, 7, 1, 5, tzinfo=UTC), duration_s=1800.0, distance_m=5000.0)
    assert program.get(f"{path}/{first['id']}").json()["started"] == "2026-07-01T07:00:00+02:00"


def test_a_run_comes_from_the_file_of_a_watch(program, person):
    path = f"/api/v1/people/{person}/runs/file"
    added = program.post(path, content=GPX, params={"name": "run.gpx"})
    again = program.post(path, content=GPX)

    assert added.status_code == 201
    assert (added.json()["new"], again.json()["new"]) == (True, False)
    assert program.post(path, content=b"nothing").status_code == 422


def test_an_analysis_is_put_in_line_with_its_settings(program, house, recording):
    wanted = {"settings": {"declared": {"surface": "treadmill", "speed_m_s": 3.0}}}
    made = program.post(f"/api/v1/recordings/{recording}/analyses", json=wanted)
    shown = program.get(f"/api/v1/analyses/{made.json()['analysis_id']}").json()
    job = house.store.jobs.one(made.json()["job_id"])

    assert made.status_code == 202
    assert (shown["state"], shown["recording_id"], shown["settings"]) == (
        "waiting",
        recording,
        wanted["settings"],
    )
    assert (job.kind, job.payload) == ("analyse", {"analysis_id": shown["id"]})


@pytest.mark.parametrize(
    "settings",
    [
        {"declared": {"surface": "moon"}},
        {"nonsense": {"a": 1}},
        {"declared": {"standing": "/etc/passwd"}},
        {"laboratory": {"static": "/etc/passwd"}},
        {"laboratory": {"markers": "markers.toml"}},
        {"laboratory": {"ground_forces": "../forces.mot"}},
    ],
)
def test_settings_that_are_not_there_and_paths_are_refused(program, house, recording, settings):
    answer = program.post(f"/api/v1/recordings/{recording}/analyses", json={"settings": settings})

    assert answer.status_code in {404, 422}
    assert house.store.jobs.live() == []


def test_a_correction_makes_another_analysis_of_what_the_networks_saw(program, house, recording):
    origin = house.store.analyses.add(recording, {"declared": {"surface": "treadmill"}})
    moved = [{"kind": "point_moved", "frame": 3, "point": "left_knee", "x_px": 10.0, "y_px": 20.0}]
    first = program.post(f"/api/v1/analyses/{origin}/corrections", json={"corrections": moved})
    assert first.status_code == 202, first.text
    second = program.post(
        f"/api/v1/analyses/{first.json()['analysis_id']}/corrections", json={"corrections": moved * 2}
    )
    row = house.store.analyses.one(second.json()["analysis_id"])

    assert row.parent == origin
    assert row.settings == {"declared": {"surface": "treadmill"}}
    assert len(row.corrections) == 2
    assert house.store.analyses.one(origin).corrections == []


def test_a_comment_is_asked_settled_and_deleted_on_its_own_analysis_only(program, house, recording, person):
    one, other = house.store.analyses.add(recording), house.store.analyses.add(recording)
    path = f"/api/v1/analyses/{one}/comments"
    asked = {"text": "Is this the knee?", "frame": 12, "question": True, "author": "Ann"}
    made = program.post(path, json=asked).json()["id"]

    assert program.get(f"/api/v1/people/{person}/questions").json()[0]["id"] == made
    assert program.post(f"/api/v1/analyses/{other}/comments/{made}/settle").status_code == 404
    assert program.post(f"{path}/{made}/settle").json()["settled"]
    assert program.get(f"/api/v1/people/{person}/questions").json() == []
    assert program.delete(f"{path}/{made}").status_code == 204


def test_a_paper_holds_what_json_holds(program, person):
    path = f"/api/v1/people/{person}/papers"
    made = program.post(path, json={"kind": "plan", "payload": {"weeks": [1, 2.5, None, "ä"]}}).json()["id"]
    changed = program.put(f"{path}/{made}", json={"payload": {"weeks": []}})

    assert changed.json()["payload"] == {"weeks": []}
    assert [row["id"] for row in program.get(path, params={"kind": "plan"}).json()] == [made]
    nan = program.post(
        path, content=b'{"kind": "plan", "payload": {"a": NaN}}', headers={"content-type": "application/json"}
    )
    assert nan.status_code == 422
    assert program.post(path, json={"kind": "plan", "payload": {"a": "\0"}}).status_code == 422


def events_of(program, job):
    with program.stream("GET", f"/api/v1/jobs/{job}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            if line.startswith("data: {"):
                yield json.loads(line.removeprefix("data: "))


def test_a_job_tells_how_it_goes_on_until_it_ends(program, house, recording):
    job = house.store.jobs.add("check", {"recording_id": recording})
    events = events_of(program, job)
    told = [next(events)]
    house.store.jobs.claim("worker")
    house.store.jobs.heartbeat(job, "worker", 0.5, "Looking at the steps.")
    told.append(next(events))
    house.store.jobs.finish(job, "worker", {"steps": 20})
    told += events

    assert [event["state"] for event in told] == ["waiting", "running", "done"]
    assert (told[1]["sentence"], told[1]["fraction"]) == ("Looking at the steps.", 0.5)
    assert told[1]["seconds_left"] is not None
    assert told[-1]["result"] == {"steps": 20}


def test_the_events_of_a_job_that_is_deleted_end_with_a_sentence(program, house, recording, person):
    job = house.store.jobs.add("check", {"recording_id": recording})
    with program.stream("GET", f"/api/v1/jobs/{job}/events") as answer:
        lines = answer.iter_lines()
        assert next(lines) == "event: job"
        house.store.people.delete(person)
        rest = list(lines)

    assert "event: gone" in rest


def test_a_job_is_cancelled_and_tried_again(program, house, recording):
    job = house.store.jobs.add("check", {"recording_id": recording})

    assert program.post(f"/api/v1/jobs/{job}/retry").status_code == 409
    assert program.post(f"/api/v1/jobs/{job}/cancel").json()["state"] == "cancelled"
    assert program.post(f"/api/v1/jobs/{job}/retry").json()["state"] == "waiting"


def test_everything_is_given_out_as_a_zip_and_no_copy_is_left(program, house, person):
    whole = program.get("/api/v1/everything/export")
    own = program.get(f"/api/v1/people/{person}/export")

    assert whole.content[:2] == own.content[:2] == b"PK"
    assert "midstance-" in whole.headers["content-disposition"]
    assert list(house.store.files.glob("export-*")) == []


@pytest.mark.usefixtures("recording")
def test_everything_is_deleted_only_if_it_is_meant(program, house):
    assert program.delete("/api/v1/everything").status_code == 422
    assert house.store.people.count() == 1
    assert program.delete("/api/v1/everything", params={"sure": "delete everything"}).status_code == 204
    assert house.store.people.count() == 0
    assert list(house.store.vault.originals()) == []


def test_the_api_names_metrics_and_settings(program):
    metrics = program.get("/api/v1/metrics").json()

    assert "hip_over_ankle_at_midstance_m" in {metric["key"] for metric in metrics}
    assert program.get("/api/v1/settings").json()["declared"]["surface"] is None


def test_every_operation_is_described_in_a_sentence(program):
    described = program.get("/api/openapi.json").json()
    sentences = {
        (path, method): one.get("description", "")
        for path, methods in described["paths"].items()
        for method, one in methods.items()
    }

    assert len(sentences) > 50
    assert [asked for asked, said in sentences.items() if not said.endswith((".", ")"))] == []
    assert all(path.startswith("/api/v1/") for path, _ in sentences)


def test_a_store_that_is_locked_is_told_with_what_to_do(tmp_path):
    with Store.open(tmp_path, patience_s=0.2) as store, opened(store) as house, house.program() as client:
        with closing(sqlite3.connect(tmp_path / "journal.sqlite")) as other:
            other.execute("BEGIN EXCLUSIVE")
            answer = client.post("/api/v1/people", json={"name": "Ann"})
        again = client.post("/api/v1/people", json={"name": "Ann"})

    assert answer.status_code == 503
    assert "locked" in answer.json()["title"]
    assert again.status_code == 201


def test_a_store_that_becomes_unreadable_is_told_on_a_page_too(tmp_path):
    with Store.open(tmp_path) as store, opened(store) as house, house.program() as client:
        store._database.engine.dispose()  # noqa: SLF001  # as after a while
        (tmp_path / "journal.sqlite").write_bytes(b"not a database" * 1000)
        page, call = client.get("/"), client.get("/api/v1/people")

    assert (page.status_code, call.status_code) == (503, 503)
    assert "damaged" in page.text
    assert "backup" in call.json()["remedy"]
