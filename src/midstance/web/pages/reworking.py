"""Another analysis of the same recording, with other options; the earlier one is kept."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from midstance.settings import Settings, replaced
from midstance.web.asking import store_of
from midstance.web.refusals import Refusal

__all__ = ["Said", "again", "router"]

router = APIRouter(include_in_schema=False)
Digits = Annotated[str, Field(max_length=30)]


class Said(BaseModel):
    """What is said about a recording, as it comes from the form."""

    surface: Literal["", "treadmill", "overground"] = ""
    speed_m_s: Digits = ""
    incline_percent: Digits = ""
    slow_motion_factor: Digits = ""
    roll_deg: Digits = ""
    definition: Annotated[str, Field(max_length=40)] = ""
    quality: Literal["", "full", "quick"] = ""

    def settings(self) -> dict[str, Any]:
        """Return it as settings; what was not said is None."""
        numbers = ("speed_m_s", "incline_percent", "slow_motion_factor", "roll_deg")
        declared = {name: _number(name, getattr(self, name)) for name in numbers}
        return {
            "declared": {"surface": self.surface or None, **declared},
            **({"midstance": {"definition": self.definition}} if self.definition else {}),
            **({"pose": {"quality": self.quality}} if self.quality else {}),
        }


@router.post("/analyses/{analysis_id}/again")
def again(request: Request, analysis_id: str, said: Annotated[Said, Form()]) -> Response:
    """Analyse the recording again, as it is now said to be."""
    store = store_of(request)
    row = store.analyses.one(analysis_id)
    settings = _merged(row.settings, said.settings())
    replaced(Settings(), settings)  # refuses what no recording has, before a job is made of it
    name = store.analyses.add(row.recording.id, settings)
    store.jobs.add("analyse", {"analysis_id": name}, key=f"analyse:{name}")
    return RedirectResponse(f"/analyses/{name}", status_code=303)


def _number(name: str, text: str) -> float | None:
    """Return a number as people write it, None where nothing was said."""
    if not text.strip():
        return None
    try:
        return float(text.replace(",", ".").replace("\N{MINUS SIGN}", "-"))
    except ValueError as error:
        raise Refusal(422, f"{name} is {text!r}, not a number", "the form", "write it with digits") from error


def _merged(settings: Any, wanted: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401  # a nested table
    merged = {key: value for key, value in dict(settings).items() if key != "corrections"}
    for table, values in wanted.items():
        kept = {**merged.get(table, {}), **values}
        merged[table] = {name: value for name, value in kept.items() if value is not None}
    return merged
