"""How a loop is compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["compiled", "inlined"]

F = TypeVar("F", bound="Callable[..., Any]")
_FAST = {"reassoc", "contract", "arcp", "nsz"}  # not those that forget NaN


def compiled(function: F) -> F:
    """Compile a function when it is first called; keep it on disk where there is a place for it.

    Parameters
    ----------
    function
        What it calls must stand in its own module: what is kept knows of changes there only.

    Returns
    -------
    function
        Compiled.
    """
    try:
        return cast("F", numba.njit(function, cache=True, fastmath=_FAST, nogil=True))
    except RuntimeError:  # nowhere to write: an installation that is read only, without a home
        return cast("F", numba.njit(function, fastmath=_FAST, nogil=True))


def inlined(function: F) -> F:
    """Compile a function into those that call it.

    Parameters
    ----------
    function
        Of the same module.

    Returns
    -------
    function
        Compiled.
    """
    return cast("F", numba.njit(function, fastmath=_FAST, nogil=True, inline="always"))
