"""Analyse a clip and print hip over ankle at midstance for both legs.

python examples/analyse_a_clip.py run.mp4 [height in metres] [settings.toml]
"""

from __future__ import annotations

import sys

import midstance as ms


def main(video: str, height_m: str = "", settings: str = "") -> int:
    """Analyse one clip; return the exit code."""
    try:
        analysis = ms.analyse(
            video,
            runner=ms.Runner(height_m=float(height_m) if height_m else None),
            settings=ms.read_settings(settings) if settings else None,
        )
    except ms.MidstanceError as error:
        print(error, file=sys.stderr)
        return 2
    for side in ("left", "right"):
        hip = analysis.measure("hip_over_ankle_at_midstance_m", side)
        if hip.tier == "refused":
            print(f"{side}: not given, {hip.method}")
        else:
            value, low, high = (f"{100 * number:+.1f}" for number in (hip.value, hip.low, hip.high))
            print(f"{side}: {value} cm ({low} to {high}), {hip.n} steps, {hip.tier.value}")
    for issue in analysis.issues:
        print(f"{issue.severity.value}: {issue.sentence}")
    return 0


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
