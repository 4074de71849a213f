"""Places on the head that hair and paint hang on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tailor.standing import Standing

    Array = NDArray[np.float64]

__all__ = ["EYE_VERTICES", "Face", "face_of"]

EYE_VERTICES = 144  # the last vertices of the bare body are the two eyeballs


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """Landmarks of a head, for the right side.

    Parameters
    ----------
    eye, ear, nose, crown
        Middle of the eyeball, of the outer ear; tip of the nose; top of the skull (3,) [m].
    size_m
        Eye to crown.
    """

    eye: Array
    ear: Array
    nose: Array
    crown: Array
    size_m: float


def face_of(body: Standing) -> Face:
    """Return the landmarks of the head."""
    eye = body.points[-EYE_VERTICES // 2 :].mean(axis=0) * [1.0, 1.0, 0.0]
    eye[2] = np.abs(body.points[-EYE_VERTICES:, 2]).mean()
    head = body.points[:-EYE_VERTICES][body.part("head")[:-EYE_VERTICES] > 0.5]  # noqa: PLR2004
    crown = head[np.argmax(head[:, 1])]
    band = head[np.abs(head[:, 1] - eye[1]) < 0.05]  # noqa: PLR2004
    ear = band[band[:, 2] > band[:, 2].max() - 0.010].mean(axis=0)
    middle = head[(np.abs(head[:, 2]) < 0.006) & (np.abs(head[:, 1] - eye[1] + 0.035) < 0.03)]  # noqa: PLR2004
    nose = middle[np.argmax(middle[:, 0])] * [1.0, 1.0, 0.0]
    return Face(eye, ear, nose, crown, float(crown[1] - eye[1]))
