"""A change against the smallest one that can be told from noise."""

from __future__ import annotations

from midstance.report.svg import Scale, drawing, element, line

__all__ = ["change_bar"]

_WIDTH, _HEIGHT = 200.0, 28.0


def change_bar(change: float, detectable: float, side: str, words: str) -> str:
    """Draw a change on an axis with zero in the middle, and the band of noise around it.

    Parameters
    ----------
    change
        Last minus first, in the unit shown.
    detectable
        Smallest change that is more than noise, above 0.
    side
        `left`, `right` or `both`: its mark.
    words
        What the drawing says.

    Returns
    -------
    str
        An SVG drawing.
    """
    reach = 1.25 * max(abs(change), 1.3 * detectable)
    x = Scale(-reach, reach, 4.0, _WIDTH - 4.0)
    middle = 0.5 * _HEIGHT
    place, zero = x.at(change), x.at(0.0)
    band = element(
        "rect",
        x=x.at(-detectable),
        y=3.0,
        width=x.at(detectable) - x.at(-detectable),
        height=_HEIGHT - 6.0,
        rx=5.0,
        class_="norm",
    )
    mark = (
        element("rect", x=place - 5.2, y=middle - 5.2, width=10.4, height=10.4, rx=1.0, class_="right mark")
        if side == "right"
        else element("circle", cx=place, cy=middle, r=5.8, class_=f"{side} mark")
    )
    parts = [
        line(4.0, middle, _WIDTH - 4.0, middle, "grid"),
        band,
        line(zero, 2.0, zero, _HEIGHT - 2.0, "plumb"),
        line(zero, middle, place, middle, f"{side} whisker"),
        mark,
    ]
    return drawing(_WIDTH, _HEIGHT, words, parts, "bar change")
