"""Settings as TOML text and as plain values, there and back."""

from __future__ import annotations

import json
import tomllib
from dataclasses import is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from midstance.errors import SettingsError
from midstance.settings.choices import Settings
from midstance.settings.values import Source, built, names

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read_settings", "replaced", "to_mapping", "to_toml"]


def read_settings(path: Path | str) -> Settings:
    """Read settings from a TOML file; what it does not name keeps its default.

    Parameters
    ----------
    path
        The TOML file.

    Returns
    -------
    Settings
        Checked: every key is known and every value has the right type.

    Raises
    ------
    SettingsError
        If the file cannot be read, is not TOML, or holds an unknown key or a wrong value;
        the message names the key, its line and table, and what is allowed.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
        values = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the settings cannot be read: {error}", str(path), "give a text file") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"the settings are not TOML: {error}", str(path), "mend that line") from error
    return built(Settings(), values, (), Source(str(path), text))


def replaced(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """Return the settings with some values replaced.

    Parameters
    ----------
    settings
        Where the other values come from.
    values
        By dotted name, for example `{"declared.surface": "treadmill"}`.

    Returns
    -------
    Settings
        Checked as if they had been read from a file.

    Raises
    ------
    SettingsError
        If a name is unknown or a value is wrong.
    """
    for name, value in values.items():
        nested: Any = value
        for part in reversed(name.split(".")):
            nested = {part: nested}
        settings = built(settings, nested, (), Source("options"))
    return settings


def to_mapping(settings: Settings) -> dict[str, Any]:
    """Return the settings as nested plain values.

    Parameters
    ----------
    settings
        Any settings.

    Returns
    -------
    dict
        Tables and values by name; paths as text, None kept.
    """
    return {key: _plain(getattr(settings, key)) for key in names(settings)}


def to_toml(settings: Settings) -> str:
    """Write the settings as TOML text that `read_settings` reads back.

    Parameters
    ----------
    settings
        Any settings.

    Returns
    -------
    str
        One table per step; what is not given stands as a comment.
    """
    return "\n".join(_toml_lines(to_mapping(settings), ())).strip() + "\n"


def _toml_lines(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    """Write one table: its values first, then the tables inside it."""
    values = [_toml_line(key, value) for key, value in table.items() if not isinstance(value, dict)]
    lines = ["", f"[{'.'.join(path)}]", *values] if path else values
    for key, value in table.items():
        if isinstance(value, dict):
            lines += _toml_lines(value, (*path, key))
    return lines


def _toml_line(key: str, value: object) -> str:
    """Write one value; JSON's text, numbers, booleans and lists are TOML's too."""
    if value is None:
        return f"# {key} = (not given)"
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"


def _plain(value: object) -> Any:  # noqa: ANN401  # whatever JSON and TOML can hold
    """Return a value as JSON and TOML know it."""
    if is_dataclass(value):
        return {key: _plain(getattr(value, key)) for key in names(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value
