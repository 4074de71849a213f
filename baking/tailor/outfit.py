"""The garments of one runner, hair included, and what of the skin they hide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tailor.cloth import Band, Cloth
from tailor.cutting import smoothstep
from tailor.drape import hung
from tailor.landmarks import face_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tailor.standing import Standing
    from tailor.wardrobe import Look

    Array = NDArray[np.float64]

__all__ = ["hair", "legwear", "socks", "top"]

_FAR = 0.5  # [m] a field that does not cut here


def _armness(body: Standing) -> Array:
    """Return how much of a vertex arm and hand carry (V,)."""
    return body.part("upperarm", "lowerarm", "wrist", "finger", "metacarpal")


def top(body: Standing, look: Look) -> Cloth:
    """Return a T-shirt or a singlet."""
    y = body.points[:, 1]
    arm = _armness(body)
    shoulder, hip, neck = body.at["upperarm01"], body.at["upperleg01"], body.at["neck01"]
    elbow = body.at["lowerarm01"]
    down = shoulder[1] - y
    bottom = hip[1] - 0.015
    reach = 0.50 * (shoulder[1] - elbow[1])
    hem = np.where(arm > 0.35, _FAR, y - bottom)  # noqa: PLR2004
    if look.top == "singlet":
        sleeve = 0.09 * (0.5 - arm - 0.55 * body.part("shoulder01"))
    else:
        sleeve = np.where(arm > 0.35, reach - down, _FAR)  # noqa: PLR2004
    head = body.part("head", "neck02", "neck03", "eye")
    tilt = np.array([0.62, 0.78, 0.0])
    collar = (neck + np.array([0.0, 0.028, 0.0]) - body.points) @ tilt
    collar = np.where(head > 0.5, np.minimum(collar, -0.004), collar)  # noqa: PLR2004
    low = smoothstep(y, shoulder[1] - 0.12, hip[1] + 0.02)
    own_arm = arm > 0.35  # noqa: PLR2004
    ease = 0.005 + 0.010 * low + 0.011 * smoothstep(down, 0.4 * reach, reach) * own_arm
    if look.top == "singlet":
        ease = 0.004 + 0.009 * low
    edge = collar if look.top != "singlet" else np.minimum(collar, sleeve)
    bands = (Band((0.010 - edge,), look.trim),)
    free = (1.0 - smoothstep(arm, 0.05, 0.35)) * smoothstep(down, 0.05, 0.15)

    def fall(place: Array, used: NDArray[np.int64]) -> Array:
        trunk = arm[used] < 0.35  # noqa: PLR2004
        hanging = place.copy()
        slack, bridge = (0.45, 0.5) if look.top == "singlet" else (0.22, 0.85)
        hanging[trunk] = hung(place[trunk], np.array([shoulder[0] + 0.01, 0.0]), slack, bridge)
        return np.asarray(place + free[used, None] * (hanging - place))

    shade = np.ones(len(y))
    return Cloth(
        "cloth", (hem, sleeve, collar), ease, look.shirt, shade, bands, 4, 0.4, loose=True, fall=fall
    )


def legwear(body: Standing, look: Look) -> Cloth:
    """Return shorts or tights."""
    y = body.points[:, 1]
    arm = _armness(body)
    hip, knee, ankle = (body.at[k] for k in ("upperleg01", "lowerleg01", "foot"))
    not_arm = np.where(arm > 0.2, -0.02, _FAR)  # noqa: PLR2004
    waist = np.minimum(hip[1] + 0.035 - y, not_arm)
    if look.legwear == "shorts":
        end = knee[1] + 0.50 * (hip[1] - knee[1])
        flare = smoothstep(y, hip[1], end)
        ease = 0.007 + 0.020 * flare
        material, ironing, tension = "cloth", 6, 0.5
    else:
        end = ankle[1] + (0.05 if look.legwear == "tights" else 0.55 * (knee[1] - ankle[1]))
        ease = np.full(len(y), 0.003)
        material, ironing, tension = "tight", 3, 0.3
    shade = np.ones(len(y))
    bands = (Band((0.014 - (y - end),), look.edge),) if look.legwear == "shorts" else ()
    cloth = Cloth(material, (waist, y - end), ease, look.bottom, shade, bands, ironing, tension)
    if look.legwear != "shorts":
        return cloth

    def fall(place: Array, used: NDArray[np.int64]) -> Array:
        hanging = place.copy()
        for sign in (-1.0, 1.0):
            own = body.points[used, 2] * sign > 1e-6  # noqa: PLR2004
            own &= arm[used] < 0.2  # noqa: PLR2004
            middle = np.array([knee[0] - 0.005, sign * hip[2]])
            hanging[own] = hung(place[own], middle, 0.15, 0.0)
            hanging[own, 2] = sign * np.maximum(
                sign * hanging[own, 2], np.minimum(0.002, sign * place[own, 2])
            )
        inward = 1.0 - np.abs(place[:, 2]) / hip[2]
        lower = smoothstep(place[:, 1], hip[1], hip[1] - 0.09) * (1.0 - smoothstep(inward, 0.2, 0.9))
        lower = lower[:, None]
        return np.asarray(place + lower * (hanging - place))

    return replace(cloth, loose=True, fall=fall)


def socks(body: Standing, look: Look) -> Cloth:
    """Return both socks, from inside the shoe to above the ankle."""
    y = body.points[:, 1]
    ankle = body.at["foot"]
    leg = body.part("lowerleg", "foot") > 0.5  # noqa: PLR2004
    end = ankle[1] + (0.065 if look.legwear != "tights" else 0.04)
    high = np.where(leg, end - y, -0.02)
    low = y - (ankle[1] - 0.014)
    ease = np.full(len(y), 0.0022)
    return Cloth("sock", (high, low), ease, look.sock, np.ones(len(y)), (), 2, 0.2)


def hair(body: Standing, look: Look) -> Cloth:
    """Return the hair on the scalp."""
    face = face_of(body)
    x, y, z = body.points.T
    head = body.part("head", "neck03", "neck02") > 0.4  # noqa: PLR2004
    ear, eye = face.ear, face.eye
    front = face.nose[0] - 0.03
    line = np.interp(
        x,
        [ear[0] - 0.06, ear[0] - 0.015, ear[0] + 0.008, ear[0] + 0.03, ear[0] + 0.05, front],
        [eye[1] - 0.085, eye[1] - 0.055, eye[1] - 0.012, eye[1] + 0.02, eye[1] + 0.055, eye[1] + 0.068],
    )
    above = np.where(head, y - line, -0.03)
    ring = np.hypot((x - ear[0]) / 0.024, (y - ear[1]) / 0.034) - 1.0
    around = np.where(np.abs(z) > 0.5 * ear[2], 0.02 * ring, _FAR)
    within = np.minimum(above, around)
    high = smoothstep(y, eye[1], face.crown[1])
    thick = {"short": (0.010, 0.014), "cropped": (0.004, 0.005)}.get(look.hairstyle, (0.007, 0.007))
    ease = 0.0035 + (thick[0] + thick[1] * high) * smoothstep(within, 0.0, 0.03)
    streak = 1.0 + 0.10 * np.sin(900.0 * z + 260.0 * x + 4.0 * np.sin(300.0 * y))
    return Cloth("hair", (above, around), ease, look.hair, streak, (), 10, 0.2)
