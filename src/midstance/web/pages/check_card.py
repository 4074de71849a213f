"""The result of the clip check, as a card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["CheckCard", "CheckLine", "check_card"]

Kind = Literal["good", "doubt", "bad"]
_KINDS: dict[str, Kind] = {"good": "good", "better": "doubt", "bad": "bad"}
_NAMES = {
    "file": "The file",
    "upright": "Right way up",
    "frame_rate": "Pictures a second",
    "slow_motion": "Slow motion",
    "people": "One runner",
    "view": "From the side",
    "size": "Size in the picture",
    "feet": "Feet in sight",
    "tilt": "Camera level",
    "activity": "Running",
    "steps": "Number of steps",
    "markers": "Markers",
    "forces": "Force plates",
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that was looked at.

    Parameters
    ----------
    name
        What.
    kind
        `good`, `doubt` or `bad`.
    sentence, remedy
        What was seen, and how to film better.
    """

    name: str
    kind: Kind
    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class CheckCard:
    """The card.

    Parameters
    ----------
    title, pill, kind
        What it comes to, in a sentence and a word, and how that is coloured.
    words
        What to say where there is nothing to list.
    lines
        What was looked at, the bad first.
    """

    title: str
    pill: str = ""
    kind: str = ""
    words: str = ""
    lines: list[CheckLine] = field(default_factory=list)


def check_card(facts: Mapping[str, Any], *, failed: str = "") -> CheckCard:
    """Return the card of a recording.

    Parameters
    ----------
    facts
        What is known of it; `check` as a `ClipCheck` in plain dictionaries.
    failed
        Why it could not be checked; empty where it could.

    Returns
    -------
    CheckCard
        With what to do about each doubt.
    """
    check = facts.get("check") or {}
    lines = [_line(item) for item in check.get("items") or []]
    if failed and not lines:
        return CheckCard("It could not be checked", "did not work", "bad", failed)
    if not lines:
        return CheckCard("Not checked yet", words="The check takes a few seconds and runs by itself.")
    order = {"bad": 0, "doubt": 1, "good": 2}
    lines.sort(key=lambda line: order[line.kind])
    worst = lines[0].kind
    title = {
        "good": "A good clip",
        "doubt": "Good enough, and it could be better",
        "bad": "Some numbers will be missing",
    }[worst]
    pill = {"good": "ready", "doubt": "usable", "bad": "film again"}[worst]
    return CheckCard(title, pill, {"doubt": ""}.get(worst, worst), "", lines)


def _line(item: Mapping[str, Any]) -> CheckLine:
    key = str(item.get("key", ""))
    kind = _KINDS.get(str(item.get("state")), "doubt")
    name = _NAMES.get(key, key.replace("_", " ").capitalize())
    return CheckLine(name, kind, str(item.get("sentence", "")), str(item.get("remedy", "")))
