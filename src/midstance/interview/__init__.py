"""Questions before anything is measured: red flags first, then which story a pain belongs to."""

__all__: list[str] = []
