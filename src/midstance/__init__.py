"""Midstance: where the hip is over the foot when a runner's knee is most bent."""

from __future__ import annotations

__version__ = "0.1.0"
