"""Joint and segment angles, hip over foot: formulas on arrays and the curves made from them."""

from midstance.kinematics.angles import foot_angle, forward_lean, knee_flexion, shank_angle
from midstance.kinematics.centre_of_mass import centre_of_mass
from midstance.kinematics.curves import leg_length, sagittal_curves
from midstance.kinematics.legs import leg_curves
from midstance.kinematics.pelvis import SIDED, pelvis_axes, pelvis_curves, seen_from
from midstance.kinematics.readings import READINGS, flat_foot_deg, leg_readings
from midstance.kinematics.thorax import thorax_curves

__all__ = [
    "READINGS",
    "SIDED",
    "centre_of_mass",
    "flat_foot_deg",
    "foot_angle",
    "forward_lean",
    "knee_flexion",
    "leg_curves",
    "leg_length",
    "leg_readings",
    "pelvis_axes",
    "pelvis_curves",
    "sagittal_curves",
    "seen_from",
    "shank_angle",
    "thorax_curves",
]
