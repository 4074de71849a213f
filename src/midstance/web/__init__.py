"""The local app: pages, a JSON API, uploads and what keeps them safe."""

from midstance.web.app import create_app

__all__ = ["create_app"]
