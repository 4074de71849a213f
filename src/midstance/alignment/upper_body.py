"""Landmarks above the pelvis: trunk, arms and head, where markers show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.model import SIDES, Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.alignment.body_paths import Body

    Array = NDArray[np.float64]

__all__ = ["upper_body"]

_MIDLINE = ("c7", "t10", "jugular_notch", "xiphoid")
_SHOULDER_DROP = 0.17  # of the distance between the acromia


def _shoulders(body: Body) -> None:
    """Put the shoulder centres below the acromia, along the line to the hips."""
    acromia = {side: body.seen(f"{side}_acromion") for side in SIDES}
    left, right = acromia["left"], acromia["right"]
    if left is None or right is None:
        return
    down = 0.5 * (body.paths["left_hip"] + body.paths["right_hip"] - left - right)
    down = down / np.linalg.norm(down, axis=1, keepdims=True)
    drop = _SHOULDER_DROP * float(np.nanmedian(np.linalg.norm(right - left, axis=1)))
    for side, acromion in (("left", left), ("right", right)):
        how = f"{100 * drop:.1f} cm below the acromion: 17 % of shoulder width (Rab, Petuskey & Bagley 2002)"
        body.put(f"{side}_shoulder", acromion + drop * down, how)


def _middle(body: Body, point: str, first: str, second: str) -> None:
    """Put a point in the middle of two markers, or at the one there is."""
    paths = [path for name in (first, second) if (path := body.seen(name)) is not None]
    if paths:
        how = "middle of its two markers" if len(paths) > 1 else "at its one marker"
        body.put(point, np.asarray(np.mean(paths, axis=0)), how)


def _arm_and_head(body: Body, side: Side) -> None:
    _middle(body, f"{side}_elbow", f"{side}_elbow_lateral", f"{side}_elbow_medial")
    _middle(body, f"{side}_wrist", f"{side}_wrist_radial", f"{side}_wrist_ulnar")
    ear = body.seen(f"{side}_ear")
    if ear is not None:
        body.put(f"{side}_ear", ear, "own marker")
    else:
        _middle(body, f"{side}_ear", f"{side}_head_front", f"{side}_head_back")
        if f"{side}_ear" in body.how:
            body.how[f"{side}_ear"] = f"stands for the ear: {body.how[f'{side}_ear']} on the head"


def upper_body(body: Body) -> None:
    """Add the landmarks of trunk, arms and head that the markers show.

    Parameters
    ----------
    body
        With hips in place; is added to.

    References
    ----------
    Rab, Petuskey & Bagley 2002, Gait Posture 15:113, doi 10.1016/S0966-6362(01)00125-2 (shoulder centre).
    """
    for name in _MIDLINE:
        if (path := body.seen(name)) is not None:
            body.put(name, path, "own marker")
    _shoulders(body)
    for side in SIDES:
        _arm_and_head(body, side)
    _middle(body, "nose", "left_head_front", "right_head_front")
    if "nose" in body.how:
        body.how["nose"] = "stands for the nose: middle of the front markers of the head"
