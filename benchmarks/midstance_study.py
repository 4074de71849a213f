"""How definition, low-pass and joint centre move hip over ankle at midstance.

    python benchmarks/midstance_study.py RBDS_FOLDER [--images docs/images] [--norms] [--quick]

Prints the tables of docs/explanation/midstance.md and draws its figures: raw markers, contacts
from the force plate, every step of every trial. Needs `ezc3d` and `matplotlib` (extra `dev`).
"""

from __future__ import annotations

import argparse
import json
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from calibrate_contacts import seen_by
from midstance_figures import draw
from midstance_trials import Lab, Steps, labs, moved, steps

from midstance.gait import (
    DEFINITIONS,
    PhaseLock,
    StancePhases,
    StepMidstance,
    bend_middles,
    midstance_phases,
)
from midstance.kinematics import sagittal_curves
from midstance.model import SIDES, Side, Signals
from midstance.numerics import smoothed

NORMS = Path(__file__).parents[1] / "src/midstance/findings/data/norms.json"
SPEEDS = (2.5, 3.5, 4.5)
CUTS = (None, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0)
SHOWN = (
    "pelvis_dip",
    "mid_bend",
    "knee_bend",
    "most_bent",
    "knee",
    "leg_line",
    "pelvis",
    "mass_by_force",
    "half_contact",
)
PRINTED = {"15 Hz": (40, 30, 23), "10 Hz": (47, 42, 44), "lowest mass": (47, 33, 19)}


def mean_of(table: list[Steps], speed: float, name: str, what: str = "mm") -> np.ndarray:
    """Return the mean of each leg."""
    return np.array([np.nanmean(getattr(leg, what)[name]) for leg in table if leg.speed == speed])


def show_cuts(tables: dict[float | None, list[Steps]]) -> None:
    """Print hip over ankle by definition and low-pass."""
    print("\nhip over ankle [mm] by low-pass (zero-lag Butterworth, half power after both passes)")
    for name in SHOWN:
        for speed in SPEEDS:
            row = [f"{mean_of(tables[cut], speed, name).mean():6.1f}" for cut in CUTS]
            print(f"{name:16s} {speed} m/s  " + " ".join(row))


def show_quality(tables: dict[float | None, list[Steps]]) -> None:
    """Print repeatability, insensitivity and the distance from the lowest centre of mass."""
    free, ten, twenty = (tables[cut] for cut in (None, 10.0, 20.0))
    print("\nname speed | % of contact, mm ± between legs | SD of steps | halves, odd-even SD of mean | ")
    print("10→20 Hz: mean, rms, worst leg | after the lowest mass ms ± legs, SD of steps")
    for name in SHOWN:
        for speed in SPEEDS:
            legs = [leg for leg in free if leg.speed == speed]
            mm = mean_of(free, speed, name)
            change = mean_of(ten, speed, name) - mean_of(twenty, speed, name)
            within = np.sqrt(np.mean([np.nanvar(leg.mm[name]) for leg in legs]))
            part = [100 * np.nanmean(leg.ms[name] / leg.ms["half_contact"]) / 2 for leg in legs]
            halves = [np.nanmean(h) for leg in legs for h in np.array_split(leg.mm[name], 2)]
            odd = [np.nanmean(leg.mm[name][i::2]) for leg in legs for i in (0, 1)]
            repeat = [np.diff(np.reshape(x, (-1, 2)), axis=1).std() / 2**0.5 for x in (halves, odd)]
            late = [leg.ms[name] - leg.ms["mass_by_force"] for leg in legs]
            offset = [np.nanmean(x) for x in late]
            jitter = np.sqrt(np.mean([np.nanvar(x) for x in late]))
            print(
                f"{name:16s} {speed} | {np.mean(part):4.1f} % {mm.mean():5.1f} ± {mm.std(ddof=1):4.1f} | "
                f"{within:4.1f} | {repeat[0]:3.1f} {repeat[1]:3.1f} | {change.mean():+5.1f} "
                f"{np.sqrt(np.mean(change**2)):4.1f} {np.abs(change).max():4.1f} | "
                f"{np.mean(offset):+5.1f} ± {np.std(offset):3.1f}, {jitter:3.1f}"
            )
    slopes = [np.mean([np.nanmean(leg.slope) for leg in free if leg.speed == s]) for s in SPEEDS]
    print("mm per ms at most_bent:", np.round(slopes, 2))


def show_norms(table: list[Steps]) -> None:
    """Print mean, SD between legs, and 5th and 95th percentile by definition."""
    print("\nnorms [cm]: mean ± SD [5th, 95th] of legs")
    for name in (*SHOWN, "hip_crossing"):
        texts = []
        for speed in SPEEDS:
            cm = 0.1 * mean_of(table, speed, name)
            low, high = np.percentile(cm, [5, 95])
            texts.append(f"{cm.mean():+.1f} ± {cm.std(ddof=1):.1f} [{low:+.1f}, {high:+.1f}]")
        print(f"{name:16s} " + " | ".join(texts))


def write_norms(table: list[Steps]) -> None:
    """Put the norms of the definitions that the whole data set has none for into the shipped table."""
    norms = json.loads(NORMS.read_text("utf-8"))
    for name in ("mid_bend", "knee_bend", "pelvis_dip", "leg_line"):
        parts: dict[str, Any] = {
            "hip_over_ankle_at_midstance_m": lambda leg, n=name: np.nanmean(leg.mm[n]) / 1000,
            "hip_over_ankle_at_midstance_deg": lambda leg, n=name: np.nanmean(leg.deg[n]),
            "midstance_percent_contact": lambda leg, n=name: np.nanmean(
                50 * leg.ms[n] / leg.ms["half_contact"]
            ),
        }
        for key, value in parts.items():
            legs = [np.array([value(leg) for leg in table if leg.speed == speed]) for speed in SPEEDS]
            norms["norms"][f"{key}.{name}"] = {
                "mean": [round(float(leg.mean()), 4) for leg in legs],
                "sd": [round(float(leg.std(ddof=1)), 4) for leg in legs],
                "p5": [round(float(np.percentile(leg, 5)), 4) for leg in legs],
                "p95": [round(float(np.percentile(leg, 95)), 4) for leg in legs],
                "label": "11 runners on a treadmill",
            }
    NORMS.write_text(json.dumps(norms, indent=1) + "\n", encoding="utf-8")


def show_centres(all_labs: list[Lab]) -> None:
    """Print what other joint centres change."""
    print("\nchange of hip over ankle [mm] with another joint centre, signal decides the smoothing")
    plain = [leg for lab in all_labs for leg in steps(lab, None)]
    variants: dict[str, Any] = {
        "hip 1 cm ahead": {"hip_m": 0.01},
        "hip 1 cm behind": {"hip_m": -0.01},
        "middle of the hips": {"mid_pelvis": True},
        "outer malleolus": {"outer_ankle": True},
    }
    for title, options in variants.items():
        other = [leg for lab in all_labs for leg in steps(lab, None, moved(lab, **options))]
        for name in ("pelvis_dip", "mid_bend", "most_bent", "knee", "leg_line"):
            change = [mean_of(other, s, name) - mean_of(plain, s, name) for s in SPEEDS]
            instant = [mean_of(other, s, name, "ms") - mean_of(plain, s, name, "ms") for s in SPEEDS]
            text = " ".join(
                f"{c.mean():+5.1f} ± {c.std():3.1f} ({m.mean():+4.1f} ms)"
                for c, m in zip(change, instant, strict=True)
            )
            print(f"{title:20s} {name:16s} {text}")


def show_printed(tables: dict[float | None, list[Steps]], all_labs: list[Lab]) -> None:
    """Print the two earlier figures beside what they were."""
    print("\nearlier figures at peak knee flexion [mm]:", PRINTED)
    once = 10.0 * (np.sqrt(2.0) - 1.0) ** 0.25
    uncorrected = [leg for lab in all_labs for leg in steps(lab, once)]
    for title, table in (
        ("10 Hz twice, not corrected", uncorrected),
        ("10 Hz corrected", tables[10.0]),
        ("15 Hz corrected", tables[15.0]),
        ("signal decides", tables[None]),
    ):
        print(f"{title:28s}", [f"{mean_of(table, s, 'knee').mean():.1f}" for s in SPEEDS])
    print(
        "lowest mass by force        ",
        [f"{mean_of(tables[None], s, 'mass_by_force').mean():.1f}" for s in SPEEDS],
    )


def as_phone(lab: Lab, rate_hz: float, noise_m: float, seed: int) -> list[Steps]:
    """Return midstance on the mean stride of 12 s seen with noise, by today's rule and by the middle."""
    motion = seen_by(lab.motion, rate_hz, 3.0, 12.0, noise_m, seed)
    signals: Signals = sagittal_curves(motion)
    locked = PhaseLock()(signals)
    phases: dict[str, dict[Side, float]] = {"start": {}, "stop": {}}
    for side in SIDES:
        own = lab.contacts.of(side)
        for key, times in (("start", lab.contacts.initial_contact_s), ("stop", lab.contacts.toe_off_s)):
            mine = times[own]
            mine = mine[(mine > motion.time_s[0] + 0.1) & (mine < motion.time_s[-1] - 0.1)]
            turns = np.interp(mine, motion.time_s, locked.phase)
            phases[key][side] = float(np.angle(np.mean(np.exp(1j * turns)))) % (2 * np.pi)
        if phases["stop"][side] < phases["start"][side]:
            phases["stop"][side] += 2 * np.pi
    stance = StancePhases(phases["start"], phases["stop"], {}, {})
    found = []
    for side in SIDES:
        at = midstance_phases(locked, stance, side)
        kept = locked.smoothed(8)
        knee, pelvis = (partial(kept.mean, n) for n in (f"{side}_knee_flexion_deg", "pelvis_height_m"))
        at |= bend_middles(knee, pelvis, phases["start"][side], phases["stop"][side])
        ms = {
            n: np.array([1e3 * (p - phases["start"][side]) * locked.stride_time_s / (2 * np.pi)])
            for n, p in at.items()
        }
        mm = {n: 1e3 * locked.mean(f"{side}_hip_over_ankle_m", p) for n, p in at.items()}
        found.append(Steps(lab.subject, lab.speed, ms, mm, {}, np.zeros(1)))
    return found


def show_truth(all_labs: list[Lab]) -> None:
    """Print the error of instants in smooth curves taken for true, sampled again with white noise."""
    print(
        "\nsmooth curves of 4.5 m/s taken for true, new noise: error of the instant [ms], bias ± SD of steps"
    )
    cuts = (None, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0)
    for title, noise in (("as measured", 1.0), ("five times", 5.0)):
        errors: dict[tuple[float | None, str], list[np.ndarray]] = {}
        for number, lab in enumerate(lab for lab in all_labs if lab.speed == SPEEDS[-1]):
            signals = sagittal_curves(lab.motion)
            names = [f"{side}_knee_flexion_deg" for side in SIDES] + ["pelvis_height_m"]
            columns = [signals.names.index(name) for name in names]
            own = smoothed(signals.values[:, columns], signals.time_s)
            true = own(signals.time_s)
            rng = np.random.default_rng(number)
            seen = true + noise * own.noise_sd * rng.normal(size=true.shape)
            units = ("deg", "deg", "m")
            whole = StepMidstance()(Signals(true, tuple(names), units, signals.time_s), lab.contacts)
            for cut in cuts:
                again = Signals(seen, tuple(names), units, signals.time_s)
                found = StepMidstance(low_pass_hz=cut)(again, lab.contacts)
                for name in ("knee", "pelvis", "pelvis_dip", "mid_bend"):
                    off = 1e3 * (found.by_definition[name] - whole.by_definition[name])
                    errors.setdefault((cut, name), []).append(off)
        for cut in cuts:
            wrong = {n: np.concatenate(errors[cut, n]) for n in ("knee", "pelvis", "pelvis_dip", "mid_bend")}
            text = " | ".join(f"{n} {np.nanmean(e):+5.2f} ± {np.nanstd(e):4.2f}" for n, e in wrong.items())
            print(f"{title:12s} {cut or 'own'!s:5s} {text}")


def show_phone(free: list[Steps], all_labs: list[Lab]) -> None:
    """Print how far the mean stride of a phone's rate and noise is off, by definition."""
    print("\nmean stride of 12 s, 8 harmonics, against every step with the smoothing the signal asks for")
    for rate, noise in ((75.0, 0.0), (60.0, 0.01), (30.0, 0.01)):
        seen = [leg for i, lab in enumerate(all_labs) for leg in as_phone(lab, rate, noise, i)]
        for name in ("pelvis_dip", "mid_bend", "most_bent", "knee", "leg_line", "pelvis"):
            off = [mean_of(seen, s, name) - mean_of(free, s, name) for s in SPEEDS]
            late = [mean_of(seen, s, name, "ms") - mean_of(free, s, name, "ms") for s in SPEEDS]
            text = " | ".join(
                f"{m.mean():+5.1f} ± {m.std():4.1f} mm, {t.mean():+4.1f} ± {t.std():3.1f} ms"
                for m, t in zip(off, late, strict=True)
            )
            print(f"{rate:.0f} Hz, {1e3 * noise:.0f} mm  {name:16s} {text}")


def main() -> None:
    """Read, find, print, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=Path, help="where the figures go")
    parser.add_argument("--norms", action="store_true", help="write the norms of new definitions")
    parser.add_argument("--quick", action="store_true", help="the first runners only")
    arguments = parser.parse_args()
    all_labs = labs(arguments.folder, quick=arguments.quick)
    print(f"{len(all_labs)} trials, {sum(len(lab.contacts) for lab in all_labs)} contacts")
    print("definitions:", *(f"\n  {name}: {words}" for name, words in DEFINITIONS.items()))
    tables = {cut: [leg for lab in all_labs for leg in steps(lab, cut)] for cut in CUTS}
    show_cuts(tables)
    show_quality(tables)
    show_norms(tables[None])
    if arguments.norms:
        write_norms(tables[None])
    show_printed(tables, all_labs)
    show_centres(all_labs)
    show_truth(all_labs)
    show_phone(tables[None], all_labs)
    if arguments.images:
        lines = {
            name: [[mean_of(tables[c], s, name).mean() / 10 for c in CUTS] for s in SPEEDS]
            for name in ("pelvis_dip", "mid_bend", "most_bent", "knee", "leg_line", "pelvis")
        }
        draw(arguments.images, CUTS, SPEEDS, lines, all_labs)


if __name__ == "__main__":
    main()
