"""A runner who moves like a person: the mean stride of a lab trial, bent to what is asked for."""

from midstance.virtual.running.chain import joint_centres
from midstance.virtual.running.cycle import RunCycle, lab_cycle
from midstance.virtual.running.options import Running
from midstance.virtual.running.run import Run

__all__ = ["Run", "RunCycle", "Running", "joint_centres", "lab_cycle"]
