"""Pose: frames in, the runner's points out; the networks' files; which person, which leg."""

from midstance.pose.estimation import Progress, estimate, kept_frames
from midstance.pose.glancing import Glance, glance, scouted
from midstance.pose.method import PoseMethod
from midstance.pose.registry import REGISTRY, Weight
from midstance.pose.weights import fetch, installed, locate

__all__ = [
    "REGISTRY",
    "Glance",
    "PoseMethod",
    "Progress",
    "Weight",
    "estimate",
    "fetch",
    "glance",
    "installed",
    "kept_frames",
    "locate",
    "scouted",
]
