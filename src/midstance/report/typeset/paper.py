"""Drawings and words that both reports on paper share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from midstance.model import Tier
from midstance.report.colours import LIGHT
from midstance.report.intervals import answer_figure, shared_span
from midstance.report.words import HIP_OVER_ANKLE, number

if TYPE_CHECKING:
    from midstance.model import Advice, Finding, Source, Summary
    from midstance.report.typeset.sheet import Sheet

__all__ = ["GRADES", "answer_figures", "answer_rows", "finding_row", "on_paper", "source_words", "what_ran"]

GRADES = {
    "trial": "trial in runners with knee pain",
    "pre-post": "runners before and after, no comparison",
    "cohort": "runners followed over time",
    "cross-section": "groups compared, or a laboratory effect",
    "coach": "experience of coaches only",
}
"""What each grade of evidence means, in a few words."""

_STATES = {
    "usual": "in the usual range",
    "ahead": "further ahead than usual",
    "behind": "further back than usual",
    "too_close": "too close to call",
    "refused": "not measured",
}
_STYLE = """
text{font-family:'Libertinus Serif';fill:INK;font-size:12px}.note,.tick{fill:SOFT;font-size:11.5px}
.reading{font-size:14px;font-weight:bold}.axis{stroke:SOFT;stroke-width:1}.grid{stroke:RULE;stroke-width:1}
.zero{stroke:SOFT;stroke-width:1}.plumb{stroke:INK;stroke-width:1.4;stroke-dasharray:4 3}.norm{fill:NORM}
.left{stroke:LEFT;fill:LEFT}.right{stroke:RIGHT;fill:RIGHT}.both{stroke:INK;fill:INK}
.whisker{stroke-width:3;stroke-linecap:round}.mark{stroke:CARD;stroke-width:2}
.curve{fill:none;stroke-width:2.2;stroke-linejoin:round}.right.curve{stroke-dasharray:7 3}
.spread{stroke:none;opacity:.16}.event{stroke-width:1;stroke-dasharray:2 3}
.event.midstance{stroke-dasharray:none;opacity:.75}
"""


def on_paper(svg: str) -> str:
    """Return a drawing of the page as a file of its own: with name space, colours and fonts."""
    style = _STYLE
    for name in ("ink", "soft", "rule", "norm", "left", "right", "card"):
        style = style.replace(name.upper(), getattr(LIGHT, name))
    return re.sub(r"^<svg[^>]*>", lambda opening: f"{opening[0]}<style>{style}</style>", svg, count=1)


def answer_figures(sheet: Sheet) -> dict[str, str]:
    """Return the drawn answer of each leg by `answer_left` and `answer_right`."""
    estimates = {
        m.side: m.estimate
        for m in sheet.summary.measures
        if m.key == HIP_OVER_ANKLE and m.estimate.tier is not Tier.REFUSED
    }
    norm = sheet.norm_ranges.get(HIP_OVER_ANKLE)
    span = shared_span(estimates.values(), norm, zero=True)
    return {
        f"answer_{side}": on_paper(answer_figure(estimate, side, norm, span))
        for side, estimate in estimates.items()
    }


def answer_rows(sheet: Sheet) -> list[dict[str, str]]:
    """Return the answer of each leg in words."""
    scene = sheet.summary.scene
    near = scene.near_side if scene else ""
    place = {True: "near the camera", False: "far leg, less certain"}
    return [
        {
            "side": answer.side,
            "state": _STATES[answer.state],
            "headline": answer.headline,
            "detail": answer.detail,
            "place": place[answer.side == near] if near and answer.side != "both" else "",
        }
        for answer in sheet.answers
    ]


def finding_row(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain data."""
    return {
        "title": finding.title,
        "kind": finding.kind,
        "side": finding.side,
        "seen": finding.seen,
        "why": finding.why,
        "otherwise": finding.otherwise,
        "grade": finding.grade.value,
        "grade_words": GRADES[finding.grade.value],
        "chance": number(100 * min(finding.chance, 0.99), 0),
        "frame": finding.frame,
        "sources": [source_words(source) for source in finding.sources],
        "advice": [_advice_row(advice) for advice in finding.advice],
    }


def _advice_row(advice: Advice) -> dict[str, Any]:
    return {
        "sentence": advice.sentence,
        "watch": advice.watch,
        "grade": advice.grade.value,
        "grade_words": GRADES[advice.grade.value],
        "sources": [source_words(source) for source in advice.sources],
    }


def source_words(source: Source) -> str:
    """Return a source with its identifier."""
    return f"{source.text}, doi {source.doi}" if source.doi else source.text


def what_ran(summary: Summary) -> dict[str, str]:
    """Return who ran, how fast and how it was recorded."""
    runner, place = summary.runner, summary.scene or summary.volume
    kind = "video" if summary.filmed else "laboratory recording"
    rate = f"{number(summary.rate_hz, 1)} Hz, {number(summary.duration_s, 1)} s"
    rows = {
        "Recording": f"{summary.name}, {kind}, {rate}",
        "Steps": f"{summary.steps[0]} left, {summary.steps[1]} right",
    }
    if runner.height_m is not None or runner.mass_kg is not None:
        tall = f"{number(runner.height_m, 2)} m" if runner.height_m is not None else ""
        heavy = f"{number(runner.mass_kg, 0)} kg" if runner.mass_kg is not None else ""
        rows["Runner"] = ", ".join(word for word in (tall, heavy) if word)
    if place is not None:
        rows["Speed"] = f"{number(summary.speed_m_s, 2)} m/s, {place.speed_source or 'not known'}"
        rows["Ground"] = f"{place.surface}, incline {number(summary.incline_percent, 1)} %"
    return rows
