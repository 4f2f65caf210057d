"""Floors of the gold sets: they only rise, and nobody changes the exam unnoticed."""

from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import pytest

from ..conftest import ROOT


@pytest.fixture(scope="module")
def floors() -> ModuleType:
    """``tools/floors.py``."""
    spec = spec_from_file_location("tools_floors", ROOT / "tools" / "floors.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_reaches_its_floor_is_no_fault(floors: ModuleType) -> None:
    kept = {"open": {"sha256": "a", "least": {"found": 0.9}}}

    assert floors.below("open", "a", {"found": 0.9}, kept) == []


@pytest.mark.parametrize(
    ("name", "sha256", "found", "told"),
    [
        ("open", "a", 0.89, "open: found 0.8900 is under its floor 0.9"),
        ("open", "b", 0.95, "open: the gold has changed"),
        ("held", "a", 0.95, "held: has no floor"),
    ],
)
def test_what_sinks_changes_or_has_no_floor_is_told(
    name: str, sha256: str, found: float, told: str, floors: ModuleType
) -> None:
    kept = {"open": {"sha256": "a", "least": {"found": 0.9}}}

    (fault,) = floors.below(name, sha256, {"found": found}, kept)

    assert fault.startswith(told)


def test_a_floor_rises_and_never_sinks_for_the_same_gold(floors: ModuleType) -> None:
    kept = {"sha256": "a", "least": {"found": 0.9, "calm": 0.5}}

    lifted = floors.raised("a", {"found": 0.87, "calm": 0.98765}, kept)

    assert lifted == {"sha256": "a", "least": {"found": 0.9, "calm": 0.987}}


def test_other_gold_gets_a_floor_of_its_own(floors: ModuleType) -> None:
    kept = {"sha256": "a", "least": {"found": 0.9}}

    assert floors.raised("b", {"found": 0.5}, kept) == {"sha256": "b", "least": {"found": 0.5}}


def test_every_set_of_cases_has_a_floor(floors: ModuleType) -> None:
    sets = {p.name for p in (ROOT / "gold" / "reasoning").iterdir() if p.is_dir()}

    assert {f"reasoning/{name}" for name in sets} <= set(floors.load())
