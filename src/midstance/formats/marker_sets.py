"""Marker sets: which label of a laboratory stands for which landmark, kept as data files."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from midstance.errors import InputError
from midstance.model import CENTRES, LANDMARKS, SEGMENTS, SIDES, MarkerSet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

__all__ = ["marker_sets", "read_marker_set"]

_LETTERS = {"left": "L", "right": "R"}
_TABLES = {"landmarks": tuple(LANDMARKS), "centres": CENTRES, "segments": SEGMENTS}
_REMEDY = "`midstance convert` shows the labels of a file; docs/how-to/laboratory-files.md shows a map"


@cache
def marker_sets() -> dict[str, MarkerSet]:
    """Return the marker sets the program knows.

    Returns
    -------
    dict
        Short name → marker set.
    """
    folder = resources.files("midstance.formats") / "data" / "marker_sets"
    files = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    texts = {name.removesuffix(".toml"): (folder / name).read_text(encoding="utf-8") for name in files}
    return {name: _marker_set(name, tomllib.loads(text), f"{name}.toml") for name, text in texts.items()}


def read_marker_set(path: Path, labels: Collection[str] | None = None) -> MarkerSet:
    """Return the marker set that a TOML file of the user describes.

    Parameters
    ----------
    path
        TOML with `[landmarks]` and, where wanted, `[centres]` and `[segments]`: landmark = label, or
        a list of labels of which the first one present counts. A landmark without `left_` or `right_`
        is meant for both sides, `{S}` in its labels standing for L and R.
    labels
        Labels of the file it is meant for; None to leave that unchecked.

    Returns
    -------
    MarkerSet
        Landmarks, centres and segments with the labels given.

    Raises
    ------
    InputError
        If the file is no TOML, names a landmark that does not exist, or if `labels` are given and
        none of a landmark's labels is among them.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise InputError(f"the map is not TOML: {trouble}", path.name, "correct that line") from trouble
    except OSError as trouble:
        raise InputError("the map cannot be read", path.name, "is it there?") from trouble
    found = _marker_set(path.stem, content, path.name)
    if not (found.landmarks or found.centres):
        raise InputError("the map has no [landmarks]", path.name, _REMEDY)
    if labels is not None:
        _check_held(found, labels, path.name)
    return found


def _marker_set(name: str, content: Mapping[str, Any], where: str) -> MarkerSet:
    if unknown := sorted(set(content) - {"title", *_TABLES}):
        raise InputError(f"unknown table {unknown[0]!r}", where, f"there are {', '.join(_TABLES)}")
    tables = {table: _expanded(content.get(table, {}), table, where) for table in _TABLES}
    return MarkerSet(name, str(content.get("title", name)), **tables)


def _expanded(table: Any, kind: str, where: str) -> dict[str, tuple[str, ...]]:  # noqa: ANN401  # a user's TOML
    """Return a table with every sided entry written out for left and right."""
    if not isinstance(table, dict):
        raise InputError(f"{kind} is not a table", where, _REMEDY)
    entries: dict[str, tuple[str, ...]] = {}
    for key, value in table.items():
        names = _names(value, key, where)
        for full in _keys(key, kind, where):
            side = full.partition("_")[0]
            entries[full] = tuple(_sided(name, side) for name in names)
    return entries


def _names(value: Any, key: str, where: str) -> list[str]:  # noqa: ANN401  # a user's TOML
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise InputError(f"{key} is {value!r}", where, f'write {key} = "label" or ["label", "other label"]')
    return names


def _keys(key: str, kind: str, where: str) -> tuple[str, ...]:
    """Return the full names that a key stands for: itself, or its left and right."""
    known = _TABLES[kind]
    if key in known:
        return (key,)
    both = tuple(f"{side}_{key}" for side in SIDES)
    if both[0] in known:
        return both
    raise InputError(f"{key!r} is none of the {kind}", where, f"there are {', '.join(_short(known))}")


def _short(names: Iterable[str]) -> list[str]:
    """Return the names with left and right said once."""
    bare = (name.removeprefix("left_").removeprefix("right_") for name in names)
    return list(dict.fromkeys(bare))


def _sided(name: str, side: str) -> str:
    return name.replace("{S}", _LETTERS[side]) if side in _LETTERS else name


def _check_held(markers: MarkerSet, labels: Collection[str], where: str) -> None:
    """Raise InputError if a landmark's labels are not among those of the file."""
    tables = {**markers.landmarks, **markers.centres}
    lacking = [names for names in tables.values() if not set(names) & set(labels)]
    if lacking:
        words = ", ".join(" or ".join(names) for names in lacking)
        raise InputError(f"the file does not hold {words}", where, f"it holds {', '.join(sorted(labels))}")
