"""What must not stand in any file of the project."""

from __future__ import annotations

import re
import subprocess

import pytest

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|tmp|home)/[A-Za-z.]")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted|npmjs|registry\.[a-z]|deb\.debian|/simple/|\.whl\b.*://|://.*\.(?:whl|tgz)\b"
)
FOREIGN = (".tflite", ".onnx", ".task", ".c3d", ".trc", ".fit", ".mov", ".mp4", ".min.js")
LARGEST_BYTES = 2_500_000


@pytest.fixture(scope="module")
def tracked(checkout):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [checkout / name for name in listed.stdout.split("\0") if name and (checkout / name).is_file()]


def lines_with(pattern: re.Pattern[str], paths) -> list[str]:
    found = []
    for path in paths:
        text = path.read_bytes().decode("utf-8", errors="ignore")
        found += [f"{path.name}: {line.strip()[:90]}" for line in text.splitlines() if pattern.search(line)]
    return found


def test_no_file_names_a_folder_of_some_machine(tracked):
    texts = [path for path in tracked if path.suffix not in {".png", ".jpg"} and path.name != "test_text.py"]

    assert lines_with(MACHINE_PATH, texts) == []


def test_no_file_names_the_host_of_a_package_registry(tracked):
    texts = [path for path in tracked if path.suffix not in {".png", ".jpg"} and path.name != "test_text.py"]

    assert lines_with(REGISTRY, texts) == []


def test_locked_requirements_name_versions_and_hashes_only(checkout):
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (checkout / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("--hash=sha256:") >= text.count("==")


def test_no_weights_recordings_or_large_files_are_kept(tracked, checkout):
    ours = {checkout / "examples" / "demo" / f"{view}.mp4" for view in ("side", "rear")}  # rendered by us

    assert [path.name for path in tracked if path.name.endswith(FOREIGN) and path not in ours] == []
    assert [path.name for path in tracked if path.stat().st_size > LARGEST_BYTES] == []


def test_every_source_line_that_silences_a_tool_says_which_rule(tracked):
    bare = re.compile(r"#\s*(?:noqa|type:\s*ignore)\s*(?:$|#)")

    assert lines_with(bare, [path for path in tracked if path.suffix == ".py"]) == []
