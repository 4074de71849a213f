"""Where the server listens: this machine only, or also its place in the local network."""

from __future__ import annotations

import errno
import os
import socket
from ipaddress import ip_address

from midstance.errors import SettingsError

__all__ = ["lan_address", "listening"]

_NOWHERE = ("192.0.2.1", 9)  # a documentation address: nothing is sent to find out how it would be


def lan_address() -> str:
    """Return this machine's address in the local network.

    Raises
    ------
    SettingsError
        If it is in none.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOWHERE)
            address = str(probe.getsockname()[0])
        except OSError:
            address = ""
    if not address or ip_address(address).is_loopback:
        raise SettingsError(
            "this machine is in no local network", "--lan", "join the Wi-Fi of the phone, or leave --lan out"
        )
    return address


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes one that is free.

    Parameters
    ----------
    host
        An address of this machine.
    port
        Where browsers come to.

    Returns
    -------
    socket.socket
        To be handed to the server.

    Raises
    ------
    SettingsError
        If another program has it.
    """
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere it would let two programs share a port
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(256)
    except OSError as error:
        door.close()
        raise _taken(host, port, error) from error
    return door


def _taken(host: str, port: int, error: OSError) -> SettingsError:
    if error.errno == errno.EADDRINUSE:
        what = f"port {port} is taken by another program"
        return SettingsError(what, f"{host}:{port}", f"is Midstance running already? Else --port {port + 1}")
    return SettingsError(f"cannot listen: {error.strerror}", f"{host}:{port}", "choose another with --port")
