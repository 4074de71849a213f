"""Words in, words out: the command line."""

from midstance.cli.commands import app
from midstance.cli.entrance import main

__all__ = ["app", "main"]
