"""What an analysis was made with."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING

from midstance import __version__

if TYPE_CHECKING:
    from midstance.model import Sighting

__all__ = ["versions"]

_OF_VIDEO = ("numpy", "scipy", "av", "opencv-python-headless", "ai-edge-litert")
_OF_LABORATORY = ("numpy", "scipy", "ezc3d")


def versions(sighting: Sighting | None) -> dict[str, str]:
    """Return versions of the program, its libraries and, for a video, the networks (sha256)."""
    libraries = {name: metadata.version(name) for name in (_OF_VIDEO if sighting else _OF_LABORATORY)}
    networks = {f"network {name}": digest for name, digest in sighting.networks.items()} if sighting else {}
    return {"midstance": __version__, "python": platform.python_version(), **libraries, **networks}
