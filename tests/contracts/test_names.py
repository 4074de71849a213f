"""Names, public lists and docstrings, as the house wants them."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from dataclasses import fields, is_dataclass
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pytest

import midstance

if TYPE_CHECKING:
    from pathlib import Path

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "manager", "core", "misc"}
EMPTY_VERBS = re.compile(r"_*(compute|get|calc|calculate|process|handle)_")
MODULES = sorted(
    ["midstance", *(found.name for found in pkgutil.walk_packages(midstance.__path__, "midstance."))]
)
ROOMS = [name for name in MODULES if name.count(".") == 1]


def tree_of(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(importlib.import_module(module)))


def room_members() -> list[tuple[str, Any]]:
    """Return every function and class a room offers, each by its full name."""
    loaded = [importlib.import_module(room) for room in ROOMS]
    offered = [(f"{room.__name__}.{name}", getattr(room, name)) for room in loaded for name in room.__all__]
    return [(name, member) for name, member in offered if isinstance(member, FunctionType | type)]


def options_of(member: Any) -> list[str]:
    if is_dataclass(member):
        return [f.name for f in fields(member) if f.init and not f.name.startswith("_")]
    if isinstance(member, type):
        own = vars(member).get("__init__")
        return [name for name in inspect.signature(own).parameters if name != "self"] if own else []
    return list(inspect.signature(member).parameters)


def is_one_liner(member: Any) -> bool:
    if isinstance(member, type):
        return False
    (function,) = ast.parse(inspect.getsource(member).strip()).body
    assert isinstance(function, ast.FunctionDef)
    return function.body[-1].lineno == function.end_lineno and len(function.body) <= 2


def returns_nothing(member: Any) -> bool:
    return inspect.signature(member).return_annotation in {None, "None"}


def section(member: Any, title: str) -> str:
    found = re.search(rf"\n{title}\n-+\n(.*?)(?=\n\w+\n---|\Z)", inspect.getdoc(member) or "", re.DOTALL)
    return found[1] if found else ""


MEMBERS = dict(room_members())
EXPLAINED = [name for name, member in MEMBERS.items() if options_of(member) and not is_one_liner(member)]
RETURNING = [
    name
    for name, member in MEMBERS.items()
    if isinstance(member, FunctionType) and not is_one_liner(member) and not returns_nothing(member)
]
FOLDERS = [room for room in ROOMS if hasattr(importlib.import_module(room), "__path__")]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_named_by_what_it_holds(module):
    assert not EMPTY_WORDS & set(re.split(r"[._]", module))


@pytest.mark.parametrize("module", MODULES)
def test_a_function_is_named_by_what_it_gives(module):
    named = [node.name for node in ast.walk(tree_of(module)) if isinstance(node, ast.FunctionDef)]

    assert [name for name in named if EMPTY_VERBS.match(name)] == []


@pytest.mark.parametrize("module", MODULES)
def test_a_module_lists_what_it_offers(module):
    loaded = importlib.import_module(module)

    assert sorted(set(loaded.__all__)) == sorted(loaded.__all__)
    assert [name for name in loaded.__all__ if not hasattr(loaded, name)] == []


@pytest.mark.parametrize("module", MODULES)
def test_what_a_module_does_not_list_is_private(module):
    loaded = importlib.import_module(module)
    made_here = {
        node.name for node in tree_of(module).body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }

    assert {name for name in made_here if not name.startswith("_")} <= set(loaded.__all__)


@pytest.mark.parametrize("room", FOLDERS)
def test_a_room_that_is_a_folder_only_passes_on_what_its_modules_list(room):
    loaded = importlib.import_module(room)
    listed = {
        name
        for inner in pkgutil.iter_modules(loaded.__path__, f"{room}.")
        for name in importlib.import_module(inner.name).__all__
    }

    assert set(loaded.__all__) <= listed


@pytest.mark.parametrize("name", MEMBERS)
def test_what_a_room_offers_says_in_one_sentence_what_it_is(name):
    first = (inspect.getdoc(MEMBERS[name]) or "").split("\n\n")[0]

    assert first.endswith((".", ":"))


@pytest.mark.parametrize("name", EXPLAINED)
def test_what_a_room_offers_explains_each_of_its_inputs(name):
    parameters = section(MEMBERS[name], "Parameters")
    unexplained = [
        option
        for option in options_of(MEMBERS[name])
        if not re.search(rf"(?m)^[\w, *]*\b{option}\b", parameters)
    ]

    assert unexplained == []


@pytest.mark.parametrize("name", RETURNING)
def test_what_a_room_offers_says_what_it_returns(name):
    assert section(MEMBERS[name], "Returns") or section(MEMBERS[name], "Yields")


def test_only_the_command_line_prints(checkout):
    printing = [
        str(path.relative_to(checkout))
        for path in (checkout / "src").rglob("*.py")
        if "cli" not in path.parts and path.name != "cli.py" and prints(path)
    ]

    assert printing == []


def prints(path: Path) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )
