"""The nouns: frozen types over NumPy arrays, with names and units."""

from midstance.model.analysis import Analysis
from midstance.model.catalogue import CATALOGUE, Metric
from midstance.model.clip_check import CheckItem, ClipCheck, Fitness
from midstance.model.correction import (
    Correction,
    EventMoved,
    EventName,
    LegsExchanged,
    PersonChosen,
    PointMoved,
)
from midstance.model.estimate import Estimate, Measure, Tier
from midstance.model.finding import Advice, Finding, Grade, Source
from midstance.model.forces import Forces
from midstance.model.issue import Code, Issue, Severity
from midstance.model.marker_set import CENTRES, LANDMARKS, SEGMENTS, MarkerSet
from midstance.model.motion import Motion
from midstance.model.pain import PAIN_MOMENTS, PainEntry, PainSite, Tried
from midstance.model.runner import Runner
from midstance.model.scene import Scene
from midstance.model.sighting import Repair, Seen, Sighting
from midstance.model.signals import MeanStride, Signals
from midstance.model.skeleton import BODY, LAB_BODY, SIDES, Side, Skeleton, opposite
from midstance.model.steps import Contacts, Midstances, StepTable
from midstance.model.summary import Summary
from midstance.model.training_run import TrainingRun
from midstance.model.triage import RedFlag, Route, Triage
from midstance.model.trial import Trial
from midstance.model.video import Frame, FrameChanges, FrameSource, Video
from midstance.model.volume import Volume

__all__ = [
    "BODY",
    "CATALOGUE",
    "CENTRES",
    "LAB_BODY",
    "LANDMARKS",
    "PAIN_MOMENTS",
    "SEGMENTS",
    "SIDES",
    "Advice",
    "Analysis",
    "CheckItem",
    "ClipCheck",
    "Code",
    "Contacts",
    "Correction",
    "Estimate",
    "EventMoved",
    "EventName",
    "Finding",
    "Fitness",
    "Forces",
    "Frame",
    "FrameChanges",
    "FrameSource",
    "Grade",
    "Issue",
    "LegsExchanged",
    "MarkerSet",
    "MeanStride",
    "Measure",
    "Metric",
    "Midstances",
    "Motion",
    "PainEntry",
    "PainSite",
    "PersonChosen",
    "PointMoved",
    "RedFlag",
    "Repair",
    "Route",
    "Runner",
    "Scene",
    "Seen",
    "Severity",
    "Side",
    "Sighting",
    "Signals",
    "Skeleton",
    "Source",
    "StepTable",
    "Summary",
    "Tier",
    "TrainingRun",
    "Triage",
    "Trial",
    "Tried",
    "Video",
    "Volume",
    "opposite",
]
