"""Draw what the app shows of our virtual runner: how to film, and the outlines of the body map.

Run by a developer: `python baking/bake_app_pictures.py`. Writes `frontend/pictures/*.webp` and
`src/midstance/web/templates/parts/silhouettes.html`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.virtual import Camera, Filming, Gym, Running, Sensor, load_body
from midstance.virtual.bones import BONES

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "frontend" / "pictures"
OUTLINES = ROOT / "src" / "midstance" / "web" / "templates" / "parts" / "silhouettes.html"
WIDTH, HEIGHT = 480, 853
GOOD = Camera(distance_m=4.5, height_m=1.0, aim_height_m=0.9, focal_px=1660.0, width_px=720, height_px=1280)
SHOTS = {
    "good": GOOD,
    "feet": replace(GOOD, aim_height_m=1.5, focal_px=2000.0),
    "tilted": replace(GOOD, roll_deg=9.0),
    "oblique": replace(GOOD, off_axis_deg=38.0),
    "far": replace(GOOD, focal_px=560.0),
}
INSTANT_S = 1.18
QUALITY = 76
MOST_BYTES = 150_000
DOTS_PER_M, TOP_M, HALF_M, SMOOTH = 300.0, 1.12, 0.19, 0.8
HALF_FULL = 127
FINE = 8


def film_pictures() -> int:
    """Write the pictures of the page Film; return their size [bytes]."""
    body = load_body("slim_woman")
    run = Running(speed_m_s=3.0)(body.build, 3.0, body.joints)
    PICTURES.mkdir(parents=True, exist_ok=True)
    size = 0
    for name, camera in SHOTS.items():
        filming = Filming(camera, Gym(), Sensor(noise_sd=0.0))
        frame = next(iter(filming(body, run, np.array([INSTANT_S]))))
        size += written(frame.rgb, PICTURES / f"{name}.webp")
    return size


def written(picture: NDArray[np.uint8], path: Path) -> int:
    """Write one picture, half as large; return its size [bytes]."""
    small = cv2.resize(picture, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(path), cv2.cvtColor(small, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_WEBP_QUALITY, QUALITY])
    return path.stat().st_size


def outline() -> str:
    """Return the outline of both legs from the waist down, as the data of an SVG path."""
    body = load_body("slim_woman")
    main = body.indices[np.arange(len(body.vertices)), np.argmax(body.weights, axis=1)]
    arms = {i for i, bone in enumerate(BONES) if any(part in bone for part in ("arm", "hand"))}
    kept = ~np.isin(main[body.faces], list(arms)).any(axis=1)
    across, up = body.vertices[:, 2], body.vertices[:, 1]
    scale = DOTS_PER_M * FINE
    dots = np.stack([(across + HALF_M) * scale, (TOP_M - up) * scale], axis=1)
    canvas = np.zeros((int(TOP_M * scale), int(2 * HALF_M * scale)), np.uint8)
    for face in body.faces[kept]:
        cv2.fillConvexPoly(canvas, np.round(dots[face]).astype(np.int32), 255)
    canvas = cv2.GaussianBlur(canvas, (0, 0), SMOOTH * FINE)
    found, _ = cv2.findContours(
        (canvas > HALF_FULL).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    longest = max(found, key=len)
    around = cv2.approxPolyDP(longest, 0.35 * FINE, closed=True)[:, 0] / FINE
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in around) + "Z"


def main() -> None:
    """Write pictures and outline; refuse when they grow too large."""
    size = film_pictures()
    OUTLINES.parent.mkdir(parents=True, exist_ok=True)
    OUTLINES.write_text(
        f'{{# made by baking/bake_app_pictures.py #}}\n<path class="outline" d="{outline()}"/>\n',
        encoding="utf-8",
    )
    print("pictures", size, "bytes; outline", OUTLINES.stat().st_size, "bytes")
    if size > MOST_BYTES:
        raise SystemExit(f"the pictures are {size} bytes, more than {MOST_BYTES}")


if __name__ == "__main__":
    main()
