"""The real program, started as a user starts it."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from pyarrow import parquet

from midstance.model import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROGRAM = [sys.executable, "-m", "midstance"]
FILES = {
    "report.html",
    "annotated.mp4",
    "analysis.json",
    "steps.csv",
    "curves.parquet",
    "keypoints.parquet",
    "left_contact.jpg",
    "left_midstance.jpg",
    "motion.trc",
    "right_contact.jpg",
    "right_midstance.jpg",
}


def midstance(*words: object, **more) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *map(str, words)], capture_output=True, text=True, check=False, timeout=600, **more
    )


def text_file(path: Path) -> None:
    path.write_text("This is a shopping list.\n" * 50, encoding="utf-8")


def empty_file(path: Path) -> None:
    path.touch()


def film(path: Path, frames: int = 40) -> None:
    """Write a clip in which nobody is."""
    grey = np.random.default_rng(0).integers(90, 160, (96, 128, 3), dtype=np.uint8)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 128, 96, "yuv420p"
        for number in range(frames):
            picture = av.VideoFrame.from_ndarray(np.roll(grey, number, axis=1), format="rgb24")
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))


def truncated_file(path: Path) -> None:
    film(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])  # the index stands at the end


def sound_only(path: Path) -> None:
    with av.open(str(path), "w") as file:
        stream = file.add_stream("aac", rate=16000)
        wave = np.sin(np.arange(1024) / 8.0).astype(np.float32)[None]
        for number in range(20):
            frame = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
            frame.rate, frame.pts, frame.time_base = 16000, 1024 * number, Fraction(1, 16000)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def nothing(path: Path) -> None:
    """Leave the file out."""


def folder(path: Path) -> None:
    path.mkdir()


BAD = [text_file, empty_file, truncated_file, sound_only, nothing, folder]


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__)
def test_what_is_no_video_is_one_sentence_and_exit_code_2(tmp_path, make: Callable[[Path], None]):
    clip = tmp_path / "clip.mp4"
    make(clip)

    done = midstance("analyze", clip, "-o", tmp_path / "out")

    assert done.returncode == 2, done.stderr
    sentence = [line for line in done.stderr.splitlines() if line.startswith("midstance: ")]
    assert len(sentence) == 1
    what, where, remedy = sentence[0].removeprefix("midstance: ").split(" · ")
    assert "clip.mp4" in where
    assert min(len(what), len(remedy)) > 10
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == (["clip.mp4"] if clip.exists() else [])


@pytest.mark.usefixtures("weights")
def test_a_clip_without_a_person_is_refused_or_told_and_never_a_crash(tmp_path):
    film(tmp_path / "clip.mp4")

    done = midstance("analyze", tmp_path / "clip.mp4", "-o", tmp_path / "out")

    assert "Traceback" not in done.stderr
    assert done.returncode == 2
    assert "person" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("analyze",), "recording"),
        (("analyze", "clip.mp4"), "--output"),
        (("analyze", "clip.mp4", "-o", "out", "--quality", "best"), "best"),
        (("analyze", "clip.mp4", "-o", "out", "--height", "180"), "180"),
        (("analyze", "clip.mp4", "-o", "out", "--midstance", "noon"), "noon"),
        (("analyze", "clip.mp4", "-o", "out", "--settings", "none.toml"), "none.toml"),
        (("analyse", "clip.mp4", "-o", "out", "--hight", "1.8"), "--hight"),
        (("anlyze",), "anlyze"),
    ],
)
def test_a_wrong_word_is_named_with_exit_code_2(tmp_path, words, said):
    done = midstance(*words, cwd=tmp_path)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_the_one_of_the_package():
    assert midstance("--version").stdout.strip() == "0.1.0"


def test_the_catalogue_is_printed_in_full():
    lines = midstance("metrics").stdout.splitlines()

    assert [line.split()[0] for line in lines[1:]] == list(CATALOGUE)


def test_the_schema_is_json_and_names_the_measures():
    assert "measures" in json.loads(midstance("schema").stdout)["properties"]


def test_a_reader_that_goes_away_is_no_error():
    command = f"{sys.executable} -m midstance schema | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)

    assert done.stdout == "{\n"
    assert done.stderr == ""


@pytest.mark.usefixtures("weights")
def test_listing_the_networks_shows_where_they_are():
    lines = midstance("models", "list").stdout.splitlines()

    assert len(lines) > 3
    assert not any("not here" in line for line in lines)


def test_without_networks_and_network_the_way_out_is_told(tmp_path, demo):
    bare = {**os.environ, "MIDSTANCE_MODELS": str(tmp_path / "none"), "PATH": "", "PIP_NO_INDEX": "1"}

    done = midstance("analyze", demo, "-o", tmp_path / "out", env=bare)

    assert done.returncode == 2
    assert "midstance models fetch" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def whole_way(demo, weights, tmp_path_factory):
    """Analyse the clip of `make demo`, as it does but quickly: the whole way, on every build."""
    assert weights.is_dir()
    out = tmp_path_factory.mktemp("whole") / "out"
    known = ("--height", 1.72, "--speed", 3, "--surface", "treadmill", "--incline", 0)
    done = midstance("analyze", demo, "-o", out, "--quality", "quick", *known)
    assert done.returncode == 0, done.stderr
    return out, done


@pytest.fixture(scope="module")
def measures(whole_way):
    """Return the measures of that analysis."""
    out, _ = whole_way
    return json.loads((out / "analysis.json").read_text(encoding="utf-8"))["measures"]


@pytest.fixture(scope="module")
def truth(demo):
    """Return what the virtual runner of that clip really did."""
    with np.load(demo.with_suffix(".npz")) as arrays:
        return {name: arrays[name] for name in arrays.files}


def test_a_clip_gives_every_file(whole_way):
    out, _ = whole_way

    assert {path.name for path in out.iterdir()} == FILES
    assert [path.name for path in out.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_interval_of_hip_over_ankle_holds_the_truth_on_both_legs(measures, truth, side):
    key = "hip_over_ankle_at_midstance_m"
    (found,) = [one for one in measures if (one["key"], one["side"]) == (key, side)]
    true = float(np.nanmean(truth[key][truth["side"] == side]))

    assert found["low"] <= true <= found["high"]
    assert found["high"] - found["low"] < 0.15


def test_the_end_says_the_answer_the_doubts_and_the_files(whole_way):
    out, done = whole_way

    assert "hip" in done.stdout.lower()
    assert all(str(out / name) in done.stdout for name in FILES)
    for issue in json.loads((out / "analysis.json").read_text(encoding="utf-8"))["issues"]:
        assert f"{issue['severity']}: " in done.stdout


def test_progress_grows_in_lines_to_a_hundred_percent(whole_way):
    _, done = whole_way
    percents = [int(line.split("%")[0]) for line in done.stderr.splitlines() if "%" in line[:5]]

    assert percents == sorted(percents)
    assert percents[0] <= 10
    assert percents[-1] == 100


def test_the_measures_are_a_flat_list_of_known_keys_within_their_intervals(measures):
    from_the_side = {key for key, metric in CATALOGUE.items() if metric.needs == "side"}

    assert {measure["key"] for measure in measures} == from_the_side
    given = [measure for measure in measures if measure["tier"] != "refused"]
    assert len(given) >= 20
    assert all(measure["low"] <= measure["value"] <= measure["high"] for measure in given)


def test_cadence_is_the_true_one(measures, truth):
    (cadence,) = [measure["value"] for measure in measures if measure["key"] == "cadence_spm"]

    assert cadence == pytest.approx(60.0 / np.diff(truth["initial_contact_s"]).mean(), abs=1.0)


def test_steps_alternate_and_midstance_lies_within_each(whole_way):
    out, _ = whole_way
    with (out / "steps.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) >= 8
    assert all(one["side"] != other["side"] for one, other in pairwise(rows))
    for row in rows:
        if row["midstance_s"]:
            assert float(row["initial_contact_s"]) < float(row["midstance_s"]) < float(row["toe_off_s"])


def test_there_is_a_row_of_key_points_for_every_frame_that_was_looked_at(whole_way):
    out, _ = whole_way
    recording = json.loads((out / "analysis.json").read_text(encoding="utf-8"))["recording"]
    rows = parquet.read_table(out / "keypoints.parquet").column("frame").to_pylist()

    assert rows == list(range(0, recording["frames"], 2))  # quick: every second of 60 per second


def test_the_annotated_video_plays(whole_way):
    out, _ = whole_way
    with av.open(str(out / "annotated.mp4")) as file:
        assert file.streams.video[0].codec_context.name == "h264"
        assert sum(1 for _ in file.decode(video=0)) > 100


def test_a_report_is_one_file_that_asks_nothing_of_the_network(whole_way):
    out, _ = whole_way
    text = (out / "report.html").read_text(encoding="utf-8")

    assert 'src="http' not in text
    assert "<link " not in text


@pytest.mark.usefixtures("weights")
def test_the_example_script_prints_both_legs(short_demo, checkout, tmp_path):
    quick = tmp_path / "quick.toml"
    quick.write_text('pose.quality = "quick"\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, checkout / "examples" / "analyse_a_clip.py", short_demo, "1.72", quick],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )

    assert done.returncode == 0, done.stderr
    assert "left: " in done.stdout
    assert "right: " in done.stdout


def hears_ctrl_c():
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX")
@pytest.mark.usefixtures("weights")
def test_ctrl_c_leaves_nothing_half_written(demo, tmp_path):
    running = subprocess.Popen(
        [*PROGRAM, "analyze", str(demo), "-o", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hears_ctrl_c,  # noqa: PLW1509  # a build started in the background hands on deafness
    )
    assert running.stderr is not None
    while int(running.stderr.readline().split("%")[0]) < 10:
        assert running.poll() is None
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to every process of the program
    _, said = running.communicate(timeout=30)

    assert running.returncode == 130
    assert "interrupted" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []
    assert is_gone(running.pid)


def is_gone(group: int) -> bool:
    """Tell whether no process of a group is left, waiting a little for the last ones to go."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
