"""Add mean curves of the lab trials at hand to the shipped norms.

    python benchmarks/norm_curves.py RBDS_FOLDER

Hip over ankle and shank angle through the stride, mean and spread between runners at each speed, from
markers with force-plate contacts. Peak values of the other norms come from the whole data set.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from calibrate_contacts import SKIP, TURN, seen_by
from rbds import Trial, trials

from midstance.gait.phase import PhaseLock
from midstance.kinematics import sagittal_curves
from midstance.model import SIDES

OUT = Path(__file__).parents[1] / "src/midstance/findings/data/norms.json"
CURVES = {"hip_over_ankle_m": 4, "shank_angle_deg": 2}
LABEL = "11 runners on a treadmill"


def mean_curves(trial: Trial) -> dict[str, np.ndarray]:
    """Return the runner's curves, 0 to 100 % from the force plate's contact, both legs averaged."""
    motion = seen_by(trial.motion, 75.0, 1.0, 26.0, 0.0, 0)
    locked = PhaseLock()(sagittal_curves(motion))
    found: dict[str, list[np.ndarray]] = {name: [] for name in CURVES}
    for side in SIDES:
        times = trial.contacts.initial_contact_s[trial.contacts.of(side)]
        times = times[(times > motion.time_s[0]) & (times < motion.time_s[-1])]
        landing = np.angle(np.mean(np.exp(1j * np.interp(times, motion.time_s, locked.phase))))
        for name in CURVES:
            found[name].append(locked.mean(f"{side}_{name}", landing + TURN * np.linspace(0, 1, 101)))
    return {name: np.mean(both, axis=0) for name, both in found.items()}


def main() -> None:
    """Read every trial, average, write."""
    norms = json.loads(OUT.read_text("utf-8"))
    by_speed: dict[float, list[dict[str, np.ndarray]]] = {speed: [] for speed in norms["speeds_m_s"]}
    for trial in trials(Path(sys.argv[1]), skip=SKIP):
        by_speed[trial.speed_m_s].append(mean_curves(trial))
    for name, digits in CURVES.items():
        tables = [np.array([curves[name] for curves in rows]) for rows in by_speed.values()]
        norms["curves"][name] = {
            "mean": [np.round(table.mean(axis=0), digits).tolist() for table in tables],
            "sd": [np.round(table.std(axis=0, ddof=1), digits).tolist() for table in tables],
            "label": LABEL,
        }
        print(
            name, [len(table) for table in tables], [np.round(t.mean(axis=0)[[0, 15, 35]], 3) for t in tables]
        )
    OUT.write_text(json.dumps(norms, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
