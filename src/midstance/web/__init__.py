"""The app in a browser, on this machine."""

__all__: list[str] = []
