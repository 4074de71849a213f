"""The files of an analysis, and what each is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.web.words import size_words

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Download", "downloads"]

_FILES = {
    "report.html": ("Report", "one page that needs nothing else; print it or send it"),
    "report.pdf": ("Report, PDF", "to print and to file"),
    "annotated.mp4": ("Annotated video", "with skeleton, plumb line and time line"),
    "steps.csv": ("Steps", "one row per step, for a spreadsheet"),
    "curves.parquet": ("Curves", "every curve over time"),
    "keypoints.parquet": ("Points", "every point in every frame, in pixels"),
    "motion.trc": ("Motion", "points in metres, for OpenSim"),
    "analysis.json": ("Everything", "every number with what it rests on"),
}


@dataclass(frozen=True, slots=True)
class Download:
    """One file as shown.

    Parameters
    ----------
    name
        Its name, as in the address.
    title, use
        What it is called, and what it is good for.
    size
        In words.
    """

    name: str
    title: str
    use: str
    size: str


def downloads(folder: Path) -> list[Download]:
    """Return the files that lie in an analysis' folder, in a fixed order.

    Parameters
    ----------
    folder
        Where they lie.

    Returns
    -------
    list of Download
        Those that are there.
    """
    found = []
    for name, (title, use) in _FILES.items():
        try:
            size = (folder / name).stat().st_size
        except OSError:
            continue
        found.append(Download(name, title, use, size_words(size)))
    return found
