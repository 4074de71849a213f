"""From a sheet to the bytes of a PDF/A that can be read aloud."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from midstance.errors import InputError, MissingExtraError
from midstance.report.typeset.clinician import clinician_content, clinician_figures
from midstance.report.typeset.runner import runner_content, runner_figures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.report.typeset.sheet import Audience, Sheet

__all__ = ["report_pdf"]

_CONTENT = {
    "runner": (runner_content, runner_figures),
    "clinician": (clinician_content, clinician_figures),
}


def report_pdf(sheet: Sheet, audience: Audience) -> bytes:
    """Return a report as PDF/A-2a, tagged, every figure with its text.

    Parameters
    ----------
    sheet
        What goes on it.
    audience
        `runner`: one page; `clinician`: two.

    Returns
    -------
    bytes
        The file; the same sheet gives the same bytes.

    Raises
    ------
    InputError
        If the content cannot be set.
    MissingExtraError
        If the typesetter is not installed.
    """
    try:
        import typst  # noqa: PLC0415  # 34 MB that only this needs
    except ImportError as error:
        raise MissingExtraError("the typesetter is not installed", "typst", "pip install typst") from error
    content, figures = _CONTENT[audience]
    drawn = {f"{name}.svg": svg.encode() for name, svg in figures(sheet).items()}
    data = {**content(sheet), "figures": sorted(drawn), "pictures": sorted(sheet.pictures)}
    files = {
        "main.typ": _template(f"{audience}.typ"),
        "house.typ": _template("house.typ"),
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
        **drawn,
        **sheet.pictures,
    }
    try:
        return _typeset(files, datetime.combine(sheet.day, time(12), UTC))
    except (typst.TypstError, RuntimeError) as error:
        what = f"the report cannot be set: {error}"
        raise InputError(what, sheet.summary.name, "report this with the analysis.json") from error


def _typeset(files: Mapping[str, bytes], stamp: datetime) -> bytes:
    """Set files, `main.typ` first, in a folder that nothing else sees."""
    import typst  # noqa: PLC0415  # 34 MB that only this needs

    with TemporaryDirectory(prefix="midstance-") as folder:
        root = Path(folder)
        for name, content in files.items():
            (root / name).write_bytes(content)
        return bytes(
            typst.compile(
                root / "main.typ",
                root=root,
                pdf_standards=["a-2a", "ua-1"],
                ignore_system_fonts=True,
                timestamp=stamp,
            )
        )


@cache
def _template(name: str) -> bytes:
    return resources.files("midstance.report").joinpath("templates", name).read_bytes()
