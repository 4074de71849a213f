"""Jobs of the store, done outside the program that asked for them: each in a fenced process of its own."""

from midstance.batch.staff import Workers
from midstance.batch.working import work

__all__ = ["Workers", "work"]
