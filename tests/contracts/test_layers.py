from __future__ import annotations

import os

import grimp
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_every_layer_imports_only_downwards(checkout, monkeypatch):
    monkeypatch.chdir(checkout)

    assert lint_imports(cache_dir=None) == EXIT_STATUS_SUCCESS


def test_no_modules_import_each_other_in_a_circle():
    graph = grimp.build_graph("midstance", exclude_type_checking_imports=True, cache_dir=None)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}

    while leaves := [module for module, below in imported.items() if not below & imported.keys()]:
        for module in leaves:
            del imported[module]

    assert imported == {}, f"in a circle, or above one: {sorted(imported)}"


def test_the_folder_of_the_source_has_no_stray_files(checkout):
    stray = [
        os.fspath(path.relative_to(checkout))
        for path in (checkout / "src" / "midstance").rglob("*")
        if path.is_file() and path.suffix in {".bak", ".orig", ".log", ".tflite", ".mp4"}
    ]

    assert stray == []
