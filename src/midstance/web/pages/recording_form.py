"""What a runner declares about a recording before it is analysed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from midstance.journal import AnalysisRow, Person

__all__ = ["DeclaredForm", "declared_form", "speed_unit"]

_KM_H, _MPH = 3.6, 2.236936
_FORM_NAMES = ("surface", "incline_percent")


class DeclaredForm(BaseModel):
    """What is known of a recording, as typed; empty where it is not."""

    height_cm: Annotated[float, Field(ge=60, le=250)] | None = None
    surface: Literal["", "treadmill", "overground"] = ""
    speed: Annotated[float, Field(ge=1, le=45)] | None = None
    incline_percent: Annotated[float, Field(ge=-40, le=40)] | None = None
    slow_motion: Literal["", "1", "2", "4", "8"] = ""
    standing: Annotated[str, Field(max_length=64)] = ""

    def settings(self, units: str) -> dict[str, Any]:
        """Return the settings of the analysis: only what was typed.

        Parameters
        ----------
        units
            `km` or `miles`: what speeds are typed in.
        """
        speed = None if self.speed is None else round(self.speed / (_MPH if units == "miles" else _KM_H), 3)
        declared = {
            "surface": self.surface or None,
            "speed_m_s": speed,
            "incline_percent": self.incline_percent,
            "slow_motion_factor": float(self.slow_motion) if self.slow_motion else None,
            "standing": self.standing or None,
        }
        known = {name: value for name, value in declared.items() if value is not None}
        return {"declared": known} if known else {}


def declared_form(person: Person, last: AnalysisRow | None) -> dict[str, Any]:
    """Return what the form begins with: the stature of the person, the rest as in the last analysis.

    Parameters
    ----------
    person
        Who is seen.
    last
        The newest analysis of the recording, or of the person; None where there is none.
    """
    declared = dict((last.settings.get("declared") if last else None) or {})
    speed, factor = declared.get("speed_m_s"), declared.get("slow_motion_factor")
    per_m_s = _MPH if person.units == "miles" else _KM_H
    return {
        "height_cm": None if person.height_m is None else round(100 * person.height_m, 1),
        "surface": declared.get("surface") or "",
        "speed": None if speed is None else round(speed * per_m_s, 2),
        "incline_percent": declared.get("incline_percent"),
        "slow_motion": "" if factor is None else f"{factor:g}",
        "standing": declared.get("standing") or "",
    }


def speed_unit(person: Person) -> str:
    """Return what speeds are typed in."""
    return "mph" if person.units == "miles" else "km/h"
