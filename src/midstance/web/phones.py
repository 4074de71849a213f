"""How a phone in the same network comes in: an address with a code that works once, also as a picture."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import segno
from markupsafe import Markup

from midstance.web.asking import store_of

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["Invitation", "device_name", "invitation"]

_DEVICES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android phone",
    "Macintosh": "Mac",
    "Windows": "PC",
}


@dataclass(frozen=True, slots=True)
class Invitation:
    """What lets one device in.

    Parameters
    ----------
    address
        What the device opens.
    code
        The code in it, for typing.
    picture
        The address as a QR code: SVG, black on white in every theme, so that cameras read it.
    """

    address: str
    code: str
    picture: Markup


def invitation(request: Request) -> Invitation | None:
    """Return a new invitation; None where the server is open to this machine only, or has accounts."""
    lan = request.app.state.lan
    if not lan or request.app.state.accounts:
        return None
    code = store_of(request).accounts.new_code()
    address = f"{lan}/phone?code={code}"
    return Invitation(address, code, _picture(address))


def _picture(address: str) -> Markup:
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, dark="#000", light="#fff", border=4, omitsize=True)
    return Markup(drawn.getvalue().decode())  # noqa: S704  # drawn by us


def device_name(user_agent: str) -> str:
    """Return what to call a device, from what its browser says of itself."""
    found = re.search("|".join(_DEVICES), user_agent)
    return _DEVICES[found[0]] if found else "another device"
