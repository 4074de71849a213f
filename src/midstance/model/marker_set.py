"""Which marker of a laboratory sits on which landmark of the body."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["CENTRES", "LANDMARKS", "SEGMENTS", "MarkerSet"]

_SIDED = {
    "asis": "front of the pelvis",
    "psis": "back of the pelvis",
    "iliac_crest": "top of the pelvis, at the side",
    "trochanter": "greater trochanter",
    "knee_lateral": "outer epicondyle of the femur",
    "knee_medial": "inner epicondyle of the femur",
    "ankle_lateral": "outer malleolus",
    "ankle_medial": "inner malleolus",
    "heel": "back of the heel or shoe",
    "mt1": "head of the first metatarsal",
    "mt5": "head of the fifth metatarsal",
    "toe": "tip of the shoe or second toe",
    "acromion": "tip of the shoulder",
    "elbow_lateral": "outer epicondyle of the humerus",
    "elbow_medial": "inner epicondyle of the humerus",
    "wrist_radial": "wrist, thumb side",
    "wrist_ulnar": "wrist, little-finger side",
    "head_front": "front of the head",
    "head_back": "back of the head",
    "ear": "ear",
}
_MIDLINE = {
    "sacrum": "middle of the two PSIS, where one marker stands for both",
    "c7": "seventh cervical vertebra",
    "t10": "tenth thoracic vertebra",
    "jugular_notch": "top of the breastbone",
    "xiphoid": "lower end of the breastbone",
    "head_top": "top of the head",
}
LANDMARKS: dict[str, str] = {
    **_MIDLINE,
    **{f"{side}_{name}": meaning for name, meaning in _SIDED.items() for side in ("left", "right")},
}
"""Every landmark a marker can be mapped to, and what it is."""

CENTRES: tuple[str, ...] = tuple(
    f"{side}_{joint}" for joint in ("hip", "knee", "ankle") for side in ("left", "right")
)
"""Joint centres a file may hold ready made (functional or from another program)."""

SEGMENTS: tuple[str, ...] = (
    "pelvis",
    "thorax",
    *(f"{side}_{part}" for part in ("thigh", "shank", "foot") for side in ("left", "right")),
)
"""Rigid segments that markers can be fixed to."""


@dataclass(frozen=True, slots=True, eq=False)
class MarkerSet:
    """Names of markers for landmarks, joint centres and rigid segments.

    Parameters
    ----------
    name, title
        Short name, and what people call it.
    landmarks
        Landmark → names a file may use for its marker, the first one present counts.
    centres
        Joint centre → names a file may use, where it holds the centre ready made.
    segments
        Segment → markers fixed to it, landmarks included; three or more carry it.
    """

    name: str
    title: str
    landmarks: Mapping[str, tuple[str, ...]]
    centres: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    segments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check that only known landmarks, centres and segments are named."""
        for given, known in ((self.landmarks, LANDMARKS), (self.centres, CENTRES), (self.segments, SEGMENTS)):
            if unknown := sorted(set(given) - set(known)):
                raise ValueError(f"unknown names {', '.join(unknown)}; there are {', '.join(known)}")

    def marker(self, landmark: str, labels: Collection[str]) -> str | None:
        """Return the label of a landmark's or centre's marker among `labels`, None where there is none."""
        names = self.landmarks.get(landmark) or self.centres.get(landmark) or ()
        return next((name for name in names if name in labels), None)
