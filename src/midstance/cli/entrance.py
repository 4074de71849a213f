"""The way in and out of the program: exit codes and the one sentence an error gets."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from cyclopts import CycloptsError

from midstance.cli.commands import app
from midstance.errors import MidstanceError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CANNOT", "INTERRUPTED", "main"]

CANNOT = 2
INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    words
        The words after `midstance`; those of this process by default.

    Returns
    -------
    int
        The exit code: 0 done, 2 cannot be done (one sentence on stderr says why), 130 interrupted.
    """
    try:
        app(words, exit_on_error=False, print_error=False, result_action="return_value")
    except MidstanceError as error:
        return _refused(str(error))
    except CycloptsError as error:
        return _refused(f"{' '.join(str(error).split())} · midstance --help shows what there is")
    except KeyboardInterrupt:
        print("\nmidstance: interrupted, no half-written file is left", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: end in silence
    return 0


def _refused(sentence: str) -> int:
    print(f"midstance: {sentence}", file=sys.stderr)
    return CANNOT
