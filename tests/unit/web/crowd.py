"""A hundred senders at once, and a server in a process of its own whose memory is watched."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx

from midstance.journal import Person, Store

HEAD = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2"
PIECE = 65536


@dataclass(frozen=True)
class Told:
    """What came of it."""

    statuses: dict[int, int]
    sent: set[str]
    kept: set[str]
    peak_growth_bytes: int


def resident_bytes(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def content(number, size_bytes):
    yield HEAD + number.to_bytes(4, "big")
    for _ in range(size_bytes // PIECE):
        yield bytes(PIECE)


def started(folder):
    """Start the real program and return it with its address."""
    words = [
        sys.executable,
        "-m",
        "midstance",
        "serve",
        "--store",
        str(folder),
        "--port",
        "0",
        "--workers",
        "0",
    ]
    server = subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    )
    assert server.stdout
    line = server.stdout.readline()
    return server, line.split()[3]


def ended(server):
    server.terminate()
    server.wait(20)
    server.stdout.close()


def send_all(folder, uploads, size_bytes):
    """Send so many files at once."""
    server, address = started(folder)
    store = Store.open(folder)
    try:
        person = store.people.add(Person(name="Crowd"))
        with httpx.Client(base_url=address) as client:
            client.get("/")  # loads what is loaded once
        before = peak = resident_bytes(server.pid)
        gate = threading.Barrier(uploads)

        def send(number):
            gate.wait()
            query = {"person_id": person, "name": f"{number}.mp4"}
            return httpx.put(
                f"{address}/api/v1/uploads", params=query, content=content(number, size_bytes), timeout=600
            ).status_code

        with ThreadPoolExecutor(uploads) as senders:
            waiting = [senders.submit(send, number) for number in range(uploads)]
            while not all(one.done() for one in waiting):
                peak = max(peak, resident_bytes(server.pid))
                time.sleep(0.05)
        statuses = dict(Counter(one.result() for one in waiting))
        kept = {row.name for row in store.recordings.of(person) if store.vault.path(row.sha256).is_file()}
        return Told(statuses, {f"{number}.mp4" for number in range(uploads)}, kept, peak - before)
    finally:
        store.close()
        ended(server)
