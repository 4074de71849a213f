"""Pose: frames in, the runner's points out; the networks' files; which person, which leg."""

from midstance.pose.estimation import Progress, estimate, kept_frames
from midstance.pose.method import PoseMethod
from midstance.pose.registry import REGISTRY, Weight
from midstance.pose.weights import fetch, installed, locate

__all__ = [
    "REGISTRY",
    "PoseMethod",
    "Progress",
    "Weight",
    "estimate",
    "fetch",
    "installed",
    "kept_frames",
    "locate",
]
