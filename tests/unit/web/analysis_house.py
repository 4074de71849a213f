"""Made-up analyses in a store, for the tests of their page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from midstance.formats import analysis_record, write_player_json
from midstance.journal import Person
from midstance.model import Video

if TYPE_CHECKING:
    from midstance.journal import Store
    from midstance.model import Analysis

__all__ = ["keep"]


def keep(  # what analyses differ in
    store: Store,
    analysis: Analysis,
    *,
    person: str = "",
    name: str = "",
    corrections: tuple[dict[str, Any], ...] = (),
    parent: str | None = None,
    recording: str = "",
) -> str:
    """Put a finished analysis into a store, with a person and a recording where none is named."""
    person = person or store.people.add(Person(name="Kim", height_m=1.78))
    filmed = isinstance(analysis.recording, Video)
    if not recording:
        content = (name or analysis.recording.path.name).encode()
        stored = store.vault.receive(iter([content]))
        recording = store.recordings.add(
            person,
            stored.sha256,
            name or analysis.recording.path.name,
            kind="video" if filmed else "lab",
            view="side",
            size=stored.size,
            filmed=datetime(2026, 5, 4, 8, tzinfo=UTC),
        )
    found = store.analyses.add(recording, {}, corrections, parent)
    folder = store.vault.folder(found)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "steps.csv").write_text("step\n", encoding="utf-8")
    if filmed:
        write_player_json(analysis, folder / "player.json")
    store.analyses.complete(found, analysis_record(analysis))
    return found
