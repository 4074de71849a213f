"""Write the model runner to look at: `docs/model-runner/runner.glb`, and the same for the page beside it.

Run by a developer: `python baking/bake_model_runner.py [BODY]`.
"""

from __future__ import annotations

import argparse
import base64
import gzip
from pathlib import Path

from midstance.virtual.body import BODIES, load_body
from midstance.virtual.glb import write_glb
from midstance.virtual.running import Running

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "model-runner"
LASTS_S = 4.0
USUAL = Running(speed_m_s=3.0)
SMALL, LARGE = 0.4, 1.7  # of the usual core action


def core_action(part: float) -> Running:
    """Return the usual runner with pelvis and trunk moving by a part of the usual."""
    names = ("pelvic_drop_deg", "pelvic_rotation_deg", "twist_deg", "side_bend_deg")
    return USUAL.with_options(**{name: part * float(getattr(USUAL, name)) for name in names})


RUNNERS = {
    "neutral": USUAL,
    "hip behind": USUAL.with_options(hip_over_ankle_m=0.01, trunk_lean_deg=4.0),
    "hip over": USUAL.with_options(hip_over_ankle_m=0.085, trunk_lean_deg=9.0),
    "core action small": core_action(SMALL),
    "core action large": core_action(LARGE),
}


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("body", nargs="?", choices=BODIES, default="lean_man")
    body = load_body(parser.parse_args().body)
    runs = {name: runner(body.build, LASTS_S, body.joints) for name, runner in RUNNERS.items()}
    path = FOLDER / "runner.glb"
    write_glb(body, runs, path)
    packed = base64.b64encode(gzip.compress(path.read_bytes(), 9, mtime=0)).decode()
    (FOLDER / "runner.js").write_text(f'window.MODEL_RUNNER = "{packed}";\n')
    print(path.name, path.stat().st_size, "packed", len(packed))


if __name__ == "__main__":
    main()
