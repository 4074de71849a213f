"""Every colour of the report and of the pictures, in one place."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from midstance.model import Side

__all__ = ["DARK", "LIGHT", "PICTURE", "Colours", "PictureColours", "contrast", "rgb", "stylesheet"]


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme of the page, as `#rrggbb`.

    Parameters
    ----------
    page, card, sunk
        Backgrounds: of the page, of a card on it, of a quiet area in a card.
    ink, soft, rule
        Text, secondary text, thin lines.
    accent, accent_sunk
        The one accent, and a background for text in it.
    left, right
        The legs: blue and orange, told apart with every common colour vision.
    norm
        Bands of healthy runners.
    """

    page: str
    card: str
    sunk: str
    ink: str
    soft: str
    rule: str
    accent: str
    accent_sunk: str
    left: str
    right: str
    norm: str


@dataclass(frozen=True, slots=True)
class PictureColours:
    """Colours drawn on pictures, as `#rrggbb`.

    Parameters
    ----------
    left, right
        The legs, as on the page but brighter.
    middle
        Bones that join left and right.
    line, plumb
        Hip–ankle line with its distance, and the true vertical.
    halo
        Rim of every line, and the plate behind words.
    text
        Words.
    """

    left: str = "#3fb0ff"
    right: str = "#ff9430"
    middle: str = "#e9eef0"
    line: str = "#7dffd9"
    plumb: str = "#ffffff"
    halo: str = "#0c1110"
    text: str = "#ffffff"

    def of(self, side: Side) -> tuple[int, int, int]:
        """Return the colour of a leg as red, green, blue."""
        return rgb(self.left if side == "left" else self.right)


LIGHT = Colours(
    page="#f4f6f5",
    card="#ffffff",
    sunk="#f0f3f2",
    ink="#14211d",
    soft="#52605a",
    rule="#dbe2df",
    accent="#0a6b5c",
    accent_sunk="#e2f1ed",
    left="#0068b3",
    right="#b34700",
    norm="#d3dbd7",
)
DARK = Colours(
    page="#0e1211",
    card="#171c1b",
    sunk="#1f2624",
    ink="#e9efec",
    soft="#a6b3ad",
    rule="#2d3633",
    accent="#63d1ba",
    accent_sunk="#16332c",
    left="#66b8f8",
    right="#f79d52",
    norm="#39443f",
)
PICTURE = PictureColours()


def rgb(colour: str) -> tuple[int, int, int]:
    """Return `#rrggbb` as red, green, blue, 0 to 255."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def stylesheet(theme: Colours) -> str:
    """Return a theme as CSS custom properties, `--ink: …; --soft: …;` and so on."""
    return " ".join(f"--{name.replace('_', '-')}: {value};" for name, value in asdict(theme).items())


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21.

    References
    ----------
    Web Content Accessibility Guidelines 2.2, "contrast ratio" and "relative luminance".
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    low, gamma = 0.04045, 2.4
    shares = [part / 255 for part in rgb(colour)]
    red, green, blue = (s / 12.92 if s <= low else ((s + 0.055) / 1.055) ** gamma for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
