"""The nouns: frozen types over NumPy arrays, with names and units."""

from midstance.model.analysis import Analysis
from midstance.model.catalogue import CATALOGUE, Metric
from midstance.model.estimate import Estimate, Measure, Tier
from midstance.model.forces import Forces
from midstance.model.issue import Code, Issue, Severity
from midstance.model.marker_set import CENTRES, LANDMARKS, SEGMENTS, MarkerSet
from midstance.model.motion import Motion
from midstance.model.runner import Runner
from midstance.model.scene import Scene
from midstance.model.sighting import Repair, Sighting
from midstance.model.signals import MeanStride, Signals
from midstance.model.skeleton import BODY, LAB_BODY, SIDES, Side, Skeleton, opposite
from midstance.model.steps import Contacts, Midstances, StepTable
from midstance.model.trial import Trial
from midstance.model.video import Frame, FrameChanges, FrameSource, Video
from midstance.model.volume import Volume

__all__ = [
    "BODY",
    "CATALOGUE",
    "CENTRES",
    "LAB_BODY",
    "LANDMARKS",
    "SEGMENTS",
    "SIDES",
    "Analysis",
    "Code",
    "Contacts",
    "Estimate",
    "Forces",
    "Frame",
    "FrameChanges",
    "FrameSource",
    "Issue",
    "MarkerSet",
    "MeanStride",
    "Measure",
    "Metric",
    "Midstances",
    "Motion",
    "Repair",
    "Runner",
    "Scene",
    "Severity",
    "Side",
    "Sighting",
    "Signals",
    "Skeleton",
    "StepTable",
    "Tier",
    "Trial",
    "Video",
    "Volume",
    "opposite",
]
