"""A worker process: told on standard input which store to work for, it ends when that is closed."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
from typing import Any

__all__ = ["main"]

_FAREWELL_S = 5.0


def main() -> None:
    """Work until standard input is closed, or a signal asks for an end."""
    logging.basicConfig(level=logging.WARNING, format="midstance worker: %(message)s")
    line = sys.stdin.buffer.readline()
    if not line:
        return
    told = json.loads(line)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the app, which closes standard input
    threading.Thread(target=_wait_for_the_end, args=(stop,), daemon=True).start()
    _work(told, stop)


def _work(told: dict[str, Any], stop: threading.Event) -> None:
    from midstance.batch.working import work  # noqa: PLC0415  # loads the database's parts
    from midstance.video import fence_report  # noqa: PLC0415  # loads libav

    report = fence_report()
    if not report.whole:
        logging.getLogger(__name__).warning("%s", report.sentence)
    work(told["store"], told["files"], stop, lease_s=float(told["lease_s"]))


def _wait_for_the_end(stop: threading.Event) -> None:
    """Ask the worker to stop when whoever started it is gone; insist after a while."""
    sys.stdin.buffer.read()
    stop.set()
    threading.Event().wait(_FAREWELL_S)
    os._exit(1)


if __name__ == "__main__":
    main()
