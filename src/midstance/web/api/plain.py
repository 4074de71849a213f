"""What programs are given: plain dictionaries, lists, strings and numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

__all__ = ["plain"]


def plain(value: Any, without: Sequence[str] = ()) -> Any:  # noqa: ANN401  # whatever the rooms give
    """Return a frozen type of the rooms as JSON holds it.

    Parameters
    ----------
    value
        What to write out.
    without
        Fields of it to leave out.

    Returns
    -------
    dict, list, str, float, int, bool or None
        What is not known, NaN, becomes null; sets become sorted lists.
    """
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value) if field.name not in without]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.name.lower() if isinstance(value, int) else value.value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    return _many(value)


def _many(value: Any) -> Any:  # noqa: ANN401  # whatever the rooms give
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(one) for one in value)
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value
