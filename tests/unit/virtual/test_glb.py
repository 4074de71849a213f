"""The model runner as a binary glTF file: read back by the format's own rules."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest

from midstance.virtual.body import load_body
from midstance.virtual.bones import BONES
from midstance.virtual.glb import write_glb
from midstance.virtual.running import Running

KINDS = {5120: np.int8, 5121: np.uint8, 5122: np.int16, 5123: np.uint16, 5125: np.uint32, 5126: np.float32}
SIZES = {"SCALAR": 1, "VEC3": 3, "VEC4": 4, "MAT4": 16}


@pytest.fixture(scope="module")
def body():
    return load_body("lean_man")


@pytest.fixture(scope="module")
def run(body):
    return Running()(body.build, 3.0, body.joints)


@pytest.fixture(scope="module")
def written(body, run, tmp_path_factory):
    path = tmp_path_factory.mktemp("glb") / "runner.glb"
    write_glb(body, {"neutral": run, "again": run}, path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def read(written):
    magic, version, long = struct.unpack("<4sII", written[:12])
    assert (magic, version, long) == (b"glTF", 2, len(written))
    size, kind = struct.unpack("<I4s", written[12:20])
    assert (kind, size % 4) == (b"JSON", 0)
    rest = 20 + size
    data_size, data_kind = struct.unpack("<I4s", written[rest : rest + 8])
    assert (data_kind, data_size % 4, rest + 8 + data_size) == (b"BIN\0", 0, len(written))
    return json.loads(written[20:rest]), written[rest + 8 :]


def array(read, number):
    """Return an accessor's values (count, size)."""
    gltf, data = read
    accessor = gltf["accessors"][number]
    view = gltf["bufferViews"][accessor["bufferView"]]
    dtype, size = np.dtype(KINDS[accessor["componentType"]]), SIZES[accessor["type"]]
    row = view.get("byteStride", size * dtype.itemsize) // dtype.itemsize
    flat = np.frombuffer(data, dtype, accessor["count"] * row, view["byteOffset"])
    return flat.reshape(-1, row)[:, :size]


def test_it_is_small(written):
    assert len(written) < 1_000_000


def test_every_view_lies_in_the_data_and_is_aligned(read):
    gltf, data = read
    for view in gltf["bufferViews"]:
        assert view["byteOffset"] % 4 == 0
        assert view["byteOffset"] + view["byteLength"] <= len(data)
    for accessor in gltf["accessors"]:
        view = gltf["bufferViews"][accessor["bufferView"]]
        row = SIZES[accessor["type"]] * np.dtype(KINDS[accessor["componentType"]]).itemsize
        assert accessor["count"] * view.get("byteStride", row) == view["byteLength"]


def test_surface_is_that_of_the_body(read, body):
    part = read[0]["meshes"][0]["primitives"][0]
    names = part["attributes"]
    np.testing.assert_allclose(array(read, names["POSITION"]), body.vertices)
    np.testing.assert_array_equal(array(read, part["indices"]).reshape(-1, 3), body.faces)
    assert (array(read, names["WEIGHTS_0"]).astype(int).sum(axis=1) == 255).all()
    assert array(read, names["JOINTS_0"]).max() < len(BONES)
    normals = array(read, names["NORMAL"]).astype(float) / 127.0
    np.testing.assert_allclose(np.linalg.norm(normals, axis=1), 1.0, atol=0.02)


def test_bones_hang_on_one_another_once(read):
    nodes = read[0]["nodes"]
    children = [child for node in nodes for child in node.get("children", [])]
    assert sorted(children) == list(range(1, len(BONES)))
    assert [node["name"] for node in nodes[: len(BONES)]] == list(BONES)


def test_keys_stand_the_bones_as_the_run_does_and_the_loop_closes(read, body, run):
    gltf = read[0]
    move = gltf["animations"][0]
    start = run.contacts.initial_contact_s[run.contacts.of("right")][0]
    samplers = [move["samplers"][channel["sampler"]] for channel in move["channels"]]
    keys = array(read, samplers[0]["input"]).ravel()
    turned, places = body.bones(run.posture(start + keys[[0, 11]].astype(float)))
    for channel, sampler in zip(move["channels"], samplers, strict=True):
        values = array(read, sampler["output"]).astype(float)
        np.testing.assert_allclose(np.abs(values[0]), np.abs(values[-1]), atol=40.0)
        if channel["target"]["path"] == "translation":
            np.testing.assert_allclose(values[[0, 11]], places[:, 0], atol=1e-6)
        elif BONES[channel["target"]["node"]] == "right_thigh":
            x, y, z, w = values[11] / 32767.0
            local = turned[1, BONES.index("pelvis")].T @ turned[1, BONES.index("right_thigh")]
            assert local[1, 0] == pytest.approx(2 * (x * y + z * w), abs=1e-3)
            assert local[0, 2] == pytest.approx(2 * (x * z + y * w), abs=1e-3)
    assert keys[-1] == pytest.approx(2.0 * run.running.step_time_s, abs=1e-6)
    assert move["extras"]["right"]["hip_over_ankle_m"] == pytest.approx(0.06, abs=1e-3)
