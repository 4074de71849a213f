"""`sighting.npz`: what the pose room saw, without loss, so that it need not look again."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.errors import InputError
from midstance.formats.replacing import replacing
from midstance.model import (
    Code,
    FrameChanges,
    Issue,
    Motion,
    PersonChosen,
    Repair,
    Seen,
    Severity,
    Sighting,
    Skeleton,
    Video,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["read_sighting", "write_sighting"]

_VERSION = 1
_BROKEN = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile)


def write_sighting(seen: Seen, path: Path) -> None:
    """Write `sighting.npz`, whole or not at all.

    Parameters
    ----------
    seen
        The video and what was seen in it.
    path
        The file to write.

    Notes
    -----
    NumPy arrays in double precision, as they are, and `about`, a JSON text with all that is no array.
    The same sighting gives the same bytes.
    """
    motion, changes = seen.sighting.motion, seen.sighting.changes
    arrays = {
        "frame_time_s": seen.recording.time_s,
        "time_s": motion.time_s,
        "points_px": motion.points,
        "confidence": motion.confidence,
        "spread_px": seen.sighting.spread_px,
        "score": seen.sighting.score,
        "difference": changes.difference,
        "shift_px": changes.shift_px,
        "brightness": changes.brightness,
        "sharpness": changes.sharpness,
    }
    about = np.array(json.dumps(_about(seen), sort_keys=True))
    with replacing(path) as temporary:
        np.savez_compressed(temporary, about=about, **arrays)  # type: ignore[arg-type]  # the stub of allow_pickle


def read_sighting(path: Path) -> Seen:
    """Read `sighting.npz`.

    Parameters
    ----------
    path
        A file that `write_sighting` wrote.

    Returns
    -------
    Seen
        Equal in every bit to what was written.

    Raises
    ------
    InputError
        If the file is not there, is none of these, or was written by a later version.
    """
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:  # closed though it be broken
            arrays = {name: file[name] for name in file.files}
        about = json.loads(str(arrays["about"]))
        if about["version"] != _VERSION:
            raise ValueError(f"version {about['version']} is not {_VERSION}")
        chosen = PersonChosen(**about["chosen"]) if about["chosen"] else None
        return Seen(_recording(about, arrays), _sighting(about, arrays), _issues(about), chosen)
    except _BROKEN as error:
        what = f"the points found earlier cannot be read: {error}"
        raise InputError(what, path.name, "analyse the recording again") from error


def _about(seen: Seen) -> dict[str, Any]:
    video, sighting = seen.recording, seen.sighting
    skeleton = sighting.motion.skeleton
    return {
        "version": _VERSION,
        "video": {
            "path": str(video.path),
            "sha256": video.sha256,
            "width_px": video.width_px,
            "height_px": video.height_px,
            "rotation_deg": video.rotation_deg,
            "codec": video.codec,
            "slow_motion_factor": video.slow_motion_factor,
            "clock": video.clock,
        },
        "skeleton": {"names": skeleton.names, "bones": skeleton.bones, "pairs": skeleton.pairs},
        "repairs": [asdict(repair) for repair in sighting.repairs],
        "people": sighting.people,
        "person": sighting.person,
        "networks": sighting.networks,
        "issues": [asdict(issue) for issue in seen.issues],
        "chosen": asdict(seen.chosen) if seen.chosen else None,
    }


def _recording(about: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Video:
    known = dict(about["video"])
    path = Path(known.pop("path"))
    return Video(path=path, time_s=arrays["frame_time_s"], **known)


def _sighting(about: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Sighting:
    known = about["skeleton"]
    bones, pairs = (tuple((a, b) for a, b in known[name]) for name in ("bones", "pairs"))
    skeleton = Skeleton(tuple(known["names"]), bones, pairs)
    return Sighting(
        motion=Motion(arrays["points_px"], arrays["confidence"], arrays["time_s"], skeleton, "px", "image"),
        spread_px=arrays["spread_px"],
        score=arrays["score"],
        repairs=tuple(Repair(**repair) for repair in about["repairs"]),
        people=about["people"],
        person=about["person"],
        changes=FrameChanges(
            arrays["difference"], arrays["shift_px"], arrays["brightness"], arrays["sharpness"]
        ),
        networks=about["networks"],
    )


def _issues(about: Mapping[str, Any]) -> tuple[Issue, ...]:
    return tuple(
        Issue(**{**issue, "code": Code(issue["code"]), "severity": Severity(issue["severity"])})
        for issue in about["issues"]
    )
