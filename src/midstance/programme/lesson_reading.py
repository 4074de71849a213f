"""Lessons read from TOML, ours and those a coach writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast, get_args

from midstance.model import CATALOGUE, Route
from midstance.programme.lesson_script import FIGURES, SIDES_OF_A_BLOCK, Block, Lesson, Passage
from midstance.programme.table import table_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from midstance.programme.table import Table

__all__ = ["DURATION_TOLERANCE", "read_lesson"]

DURATION_TOLERANCE = 0.15
"""How far the script may be from the stated duration."""

_BREATH_S = 2.0  # silence after a paragraph that names none
_MARK = re.compile(r"\[([^\[\]]*)\]\s*$")
_MARK_ANYWHERE = re.compile(r"\[[^\[\]]*\]")
_SECONDS = re.compile(r"(\d+(?:\.\d+)?)\s*s$")
_REPS = re.compile(r"(?:(\d+)\s+)?reps$")
_HOW = "end a paragraph with [12 s], [reps], [3 reps] or [rest], or with nothing"
Times = dict[str, float]


def read_lesson(text: str, name: str = "lesson") -> Lesson:
    """Read a lesson, and refuse one that could not be played as it says.

    Parameters
    ----------
    text
        The lesson as TOML; see the page on how to write one.
    name
        What to call it in errors.

    Returns
    -------
    Lesson
        Ready to play.

    Raises
    ------
    InputError
        If something is missing or wrong: what it is, in which line, and what to do.
    """
    table = table_of(text, name)
    lesson = Lesson(**_head(table), **_body(table))
    table.finish()
    _check_duration(lesson, table)
    _check_alternative(lesson, table)
    return lesson


def _head(table: Table) -> dict[str, Any]:
    """Read what is said about a lesson."""
    key = table.text("key")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
        raise table.refused("key", f"is {key!r}", "use small letters, digits and underscores")
    return {
        "key": key,
        "number": int(table.number("number", 0, 999, 0)),
        "title": table.text("title"),
        "summary": _one_line(table.text("summary")),
        "function": _one_line(table.text("function")),
        "position": table.text("position"),
        "duration_min": table.number("duration_min", 12, 40),
        "equipment": table.texts("equipment"),
        "contraindications": table.texts("contraindications"),
        "not_for": cast("tuple[Route, ...]", table.choices("not_for", get_args(Route), [])),
        "on_floor": table.flag("on_floor"),
        "kneeling": table.flag("kneeling"),
        "alternative": _one_line(table.text("alternative", "")),
        "metric_targets": table.choices("metric_targets", tuple(CATALOGUE), []),
        "stop_rules": _stop_rules(table),
    }


def _body(table: Table) -> dict[str, Any]:
    """Read what is spoken."""
    integration = table.table("integration")
    running_s = integration.number("running_s", 60, 120)
    body: dict[str, Any] = {
        "opening": _passages(table, "opening"),
        "scan_open": _passages(table, "scan_open"),
        "scan_close": _passages(table, "scan_close"),
        "scan_figure": table.choice("scan_figure", FIGURES),
        "blocks": tuple(_block(block) for block in table.tables("blocks")),
        "standing": _passages(integration, "standing"),
        "walking": _passages(integration, "walking"),
        "running": _passages(integration, "running", {"run": running_s}),
        "running_s": running_s,
    }
    integration.finish()
    if not any(passage.pause_s >= running_s for passage in body["running"]):
        raise integration.refused("running", "leaves no time to run", "end one paragraph with [run]")
    return body


def _block(table: Table) -> Block:
    reps, tempo_s = int(table.number("reps", 1, 20)), table.number("tempo_s", 2, 120)
    rest_s = table.number("rest_s", 5, 120)
    times = {"rep": tempo_s, "reps": reps * tempo_s, "rest": rest_s}
    block = Block(
        title=table.text("title"),
        intent=_one_line(table.text("intent")),
        base=table.text("base"),
        constraint=table.text("constraint", ""),
        range=table.text("range"),
        reps=reps,
        tempo=table.text("tempo"),
        tempo_s=tempo_s,
        rest_s=rest_s,
        side=cast("Any", table.choice("side", SIDES_OF_A_BLOCK, "both")),
        figure=table.choice("figure", FIGURES),
        movement=_passages(table, "movement", times),
        attention=_passages(table, "attention", times, tempo_s * 2),
        rest=_passages(table, "rest", times, _BREATH_S, rest_s),
    )
    table.finish()
    return block


def _passages(
    table: Table,
    key: str,
    times: Times | None = None,
    usual_s: float = _BREATH_S,
    last_s: float | None = None,
) -> tuple[Passage, ...]:
    """Cut a text into paragraphs, each with the silence its mark asks for.

    Paragraphs without a mark get the usual silence; the last one of a rest gets the rest.
    """
    paragraphs = [_one_line(part) for part in re.split(r"\n\s*\n", table.text(key)) if part.strip()]
    refused = lambda mark: table.refused(key, f"has the mark [{mark}]", _HOW)  # noqa: E731  (one line, two uses)
    passages = []
    for number, paragraph in enumerate(paragraphs, 1):
        default = last_s if last_s is not None and number == len(paragraphs) else usual_s
        passages.append(_passage(paragraph, times or {}, default, refused))
    return tuple(passages)


def _passage(paragraph: str, times: Times, default_s: float, refused: Callable[[str], Exception]) -> Passage:
    found = _MARK.search(paragraph)
    words = paragraph[: found.start()].strip() if found else paragraph
    if left := _MARK_ANYWHERE.search(words):
        raise refused(left[0][1:-1])
    if not words:
        raise refused(found[1] if found else "")
    return Passage(words, default_s if found is None else _pause_s(found[1].strip(), times, refused))


def _pause_s(mark: str, times: Times, refused: Callable[[str], Exception]) -> float:
    if seconds := _SECONDS.match(mark):
        return float(seconds[1])
    if (reps := _REPS.match(mark)) and reps[1] and "rep" in times:
        return float(reps[1]) * times["rep"]
    if mark in times:
        return times[mark]
    raise refused(mark)


def _stop_rules(table: Table) -> tuple[str, ...]:
    rules = table.texts("stop_rules")
    if not rules:
        raise table.refused("stop_rules", "is empty", "say when to stop, sharp pain first")
    return rules


def _check_duration(lesson: Lesson, table: Table) -> None:
    minutes = lesson.seconds / 60.0
    if abs(minutes - lesson.duration_min) > DURATION_TOLERANCE * lesson.duration_min:
        what = f"is {lesson.duration_min:g}, but words and pauses take {minutes:.1f} minutes"
        raise table.refused("duration_min", what, f"write {minutes:.0f}, or change the pauses")


def _check_alternative(lesson: Lesson, table: Table) -> None:
    if (lesson.kneeling or lesson.on_floor) and not lesson.alternative:
        remedy = "say what somebody does who does not kneel or lie on the floor"
        raise table.refused("alternative", "is missing", remedy)


def _one_line(text: str) -> str:
    return " ".join(text.split())
