"""A made-up analysis with everything in it: a stick runner on a treadmill, seen from the side.

The runner is built from plain curves of the stride phase, so every test knows what it looks at.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from midstance.model import (
    BODY,
    Analysis,
    Code,
    Contacts,
    Estimate,
    Issue,
    MeanStride,
    Measure,
    Midstances,
    Motion,
    Runner,
    Scene,
    Severity,
    Signals,
    StepTable,
    Tier,
    Video,
)
from midstance.report import Answer

STRIDE_S = 0.71
STANCE = 0.36
MIDSTANCE = 0.155
SPEED = 2.6
THIGH, SHANK = 0.43, 0.42
KNEE_ROOM = 0.02
SCALE = 0.0031
DEFINITIONS = (
    "mid_bend",
    "knee_bend",
    "pelvis_dip",
    "most_bent",
    "knee",
    "leg_line",
    "pelvis",
    "head",
    "half_contact",
    "hip_crossing",
)
SHIFT_S = (-0.002, -0.004, 0.0, -0.011, -0.014, -0.011, -0.008, -0.003, 0.014, -0.028)
PICTURE = (720, 1280)
AHEAD = {"left": 0.021, "right": 0.006}


def ankle_path(phase, side):
    """Ankle against the hip (X forward, Y up) [m] by stride phase from initial contact, 0 to 1."""
    phase = np.mod(phase, 1.0)
    start = AHEAD[side] * -1 + SPEED * MIDSTANCE * STRIDE_S
    reach = SPEED * STANCE * STRIDE_S
    swing = np.clip((phase - STANCE) / (1 - STANCE), 0, 1)
    x = np.where(
        phase < STANCE,
        start - SPEED * phase * STRIDE_S,
        start - reach + reach * (swing - np.sin(2 * np.pi * swing) / (2 * np.pi)),
    )
    lift = np.where(phase < STANCE, 0.0, 0.32 * np.sin(np.pi * swing) ** 2)
    return np.stack([x, lift], -1)


def hip_height(phase):
    """Height of the hips above the ankle on the ground [m]: two bounces a stride."""
    return 0.80 - 0.035 * np.cos(4 * np.pi * (phase - MIDSTANCE))


def leg(phase, side):
    """Hip, knee, ankle, heel and toe (…, 5, 2) [m] in the lab, hips over X = 0."""
    hip = np.stack([np.zeros_like(phase), 0.09 + hip_height(phase)], -1)
    foot = ankle_path(phase, side)
    ankle = np.stack([foot[..., 0], 0.09 + foot[..., 1]], -1)
    line = hip - ankle
    length = np.minimum(np.linalg.norm(line, axis=-1), THIGH + SHANK - KNEE_ROOM / 10)
    bend = np.arccos((SHANK**2 + length**2 - THIGH**2) / (2 * SHANK * length))
    tilt = np.arctan2(line[..., 1], line[..., 0]) - bend
    knee = ankle + SHANK * np.stack([np.cos(tilt), np.sin(tilt)], -1)
    pitch = np.where(np.mod(phase, 1) < STANCE, np.radians(12 * np.exp(-18 * np.mod(phase, 1))), -0.4)
    forward = np.stack([np.cos(pitch), np.sin(pitch)], -1)
    return np.stack(
        [hip, knee, ankle, ankle - 0.06 * forward - [0, 0.05], ankle + 0.19 * forward - [0, 0.06]], -2
    )


def phase_of(time_s, side):
    """Stride phase of one leg, 0 at its initial contact."""
    return np.mod(np.asarray(time_s) / STRIDE_S + (0.5 if side == "right" else 0.0), 1.0)


def lab_motion(time_s):
    """Return the motion in metres, on the recording's clock."""
    points = np.full((len(time_s), len(BODY.names), 2), np.nan)
    for side, swing in (("left", 0.0), ("right", 0.5)):
        own = leg(phase_of(time_s, side), side)
        for k, part in enumerate(("hip", "knee", "ankle", "heel", "toe")):
            points[:, BODY.index(f"{side}_{part}")] = own[:, k]
        hip = own[:, 0]
        arm = 0.5 * np.sin(2 * np.pi * (phase_of(time_s, "left") + swing))
        shoulder = hip + np.array([0.06, 0.50])
        elbow = shoulder + 0.28 * np.stack([np.sin(arm - 0.3), -np.cos(arm - 0.3)], -1)
        points[:, BODY.index(f"{side}_shoulder")] = shoulder
        points[:, BODY.index(f"{side}_elbow")] = elbow
        points[:, BODY.index(f"{side}_wrist")] = elbow + 0.24 * np.stack([np.cos(arm), np.sin(arm)], -1)
        points[:, BODY.index(f"{side}_ear")] = shoulder + np.array([0.02, 0.22])
    points[:, 0] = points[:, BODY.index("left_ear")] + [0.10, -0.01]
    points[40, BODY.index("right_wrist")] = np.nan
    confidence = np.where(np.isnan(points[..., 0]), 0.0, 0.9)
    return Motion(points, confidence, time_s, BODY, "m", "lab")


def image_motion(motion, direction=-1):
    """Return the motion as the camera saw it [px]."""
    place = motion.points * [direction, -1.0] / SCALE + [PICTURE[0] / 2, 1180.0]
    return Motion(place, motion.confidence, motion.time_s, BODY, "px", "image")


def contacts(duration_s):
    """Return contacts of both feet within the recording, with a little jitter."""
    steps = [
        (round(k / 2 * STRIDE_S, 9), "left" if k % 2 == 0 else "right")
        for k in range(1, int(2 * (duration_s - STANCE * STRIDE_S) / STRIDE_S))
    ]
    start = np.array([t for t, _ in steps]) + 0.003 * np.sin(np.arange(len(steps)) * 2.4)
    side = np.array([s for _, s in steps])
    return Contacts(side, start, start + STANCE * STRIDE_S + 0.004 * np.cos(np.arange(len(steps)) * 1.7))


def midstances(table):
    """Return midstances by every definition."""
    middle = table.initial_contact_s + MIDSTANCE * STRIDE_S
    by = {name: middle + shift for name, shift in zip(DEFINITIONS, SHIFT_S, strict=True)}
    return Midstances(middle, np.full(len(table), 0.004), by, "pelvis_dip")


VALUES = {
    "hip_over_ankle_at_midstance_m": ("m", 0.0, 0.009),
    "hip_over_ankle_at_midstance_deg": ("deg", 0.6, 0.6),
    "hip_over_midfoot_at_midstance_m": ("m", -0.05, 0.010),
    "contact_time_s": ("s", 0.256, 0.005),
    "foot_strike_angle_deg": ("deg", 11.3, 1.4),
    "shank_angle_at_contact_deg": ("deg", 6.8, 1.0),
    "knee_flexion_at_contact_deg": ("deg", 12.4, 1.4),
    "overstride_m": ("m", 0.19, 0.009),
    "knee_flexion_at_midstance_deg": ("deg", 41.2, 1.3),
    "knee_flexion_peak_deg": ("deg", 42.0, 1.2),
}


def step_table(duration_s):
    """Return steps with per-step values around what `AHEAD` says."""
    feet = contacts(duration_s)
    rng = np.random.default_rng(7)
    values, units = {}, {}
    for key, (unit, mean, sd) in VALUES.items():
        values[key] = mean + sd * rng.standard_normal(len(feet))
        units[key] = unit
    for side, ahead in AHEAD.items():
        values["hip_over_ankle_at_midstance_m"][feet.of(side)] += ahead
        values["hip_over_midfoot_at_midstance_m"][feet.of(side)] += ahead
    complete = np.ones(len(feet), bool)
    values["overstride_m"][1] = np.nan
    complete[1] = False
    return StepTable(feet, midstances(feet), values, units, complete)


def curves_of(phase, side):
    """Return named curves of one leg with units, by phase 0 to 1."""
    hip, knee, ankle, heel, toe = np.moveaxis(leg(phase, side), -2, 0)
    degrees = np.degrees
    shank, thigh = np.arctan2(*(ankle - knee).T * [[1], [-1]]), np.arctan2(*(knee - hip).T * [[1], [-1]])
    over = hip - ankle
    return {
        "hip_over_ankle_m": ("m", over[:, 0]),
        "hip_over_ankle_deg": ("deg", degrees(np.arctan2(over[:, 0], over[:, 1]))),
        "hip_over_midfoot_m": ("m", hip[:, 0] - (heel[:, 0] + toe[:, 0]) / 2),
        "knee_flexion_deg": ("deg", degrees(thigh - shank)),
        "shank_angle_deg": ("deg", degrees(shank)),
        "foot_angle_deg": ("deg", degrees(np.arctan2(toe[:, 1] - heel[:, 1], toe[:, 0] - heel[:, 0]))),
        "ankle_ahead_of_hip_m": ("m", -over[:, 0]),
    }


def signals(time_s):
    """Return curves over time, with side prefixes."""
    columns = {
        f"{side}_{name}": curve
        for side in ("left", "right")
        for name, curve in curves_of(phase_of(time_s, side), side).items()
    }
    columns["trunk_lean_deg"] = ("deg", 7.0 + 1.5 * np.sin(4 * np.pi * time_s / STRIDE_S))
    columns["pelvis_height_m"] = ("m", 0.09 + hip_height(phase_of(time_s, "left")))
    return Signals(
        np.stack([curve for _, curve in columns.values()], 1),
        tuple(columns),
        tuple(unit for unit, _ in columns.values()),
        time_s,
    )


def mean_stride(side):
    """Return the mean stride of one side."""
    phase = np.linspace(0, 100, 101)
    curves = curves_of(phase / 100, side)
    values = np.stack([curve for _, curve in curves.values()], 1)
    sd = np.array([0.009 if unit == "m" else 1.3 for unit, _ in curves.values()])
    return MeanStride(
        side,
        phase,
        values,
        np.broadcast_to(sd, values.shape).copy(),
        tuple(curves),
        tuple(unit for unit, _ in curves.values()),
        100 * STANCE,
        100 * MIDSTANCE,
        STRIDE_S,
        16,
    )


NUMBERS = {
    "hip_over_ankle_at_midstance_percent": ("%", 2.4, 1.5),
    "flight_time_s": ("s", 0.099, 0.006),
    "duty_factor": ("1", 0.36, 0.009),
    "step_length_m": ("m", 0.92, 0.02),
    "midstance_percent_contact": ("%", 43.0, 1.6),
}


def measures(steps, video, near="left"):
    """Return every measure of the catalogue; the standing one is refused."""
    found = []
    for side in ("left", "right"):
        tier = Tier.HIGH if side == near else Tier.LOW
        own = steps.contacts.of(side) & steps.complete
        middle = float(steps.midstances.time_s[own][own.sum() // 2])
        seen = int(np.argmin(abs(video.time_s - middle)))
        rows = {
            key: (unit, float(np.nanmean(steps.values[key][own])), 1.4 * sd)
            for key, (unit, _, sd) in VALUES.items()
        } | NUMBERS
        for key, (unit, value, margin) in rows.items():
            estimate = Estimate(
                value, value - margin, value + margin, unit, int(own.sum()), "median of the steps", tier
            )
            by = {}
            if key.startswith("hip_over_ankle_at_midstance_m"):
                by = {
                    name: value + SPEED * shift
                    for name, shift in zip(DEFINITIONS, SHIFT_S, strict=True)
                    if shift
                }
            definition = "pelvis_dip" if "midstance" in key else ""
            found.append(
                Measure(key, side, estimate, definition, seen, 38.0 if "over_ankle" in key else None, by)
            )
        found.append(
            Measure(
                "hip_over_ankle_relative_to_standing_m",
                side,
                Estimate.refused(
                    "m", "the clip holds no quiet standing; stand still for 2 s before you start"
                ),
            )
        )
    for key, unit, value, margin in (
        ("cadence_spm", "spm", 169.0, 0.4),
        ("speed_m_s", "m/s", SPEED, 0.1),
        ("vertical_oscillation_m", "m", 0.07, 0.004),
        ("trunk_lean_deg", "deg", 7.0, 2.0),
    ):
        found.append(
            Measure(
                key,
                "both",
                Estimate(value, value - margin, value + margin, unit, 33, "all steps", Tier.FAIR),
                percentile=62.0 if key == "cadence_spm" else None,
            )
        )
    return tuple(found)


ISSUES = (
    Issue(
        Code.FAR_LEG,
        Severity.WARNING,
        "The right leg is the far one: the near leg hides it in 31 % of the frames.",
        "Film the other side too; its numbers are then as good as these.",
    ),
    Issue(
        Code.LOW_FRAME_RATE,
        Severity.WARNING,
        "30 frames a second: between two frames your hip travels 9 cm past the foot.",
        "Film with 120 frames a second or more; many phones call it slow motion.",
    ),
    Issue(
        Code.SURFACE_ASSUMED,
        Severity.NOTE,
        "A treadmill was assumed, because the runner stays in place.",
        "Say --surface overground if you ran past the camera.",
    ),
    Issue(
        Code.LEGS_REPAIRED,
        Severity.NOTE,
        "Left and right were exchanged back in 14 frames.",
        "",
        2.1,
        2.6,
    ),
)

SCENE = Scene(
    direction=-1,
    surface="treadmill",
    surface_source="assumed",
    near_side="left",
    roll_deg=0.6,
    roll_sd_deg=0.5,
    roll_source="edge of the belt",
    incline_percent=0.0,
    metres_per_pixel=SCALE,
    scale_sd_percent=3.0,
    scale_source="height",
    scale_by_height=SCALE,
    scale_by_speed=1.02 * SCALE,
    off_axis_deg=4.0,
    speed_m_s=SPEED,
    speed_source="given",
)


def sample(duration_s=12.0, rate_hz=30.0, name="morning run.mp4"):
    """Return a complete analysis of a runner on a treadmill."""
    time_s = np.arange(int(duration_s * rate_hz)) / rate_hz
    time_s[1::3] += 0.1 / rate_hz
    video = Video(Path(name), "ab" * 32, *PICTURE, 0, time_s, "h264")
    motion = lab_motion(time_s)
    steps = step_table(duration_s)
    return Analysis(
        recording=video,
        runner=Runner(1.78, 71.0, "male", "Kim <kim@example.org>"),
        activity="running",
        scene=SCENE,
        volume=None,
        image_motion=image_motion(motion),
        motion=motion,
        steps=steps,
        signals=signals(time_s),
        mean_strides=(mean_stride("left"), mean_stride("right")),
        measures=measures(steps, video),
        issues=ISSUES,
        settings={"quality": "full", "midstance": {"definition": "pelvis_dip"}, "incline_percent": None},
        versions={"midstance": "0.1.0", "pose_landmark_heavy.tflite": "cd" * 32},
    )


def refused():
    """Return an analysis of a walk with hidden feet: nothing can be measured."""
    whole = sample(duration_s=4.0, name="walk & talk.mp4")
    why = "no running step was seen: you walk, and the feet are out of the picture"
    return replace(
        whole,
        activity="walking",
        runner=Runner(),
        scene=None,
        motion=None,
        steps=None,
        signals=None,
        mean_strides=(),
        measures=tuple(
            Measure(key, side, Estimate.refused(unit, why))
            for key, unit, side in (
                ("hip_over_ankle_at_midstance_m", "m", "left"),
                ("hip_over_ankle_at_midstance_m", "m", "right"),
                ("cadence_spm", "spm", "both"),
            )
        ),
        issues=(
            Issue(
                Code.WALKING,
                Severity.REFUSAL,
                "This is walking: one foot is always on the ground.",
                "Film at least 10 s of running.",
            ),
            Issue(
                Code.FEET_UNSEEN,
                Severity.REFUSAL,
                "The feet are outside the picture in 92 % of the frames.",
                "Step back until both feet stay in the picture.",
            ),
        ),
    )


ANSWER = (
    Answer(
        "left",
        "Your left hip is 2.1 cm ahead of your ankle at midstance: in the usual range.",
        "We are 95 % sure that it lies between 0.8 and 3.4 cm. 90 of 100 healthy runners at this speed "
        "have between 1.3 and 7.3 cm.",
        "usual",
    ),
    Answer(
        "right",
        "Your right hip is 0.6 cm ahead of your ankle at midstance: too close to call.",
        "The interval reaches from 0.7 cm behind to 1.9 cm ahead. This is the leg away from the camera.",
        "too_close",
    ),
)
REFUSED_ANSWER = (
    Answer(
        "both",
        "This clip cannot tell where your hip is over your foot.",
        "You walk in it, and the feet are out of the picture.",
        "refused",
    ),
)
PHASE = np.linspace(0, 100, 51)
NORM_BANDS = {
    "knee_flexion_deg": (
        PHASE,
        30 + 25 * np.sin(PHASE / 12) - 8,
        30 + 25 * np.sin(PHASE / 12) + 8,
        "26 healthy runners at 2.5 m/s",
    ),
}
NORM_RANGES = {
    "hip_over_ankle_at_midstance_m": (0.013, 0.073, "26 healthy runners at 2.5 m/s"),
    "cadence_spm": (150.0, 177.0, "26 healthy runners at 2.5 m/s"),
    "contact_time_s": (0.228, 0.307, "26 healthy runners at 2.5 m/s"),
}


def pictures(frames):
    """Return a plain grey picture for each frame."""
    return {frame: np.full((PICTURE[1], PICTURE[0], 3), 150, np.uint8) for frame in frames}
