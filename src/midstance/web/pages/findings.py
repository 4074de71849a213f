"""Findings of an analysis: what was seen, what it may mean, what to try."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from midstance.interview import told
from midstance.journal import AnalysisRow, JobState, Store
from midstance.model import Finding
from midstance.pipeline import findings_of_record
from midstance.programme import articles, cues
from midstance.web.asking import store_of
from midstance.web.pages.chosen import chosen_person
from midstance.web.programme_view import GRADES, all_lessons, case_of
from midstance.web.refusals import Refusal
from midstance.web.rendering import page
from midstance.web.words import moment_words

__all__ = ["Titles", "latest_findings", "router", "show_findings", "titles_of"]

router = APIRouter(prefix="/findings", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Titles:
    """What the programme's texts are called, by key.

    Parameters
    ----------
    cues, lessons, articles
        Key to title.
    """

    cues: dict[str, str]
    lessons: dict[str, str]
    articles: dict[str, str]


def titles_of(store: Store) -> Titles:
    """Return the titles of cues, lessons and articles.

    Parameters
    ----------
    store
        Where lessons of coaches are.
    """
    return Titles(
        {"own_way": "Your own way again"} | {cue.key: cue.title for cue in cues()},
        {lesson.key: lesson.title for lesson in all_lessons(store)},
        {article.key: article.title for article in articles()},
    )


@router.get("")
def latest_findings(request: Request) -> Response:
    """Show those of the newest analysis."""
    row = store_of(request).analyses.latest(chosen_person(request).id)
    return RedirectResponse(f"/findings/{row.id}" if row else "/film", 303)


@router.get("/{analysis_id}", response_class=HTMLResponse)
def show_findings(request: Request, analysis_id: str) -> HTMLResponse:
    """Show at most three findings, and what belongs to the pain besides."""
    store = store_of(request)
    row: AnalysisRow = store.analyses.one(analysis_id)
    if row.state is not JobState.DONE:
        raise Refusal(409, "This analysis is not done yet", row.recording.name, "wait, then reload the page")
    case = case_of(store, row.person)
    given = case.triage if case.begun else None
    found = () if case.triage.stop else findings_of_record(store.analyses.record(row.id), given)
    return page(
        request,
        "programme/findings.html",
        person=row.person,
        row=row,
        when=moment_words(row.recording.filmed),
        case=case,
        found=found,
        lead=_lead(found),
        told=told(case.triage) if case.begun and not case.triage.stop else None,
        titles=titles_of(store),
        grades=GRADES,
        can_play=row.recording.kind == "video",
    )


def _lead(found: tuple[Finding, ...]) -> str:
    """Return a sentence over all findings."""
    many = sum(finding.kind == "finding" for finding in found)
    if not many:
        return "No finding here is a fine answer, too."
    words = {1: "One thing stands", 2: "Two things stand"}.get(many, "Three things stand")
    return f"{words} out. A thing that stands out is something to try, not a cause of pain."
