"""The options of the runner who moves like a person: physical names, one value each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from midstance.errors import SettingsError
from midstance.gait import Definition  # noqa: TC001  # a table of settings is checked by its types
from midstance.virtual.running.chain import joint_centres

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from midstance.virtual.posture import Build, Posture
    from midstance.virtual.running.run import Run

    Joints = Callable[[Posture], Mapping[str, NDArray[np.float64]]]

__all__ = ["Running"]


@dataclass(frozen=True, slots=True)
class Running:
    """How a runner runs: the mean stride of a lab trial, bent to what is asked for.

    Calling it with a body's lengths makes a `Run`: posture at any instant, and the truth about it.
    What is named without `change`, `difference` or `sd` is met as it stands: the number is what a
    perfect instrument would read off the joints.

    Parameters
    ----------
    speed_m_s
        Speed of the belt, or over ground [m/s].
    cadence_spm
        Steps per minute.
    contact_time_s
        Mean contact time of both feet, first to last touch of the shoe, before `overstride_change_m`
        [s]: about 10 ms longer than force plates tell at a threshold of 50 N.
    hip_over_ankle_m
        Hip joint ahead of the ankle of the stance leg at midstance, mean of both sides [m]. The feet are
        put where this is met; thigh and shank follow.
    midstance
        Which definition of midstance that is, of `gait.DEFINITIONS` (not the centre of mass'). By another
        one the distance is another: the hip moves on at the speed of running.
    overstride_change_m
        How much further ahead of the hip the foot lands, to a sixth [m]. It touches down earlier, and
        hip over ankle at midstance stays as asked; the truth tells the overstride exactly.
    foot_strike_angle_deg
        Pitch of the foot at initial contact, + toes up [deg]; negative lands on the ball.
    knee_at_contact_deg, knee_at_toe_off_deg, knee_swing_deg
        Knee flexion at landing, at toe-off (means of both sides) and its peak in swing [deg].
    trunk_lean_deg
        Mean angle of the line from mid-hip to mid-shoulder against the vertical, + forward [deg].
    pelvic_tilt_deg
        Mean forward tilt of the pelvis against standing [deg].
    pelvic_drop_deg
        Largest drop of the swing side of the pelvis while the other foot stands [deg].
    pelvic_rotation_deg
        Range of the turn of the pelvis about the vertical over the stride [deg].
    twist_deg
        Range of the turn of the thorax against the pelvis over the stride [deg].
    twist_later_percent
        How much of the stride later than in the trial the thorax turns against the pelvis [%]; in the
        trial it does not turn exactly opposite, but about a fifth of a stride ahead of the pelvis.
    side_bend_deg
        Range of the sideways lean of the thorax against the pelvis over the stride [deg].
    step_width_m
        Sideways distance between the ankles at midstance [m].
    toe_out_deg
        How far the feet point outward [deg].
    bounce
        Up and down of the pelvis over that of a body in free fall and push with this cadence and
        contact time.
    arm_swing
        Swing of the arms over that of the trial.
    hip_over_ankle_difference_m, contact_time_difference_s
        Right minus left [m, s].
    slope_percent
        Of the ground, + uphill [%]. Only the ground is tilted and the feet with it; what is asked for
        still counts against the plumb line. Steeper than about 5 % also ask for another hip over ankle
        and bend of the knee than on the level.
    step_time_sd_s, contact_time_sd_s, placement_sd_m
        Step-to-step standard deviation of the instants of landing, of contact time [s] and of where
        the foot is put fore and aft [m].
    surface
        `treadmill`: the runner stays, the belt moves back; `overground`.
    start_phase_percent
        Phase of the stride at time zero, 0 = right initial contact [%].
    seed
        Of the step-to-step variation.

    References
    ----------
    Hamner & Delp 2013, J Biomech 46:780, doi 10.1016/j.jbiomech.2012.11.024 (the stride).
    Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298, doi 10.7717/peerj.3298 (the usual values).
    """

    speed_m_s: float = 3.0
    cadence_spm: float = 166.8
    contact_time_s: float = 0.257
    hip_over_ankle_m: float = 0.06
    midstance: Definition = "pelvis_dip"
    overstride_change_m: float = 0.0
    foot_strike_angle_deg: float = 11.0
    knee_at_contact_deg: float = 11.0
    knee_at_toe_off_deg: float = 20.0
    knee_swing_deg: float = 98.0
    trunk_lean_deg: float = 8.0
    pelvic_tilt_deg: float = 6.0
    pelvic_drop_deg: float = 3.1
    pelvic_rotation_deg: float = 12.5
    twist_deg: float = 18.0
    twist_later_percent: float = 0.0
    side_bend_deg: float = 12.0
    step_width_m: float = 0.08
    toe_out_deg: float = 6.0
    bounce: float = 0.88
    arm_swing: float = 1.0
    hip_over_ankle_difference_m: float = 0.0
    contact_time_difference_s: float = 0.0
    slope_percent: float = 0.0
    step_time_sd_s: float = 0.0
    contact_time_sd_s: float = 0.0
    placement_sd_m: float = 0.0
    surface: Literal["treadmill", "overground"] = "treadmill"
    start_phase_percent: float = 80.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be run."""
        if min(self.speed_m_s, self.cadence_spm, self.contact_time_s) <= 0.0:
            raise SettingsError("speed, cadence and contact time must be positive", "virtual running")
        longest = self.contact_time_s + 0.5 * abs(self.contact_time_difference_s)
        longest += max(self.overstride_change_m, 0.0) / self.speed_m_s
        if self.midstance == "mass":
            raise SettingsError("joints do not tell the centre of mass", "virtual running", "choose another")
        if longest > 0.95 * self.step_time_s:
            raise SettingsError(
                f"contact {longest:.3f} s leaves no flight within a step of {self.step_time_s:.3f} s",
                "virtual running",
                "shorten contact_time_s, lower cadence_spm or ask for less overstride",
            )

    @property
    def step_time_s(self) -> float:
        """Mean time from one contact to the next [s]."""
        return 60.0 / self.cadence_spm

    @classmethod
    def at_speed(cls, speed_m_s: float) -> Running:
        """Return a usual runner at a speed.

        Parameters
        ----------
        speed_m_s
            2 to 5 [m/s].

        Returns
        -------
        Running
            With cadence, contact time, hip over ankle, pelvis and knee as trained runners have them.

        Notes
        -----
        Regressions over 26 treadmill runners at 2.5 to 4.5 m/s (own analysis of open data). Twist and
        side-bend are taken to grow with the pelvis they answer to.

        References
        ----------
        Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298, doi 10.7717/peerj.3298 (data).
        """
        rotation, obliquity = 0.69 + 3.95 * speed_m_s, 2.2 + 1.69 * speed_m_s
        return cls(
            speed_m_s=speed_m_s,
            cadence_spm=133.3 + 11.18 * speed_m_s,
            contact_time_s=0.368 - 0.0369 * speed_m_s,
            hip_over_ankle_m=0.0765 - 0.0041 * speed_m_s,
            knee_swing_deg=57.5 + 13.5 * speed_m_s,
            pelvic_drop_deg=1.45 + 0.55 * speed_m_s,
            pelvic_rotation_deg=rotation,
            twist_deg=18.0 * rotation / 12.54,
            side_bend_deg=12.0 * obliquity / 7.27,
            arm_swing=0.55 + 0.15 * speed_m_s,
        )

    def with_options(self, **options: float | str) -> Running:
        """Return the same runner with some options changed."""
        return replace(self, **options)  # type: ignore[arg-type]

    def __call__(self, build: Build, duration_s: float = 10.0, joints: Joints | None = None) -> Run:
        """Run for a time.

        Parameters
        ----------
        build
            Lengths of the body.
        duration_s
            How long the run is known, from time zero [s].
        joints
            Where the body's points are in a posture, by the names of `model.BODY`; without it those of
            `joint_centres`, whose trunk is straight.

        Returns
        -------
        Run
            Posture at any instant within, contacts, and the truth about every step.

        Raises
        ------
        SettingsError
            If no body of these lengths can do what is asked: a leg would have to be longer than it is.
        """
        from midstance.virtual.running.fitting import fitted  # noqa: PLC0415  (fitting needs this class)

        return fitted(self, build, duration_s, joints or partial(joint_centres, build=build))
