"""The small drawing that explains midstance: three moments of one foot on the ground."""

from __future__ import annotations

from midstance.report.svg import drawing, element, line, text

__all__ = ["midstance_figure"]

_WIDTH, _HEIGHT, _GROUND = 400.0, 176.0, 142.0

# ankle, knee, hip, shoulder, head of the stance leg's side, then knee, ankle and toe of the other
# leg: x ahead of the ankle and y above the ground, in drawing units
_MOMENTS = (
    (
        "first contact",
        ((0, 9), (-7, 41), (-17, 72), (-11, 112), (-8, 128)),
        ((-22, 43), (-50, 34), (-58, 25)),
    ),
    ("midstance", ((0, 8), (12, 37), (2, 66), (9, 106), (12, 122)), ((8, 36), (-22, 42), (-24, 30))),
    ("toe-off", ((-8, 17), (7, 45), (19, 75), (27, 114), (30, 130)), ((46, 60), (34, 31), (45, 26))),
)
_FEET = (((-7, 2), (15, 7)), ((-7, 1), (17, 1)), ((-14, 12), (9, 1)))
_CENTRES = (74.0, 200.0, 326.0)


def midstance_figure() -> str:
    """Draw first contact, midstance and toe-off with a plumb line through the ankle.

    Returns
    -------
    str
        An SVG drawing.
    """
    parts = [line(16.0, _GROUND, _WIDTH - 16.0, _GROUND, "axis")]
    for k, (name, stance, swing) in enumerate(_MOMENTS):
        chosen = name == "midstance"
        parts += _figure(_CENTRES[k], stance, swing, _FEET[k], chosen=chosen)
        parts.append(text(_CENTRES[k], _GROUND + 22, name, "reading" if chosen else "note", "middle"))
    label = "A runner at first contact, at midstance and at toe-off; at midstance the hip is above the foot"
    return drawing(_WIDTH, _HEIGHT, label, parts)


_Chain = tuple[tuple[float, float], ...]


def _figure(centre: float, stance: _Chain, swing: _Chain, foot: _Chain, *, chosen: bool) -> list[str]:
    ankle, _, hip, _, head = stance
    shade = "stance" if chosen else "quiet"
    parts = [_limbs(centre, (hip, *swing), "faint")]
    if chosen:
        x = centre + ankle[0]
        parts.append(line(x, _GROUND, x, _GROUND - 96, "plumb"))
    parts.append(_limbs(centre, stance[:-1], shade))
    parts.append(_limbs(centre, (foot[0], ankle, foot[1], foot[0]), shade))
    parts.append(element("circle", cx=centre + head[0], cy=_GROUND - head[1], r=8.0, class_=f"{shade} head"))
    if chosen:
        parts += [
            element("circle", cx=centre + x, cy=_GROUND - y, r=4.5, class_="joint") for x, y in (ankle, hip)
        ]
    return parts


def _limbs(centre: float, chain: _Chain, class_: str) -> str:
    points = " ".join(f"{centre + x:g},{_GROUND - y:g}" for x, y in chain)
    return element("polyline", points=points, class_=f"{class_} limb")
