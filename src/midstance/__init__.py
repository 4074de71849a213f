"""Midstance: where the hip is over the foot when a runner's body is lowest.

Importing this package loads nothing heavy: each public name is fetched when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from midstance.errors import (
        DataError,
        InputError,
        MidstanceError,
        MissingExtraError,
        PluginError,
        SettingsError,
    )
    from midstance.model import Analysis, Estimate, Issue, Measure, Runner
    from midstance.pipeline import analyse, export
    from midstance.settings import Laboratory, Settings, read_settings

__all__ = [
    "Analysis",
    "DataError",
    "Estimate",
    "InputError",
    "Issue",
    "Laboratory",
    "Measure",
    "MidstanceError",
    "MissingExtraError",
    "PluginError",
    "Runner",
    "Settings",
    "SettingsError",
    "__version__",
    "analyse",
    "export",
    "read_settings",
]

__version__ = "0.1.0"

_HOMES = {
    "midstance.errors": (
        "DataError",
        "InputError",
        "MidstanceError",
        "MissingExtraError",
        "PluginError",
        "SettingsError",
    ),
    "midstance.model": ("Analysis", "Estimate", "Issue", "Measure", "Runner"),
    "midstance.pipeline": ("analyse", "export"),
    "midstance.settings": ("Laboratory", "Settings", "read_settings"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # PEP 562: any public name
    """Fetch a public name from the room it lives in."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
