"""Files of watches: one run, whatever the format."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from midstance.errors import InputError
from midstance.formats.watch_fit import read_fit
from midstance.formats.watch_tracks import read_gpx, read_tcx

if TYPE_CHECKING:
    from midstance.model import TrainingRun

__all__ = ["read_training_run"]

_LARGEST_BYTES = 50_000_000


def read_training_run(path: str | Path, name: str = "") -> tuple[TrainingRun, tuple[str, ...]]:
    """Return the run that a watch recorded, and what is doubtful about its file.

    Parameters
    ----------
    path
        A FIT, TCX or GPX file; what it is is told from its first bytes.
    name
        Its name for messages, where it lies under another.

    Returns
    -------
    tuple
        The run with the hash of the file, and a sentence for each doubt.

    Raises
    ------
    InputError
        If it is none of these, larger than 50 MB, or broken beyond reading.
    DataError
        If it holds another sport than running.
    """
    file = Path(path)
    label = name or file.name
    if not file.is_file():
        raise InputError("there is no such file", label, "check the name and the folder")
    if file.stat().st_size > _LARGEST_BYTES:
        raise InputError(
            f"the file has {file.stat().st_size / 1e6:.0f} MB", label, "one run has less than 50 MB"
        )
    content = file.read_bytes()
    digest = sha256(content).hexdigest()
    if content[8:12] == b".FIT":
        return read_fit(file, digest)
    head = content[:4000]
    if b"<gpx" in head:
        return read_gpx(file, digest)
    if b"TrainingCenterDatabase" in head:
        return read_tcx(file, digest)
    raise InputError("this is not a FIT, TCX or GPX file", label, "export the run from the watch or its app")
