"""Pixels to metres, gravity, running direction, ground, and quiet standing."""

from midstance.alignment.gravity import Gravity, gravity
from midstance.alignment.ground import ground_slope_deg, stance_speed
from midstance.alignment.placing import to_lab
from midstance.alignment.scale import LEG_OF_STATURE, scale_by_height, scale_by_speed
from midstance.alignment.standing import standing_offset
from midstance.alignment.steadying import hips_on_trunk
from midstance.alignment.view import View, camera_view, running_direction

__all__ = [
    "LEG_OF_STATURE",
    "Gravity",
    "View",
    "camera_view",
    "gravity",
    "ground_slope_deg",
    "hips_on_trunk",
    "running_direction",
    "scale_by_height",
    "scale_by_speed",
    "stance_speed",
    "standing_offset",
    "to_lab",
]
