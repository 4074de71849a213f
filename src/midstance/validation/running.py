"""Every trial of a folder in every way, and what is written about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from midstance.errors import SettingsError
from midstance.pose.workers import Workers
from midstance.settings import Settings
from midstance.validation.filming import Phone
from midstance.validation.gathering import gathered
from midstance.validation.page import write_page
from midstance.validation.trials import found_trials
from midstance.validation.trying import Trying
from midstance.validation.writing import write_csv, write_json
from midstance.virtual import KeypointErrors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from midstance.validation.gathering import Validation
    from midstance.validation.trying import Outcome

__all__ = ["validate"]

Progress = Callable[[float, str], None]
_RATES_HZ = (5.0, 1000.0)


def validate(
    folder: Path,
    output: Path,
    *,
    workers: int = 2,
    as_video: Sequence[float] = (),
    errors: KeypointErrors | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
    command: str = "",
) -> Validation:
    """Measure every trial of a folder with its forces and from markers alone, and compare.

    Parameters
    ----------
    folder
        Where the trials are; see `found_trials`.
    output
        Folder for `validation.json`, `validation.csv` and `validation.html`.
    workers
        Processes at a time.
    as_video
        Frame rates at which each treadmill trial is also seen as by a phone, from both sides [Hz].
    errors
        What the pose network does to the points of those; the known errors of one by default.
    settings
        Every choice of the analyses; defaults where None.
    progress
        Told the fraction done, 0 to 1, and what is being done.
    command
        The command line that asked for it, shown on the page.

    Returns
    -------
    Validation
        The rows that were written, and what could not be compared.

    Raises
    ------
    InputError
        If the folder holds no running trial.
    DataError
        If not one trial could be compared; nothing is written then.
    SettingsError
        If a frame rate or the number of workers makes no sense.
    """
    phones = _phones(as_video, errors or KeypointErrors())
    if workers < 1:
        raise SettingsError(f"workers is {workers}", "validate", "give 1 or more")
    entries = found_trials(folder)
    tell = progress or (lambda _fraction, _what: None)
    shares = [
        Trying(tuple(entries[k::workers]), settings or Settings(), phones)
        for k in range(min(workers, len(entries)))
    ]
    outcomes: list[Outcome] = []
    with Workers(len(shares)) as pool:
        for outcome in pool.do(shares):
            outcomes.append(outcome)
            tell(0.98 * len(outcomes) / len(entries), f"{outcome.trial}: {len(outcomes)} of {len(entries)}")
    found = gathered(outcomes)
    output.mkdir(parents=True, exist_ok=True)
    write_json(found.rows, output / "validation.json")
    write_csv(found.rows, output / "validation.csv")
    write_page(found, output / "validation.html", folder.name, command)
    tell(1.0, "done")
    return found


def _phones(as_video: Sequence[float], errors: KeypointErrors) -> tuple[Phone, ...]:
    for rate in as_video:
        if not _RATES_HZ[0] <= rate <= _RATES_HZ[1]:
            raise SettingsError(
                f"{rate:g} frames per second make no video", "as-video", "give 30, 60, 120 or 240"
            )
    return tuple(Phone(rate_hz=rate, errors=errors) for rate in as_video)
