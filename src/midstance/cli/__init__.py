"""Words in, words out: the command line."""

from midstance.cli.commands import app
from midstance.cli.entrance import main
from midstance.cli.reporting import report

app.command(report)

__all__ = ["app", "main", "report"]
