"""People, recordings and outcomes to put in a store."""

from __future__ import annotations

from midstance.journal import Person

__all__ = ["HIP", "filled", "outcome", "recorded"]

HIP = "hip_over_ankle_at_midstance_m"


def outcome(left_m: float | None = 0.02, right_m: float | None = 0.03, **more):
    """Return what an analysis comes to, in the form of analysis.json, as far as the store reads it."""
    scene = {"near_side": "left", "surface": "treadmill", "incline_percent": 0.0, "speed_m_s": 3.0}
    return {
        "schema_version": 2,
        "measures": [measure("left", left_m), measure("right", right_m), cadence()],
        "recording": {"kind": "video", "frame_rate_hz": 59.94},
        "scene": scene,
        "steps": {"definition": "pelvis_dip"},
        "versions": {"midstance": "1.0"},
    } | more


def measure(side, value_m):
    refused = value_m is None
    return {
        "key": HIP,
        "side": side,
        "value": value_m,
        "low": None if refused else value_m - 0.01,
        "high": None if refused else value_m + 0.01,
        "unit": "m",
        "n_steps": 0 if refused else 14,
        "tier": "refused" if refused else "high",
        "method": "mean stride",
        "definition": "pelvis_dip",
        "frame": 31,
        "percentile": 42.0,
        "by_definition": {"knee_bend": 0.01},
        "words": "",
    }


def cadence():
    plain = {"key": "cadence_spm", "side": "both", "value": 171.5, "low": 170.0, "high": 173.0}
    return plain | {"unit": "spm", "n_steps": 28, "tier": "high", "method": "steps", "definition": ""}


def recorded(store, person_id, content=b"a film", **more):
    """Put a file in the vault and a recording of it in the store."""
    stored = store.vault.receive([content])
    return store.recordings.add(person_id, stored.sha256, "run.mp4", view="side", **more)


def filled(store, name="Ann", **more):
    """Put a person with one finished analysis in the store; return both and the recording."""
    person = store.people.add(Person(name))
    recording = recorded(store, person, name.encode(), **more)
    analysis = store.analyses.add(recording)
    store.analyses.complete(analysis, outcome())
    return person, recording, analysis
