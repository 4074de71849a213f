"""Who the runners are and what they wear."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["LOOKS", "Look"]

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """One runner.

    Parameters
    ----------
    shape
        Parameters of the source's body model.
    stature_m
        Barefoot.
    tone, hair, shirt, trim, bottom, shoe, accent, midsole, sock
        Displayed colours.
    top
        `"shirt"` or `"singlet"`.
    legwear
        `"shorts"`, `"tights"` or `"capri"`.
    hairstyle
        `"short"`, `"cropped"`, `"ponytail"` or `"bun"`.
    """

    shape: dict[str, float]
    stature_m: float
    tone: Colour
    hair: Colour
    shirt: Colour
    trim: Colour
    bottom: Colour
    shoe: Colour
    accent: Colour
    hairstyle: str
    top: str = "shirt"
    legwear: str = "shorts"
    midsole: Colour = field(default=(226, 226, 222))
    sock: Colour = field(default=(228, 228, 226))

    @property
    def collar(self) -> Colour:
        """Return the colour of the edge of the shoe."""
        return _mixed(self.shoe, (20, 22, 28), 0.4)

    @property
    def edge(self) -> Colour:
        """Return the colour of the lower edge of the shorts."""
        return _mixed(self.bottom, self.trim, 0.35)


def _mixed(one: Colour, other: Colour, part: float) -> Colour:
    """Return a colour between two."""
    red, green, blue = (round(a + part * (b - a)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _shape(**values: float) -> dict[str, float]:
    """Return shape parameters."""
    return values


LOOKS: dict[str, Look] = {
    "slim_woman": Look(
        shape=_shape(
            gender=1.0,
            age=0.62,
            muscle=0.58,
            weight=0.33,
            height=0.5,
            proportions=0.7,
            african=0.1,
            asian=0.55,
            caucasian=0.35,
            cupsize=0.25,
            firmness=0.9,
        ),
        stature_m=1.66,
        tone=(217, 170, 140),
        hair=(46, 34, 30),
        shirt=(64, 158, 172),
        trim=(235, 240, 238),
        bottom=(38, 42, 52),
        shoe=(232, 118, 92),
        accent=(250, 240, 225),
        hairstyle="ponytail",
        top="singlet",
        legwear="tights",
    ),
    "sturdy_woman": Look(
        shape=_shape(
            gender=1.0,
            age=0.66,
            muscle=0.62,
            weight=0.58,
            height=0.6,
            proportions=0.55,
            african=0.75,
            asian=0.05,
            caucasian=0.2,
            cupsize=0.3,
            firmness=0.9,
        ),
        stature_m=1.72,
        tone=(122, 80, 58),
        hair=(28, 22, 20),
        shirt=(196, 74, 98),
        trim=(245, 220, 225),
        bottom=(44, 40, 62),
        shoe=(92, 104, 190),
        accent=(235, 235, 245),
        hairstyle="bun",
        legwear="capri",
    ),
    "lean_man": Look(
        shape=_shape(
            gender=0.0,
            age=0.62,
            muscle=0.62,
            weight=0.34,
            height=0.55,
            proportions=0.7,
            african=0.55,
            asian=0.1,
            caucasian=0.35,
        ),
        stature_m=1.78,
        tone=(158, 110, 82),
        hair=(30, 24, 22),
        shirt=(226, 214, 92),
        trim=(60, 66, 74),
        bottom=(46, 58, 84),
        shoe=(58, 64, 72),
        accent=(226, 214, 92),
        hairstyle="cropped",
        midsole=(236, 236, 232),
    ),
    "heavy_man": Look(
        shape=_shape(
            gender=0.0,
            age=0.7,
            muscle=0.6,
            weight=0.8,
            height=0.62,
            proportions=0.5,
            african=0.0,
            asian=0.05,
            caucasian=0.95,
        ),
        stature_m=1.83,
        tone=(228, 184, 160),
        hair=(112, 78, 52),
        shirt=(70, 108, 170),
        trim=(228, 232, 240),
        bottom=(52, 52, 56),
        shoe=(176, 186, 192),
        accent=(70, 108, 170),
        hairstyle="short",
        sock=(60, 62, 66),
    ),
}
"""The shipped bodies."""
