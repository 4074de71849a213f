"""How the thorax is turned in the laboratory, and against the pelvis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midstance.kinematics.pelvis import pelvis_curves
from midstance.model import Motion, Signals

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["thorax_curves"]


def _first_seen(*paths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the first path (T, 3) that is ever seen, else the last."""
    return next((path for path in paths if np.isfinite(path).all(axis=1).any()), paths[-1])


def _upward(motion: Motion) -> NDArray[np.float64]:
    """Return the line up the thorax (T, 3): spine or breastbone, else mid-hip to neck or shoulders."""
    hips, neck = motion.middle("hip"), 0.5 * (motion.point("c7") + motion.point("jugular_notch"))
    spine = motion.point("c7") - motion.point("t10")
    breastbone = motion.point("jugular_notch") - motion.point("xiphoid")
    return _first_seen(spine + breastbone, spine, breastbone, neck - hips, motion.middle("shoulder") - hips)


def _rightward(motion: Motion) -> NDArray[np.float64]:
    """Return the line from left to right shoulder, else across the line from spine to breastbone (T, 3)."""
    across = motion.point("right_shoulder") - motion.point("left_shoulder")
    ahead = motion.point("jugular_notch") - motion.point("c7")
    return _first_seen(across, np.cross(ahead, np.array([0.0, 1.0, 0.0])))


def thorax_curves(motion: Motion) -> Signals:
    """Return lean and rotation of the thorax, side-bend and twist of the waist over time.

    Parameters
    ----------
    motion
        Points of `LAB_BODY` (T, K, 3) [m] in the lab frame.

    Returns
    -------
    Signals
        (T, 4): `thorax_lean_deg`, positive to the right; `thorax_rotation_deg`, positive with the right
        shoulder forward; `side_bend_deg`, lean plus pelvic obliquity, positive with the waist short on the
        right; `twist_deg`, rotation of thorax less that of the pelvis. NaN where landmarks are unseen.

    Notes
    -----
    Lean follows C7 over T10 and the breastbone where their markers are, else the line from mid-hip to the
    neck or mid-shoulder, which also holds the sideways shift of the trunk over the pelvis. Rotation follows
    the shoulders, which the arms pull along. `seen_from` turns the signs for the leg on the ground.
    """
    up, right, pelvis = _upward(motion), _rightward(motion), pelvis_curves(motion)
    lean = np.degrees(np.arctan2(up[:, 2], up[:, 1]))
    rotation = np.degrees(np.arctan2(right[:, 0], right[:, 2]))
    curves = {
        "thorax_lean_deg": lean,
        "thorax_rotation_deg": rotation,
        "side_bend_deg": lean + pelvis.curve("pelvic_obliquity_deg"),
        "twist_deg": rotation - pelvis.curve("pelvic_rotation_deg"),
    }
    values = np.stack(list(curves.values()), axis=1)
    return Signals(values, tuple(curves), ("deg",) * len(curves), motion.time_s)
