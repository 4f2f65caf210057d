"""The engine against every open and golden case: what must be found is found, what nobody may say is not said."""

import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from ..conftest import ROOT, needs

KNOWN: dict[str, str] = yaml.safe_load((ROOT / "gold" / "reasoning" / "known-misses.yaml").read_text("utf-8"))
"""The cases with a miss that is known, each with the reason."""


def tool(name: str) -> ModuleType:
    """A module of ``tools``, under the name by which its neighbours there import it."""
    if name not in sys.modules:
        spec = spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module = module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


GOLD, _, SCORER = tool("reasoning_gold"), tool("floors"), tool("score_reasoning")
FILES = sorted(
    f for which in ("golden", "open") for f in (ROOT / "gold" / "reasoning" / which).glob("*.yaml")
)


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@cache
def scored(path: Path) -> Any:
    """What the scorer says of one case."""
    case, total = GOLD.load(path), SCORER.Score()
    needs(not case.missing, f"{', '.join(case.missing)} does not lie beside the project")
    SCORER.add(case, total)
    return total


@pytest.mark.parametrize("path", FILES, ids=named)
def test_nothing_forbidden_is_said(path: Path) -> None:
    total = scored(path)
    assert total.appeared.total() == 0, total.misses


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(f, id=named(f), marks=pytest.mark.xfail(reason=KNOWN[named(f)], strict=True))
        if named(f) in KNOWN
        else pytest.param(f, id=named(f))
        for f in FILES
    ],
)
def test_all_that_is_expected_is_found_and_no_alarm_besides(path: Path) -> None:
    total = scored(path)
    assert total.misses == []
    assert total.found == total.expected


def test_known_misses_are_cases() -> None:
    assert set(KNOWN) <= set(map(named, FILES))


def test_the_gold_is_of_some_size() -> None:
    cases = [GOLD.load(f) for f in FILES]
    assert len(cases) >= 90
    assert sum(len(c.entries("never")) for c in cases) >= 100
    clean = [c for c in cases if not any(c.entries(k) for k in ("expect", "promises", "facts"))]
    assert len(clean) * 4 >= len(cases)
