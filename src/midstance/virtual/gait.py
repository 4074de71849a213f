"""The options of a runner whose motion is known exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from midstance.errors import SettingsError
from midstance.virtual.proportions import Proportions

__all__ = ["Gait"]

_RISE_SHARE = 0.3  # of a hip further back that is made up by an earlier lowest point

Activity = Literal["running", "walking", "standing"]


@dataclass(frozen=True, slots=True)
class Gait:
    """Everything that defines how the virtual runner moves.

    `perform` turns it into motion at any instant, and the truth about it.

    Parameters
    ----------
    height_m
        Stature [m].
    speed_m_s
        Belt or ground speed [m/s]; 0 runs on the spot.
    cadence_spm
        Steps per minute.
    contact_time_s
        Mean contact time of both feet [s].
    hip_over_ankle_m
        Hip ahead of the ankle of the stance leg when the knee is most bent (in walking: half of
        contact; standing: always) [m]. The feet are placed so that this is met exactly. By the
        reported definition of midstance, `pelvis_dip`, it is two to four centimetres more: `truth()` says.
    knee_at_contact_deg, knee_at_toe_off_deg, knee_swing_deg
        Knee flexion at landing (met exactly when running), on leaving the ground, and about its
        largest in swing [deg]. Its peak in stance follows from free fall and the push.
    rise_over_contact_m
        How much higher the hips are at toe-off than at landing, at the usual hip over ankle [m];
        more brings the lowest point earlier in contact. Who has the hip further back rises more.
    push_bluntness
        0 pushes off as a half-sine, larger with a flatter top: less bounce, less bent knees.
    foot_strike_angle_deg
        Pitch of the foot at contact, + toes up [deg].
    trunk_lean_deg
        Mean lean of the trunk, + forward [deg].
    pelvic_drop_deg, pelvis_rotation_deg
        Amplitudes of pelvic obliquity and axial rotation over the stride [deg].
    step_width_m
        Sideways distance between the feet [m].
    landing_slide_m
        How far the shoe still creeps forward while it settles after contact [m].
    contact_time_difference_s, hip_over_ankle_difference_m, knee_swing_difference_deg
        Right minus left [s, m, deg].
    step_time_sd_s, contact_time_sd_s, placement_sd_m
        Step-to-step standard deviation of the instants of contact, of contact time [s] and of
        where the foot is put [m].
    surface
        `treadmill`: the belt moves back under a runner who stays; `overground`.
    activity
        `running` (a flight phase), `walking` (double support) or `standing`.
    start_phase_percent
        Phase of the stride at time zero, 0 = right initial contact [%].
    seed
        Of the step-to-step variation.
    """

    height_m: float = 1.75
    speed_m_s: float = 3.0
    cadence_spm: float = 166.0
    contact_time_s: float = 0.247
    hip_over_ankle_m: float = 0.035
    knee_at_contact_deg: float = 11.0
    knee_at_toe_off_deg: float = 20.0
    knee_swing_deg: float = 97.0
    rise_over_contact_m: float = 0.008
    push_bluntness: float = 0.12
    foot_strike_angle_deg: float = 10.0
    trunk_lean_deg: float = 7.0
    pelvic_drop_deg: float = 2.2
    pelvis_rotation_deg: float = 5.0
    step_width_m: float = 0.08
    landing_slide_m: float = 0.015
    contact_time_difference_s: float = 0.0
    hip_over_ankle_difference_m: float = 0.0
    knee_swing_difference_deg: float = 0.0
    step_time_sd_s: float = 0.0
    contact_time_sd_s: float = 0.0
    placement_sd_m: float = 0.0
    surface: Literal["treadmill", "overground"] = "treadmill"
    activity: Activity = "running"
    start_phase_percent: float = 80.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be run or walked."""
        if min(self.height_m, self.cadence_spm, self.contact_time_s) <= 0 or self.speed_m_s < 0:
            raise SettingsError("height, cadence and contact time must be positive", "virtual gait")
        longest = self.contact_time_s + 0.5 * abs(self.contact_time_difference_s)
        if self.activity == "running" and longest > 0.95 * self.step_time_s:
            raise SettingsError(
                f"contact {longest:.3f} s leaves no flight within a step of {self.step_time_s:.3f} s",
                "virtual gait",
                "shorten contact_time_s, lower cadence_spm or choose activity='walking'",
            )

    @classmethod
    def at_speed(cls, speed_m_s: float) -> Gait:
        """Return a typical runner at a speed.

        Notes
        -----
        Cadence, contact time and hip over ankle follow regressions over 26 treadmill runners at
        2.5 to 4.5 m/s (own analysis of open data).

        References
        ----------
        Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298, doi 10.7717/peerj.3298 (data).
        """
        return cls(
            speed_m_s=speed_m_s,
            cadence_spm=133.3 + 11.18 * speed_m_s,
            contact_time_s=0.358 - 0.0369 * speed_m_s,
            hip_over_ankle_m=0.060 - 0.0083 * speed_m_s,
            knee_swing_deg=57.0 + 13.5 * speed_m_s,
        )

    @classmethod
    def walking(cls, speed_m_s: float = 1.3) -> Gait:
        """Return a typical walker."""
        return cls(
            speed_m_s=speed_m_s,
            cadence_spm=76.0 + 28.0 * speed_m_s,
            contact_time_s=0.62 * 120.0 / (76.0 + 28.0 * speed_m_s),
            hip_over_ankle_m=0.13,
            knee_at_contact_deg=6.0,
            knee_at_toe_off_deg=38.0,
            knee_swing_deg=62.0,
            foot_strike_angle_deg=15.0,
            trunk_lean_deg=3.0,
            landing_slide_m=0.0,
            activity="walking",
        )

    @classmethod
    def standing(cls, hip_over_ankle_m: float = 0.045) -> Gait:
        """Return someone who stands quietly."""
        return cls(
            speed_m_s=0.0,
            hip_over_ankle_m=hip_over_ankle_m,
            knee_at_contact_deg=8.0,
            trunk_lean_deg=1.0,
            step_width_m=0.17,
            activity="standing",
        )

    @classmethod
    def on_the_spot(cls) -> Gait:
        """Return someone who runs without getting anywhere."""
        return cls(
            speed_m_s=0.0,
            foot_strike_angle_deg=-8.0,
            hip_over_ankle_m=0.02,
            knee_at_contact_deg=18.0,
            trunk_lean_deg=3.0,
            landing_slide_m=0.0,
            knee_swing_deg=85.0,
        )

    @property
    def step_time_s(self) -> float:
        """Mean time from one contact to the next [s]."""
        return 60.0 / self.cadence_spm

    @property
    def duty_factor(self) -> float:
        """Contact time over stride time."""
        return self.contact_time_s / (2.0 * self.step_time_s)

    @property
    def rise_m(self) -> float:
        """How much higher the hips are at toe-off than at landing [m]."""
        usual = 0.060 - 0.0083 * self.speed_m_s
        return self.rise_over_contact_m + _RISE_SHARE * min(self.speed_m_s / 3.0, 1.0) * (
            usual - self.hip_over_ankle_m
        )

    @property
    def proportions(self) -> Proportions:
        """Lengths of the body's parts."""
        return Proportions(self.height_m)

    def with_options(self, **options: float | str) -> Gait:
        """Return the same gait with some options changed."""
        return replace(self, **options)  # type: ignore[arg-type]
