"""Runs from a watch's files, into the diary."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, File, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse

from midstance.errors import MidstanceError
from midstance.formats import read_training_run
from midstance.journal import Person, Store
from midstance.web.asking import store_of
from midstance.web.pages.chosen import chosen_person
from midstance.web.refusals import Refusal
from midstance.web.rendering import page
from midstance.web.sniffing import label
from midstance.web.words import day_words, distance_words, duration_words

__all__ = ["ImportedFile", "import_runs", "router"]

router = APIRouter(include_in_schema=False)
_MOST_FILES = 100


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What became of one file.

    Parameters
    ----------
    name
        Of the file.
    state
        `new`, `known` or `refused`.
    words
        The run, or why it was not taken.
    doubts
        What is doubtful about it.
    """

    name: str
    state: Literal["new", "known", "refused"]
    words: str
    doubts: tuple[str, ...] = ()


@router.post("/diary/runs", response_class=HTMLResponse)
def import_runs(request: Request, files: Annotated[list[UploadFile], File()]) -> HTMLResponse:
    """Take in the files of a watch, and say what became of each."""
    person, store = chosen_person(request), store_of(request)
    given = [file for file in files if file.filename]
    if not given:
        raise Refusal(400, "No file was chosen", "Diary", "choose FIT, TCX or GPX files, then add them")
    if len(given) > _MOST_FILES:
        raise Refusal(
            413, f"{len(given)} files at once", "Diary", f"send at most {_MOST_FILES}, then the rest"
        )
    taken = [_taken(store, person, file) for file in given]
    return page(request, "diary_import.html", person=person, taken=taken)


def _taken(store: Store, person: Person, file: UploadFile) -> ImportedFile:
    name = label(file.filename or "", "run")
    try:
        with tempfile.TemporaryDirectory(prefix="midstance-") as folder:
            path = Path(folder) / "run"
            with path.open("wb") as target:
                shutil.copyfileobj(file.file, target)
            run, doubts = read_training_run(path, name)
    except MidstanceError as error:
        return ImportedFile(name, "refused", str(error))
    _, new = store.runs.add(person.id, run)
    day = day_words(run.started.date())
    parts = (day, distance_words(run.distance_m, person.units), duration_words(run.duration_s))
    return ImportedFile(name, "new" if new else "known", ", ".join(part for part in parts if part), doubts)
