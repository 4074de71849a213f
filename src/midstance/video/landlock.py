"""Landlock: a process of Linux gives up, for good, every file it was not told to keep."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["landlock_version", "restrict_files"]

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_VERSION_FLAG, _PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE
_BY_VERSION = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}  # rights that each version added
_TRUNCATE, _DEVICES = 1 << 14, 1 << 15
_TCP, _SCOPES = 0b11, 0b11  # bind and connect; abstract sockets and signals
_NETWORK_FROM, _SCOPES_FROM = 4, 6
_OPEN_PATH = 0o10000000 | getattr(os, "O_CLOEXEC", 0)


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def landlock_version() -> int:
    """Return the version of Landlock that the kernel has, 0 for none."""
    if sys.platform != "linux":
        return 0
    return max(_system_call(_CREATE_RULESET, None, 0, _VERSION_FLAG, allow_failure=True), 0)


def restrict_files(read: Iterable[Path], write: Iterable[Path]) -> None:
    """Let this thread, and all it starts from now on, open nothing but what is named.

    Parameters
    ----------
    read
        Files and folders whose content may be read, and run.
    write
        Folders and files whose content may also be changed.

    Raises
    ------
    OSError
        If the kernel refuses.

    Notes
    -----
    The process must have set `no_new_privs` before. Connections by TCP and signals to others are given up
    too where the kernel knows how (from versions 4 and 6).
    """
    version = landlock_version()
    every = sum(bits for since, bits in _BY_VERSION.items() if since <= version)
    network = _TCP if version >= _NETWORK_FROM else 0
    scoped = _SCOPES if version >= _SCOPES_FROM else 0
    attributes = _Ruleset(every, network, scoped)
    size = 24 if version >= _SCOPES_FROM else 16 if version >= _NETWORK_FROM else 8
    ruleset = _system_call(_CREATE_RULESET, ctypes.byref(attributes), size, 0)
    try:
        for path in read:
            _allow(ruleset, path, _EXECUTE | _READ_FILE | _READ_DIR)
        for path in write:
            _allow(ruleset, path, every & ~_EXECUTE)
        _system_call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    """Keep some rights to a path; what is not there is left out."""
    try:
        handle = os.open(path, _OPEN_PATH)
    except OSError:
        return
    try:
        if not path.is_dir():
            rights &= _OF_FILES | _TRUNCATE | _DEVICES
        rule = _PathBeneath(rights & _known(), handle)
        _system_call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(handle)


def _known() -> int:
    version = landlock_version()
    return sum(bits for since, bits in _BY_VERSION.items() if since <= version)


def _system_call(number: int, *arguments: object, allow_failure: bool = False) -> int:
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.restype = ctypes.c_long
    plain = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    result = int(call(ctypes.c_long(number), *plain))
    if result < 0 and not allow_failure:
        error = ctypes.get_errno()
        raise OSError(error, f"Landlock: {os.strerror(error)}")
    return result
