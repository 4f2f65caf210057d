"""The whole catalogue: nothing of its data is left out of the check."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shanhai.catalogue.indicators import load_indicators
from shanhai.catalogue.rules import load_rules
from shanhai.catalogue.whole import LOADERS, problems

from ..conftest import ROOT

DATA = ROOT / "src" / "shanhai" / "catalogue" / "data"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the user's own, laid over the built-in catalogue."""
    monkeypatch.setenv("SHANHAI_CATALOGUE", str(tmp_path))
    for load in (load_indicators, load_rules):
        load.cache_clear()
    yield tmp_path
    for load in (load_indicators, load_rules):
        load.cache_clear()


def test_every_file_and_folder_of_the_data_has_its_loader() -> None:
    assert set(LOADERS) == {entry.name for entry in DATA.iterdir()}


def test_the_built_in_catalogue_has_no_problems() -> None:
    assert list(problems()) == []


def test_a_fault_in_a_rule_and_one_in_an_indicator_are_both_told_once(own: Path) -> None:
    for folder in ("rules", "indicators/funds"):
        (own / folder).mkdir(parents=True)
        (own / folder / "mine.yaml").write_text("nmae_zh: 错\n", "utf-8")

    found = list(problems())

    assert len([p for p in found if "nmae_zh" in p and p.startswith("indicators/funds/mine.yaml")]) == 1
    assert len(found) == 2


def test_a_folder_that_is_not_there_is_told(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANHAI_CATALOGUE", str(own / "nowhere"))

    found = list(problems())

    assert len(found) == 1
    assert "there is no folder" in found[0]
    assert "unset the variable" in found[0]
