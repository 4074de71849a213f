"""What `import midstance` offers, and that it costs nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import midstance

PUBLIC = {
    "Analysis",
    "DataError",
    "Estimate",
    "InputError",
    "Issue",
    "Laboratory",
    "Measure",
    "MidstanceError",
    "MissingExtraError",
    "PluginError",
    "Runner",
    "Settings",
    "SettingsError",
    "__version__",
    "analyse",
    "export",
    "read_settings",
}
HEAVY = {"ai_edge_litert", "av", "cv2", "cyclopts", "jinja2", "numpy", "pyarrow", "scipy"}


def modules_after(statement: str) -> set[str]:
    program = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_public_list_is_this_one():
    assert set(midstance.__all__) == PUBLIC
    assert set(dir(midstance)) == PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_name_can_be_had(name):
    assert getattr(midstance, name) is not None


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'analyze_everything'"):
        midstance.analyze_everything  # noqa: B018  # the look-up is what is tested


def test_import_midstance_loads_nothing_heavy():
    assert modules_after("import midstance") & HEAVY == set()


def test_the_error_tree_can_be_caught_without_loading_numpy():
    assert "numpy" not in modules_after("import midstance; midstance.MidstanceError")


def test_the_command_line_loads_only_its_parser():
    assert modules_after("import midstance.cli") & HEAVY == {"cyclopts"}


def test_importing_the_light_rooms_does_not_load_scipy():
    assert "scipy" not in modules_after("import midstance.model")
