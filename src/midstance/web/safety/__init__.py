"""What keeps the app from strangers: hosts, origins, tokens, headers, sessions."""

__all__: list[str] = []
