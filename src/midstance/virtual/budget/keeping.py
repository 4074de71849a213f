"""Sightings kept as files: what the pose network saw is looked for once."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.model import BODY, FrameChanges, Motion, Repair, Sighting

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["keep_sighting", "kept_sighting"]


def keep_sighting(path: Path, sighting: Sighting, digest: str) -> None:
    """Write a sighting, whole or not at all.

    Parameters
    ----------
    path
        The file, `.npz`.
    sighting
        What was seen.
    digest
        Of the clip it was seen in.
    """
    said = {
        "digest": digest,
        "repairs": [asdict(repair) for repair in sighting.repairs],
        "people": sighting.people,
        "person": sighting.person,
        "networks": sighting.networks,
    }
    changes = {f"changes_{f.name}": getattr(sighting.changes, f.name) for f in fields(FrameChanges)}
    arrays: dict[str, Any] = dict(
        changes,
        points=sighting.motion.points,
        confidence=sighting.motion.confidence,
        time_s=sighting.motion.time_s,
        spread_px=sighting.spread_px,
        score=sighting.score,
        said=np.array(json.dumps(said)),
    )
    temporary = path.with_name(f".{path.name}")
    np.savez_compressed(temporary, **arrays)
    temporary.replace(path)


def kept_sighting(path: Path, digest: str) -> Sighting | None:
    """Return the sighting of a clip; None where it is not there, or is of another clip.

    Parameters
    ----------
    path
        The file.
    digest
        Of the clip wanted.

    Returns
    -------
    Sighting or None
        As it was kept.
    """
    if not path.is_file():
        return None
    with np.load(path) as data:
        said = json.loads(str(data["said"]))
        if said["digest"] != digest:
            return None
        motion = Motion(data["points"], data["confidence"], data["time_s"], BODY, "px", "image")
        changes = FrameChanges(**{f.name: data[f"changes_{f.name}"] for f in fields(FrameChanges)})
        return Sighting(
            motion,
            data["spread_px"],
            data["score"],
            tuple(Repair(**repair) for repair in said["repairs"]),
            said["people"],
            said["person"],
            changes,
            said["networks"],
        )
