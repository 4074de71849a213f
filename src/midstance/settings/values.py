"""Plain values into frozen dataclasses, each checked by its declared type."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from midstance.errors import SettingsError

__all__ = ["Source", "built", "names"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source:
    """Where values come from, to say in a message where the wrong one stands.

    Parameters
    ----------
    name
        A file, or a few words.
    text
        What stands in the file; empty where there is none.
    """

    name: str
    text: str = ""

    def place(self, path: tuple[str, ...]) -> str:
        """Name the file, the line and the table of a key."""
        line = self._line(path)
        table = f"[{'.'.join(path[:-1])}]" if path[:-1] else "top level"
        return ", ".join(part for part in (self.name, line, table) if part)

    def _line(self, path: tuple[str, ...]) -> str:
        table: tuple[str, ...] = ()
        for number, line in enumerate(self.text.splitlines(), start=1):
            if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
                table = tuple(part.strip(" \"'") for part in header[1].split("."))
                key: tuple[str, ...] = ()
            else:
                key = tuple(part.strip(" \"'") for part in line.partition("=")[0].split("."))
            if (*table, *key) == path:
                return f"line {number}"
        return ""


def names(step: object) -> list[str]:
    """Return the names of the options of a step."""
    return [f.name for f in fields(step) if f.init]  # type: ignore[arg-type]


def built(step: T, table: object, path: tuple[str, ...], source: Source) -> T:
    """Return a step's dataclass with the values of a table put in, each checked by its type."""
    if not isinstance(table, dict):
        raise SettingsError(f"{path[-1]} must be a table", source.place(path), f"write [{'.'.join(path)}]")
    hints = get_type_hints(type(step), localns={"Path": Path, "Literal": Literal})
    allowed = names(step)
    changes = {}
    for key, value in table.items():
        here = (*path, key)
        if key not in allowed:
            remedy = f"use one of {', '.join(allowed)}" if allowed else "leave the table empty"
            raise SettingsError(f"there is no setting {key!r}", source.place(here), remedy)
        old = getattr(step, key)
        changes[key] = (
            built(old, value, here, source)
            if is_dataclass(old)
            else _checked(value, hints[key], here, source)
        )
    try:
        return replace(step, **changes)  # type: ignore[type-var]
    except SettingsError as error:
        raise SettingsError(error.what, source.place((*path, "")), error.remedy) from error
    except (ValueError, TypeError) as error:
        raise SettingsError(str(error), source.place((*path, "")), "choose another value") from error


def _checked(value: object, hint: object, path: tuple[str, ...], source: Source) -> object:
    """Return a value as its type asks, or say what would be right."""
    for kind in _kinds(hint):
        fits, taken = _taken(value, kind)
        if fits:
            return taken
    raise SettingsError(
        f"{path[-1]} is {value!r}, not {_in_words(hint)}", source.place(path), f"give {_in_words(hint)}"
    )


def _kinds(hint: object) -> tuple[Any, ...]:
    """Return the alternatives of a union."""
    return get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)


def _taken(value: Any, kind: Any) -> tuple[bool, Any]:  # noqa: ANN401  # values as they come from a file
    """Tell whether a value fits one type, and return it as that type."""
    if get_origin(kind) is Literal:
        return value in get_args(kind), value
    if get_origin(kind) is tuple:
        return _taken_list(value, get_args(kind))
    if kind is float:
        fits = (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and abs(value) <= sys.float_info.max
        )
        return fits, float(value) if fits else value
    if kind is Path:
        return isinstance(value, str | Path), Path(value) if isinstance(value, str) else value
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool), value
    return isinstance(value, kind), value


def _taken_list(value: Any, kinds: tuple[Any, ...]) -> tuple[bool, Any]:  # noqa: ANN401  # same
    """Tell whether a list fits a tuple type, and return it as a tuple."""
    if not isinstance(value, list | tuple):
        return False, value
    wanted = kinds[:1] * len(value) if kinds[-1] is Ellipsis else kinds
    taken = [_taken(item, kind) for item, kind in zip(value, wanted, strict=False)]
    return len(value) == len(wanted) and all(fits for fits, _ in taken), tuple(item for _, item in taken)


def _in_words(hint: object) -> str:
    """Say a type in plain words."""
    words = {
        float: "a number",
        int: "a whole number",
        str: "text",
        bool: "true or false",
        Path: "a file name",
    }
    said = []
    for kind in _kinds(hint):
        if get_origin(kind) is Literal:
            said += [repr(choice) for choice in get_args(kind)]
        elif kind is not NoneType:
            said.append(words.get(kind, "a list"))
    return " or ".join(said)
