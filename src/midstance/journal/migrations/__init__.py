"""The steps from one form of the store to the next, oldest first; a step once released is never changed."""

__all__: list[str] = []
