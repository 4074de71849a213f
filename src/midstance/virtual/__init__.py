"""The virtual runner: known motion in, picture points, video and truth out."""

from midstance.virtual.camera import Camera
from midstance.virtual.clip import demo_clip, render_clip
from midstance.virtual.gait import Gait
from midstance.virtual.keypoints import KeypointErrors
from midstance.virtual.performance import Performance, perform
from midstance.virtual.truth import Truth

__all__ = ["Camera", "Gait", "KeypointErrors", "Performance", "Truth", "demo_clip", "perform", "render_clip"]
