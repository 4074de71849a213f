"""Draw how the hips that a pose network sees swing about the true ones within a stride.

    python benchmarks/hip_swing.py CLIPS

CLIPS is the folder `clips` of `midstance virtual budget -o OUT`. One line per body: the mean over its clips
of the middle of the hips, seen minus true, fore and aft, from landing to landing of the near foot; dashed,
the usual course of runners with markers minus the true one. Writes `docs/images/hip-swing.svg`.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np

from midstance.alignment.hip_course import course_m, lowest_phase, swing_of
from midstance.virtual.body import BODIES, load_body
from midstance.virtual.budget import designed
from midstance.virtual.budget.keeping import kept_sighting

OUT = Path(__file__).parents[1] / "docs/images/hip-swing.svg"
PHASE = np.linspace(0.0, 2.0 * np.pi, 73)
COLOURS = dict(zip(BODIES, ("#0f766e", "#2563eb", "#d97706", "#b91c1c"), strict=True))
WIDE, TALL, LEFT, TOP, RIGHT, BOTTOM = 760, 400, 60, 20, 150, 50
MOST_MM = 24.0


def waves(weights: np.ndarray, phase: np.ndarray) -> np.ndarray:
    """Return the curve of weights as `swing_of` gives them."""
    table = [wave(k * phase) for k in range(1, len(weights) // 2 + 1) for wave in (np.cos, np.sin)]
    return np.asarray(weights @ table)


def swings(folder: Path) -> dict[str, list[tuple[np.ndarray, np.ndarray]]]:
    """Return for each body, clip by clip, seen minus true and usual minus true over `PHASE` [mm]."""
    found = defaultdict(list)
    for clip in designed():
        kept = kept_sighting(folder / f"{clip.name}.sighting.npz", clip.digest)
        if kept is None or clip.use == "pair":
            continue
        body = load_body(clip.body)
        run = clip.running(body.build, clip.duration_s, body.joints)
        true, seen = run.motion(kept.motion.time_s), kept.motion
        turned = np.pi / run.running.step_time_s * true.time_s
        camera, roll = clip.camera, np.radians(clip.camera.roll_deg)
        middle = seen.middle("hip") * camera.distance_m / camera.focal_px
        ahead = (1.0 if camera.side == "right" else -1.0) * middle[:, 0] * np.cos(roll)
        ahead += (1.0 if camera.side == "right" else -1.0) * middle[:, 1] * np.sin(roll)
        own, wanted, height = (
            swing_of(v, turned) for v in (ahead, true.middle("hip")[:, 0], true.middle("hip")[:, 1])
        )
        assert own is not None
        assert wanted is not None
        assert height is not None
        landed = run.contacts.initial_contact_s[run.contacts.of(camera.side)][0]
        phase = PHASE + np.pi / run.running.step_time_s * landed
        usual = course_m(phase - lowest_phase(height), clip.running.speed_m_s)
        found[clip.body].append((1000 * waves(own - wanted, phase), 1000 * (usual - waves(wanted, phase))))
    return found


def drawn(found: dict[str, list[tuple[np.ndarray, np.ndarray]]]) -> str:
    """Return the picture."""
    inner = WIDE - LEFT - RIGHT, TALL - TOP - BOTTOM

    def line(values: np.ndarray, colour: str, dash: str) -> str:
        x = LEFT + inner[0] * PHASE / PHASE[-1]
        y = TOP + inner[1] * (0.5 - values / (2 * MOST_MM))
        points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
        return f'<polyline fill="none" stroke="{colour}" stroke-width="2"{dash} points="{points}"/>'

    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {TALL}" font-family="sans-serif" '
            'font-size="13" fill="#334155">'
        ),
        f'<rect width="{WIDE}" height="{TALL}" fill="#fff"/>',
    ]
    for level in (-20, -10, 0, 10, 20):
        y = TOP + inner[1] * (0.5 - level / (2 * MOST_MM))
        parts += [
            f'<path d="M{LEFT} {y:.1f}h{inner[0]}" stroke="#e2e8f0"/>',
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{level}</text>',
        ]
    for i, (body, pairs) in enumerate(found.items()):
        for k, dash in ((0, ""), (1, ' stroke-dasharray="5 4"')):
            parts.append(line(np.mean([pair[k] for pair in pairs], axis=0), COLOURS[body], dash))
        y = TOP + 20 + 22 * i
        words = f"{body.replace('_', ' ')}, {len(pairs)}"
        parts += [
            f'<path d="M{WIDE - RIGHT + 10} {y}h18" stroke="{COLOURS[body]}" stroke-width="3"/>',
            f'<text x="{WIDE - RIGHT + 34}" y="{y + 4}">{words}</text>',
        ]
    parts += [
        (
            f'<text x="{LEFT + inner[0] / 2}" y="{TALL - 14}" text-anchor="middle">'
            "one stride, from landing to landing of the near foot</text>"
        ),
        (
            f'<text transform="translate(16 {TOP + inner[1] / 2}) rotate(-90)" text-anchor="middle">'
            "too far ahead [mm], mean taken off</text>"
        ),
        f'<text x="{WIDE - RIGHT + 10}" y="{TOP + 126}">line: as seen</text>',
        f'<text x="{WIDE - RIGHT + 10}" y="{TOP + 146}">dashed: usual</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def main() -> None:
    """Draw and say how far each clip swings at the most."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips", type=Path)
    found = swings(parser.parse_args().clips)
    for body, pairs in found.items():
        seen, usual = (np.std([pair[k] for pair in pairs]) for k in (0, 1))
        print(f"{body:14s} {len(pairs)} clips: as seen {seen:.1f} mm off, on the usual course {usual:.1f}")
    OUT.write_text(drawn(found), encoding="utf-8")


if __name__ == "__main__":
    main()
