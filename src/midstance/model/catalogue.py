"""The metric catalogue: every number that can be reported, its unit, meaning and sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["CATALOGUE", "Metric"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One reportable quantity.

    Parameters
    ----------
    key
        Name with its unit suffix.
    unit
        SI unit, or `deg`, `%`, `spm`, `1`.
    title
        Short name for people.
    meaning
        One sentence: what it is.
    positive
        What a positive value means; empty where it cannot be negative.
    sided
        Whether it belongs to a leg.
    group
        `answer`, `time`, `contact`, `midstance`, `posture` or `core`.
    decimals
        Digits shown after the point in `shown_unit`.
    shown_unit, shown_factor
        Unit and factor used in texts for people (metres are shown as centimetres).
    needs
        `side` for what one camera beside the runner shows, `depth` for what needs three dimensions.
    """

    key: str
    unit: str
    title: str
    meaning: str
    positive: str = ""
    sided: bool = True
    group: Literal["answer", "time", "contact", "midstance", "posture", "core"] = "time"
    decimals: int = 1
    shown_unit: str = ""
    shown_factor: float = 1.0
    needs: Literal["side", "depth"] = "side"


def _cm(key: str, title: str, meaning: str, positive: str, group: str, *, sided: bool = True) -> Metric:
    return Metric(key, "m", title, meaning, positive, sided, group, 1, "cm", 100.0)  # type: ignore[arg-type]


def _deg(key: str, title: str, meaning: str, positive: str, group: str, *, sided: bool = True) -> Metric:
    return Metric(key, "deg", title, meaning, positive, sided, group, 1, "°")  # type: ignore[arg-type]


def _turn(key: str, title: str, meaning: str, positive: str = "", *, sided: bool = False) -> Metric:
    return Metric(key, "deg", title, meaning, positive, sided, "core", 1, "°", needs="depth")


def _ms(key: str, title: str, meaning: str) -> Metric:
    return Metric(key, "s", title, meaning, "", True, "time", 0, "ms", 1000.0)


_AHEAD = "the hip is ahead of the foot, in the running direction"

_METRICS = (
    _cm(
        "hip_over_ankle_at_midstance_m",
        "Hip over ankle at midstance",
        "Horizontal distance from the ankle to the hip joint of the stance leg at midstance.",
        _AHEAD,
        "answer",
    ),
    _deg(
        "hip_over_ankle_at_midstance_deg",
        "Hip–ankle line at midstance",
        "Angle of the line from ankle to hip against the vertical at midstance.",
        "the line leans forward",
        "answer",
    ),
    Metric(
        "hip_over_ankle_at_midstance_percent",
        "%",
        "Hip over ankle, of leg length",
        "Hip over ankle at midstance divided by the length of thigh plus shank.",
        _AHEAD,
        group="answer",
    ),
    _cm(
        "hip_over_ankle_relative_to_standing_m",
        "Hip over ankle, against standing",
        "Hip over ankle at midstance minus the same distance in quiet standing: "
        "what clothes and view shift cancels.",
        "further ahead than in standing",
        "answer",
    ),
    _cm(
        "hip_over_midfoot_at_midstance_m",
        "Hip over mid-foot at midstance",
        "Horizontal distance from the middle of heel and toe to the hip joint at midstance.",
        _AHEAD,
        "midstance",
    ),
    Metric("cadence_spm", "spm", "Cadence", "Steps per minute.", sided=False, shown_unit="steps/min"),
    _ms("contact_time_s", "Contact time", "Time from initial contact to toe-off of one foot."),
    _ms("flight_time_s", "Flight time", "Time from toe-off to the next initial contact of the other foot."),
    Metric(
        "duty_factor",
        "1",
        "Duty factor",
        "Contact time of a foot divided by the time of its stride; below 0.5 there is a flight phase.",
        decimals=3,
    ),
    _cm(
        "step_length_m",
        "Step length",
        "Distance travelled from one initial contact to the next; needs the speed.",
        "",
        "time",
    ),
    Metric(
        "speed_m_s", "m/s", "Speed", "Running speed: given, or from the stance foot.", sided=False, decimals=2
    ),
    _cm(
        "vertical_oscillation_m",
        "Vertical oscillation",
        "Vertical range of the middle of the hips within a step.",
        "",
        "time",
        sided=False,
    ),
    Metric(
        "midstance_percent_contact",
        "%",
        "Midstance, of contact",
        "When midstance comes, as a part of contact time.",
        group="midstance",
        decimals=0,
    ),
    _deg(
        "foot_strike_angle_deg",
        "Foot-strike angle",
        "Pitch of the foot at initial contact minus its pitch when flat on the ground.",
        "toes up: a rearfoot strike",
        "contact",
    ),
    _deg(
        "shank_angle_at_contact_deg",
        "Shank at contact",
        "Angle of the shank against the vertical at initial contact.",
        "the ankle is ahead of the knee: reaching",
        "contact",
    ),
    _deg(
        "knee_flexion_at_contact_deg",
        "Knee at contact",
        "Knee flexion at initial contact; 0 is straight.",
        "bent",
        "contact",
    ),
    _cm(
        "overstride_m",
        "Overstride",
        "Horizontal distance from the hip to the ankle of the landing leg at initial contact.",
        "the ankle is ahead of the hip",
        "contact",
    ),
    _deg(
        "knee_flexion_at_midstance_deg",
        "Knee at midstance",
        "Knee flexion at midstance; 0 is straight.",
        "bent",
        "midstance",
    ),
    _deg(
        "knee_flexion_peak_deg",
        "Knee, peak in stance",
        "Largest knee flexion while the foot is on the ground.",
        "bent",
        "midstance",
    ),
    _deg(
        "trunk_lean_deg",
        "Trunk lean",
        "Mean angle of the line from mid-hip to mid-shoulder against the vertical over the stride.",
        "forward",
        "posture",
        sided=False,
    ),
    _turn(
        "pelvic_drop_peak_deg",
        "Pelvic drop, peak in stance",
        "Largest drop of the swing side of the pelvis while the foot is on the ground.",
        "the swing side is lower than the stance side",
        sided=True,
    ),
    _turn(
        "pelvic_obliquity_at_midstance_deg",
        "Pelvic obliquity at midstance",
        "Tilt of the pelvis to the side at midstance.",
        "the swing side is lower than the stance side",
        sided=True,
    ),
    _turn(
        "pelvic_rotation_at_midstance_deg",
        "Pelvic rotation at midstance",
        "Turn of the pelvis about the vertical at midstance, from its mean over the stride.",
        "the stance side is forward",
        sided=True,
    ),
    _turn(
        "pelvic_obliquity_range_deg",
        "Pelvic obliquity, range",
        "How far the pelvis tilts to the sides over a stride, from one extreme to the other.",
    ),
    _turn(
        "pelvic_rotation_range_deg",
        "Pelvic rotation, range",
        "How far the pelvis turns about the vertical over a stride, from one extreme to the other.",
    ),
    _turn(
        "pelvic_tilt_deg",
        "Pelvic tilt",
        "Mean forward tilt of the pelvis over the stride, against standing where there is a standing trial.",
        "the front of the pelvis is lower",
    ),
    _turn(
        "pelvic_tilt_range_deg",
        "Pelvic tilt, range",
        "How far the pelvis tilts forward and back over a stride, from one extreme to the other.",
    ),
    _turn(
        "side_bend_range_deg",
        "Side-bend, range",
        "How far the chest bends to the sides against the pelvis over a stride.",
    ),
    _turn(
        "twist_range_deg",
        "Twist, range",
        "How far the chest turns against the pelvis over a stride.",
    ),
)

CATALOGUE: dict[str, Metric] = {metric.key: metric for metric in _METRICS}
"""Every metric by its key, in the order of a report."""
