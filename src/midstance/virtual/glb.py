"""A body and its running strides as one binary glTF file, for any viewer."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.virtual.bones import BONES, PARENTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.virtual.body import Body
    from midstance.virtual.running import Run

    Array = NDArray[np.float64]

__all__ = ["write_glb"]

_KEYS_PER_S = 60.0
_STILL = 1e-4  # a bone that turns less is not animated
_SMALL_NORMALS = "KHR_mesh_quantization"
_FLOAT, _SHORT, _BYTE, _SIGNED, _INDEX, _WIDE_INDEX = 5126, 5122, 5121, 5120, 5123, 5125
_VERTICES, _CORNERS = 34962, 34963
_SHORTS = 65535
_JSON, _BINARY = 0x4E4F534A, 0x004E4942
_SRGB_KNEE = 0.04045


def write_glb(body: Body, runs: Mapping[str, Run], path: Path) -> None:
    """Write a skinned, coloured body with one looped stride of each run.

    Parameters
    ----------
    body
        The surface and its bones.
    runs
        Name of the animation → run of this body, at least two strides long.
    path
        File to write, `.glb`.

    Notes
    -----
    Binary glTF 2.0 with normals in single bytes (KHR_mesh_quantization): one mesh, one skin, one
    animation for each run that begins at a right initial contact and ends at the next. `extras` of an
    animation hold `stride_s`, `speed_m_s`, `cadence_spm`, and for each side the instant of midstance [s]
    and the hip over ankle there [m]. X is forward, Y up, Z to the runner's right; the runner stays about
    the origin.
    """
    chunk = _Chunk()
    mesh = _mesh(body, chunk)
    skin = {"joints": list(range(len(BONES))), "skeleton": 0, "inverseBindMatrices": _bind(body, chunk)}
    content = {
        "extensionsUsed": [_SMALL_NORMALS],
        "extensionsRequired": [_SMALL_NORMALS],
        "asset": {"version": "2.0", "generator": "Midstance", "extras": dict(body.provenance)},
        "scene": 0,
        "scenes": [{"nodes": [0, len(BONES)]}],
        "nodes": [*_nodes(body), {"name": body.name, "mesh": 0, "skin": 0}],
        "meshes": [mesh],
        "skins": [skin],
        "materials": [_MATTE],
        "animations": [_animation(name, body, run, chunk) for name, run in runs.items()],
    }
    content |= {
        "accessors": chunk.accessors,
        "bufferViews": chunk.views,
        "buffers": [{"byteLength": len(chunk.data)}],
    }
    path.write_bytes(_framed(content, bytes(chunk.data)))


_MATTE = {
    "name": "matte",
    "doubleSided": True,
    "pbrMetallicRoughness": {"baseColorFactor": [1.0, 1.0, 1.0, 1.0], "metallicFactor": 0.0},
}


@dataclass(slots=True)
class _Chunk:
    """The binary part of the file, as it grows."""

    data: bytearray = field(default_factory=bytearray)
    views: list[dict[str, Any]] = field(default_factory=list)
    accessors: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self,
        values: NDArray[Any],
        component: int,
        kind: str,
        *,
        target: int = 0,
        normalized: bool = False,
        stride: int = 0,
    ) -> int:
        """Append an array, rows `stride` bytes apart if padded; return the number of its accessor."""
        self.data += b"\0" * (-len(self.data) % 4)
        view: dict[str, Any] = {"buffer": 0, "byteOffset": len(self.data), "byteLength": values.nbytes}
        self.data += np.ascontiguousarray(values).tobytes()
        accessor: dict[str, Any] = {
            "bufferView": len(self.views),
            "componentType": component,
            "count": len(values),
            "type": kind,
        }
        if target:
            view["target"] = target
        if stride:
            view["byteStride"] = stride
        if normalized:
            accessor["normalized"] = True
        self.views.append(view)
        self.accessors.append(accessor)
        return len(self.accessors) - 1

    def bounded(self, values: NDArray[np.float32], kind: str, *, target: int = 0) -> int:
        """Append floats with their smallest and largest value."""
        number = self.add(values, _FLOAT, kind, target=target)
        flat = values.reshape(len(values), -1)
        self.accessors[number] |= {"min": flat.min(axis=0).tolist(), "max": flat.max(axis=0).tolist()}
        return number


def _mesh(body: Body, chunk: _Chunk) -> dict[str, Any]:
    """Return the surface, its arrays appended."""
    corners = body.faces.ravel()
    narrow = len(body.vertices) <= _SHORTS
    faces = chunk.add(
        corners.astype(np.uint16 if narrow else np.uint32),
        _INDEX if narrow else _WIDE_INDEX,
        "SCALAR",
        target=_CORNERS,
    )
    attributes = {
        "POSITION": chunk.bounded(body.vertices.astype(np.float32), "VEC3", target=_VERTICES),
        "NORMAL": chunk.add(_normals(body), _SIGNED, "VEC3", target=_VERTICES, normalized=True, stride=4),
        "COLOR_0": chunk.add(_linear(body.colours), _BYTE, "VEC4", target=_VERTICES, normalized=True),
        "JOINTS_0": chunk.add(body.indices.astype(np.uint8), _BYTE, "VEC4", target=_VERTICES),
        "WEIGHTS_0": chunk.add(_parts(body.weights), _BYTE, "VEC4", target=_VERTICES, normalized=True),
    }
    return {"primitives": [{"attributes": attributes, "indices": faces, "material": 0}]}


def _normals(body: Body) -> NDArray[np.int8]:
    """Return normals of the standing surface as parts of 127, rows padded to four bytes (V, 4)."""
    a, b, c = (body.vertices[body.faces[:, k]].astype(np.float64) for k in range(3))
    across = np.cross(b - a, c - a)
    total = np.zeros((len(body.vertices), 3))
    for k in range(3):
        np.add.at(total, body.faces[:, k], across)
    size = np.linalg.norm(total, axis=1, keepdims=True)
    upright = np.where(size > 0.0, total, [0.0, 1.0, 0.0])
    unit = upright / np.where(size > 0.0, size, 1.0)
    return np.pad(np.round(127.0 * unit), ((0, 0), (0, 1))).astype(np.int8)


def _linear(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return displayed colours (V, 3) as linear light and opacity (V, 4), 0 to 255."""
    shown = colours / 255.0
    light = np.where(shown <= _SRGB_KNEE, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4)
    return np.concatenate([np.round(255.0 * light), np.full((len(light), 1), 255.0)], axis=1).astype(np.uint8)


def _parts(weights: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return weights (V, 4) as whole parts of 255 that sum to 255."""
    parts = np.round(255.0 * weights / weights.sum(axis=1, keepdims=True)).astype(np.int64)
    parts[np.arange(len(parts)), parts.argmax(axis=1)] += 255 - parts.sum(axis=1)
    return np.asarray(parts, dtype=np.uint8)


def _bind(body: Body, chunk: _Chunk) -> int:
    """Append the matrices that bring the standing surface into the frames of the bones."""
    matrices = np.tile(np.eye(4, dtype=np.float32), (len(BONES), 1, 1))
    matrices[:, 3, :3] = -body.pivots  # columns first
    return chunk.add(matrices.reshape(-1, 16), _FLOAT, "MAT4")


def _nodes(body: Body) -> list[dict[str, Any]]:
    """Return the bones, standing."""
    nodes = []
    for i, (name, parent) in enumerate(zip(BONES, PARENTS, strict=True)):
        place = body.pivots[i] - (body.pivots[parent] if parent >= 0 else 0.0)
        node: dict[str, Any] = {"name": name, "translation": place.tolist()}
        if children := [k for k, above in enumerate(PARENTS) if above == i]:
            node["children"] = children
        nodes.append(node)
    return nodes


def _animation(name: str, body: Body, run: Run, chunk: _Chunk) -> dict[str, Any]:
    """Return one looped stride, its keys appended."""
    table = run.truth()
    right = table.contacts.of("right")
    start = float(table.contacts.initial_contact_s[right][0])
    stride = 2.0 * run.running.step_time_s
    count = int(np.ceil(stride * _KEYS_PER_S)) + 1
    since = np.linspace(0.0, stride, count)
    turned, places = body.bones(run.posture(start + since))
    keys = chunk.bounded(since.astype(np.float32), "SCALAR")
    moved = chunk.add(places[:, 0].astype(np.float32), _FLOAT, "VEC3")
    samplers, channels = [_sampler(keys, moved)], [_channel(0, 0, "translation")]
    for i, parent in enumerate(PARENTS):
        local = turned[:, i] if parent < 0 else np.swapaxes(turned[:, parent], 1, 2) @ turned[:, i]
        if np.abs(local - np.eye(3)).max() < _STILL:
            continue
        shorts = np.round(32767.0 * _quaternions(local)).astype(np.int16)
        samplers.append(_sampler(keys, chunk.add(shorts, _SHORT, "VEC4", normalized=True)))
        channels.append(_channel(len(samplers) - 1, i, "rotation"))
    extras: dict[str, Any] = {
        "stride_s": stride,
        "speed_m_s": run.running.speed_m_s,
        "cadence_spm": run.running.cadence_spm,
    }
    for side in ("left", "right"):
        own = int(np.flatnonzero(table.contacts.of(side))[0])
        extras[side] = {
            "midstance_s": float((table.midstances.time_s[own] - start) % stride),
            "hip_over_ankle_m": float(table.values["hip_over_ankle_at_midstance_m"][own]),
        }
    return {"name": name, "samplers": samplers, "channels": channels, "extras": extras}


def _sampler(keys: int, values: int) -> dict[str, Any]:
    """Return how keys are joined."""
    return {"input": keys, "output": values, "interpolation": "LINEAR"}


def _channel(sampler: int, node: int, path: str) -> dict[str, Any]:
    """Return what keys move."""
    return {"sampler": sampler, "target": {"node": node, "path": path}}


def _quaternions(turned: Array) -> Array:
    """Return rotations (T, 3, 3) as unit quaternions x, y, z, w (T, 4) that never jump in sign."""
    from scipy.spatial.transform import Rotation  # noqa: PLC0415  (heavy, and needed here alone)

    found = np.asarray(Rotation.from_matrix(turned).as_quat(), dtype=np.float64)
    jumps = np.sum(found[1:] * found[:-1], axis=1) < 0.0
    return found * np.where(np.append(False, np.cumsum(jumps) % 2 == 1), -1.0, 1.0)[:, None]


def _framed(content: dict[str, Any], data: bytes) -> bytes:
    """Return the whole file: header, text and binary part."""
    text = json.dumps(content, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    data += b"\0" * (-len(data) % 4)
    parts = struct.pack("<II", len(text), _JSON) + text + struct.pack("<II", len(data), _BINARY) + data
    return struct.pack("<4sII", b"glTF", 2, 12 + len(parts)) + parts
