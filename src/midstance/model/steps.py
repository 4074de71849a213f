"""Tables of what happens step by step, in seconds on the real clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model.skeleton import Side

__all__ = ["Contacts", "Midstances", "StepTable"]


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """When which foot is on the ground: half-open intervals [initial contact, toe-off).

    Parameters
    ----------
    side
        `left` or `right` (N,).
    initial_contact_s, toe_off_s
        Start and end of each contact (N,) [s], sorted by start.
    """

    side: NDArray[np.str_]
    initial_contact_s: NDArray[np.float64]
    toe_off_s: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Check that contacts are sorted, have a length and do not overlap on one side."""
        if not len(self.side) == len(self.initial_contact_s) == len(self.toe_off_s):
            raise ValueError("side, initial contact and toe-off differ in length")
        if np.any(np.diff(self.initial_contact_s) <= 0):
            raise ValueError("contacts must be sorted")
        if np.any(self.toe_off_s <= self.initial_contact_s):
            raise ValueError("toe-off must come after initial contact")
        for side in ("left", "right"):
            own = self.side == side
            if np.any(self.initial_contact_s[own][1:] < self.toe_off_s[own][:-1]):
                raise ValueError(f"{side} contacts overlap")

    def __len__(self) -> int:
        """Return the number of contacts."""
        return len(self.side)

    @property
    def duration_s(self) -> NDArray[np.float64]:
        """Contact time of each step (N,) [s]."""
        return self.toe_off_s - self.initial_contact_s

    def of(self, side: Side) -> NDArray[np.bool_]:
        """Return which contacts (N,) belong to a side."""
        return np.asarray(self.side == side)

    def alternate(self) -> bool:
        """Tell whether left and right strictly alternate."""
        return bool(np.all(self.side[1:] != self.side[:-1]))


@dataclass(frozen=True, slots=True, eq=False)
class Midstances:
    """The instant of midstance of every contact, by every definition.

    Parameters
    ----------
    time_s
        Chosen instant of each contact (N,) [s]; NaN where it could not be found.
    spread_s
        Standard deviation of the three instants behind the default (N,) [s].
    by_definition
        Instants (N,) [s] of every definition.
    definition
        Name of the chosen one.
    """

    time_s: NDArray[np.float64]
    spread_s: NDArray[np.float64]
    by_definition: dict[str, NDArray[np.float64]]
    definition: str

    def __post_init__(self) -> None:
        """Check that the chosen definition is there and lengths agree."""
        if self.definition not in self.by_definition:
            raise ValueError(f"no definition {self.definition!r}")
        if any(len(times) != len(self.time_s) for times in self.by_definition.values()):
            raise ValueError("definitions differ in length")


@dataclass(frozen=True, slots=True, eq=False)
class StepTable:
    """One row per step, one named column per quantity.

    Parameters
    ----------
    contacts
        The N steps.
    midstances
        Their midstances.
    values
        Columns (N,), each named with its unit suffix; NaN where unknown.
    units
        Unit of each column.
    complete
        Whether the whole step was seen well enough to count (N,).
    """

    contacts: Contacts
    midstances: Midstances
    values: dict[str, NDArray[np.float64]]
    units: dict[str, str]
    complete: NDArray[np.bool_]

    def __post_init__(self) -> None:
        """Check that every column has a unit and a value for each step."""
        if set(self.values) != set(self.units):
            raise ValueError("every column needs one unit")
        if any(len(column) != len(self.contacts) for column in self.values.values()):
            raise ValueError("columns must have one value for each contact")
