"""Files the documentation points to are there."""

from __future__ import annotations

import re


def test_every_file_of_the_project_that_a_page_names_is_there(checkout):
    pages = [*checkout.glob("*.md"), *(checkout / "docs").rglob("*.md")]
    named = {
        (page.name, path)
        for page in pages
        for path in re.findall(
            r"`((?:src|tests|docs|examples|benchmarks)/[\w./-]+)`", page.read_text("utf-8")
        )
    }

    assert {(page, path) for page, path in named if not (checkout / path).exists()} == set()
    assert len(named) > 5
