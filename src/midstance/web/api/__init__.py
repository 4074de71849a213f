"""The JSON API, one router per noun."""

from fastapi import APIRouter

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = ()
"""Every router of the API; `app.py` includes them in this order."""
