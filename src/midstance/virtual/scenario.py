"""A scenario from a TOML file: who runs how, where, and filmed with what."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from midstance.errors import InputError, SettingsError
from midstance.settings.values import Source, built
from midstance.virtual.body import load_body
from midstance.virtual.camera import Camera
from midstance.virtual.filming import Filming, film
from midstance.virtual.gym import Gym
from midstance.virtual.running import Running
from midstance.virtual.sensor import Sensor
from midstance.virtual.street import Street

if TYPE_CHECKING:
    from pathlib import Path

    from midstance.virtual.body import Body
    from midstance.virtual.running import Run

__all__ = ["Clip", "Scenario", "read_scenario", "render"]


@dataclass(frozen=True, slots=True)
class Clip:
    """What is made.

    Parameters
    ----------
    body
        Who runs: one of `slim_woman`, `sturdy_woman`, `lean_man`, `heavy_man`.
    place
        Where: on a treadmill in a gym, or over ground along a street.
    duration_s
        How long [s].
    quality
        Constant rate factor of the encoder: smaller is finer, 23 is usual.
    seed
        Of noise, jitter and step-to-step variation, where these are not given their own.
    """

    body: Literal["slim_woman", "sturdy_woman", "lean_man", "heavy_man"] = "lean_man"
    place: Literal["gym", "street"] = "gym"
    duration_s: float = 6.0
    quality: int = 23
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be made."""
        if not 0.0 < self.duration_s <= 600.0:  # noqa: PLR2004  # seconds
            raise SettingsError(f"duration_s is {self.duration_s:g}", "", "take more than 0, at most 600 s")
        if not 0 <= self.quality <= 51:  # noqa: PLR2004  # as x264 counts
            raise SettingsError(f"quality is {self.quality}", "", "take 0 (lossless) to 51 (worst)")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario: the tables of a TOML file.

    Parameters
    ----------
    clip
        Who, where, how long.
    running
        How the runner runs. Its surface follows from the place.
    camera
        Where the camera stands and when it exposes.
    sensor
        What it makes of light.
    gym, street
        How the place looks; the other one is not used.
    """

    clip: Clip = field(default_factory=Clip)
    running: Running = field(default_factory=Running)
    camera: Camera = field(default_factory=Camera)
    sensor: Sensor = field(default_factory=Sensor)
    gym: Gym = field(default_factory=Gym)
    street: Street = field(default_factory=Street)

    def body(self) -> Body:
        """Return who runs."""
        return load_body(self.clip.body)

    def run(self) -> Run:
        """Return the motion."""
        surface: Literal["overground", "treadmill"] = (
            "overground" if self.clip.place == "street" else "treadmill"
        )
        running = self._seeded(replace(self.running, surface=surface))
        body = self.body()
        run: Run = running(body.build, self.clip.duration_s, body.joints)
        return run

    def filming(self) -> Filming:
        """Return how it is filmed."""
        place = self.street if self.clip.place == "street" else self.gym
        return Filming(self._seeded(self.camera), place, self._seeded(self.sensor))

    def _seeded(self, part: Any) -> Any:  # noqa: ANN401  # whatever has a seed
        """Return a part with the clip's seed if it has none of its own."""
        return part if part.seed else replace(part, seed=self.clip.seed)


def read_scenario(path: Path) -> Scenario:
    """Read a scenario.

    Parameters
    ----------
    path
        A TOML file with any of the tables `clip`, `running`, `camera`, `sensor`, `gym` and `street`.

    Returns
    -------
    Scenario
        With the usual values for what the file does not say.

    Raises
    ------
    InputError
        If the file cannot be read.
    SettingsError
        If it is not TOML, or a value is unknown, of the wrong kind or impossible.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("a scenario cannot be read", str(path), "name a TOML file") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"not a TOML file: {error}", str(path), "write name = value lines") from error
    source = Source(str(path), text)
    scenario = Scenario()
    if unknown := set(table) - set(Scenario.__dataclass_fields__):
        name = min(unknown)
        known = ", ".join(Scenario.__dataclass_fields__)
        raise SettingsError(f"there is no table {name!r}", source.place((name,)), f"use one of {known}")
    parts = {name: built(getattr(scenario, name), value, (name,), source) for name, value in table.items()}
    return replace(scenario, **parts)


def render(scenario_path: Path, output: Path) -> list[Path]:
    """Render a scenario into a video, and the truth beside it.

    Parameters
    ----------
    scenario_path
        The TOML file.
    output
        The video, `.mp4`.

    Returns
    -------
    list of Path
        The video and the truth.

    Raises
    ------
    InputError
        If the scenario cannot be read or the video not be written.
    SettingsError
        If the scenario asks for something impossible.
    MissingExtraError
        If numba is not installed.
    """
    if output.suffix != ".mp4":
        raise InputError(f"a video is written as .mp4, not {output.suffix!r}", str(output), "name it .mp4")
    scenario = read_scenario(scenario_path)
    truth = film(output, scenario.body(), scenario.run(), scenario.filming(), quality=scenario.clip.quality)
    return [output, truth]
