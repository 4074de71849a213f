"""One piece of work as the process that does it is told: plain values, no store."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from midstance.pose import weights
from midstance.video import Fence

__all__ = ["Kind", "Task"]

Kind = Literal["check", "analyse", "proxy"]
_MB = 1_000_000
_CPU_S = {"check": (120, 2), "analyse": (600, 60), "proxy": (300, 60)}  # at least, and more for each MB
_GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Task:
    """What a child process is to do.

    Parameters
    ----------
    kind
        `check`, `analyse` or `proxy`.
    source
        The recording, under a name of our own making.
    original
        The file behind that name.
    folder
        Where results go.
    lab
        Whether the recording is a laboratory's file.
    settings
        Options that differ from the default, by table.
    runner
        What is known of the runner.
    corrections
        What was corrected by hand.
    beside
        Other recordings that belong to it, by setting: standing clip, static trial.
    """

    kind: Kind
    source: str
    original: str
    folder: str
    lab: bool = False
    settings: dict[str, Any] = field(default_factory=dict)
    runner: dict[str, Any] = field(default_factory=dict)
    corrections: list[dict[str, Any]] = field(default_factory=list)
    beside: dict[str, str] = field(default_factory=dict)

    @property
    def work(self) -> Path:
        """Where passing files go; removed afterwards."""
        return Path(self.folder) / ".work"

    def to_json(self) -> bytes:
        """Return it as one line."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_json(cls, line: bytes) -> Task:
        """Return the task of a line."""
        return cls(**json.loads(line))

    def fence(self) -> Fence:
        """Return what the process that does it is held to."""
        path = Path(self.original)
        least, more = _CPU_S[self.kind]
        size = path.stat().st_size
        links = [Path(link) for link in (self.source, *self.beside.values())]
        named = (path, *links, *(link.resolve() for link in links), weights.folder())
        return Fence(
            read=named,
            write=(Path(self.folder),),
            cpu_s=least + more * size // _MB,
            file_bytes=max(_GIB, 4 * size) if self.kind == "proxy" else _GIB,
        )
