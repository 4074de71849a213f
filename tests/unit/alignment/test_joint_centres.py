"""Markers of a made-up runner give back the joint centres they were made from."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.alignment import joint_centres
from midstance.errors import DataError
from midstance.model import SIDES, Code

from .made_up_runner import MARKERS, motion, renamed, runner, without

INNER = ("LKNM", "RKNM", "LANM", "RANM")
CENTRES_IN_FILE = ("LHJC", "RHJC")
JOINTS = [f"{side}_{joint}" for side in SIDES for joint in ("hip", "knee", "ankle")]


def off_m(found, truth, names=JOINTS):
    return max(np.nanmax(np.linalg.norm(found.motion.point(name) - truth[name], axis=1)) for name in names)


def codes(found):
    return [issue.code for issue in found.issues]


def test_joint_centres_are_carried_from_standing():
    run, truth = runner()
    static, _ = runner(still=True)
    found = joint_centres(without(run, *INNER, *CENTRES_IN_FILE), static, MARKERS)
    assert off_m(found, truth) < 1e-9
    assert found.issues == ()
    assert "carried by 4 markers" in found.how["left_knee"]


def test_a_centre_in_the_file_comes_before_the_regression():
    run, _ = runner()
    static, _ = runner(still=True)
    static.point("RHJC")[:, 0] += 0.02
    found = joint_centres(without(run, *CENTRES_IN_FILE), static, MARKERS)
    assert "given in the file" in found.how["right_hip"]
    assert np.allclose(found.motion.point("right_hip") - run.point("RHJC"), [0.02, 0.0, 0.0])


def test_the_hip_follows_the_published_regression():
    run, _ = runner()
    static, _ = runner(still=True)
    found = joint_centres(without(run, *CENTRES_IN_FILE), without(static, *CENTRES_IN_FILE), MARKERS)
    front = 0.5 * (run.point("LASI") + run.point("RASI"))
    expected = np.array([-0.24 * 180 - 9.9, -0.30 * 240 - 10.9, 0.33 * 240 + 7.3]) / 1000
    assert np.allclose(found.motion.point("right_hip") - front, expected)
    assert np.allclose(found.motion.point("left_hip") - front, expected * [1, 1, -1])
    assert "Harrington" in found.how["left_hip"]


def test_without_a_static_trial_the_run_gives_the_shapes():
    run, truth = runner()
    found = joint_centres(run, None, MARKERS)
    assert off_m(found, truth) < 1e-6
    assert codes(found) == [Code.NO_STATIC]
    assert np.isnan(found.standing.foot_pitch_deg["left"])
    assert found.standing.leg_length_m["left"] == pytest.approx(0.82, abs=1e-6)


def test_without_inner_markers_half_widths_are_guessed_and_their_doubt_is_said():
    run, truth = runner()
    found = joint_centres(without(run, *INNER), None, MARKERS)
    assert off_m(found, truth) < 0.005
    warning = found.issues[-1]
    assert warning.code is Code.NO_STATIC
    assert "uncertain (SD) by about knee 0." in warning.sentence


def test_a_marker_of_a_cluster_may_be_lost():
    run, truth = runner()
    static, _ = runner(still=True)
    for label in ("LTH2", "RSH1", "LMT1"):
        run.point(label)[40:120] = np.nan
    found = joint_centres(run, static, MARKERS)
    assert off_m(found, truth) < 1e-9
    lost = np.linalg.norm(found.motion.point("left_mt1") - runner()[0].point("LMT1"), axis=1)
    assert lost.max() < 1e-9
    assert codes(found) == [Code.MARKER_GAPS]


def test_with_two_markers_left_the_joint_is_unseen():
    run, _ = runner()
    static, _ = runner(still=True)
    for label in ("LTH2", "LTH3"):
        run.point(label)[40:120] = np.nan
    knee = joint_centres(run, static, MARKERS).motion.point("left_knee")
    assert np.isnan(knee[41:119]).all()
    assert np.isfinite(knee[:40]).all()


def test_one_loose_marker_hardly_moves_the_joint():
    run, truth = runner()
    static, _ = runner(still=True)
    run.point("LTH2")[:] += [0.03, 0.0, 0.0]
    found = joint_centres(run, static, MARKERS)
    plain = 0.03 / 4  # what the mean of four markers would move by
    assert np.abs(found.motion.point("left_hip") - truth["left_hip"]).max() < 1e-9
    assert np.linalg.norm(found.motion.point("left_knee") - truth["left_knee"], axis=1).max() < 2.5 * plain


def test_swapped_metatarsals_are_put_right():
    run, _ = runner()
    static, _ = runner(still=True)
    swapped = renamed(run, {"RMT1": "RMT5", "RMT5": "RMT1"})
    found = joint_centres(swapped, static, MARKERS)
    assert np.allclose(found.motion.point("right_mt1"), run.point("RMT1"))
    assert codes(found) == [Code.MARKERS_SWAPPED]
    assert "throughout" in found.issues[0].sentence


def test_a_swap_in_part_of_the_run_is_put_right_there():
    run, _ = runner()
    static, _ = runner(still=True)
    broken = {name: run.point(name).copy() for name in run.skeleton.names}
    broken["LMT1"][50:80], broken["LMT5"][50:80] = run.point("LMT5")[50:80], run.point("LMT1")[50:80]
    found = joint_centres(motion(broken, run.time_s), static, MARKERS)
    assert np.allclose(found.motion.point("left_mt5"), run.point("LMT5"))
    assert "15.0 % of the frames" in found.issues[0].sentence


def test_a_run_given_as_static_is_refused():
    run, _ = runner()
    with pytest.raises(DataError, match="nobody stands still"):
        joint_centres(run, run, MARKERS)


def test_missing_markers_are_listed_with_the_labels_that_would_serve():
    run, _ = runner()
    static, _ = runner(still=True)
    bare = without(static, "LASI", "RANL", "RANM")
    with pytest.raises(DataError, match=r"left_asis \(LASI\); right_ankle_lateral \(RANL\)"):
        joint_centres(without(run, *CENTRES_IN_FILE), bare, MARKERS)


def test_hips_given_in_the_run_need_no_pelvis():
    run, truth = runner()
    static, _ = runner(still=True)
    pelvis = ("LASI", "RASI", "LPSI", "RPSI")
    found = joint_centres(without(run, *pelvis), without(static, *pelvis), MARKERS)
    assert off_m(found, truth) < 1e-9
    assert np.isnan(found.motion.point("left_asis")).all()
    assert np.isfinite(found.standing.foot_pitch_deg["left"])


def test_a_cluster_that_is_not_in_both_trials_is_named():
    run, _ = runner()
    static, _ = runner(still=True)
    bare = without(run, *INNER, "RSH1", "RSH2", "RSH3", "RSH4")
    with pytest.raises(DataError, match=r"the right ankle cannot be placed: .* right shank"):
        joint_centres(bare, static, MARKERS)


def test_standing_tells_pitch_lean_and_lengths():
    static, truth = runner(still=True)
    standing = joint_centres(runner()[0], static, MARKERS).standing
    for side in SIDES:
        letter = side[0].upper()
        middle = 0.5 * (static.point(f"{letter}MT1") + static.point(f"{letter}MT5"))[0]
        line = middle - static.point(f"{letter}HEE")[0]
        assert standing.foot_pitch_deg[side] == pytest.approx(np.degrees(np.arctan2(line[1], line[0])))
        ahead = (truth[f"{side}_hip"] - truth[f"{side}_ankle"])[0, 0]
        assert standing.hip_over_ankle_m[side] == pytest.approx(ahead)
    assert standing.pelvis_width_m == pytest.approx(0.24)
    assert standing.pelvis_depth_m == pytest.approx(0.18)
    assert standing.pelvic_tilt_deg == pytest.approx(0.0, abs=1e-9)


def test_standing_turned_about_the_vertical_tells_the_same():
    static, _ = runner(still=True)
    turn = np.radians(25.0)
    about_up = np.array([[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]])
    straight = joint_centres(runner()[0], static, MARKERS).standing
    turned = joint_centres(runner()[0], static.with_points(static.points @ about_up.T), MARKERS).standing
    assert turned.hip_over_ankle_m["left"] == pytest.approx(straight.hip_over_ankle_m["left"])
    assert turned.foot_pitch_deg["right"] == pytest.approx(straight.foot_pitch_deg["right"])
