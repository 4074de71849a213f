"""The designed experiment: bodies × motions × cameras × rates."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from json import dumps
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from midstance.model import SIDES
from midstance.virtual.body import BODIES
from midstance.virtual.camera import Camera
from midstance.virtual.running import Running

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Condition", "designed"]

Use = Literal["fit", "hold", "pair", "slow"]
SCENES = ("gym", "street")

_CHANGE_M = 0.010
_MOTIONS = {  # what varies about the usual runner of a speed: mean change and half-width
    "hip_over_ankle_m": (0.0, 0.020),
    "overstride_change_m": (-0.015, 0.015),
    "bounce": (-0.10, 0.06),
    "knee_at_toe_off_deg": (4.0, 2.0),
    "trunk_lean_deg": (0.0, 4.0),
    "pelvic_tilt_deg": (0.0, 3.0),
    "pelvic_drop_deg": (0.0, 1.2),
    "knee_at_contact_deg": (1.0, 2.0),
    "toe_out_deg": (0.0, 4.0),
    "cadence_spm": (0.0, 8.0),
}
_STRIKES_DEG = (16.0, 11.0, 6.0, -4.0)
_SPEEDS_M_S = (2.5, 4.0)
_DISTANCE_M, _HEIGHT_M = (3.2, 5.0), (0.7, 1.3)
_OFF_AXIS_DEG, _ROLL_DEG = 10.0, 5.0
_FILLS = 0.62  # of the picture's height is runner
_TALL_PX = 1280


@dataclass(frozen=True, slots=True)
class Condition:
    """One clip of the experiment.

    Parameters
    ----------
    name
        Of the clip, unique.
    use
        `fit` makes the error model, `hold` tests it, `pair` repeats a held-out clip with the hip
        further ahead, `slow` tests it at 30 frames per second.
    body
        Which body.
    running
        How it runs.
    camera
        How it is filmed.
    scene
        Where.
    duration_s, shutter_s
        Length of the clip and exposure of a frame [s].
    partner
        Of a pair: the clip it repeats; else empty.
    """

    name: str
    use: Use
    body: str
    running: Running
    camera: Camera
    scene: str
    duration_s: float
    shutter_s: float
    partner: str = ""

    @property
    def digest(self) -> str:
        """Hash of everything that shapes the clip."""
        values: dict[str, Any] = asdict(self)
        return sha256(dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def designed(
    fit: int = 12, hold: int = 40, pairs: int = 5, slow: int = 4, *, duration_s: float = 3.0, seed: int = 4
) -> tuple[Condition, ...]:
    """Return the conditions of the experiment.

    Parameters
    ----------
    fit, hold, slow
        How many clips make the error model, how many test it at 60 frames per second and more, how
        many at 30.
    pairs
        How many of the held-out clips are repeated with the hip 10 mm further ahead.
    duration_s
        Length of each clip [s].
    seed
        Of the experiment.

    Returns
    -------
    tuple of Condition
        The same for the same arguments.

    Notes
    -----
    Every factor is stratified: each body, side, scene and strike comes equally often, and the
    continuous factors fill their ranges evenly (a Latin hypercube), each part of the experiment
    for itself.
    """
    return (
        *_part("fit", fit, duration_s, np.random.default_rng([seed, 0])),
        *_part("hold", hold, duration_s, np.random.default_rng([seed, 1])),
        *_paired(_part("hold", hold, duration_s, np.random.default_rng([seed, 1])), pairs),
        *_part("slow", slow, duration_s, np.random.default_rng([seed, 2])),
    )


def _part(use: Use, count: int, duration_s: float, random: np.random.Generator) -> Iterator[Condition]:
    spread = {
        name: _strata(count, random) for name in (*_MOTIONS, "speed", "distance", "height", "off", "roll")
    }
    strike = random.permutation(np.arange(count) % len(_STRIKES_DEG))
    scene = random.permutation(np.arange(count) % len(SCENES))
    rate = random.permutation(np.arange(count) % 8 == 0)
    for i in range(count):
        draw = {name: float(values[i]) for name, values in spread.items()}
        running = _running(draw, _STRIKES_DEG[strike[i]], i)
        rate_hz = 30.0 if use == "slow" else 120.0 if rate[i] else 60.0
        camera = _camera(draw, SIDES[i // len(BODIES) % 2], rate_hz, i)
        shutter_s = 1.0 / (4.0 * rate_hz)
        yield Condition(
            f"{use}-{i:02d}",
            use,
            BODIES[i % len(BODIES)],
            running,
            camera,
            SCENES[scene[i]],
            duration_s * min(1.0, 72.0 / rate_hz),
            shutter_s,
        )


def _strata(count: int, random: np.random.Generator) -> np.ndarray:
    """Return one value from each of `count` equal parts of −1 to 1, in random order."""
    return np.asarray(2.0 * (random.permutation(count) + random.random(count)) / count - 1.0)


def _running(draw: dict[str, float], strike_deg: float, seed: int) -> Running:
    low, high = _SPEEDS_M_S
    usual = Running.at_speed(0.5 * (low + high) + 0.5 * (high - low) * draw["speed"])
    changed = {
        name: getattr(usual, name) + mean + half * draw[name] for name, (mean, half) in _MOTIONS.items()
    }
    varied = {"step_time_sd_s": 0.004, "contact_time_sd_s": 0.003, "placement_sd_m": 0.007, "seed": seed}
    return usual.with_options(foot_strike_angle_deg=strike_deg, **changed, **varied)


def _camera(draw: dict[str, float], side: Literal["left", "right"], rate_hz: float, seed: int) -> Camera:
    distance_m = _between(draw["distance"], _DISTANCE_M)
    return Camera(
        side=side,
        distance_m=distance_m,
        height_m=_between(draw["height"], _HEIGHT_M),
        aim_height_m=0.9,
        focal_px=_FILLS * _TALL_PX * distance_m / 1.75,
        off_axis_deg=_OFF_AXIS_DEG * draw["off"],
        roll_deg=_ROLL_DEG * draw["roll"],
        rate_hz=rate_hz,
        seed=seed,
    )


def _between(value: float, ends: tuple[float, float]) -> float:
    return ends[0] + 0.5 * (value + 1.0) * (ends[1] - ends[0])


def _paired(held: Iterator[Condition], count: int) -> Iterator[Condition]:
    """Repeat the first clips with the hip further ahead."""
    for condition, _ in zip(held, range(count), strict=False):
        ahead = replace(condition.running, hip_over_ankle_m=condition.running.hip_over_ankle_m + _CHANGE_M)
        name = condition.name.replace("hold", "pair")
        yield replace(condition, name=name, use="pair", running=ahead, partner=condition.name)
