"""`python -m midstance` is `midstance`."""

from __future__ import annotations

import sys

from midstance.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(main())
