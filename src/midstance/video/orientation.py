"""Turning a decoded picture the way the file asks for: PyAV tells the turn but does not apply it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import cv2
import numpy as np
from av.sidedata.sidedata import Type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from av.sidedata.sidedata import SideData
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

__all__ = ["Orientation", "orientation"]


@dataclass(frozen=True, slots=True)
class Orientation:
    """A turn by quarters, perhaps with a mirror: first exchange rows and columns, then flip.

    Parameters
    ----------
    exchanged
        Whether rows and columns are exchanged.
    flip_x, flip_y
        Whether the picture is then mirrored left to right, and top to bottom.
    """

    exchanged: bool = False
    flip_x: bool = False
    flip_y: bool = False

    @property
    def mirrored(self) -> bool:
        """Whether left and right are exchanged for good, which no turn can do."""
        return (self.exchanged + self.flip_x + self.flip_y) % 2 == 1

    @property
    def rotation_deg(self) -> int:
        """Counter-clockwise turn [deg] that, after any mirroring left to right, gives this orientation."""
        if self.exchanged:
            return 90 if self.flip_y else 270
        return 180 if self.flip_y else 0

    def turn(self, rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the picture the right way up, contiguous in memory."""
        turned = cv2.transpose(rgb) if self.exchanged else rgb
        if self.flip_x or self.flip_y:
            turned = cv2.flip(turned, -1 if self.flip_x and self.flip_y else int(self.flip_x))
        return np.ascontiguousarray(turned, dtype=np.uint8)


def orientation(picture: VideoFrame) -> Orientation:
    """Read the orientation from the display matrix of a picture, to the nearest quarter turn.

    Notes
    -----
    Ask once for each file: in PyAV 18 a picture whose side data was looked at lives until the garbage
    collector comes. The matrix holds x' = a x + c y and y' = b x + d y, pictures pointing right and down
    (ISO/IEC 14496-12, 6.2.2); as nine 32-bit integers in the order a, b, u, c, d, v, x, y, w.
    """
    attached = cast("Iterable[SideData]", picture.side_data)  # typed wrongly by PyAV 18
    matrix = next((bytes(data) for data in attached if data.type is Type.DISPLAYMATRIX), None)
    if matrix is None:
        return Orientation()
    a, b, _, c, d = (int(number) for number in np.frombuffer(matrix, np.int32)[:5])
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return Orientation(exchanged=False, flip_x=a < 0, flip_y=d < 0)
    return Orientation(exchanged=True, flip_x=c < 0, flip_y=b < 0)
