"""From which side the camera sees the runner, and which way the runner faces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.errors import DataError

if TYPE_CHECKING:
    from midstance.model import Motion, Side

__all__ = ["View", "camera_view", "running_direction"]

# Distance between the joint centres over the length of thigh plus shank (Drillis & Contini 1966,
# as in Winter 2009, Biomechanics and Motor Control of Human Movement, fig. 4.1).
_WIDTHS = {"shoulder": 0.42, "hip": 0.21}
_SIDE_LIMIT_DEG = 40.0


@dataclass(frozen=True, slots=True)
class View:
    """How the camera stands to the runner.

    Parameters
    ----------
    direction
        +1 when the runner faces to the right of the picture, −1 to the left.
    near_side
        The leg nearer to the camera.
    off_axis_deg
        Angle between the view and the runner's side [deg]: 0 from the side, 90 from front or rear.
    nearer_ahead
        How far ahead a point seems to be, over how much nearer to the camera it is: the sine of that
        angle, + where the camera looks from behind the runner's side.
    """

    direction: int
    near_side: Side
    off_axis_deg: float
    nearer_ahead: float = 0.0

    @property
    def from_side(self) -> bool:
        """Whether sagittal numbers make sense at all."""
        return self.off_axis_deg < _SIDE_LIMIT_DEG


def running_direction(motion: Motion) -> int:
    """Return +1 when the runner faces to the right of the picture, −1 to the left.

    Parameters
    ----------
    motion
        Points in the picture [px].

    Returns
    -------
    int
        +1 or −1.

    Raises
    ------
    DataError
        If neither feet nor head show a direction.

    Notes
    -----
    Toes are ahead of heels, the nose ahead of the ears: each frame votes, the median decides.
    """
    feet = motion.middle("toe")[:, 0] - motion.middle("heel")[:, 0]
    head = motion.point("nose")[:, 0] - motion.middle("ear")[:, 0]
    for ahead in (feet, head):
        seen = ahead[np.isfinite(ahead)]
        if len(seen) >= 0.2 * len(ahead) and np.median(seen) != 0.0:
            return 1 if np.median(seen) > 0 else -1
    raise DataError(
        "neither the feet nor the head show which way the person faces",
        "running direction",
        "film from the side with the whole body in the picture",
    )


def _separation(motion: Motion, part: str) -> float:
    """Return the mean distance of the right from the left point along the picture, in px."""
    apart = motion.point(f"right_{part}")[:, 0] - motion.point(f"left_{part}")[:, 0]
    seen = apart[np.isfinite(apart)]
    return float(np.mean(seen)) if len(seen) else float("nan")


def camera_view(motion: Motion, leg_px: float) -> View:
    """Return direction, near side and off-axis angle of the view.

    Parameters
    ----------
    motion
        Points in the picture [px], over whole strides.
    leg_px
        Length of thigh plus shank in the picture [px].

    Returns
    -------
    View
        Direction, near side and off-axis angle.

    Notes
    -----
    Shoulders and hips turn to and fro within a stride, but on average their line points across
    the running direction: seen exactly from the side its mean length in the picture is zero, seen
    off axis by an angle a it is the width times sin a. The two estimates are averaged by width.
    Which leg is near follows from the direction and the pose room's sides: a runner facing right
    shows the right leg.
    """
    direction = running_direction(motion)
    apart = np.array([_separation(motion, part) for part in _WIDTHS])
    widths = np.array(list(_WIDTHS.values())) * leg_px
    sine = (
        float(np.nansum(apart) / np.sum(widths[np.isfinite(apart)])) if np.isfinite(apart).any() else np.nan
    )
    off_axis = float(np.degrees(np.arcsin(np.clip(abs(sine), 0.0, 1.0))))
    ahead = float(np.clip(np.nan_to_num(sine), -1.0, 1.0))
    return View(direction, "right" if direction > 0 else "left", off_axis, ahead)
