"""The budgets of the house: short functions, short modules."""

from __future__ import annotations

import ast
import io
import statistics
import tokenize
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODULE_LINES = 300
MEDIAN_LINES, NINE_IN_TEN_LINES, LONGEST_LINES = 10, 25, 50
SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def code_lines(text: str) -> set[int]:
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in SILENT:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return lines


def body_lines(function: Function, code: set[int]) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 0
    return len(code & set(range(body[0].lineno, (function.end_lineno or 0) + 1)))


def function_sizes(source: Path) -> Iterator[tuple[int, str]]:
    for path in sorted(source.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        code = code_lines(text)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, Function):
                yield body_lines(node, code), f"{path.relative_to(source)}:{node.lineno} {node.name}"


@pytest.fixture(scope="module")
def source(checkout) -> Path:
    return checkout / "src" / "midstance"


@pytest.fixture(scope="module")
def sizes(source) -> list[tuple[int, str]]:
    return sorted(function_sizes(source), reverse=True)


def test_half_of_the_functions_have_at_most_10_lines(sizes):
    assert statistics.median(lines for lines, _ in sizes) <= MEDIAN_LINES


def test_nine_in_ten_functions_have_at_most_25_lines(sizes):
    long = [function for function in sizes if function[0] > NINE_IN_TEN_LINES]

    assert len(long) <= len(sizes) / 10, long


def test_no_function_has_more_than_50_lines(sizes):
    assert [function for function in sizes if function[0] > LONGEST_LINES] == []


def test_no_module_has_more_than_300_lines(source):
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in source.rglob("*.py")}

    assert {str(path): lines for path, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_comments_blank_lines_and_docstrings_do_not_count():
    text = (
        'def f():\n    """One.\n\n    Two.\n    """\n    # why\n\n    a = (\n        1\n    )\n    return a\n'
    )
    (function,) = ast.parse(text).body

    assert isinstance(function, ast.FunctionDef)
    assert body_lines(function, code_lines(text)) == 4
