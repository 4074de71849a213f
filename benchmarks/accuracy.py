"""Measure what the program says about real and rendered clips, and write `docs/validation.md`.

    python benchmarks/accuracy.py [DATA_FOLDER] [--only NAME ...] [--print]

DATA_FOLDER holds `video/` and `virtual/` (default: `MIDSTANCE_TEST_DATA` or `../shared/data`).
Every clip goes the whole way, pose networks included. `--print` writes nothing.
"""

from __future__ import annotations

import argparse
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from truth import Truth, read_truth

import midstance
from midstance.model import Analysis, Code, Runner, Tier, Video

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs/validation.md"
HIP_DEG = "hip_over_ankle_at_midstance_deg"


@dataclass(frozen=True)
class Row:
    """One line of the table: what was asked, the bar, what was found, whether it holds."""

    clip: str
    what: str
    bar: str
    found: str
    holds: bool


def bound(clip: str, what: str, value: float, low: float, high: float, unit: str = "") -> Row:
    """Return a row that holds when a value is within its bar."""
    shown = f"{value:.1f} {unit}".strip()
    return Row(clip, what, f"{low:g} to {high:g} {unit}".strip(), shown, bool(low <= value <= high))


def told(clip: str, what: str, bar: str, found: str, *, holds: bool) -> Row:
    """Return a row about words."""
    return Row(clip, what, bar, found, holds)


def codes(analysis: Analysis) -> set[Code]:
    """Return the codes of the issues."""
    return {issue.code for issue in analysis.issues}


def refused(analysis: Analysis) -> bool:
    """Tell whether hip over ankle is withheld on both sides."""
    tiers = [m.estimate.tier for m in analysis.measures if m.key == HIP_DEG]
    return all(tier is Tier.REFUSED for tier in tiers)


def treadmill_side_left(a: Analysis) -> list[Row]:
    """A real runner, 30 frames per second, dim light."""
    assert a.steps is not None
    contacts = a.steps.contacts
    return [
        bound("treadmill_side_left", "cadence", a.measure("cadence_spm").value, 167.9, 169.9, "spm"),
        bound("treadmill_side_left", "steps found", len(contacts), 32, 34),
        told(
            "treadmill_side_left",
            "left and right alternate",
            "strictly",
            "yes" if contacts.alternate() else "no",
            holds=contacts.alternate(),
        ),
    ]


def treadmill_pair_side(a: Analysis) -> list[Row]:
    """A real runner, 30 frames per second with jitter."""
    return [bound("treadmill_pair_side", "cadence", a.measure("cadence_spm").value, 161.0, 163.0, "spm")]


def treadmill_slow_motion(a: Analysis) -> list[Row]:
    """About eight times slow motion that says 29.97 fps; a step lasts 3.41 s on screen."""
    assert a.steps is not None
    assert isinstance(a.recording, Video)
    factor = a.recording.slow_motion_factor
    step_s = 60.0 / a.measure("cadence_spm").value * factor
    return [
        bound("treadmill_slow_motion", "slow-motion factor", factor, 6.8, 9.2),
        bound("treadmill_slow_motion", "a step on screen", step_s, 3.31, 3.51, "s"),
        bound("treadmill_slow_motion", "steps found", len(a.steps.contacts), 8, 10),
    ]


def _trap(name: str, *wanted: Code, withheld: bool = True) -> Callable[[Analysis], list[Row]]:
    def rows(a: Analysis) -> list[Row]:
        found = ", ".join(sorted(codes(a) & set(wanted))) or "not said"
        result = [told(name, "said", " or ".join(wanted), found, holds=bool(codes(a) & set(wanted)))]
        if withheld:
            said = "refused" if refused(a) else "given"
            result.append(told(name, "hip over ankle", "refused", said, holds=refused(a)))
        return result

    return rows


def trap_rotation_vfr_tiny(a: Analysis) -> list[Row]:
    """Turned by metadata, uneven frames, 87 pixels tall, 190 spm."""
    assert isinstance(a.recording, Video)
    upright = a.recording.width_px > a.recording.height_px
    low = all(m.estimate.tier in {Tier.LOW, Tier.REFUSED} for m in a.measures if m.key == HIP_DEG)
    return [
        told(
            "trap_rotation_vfr_tiny",
            "right way up",
            "480 × 220",
            f"{a.recording.width_px} × {a.recording.height_px}",
            holds=upright,
        ),
        bound("trap_rotation_vfr_tiny", "cadence", a.measure("cadence_spm").value, 186.0, 194.0, "spm"),
        told("trap_rotation_vfr_tiny", "hip over ankle", "low or refused", "yes" if low else "no", holds=low),
    ]


def trap_coach_in_front(a: Analysis) -> list[Row]:
    """A coach stands before the runner."""
    running = a.activity == "running" and a.steps is not None and len(a.steps.contacts) >= 8
    return [
        told("trap_coach_in_front", "the runner is followed", "running", a.activity, holds=running),
        *_trap("trap_coach_in_front", Code.SEVERAL_PEOPLE, withheld=False)(a),
    ]


CLIPS: dict[str, tuple[str, Callable[[Analysis], list[Row]]]] = {
    "treadmill_side_left": ("video/treadmill_side_left.mp4", treadmill_side_left),
    "treadmill_pair_side": ("video/treadmill_pair_side.mov", treadmill_pair_side),
    "treadmill_slow_motion": ("video/treadmill_slow_motion.mp4", treadmill_slow_motion),
    "trap_coach_in_front": ("video/trap_coach_in_front.mp4", trap_coach_in_front),
    "trap_feet_hidden": ("video/trap_feet_hidden.mp4", _trap("trap_feet_hidden", Code.FEET_UNSEEN)),
    "trap_on_the_spot": (
        "video/trap_on_the_spot.mp4",
        _trap("trap_on_the_spot", Code.ON_THE_SPOT, Code.NOT_SIDE_VIEW),
    ),
    "trap_rotation_vfr_tiny": ("video/trap_rotation_vfr_tiny.mp4", trap_rotation_vfr_tiny),
    "trap_speed_ramp": (
        "video/trap_speed_ramp.mp4",
        _trap("trap_speed_ramp", Code.SPEED_RAMP, Code.CAMERA_MOVES),
    ),
    "trap_walking_two_people": (
        "video/trap_walking_two_people.mp4",
        _trap("trap_walking_two_people", Code.WALKING),
    ),
}
RENDERED = {"side_m1_60fps": "virtual/side_m1_60fps"}
BARS = {
    "initial contact": (15.0, "ms"),
    "toe-off": (15.0, "ms"),
    "midstance": (10.0, "ms"),
    HIP_DEG: (1.5, "°"),
    "knee_flexion_at_midstance_deg": (6.0, "°"),
    "knee_flexion_at_contact_deg": (6.0, "°"),
    "trunk_lean_deg": (3.0, "°"),
    "foot_strike_angle_deg": (8.0, "°"),
}


def rendered(name: str, a: Analysis, truth: Truth) -> list[Row]:
    """Compare the near leg of a rendered clip with its truth."""
    assert a.scene is not None
    assert a.steps is not None
    side = a.scene.near_side
    rows = []
    for what, errors in truth.event_errors_s(a, side).items():
        bar, unit = BARS[what]
        worst = 1000 * max(errors, key=abs)
        rows.append(bound(name, f"{what}, near leg, mean error", 1000 * errors.mean(), -bar, bar, unit))
        rows.append(bound(name, f"{what}, near leg, worst step", worst, -bar, bar, unit))
    for key, (bar, unit) in BARS.items():
        if key not in truth.values(side):
            continue
        estimate = a.measure(key, "both" if key == "trunk_lean_deg" else side)
        true = truth.values(side)[key]
        rows.append(bound(name, f"`{key}`, error", estimate.value - true, -bar, bar, unit))
        inside = estimate.low <= true <= estimate.high
        interval = f"{estimate.low:.1f} to {estimate.high:.1f} {unit}"
        rows.append(told(name, f"`{key}`, interval holds {true:.1f}", "contains it", interval, holds=inside))
    return rows


def default_data() -> Path:
    """Return the folder of recordings: `MIDSTANCE_TEST_DATA`, or beside the checkout."""
    return Path(os.environ.get("MIDSTANCE_TEST_DATA", ROOT.parent / "shared/data"))


def page(rows: list[Row]) -> str:
    """Return the validation page."""
    lines = [
        "# Validation",
        "",
        "Made by `python benchmarks/accuracy.py` (about ten minutes on two cores): every clip goes the",
        "whole way, pose networks included, with default settings; rendered clips are given the stature",
        "of their figure. The recordings are not part of the project.",
        "",
        f"midstance {midstance.__version__}, Python {platform.python_version()}.",
        "",
        "| clip | what | bar | found | holds |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {r.clip} | {r.what} | {r.bar} | {r.found} | {'yes' if r.holds else '**no**'} |" for r in rows
    ]
    held = sum(r.holds for r in rows)
    return "\n".join([*lines, "", f"{held} of {len(rows)} rows hold.", ""])


def main() -> None:
    """Run every clip and write the page; what stands below its marker is kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, nargs="?", default=default_data())
    parser.add_argument("--only", nargs="*", default=None)
    parser.add_argument("--print", action="store_true", dest="only_print")
    arguments = parser.parse_args()
    rows: list[Row] = []
    for name, (file, check) in CLIPS.items():
        if arguments.only is None or name in arguments.only:
            rows += check(midstance.analyse(arguments.data / file, runner=Runner(height_m=1.75)))
    for name, stem in RENDERED.items():
        if arguments.only is None or name in arguments.only:
            truth = read_truth(arguments.data / f"{stem}.npz")
            a = midstance.analyse(arguments.data / f"{stem}.mp4", runner=Runner(height_m=truth.height_m))
            rows += rendered(name, a, truth)
    text = page(rows)
    print(text)
    if not arguments.only_print and arguments.only is None:
        before = OUT.read_text("utf-8") if OUT.exists() else ""
        OUT.write_text(text + MARK + (before.partition(MARK)[2] or "\n"), encoding="utf-8")


MARK = "<!-- written by hand from here -->"

if __name__ == "__main__":
    main()
