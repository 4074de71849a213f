"""The treadmill as flat faces in the order in which they are painted."""

from __future__ import annotations

__all__ = ["treadmill_faces"]

Corner = tuple[float, float, float]
Face = tuple[list[Corner], tuple[float, float, float]]

_DARK, _GREY, _STEEL = (0.030, 0.032, 0.036), (0.075, 0.078, 0.085), (0.30, 0.31, 0.33)
# Boxes: lowest and highest corner [m] along X, Y, Z for the runner's right; mirrored for the left.
_RAIL = ((-1.02, -0.13, 0.26), (1.02, 0.015, 0.36))
_HOOD = ((0.98, -0.14, -0.36), (1.42, 0.10, 0.36))
_POST = ((1.18, 0.08, 0.29), (1.25, 1.12, 0.34))
_HANDLE = ((0.74, 0.92, 0.30), (1.22, 0.955, 0.335))
_CONSOLE = ((1.10, 1.05, -0.34), (1.30, 1.34, 0.34))
_FOOT = ((-0.90, -0.20, 0.24), (-0.76, -0.13, 0.34))


def treadmill_faces(side: float) -> list[Face]:
    """Return the faces of a treadmill, the far ones first, as corners [m] and linear light.

    Parameters
    ----------
    side
        +1 when the camera stands on the runner's right, −1 on the left.
    """
    far, near = -side, side
    boxes = [
        (_mirrored(_FOOT, far), _DARK),
        (_mirrored(_RAIL, far), _GREY),
        (_mirrored(_POST, far), _STEEL),
        (_mirrored(_HANDLE, far), _DARK),
        (_HOOD, _GREY),
        (_CONSOLE, _DARK),
        (_mirrored(_FOOT, near), _DARK),
        (_mirrored(_POST, near), _STEEL),
        (_mirrored(_HANDLE, near), _DARK),
        (_mirrored(_RAIL, near), _GREY),
    ]
    return [face for (low, high), colour in boxes for face in _seen_faces(low, high, colour, side)]


def _mirrored(box: tuple[Corner, Corner], side: float) -> tuple[Corner, Corner]:
    """Return a box of the right side, or its mirror image."""
    (x0, y0, z0), (x1, y1, z1) = box
    return ((x0, y0, z0), (x1, y1, z1)) if side > 0 else ((x0, y0, -z1), (x1, y1, -z0))


def _seen_faces(low: Corner, high: Corner, colour: tuple[float, float, float], side: float) -> list[Face]:
    """Return back, top and side of a box as seen from one side: the top lightest."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    near = z1 if side > 0 else z0
    back: list[Corner] = [(x0, y0, z0), (x0, y1, z0), (x0, y1, z1), (x0, y0, z1)]
    top: list[Corner] = [(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)]
    front: list[Corner] = [(x0, y0, near), (x1, y0, near), (x1, y1, near), (x0, y1, near)]
    return [(back, _times(colour, 0.8)), (top, _times(colour, 1.5)), (front, colour)]


def _times(colour: tuple[float, float, float], factor: float) -> tuple[float, float, float]:
    """Return a colour made lighter or darker."""
    red, green, blue = colour
    return red * factor, green * factor, blue * factor
