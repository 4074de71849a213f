"""One posture drawn by hand: X forward, Y up, in metres."""

from __future__ import annotations

import numpy as np

from midstance.model import BODY, Motion

THIGH = SHANK = 0.4


def line(low, degrees, length):
    """Return the upper end of a line that leans forward by some degrees."""
    return np.asarray(low) + length * np.array([np.sin(np.radians(degrees)), np.cos(np.radians(degrees))])


def leg(ankle, shank_lean, thigh_lean):
    """Return hip, knee and ankle: both parts lean forward by some degrees, from below."""
    knee = line(ankle, shank_lean, SHANK)
    return line(knee, thigh_lean, THIGH), knee, np.asarray(ankle)


def posture(samples=3, **points):
    """Return a motion that holds still; points that are not given lie at the origin."""
    table = np.zeros((samples, len(BODY.names), 2))
    for name, place in points.items():
        table[:, BODY.index(name)] = place
    return Motion(table, np.ones(table.shape[:2]), np.arange(samples) / 10, BODY, "m", "lab")


def standing_leg(side, *, ankle=(0.0, 0.1), shank_lean=10.0, thigh_lean=-5.0, foot_deg=0.0):
    """Return the points of one leg by name: heel 5 cm behind, toe 15 cm ahead of the ankle."""
    hip, knee, ankle = leg(ankle, shank_lean, thigh_lean)
    along = np.array([np.cos(np.radians(foot_deg)), np.sin(np.radians(foot_deg))])
    sole = ankle - np.array([0.0, 0.08])
    return {
        f"{side}_hip": hip,
        f"{side}_knee": knee,
        f"{side}_ankle": ankle,
        f"{side}_heel": sole - 0.05 * along,
        f"{side}_toe": sole + 0.15 * along,
    }
