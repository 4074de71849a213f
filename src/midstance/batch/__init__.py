"""Many recordings, one after the other or side by side, outside the program that asked for them."""

__all__: list[str] = []
