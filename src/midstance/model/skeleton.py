"""Point names, bones and left/right pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["BODY", "LAB_BODY", "SIDES", "Side", "Skeleton", "opposite"]

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")


def opposite(side: Side) -> Side:
    """Return the other side."""
    return "right" if side == "left" else "left"


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """Names of the points of a motion, the bones between them and their mirror pairs.

    Parameters
    ----------
    names
        Unique point names, in the order of the K axis.
    bones
        Pairs of names joined by a bone.
    pairs
        Left and right names that mirror each other.
    """

    names: tuple[str, ...]
    bones: tuple[tuple[str, str], ...]
    pairs: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        """Check that names are unique and that bones and pairs use them."""
        if len(set(self.names)) != len(self.names):
            raise ValueError("skeleton names must be unique")
        used = {name for two in (*self.bones, *self.pairs) for name in two}
        if missing := used - set(self.names):
            raise ValueError(f"bones or pairs name unknown points: {sorted(missing)}")
        if any(left == right for left, right in self.pairs):
            raise ValueError("a pair must join two different points")

    def index(self, name: str) -> int:
        """Return the position of a point on the K axis."""
        try:
            return self.names.index(name)
        except ValueError:
            raise KeyError(f"no point {name!r}; there are {', '.join(self.names)}") from None

    def mirror(self) -> tuple[int, ...]:
        """Return the index of each point's mirror image (itself for midline points)."""
        other = {a: b for left, right in self.pairs for a, b in ((left, right), (right, left))}
        return tuple(self.index(other.get(name, name)) for name in self.names)


_PAIRED = ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")
_LIMBS = (
    ("shoulder", "elbow"),
    ("elbow", "wrist"),
    ("shoulder", "hip"),
    ("hip", "knee"),
    ("knee", "ankle"),
    ("ankle", "heel"),
    ("ankle", "toe"),
    ("heel", "toe"),
)

BODY = Skeleton(
    names=("nose", *(f"{side}_{part}" for part in _PAIRED for side in SIDES)),
    bones=(
        *((f"{side}_{a}", f"{side}_{b}") for a, b in _LIMBS for side in SIDES),
        ("left_shoulder", "right_shoulder"),
        ("left_hip", "right_hip"),
    ),
    pairs=tuple((f"left_{part}", f"right_{part}") for part in _PAIRED),
)
"""The 19 points every pose estimator here delivers: nose, ears, arms, hips, legs, heels, toes.

Hip, knee and ankle are joint centres; `heel` is the back of the shoe, `toe` the big-toe tip.
"""

_LAB_PAIRED = ("asis", "psis", "mt1", "mt5")
_LAB_MIDLINE = ("c7", "t10", "jugular_notch", "xiphoid")

LAB_BODY = Skeleton(
    names=(*BODY.names, *(f"{side}_{part}" for part in _LAB_PAIRED for side in SIDES), *_LAB_MIDLINE),
    bones=(
        *BODY.bones,
        ("left_asis", "right_asis"),
        ("left_psis", "right_psis"),
        *((f"{side}_asis", f"{side}_psis") for side in SIDES),
    ),
    pairs=(*BODY.pairs, *((f"left_{part}", f"right_{part}") for part in _LAB_PAIRED)),
)
"""The points a laboratory gives: those of `BODY`, and landmarks that turn with pelvis, thorax and foot.

Landmarks are carried by their segment, so that they move as one rigid body; what the markers do not
show stays NaN.
"""
