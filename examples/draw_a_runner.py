"""Draw five seconds of a running figure with known motion, to try the program on.

    python examples/draw_a_runner.py runner.mp4

The truth is written beside it as `runner.npz`: joints, contacts and measures.
"""

from __future__ import annotations

import sys
from pathlib import Path

from midstance.virtual import demo_clip

if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    print(f"Drawn: {demo_clip(target)}")
