"""How often "did it help?" is right, on made-up runners whose relief is known.

    python benchmarks/did_it_help.py [--runners 200]

Diaries of 20 to 60 whole ratings one to three days apart, neighbours alike (autocorrelation 0.3 to 0.6), a
spread of 0.7 to 1.4 points, load that adds to pain, ratings cut off at 0 and 10. Prints a table for
`docs/explanation/did-it-help.md`.
"""

from __future__ import annotations

import argparse

import numpy as np

from midstance.single_case import Course, helped


def diary(draw: np.random.Generator, relief: float, fading: float = 0.0) -> Course:
    """Return the diary of one runner; `fading` is pain that goes by itself [points per week]."""
    count = int(draw.integers(20, 61))
    likeness, spread = draw.uniform(0.3, 0.6), draw.uniform(0.7, 1.4)
    day = np.cumsum(draw.integers(1, 4, count)).astype(float)
    treated = np.arange(count) >= max(5, int(count * draw.uniform(0.3, 0.5)))
    error = np.zeros(count)
    error[0] = draw.normal(0, spread)
    for i in range(1, count):
        error[i] = likeness * error[i - 1] + draw.normal(0, spread * np.sqrt(1 - likeness**2))
    load = draw.normal(25_000, 6_000, count)
    level = draw.uniform(4, 6) + 0.3 * (load - 25_000) / 6_000 - fading * day / 7
    pain = np.clip(np.round(level - relief * treated + error), 0, 10)
    return Course(day, pain, treated, np.where(treated, "tried", "baseline"), load)


def row(
    name: str, draw: np.random.Generator, count: int, ends: tuple[float, float], fading: float = 0.0
) -> str:
    """Return one line of the table: how often which answer, and how often the interval holds."""
    reliefs = draw.uniform(*ends, count)
    answers = [(relief, helped(diary(draw, relief, fading))) for relief in reliefs]
    held = [a.change.interval[0] <= -relief <= a.change.interval[1] for relief, a in answers if a.change]
    share = [
        np.mean([a.state == state for _, a in answers])
        for state in ("helped", "unchanged", "unclear", "worse")
    ]
    return f"| {name} | {count} | " + " | ".join(f"{100 * s:.1f} %" for s in [*share, np.mean(held)]) + " |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runners", type=int, default=200)
    count = parser.parse_args().runners
    draw = np.random.default_rng(2026)
    print("| true relief | runners | helped | unchanged | too close to call | worse | interval holds |")
    print("|---|---|---|---|---|---|---|")
    print(row("none", draw, count, (0, 0)))
    print(row("0 to 3 points", draw, count, (0, 3)))
    print(row("1 to 2 points", draw, count, (1, 2)))
    print(row("2 to 3 points", draw, count, (2, 3)))
    print(row("exactly 2 points", draw, count, (2, 2)))
    print(row("none, fading 0.1 a week by itself", draw, count, (0, 0), 0.1))
    print(row("none, fading 0.2 a week by itself", draw, count, (0, 0), 0.2))


if __name__ == "__main__":
    main()
