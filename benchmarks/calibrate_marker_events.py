"""Fit the offsets of the marker events on force-plate trials and write them as data.

    python benchmarks/calibrate_marker_events.py RBDS_FOLDER [--check]

Each runner is left out in turn; the table shows the errors on the runner left out. `--check`
prints the table and writes nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.alignment import in_lab, joint_centres, laboratory_axes
from midstance.formats import read_trial, recognised_marker_set, spelled_as
from midstance.gait.contacts import consensus
from midstance.gait.lowest_markers import LOWEST_PARTS, body_velocity_m_s
from midstance.gait.lowest_mass import body_mass_kg, force_velocity_m_s, lowest_centre_of_mass_s
from midstance.gait.marker_contacts import MarkerContacts
from midstance.gait.plates import ForceContacts, PlateContacts
from midstance.gait.side_features import EVENTS, side_features
from midstance.model import SIDES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from midstance.model import Forces, Motion, Side

    Array = NDArray[np.float64]

OUT = Path(__file__).parents[1] / "src/midstance/gait/data/marker_events.json"
WILD_S = 0.05
STRAY_S = 0.04
SHRINK = 0.02  # of the number of rows: pulls slopes towards zero
EXTRA_SHARE, EXTRA_S = 0.3, 0.001  # added to the variance of each feature: none is trusted alone
AROUND_S = np.arange(-0.04, 0.0401, 0.005)
BALLS = ("middle", "inner", "outer")
PEAK = len(AROUND_S) // 2
"""Instants about the lowest centre of mass at which velocities are compared."""


@dataclass(frozen=True)
class LabTrial:
    """One trial: who, how fast, how the foot lands, the motion and the forces."""

    subject: str
    speed_m_s: float
    strike: dict[Side, str]
    motion: Motion
    forces: Forces


@dataclass(frozen=True)
class Rows:
    """One leg of one trial with some of its markers, one row per step."""

    ball: str
    subject: str
    speed_m_s: float
    rearfoot: bool
    says: dict[str, Array]  # features against the true event (N, F) [s]
    covariates: dict[str, Array]
    parts: Array  # vertical velocities (N, W, 3) about the lowest centre of mass [m/s]
    body: Array  # of the body, from the force (N, W) [m/s]


def lab_trials(folder: Path) -> Iterator[LabTrial]:
    """Yield every running trial of the data set."""
    with (folder / "participants.csv").open(encoding="utf-8") as file:
        people = {row["subject"]: row for row in csv.DictReader(file)}
    for path in sorted(folder.glob("*runT*.c3d")):
        subject, speed = path.stem[:7], float(path.stem[-2:]) / 10
        run, static = read_trial(path), read_trial(folder / f"{subject}static.c3d")
        if run.markers is None or static.markers is None:
            continue
        labels = {*run.markers.skeleton.names, *static.markers.skeleton.names}
        markers = spelled_as(recognised_marker_set(labels), labels)
        run = in_lab(run, laboratory_axes(run.markers, markers, run.forces))
        static = in_lab(static, laboratory_axes(static.markers, markers))
        if run.markers is None or run.forces is None:
            continue
        motion = joint_centres(run.markers, static.markers, markers).motion
        strike = {side: people[subject][f"strike_{side}_{speed:g}"] for side in SIDES}
        yield LabTrial(subject, speed, strike, motion, run.forces)


def showing(motion: Motion, ball: str) -> Motion:
    """Return the motion as if only a part of the ball of the foot were marked."""
    hidden = {"middle": (), "inner": ("mt5", "toe"), "outer": ("mt1", "toe")}[ball]
    points = motion.points.copy()
    for name in hidden:
        for side in SIDES:
            points[:, motion.skeleton.index(f"{side}_{name}")] = np.nan
    return motion.with_points(points)


def rows(trial: LabTrial) -> list[Rows]:
    """Return both legs of a trial against the force plate, with each choice of markers."""
    plates = ForceContacts()(trial.forces, trial.motion)
    if plates.contacts is None:
        raise SystemExit(f"{trial.subject}: {plates.issues[0].sentence}")
    mass = body_mass_kg(plates)
    lowest = lowest_centre_of_mass_s(plates, mass)
    found = []
    for ball in BALLS:
        motion = showing(trial.motion, ball)
        for side in SIDES:
            seen = side_features(motion, side, MarkerContacts().low_pass_hz)
            if seen is None or seen.ball != ball:
                continue
            own = plates.contacts.of(side)
            true = {event: getattr(plates.contacts, f"{event}_s")[own] for event in EVENTS}
            step = nearest(seen.under_s, true["initial_contact"], true["toe_off"])
            says = {e: seen.seconds[e][step >= 0] - true[e][step[step >= 0], None] for e in EVENTS}
            covariates = {e: seen.covariates[e][step >= 0] for e in EVENTS}
            body = bodies(plates, mass, lowest[own], trial.motion, side)
            rear = trial.strike[side] == "Rearfoot"
            found.append(Rows(ball, trial.subject, trial.speed_m_s, rear, says, covariates, *body))
    return found


def bodies(
    plates: PlateContacts, mass_kg: float, lowest_s: Array, motion: Motion, side: Side
) -> tuple[Array, Array]:
    """Return vertical velocities about the lowest centre of mass: of its parts, and from the force."""
    times = lowest_s[np.isfinite(lowest_s), None] + AROUND_S
    force = [np.interp(t, plates.time_s, force_velocity_m_s(plates, mass_kg, t[PEAK])) for t in times]
    return body_velocity_m_s(motion, side, times), np.stack(force)


def nearest(under_s: Array, start: Array, stop: Array) -> NDArray[np.int64]:
    """Return in which true contact (N,) each pass lies, -1 for none."""
    place = np.searchsorted(start, under_s) - 1
    inside = (place >= 0) & (under_s < stop[np.clip(place, 0, len(stop) - 1)])
    return np.where(inside, place, -1)


def robust_fit(x: Array, y: Array) -> Array:
    """Return offset and slopes of one feature, without wild values; slopes are pulled to zero."""
    ok = np.isfinite(y) & np.isfinite(x).all(axis=1)
    ok &= np.abs(y - np.nanmedian(y)) < WILD_S
    pull = SHRINK * ok.sum() * np.diag([0.0] + [1.0] * (x.shape[1] - 1)) * np.var(x[ok], axis=0)
    return np.asarray(np.linalg.solve(x[ok].T @ x[ok] + pull, x[ok].T @ y[ok]))


def fitted(table: list[Rows]) -> dict[str, Any]:
    """Return offsets and covariances by marked ball and event, and the weights of the body's parts."""
    by_ball = {ball: [row for row in table if row.ball == ball] for ball in BALLS}
    result: dict[str, Any] = {ball: offsets(some) for ball, some in by_ball.items()}
    parts = np.concatenate([row.parts.reshape(-1, len(LOWEST_PARTS)) for row in by_ball["middle"]])
    body = np.concatenate([row.body.ravel() for row in by_ball["middle"]])
    ok = np.isfinite(parts).all(axis=1) & np.isfinite(body)
    weights = np.linalg.lstsq(parts[ok], body[ok], rcond=None)[0]
    alone = np.concatenate([turn(row.parts[..., 0]) for row in by_ball["middle"]])
    result["lowest_mass"] = {
        "weights": {
            name: round(float(weight), 4) for name, weight in zip(LOWEST_PARTS, weights, strict=True)
        },
        "pelvis_alone": {"offset_s": round(float(np.nanmean(alone)), 5)},
    }
    return result


def offsets(table: list[Rows]) -> dict[str, Any]:
    """Return offsets and covariance of every feature, by event."""
    result = {}
    for event, names in EVENTS.items():
        x = np.concatenate([row.covariates[event] for row in table])
        y = np.concatenate([row.says[event] for row in table])
        slopes = np.array([robust_fit(x, column) for column in y.T])
        left = np.nan_to_num(np.clip(y - x @ slopes.T, -STRAY_S, STRAY_S))
        covariance = left.T @ left / len(left)
        covariance += np.diag(EXTRA_SHARE * np.diag(covariance) + EXTRA_S**2)
        result[event] = {
            "features": list(names),
            "offsets_s": np.round(slopes, 6).tolist(),
            "covariance_s2": np.round(covariance, 10).tolist(),
        }
    return result


def turn(velocity: Array) -> Array:
    """Return where each row turns up (N,), from the true lowest point [s]."""
    slope = np.polyfit(AROUND_S, np.nan_to_num(velocity.T), 3)
    at = np.zeros(velocity.shape[0])
    for _ in range(8):
        value = slope[0] * at**3 + slope[1] * at**2 + slope[2] * at + slope[3]
        at = at - value / np.maximum(3 * slope[0] * at**2 + 2 * slope[1] * at + slope[2], 1.0)
    return np.where(np.isfinite(velocity).all(axis=1), np.clip(at, -STRAY_S, STRAY_S), np.nan)


def errors(known: dict[str, Any], row: Rows) -> dict[str, Array]:
    """Return the errors of every step of a leg [s], by measure."""
    result = {}
    for event in EVENTS:
        says = row.says[event] - row.covariates[event] @ np.array(known[row.ball][event]["offsets_s"]).T
        covariance = np.array(known[row.ball][event]["covariance_s2"])
        result[event] = np.array([consensus(one, covariance, 0.0)[0] for one in says])
    weights = np.array([known["lowest_mass"]["weights"][name] for name in LOWEST_PARTS])
    result["lowest_mass"] = turn(row.parts @ weights)
    result["pelvis_alone"] = turn(row.parts[..., 0]) - known["lowest_mass"]["pelvis_alone"]["offset_s"]
    return result


def checked(table: list[Rows]) -> list[dict[str, Array]]:
    """Return the errors of every leg, fitted without its runner [s]."""
    known = {
        subject: fitted([row for row in table if row.subject != subject])
        for subject in sorted({row.subject for row in table})
    }
    return [errors(known[row.subject], row) for row in table]


def said(name: str, table: list[Rows], wrong: list[dict[str, Array]]) -> None:
    """Print the runner-out table of one measure."""
    groups: dict[str, Callable[[Rows], bool]] = {
        "all": lambda _: True,
        "rearfoot": lambda r: r.rearfoot,
        "other": lambda r: not r.rearfoot,
        "2.5 m/s": lambda r: r.speed_m_s == 2.5,
        "3.5 m/s": lambda r: r.speed_m_s == 3.5,
        "4.5 m/s": lambda r: r.speed_m_s == 4.5,
        "only MT1": lambda r: r.ball == "inner",
        "only MT5": lambda r: r.ball == "outer",
    }
    for group, belongs in groups.items():
        alone = group.startswith("only")
        if alone and name not in EVENTS:
            continue
        chosen = [
            w[name] for r, w in zip(table, wrong, strict=True) if belongs(r) and (alone or r.ball == "middle")
        ]
        e = 1000 * np.concatenate(chosen)
        within = [np.nanvar(1000 * one) for one in chosen]
        print(
            f"{name:16s} {group:9s} n {np.isfinite(e).sum():4d} bias {np.nanmean(e):+5.1f} ms, "
            f"SD {np.nanstd(e):4.1f}, within a leg {np.sqrt(np.nanmean(within)):4.1f}, "
            f"largest {np.nanmax(np.abs(e)):5.1f}, unseen {np.isnan(e).sum()}"
        )


def spread(wrong: list[dict[str, Array]], name: str) -> float:
    """Return the standard deviation of the errors of every step [s]."""
    return round(float(np.nanstd(np.concatenate([one[name] for one in wrong]))), 5)


def main() -> None:
    """Read, fit, check, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="print errors, write nothing")
    arguments = parser.parse_args()
    table = [row for trial in lab_trials(arguments.folder) for row in rows(trial)]
    wrong = checked(table)
    for name in (*EVENTS, "lowest_mass", "pelvis_alone"):
        said(name, table, wrong)
    if arguments.check:
        return
    known = fitted(table)
    for ball in BALLS:
        some = [w for r, w in zip(table, wrong, strict=True) if r.ball == ball]
        for event in EVENTS:
            known[ball][event]["sd_s"] = spread(some, event)
    known["lowest_mass"]["sd_s"] = spread(wrong, "lowest_mass")
    known["lowest_mass"]["pelvis_alone"]["sd_s"] = spread(wrong, "pelvis_alone")
    trials, runners = len({(r.subject, r.speed_m_s) for r in table}), len({r.subject for r in table})
    known["source"] = (
        "Fitted by `python benchmarks/calibrate_marker_events.py RBDS_FOLDER` on "
        f"{trials} treadmill trials of {runners} runners "
        "(Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298, doi 10.7717/peerj.3298, CC BY 4.0)."
    )
    OUT.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
