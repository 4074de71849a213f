"""The memory: people, recordings, analyses, pain, runs, comments, jobs."""

__all__: list[str] = []
