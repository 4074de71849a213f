"""Did it help this one person: single-case statistics on pain and gait."""

__all__: list[str] = []
