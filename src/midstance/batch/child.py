"""The process that opens recordings: told one task, fenced in, it does it and ends."""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import IO, Any

__all__ = ["serve"]

_LONGEST = 300  # letters of a sentence


def serve() -> None:
    """Do the one task that arrives on standard input; end at once when whoever gave it has gone."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else prints must not disturb the conversation
    from midstance.batch import doing  # noqa: PLC0415  # all that is needed comes in before the fence
    from midstance.batch.task import Task  # noqa: PLC0415

    _say(out, {"ready": True})
    line = sys.stdin.buffer.readline()
    if not line:
        return
    task = Task.from_json(line)
    os.environ["TMPDIR"] = os.environ["TEMP"] = str(task.work)
    os.chdir(task.work)
    task.fence().close()
    threading.Thread(target=_leave_with_parent, daemon=True).start()

    def tell(fraction: float, sentence: str, checkpoint: dict[str, Any] | None) -> None:
        letter = {"fraction": fraction, "sentence": sentence[:_LONGEST]}
        _say(out, letter if checkpoint is None else {**letter, "checkpoint": checkpoint})

    try:
        _say(out, {"done": doing.done(task, tell)})
    except BaseException as error:  # noqa: BLE001  # told to the worker, which decides
        _say(out, _failed(error, task.folder))
    os._exit(0)  # threads of libraries may not hold the process


def _say(out: IO[str], letter: dict[str, Any]) -> None:
    out.write(json.dumps(letter) + "\n")
    out.flush()


def _leave_with_parent() -> None:
    """End this process when the worker closes the conversation, or is killed."""
    sys.stdin.buffer.read()
    os._exit(1)


def _failed(error: BaseException, folder: str) -> dict[str, Any]:
    """Return what went wrong, as a sentence, and whether another try is of no use."""
    from midstance.errors import MidstanceError  # noqa: PLC0415  # with the rest

    if isinstance(error, MidstanceError):
        said, final = str(error), True
    elif isinstance(error, MemoryError):
        said, final = (
            "the recording asks for more memory than it may have · cut out half a minute of it",
            True,
        )
    elif isinstance(error, OSError) and error.strerror:
        said, final = f"a file could not be read or written: {error.strerror}", False
    else:
        said, final = f"the program made a mistake ({type(error).__name__}: {error})", False
    plain = said.replace(f"{folder}/.work/", "").replace(f"{folder}/", "")
    return {"failed": plain[: 3 * _LONGEST], "final": final}


if __name__ == "__main__":
    serve()
