"""Days, distances, places and times as people say them."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

from midstance.model import PainSite, Tried

__all__ = [
    "SITES",
    "TRIED",
    "capital",
    "day_words",
    "distance_of",
    "distance_words",
    "duration_words",
    "moment_words",
    "own_today",
    "place_words",
    "size_words",
    "tenths",
    "time_left",
    "unit_words",
]

SITES: dict[PainSite, str] = {
    PainSite.KNEECAP: "around the kneecap",
    PainSite.OUTSIDE_KNEE: "outside of the knee",
    PainSite.INSIDE_KNEE: "inside of the knee",
    PainSite.BELOW_KNEECAP: "just below the kneecap",
    PainSite.SHIN_BUMP: "bump below the kneecap",
    PainSite.JOINT_LINE: "along the joint line",
    PainSite.BACK_OF_KNEE: "back of the knee",
    PainSite.QUADRICEPS: "front of the thigh",
    PainSite.HAMSTRING: "back of the thigh",
    PainSite.CALF: "calf",
    PainSite.ACHILLES: "Achilles tendon",
    PainSite.SHIN: "shin",
    PainSite.FOOT: "foot",
    PainSite.HIP_OR_GROIN: "hip or groin",
    PainSite.BACK: "lower back",
    PainSite.ELSEWHERE: "elsewhere",
}
"""Names of the places of the body map."""

TRIED: dict[Tried, str] = {
    Tried.REST: "rest",
    Tried.LESS_RUNNING: "less running",
    Tried.ICE: "ice",
    Tried.MEDICINE: "medicine",
    Tried.STRETCHING: "stretching",
    Tried.STRENGTH: "strength work",
    Tried.SHOES: "other shoes",
    Tried.INSOLES: "insoles",
    Tried.TAPE_OR_BRACE: "tape or brace",
    Tried.CAST: "cast",
    Tried.MASSAGE: "massage",
    Tried.FOREFOOT: "forefoot landing",
    Tried.SHORTER_STEPS: "shorter steps",
    Tried.LESSON: "a lesson",
    Tried.CLINICIAN: "a clinician",
}
"""Names of what may be tried."""

_METRES = {"km": 1000.0, "miles": 1609.344}
_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86400
_SOON_S, _WEEK_DAYS = 8.0, 7


def capital(words: str) -> str:
    """Return words with a capital at their beginning, all else as it was."""
    return words[:1].upper() + words[1:]


def own_today() -> date:
    """Return the day it is where this machine stands."""
    return datetime.now().astimezone().date()


def day_words(day: date, today: date | None = None) -> str:
    """Return a day: `today`, `yesterday`, `Tue 4 Mar`, or with its year where it is another one."""
    now = today or own_today()
    if day in {now, now - timedelta(days=1)}:
        return "today" if day == now else "yesterday"
    words = f"{day:%a} {day.day} {day:%b}"
    return words if day.year == now.year else f"{day.day} {day:%b} {day.year}"


def moment_words(moment: datetime, today: date | None = None) -> str:
    """Return a moment in this machine's time zone, such as `today, 14:05`; older ones by their day only."""
    own, now = moment.astimezone(), today or own_today()
    day = day_words(own.date(), now)
    return f"{day}, {own:%H:%M}" if (now - own.date()).days < _WEEK_DAYS else day


def unit_words(units: str) -> str:
    """Return the unit of distance as shown, `km` or `mi`."""
    return "mi" if units == "miles" else "km"


def distance_of(metres: float, units: str) -> float:
    """Return a distance [m] in kilometres or miles."""
    return metres / _METRES.get(units, 1000.0)


def distance_words(metres: float | None, units: str) -> str:
    """Return a distance, such as `8.2 km`; empty where unknown."""
    return "" if metres is None else f"{distance_of(metres, units):.1f}\N{NO-BREAK SPACE}{unit_words(units)}"


def duration_words(seconds: float | None) -> str:
    """Return a duration, such as `47 min` or `1 h 05 min`; empty where unknown."""
    if seconds is None:
        return ""
    minutes = round(seconds / _MINUTE_S)
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d} min" if hours else f"{minutes} min"


def time_left(seconds: float | None) -> str:
    """Return how long a job still takes, roughly; empty where unknown."""
    if seconds is None or not math.isfinite(seconds):
        return ""
    if seconds < _SOON_S:
        return "a few seconds left"
    if seconds < 1.5 * _MINUTE_S:
        return f"about {5 * round(seconds / 5)} s left"
    return f"about {round(seconds / _MINUTE_S)} min left"


def tenths(value: float | None) -> str:
    """Return a rating without needless decimals; a dash where there is none."""
    return "–" if value is None else f"{value:.1f}".removesuffix(".0")


def place_words(site: PainSite, side: str) -> str:
    """Return a place with its side, such as `right, around the kneecap`."""
    sides = {"left": "left", "right": "right", "both": "both sides"}
    return f"{sides[side]}, {SITES[site]}" if site is not PainSite.BACK or side != "both" else SITES[site]


def size_words(size: float) -> str:
    """Return a size of a file [bytes], such as `48 MB`."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}" if size < 10 * factor else f"{size / factor:.0f} {unit}"
    return f"{size:.0f} bytes"
