"""The virtual runner: known motion in, picture points, video and truth out.

What draws pictures is fetched when it is first used: it loads OpenCV, and numba where a frame is drawn.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from midstance.virtual.body import BODIES, load_body
from midstance.virtual.camera import Camera
from midstance.virtual.gait import Gait
from midstance.virtual.keypoints import KeypointErrors
from midstance.virtual.performance import Performance, perform
from midstance.virtual.running import Running
from midstance.virtual.truth import Truth

if TYPE_CHECKING:
    from midstance.virtual.filming import Filming, film
    from midstance.virtual.gym import Gym
    from midstance.virtual.scenario import Scenario, read_scenario, render
    from midstance.virtual.sensor import Sensor
    from midstance.virtual.street import Street

__all__ = [
    "BODIES",
    "Camera",
    "Filming",
    "Gait",
    "Gym",
    "KeypointErrors",
    "Performance",
    "Running",
    "Scenario",
    "Sensor",
    "Street",
    "Truth",
    "film",
    "load_body",
    "perform",
    "read_scenario",
    "render",
]

_HOME_OF = {
    "Filming": "filming",
    "film": "filming",
    "Gym": "gym",
    "Scenario": "scenario",
    "read_scenario": "scenario",
    "render": "scenario",
    "Sensor": "sensor",
    "Street": "street",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # PEP 562: any public name
    """Fetch a public name from the module it lives in."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
