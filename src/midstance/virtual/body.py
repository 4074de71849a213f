"""A person's surface that follows a posture, and the joints that move it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import InputError
from midstance.model import BODY, SIDES
from midstance.virtual.bones import BONES, PARENTS, bone_rotations
from midstance.virtual.posture import Build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from midstance.virtual.posture import Posture

__all__ = ["BODIES", "MATERIALS", "Body", "load_body"]

BODIES: tuple[str, ...] = ("slim_woman", "sturdy_woman", "lean_man", "heavy_man")
"""The bodies that are shipped."""

MATERIALS: tuple[str, ...] = ("skin", "hair", "cloth", "tight", "sock", "shoe", "sole")
"""What the parts of a body are made of: the meaning of the numbers in `Body.material`."""

_STEP_M = 0.0001  # the stored unit of length
_FULL = 255  # the stored unit of a weight
_HIP_BEHIND = 0.005  # of stature: landmarks put the joint behind the point about which the thighs turn
_CARRIER = {"nose": "head", "ear": "head", "heel": "foot", "toe": "toes", "ball": "toes"}
_PIVOT = {
    "shoulder": "upper_arm",
    "elbow": "forearm",
    "hip": "thigh",
    "knee": "shank",
    "ankle": "foot",
}


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """One person in running clothes, standing straight with the middle of the hips over the origin.

    Parameters
    ----------
    name
        One of `BODIES`.
    vertices
        Standing, sole of the shoes at height 0 (V, 3) [m]: X forward, Y up, Z to the runner's right.
    faces
        Three corners each, counter-clockwise seen from outside (F, 3).
    colours
        Displayed red, green, blue of each vertex (V, 3), 0 to 255.
    material
        Index into `MATERIALS` of each vertex (V,); the corners of a face have one material.
    indices, weights
        Up to four of the `BONES` that carry a vertex (V, 4), and their parts, which sum to 1 (V, 4).
    seams
        The place on the surface of each vertex (V,): vertices that differ in colour only share it, and
        their normal.
    pivots
        Where each of the `BONES` turns (B, 3) [m], standing.
    points
        Points fixed to a bone: nose, ears, wrists, heels, tips of the shoes (3,) [m], standing.
    build
        The lengths between these joints.
    provenance
        Source, version, parameters, licence and script of the surface.

    Notes
    -----
    The hip joint centres are placed by anthropometry and uncertain by ±2 cm fore and aft against the
    surface: see the explanation of the virtual runner.
    """

    name: str
    vertices: NDArray[np.float32]
    faces: NDArray[np.int32]
    colours: NDArray[np.uint8]
    material: NDArray[np.uint8]
    indices: NDArray[np.uint8]
    weights: NDArray[np.float32]
    seams: NDArray[np.int64]
    pivots: NDArray[np.float64]
    points: Mapping[str, NDArray[np.float64]]
    build: Build
    provenance: Mapping[str, str]

    def bones(self, posture: Posture) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return how every bone is turned and where its pivot is.

        Parameters
        ----------
        posture
            T instants.

        Returns
        -------
        tuple of ndarray
            Rotations from standing to the lab (T, B, 3, 3), and pivots in the lab (T, B, 3) [m], in the
            order of `BONES`.
        """
        turned = bone_rotations(posture)
        places = np.empty(turned.shape[:3])
        middle = np.array([0.0, self._hip_height_m, 0.0])
        for i, parent in enumerate(PARENTS):
            if parent < 0:
                places[:, i] = posture.root_m + turned[:, i] @ (self.pivots[i] - middle)
            else:
                places[:, i] = places[:, parent] + turned[:, parent] @ (self.pivots[i] - self.pivots[parent])
        return turned, places

    def joints(self, posture: Posture) -> dict[str, NDArray[np.float64]]:
        """Return the true joint centres and surface points.

        Parameters
        ----------
        posture
            T instants.

        Returns
        -------
        dict of str to ndarray
            The names of `model.BODY`, and `left_ball`, `right_ball`, each (T, 3) in the lab [m]. Heel
            and toe are the back and the tip of the shoe at the height of its sole.
        """
        turned, places = self.bones(posture)
        found: dict[str, NDArray[np.float64]] = {}
        for name in (*BODY.names, *(f"{side}_ball" for side in SIDES)):
            side, _, part = name.rpartition("_")
            if part in _PIVOT:
                found[name] = places[:, BONES.index(f"{side}_{_PIVOT[part]}")]
                continue
            carrier = _CARRIER.get(part, "forearm")
            i = BONES.index(carrier if carrier == "head" else f"{side}_{carrier}")
            found[name] = places[:, i] + turned[:, i] @ (self.points[name] - self.pivots[i])
        return found

    def landmark_joints(self, posture: Posture) -> dict[str, NDArray[np.float64]]:
        """Return the joints, the hips where a laboratory would put them by the landmarks of the pelvis.

        Parameters
        ----------
        posture
            T instants.

        Returns
        -------
        dict of str to ndarray
            As from `joints`; hip joint centres fixed to the pelvis, 5 ‰ of stature (9 mm) behind the
            points about which the thighs turn: the mean of four ways to place them on these bodies,
            which differ by 1 cm (see the explanation of the virtual runner).
        """
        turned, _ = self.bones(posture)
        found = self.joints(posture)
        behind = turned[:, BONES.index("pelvis")] @ np.array([-_HIP_BEHIND * self.build.stature_m, 0.0, 0.0])
        return found | {name: found[name] + behind for name in ("left_hip", "right_hip")}

    def posed(self, posture: Posture) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the surface at one instant.

        Parameters
        ----------
        posture
            One instant.

        Returns
        -------
        tuple of ndarray
            Vertices in the lab (V, 3) [m], and unit normals pointing outwards (V, 3).
        """
        turned, places = self.bones(posture)
        shift = places[0] - np.einsum("bij,bj->bi", turned[0], self.pivots)
        moves = np.concatenate([turned[0], shift[:, :, None]], axis=2).reshape(len(BONES), 12)
        each = np.einsum("vk,vkm->vm", self.weights, moves.astype(np.float32)[self.indices])
        each = each.reshape(-1, 3, 4)
        vertices = np.einsum("vij,vj->vi", each[:, :, :3], self.vertices) + each[:, :, 3]
        return vertices, _normals(vertices, self.faces, self.seams)

    @property
    def _hip_height_m(self) -> float:
        """Return the height of the hip joint centres when standing."""
        return float(self.pivots[BONES.index("right_thigh"), 1])


def load_body(name: str) -> Body:
    """Return one of the shipped bodies.

    Parameters
    ----------
    name
        One of `BODIES`.

    Returns
    -------
    Body
        Read once, then remembered.

    Raises
    ------
    InputError
        If there is no such body.
    """
    if name not in BODIES:
        raise InputError(f"there is no body '{name}'; choose one of {', '.join(BODIES)}")
    return _loaded(name)


@lru_cache(maxsize=len(BODIES))
def _loaded(name: str) -> Body:
    """Read a body from its file."""
    with (files("midstance.virtual") / "bodies" / f"{name}.npz").open("rb") as file, np.load(file) as kept:
        held = {key: kept[key] for key in kept.files}
    pivots = held["pivots_m"].astype(np.float64)
    points = dict(zip(held["point_names"].tolist(), held["points_m"].astype(np.float64), strict=True))
    return Body(
        name=name,
        vertices=held["vertices"].astype(np.float32) * np.float32(_STEP_M),
        faces=held["faces"].astype(np.int32),
        colours=held["colours"],
        material=held["material"],
        indices=held["indices"],
        weights=held["weights"].astype(np.float32) / np.float32(_FULL),
        seams=_seams(held["vertices"], held["material"]),
        pivots=pivots,
        points=points,
        build=_build(pivots, points, float(held["stature_m"])),
        provenance=dict(held["provenance"].tolist()),
    )


def _build(pivots: NDArray[np.float64], points: Mapping[str, NDArray[np.float64]], stature_m: float) -> Build:
    """Return the lengths between the joints, standing."""
    at = {bone: pivots[i] for i, bone in enumerate(BONES)}
    hip, knee, ankle = (at[f"right_{part}"] for part in ("thigh", "shank", "foot"))
    shoulder, elbow = at["right_upper_arm"], at["right_forearm"]
    return Build(
        stature_m=stature_m,
        hip_half_m=float(hip[2]),
        thigh_m=float(hip[1] - knee[1]),
        shank_m=float(knee[1] - ankle[1]),
        ankle_height_m=float(ankle[1]),
        heel_back_m=float(ankle[0] - points["right_heel"][0]),
        ball_ahead_m=float(points["right_ball"][0] - ankle[0]),
        toe_ahead_m=float(points["right_toe"][0] - ankle[0]),
        shoulder_half_m=float(shoulder[2]),
        trunk_m=float(shoulder[1] - hip[1]),
        shoulder_ahead_m=float(shoulder[0] - hip[0]),
        upper_arm_m=float(shoulder[1] - elbow[1]),
        forearm_m=float(elbow[1] - points["right_wrist"][1]),
    )


def _seams(vertices: NDArray[np.int16], material: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return one number for all vertices of one material at one place (V,)."""
    places = np.concatenate([vertices, material[:, None].astype(np.int16)], axis=1)
    return np.unique(places, axis=0, return_inverse=True)[1].ravel()


def _normals(
    vertices: NDArray[np.float32], faces: NDArray[np.int32], seams: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return unit normals of the vertices (V, 3): the mean of the faces around, by their area."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    corners = seams[faces].ravel()
    total = [np.bincount(corners, np.repeat(across[:, k], 3)) for k in range(3)]
    unit = np.stack(total, axis=1)
    unit = unit / np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-12)
    return np.asarray(unit[seams], dtype=np.float32)
