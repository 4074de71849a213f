"""A clip whose every frame carries its own number as a row of black and white squares."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
from tests.unit.report.sample import sample

from midstance.formats import analysis_record, write_player_json
from midstance.journal import Person, Store
from midstance.report.cards import given_estimates

if TYPE_CHECKING:
    from pathlib import Path

BITS = 10
SQUARE_PX = 60
TICKS = 90_000
READ_NUMBER = """(selector) => {
  const video = document.querySelector(selector);
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth; canvas.height = 60;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(video, 0, 0);
  let number = 0;
  for (let bit = 0; bit < 10; bit++)
    if (context.getImageData(60 * bit + 30, 30, 1, 1).data[0] > 127) number += 1 << bit;
  return number;
}"""


def numbered(index: int, width: int, height: int) -> np.ndarray:
    """Return the picture of a frame: its number in the first row, a runner-coloured rest."""
    picture = np.full((height, width, 3), 90, np.uint8)
    for bit in range(BITS):
        picture[:SQUARE_PX, bit * SQUARE_PX : (bit + 1) * SQUARE_PX] = 255 if index >> bit & 1 else 0
    picture[SQUARE_PX:, :, 1] = 60 + 10 * (index % 10)
    return picture


def write_clip(path: Path, presentation_s: np.ndarray, size: tuple[int, int], start_s: float = 0.0) -> None:
    """Write the clip, with B-frames, as phones do."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(60))
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, TICKS)
        stream.codec_context.time_base = Fraction(1, TICKS)
        stream.options = {"preset": "veryfast", "bf": "3", "g": "60", "crf": "24"}
        for index, time in enumerate(presentation_s):
            frame = av.VideoFrame.from_ndarray(numbered(index, *size))
            frame.pts, frame.time_base = round((start_s + time) * TICKS), Fraction(1, TICKS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def uneven(time_s: np.ndarray) -> np.ndarray:
    """Return a clock as uneven as that of a phone in the dark: frames of 12 to 55 ms."""
    lengths = np.random.default_rng(3).uniform(12.0, 55.0, len(time_s) - 1)
    return np.r_[0.0, np.cumsum(lengths)] * time_s[-1] / lengths.sum()


def keep_analysis(  # what clips differ in
    store: Store,
    folder: Path,
    *,
    person: str = "",
    rate_hz: float = 30.0,
    slow: float = 1.0,
    start_s: float = 0.0,
    varies: bool = False,
) -> str:
    """Put a numbered clip and its made-up analysis into a store; return the analysis' name there."""
    found = sample(duration_s=240 / rate_hz, rate_hz=rate_hz)
    time_s = found.recording.time_s
    video = replace(found.recording, time_s=uneven(time_s) if varies else time_s)
    clip = folder / f"numbered {rate_hz:g} {slow:g} {start_s:g}.mp4"
    write_clip(clip, video.time_s * slow, (video.width_px, video.height_px), start_s)
    person = person or store.people.add(Person(name="Kim", height_m=1.78))
    stored = store.vault.receive(iter([clip.read_bytes()]))
    recording = store.recordings.add(
        person,
        stored.sha256,
        clip.name,
        kind="video",
        view="side",
        size=stored.size,
        facts={"media_type": "video/mp4"},
    )
    name = store.analyses.add(recording, {})
    analysis = replace(found, recording=replace(video, slow_motion_factor=slow))
    files = store.vault.folder(name)
    files.mkdir(parents=True, exist_ok=True)
    write_player_json(analysis, files / "player.json")
    record = analysis_record(analysis)
    (files / "analysis.json").write_text(json.dumps(record), encoding="utf-8")
    store.analyses.complete(name, record)
    assert given_estimates(analysis), "hip over ankle is what the page is about"
    return name
