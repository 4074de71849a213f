"""The page of a validation: what agrees how well, on one page that needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
import numpy as np
from markupsafe import Markup

from midstance import __version__
from midstance.formats import replacing
from midstance.report import DARK, LIGHT
from midstance.report.colours import stylesheet
from midstance.validation.bars import judged
from midstance.validation.figures import STRIKES, bland_altman, group_bars
from midstance.validation.records import samples_of
from midstance.validation.words import in_words, shown_unit, title_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from midstance.validation.bars import Verdict
    from midstance.validation.comparing import Comparison
    from midstance.validation.gathering import Validation
    from midstance.validation.records import Row, Sample

__all__ = ["validation_html", "write_page"]

_HIP = "hip_over_ankle_at_midstance_m"
_DRAWN = (
    ("initial_contact_s", "step", "true contact time, ms"),
    ("toe_off_s", "step", "true contact time, ms"),
    ("lowest_mass_s", "step", "true contact time, ms"),
    ("midstance_s", "step", "true contact time, ms"),
    (_HIP, "step", ""),
    (_HIP, "mean", ""),
)
_KINDS = {"step": "every step", "mean": "mean of each leg over a trial"}
_FILM = "fps="
_MILLI = 1000.0


def write_page(found: Validation, path: Path, folder: str, command: str = "") -> None:
    """Write `validation.html`, whole or not at all.

    Parameters
    ----------
    found
        What was found.
    path
        The file to write.
    folder
        Name of the folder the trials came from.
    command
        The command line that made it.
    """
    page = validation_html(found, folder, command)
    with replacing(path) as temporary:
        temporary.write_text(page, encoding="utf-8", newline="\n")


def validation_html(found: Validation, folder: str, command: str = "") -> str:
    """Return the page, without scripts and without anything from outside.

    Parameters
    ----------
    found, folder, command
        As in `write_page`.

    Returns
    -------
    str
        HTML; the same input gives the same page.
    """
    verdicts = judged(found.rows)
    return _template().render(
        themes={"light": Markup(stylesheet(LIGHT)), "dark": Markup(stylesheet(DARK))},  # noqa: S704  # our own
        folder=folder,
        command=command,
        version=__version__,
        trials=found.trials,
        facts=_facts(found),
        verdicts=[_judged(verdict) for verdict in verdicts],
        held=sum(verdict.holds for verdict in verdicts),
        figures=_figures(found),
        films=_films(found),
        lines=[_line(row) for row in found.rows if row.group == "all" and row.rmse >= 0],
        means=[_line(row) for row in found.rows if row.group == "all/mean"],
        strikes=[name for name in STRIKES if any(row.group == f"strike={name}" for row in found.rows)],
        problems=found.problems,
    )


@cache
def _template() -> jinja2.Template:
    loaders = [jinja2.PackageLoader("midstance.validation"), jinja2.PackageLoader("midstance.report")]
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("validation.html")


def _facts(found: Validation) -> list[tuple[str, str]]:
    """Return the few numbers under the heading."""
    markers = found.comparisons.get("markers", ())
    steps = sum(count for one in markers for count in one.vouched.values())
    return [
        ("trials compared", str(len(markers))),
        ("runners", str(len({one.subject for one in markers}))),
        ("contacts on the plates", f"{steps:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")),
    ]


def _judged(verdict: Verdict) -> dict[str, Any]:
    bar = verdict.bar
    unit = f"\N{NO-BREAK SPACE}{bar.shown}" if bar.shown else ""
    digits = 1 if bar.shown else 0
    sign = "±" if bar.statistic == "bias" and bar.shown else "≤"
    value = (
        in_words(verdict.value, digits)
        if bar.statistic == "bias" and bar.shown
        else f"{verdict.value:.{digits}f}"
    )
    return {
        "words": bar.words,
        "what": {"bias": "bias", "sd": "SD"}[bar.statistic] if bar.shown else "count",
        "limit": f"{sign}\N{NO-BREAK SPACE}{bar.limit:g}{unit}",
        "value": value + unit,
        "n": verdict.n,
        "holds": verdict.holds,
    }


@dataclass(frozen=True, slots=True)
class _Figure:
    title: str
    about: str
    pairs: Markup
    groups: Markup


def _figures(found: Validation) -> list[_Figure]:
    markers = found.comparisons.get("markers", ())
    drawn = [_figure(found, markers, *one) for one in _DRAWN]
    return [figure for figure in drawn if figure is not None]


def _figure(
    found: Validation, comparisons: Sequence[Comparison], measure: str, kind: str, below: str
) -> _Figure | None:
    tail = "/mean" if kind == "mean" else ""
    rows = {row.group: row for row in found.rows if row.measure == measure}
    if f"all{tail}" not in rows:
        return None
    samples = samples_of(comparisons, measure, kind)
    row = rows[f"all{tail}"]
    unit, factor, _ = shown_unit(measure, row.unit)
    pairs = bland_altman(
        _levels(samples, factor, by_contact=bool(below)),
        factor * np.array([s.found - s.true for s in samples]),
        np.array([s.strike for s in samples]),
        row,
        factor,
        (below or f"mean of both, {unit}", f"markers − forces, {unit}"),
    )
    bars = group_bars(_own_groups(rows, tail), factor, unit)
    return _Figure(title_of(measure), _KINDS[kind], Markup(pairs), Markup(bars))  # noqa: S704  # our own drawings


def _levels(samples: Sequence[Sample], factor: float, *, by_contact: bool) -> NDArray[np.float64]:
    """Return where each pair lies along the axis: by contact time for instants, else by its mean."""
    if by_contact:
        return 1000.0 * np.array([s.contact_time_s for s in samples])
    return factor * np.array([0.5 * (s.found + s.true) for s in samples])


def _own_groups(rows: Mapping[str, Row], tail: str) -> list[Row]:
    """Return the rows of one kind by speed and strike, under the plain names of their groups."""
    shown = ("all", "speed=", "strike=")
    plain = {group.removesuffix(tail): row for group, row in rows.items() if group.endswith(tail)}
    return [
        replace(row, group=group)
        for group, row in plain.items()
        if "/" not in group and group.startswith(shown)
    ]


def _films(found: Validation) -> list[dict[str, Any]]:
    """Return what phones at each frame rate give: a line of numbers and a drawing."""
    ways = [way for way in found.comparisons if way.startswith(_FILM) and "/" not in way]
    by_name = {(row.measure, row.group): row for row in found.rows}
    films = []
    for way in ways:
        row, raw = by_name.get((_HIP, way)), by_name.get((_HIP, f"{way}/raw"))
        if row is None or raw is None:
            continue
        samples = samples_of(found.comparisons[way], _HIP, "mean")
        pairs = bland_altman(
            _levels(samples, _MILLI, by_contact=False),
            _MILLI * np.array([s.found - s.true for s in samples]),
            np.array([s.strike for s in samples]),
            row,
            _MILLI,
            ("mean of both, mm", "phone − forces, mm"),
        )
        films.append(
            {
                "rate": way.removeprefix(_FILM),
                "figure": Markup(pairs),  # noqa: S704  # our own drawing
                "line": _line(row),
                "raw": _line(raw),
                "instants": [
                    _line(by_name[measure, f"{way}/steps"])
                    for measure in ("initial_contact_s", "toe_off_s", "midstance_s")
                    if (measure, f"{way}/steps") in by_name
                ],
            }
        )
    return films


def _line(row: Row) -> dict[str, str]:
    """Return a row as the tables of the page show it."""
    unit, factor, digits = shown_unit(row.measure, row.unit)
    numbers = {name: factor * getattr(row, name) for name in ("bias", "loa_low", "loa_high")}
    return {name: in_words(value, digits) for name, value in numbers.items()} | {
        "title": title_of(row.measure),
        "unit": unit,
        "n": str(row.n),
        "sd": in_words(factor * row.sd, digits).lstrip("+"),
        "rmse": in_words(factor * row.rmse, digits).lstrip("+"),
        "icc": in_words(row.icc, 3).lstrip("+"),
        "coverage": "–" if np.isnan(row.coverage) else f"{100 * row.coverage:.0f}\N{NO-BREAK SPACE}%",
    }
