"""The real program on a fresh machine: `midstance serve`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest

from midstance.journal import Person, Store
from midstance.web.first_start import DEMO_NAME, demo_clip, greet

STARTS_WITHIN_S = 20.0  # on a machine that is busy; `benchmarks/` measures it on one that is not


@pytest.fixture
def serving(tmp_path):
    """Start the program; give its first lines, and end it."""
    started = []

    def start(*words):
        command = [sys.executable, "-m", "midstance", "serve", "--store", str(tmp_path / "store"), *words]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        started.append(server)
        return server

    yield start
    for server in started:
        server.kill()
        server.wait(10)
        for stream in (server.stdout, server.stderr):
            assert stream
            stream.close()


def address_of(server):
    return server.stdout.readline().split()[3]


def test_a_fresh_machine_shows_a_page_with_the_demo_runner_soon(serving):
    began = time.monotonic()
    address = address_of(serving("--port", "0", "--workers", "0"))
    page = httpx.get(address, timeout=20)

    assert time.monotonic() - began < STARTS_WITHIN_S
    assert page.status_code == 200
    assert DEMO_NAME in page.text


def test_an_interrupt_ends_it_in_peace(serving):
    server = serving("--port", "0", "--workers", "0")
    address_of(server)
    server.send_signal(signal.SIGINT)
    said, wrong = server.communicate(timeout=20)

    assert server.returncode == 0
    assert "Ended" in said
    assert "Traceback" not in wrong


def test_it_ends_in_peace_while_a_browser_listens_to_a_job(serving):
    server = serving("--port", "0", "--workers", "0")
    with httpx.Client(base_url=address_of(server), timeout=20) as client:
        (job, *_) = client.get("/api/v1/jobs").json()
        with client.stream("GET", f"/api/v1/jobs/{job['id']}/events") as events:
            next(events.iter_lines())
            server.send_signal(signal.SIGINT)
            said, wrong = server.communicate(timeout=20)

    assert server.returncode == 0
    assert "Ended" in said
    assert wrong == ""


def test_it_listens_to_this_machine_only(serving):
    port = int(address_of(serving("--port", "0", "--workers", "0")).rpartition(":")[2])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine is in no network")
        own = probe.getsockname()[0]

    with pytest.raises(OSError, match="refused"):
        socket.create_connection((own, port), timeout=5)


def test_a_port_that_is_taken_is_told_in_a_sentence(serving):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        server = serving("--port", str(door.getsockname()[1]), "--workers", "0")
        said, wrong = server.communicate(timeout=30)

    assert server.returncode == 2
    assert "is taken by another program" in wrong
    assert "Traceback" not in wrong + said


def test_a_store_that_is_damaged_is_told_in_a_sentence(serving, tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "journal.sqlite").write_bytes(b"this is no database at all" * 100)
    server = serving("--port", "0", "--workers", "0")
    _, wrong = server.communicate(timeout=30)

    assert server.returncode == 2
    assert "damaged" in wrong
    assert "Traceback" not in wrong


def test_the_demo_runner_comes_with_a_check_and_an_analysis_in_line(tmp_path):
    with Store.open(tmp_path) as store:
        analysis = greet(store)
        assert analysis
        row = store.analyses.one(analysis)
        kinds = [job.kind for job in store.jobs.waiting()]

        assert (row.person.name, row.recording.view) == (DEMO_NAME, "side")
        assert kinds == ["check", "analyse"]
        assert store.vault.path(row.recording.sha256).read_bytes() == demo_clip().read_bytes()


def test_a_store_that_knows_somebody_is_not_greeted(tmp_path):
    with Store.open(tmp_path) as store:
        store.people.add(Person(name="Ann"))

        assert greet(store) is None
        assert store.people.count() == 1


def test_the_clip_of_the_demo_travels_in_the_wheel(checkout):
    text = (checkout / "pyproject.toml").read_text(encoding="utf-8")

    assert '"examples/demo/side.mp4" = "midstance/web/demo/side.mp4"' in text
    assert os.fspath(demo_clip()).endswith("side.mp4")
