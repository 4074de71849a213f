from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import cv2
import numpy as np
import pytest
from pypdf import PdfReader

from midstance.formats import analysis_record, summary_of
from midstance.model import Advice, Finding, Grade, RedFlag, Source
from midstance.report import Answer, Sheet, report_pdf

from .sample import refused, sample

DAY = date(2026, 5, 1)
LONG = "The number is further back than in most healthy runners, by more than its own error allows for. " * 3
ANSWERS = tuple(
    Answer(side, f"Your {side} hip is 2.1 cm ahead.", LONG, "usual") for side in ("left", "right")
)
FLAG = RedFlag("night", "urgent", "It hurts at night.", "See a clinician within days.")


def finding(number: int) -> Finding:
    source = Source("Lenhart 2014, Med Sci Sports Exerc 46:557", "10.1249/MSS.0b013e3182a78c3a")
    advice = tuple(Advice(f"Try this {i}: {LONG}", Grade.PRE_POST, (source,), LONG) for i in range(3))
    return Finding(f"rule_{number}", f"Something {number}", LONG, LONG, LONG, advice, Grade.COACH, (source,))


def picture() -> bytes:
    return cv2.imencode(".jpg", np.full((720, 480, 3), 120, np.uint8))[1].tobytes()


PICTURES = {f"{side}_midstance.jpg": picture() for side in ("left", "right")}


def sheet(**more) -> Sheet:
    summary = summary_of(analysis_record(more.pop("analysis", sample)()))
    return Sheet(summary, ANSWERS, tuple(map(finding, range(3))), DAY, pictures=PICTURES, **more)


def read(pdf: bytes) -> Any:
    return PdfReader(BytesIO(pdf))


def words(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read(pdf).pages))


@pytest.mark.parametrize(("audience", "pages"), [("runner", 1), ("clinician", 2)])
@pytest.mark.parametrize("analysis", [sample, refused])
def test_three_long_findings_still_fit_on_the_paper_they_may_have(audience, pages, analysis):
    assert len(read(report_pdf(sheet(analysis=analysis), audience)).pages) == pages


def test_the_same_sheet_gives_the_same_bytes():
    assert report_pdf(sheet(), "clinician") == report_pdf(sheet(), "clinician")


@pytest.mark.parametrize("audience", ["runner", "clinician"])
def test_the_paper_is_tagged_and_says_what_it_is(audience):
    root = read(report_pdf(sheet(), audience)).trailer["/Root"]
    about = root["/Metadata"].get_data().decode()

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about


def alternatives(node) -> list[str]:
    """Return the alternative texts of every figure below a node of the structure tree."""
    node = node.get_object()
    if not hasattr(node, "get"):
        return []
    children = node.get("/K", [])
    below = children if isinstance(children, list) else [children]
    own = [str(node["/Alt"])] if node.get("/S") == "/Figure" else []
    return own + [alt for child in below if hasattr(child, "get_object") for alt in alternatives(child)]


def test_every_figure_can_be_read_aloud():
    told = alternatives(read(report_pdf(sheet(), "clinician")).trailer["/Root"]["/StructTreeRoot"])

    assert len(told) >= 6
    assert any("Knee flexion" in alt and "left leg from" in alt for alt in told)
    assert all(len(alt) > 20 for alt in told)


def test_a_red_flag_comes_before_everything_else():
    said = words(report_pdf(sheet(red_flags=(FLAG,)), "runner"))

    assert said.index("See a clinician within days") < said.index("2.1 cm ahead")


def test_the_clinician_reads_intervals_evidence_method_and_what_is_missing():
    said = words(report_pdf(sheet(), "clinician"))

    for word in ("95 % interval", "pre-post", "10.1249/MSS.0b013e3182a78c3a", "Method and error"):
        assert word in said
    assert "Not measured at all" in said


def test_the_runner_is_told_how_to_read_it_and_when_to_see_a_clinician():
    said = words(report_pdf(sheet(), "runner"))

    assert "nobody has tested" in said
    assert "see a clinician before you change how you run" in said


def test_without_findings_and_pictures_there_is_still_a_page():
    bare = replace(sheet(), findings=(), pictures={})

    assert len(read(report_pdf(bare, "runner")).pages) == 1


def test_signs_of_the_typesetter_in_a_name_do_no_harm():
    base = sheet()
    summary = replace(base.summary, runner=replace(base.summary.runner, name='#"]$ _x_ \\ @a <b>'))

    assert '#"]$ _x_' in words(report_pdf(replace(base, summary=summary), "runner"))
