"""Paths of joint centres and landmarks, segment by segment, from the pelvis outwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.alignment.body_paths import Body
from midstance.alignment.hip_regression import regression_hip
from midstance.alignment.marker_paths import fixed_to, missing_landmarks, seen_labels
from midstance.errors import DataError
from midstance.model import SIDES, MarkerSet, Motion, Side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from midstance.alignment.rest_shapes import Segment

    Array = NDArray[np.float64]

__all__ = ["HALF_WIDTH_OF_SHANK", "whole_body"]

HALF_WIDTH_OF_SHANK = {"knee": (0.144, 0.011), "ankle": (0.1005, 0.006)}
"""Half the distance between outer and inner marker as a share of outer knee to outer ankle: mean, SD.

From the 24 legs of the 12 standing runners of Fukuchi et al. 2017 (doi 10.7717/peerj.3298) at hand, markers
included.
"""
_INNER_ANKLE_AHEAD_DEG = 15.5  # against the hips while running, same 24 legs: SD 4.5°
_INNER_ANKLE_ABOVE_DEG = 14.0  # across the shank
_GIVEN = "centre given in the file"


def _carried(part: Segment) -> str:
    return f"carried by {len(part.carriers)} markers"


def _at_rest(body: Body, part: Segment | None) -> tuple[Array | None, Array | None, Array | None]:
    """Return left ASIS, right ASIS and the middle of the PSIS at rest, None where unknown."""
    if part is None:
        return None, None, None
    left, right = (body.rest(part, f"{side}_psis") for side in SIDES)
    back = body.rest(part, "sacrum") if left is None or right is None else np.asarray(0.5 * (left + right))
    return body.rest(part, "left_asis"), body.rest(part, "right_asis"), back


def _given_hips(body: Body) -> bool:
    """Put the hips that the run itself holds; return whether it holds both."""
    given = {side: path for side in SIDES if (path := body.seen(f"{side}_hip")) is not None}
    for side, path in given.items():
        body.put(f"{side}_hip", path, _GIVEN)
    return len(given) == len(SIDES)


def _pelvis(body: Body) -> dict[Side, Array | None]:
    """Put hips, ASIS and PSIS; return the hips at rest."""
    whole, part = _given_hips(body), body.part("pelvis")
    left, right, back = _at_rest(body, part)
    if part is None or left is None or right is None or back is None:
        if whole:
            return dict.fromkeys(SIDES)
        needed = [("left_asis",), ("right_asis",), ("left_psis", "right_psis", "sacrum")]
        raise missing_landmarks(needed, body.marker_set, "pelvis, seen both standing and running")
    hips: dict[Side, Array | None] = {}
    for side, asis in zip(SIDES, (left, right), strict=True):
        psis = body.rest(part, f"{side}_psis")
        body.put(f"{side}_asis", part.pose.carried(asis), f"own marker at rest, {_carried(part)}")
        whose = "the sacrum stands for it" if psis is None else "own marker at rest"
        body.put(
            f"{side}_psis", part.pose.carried(back if psis is None else psis), f"{whose}, {_carried(part)}"
        )
        hips[side] = _hip(body, part, side, regression_hip(left, right, back, side))
    return hips


def _hip(body: Body, part: Segment, side: Side, regression: Array) -> Array:
    """Put a hip that the run does not hold itself; return it at rest."""
    rest = body.rest(part, f"{side}_hip")
    source = "regression on pelvic width and depth (Harrington 2007)" if rest is None else _GIVEN
    rest = regression if rest is None else rest
    if f"{side}_hip" not in body.paths:
        body.put(f"{side}_hip", part.pose.carried(rest), f"{source}, {_carried(part)} of the pelvis")
    return rest


def _rightward(body: Body, part: Segment) -> Array:
    """Return the runner's right in a segment's rest posture: the mean line of the hips seen from it."""
    across = body.paths["right_hip"] - body.paths["left_hip"]
    seen = np.einsum("tji,tj->ti", part.pose.rotation, across)
    mean = np.nanmean(seen, axis=0)
    return np.asarray(mean / np.linalg.norm(mean))


def _unit(vector: Array) -> Array:
    return np.asarray(vector / np.linalg.norm(vector))


def _into_ankle(body: Body, part: Segment, side: Side, outer: Array, half_m: float) -> Array:
    """Return the way from the outer malleolus to the inner one at rest, which lies ahead and higher."""
    right = _rightward(body, part)
    inward = -right if side == "right" else right
    knee = np.nanmean(part.pose.at_rest(body.paths[f"{side}_knee"]), axis=0)
    up = _unit(knee - outer - half_m * inward)
    inward = _unit(inward - up * (inward @ up))
    forward = np.cross(up, -inward if side == "right" else inward)
    turn, rise = np.radians(_INNER_ANKLE_AHEAD_DEG), np.radians(_INNER_ANKLE_ABOVE_DEG)
    level = np.cos(turn) * inward + np.sin(turn) * forward
    return np.asarray(np.cos(rise) * level + np.sin(rise) * up)


def _inward(body: Body, part: Segment, side: Side, joint: str, outer: Array, half_m: float) -> Array:
    """Return the way from the outer to the inner marker at rest."""
    if joint == "ankle":
        return _into_ankle(body, part, side, outer, half_m)
    return _rightward(body, part) * (-1.0 if side == "right" else 1.0)


def _outer_middle(
    body: Body, part: Segment, side: Side, joint: str, shank_m: float
) -> tuple[Array, str] | None:
    """Return a joint centre at rest from its outer and, where there is one, inner marker."""
    outer, inner = (body.rest(part, f"{side}_{joint}_{face}") for face in ("lateral", "medial"))
    if outer is None:
        return None
    if inner is not None:
        return np.asarray(0.5 * (outer + inner)), "middle of the inner and outer marker"
    half = HALF_WIDTH_OF_SHANK[joint][0] * shank_m
    inward = _inward(body, part, side, joint, outer, half)
    return outer + half * inward, f"{100 * half:.1f} cm inside the outer marker (half width by regression)"


def _joint(body: Body, part: Segment | None, side: Side, joint: str, shank_m: float) -> Array | None:
    """Put a knee or ankle; return it at rest, None where only its path is known."""
    point, given = f"{side}_{joint}", body.seen(f"{side}_{joint}")
    rest = None if part is None else body.rest(part, point)
    if given is not None:
        body.put(point, given, _GIVEN)
        return rest
    found = None if part is None else _outer_middle(body, part, side, joint, shank_m)
    if rest is not None:
        found = (rest, _GIVEN)
    if part is None or found is None:
        _unfixed_joint(body, side, joint)
        return None
    body.put(point, part.pose.carried(found[0]), f"{found[1]}, {_carried(part)}")
    return found[0]


def _unfixed_joint(body: Body, side: Side, joint: str) -> None:
    """Put a knee or ankle straight from its two markers in the run, or say what is missing."""
    outer, inner = (body.seen(f"{side}_{joint}_{face}") for face in ("lateral", "medial"))
    if outer is not None and inner is not None:
        body.put(
            f"{side}_{joint}", 0.5 * (outer + inner), "middle of the inner and outer marker in every frame"
        )
        return
    segment_name = f"{side}_{'thigh' if joint == 'knee' else 'shank'}"
    there = fixed_to(segment_name, body.marker_set, body.labels)
    raise DataError(
        f"the {side} {joint} cannot be placed: of the markers fixed to the {segment_name.replace('_', ' ')} "
        f"only {', '.join(there) or 'none'} are seen in both the static trial and the run; three are needed",
        f"marker set {body.marker_set.name!r}",
        "map three markers to the segment, or both the inner and outer marker of the joint",
    )


def _shank_length(body: Body, side: Side) -> float:
    """Return the distance from outer knee to outer ankle marker [m], NaN where one is missing."""
    ends = [f"{side}_knee_lateral", f"{side}_ankle_lateral"]
    if body.posture is not None:
        labels = [body.marker_set.marker(name, body.posture) for name in ends]
        points = [body.posture[label] for label in labels if label is not None]
        return float(np.linalg.norm(points[0] - points[1])) if len(points) == len(ends) else float("nan")
    paths = [body.seen(name) for name in ends]
    if paths[0] is None or paths[1] is None:
        return float("nan")
    return float(np.nanmedian(np.linalg.norm(paths[0] - paths[1], axis=1)))


def _leg(body: Body, side: Side, hip: Array | None) -> None:
    shank_m = _shank_length(body, side)
    rest_hip = None if body.posture is None else hip
    thigh = body.part(f"{side}_thigh", (f"{side}_hip", body.paths[f"{side}_hip"], rest_hip))
    knee = _joint(body, thigh, side, "knee", shank_m)
    rest_knee = None if body.posture is None else knee
    shank = body.part(f"{side}_shank", (f"{side}_knee", body.paths[f"{side}_knee"], rest_knee))
    _joint(body, shank, side, "ankle", shank_m)


def _own(body: Body, part: Segment | None, landmark: str) -> tuple[Array, str] | None:
    """Return the path of a landmark's own marker, its gaps bridged by the rest of its segment."""
    path = body.seen(landmark)
    rest = None if part is None else body.rest(part, landmark)
    if part is None or rest is None:
        return None if path is None else (path, "own marker")
    carried = part.pose.carried(rest)
    if path is None:
        return carried, f"standing position, {_carried(part)}"
    off, clock = path - carried, body.run.time_s
    known = np.isfinite(off).all(axis=1)
    if known.all() or not known.any():
        return path, "own marker"
    bridge = np.stack([np.interp(clock, clock[known], column[known]) for column in off.T], axis=1)
    return np.where(np.isfinite(path), path, carried + bridge), f"own marker, gaps {_carried(part)}"


def _foot(body: Body, side: Side) -> None:
    part = body.part(f"{side}_foot")
    for name in ("heel", "mt1", "mt5"):
        if (found := _own(body, part, f"{side}_{name}")) is not None:
            body.put(f"{side}_{name}", *found)
    toe = _own(body, part, f"{side}_toe") if body.seen(f"{side}_toe") is not None else None
    balls = [name for name in ("mt1", "mt5") if f"{side}_{name}" in body.paths]
    if toe is not None:
        body.put(f"{side}_toe", *toe)
    elif balls:
        path = np.mean([body.paths[f"{side}_{name}"] for name in balls], axis=0)
        body.put(f"{side}_toe", path, f"no toe marker: middle of {' and '.join(balls)} stands for it")


def whole_body(run: Motion, marker_set: MarkerSet, posture: Mapping[str, Array] | None) -> Body:
    """Return the paths of every point that the markers of a run can give.

    Parameters
    ----------
    run
        Paths of the markers (T, K, 3) [m] in the lab frame.
    marker_set
        Which marker is which landmark.
    posture
        Label to position in quiet standing (3,) [m]; None where there is no static trial.

    Returns
    -------
    Body
        Point to path and method.

    Raises
    ------
    DataError
        Where pelvis, knee or ankle cannot be placed.
    """
    body = Body(run, marker_set, posture, seen_labels(run))
    hips = _pelvis(body)
    for side in SIDES:
        _leg(body, side, hips[side])
        _foot(body, side)
    return body
