"""Fit the offsets of the contact rules on force-plate trials and write them as data.

    python benchmarks/calibrate_contacts.py RBDS_FOLDER [--check]

`--check` leaves each runner out in turn and prints the error of the instants on that runner,
with clean markers and with markers sampled and disturbed as a phone would see them.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rbds import Trial, trials

from midstance.gait import contacts as room
from midstance.gait.features import AT_CONTACT, AT_TOE_OFF, stance_features
from midstance.gait.phase import PhaseLock
from midstance.kinematics import leg_length, sagittal_curves
from midstance.model import SIDES, Motion

OUT = Path(__file__).parents[1] / "src/midstance/gait/data/contact_rules.json"
EVENTS = {"initial_contact": AT_CONTACT, "toe_off": AT_TOE_OFF}
TURN = 2 * np.pi
WILD_S = 0.08
NOISE_FACTORS = {
    "toe_brakes": 2.5,
    "knee_bent": 2.0,
    "heel_reverses": 1.5,
}  # of key points, on rendered clips
SKIP = ("RBDS016",)  # pelvis markers missing up to 14 % of the time


@dataclass(frozen=True)
class Row:
    """One leg of one trial: features against the true event, in seconds."""

    subject: str
    rearfoot: bool
    covariates: np.ndarray
    seconds: dict[str, np.ndarray]


def seen_by(
    motion: Motion, rate_hz: float, start_s: float, duration_s: float, noise_m: float, seed: int
) -> Motion:
    """Return the motion sampled at another rate with white noise on every point."""
    time_s = np.arange(start_s, start_s + duration_s, 1 / rate_hz)
    rng = np.random.default_rng(seed)
    points = np.stack(
        [
            np.stack([np.interp(time_s, motion.time_s, motion.points[:, k, d]) for d in (0, 1)], axis=1)
            for k in range(motion.points.shape[1])
        ],
        axis=1,
    )
    points = points + rng.normal(0, noise_m, points.shape) if noise_m else points
    return Motion(points, np.isfinite(points[..., 0]).astype(float), time_s, motion.skeleton, "m", "lab")


def rows(trial: Trial, motion: Motion) -> list[Row]:
    """Return the features of both legs against the force plate."""
    locked = PhaseLock()(sagittal_curves(motion))
    rate = TURN / locked.stride_time_s
    found = []
    for side in SIDES:
        under, strike, features = stance_features(locked, side, leg_length(motion, side))
        own = trial.contacts.of(side)
        seconds = {}
        for event, names in EVENTS.items():
            times = getattr(trial.contacts, f"{event}_s")[own]
            times = times[(times > motion.time_s[0] + 0.2) & (times < motion.time_s[-1] - 0.2)]
            phase = np.interp(times, motion.time_s, locked.phase)
            true = np.angle(np.mean(np.exp(1j * (phase - under)))) % TURN
            true -= TURN if event == "initial_contact" else 0.0
            seconds[event] = np.array([(features[n] - under - true) / rate for n in names])
        pitch = float(np.clip(np.nan_to_num(strike, nan=0.2), -0.3, 0.6))
        covariates = np.array([1.0, float(np.clip(locked.stride_time_s, 0.5, 1.0)) - 0.7, pitch])
        found.append(Row(trial.subject, trial.strike[side] == "Rearfoot", covariates, seconds))
    return found


def robust_fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return Huber regression coefficients, without wild values."""
    ok = np.isfinite(y) & (np.abs(y - np.nanmedian(y)) < WILD_S)
    weight = np.ones(ok.sum())
    for _ in range(10):
        root = np.sqrt(weight)
        solution = np.linalg.lstsq(x[ok] * root[:, None], y[ok] * root, rcond=None)[0]
        error = np.abs(y[ok] - x[ok] @ solution)
        weight = 1 / np.maximum(1, error / (1.5 * 1.4826 * np.median(error) + 1e-9))
    return np.asarray(solution)


def fitted(table: list[Row]) -> dict[str, Any]:
    """Return offsets and covariance of every feature, by event."""
    x = np.array([row.covariates for row in table])
    result = {}
    for event, names in EVENTS.items():
        y = np.array([row.seconds[event] for row in table])
        offsets = np.array([robust_fit(x, column) for column in y.T])
        left = np.nan_to_num(np.clip(y - x @ offsets.T, -0.03, 0.03))
        covariance = left.T @ left / len(left)
        covariance += np.diag(0.15 * np.diag(covariance) + 1e-6)
        result[event] = {
            "features": list(names),
            "noise_factors": [NOISE_FACTORS.get(name, 1.0) for name in names],
            "offsets_s": np.round(offsets, 6).tolist(),
            "covariance_s2": np.round(covariance, 10).tolist(),
        }
    return result


def fused(known: dict[str, Any], seconds: np.ndarray, covariates: np.ndarray, noise_s: float) -> float:
    """Return the event's error as the rules would find it [s]."""
    says = seconds - np.array(known["offsets_s"]) @ covariates
    noise = noise_s * np.array(known["noise_factors"])
    return room.consensus(says, np.array(known["covariance_s2"]), noise)[0]


def check(clean: list[Row], seen: list[Row]) -> dict[str, np.ndarray]:
    """Return errors (rows, 2: clean, as seen) with each runner left out, by event."""
    errors: dict[str, list[tuple[float, float]]] = {event: [] for event in EVENTS}
    for i, row in enumerate(clean):
        known = fitted([other for other in clean if other.subject != row.subject])
        for event in EVENTS:
            pair = [
                fused(known[event], r.seconds[event], r.covariates, room.ContactRules().noise_s)
                for r in (row, seen[i])
            ]
            errors[event].append((pair[0], pair[1]))
    return {event: np.array(pairs) for event, pairs in errors.items()}


def main() -> None:
    """Read, fit, check, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="print errors, write nothing")
    arguments = parser.parse_args()
    clean, seen = [], []
    for number, trial in enumerate(trials(arguments.folder, skip=SKIP)):
        clean += rows(trial, seen_by(trial.motion, 75.0, 1.0, 26.0, 0.0, number))
        seen += rows(trial, seen_by(trial.motion, 30.0, 3.0, 12.0, 0.010, number))
    errors = check(clean, seen)
    strike = np.array([row.rearfoot for row in clean])
    for event, pairs in errors.items():
        for column, name in enumerate(("clean", "30 Hz, 10 mm noise, 12 s")):
            e = 1000 * pairs[:, column]
            print(
                f"{event:16s} {name:26s} bias {e.mean():+.1f} ms, SD {e.std():.1f} ms, "
                f"rearfoot {e[strike].mean():+.1f}, other {e[~strike].mean():+.1f}, n {len(e)}"
            )
    if not arguments.check:
        known = fitted(clean)
        for event in EVENTS:
            known[event]["sd_s"] = round(float(errors[event][:, 1].std()), 5)
        known["source"] = (
            "Fitted by benchmarks/calibrate_contacts.py on 33 treadmill trials of 11 runners "
            "(Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298, doi 10.7717/peerj.3298, CC BY 4.0)."
        )
        OUT.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
