"""Each limit of the fence bites, in a real process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from midstance.video import FenceReport, VideoWriter, fence_report

HERE = fence_report()
needs_landlock = pytest.mark.skipif(not HERE.landlock, reason="this kernel has no Landlock")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits are tried on Linux")


def fenced(code, *, options=""):
    """Run a program that closes a fence first."""
    program = (
        "from pathlib import Path\nimport av, cv2\nfrom midstance.video import Fence, probe, frames\n"
        f"Fence({options}).close()\n{textwrap.dedent(code)}"
    )
    return subprocess.run(
        [sys.executable, "-P", "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        timeout=60,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
    )


def test_a_memory_bomb_is_stopped():
    done = fenced("b = bytearray(2 << 30)\nprint('got it')", options="memory_bytes=1 << 30")

    assert "MemoryError" in done.stderr
    assert "got it" not in done.stdout


def test_an_endless_computation_is_ended():
    done = fenced("while True: pass", options="cpu_s=2")

    assert -done.returncode in {signal.SIGXCPU, signal.SIGKILL}


def test_a_file_without_end_is_cut(tmp_path):
    done = fenced(
        f"""
        with open({str(tmp_path / "long")!r}, "wb", buffering=0) as file:
            while True:
                if file.write(bytes(1 << 20)) < 1 << 20:
                    raise OSError("cut")
        """,
        options=f"write=(Path({str(tmp_path)!r}),), file_bytes=5 << 20",
    )

    assert "File too large" in done.stderr or "cut" in done.stderr
    assert (tmp_path / "long").stat().st_size == 5 << 20


def test_files_without_number_are_refused():
    done = fenced("kept = [open('/dev/zero') for _ in range(200)]", options="open_files=100")

    assert "Too many open files" in done.stderr


def test_no_new_rights_can_be_had():
    done = fenced("print([line for line in open('/proc/self/status') if line.startswith('NoNewPrivs')])")

    assert "NoNewPrivs:\\t1" in done.stdout


@needs_landlock
def test_another_file_cannot_be_read_and_the_one_that_was_named_can(tmp_path):
    mine, other = tmp_path / "mine", tmp_path / "other"
    mine.write_text("mine")
    other.write_text("secret")
    options = f"read=(Path({str(mine)!r}),)"

    assert fenced(f"print(open({str(mine)!r}).read())", options=options).stdout == "mine\n"
    refused = fenced(f"print(open({str(other)!r}).read())", options=options)
    assert ("secret" in refused.stdout, "PermissionError" in refused.stderr) == (False, True)


@needs_landlock
def test_what_is_named_for_reading_cannot_be_written(tmp_path):
    mine = tmp_path / "mine"
    mine.write_text("mine")
    done = fenced(f"open({str(mine)!r}, 'w')", options=f"read=(Path({str(mine)!r}),)")

    assert "PermissionError" in done.stderr
    assert mine.read_text() == "mine"


@needs_landlock
def test_writing_goes_into_the_folder_that_was_named_and_nowhere_else(tmp_path):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    options = f"write=(Path({str(inside)!r}),)"

    assert fenced(f"open({str(inside / 'a')!r}, 'w').write('a')", options=options).returncode == 0
    for attempt in (
        f"open({str(outside / 'a')!r}, 'w')",
        f"Path({str(inside / 'a')!r}).rename({str(outside / 'b')!r})",
    ):
        assert "Error" in fenced(attempt, options=options).stderr
    assert list(outside.iterdir()) == []
    assert (inside / "a").read_text() == "a"


@needs_landlock
@pytest.mark.skipif(HERE.landlock < 4, reason="this Landlock knows no network")
def test_nothing_is_sent_over_the_network():
    done = fenced("import socket\nsocket.create_connection(('127.0.0.1', 9), timeout=1)")

    assert "PermissionError" in done.stderr


@needs_landlock
def test_what_the_process_starts_is_inside_too(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    done = fenced(f"import subprocess\nprint(subprocess.run(['cat', {str(secret)!r}], capture_output=True))")

    assert "Permission denied" in done.stdout
    assert "secret\\n" not in done.stdout


def test_a_playlist_that_names_a_local_file_is_no_video(tmp_path):
    secret = tmp_path / "secret.mp4"
    with VideoWriter(secret) as writer:
        for k in range(10):
            writer.write(__import__("numpy").zeros((64, 64, 3), "uint8"), k / 30)
    playlist = tmp_path / "innocent.mp4"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n")
    options = f"read=(Path({str(playlist)!r}),)"
    by_us = fenced(f"probe({str(playlist)!r})", options=options)

    assert "not a video that can be read here" in by_us.stderr
    if HERE.landlock:  # a second wall, should the first one ever fall
        raw = fenced(
            f"""
            options = {{"allowed_extensions": "ALL", "extension_picky": "0"}}
            with av.open({str(playlist)!r}, format="hls", options=options) as container:
                print(len([1 for _ in container.decode(video=0)]), "frames")
            """,
            options=options,
        )
        assert "frames" not in raw.stdout
        assert raw.returncode != 0


@needs_landlock
def test_a_video_is_decoded_within_the_fence(tmp_path, demo):
    copy = tmp_path / "clip.mp4"
    copy.write_bytes(demo.read_bytes())
    done = fenced(
        f"video, _ = probe({str(copy)!r})\nprint(sum(1 for _ in frames(video, 0, 20)))",
        options=f"read=(Path({str(copy)!r}),)",
    )

    assert done.stdout == "20\n"


def test_a_fence_around_threads_that_run_already_is_refused():
    done = fenced("", options="")
    late = fenced("import threading\nthreading.Thread(target=input, daemon=True).start()\nFence().close()")

    assert done.returncode == 0
    assert "before threads are started" in late.stderr or "EOFError" in late.stderr


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (FenceReport(limits=True, privileges=True, landlock=7), "sees no other file"),
        (FenceReport(limits=True, privileges=True, landlock=0), "lacks a fence around files (Landlock)"),
        (FenceReport(limits=False, privileges=False, landlock=0), "lacks limits on memory and time"),
    ],
)
def test_what_is_missing_is_said_aloud(report, said):
    assert said in report.sentence
    assert report.whole == ("lacks" not in report.sentence)


def test_no_folder_that_holds_a_home_is_kept_open():
    from midstance.video.fencing import _needed  # noqa: PLC0415  # the list is what is looked at

    assert not [path for path in _needed() if Path.home() == path or path in Path.home().parents]
