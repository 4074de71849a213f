"""TOML read with care: what is missing or wrong is said with its file and line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any, TypeVar

from midstance.errors import InputError
from midstance.model import Grade, Source

__all__ = ["Table", "table_of"]

_MISSING: Any = object()
_T = TypeVar("_T")
_KINDS = {str: "a text", float: "a number", bool: "true or false", list: "a list", dict: "a table"}


@dataclass(slots=True)
class Table:
    """One table of a TOML text.

    Parameters
    ----------
    values
        Its keys and values.
    name
        Where it comes from, as shown in an error.
    lines
        The lines of the whole text.
    first, last
        Lines of the text the table lies in, from 0, the last one excluded.
    headers
        Names of the tables below the outermost one.
    used
        Keys that were asked for.
    """

    values: dict[str, Any]
    name: str
    lines: list[str]
    first: int = 0
    last: int = 0
    headers: frozenset[str] = frozenset()
    used: set[str] = field(default_factory=set)

    def where(self, key: str = "") -> str:
        """Return the file, and the line of a key or of the table itself."""
        pattern = re.compile(rf'\s*"?{re.escape(key)}"?\s*=') if key else None
        for number in range(self.first, self.last):
            if number > self.first and self._is_header(number):
                break
            if pattern is not None and pattern.match(self.lines[number]):
                return f"{self.name}, line {number + 1}"
        return f"{self.name}, line {self.first + 1}"

    def _is_header(self, number: int) -> bool:
        found = re.match(r"\s*\[{1,2}([\w.]+)\]{1,2}\s*$", self.lines[number])
        return found is not None and found[1] in self.headers

    def refused(self, key: str, what: str, remedy: str) -> InputError:
        """Return the error that names a key of this table."""
        return InputError(f"`{key}` {what}", self.where(key), remedy)

    def _value(self, key: str, kind: type[_T], default: Any) -> _T:  # noqa: ANN401  (or _MISSING)
        self.used.add(key)
        if key not in self.values:
            if default is _MISSING:
                raise self.refused(key, "is missing", f"add it as {_KINDS[kind]}")
            return default  # type: ignore[no-any-return]
        value = self.values[key]
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if not isinstance(value, kind):
            raise self.refused(key, f"is {value!r:.40}", f"write it as {_KINDS[kind]}")
        return value

    def text(self, key: str, default: str = _MISSING) -> str:
        """Return a text; an empty one counts as missing where no default is given."""
        value = self._value(key, str, default).strip()
        if not value and default is _MISSING:
            raise self.refused(key, "is empty", "write it out")
        return value

    def number(self, key: str, low: float, high: float, default: float = _MISSING) -> float:
        """Return a number within its limits, both included."""
        value = self._value(key, float, default)
        if not low <= value <= high:
            raise self.refused(
                key, f"is {value:g}, not between {low:g} and {high:g}", "choose one between them"
            )
        return value

    def flag(self, key: str, *, default: bool = _MISSING) -> bool:
        """Return true or false."""
        return self._value(key, bool, default)

    def texts(self, key: str, default: list[str] = _MISSING) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self._value(key, list, default)
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.refused(key, "holds something that is not a text", "write each entry in quotes")
        return tuple(" ".join(value.split()) for value in values)

    def numbers(self, key: str, default: list[float] = _MISSING) -> tuple[float, ...]:
        """Return a list of numbers."""
        values = self._value(key, list, default)
        if not all(isinstance(value, int | float) for value in values):
            raise self.refused(key, "holds something that is not a number", "write each entry as a number")
        return tuple(float(value) for value in values)

    def choice(self, key: str, allowed: tuple[str, ...], default: str = _MISSING) -> str:
        """Return one of a closed list of words."""
        value = self.text(key, default)
        if value not in allowed:
            raise self.refused(key, f"is {value!r}", f"choose one of {', '.join(allowed)}")
        return value

    def choices(self, key: str, allowed: tuple[str, ...], default: list[str] = _MISSING) -> tuple[str, ...]:
        """Return a list of words of a closed list."""
        values = self.texts(key, default)
        for value in values:
            if value not in allowed:
                raise self.refused(key, f"holds {value!r}", f"choose from {', '.join(allowed)}")
        return values

    def table(self, key: str) -> Table:
        """Return the table below a key."""
        values = self._value(key, dict, _MISSING)
        header = re.compile(rf"\s*\[{re.escape(key)}\]")
        return self._below(values, *self._span(header, 0))

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return the list of tables below a key."""
        values = self._value(key, list, _MISSING)
        if not values or not all(isinstance(value, dict) for value in values):
            raise self.refused(key, "holds no tables", f"write each one below its own [[{key}]]")
        header = re.compile(rf"\s*\[\[{re.escape(key)}\]\]")
        return tuple(self._below(value, *self._span(header, n)) for n, value in enumerate(values))

    def _below(self, values: dict[str, Any], first: int, last: int) -> Table:
        return Table(values, self.name, self.lines, first, last, self.headers)

    def _span(self, header: re.Pattern[str], n: int) -> tuple[int, int]:
        """Return the lines from the n-th header of its kind to the next header of any."""
        starts = [i for i in range(self.first, self.last) if header.match(self.lines[i])]
        if n >= len(starts):  # written inline
            return self.first, self.last
        begin = starts[n]
        after = (number for number in range(begin + 1, self.last) if self._is_header(number))
        return begin, next(after, self.last)

    def grade(self, key: str = "grade") -> Grade:
        """Return how well something is supported."""
        return Grade(self.choice(key, tuple(grade.value for grade in Grade)))

    def sources(self, key: str = "sources") -> tuple[Source, ...]:
        """Return the sources listed below a key."""
        found = []
        for value in self._value(key, list, []):
            if not isinstance(value, dict) or not isinstance(value.get("text"), str):
                raise self.refused(key, "holds a source without text", 'write {text = "…", doi = "10.…"}')
            found.append(Source(" ".join(value["text"].split()), str(value.get("doi", ""))))
        return tuple(found)

    def finish(self) -> None:
        """Refuse keys that nobody asked for: most often a slip of the pen."""
        for key in self.values:
            if key not in self.used:
                known = ", ".join(sorted(self.used))
                raise self.refused(key, "is not a key of this table", f"take it out, or use one of {known}")


def table_of(text: str, name: str) -> Table:
    """Read a TOML text.

    Parameters
    ----------
    text
        The whole text.
    name
        What it is called in errors: most often the name of its file.

    Returns
    -------
    Table
        Its outermost table.

    Raises
    ------
    InputError
        If it is not TOML, with the line.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)|\(at end of document\)", str(error))
        line = found[1] if found and found[1] else str(len(text.splitlines()))
        what = re.sub(r" \(at .*\)$", "", str(error))
        remedy = "texts stand in quotes, long ones in three; lists in square brackets"
        raise InputError(f"not readable as TOML: {what}", f"{name}, line {line}", remedy) from error
    lines = text.splitlines()
    headers = frozenset(key for key, value in values.items() if isinstance(value, dict | list))
    return Table(values, name, lines, 0, len(lines), headers)
