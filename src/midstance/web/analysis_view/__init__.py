"""What the page of an analysis shows, made from what the store keeps of it."""

from midstance.web.analysis_view.changes import Change, changes
from midstance.web.analysis_view.corrections import CorrectionShown, corrections_shown
from midstance.web.analysis_view.downloads import Download, downloads
from midstance.web.analysis_view.player_view import player_view
from midstance.web.analysis_view.recalling import recalled
from midstance.web.analysis_view.showing import page_parts
from midstance.web.analysis_view.threads import threaded

__all__ = [
    "Change",
    "CorrectionShown",
    "Download",
    "changes",
    "corrections_shown",
    "downloads",
    "page_parts",
    "player_view",
    "recalled",
    "threaded",
]
