"""Clips made for a test: a coloured texture that slides to the left, one pixel per frame."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest

TICKS_HZ = 90_000


def texture(height, width, seed=0):
    """Return smooth random colours (H, W, 3): they survive compression and tell left from right."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (height // 8 + 2, width // 8 + 2, 3)).astype(np.uint8)
    return np.repeat(np.repeat(coarse, 8, axis=0), 8, axis=1)[:height, :width]


def sliding(frames, height=48, width=64):
    """Return pictures of a texture that moves left by one pixel per frame."""
    wide = texture(height, width + frames)
    return [np.ascontiguousarray(wide[:, i : i + width]) for i in range(frames)]


def encode(  # noqa: PLR0913
    path,
    pictures,
    times_s=None,
    *,
    codec="libx264",
    key_every=12,
    b_frames=2,
    options=None,
    container=None,
    prepare=None,
    edit=None,
):
    """Write a clip: `prepare` may touch the stream, `edit` each packet before it is written."""
    times_s = [i / 30 for i in range(len(pictures))] if times_s is None else times_s
    with av.open(str(path), "w", options=container or {}) as out:
        stream = out.add_stream(codec, rate=30, options=options or {})
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        if codec != "mpeg4":
            stream.codec_context.time_base = Fraction(1, TICKS_HZ)
        stream.codec_context.gop_size, stream.codec_context.max_b_frames = key_every, b_frames
        if prepare is not None:
            prepare(stream)
        pending = []
        for rgb, time_s in zip(pictures, times_s, strict=True):
            frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
            frame.pts, frame.time_base = round(time_s * TICKS_HZ), Fraction(1, TICKS_HZ)
            pending += stream.encode(frame)
        for packet in pending + stream.encode(None):
            if edit is not None:
                edit(packet)
            out.mux(packet)
    return path


@pytest.fixture
def clip(tmp_path):
    """Write a clip with a number of sliding pictures and return its path."""

    def write(frames=30, name="clip.mp4", size=(48, 64), **how):
        return encode(tmp_path / name, sliding(frames, *size), **how)

    return write


@pytest.fixture
def write_clip():
    """Write given pictures to a given path."""
    return encode


@pytest.fixture
def reference():
    """Decode all pictures with PyAV alone, from the beginning, without turning them."""

    def decode(path):
        with av.open(str(path)) as container:
            pictures = sorted(container.decode(video=0), key=lambda picture: picture.pts or 0)
            return [picture.to_ndarray(format="rgb24") for picture in pictures]

    return decode
