"""A clip check as a plain dictionary."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from midstance.model import ClipCheck

__all__ = ["check_record"]


def check_record(check: ClipCheck) -> dict[str, Any]:
    """Return a clip check as JSON can hold it.

    Parameters
    ----------
    check
        What a quick look said.

    Returns
    -------
    dict
        Its fields, `state` (the worst of its items), and None where a number is unknown.
    """
    record = {"state": check.state.value, **asdict(check)}
    record["items"] = [{**item, "state": item["state"].value} for item in record["items"]]
    return {key: _known(value) for key, value in record.items()}


def _known(value: Any) -> Any:  # noqa: ANN401  # any field
    return None if isinstance(value, float) and not math.isfinite(value) else value
