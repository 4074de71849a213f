"""Scenarios read from TOML."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.errors import InputError, SettingsError
from midstance.video import probe
from midstance.virtual.scenario import Scenario, read_scenario, render


def written(folder, text):
    path = folder / "scenario.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_says_what_it_means(checkout):
    scenario = read_scenario(checkout / "examples" / "scenario.toml")

    assert scenario.clip.body == "slim_woman"
    assert scenario.running.hip_over_ankle_m == pytest.approx(0.04)
    assert scenario.camera.rate_hz == 60.0
    assert scenario.filming().camera.seed == scenario.filming().sensor.seed == scenario.clip.seed == 1


@pytest.mark.parametrize("view", ["side", "rear"])
def test_the_clips_of_the_demonstration_come_from_their_scenarios(checkout, view):
    folder = checkout / "examples" / "demo"
    scenario = read_scenario(folder / f"{view}.toml")
    run, camera = scenario.run(), scenario.filming().camera
    truth, video = np.load(folder / f"{view}.npz"), probe(folder / f"{view}.mp4")[0]

    assert video.frames == len(truth["time_s"]) == len(camera.time_s(run.duration_s))
    assert (video.width_px, video.height_px) == (camera.width_px, camera.height_px)
    for key, values in run.truth().values.items():
        np.testing.assert_allclose(truth[key], values, atol=1e-4, err_msg=key)


def test_the_clips_of_the_demonstration_are_small(checkout):
    files = (checkout / "examples" / "demo").iterdir()

    assert sum(file.stat().st_size for file in files) < 2_000_000


def test_an_empty_file_is_the_usual_scenario(tmp_path):
    assert read_scenario(written(tmp_path, "")) == Scenario()


def test_a_street_is_run_over_ground(tmp_path):
    scenario = read_scenario(written(tmp_path, "[clip]\nplace = 'street'\nduration_s = 1.0\n"))

    assert scenario.run().running.surface == "overground"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[clip]\nbody = 'nobody'\n", r"body is 'nobody', not 'slim_woman'.*line 2"),
        ("[camera]\nheight_m = 'high'\n", r"height_m is 'high', not a number.*line 2, \[camera\]"),
        ("[camera]\nzoom = 2\n", r"no setting 'zoom'.*line 2"),
        ("[weather]\nrain = true\n", r"no table 'weather'.*use one of clip, running"),
        ("[clip]\nduration_s = 0\n", r"duration_s is 0.*take more than 0"),
        ("[clip\n", r"not a TOML file"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_place(tmp_path, text, said):
    with pytest.raises(SettingsError, match=said):
        read_scenario(written(tmp_path, text))


def test_a_missing_file_and_a_wrong_ending_are_said(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_scenario(tmp_path / "none.toml")
    with pytest.raises(InputError, match=r"\.mp4"):
        render(written(tmp_path, ""), tmp_path / "clip.avi")


def test_a_scenario_becomes_a_video_and_its_truth(tmp_path):
    small = "[camera]\nwidth_px = 136\nheight_px = 240\nfocal_px = 260.0\nrate_hz = 15.0\n"
    files = render(written(tmp_path, f"[clip]\nduration_s = 1.0\n{small}"), tmp_path / "clip.mp4")

    assert [f.name for f in files] == ["clip.mp4", "clip.npz"]
    assert all(f.stat().st_size > 1000 for f in files)
    assert len(np.load(files[1])["time_s"]) == 16
