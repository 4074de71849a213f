"""A street: pavement, kerb and road, houses with doors and windows, railings, hedges, trees, sky."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.virtual.materials import linear, material
from midstance.virtual.mesh import Mesh, box, joined, sheet, sphere
from midstance.virtual.places import Course, Place, mirrored, shaded_near
from midstance.virtual.rasterising import Light

if TYPE_CHECKING:
    from numpy.random import Generator

    from midstance.virtual.camera import Camera

    Point = tuple[float, float, float]
    Box = tuple[Point, Point, tuple[int, int, int], str]

__all__ = ["Street"]

_BEYOND_M = 36.0  # the street goes on before and after what is run
_WALL_M, _FENCE_M, _KERB_M, _ROAD_M, _OTHER_M = -3.4, -1.7, 1.5, -0.12, 11.0
_HOUSE_M, _HIGH_M = 6.0, 6.5
_FACES = ((168, 96, 78), (214, 204, 186), (150, 132, 118), (196, 176, 150), (190, 196, 200))
_DOORS = ((38, 70, 52), (120, 30, 34), (32, 44, 88), (60, 60, 62))


@dataclass(frozen=True, slots=True)
class Street:
    """A pavement along houses; the camera stands on the road or behind the runner.

    Parameters
    ----------
    sun_height_deg
        Height of the sun above the horizon [deg].
    trees
        Whether trees stand along the kerb on the far side of the runner.
    seed
        Which houses stand there.
    """

    sun_height_deg: float = 50.0
    trees: bool = True
    seed: int = 0

    def __call__(self, camera: Camera, course: Course | None = None) -> Place:
        """Build the place around a camera.

        Parameters
        ----------
        camera
            Stands on one side of the runner; the street is mirrored with it.
        course
            Where the run leads; without one nowhere.

        Returns
        -------
        Place
            With the pavement at Y = 0.
        """
        course = course or Course()
        reach = 0.5 * course.travel_m + _BEYOND_M
        ends = (course.half_m - reach, course.half_m + reach)
        random = np.random.default_rng([self.seed, 51])
        boxes: list[Box] = []
        parts: list[Mesh] = []
        for start in np.arange(ends[0], ends[1], _HOUSE_M):
            boxes += _front_garden(float(start), random)
            parts += _house(float(start), random)
            if self.trees and random.random() < 0.6:  # noqa: PLR2004  # three gardens of five
                parts += _tree(float(start + random.uniform(1.0, 5.0)), random)
        ground = [shaded_near(g, [(a, b) for a, b, _, _ in boxes]) for g in _ground(ends)]
        parts += [*ground, *_around(ends), *(box(a, b, linear(*c), material(m)) for a, b, c, m in boxes)]
        still = joined(parts)
        if camera.side == "left":
            still = mirrored(still)
        return Place(still, None, self._sun(camera), "overground")

    def _sun(self, camera: Camera) -> Light:
        """Return the sun, on the camera's side, and the sky."""
        high = np.radians(self.sun_height_deg)
        sign = 1.0 if camera.side == "right" else -1.0
        level = float(np.cos(high))
        towards = (-0.55 * level, float(np.sin(high)), 0.83 * level * sign)
        return Light(towards, (0.95, 0.90, 0.80), (0.30, 0.36, 0.44), (0.16, 0.155, 0.14))


def _ground(ends: tuple[float, float]) -> list[Mesh]:
    """Return pavement, kerb, road and front gardens."""
    start, long = ends[0], ends[1] - ends[0]
    grey = linear(172, 168, 162)
    pavement = sheet(
        (start, 0, _FENCE_M), (0, 0, _KERB_M - _FENCE_M - 0.15), (long, 0, 0), grey, material("paving"), 0.4
    )
    gardens = sheet(
        (start, -0.01, _WALL_M), (0, 0, _FENCE_M - _WALL_M), (long, 0, 0), linear(150, 146, 138), 0, 0.4
    )
    kerb = box((start, _ROAD_M, _KERB_M - 0.15), (ends[1], 0.0, _KERB_M), linear(188, 186, 182), 0, 0.5)
    wide = _OTHER_M - _KERB_M
    road = sheet(
        (start, _ROAD_M, _KERB_M), (0, 0, wide), (long, 0, 0), linear(112, 112, 114), material("asphalt"), 0.5
    )
    return [pavement, gardens, kerb, road]


def _around(ends: tuple[float, float]) -> list[Mesh]:
    """Return sky, the far ends of the street and the houses across the road."""
    start, end, far = ends[0], ends[1], 120.0
    sky, white = material("clouds"), (1.0, 1.0, 1.0)
    long, up = (end - start + 2 * far, 0, 0), (0, far, 0)
    heaven = [sheet((start - far, -2.0, z), long, up, white, sky, 20.0) for z in (-far, far)]
    heaven += [
        sheet((x, -2.0, -far), (0, 0, 2 * far), up, white, sky, 20.0) for x in (start - far, end + far)
    ]
    out = [part.lit(0.0 * part.reached) for part in heaven]
    leaves, brick = material("foliage"), material("brick")
    hedge, meadow = linear(78, 104, 58), linear(120, 124, 104)
    out += [
        box((x, -0.2, -14.0), (x + 4.0, 4.2, _OTHER_M + 4.0), hedge, leaves, 2.0)
        for x in (start - 8.0, end + 4.0)
    ]
    out.append(sheet((start - 30, -0.14, -40), (0, 0, 80), (end - start + 60, 0, 0), meadow, leaves, 4.0))
    across = sheet((end, _ROAD_M, _OTHER_M), (start - end, 0, 0), (0, 6.0, 0), (0.9, 0.9, 0.9), brick, 1.0)
    return [*out, across]


def _house(start: float, random: Generator) -> list[Mesh]:
    """Return the front of a house with door and windows."""
    red, green, blue = _FACES[int(random.integers(len(_FACES)))]
    bricks = red > 160 and green < 100  # noqa: PLR2004  # the first colour
    paint = (1.0, 1.0, 1.0) if bricks else linear(red, green, blue)
    wall = sheet(
        (start, -0.1, _WALL_M),
        (_HOUSE_M, 0, 0),
        (0, _HIGH_M, 0),
        paint,
        material("brick" if bricks else "plaster"),
        1.0,
    )
    height = wall.vertices_m[:, 1]
    free = 1.0 - 0.4 * np.exp(-np.maximum(height, 0.0) / 0.4)
    out = [wall.lit(wall.reached * np.stack([free, free], axis=1))]
    pipe = (start + 0.05, -0.1, _WALL_M), (start + 0.15, _HIGH_M, _WALL_M + 0.12)
    out.append(box(*pipe, linear(70, 70, 72), material("plain")))
    door = float(start + random.uniform(0.5, 4.6))
    colour = linear(*_DOORS[int(random.integers(len(_DOORS)))])
    out += _opening(door, 0.0, 0.95, 2.1, colour, "plastic", bars=0)
    free_at = [x for x in (start + 0.7, start + 2.6, start + 4.5) if abs(x - door) > 1.3]  # noqa: PLR2004  # m
    for low, places in ((0.9, free_at), (3.7, [start + 0.7, start + 2.6, start + 4.5])):
        for x in places:
            out += _opening(x, low, 1.05, 1.45, (0.10, 0.13, 0.17), "glass", bars=2)
    return out


def _opening(
    x: float, y: float, wide: float, high: float, colour: object, kind: str, bars: int
) -> list[Mesh]:
    """Return a door or a window in the front of a house, its frame a little before the wall."""
    z, frame, white = _WALL_M + 0.02, 0.07, linear(232, 230, 224)
    pane = sheet((x, y, z), (wide, 0, 0), (0, high, 0), colour, material(kind), 1.0)  # type: ignore[arg-type]
    uprights = np.linspace(0.0, wide - frame, 2 + bars // 2)
    out = [pane]
    out += [
        box((x + u, y, z), (x + u + frame, y + high, z + 0.05), white, material("plain")) for u in uprights
    ]
    levels = (0.0, high - frame) if bars else (high - frame,)
    out += [box((x, y + v, z), (x + wide, y + v + frame, z + 0.05), white, material("plain")) for v in levels]
    return out


def _front_garden(start: float, random: Generator) -> list[Box]:
    """Return what stands between pavement and house: railings, a low wall or a hedge, and bins."""
    kind, z = int(random.integers(3)), _FENCE_M
    out: list[Box] = []
    if kind == 0:
        out += [((start, 0.0, z - 0.15), (start + 5.0, 0.28, z), (150, 140, 128), "plaster")]
        out += [((start, 1.02, z - 0.09), (start + 5.0, 1.06, z - 0.05), (30, 32, 34), "metal")]
        places = np.arange(start + 0.05, start + 5.0, 0.14).tolist()
        bars = [((x, 0.28, z - 0.085), (x + 0.022, 1.12, z - 0.06)) for x in places]
        out += [(low, high, (30, 32, 34), "metal") for low, high in bars]
    elif kind == 1:
        out += [((start, 0.0, z - 0.22), (start + 4.8, 0.75, z), (255, 255, 255), "brick")]
        out += [((start - 0.03, 0.75, z - 0.25), (start + 4.83, 0.82, z + 0.03), (190, 186, 178), "plaster")]
    else:
        out += [
            (
                (start, 0.0, z - 0.45),
                (start + 4.9, float(random.uniform(0.8, 1.3)), z),
                (82, 112, 60),
                "leaves",
            )
        ]
    out += [((start + 5.75, 0.0, z - 0.28), (start + 6.0, 1.15, z - 0.03), (200, 196, 188), "plaster")]
    if random.random() < 0.4:  # noqa: PLR2004  # two of five
        x = float(start + random.uniform(1.0, 4.0))
        out += [((x, 0.0, z - 1.1), (x + 0.55, 1.05, z - 0.6), (52, 78, 60), "plastic")]
    return out


def _tree(x: float, random: Generator) -> list[Mesh]:
    """Return a young tree in a front garden."""
    z, leaves, green = -2.4, material("leaves"), linear(88, 120, 62)
    trunk = box((x - 0.07, 0.0, z - 0.07), (x + 0.07, 2.2, z + 0.07), linear(96, 78, 60), material("wood"))
    crown = [
        sphere((x + dx, 2.6 + dy, z + dz), r, green * random.uniform(0.8, 1.1), leaves, 12)
        for dx, dy, dz, r in random.uniform((-0.5, -0.2, -0.3, 0.45), (0.5, 0.9, 0.3, 0.8), (7, 4))
    ]
    return [trunk, *crown]
