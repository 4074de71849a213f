"""One trial after another: measured with forces, from markers alone, and as a phone would see it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from midstance import gait
from midstance.errors import DataError, MidstanceError
from midstance.model import SIDES, Severity, Trial
from midstance.pipeline import analyse, analyse_sighting
from midstance.settings import Declared
from midstance.validation.comparing import compared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from midstance.model import Analysis, Side
    from midstance.settings import Settings
    from midstance.validation.comparing import Comparison
    from midstance.validation.filming import Phone
    from midstance.validation.trials import Entry
    from midstance.virtual import KeypointErrors

__all__ = ["Outcome", "Problem", "Trying", "known_shifts"]

_LOW_PASS_HZ = (10.0, 20.0)


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be compared.

    Parameters
    ----------
    trial
        Name of its file.
    way
        `forces`, `markers`, `low_pass` or `fps=60`.
    sentence
        Why.
    """

    trial: str
    way: str
    sentence: str


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What one trial gave.

    Parameters
    ----------
    trial
        Name of its file.
    comparisons
        By way: `markers`, `low_pass`, `fps=60` and `fps=60/raw`; one, or one for each side.
    problems
        What could not be compared.
    """

    trial: str
    comparisons: Mapping[str, tuple[Comparison, ...]]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Trying:
    """Measures each of some trials in every way; can be sent to another process.

    Parameters
    ----------
    entries
        The trials.
    settings
        Every choice; which forces and which standing trial are put in.
    phones
        The phones each trial is filmed with, from both sides.
    low_pass
        Whether each trial is also measured under two fixed low-passes, 10 and 20 Hz.
    """

    entries: tuple[Entry, ...]
    settings: Settings
    phones: tuple[Phone, ...] = ()
    low_pass: bool = True

    def __call__(self) -> Iterator[Outcome]:
        """Yield what each trial gave; a trial that fails does not stop the rest."""
        for entry in self.entries:
            yield self._tried(entry)

    def _tried(self, entry: Entry) -> Outcome:
        name = entry.run.name
        problems: list[Problem] = []

        def tried(way: str, act: Callable[[], tuple[Comparison, ...]]) -> tuple[Comparison, ...]:
            try:
                return act()
            except MidstanceError as error:
                problems.append(Problem(name, way, str(error)))
            except Exception as error:  # noqa: BLE001  (one trial must not stop the rest; it is named)
                problems.append(Problem(name, way, f"{type(error).__name__}: {error}"))
            return ()

        try:
            true = self._with_forces(entry)
        except MidstanceError as error:
            return Outcome(name, {}, (Problem(name, "forces", str(error)),))
        except Exception as error:  # noqa: BLE001  (same)
            return Outcome(name, {}, (Problem(name, "forces", f"{type(error).__name__}: {error}"),))
        ways = self._ways(entry, true)
        return Outcome(name, {way: tried(way, act) for way, act in ways.items()}, tuple(problems))

    def _ways(self, entry: Entry, true: Analysis) -> dict[str, Callable[[], tuple[Comparison, ...]]]:
        """Return every comparison with the truth, by its name."""
        ways: dict[str, Callable[[], tuple[Comparison, ...]]] = {
            "markers": lambda: (compared(entry, self._in_lab(entry, forces="ignore"), true),)
        }
        if self.low_pass:
            ways["low_pass"] = lambda: self._filtered(entry)
        for phone in self.phones:
            filming = _Filming(entry, true, phone, self.settings)
            ways[f"fps={phone.rate_hz:g}"] = filming.against_truth
            ways[f"fps={phone.rate_hz:g}/raw"] = filming.as_it_is
        return ways

    def _in_lab(self, entry: Entry, **chosen: object) -> Analysis:
        laboratory = replace(self.settings.laboratory, **({"static": entry.static} | chosen))  # type: ignore[arg-type]
        settings = replace(self.settings, laboratory=laboratory)
        return _with_steps(analyse(entry.run, runner=entry.runner, settings=settings), entry)

    def _with_forces(self, entry: Entry) -> Analysis:
        true = self._in_lab(entry, forces="use")
        if true.volume is None or true.volume.contacts_from != "forces":
            raise DataError(
                "there are no forces to hold the markers against",
                entry.run.name,
                "leave the trial out, or give its forces",
            )
        return self._with_lowest(true)

    def _with_lowest(self, true: Analysis) -> Analysis:
        """Put in when the centre of mass is lowest by force integrated twice, where the plates tell."""
        recording, motion, steps = true.recording, true.motion, true.steps
        if not isinstance(recording, Trial) or recording.forces is None or motion is None or steps is None:
            return true
        plates = self.settings.force_contacts(recording.forces, motion)
        if plates.contacts is None or len(plates.contacts) != len(steps.contacts):
            return true
        lowest = gait.lowest_centre_of_mass_s(plates, gait.body_mass_kg(plates))
        instants = steps.midstances.by_definition | {"lowest_mass": lowest}
        midstances = replace(steps.midstances, by_definition=instants)
        return replace(true, steps=replace(steps, midstances=midstances))

    def _filtered(self, entry: Entry) -> tuple[Comparison, ...]:
        """Hold the slower of two low-passes against the faster, contacts from forces in both."""
        slow, fast = (self._in_lab(entry, forces="use", low_pass_hz=corner) for corner in _LOW_PASS_HZ)
        return (compared(entry, slow, fast),)


def _with_steps(analysis: Analysis, entry: Entry) -> Analysis:
    """Return an analysis that has steps, or say why it has none."""
    if analysis.steps is not None:
        return analysis
    refusals = [issue for issue in analysis.issues if issue.severity is Severity.REFUSAL]
    why = refusals[0].sentence if refusals else "no steps were found"
    raise DataError(why.rstrip("."), entry.run.name, refusals[0].remedy if refusals else "look at the trial")


def known_shifts(errors: KeypointErrors) -> dict[str, float]:
    """Return what a network's constant errors add to measures of the near leg, by key [m].

    Parameters
    ----------
    errors
        Of the network.

    Returns
    -------
    dict
        Key of the catalogue → shift of the measure [m].
    """
    return {
        "hip_over_ankle_at_midstance_m": errors.hip_forward_m - errors.ankle_forward_m,
        "hip_over_midfoot_at_midstance_m": errors.hip_forward_m,
        "overstride_m": errors.ankle_forward_m - errors.hip_forward_m,
    }


@dataclass(slots=True, eq=False)
class _Filming:
    """One trial filmed from both sides with one phone; each film is analysed once."""

    entry: Entry
    true: Analysis
    phone: Phone
    settings: Settings
    _films: dict[Side, tuple[Analysis, float]] | None = None

    def against_truth(self) -> tuple[Comparison, ...]:
        """Compare the near legs, less what the network's constant errors put in."""
        return self._against(known_shifts(self.phone.errors))

    def as_it_is(self) -> tuple[Comparison, ...]:
        """Compare the near legs as they come."""
        return self._against({})

    def _against(self, put_in: Mapping[str, float]) -> tuple[Comparison, ...]:
        self._films = self._films or {side: self._filmed(side) for side in SIDES}
        return tuple(
            compared(self.entry, film, self.true, later_s=later_s, put_in=put_in, sides=(side,))
            for side, (film, later_s) in self._films.items()
        )

    def _filmed(self, side: Side) -> tuple[Analysis, float]:
        """Return the analysis of a film from one side, and how much later the laboratory's clock reads."""
        motion, steps, volume = self.true.motion, self.true.steps, self.true.volume
        if motion is None or steps is None or volume is None or volume.surface != "treadmill":
            raise DataError("only a run on a treadmill can be filmed", self.entry.run.name, "leave it out")
        speed = self.entry.speed_m_s or self.true.speed_m_s
        seed = zlib.crc32(f"{self.entry.run.name} {side} {self.phone.seed}".encode())
        film = replace(self.phone, seed=seed)(self.entry.run, motion, steps.contacts, speed, side)
        declared = Declared(
            surface="treadmill",
            incline_percent=0.0,
            speed_m_s=speed if np.isfinite(speed) else None,
            slow_motion_factor=1.0,
            roll_deg=0.0,
        )
        settings = replace(self.settings, declared=declared)
        seen = analyse_sighting(film.video, film.sighting, runner=self.entry.runner, settings=settings)
        return _with_steps(seen, self.entry), film.start_s
