"""Which marker set a file uses, told by its labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from midstance.errors import InputError
from midstance.formats.marker_sets import marker_sets
from midstance.model import SIDES, MarkerSet

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from midstance.model import Side

__all__ = ["lacking", "recognised_marker_set", "spelled_as"]

_CARRIERS = 3
_FRONT = ("mt1", "mt5", "toe")


def recognised_marker_set(labels: Collection[str]) -> MarkerSet:
    """Return the marker set that fits the labels of a file.

    Parameters
    ----------
    labels
        Labels of the markers; those of the standing trial may be among them.

    Returns
    -------
    MarkerSet
        The set most of whose markers are there, its names spelled as the file spells them: case,
        dots, blanks and underscores do not count.

    Raises
    ------
    InputError
        If no set has what a leg needs (hips, and on one side knee, ankle, heel and toe), with what is
        missing from each set.
    """
    candidates = [spelled_as(markers, labels) for markers in marker_sets().values()]
    whole = [markers for markers in candidates if not lacking(markers, labels)]
    if whole:
        return max(whole, key=lambda markers: (_matched(markers, labels), -len(_names(markers))))
    order = sorted(candidates, key=lambda markers: -_matched(markers, labels))
    words = "; ".join(f"{markers.name}: {', '.join(lacking(markers, labels))}" for markers in order)
    raise InputError(
        f"the labels fit no marker set. Missing from {words}",
        f"labels {', '.join(sorted(labels)) or 'none'}",
        "name the markers with --markers map.toml",
    )


def spelled_as(markers: MarkerSet, labels: Collection[str]) -> MarkerSet:
    """Return a marker set with the file's spelling of each name before its own.

    Parameters
    ----------
    markers
        The set.
    labels
        Labels of the file.

    Returns
    -------
    MarkerSet
        The same landmarks, centres and segments.
    """
    spelling = {_plain(label): label for label in sorted(labels)}

    def spelled(table: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return {
            key: tuple(
                dict.fromkeys(found for name in names for found in (spelling.get(_plain(name), name), name))
            )
            for key, names in table.items()
        }

    tables = (spelled(table) for table in (markers.landmarks, markers.centres, markers.segments))
    return MarkerSet(markers.name, markers.title, *tables)


def lacking(markers: MarkerSet, labels: Collection[str]) -> list[str]:
    """Return what the labels lack for the analysis of at least one leg.

    Parameters
    ----------
    markers
        The marker set.
    labels
        Labels of the file.

    Returns
    -------
    list of str
        Landmarks and the names their markers would have; empty where nothing is missing.
    """
    sides = [_lacking_leg(markers, labels, side) for side in SIDES]
    return [*_lacking_hips(markers, labels), *min(sides, key=len)]


def _matched(markers: MarkerSet, labels: Collection[str]) -> int:
    return len(_names(markers) & set(labels))


def _names(markers: MarkerSet) -> set[str]:
    tables = (markers.landmarks, markers.centres, markers.segments)
    return {name for table in tables for names in table.values() for name in names}


def _lacking_hips(markers: MarkerSet, labels: Collection[str]) -> list[str]:
    def has(landmark: str) -> bool:
        return markers.marker(landmark, labels) is not None

    if any(has(f"{side}_hip") for side in SIDES):
        return []
    front = [f"{side}_asis" for side in SIDES if not has(f"{side}_asis")]
    back = [] if has("sacrum") else [f"{side}_psis" for side in SIDES if not has(f"{side}_psis")]
    return [_worded(markers, landmark) for landmark in (*front, *back)]


def _lacking_leg(markers: MarkerSet, labels: Collection[str], side: Side) -> list[str]:
    def has(*parts: str) -> bool:
        return any(markers.marker(f"{side}_{part}", labels) is not None for part in parts)

    def carried(*segments: str) -> bool:
        held = (set(markers.segments.get(f"{side}_{segment}", ())) & set(labels) for segment in segments)
        return any(len(names) >= _CARRIERS for names in held)

    there = {
        "knee_lateral": has("knee_lateral", "knee") or carried("thigh", "shank"),
        "ankle_lateral": has("ankle_lateral", "ankle") or carried("shank"),
        "heel": has("heel"),
        "toe": has(*_FRONT),
    }
    return [_worded(markers, f"{side}_{part}") for part, found in there.items() if not found]


def _worded(markers: MarkerSet, landmark: str) -> str:
    names = markers.landmarks.get(landmark, ())
    return f"{landmark} ({' or '.join(names)})" if names else landmark


def _plain(label: str) -> str:
    return re.sub(r"[^a-z0-9]", "", label.casefold())
