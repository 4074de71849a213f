"""Recordings on their way in: whole and counted, or not at all."""

from __future__ import annotations

import errno
import hashlib
import socket
import time

import pytest

from midstance.web import receiving
from midstance.web.refusals import Refusal

MP4 = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(range(256)) * 64
ENOUGH_S = 10.0


@pytest.fixture
def person(house):
    return house.add_person()


@pytest.fixture
def sending(program, person):
    """Send a file as the body of a request."""

    def send(content, name="run.mp4", **query):
        return program.put(
            "/api/v1/uploads", params={"person_id": person, "name": name, **query}, content=content
        )

    return send


def left_over(house):
    return list(house.store.vault.incoming()), list(house.store.vault.originals())


def test_an_upload_becomes_a_recording_with_a_check_in_line(sending, house):
    answer = sending(MP4, view="side")
    receipt = answer.json()
    row = house.store.recordings.one(receipt["recording_id"])
    job = house.store.jobs.one(receipt["job_id"])

    assert answer.status_code == 201
    assert (row.name, row.view, row.kind, row.size_bytes) == ("run.mp4", "side", "video", len(MP4))
    assert row.sha256 == hashlib.sha256(MP4).hexdigest()
    assert house.store.vault.path(row.sha256).read_bytes() == MP4
    assert (job.kind, job.payload) == ("check", {"recording_id": row.id})


def test_an_upload_without_announced_length_is_taken_too(sending, house):
    answer = sending(iter([MP4[:10], MP4[10:]]))

    assert answer.status_code == 201
    assert house.store.recordings.one(answer.json()["recording_id"]).size_bytes == len(MP4)


@pytest.mark.parametrize("content", [b"", b"G", b"#EXTM3U\nfile:///etc/passwd", b"<html><script>1</script>"])
def test_what_is_no_recording_is_refused_and_leaves_nothing(sending, house, content):
    answer = sending(content)

    assert answer.status_code == 415
    assert answer.json()["remedy"]
    assert left_over(house) == ([], [])


def test_a_run_of_a_watch_is_sent_to_the_diary(sending):
    assert "Diary" in sending(b"\x0e\x10\x08\x08\0\0\0\0.FIT\0\0").json()["remedy"]


@pytest.mark.parametrize(
    "name",
    ["../../../../etc/cron.d/evil", "C:\\Windows\\evil.mp4", "a\r\nSet-Cookie: x=y", "\u202e4pm.exe", "."],
)
def test_a_hostile_name_is_a_label_and_nothing_else(sending, house, name):
    row = house.store.recordings.one(sending(MP4, name=name).json()["recording_id"])

    assert not set(row.name) & set("/\\\r\n\u202e")
    assert house.store.vault.path(row.sha256).parent.parent.parent == house.store.files


def raw(house, person, head):
    host, _, port = house.address.removeprefix("http://").rpartition(":")
    door = socket.create_connection((host, int(port)), timeout=10)
    door.sendall(
        f"PUT /api/v1/uploads?person_id={person} HTTP/1.1\r\nHost: {host}\r\n{head}\r\n\r\n".encode()
    )
    return door


def waited_for(condition):
    end = time.monotonic() + ENOUGH_S
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def test_an_upload_that_breaks_off_leaves_nothing(house, person):
    with raw(house, person, f"Content-Length: {10 * len(MP4)}") as door:
        door.sendall(MP4)
        assert waited_for(lambda: left_over(house)[0])

    assert waited_for(lambda: left_over(house) == ([], []))
    assert house.store.recordings.of(person) == []


def test_a_file_that_says_it_is_too_large_is_refused_before_it_is_sent(house, person):
    with raw(house, person, "Content-Length: 4000000001") as door:
        answer = b""
        while piece := door.recv(65536):
            answer += piece
            if b"}" in answer:
                break

    assert b" 413 " in answer
    assert b"4.0 GB is the most" in answer


def test_a_file_that_turns_out_too_large_is_refused_and_leaves_nothing(house, person):
    pieces = iter([MP4] * 10)
    with pytest.raises(Refusal, match="is the most") as refused:
        receiving.receive(house.store, receiving.About(person, "a.mp4"), pieces, limit=5 * len(MP4))

    assert refused.value.status == 413
    assert left_over(house) == ([], [])


def test_fewer_bytes_than_announced_are_no_recording(house, person):
    with pytest.raises(Refusal, match=r"bytes of .* arrived"):
        receiving.receive(house.store, receiving.About(person, "a.mp4"), [MP4], declared=len(MP4) + 1)

    assert left_over(house) == ([], [])


def test_a_quota_that_is_used_up_is_told_with_what_to_do(sending, house):
    sending(MP4)
    house.store.vault.quota_bytes = len(MP4) + 100
    answer = sending(MP4 + b"other")

    assert answer.status_code == 507
    assert "delete recordings" in answer.json()["remedy"]
    assert len(left_over(house)[1]) == 1


def test_a_disk_that_fills_up_is_told_and_nothing_is_lost(sending, house, monkeypatch):
    first = sending(MP4).json()["recording_id"]

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("midstance.journal.vault.os.fsync", full)
    answer = sending(MP4 + b"more")
    monkeypatch.undo()

    assert answer.status_code == 507
    assert "full" in answer.json()["title"]
    assert house.store.vault.path(house.store.recordings.one(first).sha256).read_bytes() == MP4
    assert len(left_over(house)[1]) == 1


def test_an_upload_for_nobody_is_refused(program):
    answer = program.put("/api/v1/uploads", params={"person_id": "nobody"}, content=MP4)

    assert answer.status_code == 404


def test_a_plain_form_brings_in_several_files_at_once(browser_at_home, house, person):
    token = browser_at_home.headers.pop("x-csrf-token")
    files = [("file", (name, MP4 + name.encode(), "video/mp4")) for name in ("a.mp4", "b.mp4")]
    fields = {"csrf": token, "person_id": person, "view": "rear"}
    answer = browser_at_home.post("/uploads", data=fields, files=files)

    assert (answer.status_code, answer.headers["location"]) == (303, "/film")
    assert {(row.name, row.view) for row in house.store.recordings.of(person)} == {
        ("a.mp4", "rear"),
        ("b.mp4", "rear"),
    }


def test_a_plain_form_with_one_file_leads_to_its_check(browser_at_home, house, person):
    fields = {"csrf": browser_at_home.headers["x-csrf-token"], "person_id": person}
    answer = browser_at_home.post("/uploads", data=fields, files={"file": ("a.mp4", MP4)})
    (row,) = house.store.recordings.of(person)

    assert answer.headers["location"] == f"/recordings/{row.id}"


def test_a_plain_form_without_a_file_says_so(browser_at_home):
    answer = browser_at_home.post("/uploads", data={"a": "b"}, files={"file": ("", b"")})

    assert answer.status_code == 400
    assert "No file was chosen" in answer.text


def test_a_form_without_the_token_brings_in_nothing(browser_at_home, house, person):
    del browser_at_home.headers["x-csrf-token"]
    answer = browser_at_home.post("/uploads", data={"person_id": person}, files={"file": ("a.mp4", MP4)})

    assert answer.status_code == 403
    assert house.store.recordings.of(person) == []


@pytest.mark.slow
def test_a_hundred_uploads_at_once_are_all_there_and_memory_stays_bounded(tmp_path):
    """See `crowd.py`: the server is a process of its own, so that its memory is its own."""
    from tests.unit.web.crowd import send_all  # noqa: PLC0415  # starts processes

    told = send_all(tmp_path, uploads=100, size_bytes=8_000_000)

    assert told.statuses == {201: 100}
    assert told.kept == told.sent
    assert told.peak_growth_bytes < 150_000_000
