"""What to do: load, one cue at a time, lessons, and the way back to running."""

__all__: list[str] = []
