"""A coach changes a plan: phases moved, added and taken out, another cue, a note."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from midstance.programme import (
    Phase,
    PhaseKind,
    Plan,
    cues,
    plan_record,
    with_cue,
    with_lessons,
    with_note,
    with_phase_added,
    with_phase_changed,
    with_phase_moved,
    with_phase_removed,
)
from midstance.web.asking import store_of, visitor_of
from midstance.web.pages.chosen import chosen_person
from midstance.web.programme_view import Case, all_lessons, case_of
from midstance.web.refusals import Refusal
from midstance.web.rendering import page
from midstance.web.safety.owners import coach_only

__all__ = [
    "NewPhaseForm",
    "PhaseForm",
    "add_note",
    "add_phase",
    "change_lessons",
    "change_phase",
    "edit_plan",
    "move_phase",
    "remove_phase",
    "router",
]

router = APIRouter(prefix="/plan/edit", include_in_schema=False, dependencies=[Depends(coach_only)])
Words = Annotated[str, Field(max_length=4000)]
Key = Annotated[str, Field(max_length=60)]
_KINDS = {
    PhaseKind.SETTLE: "let it settle",
    PhaseKind.BASELINE: "run as now, with pain noted",
    PhaseKind.CUE: "try a cue",
    PhaseKind.KEEP: "keep the best cue",
    PhaseKind.MAINTAIN: "let go of the programme",
}


class PhaseForm(BaseModel):
    """What a coach says about a phase."""

    runs: Annotated[int, Field(ge=1, le=60)]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    note: Words = ""
    cue: Key = ""
    agreed: bool = False


class NewPhaseForm(BaseModel):
    """A phase a coach adds."""

    kind: PhaseKind
    runs: Annotated[int, Field(ge=1, le=60)] = 6
    title: Annotated[str, Field(max_length=120)] = ""
    cue: Key = ""
    at: Annotated[int, Field(ge=0, le=100)] = 0


@router.get("", response_class=HTMLResponse)
def edit_plan(request: Request) -> HTMLResponse:
    """Show the plan as a coach can change it."""
    store = store_of(request)
    case = _with_plan(request)
    return page(
        request,
        "programme/plan_edit.html",
        person=case.person,
        plan=case.plan,
        kinds=[(kind.value, words) for kind, words in _KINDS.items()],
        cues=cues(),
        lessons=all_lessons(store),
    )


@router.post("/phases")
def add_phase(request: Request, form: Annotated[NewPhaseForm, Form()]) -> Response:
    """Add a phase."""
    case = _with_plan(request)
    plan = _plan(case)
    cue = next((one for one in cues() if one.key == form.cue), None)
    title = form.title.strip() or (cue.title if cue else _KINDS[form.kind].capitalize())
    why = cue.summary if cue and form.kind is PhaseKind.CUE else ""
    phase = Phase(_new_key(plan), form.kind, title, why, form.runs, cue=form.cue)
    return _kept(request, case, with_phase_added(plan, phase, min(form.at, len(plan.phases))))


@router.post("/phases/{key}")
def change_phase(request: Request, key: str, form: Annotated[PhaseForm, Form()]) -> Response:
    """Change length, title, note and cue of a phase."""
    case = _with_plan(request)
    old = _plan(case).phase(key)
    plan = with_phase_changed(
        _plan(case), key, runs=form.runs, title=form.title.strip(), note=form.note.strip()
    )
    if old is not None and form.cue != old.cue:
        plan = with_cue(plan, key, form.cue, clinician_agreed=form.agreed)
    return _kept(request, case, plan)


@router.post("/phases/{key}/move")
def move_phase(request: Request, key: str, to: Annotated[int, Form(ge=0, le=100)]) -> Response:
    """Put a phase at another place."""
    case = _with_plan(request)
    return _kept(request, case, with_phase_moved(_plan(case), key, to))


@router.post("/phases/{key}/remove")
def remove_phase(request: Request, key: str) -> Response:
    """Take a phase out."""
    case = _with_plan(request)
    return _kept(request, case, with_phase_removed(_plan(case), key))


@router.post("/lessons")
def change_lessons(request: Request, lesson: Annotated[list[Key] | None, Form()] = None) -> Response:
    """Put other lessons into the plan; those that were in it keep their order."""
    case = _with_plan(request)
    plan, chosen = _plan(case), set(lesson or ())
    known = [one.key for one in all_lessons(store_of(request))]
    kept = [key for key in plan.lessons if key in chosen]
    return _kept(
        request,
        case,
        with_lessons(plan, [*kept, *(key for key in known if key in chosen and key not in kept)]),
    )


@router.post("/notes")
def add_note(request: Request, text: Annotated[str, Form(max_length=4000)]) -> Response:
    """Write something beside the plan."""
    case = _with_plan(request)
    return _kept(request, case, with_note(_plan(case), case.today, visitor_of(request).name, text))


def _with_plan(request: Request) -> Case:
    case = case_of(store_of(request), chosen_person(request))
    if case.plan is None:
        raise Refusal(404, "There is no plan yet", "Plan", "make one first")
    return case


def _plan(case: Case) -> Plan:
    assert case.plan is not None  # noqa: S101  # `_with_plan` asked
    return case.plan


def _new_key(plan: Plan) -> str:
    taken: set[Any] = {phase.key for phase in plan.phases}
    return next(key for n in range(1, len(taken) + 2) if (key := f"own_{n}") not in taken)


def _kept(request: Request, case: Case, plan: Plan) -> Response:
    store_of(request).papers.put(case.person.id, "plan", plan_record(plan), case.plan_id)
    return RedirectResponse("/plan/edit", 303)
