"""Measure time and memory of whole analyses, each in its own process.

    python benchmarks/speed.py [VIDEO] [--longer 10]

VIDEO: 360 frames of 720 x 1280 (default `video/treadmill_side_left.mp4` of the recordings). A copy
`--longer` times as long is made of it and analysed with `--quality quick` to see that memory does
not grow. Nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]

_ANALYSE = """
import sys, time
import midstance
from midstance.model import Runner
from midstance.settings import Settings, replaced
if __name__ == "__main__":
    told = []
    progress = lambda fraction, what: told.append((time.perf_counter(), fraction, what))
    settings = replaced(Settings(), {"pose.quality": sys.argv[2]})
    start = time.perf_counter()
    a = midstance.analyse(sys.argv[1], runner=Runner(height_m=1.75), settings=settings, progress=progress)
    end = time.perf_counter()
    seen = max(at for at, fraction, what in told if fraction <= 0.97 and what != "measuring")
    print(f"{end - start:.1f} {end - seen:.2f} {a.recording.frames} {a.recording.duration_s:.2f}")
"""


def tree_rss_mib(pid: int) -> float:
    """Return the resident memory of a process and all below it [MiB], from /proc."""
    total, todo = 0, [pid]
    while todo:
        one = todo.pop()
        try:
            fields = Path(f"/proc/{one}/statm").read_text("ascii").split()
            total += (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGE_SIZE")
            for task in Path(f"/proc/{one}/task").iterdir():
                todo += [int(child) for child in (task / "children").read_text("ascii").split()]
        except OSError:
            continue
    return total / 2**20


def measured(video: Path, quality: str) -> tuple[float, float, int, float, float]:
    """Return wall time, time after the pose room, frames, duration and peak memory of one analysis."""
    command = [sys.executable, "-c", _ANALYSE, str(video), quality]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        peak = [0.0]

        def watch() -> None:
            while child.poll() is None:
                peak[0] = max(peak[0], tree_rss_mib(child.pid))
                time.sleep(0.1)

        watcher = threading.Thread(target=watch)
        watcher.start()
        out = child.communicate()[0].split()
        watcher.join()
    if child.returncode:
        raise SystemExit(child.returncode)
    return float(out[0]), float(out[1]), int(out[2]), float(out[3]), peak[0]


def longer(video: Path, times: int, folder: Path) -> Path:
    """Return a copy of a video that plays a number of times in a row."""
    from midstance import video as room  # noqa: PLC0415  (only this needs the program here)

    probed, _ = room.probe(video)
    target = folder / "longer.mp4"
    span = probed.duration_s + 1.0 / probed.rate_hz
    with room.VideoWriter(target) as writer:
        for turn in range(times):
            for frame in room.frames(probed):
                writer.write(frame.rgb, frame.time_s + turn * span)
    return target


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    data = Path(os.environ.get("MIDSTANCE_TEST_DATA", ROOT.parent / "shared/data"))
    parser.add_argument("video", type=Path, nargs="?", default=data / "video/treadmill_side_left.mp4")
    parser.add_argument("--longer", type=int, default=10)
    arguments = parser.parse_args()
    print("| what | frames | wall [s] | after pose [s] | after pose per minute [s] | peak memory [MiB] |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        runs = [("full", arguments.video, "full"), ("quick", arguments.video, "quick")]
        if arguments.longer > 1:
            long = longer(arguments.video, arguments.longer, Path(folder))
            runs.append((f"quick, {arguments.longer} times as long", long, "quick"))
        for name, path, quality in runs:
            wall, after, frames, duration, peak = measured(path, quality)
            minute = 60.0 * after / duration
            print(f"| {name} | {frames} | {wall:.1f} | {after:.2f} | {minute:.2f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main()
