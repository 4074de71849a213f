"""Which laboratory trials a folder holds, and what is known of who ran in them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from midstance.errors import InputError, SettingsError
from midstance.model import SIDES, Runner, Side

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Entry", "found_trials"]

_KINDS = (".c3d", ".trc")
_STATIC = re.compile(r"static|standing|calibration|(?<![a-z])cal(?![a-z])", re.IGNORECASE)
_SUBJECT = re.compile(r"[A-Za-z]*\d+|[A-Za-z]+")
_SPEED = re.compile(r"(?:T|V|speed|_|-)(\d)[._p]?(\d)(?:_?m_?s)?$", re.IGNORECASE)
_PLAUSIBLE_M_S = (1.0, 9.9)
_TABLE = "participants.csv"
_MALE, _FEMALE = {"m", "male"}, {"f", "female", "w"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One running trial.

    Parameters
    ----------
    run
        Its file.
    static
        The standing trial of the same runner; None where there is none.
    subject
        Who ran.
    speed_m_s
        Speed by the file's name [m/s]; None where it says none.
    strike
        How each foot lands by the participants' table: `rearfoot`, `midfoot`, `forefoot` or `other`.
    runner
        What is known of the runner.
    """

    run: Path
    static: Path | None
    subject: str
    speed_m_s: float | None
    runner: Runner
    strike: Mapping[Side, str] = field(default_factory=dict)


def found_trials(folder: Path) -> list[Entry]:
    """Return every running trial of a folder.

    Parameters
    ----------
    folder
        Where the files are, and `participants.csv` if there is one.

    Returns
    -------
    list of Entry
        Every C3D and TRC file whose name does not say that it is a standing trial, by name. The
        subject is the part of the name up to the first number; the standing trial the file of the
        same subject and kind whose name holds `static`, `standing` or `cal`, or the only such file
        there is where names say no subject; the speed a number at the end of the name, `T25` and
        `_2.5` both being 2.5 m/s.

    Raises
    ------
    InputError
        If there is no such folder or no trial in it.
    """
    if not folder.is_dir():
        raise InputError("there is no such folder", str(folder), "name the folder that holds the trials")
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _KINDS)
    statics = [path for path in files if _STATIC.search(path.stem)]
    people = _participants(folder / _TABLE)
    entries = [_entry(path, statics, people) for path in files if path not in statics]
    if not entries:
        remedy = "name a folder that holds C3D or TRC files of running"
        raise InputError("no running trial was found", str(folder), remedy)
    return entries


def _entry(run: Path, statics: list[Path], people: Mapping[str, Mapping[str, str]]) -> Entry:
    subject = _subject(run, people)
    own = [path for path in statics if _subject(path, people) == subject]
    unnamed = not re.search(r"\d", subject) and subject not in people
    if not own and unnamed and len(statics) == 1:
        own = statics
    same_kind = [path for path in own if path.suffix.lower() == run.suffix.lower()]
    about = people.get(subject, {})
    speed = _speed(run.stem)
    return Entry(
        run=run,
        static=next(iter([*same_kind, *own]), None),
        subject=subject,
        speed_m_s=speed,
        runner=_runner(about, subject),
        strike=_strike(about, speed),
    )


def _subject(path: Path, people: Mapping[str, object]) -> str:
    """Return who is meant by a file's name: someone in the table, else its first word with number."""
    known = [name for name in people if path.stem.lower().startswith(name.lower())]
    if known:
        return max(known, key=len)
    first = _SUBJECT.match(path.stem)
    return first[0] if first else path.stem


def _speed(stem: str) -> float | None:
    said = _SPEED.search(stem)
    speed = float(f"{said[1]}.{said[2]}") if said else 0.0
    return speed if _PLAUSIBLE_M_S[0] <= speed <= _PLAUSIBLE_M_S[1] else None


def _participants(path: Path) -> dict[str, dict[str, str]]:
    """Return the rows of the participants' table by subject; none where there is no table."""
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [
                {str(name).strip().lower(): str(value).strip() for name, value in row.items()}
                for row in csv.DictReader(file)
            ]
    except (UnicodeDecodeError, csv.Error) as error:
        remedy = "save it as UTF-8 text with commas"
        raise InputError("the table cannot be read as CSV", str(path), remedy) from error
    if rows and "subject" not in rows[0]:
        remedy = "give the column with the subjects that name"
        raise InputError("the table has no column 'subject'", str(path), remedy)
    return {row["subject"]: row for row in rows if row["subject"]}


def _runner(about: Mapping[str, str], subject: str) -> Runner:
    """Return what the table says of a runner; values no runner has count as not given."""
    height = _number(about, "height_m") or 0.01 * (_number(about, "height_cm") or 0.0) or None
    sex = about.get("sex", "").lower()
    try:
        return Runner(
            height_m=height,
            mass_kg=_number(about, "mass_kg"),
            sex="male" if sex in _MALE else "female" if sex in _FEMALE else None,
            name=subject,
        )
    except SettingsError:
        return Runner(name=subject)


def _number(about: Mapping[str, str], column: str) -> float | None:
    try:
        return float(about.get(column, ""))
    except ValueError:
        return None


def _strike(about: Mapping[str, str], speed_m_s: float | None) -> dict[Side, str]:
    """Return how each foot lands, from columns such as `strike_left_2.5` or `strike_left`."""
    said: dict[Side, str] = {}
    for side in SIDES:
        columns = [f"strike_{side}_{speed_m_s:g}"] if speed_m_s is not None else []
        columns.append(f"strike_{side}")
        word = next((about[name].lower() for name in columns if about.get(name)), "")
        if word:
            said[side] = word if word in {"rearfoot", "midfoot", "forefoot"} else "other"
    return said
