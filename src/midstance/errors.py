"""The exception tree: what cannot be done, where, and what to do about it."""

from __future__ import annotations

__all__ = [
    "DataError",
    "InputError",
    "MidstanceError",
    "MissingExtraError",
    "PluginError",
    "SettingsError",
]


class MidstanceError(Exception):
    """Base of every error Midstance raises on purpose.

    Parameters
    ----------
    what
        What is wrong, with its numbers.
    where
        The file, frame, option or step it concerns.
    remedy
        What the user can do about it.
    """

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        super().__init__(what, where, remedy)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        """Return the sentence as shown: what · where · what to do."""
        return " · ".join(part for part in (self.what, self.where, self.remedy) if part)


class InputError(MidstanceError):
    """The file cannot be read as what it should be."""


class DataError(MidstanceError):
    """The recording can be read but cannot give the answer."""


class SettingsError(MidstanceError):
    """An option or a settings file asks for something impossible."""


class MissingExtraError(MidstanceError):
    """A part that is installed or fetched separately is not there."""


class PluginError(MidstanceError):
    """A plug-in could not be loaded or broke its contract."""
