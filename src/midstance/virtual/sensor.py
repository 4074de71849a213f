"""What a phone makes of light: shutter, exposure, lens, noise, 8 bits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from midstance.errors import SettingsError
from midstance.virtual.rasterising import kernels, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[np.float32]

__all__ = ["Sensor"]

_CURVE = 1 << 16
_SHIFTS_PX = 64
_KEY_EVERY_S = 0.004  # between two such instants the body moves straight on


@dataclass(frozen=True, slots=True)
class Sensor:
    """How a camera turns light into pictures.

    Parameters
    ----------
    shutter_s
        How long it is open for each frame [s]; what moves is smeared.
    readout_s
        How much later the lowest row is exposed than the highest [s]; 0 exposes all at once. The time
        of a frame is that of its middle row.
    exposure
        Factor on the light; 1 is right for the places here.
    noise_sd
        Standard deviation of the noise, of 255.
    blur_px
        Standard deviation of the blur of the lens [px].
    vignette
        How much darker the corners are than the middle.
    samples
        Rays per pixel of the runner: smoothness of its edges and of its smear.
    seed
        Of the noise.
    """

    shutter_s: float = 0.004
    readout_s: float = 0.0
    exposure: float = 1.0
    noise_sd: float = 2.0
    blur_px: float = 0.5
    vignette: float = 0.12
    samples: int = 4
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what no camera does."""
        if min(self.shutter_s, self.readout_s, self.noise_sd, self.blur_px) < 0.0 or self.exposure <= 0.0:
            raise SettingsError(
                "shutter, readout, noise and blur are not below 0, exposure above it", "sensor"
            )
        if self.samples < 1:
            raise SettingsError(f"samples is {self.samples}", "sensor", "take one ray per pixel at least")

    def instants_s(self) -> NDArray[np.float64]:
        """Return instants about a frame's time (N,) [s] between which motion is taken as straight."""
        span = self.shutter_s + self.readout_s
        count = 1 if span == 0.0 else 2 + int(np.ceil(span / _KEY_EVERY_S - 1.0 - 1e-9))
        return np.linspace(-0.5 * span, 0.5 * span, max(count, 1 if span == 0.0 else 2))

    def rays(self) -> list[tuple[float, float, float]]:
        """Return when each ray of a pixel is cast [s], and where: down and across from its middle [px]."""
        count = self.samples
        when = ((np.arange(count) + 0.5) / count - 0.5) * self.shutter_s
        mixed = np.random.default_rng(5).permutation(count)  # neither edge nor smear leans to one side
        return [(float(when[i]), *place) for i, place in zip(mixed, spread(count), strict=True)]

    def developed(self, light: Picture, number: int) -> NDArray[np.uint8]:
        """Return a photograph (H, W, 3) of linear light.

        Parameters
        ----------
        light
            (H, W, 3); a white sheet in full light is 1.
        number
            Of the frame: its noise is its own.

        Returns
        -------
        ndarray
            As displayed, 0 to 255.
        """
        seen = cv2.GaussianBlur(light, (0, 0), self.blur_px) if self.blur_px > 0 else light
        height, width = light.shape[:2]
        down, across = np.random.default_rng([self.seed, 7, number]).integers(0, _SHIFTS_PX, 2)
        noise = _noise(self.seed, self.noise_sd, height + _SHIFTS_PX, width + _SHIFTS_PX)
        part = noise[down : down + height, across : across + width]
        out = np.empty(light.shape, np.uint8)
        gain, dark = np.float32(self.exposure), np.float32(self.vignette)
        kernels().develop(np.ascontiguousarray(seen), part, _curve(), gain, dark, out)
        return out


@lru_cache(maxsize=2)
def _noise(seed: int, noise_sd: float, rows: int, columns: int) -> Picture:
    """Return a field of noise from which every frame takes a part: mostly of brightness, some of colour."""
    random = np.random.default_rng([seed, 6])
    bright = random.standard_normal((rows, columns, 1), dtype=np.float32)
    colour = random.standard_normal((rows, columns, 3), dtype=np.float32)
    return np.asarray(np.float32(noise_sd) * (np.float32(0.9) * bright + np.float32(0.44) * colour))


@lru_cache(maxsize=1)
def _curve() -> Picture:
    """Return what is displayed at linear light from 0 to 2: bright parts pressed together."""
    light = np.linspace(0.0, 2.0, _CURVE)
    pressed = np.where(light < 0.6, light, 0.6 + 0.4 * (1.0 - np.exp(-(light - 0.6) / 0.4)))  # noqa: PLR2004
    return (255.0 * np.clip(pressed, 0.0, 1.0) ** (1.0 / 2.2)).astype(np.float32)
