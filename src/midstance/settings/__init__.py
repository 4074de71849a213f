"""TOML ↔ settings: one algorithm per step, and what was declared about the recording."""

from midstance.settings.choices import Declared, Laboratory, Output, Settings
from midstance.settings.toml import read_settings, replaced, to_mapping, to_toml

__all__ = [
    "Declared",
    "Laboratory",
    "Output",
    "Settings",
    "read_settings",
    "replaced",
    "to_mapping",
    "to_toml",
]
