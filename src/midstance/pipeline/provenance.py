"""What an analysis was made with."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING

from midstance import __version__

if TYPE_CHECKING:
    from midstance.model import Sighting

__all__ = ["versions"]

_LIBRARIES = ("numpy", "scipy", "av", "opencv-python-headless", "ai-edge-litert")


def versions(sighting: Sighting) -> dict[str, str]:
    """Return versions of the program, its libraries and the networks (sha256)."""
    libraries = {name: metadata.version(name) for name in _LIBRARIES}
    networks = {f"network {name}": digest for name, digest in sighting.networks.items()}
    return {"midstance": __version__, "python": platform.python_version(), **libraries, **networks}
