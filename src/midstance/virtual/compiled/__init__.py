"""Loops over triangles and pixels, compiled when first called; only this part needs numba."""

from midstance.virtual.compiled.developing import develop
from midstance.virtual.compiled.ground import Floor, ground
from midstance.virtual.compiled.shading import Corners, Lamps, Paint, shade
from midstance.virtual.compiled.triangles import Drawn, light_reaching, rasterise

__all__ = [
    "Corners",
    "Drawn",
    "Floor",
    "Lamps",
    "Paint",
    "develop",
    "ground",
    "light_reaching",
    "rasterise",
    "shade",
]
