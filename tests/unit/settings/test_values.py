from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pytest

from midstance.errors import SettingsError
from midstance.settings.values import Source, built


@dataclass(frozen=True)
class Inner:
    order: int = 4
    ends: tuple[float, float] = (0.0, 1.0)
    names: tuple[str, ...] = ()
    mode: Literal["wide", "narrow"] | float = "wide"


@dataclass(frozen=True)
class Outer:
    inner: Inner = field(default_factory=Inner)
    deep: bool = False

    def __post_init__(self) -> None:
        if self.deep and self.inner.order < 2:
            raise ValueError("a deep one needs order 2 or more")


def put(table: dict[str, object]) -> Outer:
    return built(Outer(), table, (), Source("a test"))


def test_tables_within_tables_are_walked():
    assert put({"inner": {"order": 2}}).inner.order == 2


def test_a_list_becomes_a_tuple_of_the_declared_length():
    assert put({"inner": {"ends": [1, 2]}}).inner.ends == (1.0, 2.0)
    with pytest.raises(SettingsError, match="not a list"):
        put({"inner": {"ends": [1, 2, 3]}})


def test_a_list_of_any_length_is_checked_item_by_item():
    assert put({"inner": {"names": ["a", "b"]}}).inner.names == ("a", "b")
    with pytest.raises(SettingsError):
        put({"inner": {"names": ["a", 3]}})


def test_a_value_may_fit_any_of_several_types():
    assert put({"inner": {"mode": 2}}).inner.mode == 2.0
    assert put({"inner": {"mode": "narrow"}}).inner.mode == "narrow"
    with pytest.raises(SettingsError, match="'wide' or 'narrow' or a number"):
        put({"inner": {"mode": "middle"}})


def test_a_fraction_is_no_whole_number():
    with pytest.raises(SettingsError, match="not a whole number"):
        put({"inner": {"order": 2.5}})


def test_what_a_step_itself_refuses_is_a_settings_error_too():
    with pytest.raises(SettingsError, match="a deep one needs order 2"):
        put({"deep": True, "inner": {"order": 1}})
