"""The first start: a runner made by us is there already, so that no page is empty."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from midstance.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.journal import Store

__all__ = ["DEMO_NAME", "demo_clip", "greet"]

DEMO_NAME = "Demo runner"
_PIECE = 1024 * 1024
_SETTINGS = {"declared": {"surface": "treadmill", "speed_m_s": 3.0, "incline_percent": 0.0}}


def demo_clip() -> Path:
    """Return the clip of the demo runner: the one in the package, else the one of the source tree.

    Returns
    -------
    Path
        A file that is there.

    Raises
    ------
    MissingExtraError
        If neither is.
    """
    packaged = Path(str(files("midstance.web") / "demo" / "side.mp4"))
    source = Path(__file__).parents[3] / "examples" / "demo" / "side.mp4"
    for path in (packaged, source):
        if path.is_file():
            return path
    raise MissingExtraError("the demo clip is not there", str(packaged), "install Midstance again")


def greet(store: Store) -> str | None:
    """Put the demo runner into a store without people, and the analysis of the clip in line.

    Parameters
    ----------
    store
        Where to.

    Returns
    -------
    str or None
        The id of the analysis; None where somebody is there already.
    """
    from midstance.journal import Person  # noqa: PLC0415  # loads the database's parts

    if store.people.find(limit=1):
        return None
    stored = store.vault.receive(_pieces(demo_clip()))
    person = store.people.add(
        Person(name=DEMO_NAME, height_m=1.72, sex="female", note="Drawn by a computer; every joint is known.")
    )
    recording = store.recordings.add(
        person,
        stored.sha256,
        "demo from the side.mp4",
        kind="video",
        view="side",
        size=stored.size,
        facts={"format": "mp4", "media_type": "video/mp4", "demo": True},
    )
    store.jobs.add("check", {"recording_id": recording}, key=f"check:{recording}")
    analysis = store.analyses.add(recording, _SETTINGS, [])
    store.jobs.add("analyse", {"analysis_id": analysis}, key=f"analyse:{analysis}")
    return analysis


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
