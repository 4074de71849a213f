"""Drawings of the pages: the time line, changes, the body map."""

from midstance.web.figures.change_bar import change_bar
from midstance.web.figures.lanes import Amount, AmountLane, Lane, Reading, ReadingLane
from midstance.web.figures.time_line import time_line

__all__ = ["Amount", "AmountLane", "Lane", "Reading", "ReadingLane", "change_bar", "time_line"]
