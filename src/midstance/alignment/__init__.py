"""Pixels to metres, gravity, running direction, ground, quiet standing; markers to joint centres."""

from midstance.alignment.gravity import Gravity, gravity
from midstance.alignment.ground import ground_slope_deg, stance_speed
from midstance.alignment.hip_course import hips_on_course
from midstance.alignment.joint_centres import JointCentres, joint_centres
from midstance.alignment.laboratory_axes import Axes, in_lab, laboratory_axes
from midstance.alignment.marker_gaps import fill_gaps
from midstance.alignment.marker_units import in_metres
from midstance.alignment.parallax import in_plane_of_feet
from midstance.alignment.placing import to_lab
from midstance.alignment.scale import LEG_OF_STATURE, scale_by_height, scale_by_speed
from midstance.alignment.standing import standing_offset
from midstance.alignment.standing_posture import Standing
from midstance.alignment.steadying import hips_on_trunk
from midstance.alignment.swapped_markers import unswapped
from midstance.alignment.view import View, camera_view, running_direction

__all__ = [
    "LEG_OF_STATURE",
    "Axes",
    "Gravity",
    "JointCentres",
    "Standing",
    "View",
    "camera_view",
    "fill_gaps",
    "gravity",
    "ground_slope_deg",
    "hips_on_course",
    "hips_on_trunk",
    "in_lab",
    "in_metres",
    "in_plane_of_feet",
    "joint_centres",
    "laboratory_axes",
    "running_direction",
    "scale_by_height",
    "scale_by_speed",
    "stance_speed",
    "standing_offset",
    "to_lab",
    "unswapped",
]
