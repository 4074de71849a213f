"""Joint and segment angles, hip over foot: formulas on arrays and the curves made from them."""

from midstance.kinematics.angles import foot_angle, forward_lean, knee_flexion, shank_angle
from midstance.kinematics.curves import leg_length, sagittal_curves
from midstance.kinematics.readings import READINGS, flat_foot_deg, leg_readings

__all__ = [
    "READINGS",
    "flat_foot_deg",
    "foot_angle",
    "forward_lean",
    "knee_flexion",
    "leg_length",
    "leg_readings",
    "sagittal_curves",
    "shank_angle",
]
