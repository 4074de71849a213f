"""A gym with a treadmill, built of boxes and sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.virtual.materials import linear, material
from midstance.virtual.mesh import Mesh, box, joined, sheet, sphere
from midstance.virtual.places import Place, mirrored, shaded_near, tilted
from midstance.virtual.rasterising import Light

if TYPE_CHECKING:
    from midstance.virtual.camera import Camera
    from midstance.virtual.places import Course

    Point = tuple[float, float, float]

__all__ = ["BELT_HALF_M", "Gym"]

BELT_HALF_M = 0.26
_BELT_ALONG_M = (-0.98, 0.98)
_FLOOR_M, _CEILING_M = -0.19, 3.1
_BACK_M, _FRONT_M, _SIDE_M, _REAR_M = -2.7, 4.4, 9.0, -9.0
_KEY, _SKY, _BELOW = (0.86, 0.84, 0.80), (0.64, 0.64, 0.63), (0.42, 0.41, 0.395)
# lowest and highest corner [m], colour, material; those beside the belt stand on either side
_BESIDE: tuple[tuple[Point, Point, tuple[int, int, int], str], ...] = (
    ((-1.02, -0.13, 0.262), (1.02, 0.012, 0.36), (58, 60, 66), "plastic"),
    ((-0.95, -0.19, 0.24), (-0.80, -0.13, 0.34), (25, 25, 28), "plastic"),
    ((1.20, 0.05, 0.30), (1.27, 1.14, 0.35), (150, 153, 158), "metal"),
    ((0.78, 0.93, 0.305), (1.25, 0.965, 0.34), (38, 39, 42), "plastic"),
)
_ACROSS: tuple[tuple[Point, Point, tuple[int, int, int], str], ...] = (
    ((0.985, -0.15, -0.37), (1.46, 0.11, 0.37), (78, 80, 86), "plastic"),
    ((-1.02, -0.13, -0.36), (-0.985, -0.02, 0.36), (40, 41, 45), "plastic"),
    ((1.14, 1.08, -0.36), (1.34, 1.16, 0.36), (44, 45, 49), "plastic"),
    ((1.24, 1.16, -0.27), (1.30, 1.46, 0.27), (28, 29, 33), "glass"),
)


@dataclass(frozen=True, slots=True)
class Gym:
    """A treadmill in a gym.

    Parameters
    ----------
    wall, floor
        Colours as displayed (red, green, blue; 0 to 255).
    near_handrail
        Whether a long handrail stands between runner and camera, in front of the hips.
    things
        How many things stand about.
    seed
        Which ones.
    """

    wall: tuple[int, int, int] = (206, 208, 204)
    floor: tuple[int, int, int] = (86, 90, 96)
    near_handrail: bool = False
    things: int = 9
    seed: int = 0

    def __call__(self, camera: Camera, course: Course | None = None) -> Place:
        """Build the place around a camera.

        Parameters
        ----------
        camera
            Stands on one side of the treadmill; the room is mirrored with it.
        course
            Where the run leads; without one nowhere.

        Returns
        -------
        Place
            With the belt's upper side at Y = 0.
        """
        slope = course.slope if course else 0.0
        treadmill, things = self._treadmill(), self._things()
        standing = [(low, high) for low, high, _, _ in (*treadmill, *things)]
        machine = joined([box(a, b, linear(*c), material(m)) for a, b, c, m in treadmill])
        parts = [shaded_near(self._floor(), standing), *self._room(), tilted(machine, slope)]
        parts += [box(a, b, linear(*c), material(m)) for a, b, c, m in things]
        parts += [sphere((3.2, _FLOOR_M + 0.33, -1.9), 0.33, linear(70, 110, 170), material("plastic"))]
        still, belt = joined(parts), tilted(_belt(), slope)
        if camera.side == "left":
            still, belt = mirrored(still), mirrored(belt)
        turn = np.radians(camera.off_axis_deg)
        sign = 1.0 if camera.side == "right" else -1.0
        lamp = (0.12 + 0.42 * float(np.sin(turn)), 0.85, sign * (0.10 + 0.36 * float(np.cos(turn))))
        return Place(still, belt, Light(lamp, _KEY, _SKY, _BELOW), "treadmill")

    def _treadmill(self) -> list[tuple[Point, Point, tuple[int, int, int], str]]:
        """Return the boxes of the treadmill."""
        beside = list(_BESIDE)
        out = [
            *beside,
            *(((a[0], a[1], -b[2]), (b[0], b[1], -a[2]), c, m) for a, b, c, m in beside),
            *_ACROSS,
        ]
        if self.near_handrail:
            out += [((-0.55, 0.93, 0.36), (1.25, 0.965, 0.395), (38, 39, 42), "plastic")]
            out += [((-0.55, -0.13, 0.36), (-0.515, 0.93, 0.395), (150, 153, 158), "metal")]
        return out

    def _floor(self) -> Mesh:
        """Return the floor."""
        long, wide = _FRONT_M - _REAR_M, _SIDE_M - _BACK_M
        corner = (_REAR_M, _FLOOR_M, _BACK_M)
        return sheet(corner, (0, 0, wide), (long, 0, 0), linear(*self.floor), material("speckled"), 0.15)

    def _room(self) -> list[Mesh]:
        """Return walls, ceiling, lamps, windows, pillars and posters."""
        long, wide, high = _FRONT_M - _REAR_M, _SIDE_M - _BACK_M, _CEILING_M - _FLOOR_M
        paint, plaster = linear(*self.wall), material("plaster")
        low = (_REAR_M, _FLOOR_M, _BACK_M)
        walls = [
            sheet(low, (long, 0, 0), (0, high, 0), paint, plaster),
            sheet((_FRONT_M, _FLOOR_M, _SIDE_M), (0, 0, -wide), (0, high, 0), 0.92 * paint, plaster),
            sheet((_REAR_M, _FLOOR_M, _BACK_M), (0, 0, wide), (0, high, 0), paint, plaster),
            sheet((_FRONT_M, _FLOOR_M, _SIDE_M), (-long, 0, 0), (0, high, 0), paint, plaster),
            sheet((_REAR_M, _CEILING_M, _BACK_M), (long, 0, 0), (0, 0, wide), linear(225, 225, 222), plaster),
        ]
        return [*map(_dim_below, walls), *self._on_back(), *self._on_front(), *_lamps()]

    def _on_back(self) -> list[Mesh]:
        """Return what is on the wall behind the runner seen from the side."""
        out: list[Mesh] = [
            box(
                (_REAR_M, _FLOOR_M, _BACK_M),
                (_FRONT_M, _FLOOR_M + 0.1, _BACK_M + 0.02),
                linear(60, 62, 66),
                0,
            )
        ]
        for x in np.arange(-7.3, _FRONT_M, 2.6):
            colour = linear(176, 178, 176)
            out.append(
                box(
                    (x, _FLOOR_M, _BACK_M),
                    (x + 0.22, _CEILING_M, _BACK_M + 0.10),
                    colour,
                    material("plaster"),
                )
            )
        out += _window((-1.75, 0.75, _BACK_M), along=(1.0, 0.0, 0.0), width_m=1.9, height_m=1.5)
        poster = material("poster")
        out.append(
            sheet((1.0, 0.95, _BACK_M + 0.015), (0.8, 0, 0), (0, 1.1, 0), linear(250, 250, 250), poster)
        )
        out.append(
            sheet((-3.75, 1.0, _BACK_M + 0.015), (1.1, 0, 0), (0, 0.8, 0), linear(250, 240, 225), poster)
        )
        out.append(
            box((-0.2, 0.2, _BACK_M), (0.6, 0.26, _BACK_M + 0.06), linear(150, 110, 70), material("wood"))
        )
        return out

    def _on_front(self) -> list[Mesh]:
        """Return what is on the wall ahead of the runner."""
        out: list[Mesh] = []
        for z in (-2.2, 0.35):
            out += _window((_FRONT_M, 0.55, z), along=(0.0, 0.0, 1.0), width_m=1.75, height_m=1.9)
        for z in np.arange(-2.62, _SIDE_M, 2.55):
            low, high = (_FRONT_M - 0.10, _FLOOR_M, z), (_FRONT_M, _CEILING_M, z + 0.2)
            out.append(box(low, high, linear(170, 172, 170), material("plaster")))
        wide = (0, 0, 0.9)
        out.append(
            sheet((_FRONT_M - 0.015, 0.8, 2.75), wide, (0, 1.2, 0), linear(250, 250, 250), material("poster"))
        )
        return out

    def _things(self) -> list[tuple[Point, Point, tuple[int, int, int], str]]:
        """Return benches, racks and boxes along the walls."""
        random, out = np.random.default_rng([self.seed, 31]), []
        for i in range(self.things):
            wide, high, deep = random.uniform((0.25, 0.25, 0.2), (0.9, 1.0, 0.45))
            red, green, blue = (int(v) for v in random.integers(35, 190, 3))
            along = random.uniform(-6.5, 3.0) if i % 3 else random.uniform(-1.6, 3.0)
            x, z = (along, _BACK_M + 0.12) if i % 3 else (_FRONT_M - 0.2 - wide, along)
            if i % 3 == 0 and abs(z) < 0.7:  # noqa: PLR2004  # straight ahead stands the treadmill
                continue
            low = (float(x), _FLOOR_M, float(z))
            top = (float(x + wide), float(_FLOOR_M + high), float(z + deep))
            out.append((low, top, (red, green, blue), "plastic"))
        return out


def _belt() -> Mesh:
    """Return the belt, black: its light is added when it moves."""
    back, front = _BELT_ALONG_M
    corner, along = (back, 0.0, -BELT_HALF_M), (front - back, 0.0, 0.0)
    return sheet(corner, (0.0, 0.0, 2 * BELT_HALF_M), along, (0.0, 0.0, 0.0), material("plain"), 0.5)


def _lamps() -> list[Mesh]:
    """Return panels of light under the ceiling."""
    out, light = [], material("glowing")
    for x in np.arange(-6.0, _FRONT_M, 2.4):
        for z in (-1.2, 1.6, 4.4):
            low, high = (x, _CEILING_M - 0.03, z), (x + 1.2, _CEILING_M - 0.005, z + 0.3)
            out.append(box(low, high, (1.5, 1.5, 1.45), light))
    return out


def _window(corner: Point, along: Point, width_m: float, height_m: float) -> list[Mesh]:
    """Return a bright window with a frame of upright and level bars, in a wall that faces the room."""
    start, way = np.array(corner), np.array(along)
    inward = np.array([0.0, 0.0, 1.0]) if along[0] else np.array([-1.0, 0.0, 0.0])
    up, frame, paint = np.array([0.0, 1.0, 0.0]), 0.05, linear(236, 236, 232)
    pane = sheet(start + 0.01 * inward, width_m * way, height_m * up, (1.0, 1.0, 1.0), material("clouds"))
    out = [pane.lit(0.0 * pane.reached)]
    bars = [(at * (width_m - frame) * way, frame * way + height_m * up) for at in (0.0, 0.5, 1.0)]
    bars += [(at * (height_m - frame) * up, width_m * way + frame * up) for at in (0.0, 0.6, 1.0)]
    for from_start, reach in bars:
        one, two = start + from_start, start + from_start + reach + 0.05 * inward
        out.append(box(np.minimum(one, two), np.maximum(one, two), paint, material("plain")))
    return out


def _dim_below(wall: Mesh) -> Mesh:
    """Return a wall that is darker towards the floor, and where its lamps are far."""
    height = wall.vertices_m[:, 1] - _FLOOR_M
    near_lamp = 0.80 + 0.20 * np.cos(2.0 * np.pi * wall.vertices_m[:, 0] / 2.4)
    free = (1.0 - 0.45 * np.exp(-height / 0.5)) * np.clip(0.72 + 0.10 * height, 0.0, 1.0)
    return wall.lit(wall.reached * np.stack([free * near_lamp, free], axis=1))
