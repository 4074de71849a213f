"""How soon the program answers."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

HELP_CPU_S = 0.5


def cpu_of(*words: str) -> float:
    """Return the processor time [s] of one run of the program."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "midstance", *words], capture_output=True, check=True, env=environment
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize("words", [("--help",), ("analyze", "--help"), ("models", "--help"), ("--version",)])
def test_help_takes_less_than_half_a_second_of_cpu(words):
    assert min(cpu_of(*words) for _ in range(3)) < HELP_CPU_S
