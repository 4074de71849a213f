"""How long the parts of the virtual runner are, as fractions of stature."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Proportions"]

# Joint-to-joint lengths over stature, after de Leva 1996, J Biomech 29:1223, table 4 (mean of the sexes).
_THIGH, _SHANK, _UPPER_ARM, _FOREARM = 0.2425, 0.2470, 0.1620, 0.1545
_TRUNK, _HIP_HALF, _SHOULDER_HALF = 0.2850, 0.0500, 0.1020
_ANKLE_HEIGHT = 0.0500  # with a running shoe
_BALL, _HEEL = 0.0690, 0.0200  # ends of the flat of the sole, ahead of and behind the ankle
_TOE_RADIUS, _HEEL_RADIUS = 0.0690, 0.0230  # the sole turns up at both ends
_TOE_ARC_RAD = 0.66
_EAR_HALF, _EAR_UP, _EAR_AHEAD, _NOSE_AHEAD, _NOSE_DOWN = 0.0420, 0.1180, 0.0150, 0.0600, 0.0180


@dataclass(frozen=True, slots=True)
class Proportions:
    """Lengths of a body of a given stature.

    Parameters
    ----------
    height_m
        Stature [m]; every other length is a fixed fraction of it.

    Notes
    -----
    The sole of the shoe is flat from `heel_flat_m` behind to `ball_m` ahead of the ankle and
    turns up in a circular arc at both ends, so that the foot can roll without slip.

    References
    ----------
    de Leva 1996, J Biomech 29:1223, doi 10.1016/0021-9290(95)00178-6, table 4.
    """

    height_m: float

    @property
    def thigh_m(self) -> float:
        """Hip to knee [m]."""
        return _THIGH * self.height_m

    @property
    def shank_m(self) -> float:
        """Knee to ankle [m]."""
        return _SHANK * self.height_m

    @property
    def leg_m(self) -> float:
        """Thigh plus shank [m]."""
        return self.thigh_m + self.shank_m

    @property
    def upper_arm_m(self) -> float:
        """Shoulder to elbow [m]."""
        return _UPPER_ARM * self.height_m

    @property
    def forearm_m(self) -> float:
        """Elbow to wrist [m]."""
        return _FOREARM * self.height_m

    @property
    def trunk_m(self) -> float:
        """Mid-hip to mid-shoulder [m]."""
        return _TRUNK * self.height_m

    @property
    def hip_half_m(self) -> float:
        """Half the distance between the hip joints [m]."""
        return _HIP_HALF * self.height_m

    @property
    def shoulder_half_m(self) -> float:
        """Half the distance between the shoulder joints [m]."""
        return _SHOULDER_HALF * self.height_m

    @property
    def ankle_height_m(self) -> float:
        """Ankle above the ground when the shod foot is flat [m]."""
        return _ANKLE_HEIGHT * self.height_m

    @property
    def ball_m(self) -> float:
        """Where the flat of the sole ends, ahead of the ankle [m]."""
        return _BALL * self.height_m

    @property
    def heel_flat_m(self) -> float:
        """Where the flat of the sole ends, behind the ankle [m]."""
        return _HEEL * self.height_m

    @property
    def toe_radius_m(self) -> float:
        """Radius of the upturned front of the sole [m]."""
        return _TOE_RADIUS * self.height_m

    @property
    def toe_arc_rad(self) -> float:
        """Angle over which the front of the sole turns up, to the tip of the toe [rad]."""
        return _TOE_ARC_RAD

    @property
    def heel_radius_m(self) -> float:
        """Radius of the rounded back of the sole [m]; the heel point lies a quarter turn up."""
        return _HEEL_RADIUS * self.height_m

    @property
    def ear_m(self) -> tuple[float, float, float]:
        """Ear from the middle of the shoulders: ahead, up, to its side [m]."""
        return _EAR_AHEAD * self.height_m, _EAR_UP * self.height_m, _EAR_HALF * self.height_m

    @property
    def nose_m(self) -> tuple[float, float, float]:
        """Nose from the middle of the shoulders: ahead, up, to the side [m]."""
        ahead, up, _ = self.ear_m
        return ahead + _NOSE_AHEAD * self.height_m, up - _NOSE_DOWN * self.height_m, 0.0
