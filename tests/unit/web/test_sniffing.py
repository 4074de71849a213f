from __future__ import annotations

import pytest

from midstance.web.sniffing import HEAD_BYTES, label, sniff

TRANSPORT = b"".join(b"G" + bytes(187) for _ in range(6))
HEADS = {
    "mp4": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2",
    "mov": b"\0\0\0\x14ftypqt  \0\0\2\0qt  ",
    "mkv": b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x23\x42\x86\x81\x01webm",
    "avi": b"RIFF\x24\0\0\0AVI LIST",
    "ts": TRANSPORT,
    "trc": b"PathFileType\t4\t(X/Y/Z)\trun.trc\n",
    "tsv": b"NO_OF_FRAMES\t300\n",
    "sto": b"name ik\nnRows=3\nendheader\ntime\tx\n",
    "fit": b"\x0e\x10\x08\x08\x00\0\0\0.FIT\0\0",
    "tcx": b'<?xml version="1.0"?>\n<TrainingCenterDatabase xmlns="x">',
    "gpx": b'\xef\xbb\xbf<?xml version="1.0"?><gpx version="1.1">',
}


@pytest.mark.parametrize("name", HEADS)
def test_a_file_is_told_by_its_first_bytes(name):
    found = sniff(HEADS[name])

    assert found is not None
    assert found.format == name


def test_the_clip_of_the_demo_is_a_video(demo):
    found = sniff(demo.read_bytes()[:HEAD_BYTES])

    assert found is not None
    assert (found.kind, found.media_type) == ("video", "video/mp4")


def test_a_c3d_of_a_laboratory_is_told_from_anything_else(recordings):
    path = next((recordings / "lab").rglob("*.c3d"))
    found = sniff(path.read_bytes()[:HEAD_BYTES])

    assert found is not None
    assert (found.kind, found.format) == ("lab", "c3d")


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"G",
        b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
        b"<!doctype html><script>alert(1)</script>",
        b"ffconcat version 1.0\nfile secret",
        b"MZ\x90\0\x03\0\0\0",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"PK\x03\x04\x14\0",
        b"%PDF-1.7",
        b"GGGG",
    ],
)
def test_a_playlist_a_page_and_other_files_are_nothing_we_read(head):
    assert sniff(head) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\run.mp4", "run.mp4"),
        ("run\r\nSet-Cookie: a=b.mp4", "run Set-Cookie: a=b.mp4"),
        ("\u202egpj.nur\u202c.mp4", "gpj.nur.mp4"),
        ("nul\0.mp4", "nul.mp4"),
        ("..", "recording"),
        ("   ", "recording"),
        ("Läufer 走.mov", "Läufer 走.mov"),
        ("a" * 400, "a" * 120),
        ("\ud800.mp4", "mp4"),
    ],
)
def test_a_name_becomes_a_label_that_is_no_path(name, shown):
    assert label(name) == shown
