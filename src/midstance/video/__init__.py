"""Video files: what they are, their frames with true times, what changes in them, and videos of our own."""

from midstance.video.decoding import frames, grab, spread_indices
from midstance.video.doubts import camera_motion, repeated_frames, repetition
from midstance.video.fencing import Fence, FenceReport, fence_report
from midstance.video.limits import Limits
from midstance.video.plumb import Plumb, plumb_line
from midstance.video.probing import clock_issues, probe
from midstance.video.proxying import plays_in_browsers, write_proxy
from midstance.video.watching import Change, FrameWatch, frame_changes
from midstance.video.writing import VideoWriter

__all__ = [
    "Change",
    "Fence",
    "FenceReport",
    "FrameWatch",
    "Limits",
    "Plumb",
    "VideoWriter",
    "camera_motion",
    "clock_issues",
    "fence_report",
    "frame_changes",
    "frames",
    "grab",
    "plays_in_browsers",
    "plumb_line",
    "probe",
    "repeated_frames",
    "repetition",
    "spread_indices",
    "write_proxy",
]
