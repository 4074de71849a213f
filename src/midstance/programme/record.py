"""Plans and logs as plain dictionaries, and back without a loss."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from midstance import model
from midstance.errors import InputError
from midstance.programme import logs, phases
from midstance.programme.logs import Break, CueLog, LessonLog
from midstance.programme.phases import Plan

if TYPE_CHECKING:
    from midstance.programme.logs import Log

__all__ = ["PLAN_VERSION", "log_of", "log_record", "plan_of", "plan_record"]

PLAN_VERSION = 1
_LOGS: dict[str, type[Any]] = {"cue": CueLog, "lesson": LessonLog, "break": Break}
_NAMES = {**vars(model), **vars(phases), **vars(logs), "date": date, "Literal": Literal}
_T = TypeVar("_T")


def plan_record(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain dictionaries, lists, strings and numbers.

    Parameters
    ----------
    plan
        The plan.

    Returns
    -------
    dict
        With the version of its form.
    """
    return {"version": PLAN_VERSION, **_plain(plan)}


def plan_of(record: dict[str, Any]) -> Plan:
    """Return the plan of a record.

    Parameters
    ----------
    record
        As `plan_record` gives it, also after a way through JSON.

    Returns
    -------
    Plan
        Equal to the one it was made from.

    Raises
    ------
    InputError
        If it is not a plan's record, with the key at which that shows.
    """
    if record.get("version") != PLAN_VERSION:
        what = f"the plan's record has version {record.get('version')!r}, not {PLAN_VERSION}"
        raise InputError(what, "plan", "update the program that reads it")
    return _made({key: value for key, value in record.items() if key != "version"}, Plan, "plan")


def log_record(log: Log) -> dict[str, Any]:
    """Return a note about a cue, a lesson or days off as a plain dictionary.

    Parameters
    ----------
    log
        The note.

    Returns
    -------
    dict
        With its kind.
    """
    kind = next(name for name, of in _LOGS.items() if isinstance(log, of))
    return {"kind": kind, **_plain(log)}


def log_of(record: dict[str, Any]) -> Log:
    """Return the note of a record.

    Parameters
    ----------
    record
        As `log_record` gives it.

    Returns
    -------
    Log
        Equal to the one it was made from.
    """
    kind = str(record.get("kind"))
    if kind not in _LOGS:
        raise InputError(f"{kind!r} is no kind of note", "log", f"choose one of {', '.join(_LOGS)}")
    log: Log = _made({key: value for key, value in record.items() if key != "kind"}, _LOGS[kind], kind)
    return log


def _plain(value: Any) -> Any:  # noqa: ANN401  (whatever a field holds)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _made(record: Any, of: type[_T], where: str) -> _T:  # noqa: ANN401  (what JSON gave)
    """Build a frozen type from a record, field by field."""
    if not isinstance(record, dict):
        raise _refused(record, where)
    hints = get_type_hints(of, _NAMES)
    for key in record:
        if key not in hints:
            raise InputError(f"{key!r} does not belong there", where, "take it out, or update the program")
    values = {key: _value(value, hints[key], f"{where}.{key}") for key, value in record.items()}
    try:
        return of(**values)
    except (TypeError, ValueError) as error:
        raise InputError(f"not complete or not possible: {error}", where, "make the plan anew") from error


def _value(value: Any, hint: Any, where: str) -> Any:  # noqa: ANN401  (what JSON gave, what is wanted)
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        wanted = next(each for each in inner if each is not NoneType)
        return None if value is None else _value(value, wanted, where)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise _refused(value, where)
        return tuple(_value(each, inner[0], f"{where}[{n}]") for n, each in enumerate(value))
    if origin is Literal:
        if value not in inner:
            raise _refused(value, where)
        return value
    return _single(value, hint, where)


def _single(value: Any, hint: Any, where: str) -> Any:  # noqa: ANN401  (same)
    if is_dataclass(hint) and isinstance(hint, type):
        return _made(value, hint, where)
    try:
        if hint is date:
            return date.fromisoformat(value)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return hint(value)
    except (TypeError, ValueError) as error:
        raise _refused(value, where) from error
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (isinstance(value, bool) and hint is not bool):
        raise _refused(value, where)
    return value


def _refused(value: Any, where: str) -> InputError:  # noqa: ANN401  (what JSON gave)
    return InputError(f"{value!r:.40} is not what belongs there", where, "make the plan anew")
