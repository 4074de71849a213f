"""What tests share: real recordings and network weights, asked for by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest_plugins = ["tests.databases"]
CHECKOUT = Path(__file__).resolve().parents[1]


def unavailable(what: str) -> None:
    """Fail on the build machine, skip elsewhere: a test is never left out in silence."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Folder of the source tree."""
    return CHECKOUT


@pytest.fixture(scope="session")
def recordings() -> Path:
    """Folder of the real recordings: `video/`, `lab/` and `virtual/` lie in it."""
    folder = Path(os.environ.get("MIDSTANCE_TEST_DATA") or CHECKOUT.parent / "shared" / "data")
    if not (folder / "video").is_dir():
        unavailable(f"no recordings in {folder}; set MIDSTANCE_TEST_DATA to the folder that holds video/")
    return folder


@pytest.fixture(scope="session")
def demo(checkout) -> Path:
    """The clip of `make demo`: a virtual runner from the side; its truth lies beside it as `.npz`."""
    return checkout / "examples" / "demo" / "side.mp4"


@pytest.fixture(scope="session")
def short_demo(demo, tmp_path_factory) -> Path:
    """The first four seconds of that clip."""
    from midstance.video import VideoWriter, frames, probe  # noqa: PLC0415  # loads libav

    path = tmp_path_factory.mktemp("demo") / "clip.mp4"
    with VideoWriter(path) as writer:
        for frame in frames(probe(demo)[0], 0, 240):
            writer.write(frame.rgb, frame.time_s)
    return path


@pytest.fixture(scope="session")
def weights() -> Path:
    """Folder of the pose networks, all of them there."""
    from midstance.pose import installed  # noqa: PLC0415  # loads the networks' runtime

    files = installed()
    missing = [name for name, path in files.items() if path is None]
    if missing:
        unavailable(f"no networks {', '.join(missing)}; run `midstance models fetch`")
    return next(path.parent for path in files.values() if path)
