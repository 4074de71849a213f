"""The lines at the top of a Qualisys TSV file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Heading", "heading_of"]

_KEY = re.compile(r"[A-Z][A-Z0-9_]*_?[A-Z0-9]*")


@dataclass(frozen=True, slots=True)
class Heading:
    """Words of the header with their values, and the index of the line after them."""

    values: Mapping[str, list[str]]
    end: int

    def text(self, key: str) -> str:
        """Return a value as one text, empty where there is none."""
        return " ".join(part.strip() for part in self.values.get(key, []) if part.strip())

    def number(self, key: str) -> float:
        """Return a value as a number, NaN where it is none."""
        try:
            return float(self.text(key))
        except ValueError:
            return float("nan")


def heading_of(lines: Sequence[str]) -> Heading:
    """Return the words in capitals that begin the lines at the top of a file."""
    values: dict[str, list[str]] = {}
    for number, line in enumerate(lines):
        key, *rest = line.split("\t")
        if not _KEY.fullmatch(key) or (key == "SAMPLE" and "TIME" in rest):
            return Heading(values, number)
        values[key] = rest
    return Heading(values, len(lines))
