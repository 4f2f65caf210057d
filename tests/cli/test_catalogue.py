"""The command ``shanhai catalogue``."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shanhai.catalogue.indicators import load_indicators
from shanhai.claims.meaning.words import lexicon
from shanhai.cli import main


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the user's own, laid over the built-in catalogue."""
    monkeypatch.setenv("SHANHAI_CATALOGUE", str(tmp_path))
    _forget()
    yield tmp_path
    monkeypatch.delenv("SHANHAI_CATALOGUE")
    _forget()


def _forget() -> None:
    load_indicators.cache_clear()
    lexicon.cache_clear()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["catalogue", *arguments])


def test_list_and_show_name_indicators_in_both_languages() -> None:
    code = next(iter(load_indicators()))
    indicator = load_indicators()[code]
    assert indicator.name_zh in run("list").stdout
    assert indicator.definition_en in run("show", code).stdout
    assert "资金" in run("show", "funds").stdout


def test_an_unknown_code_gets_a_hint() -> None:
    result = run("show", "funds.nothing")
    assert result.exit_code == 1
    assert "catalogue list" in result.stderr


def test_there_are_at_least_150_indicators_and_16_areas() -> None:
    assert len(load_indicators()) >= 150
    assert len({code.partition(".")[0] for code in load_indicators()}) == 16


def add(quote: str) -> Result:
    return run(
        "add", "industry.yak_pens", "--name-zh", "牦牛暖圈", "--name-en", "Warm yak pens", "--definition-zh", "建成的牦牛暖圈数",
        "--definition-en", "Warm pens for yaks that were built", "--units", "座，things", "--words", "牦牛暖圈",
        "--example", "新建牦牛暖圈36座。", "--quote", quote,
    )  # fmt: skip


def test_an_indicator_of_ones_own_is_added_and_read(own: Path) -> None:
    result = add("36座")
    assert result.exit_code == 0, result.stderr
    assert (own / "indicators" / "industry" / "yak_pens.yaml").is_file()
    assert "industry.yak_pens" in run("list").stdout


def test_an_example_that_is_not_read_as_stated_is_not_added(own: Path) -> None:
    result = add("36头")
    assert result.exit_code == 1
    assert not list(own.rglob("*.yaml"))


def test_an_unknown_key_is_an_error_that_names_the_file(own: Path) -> None:
    folder = own / "indicators" / "funds"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text("nmae_zh: 错\n", "utf-8")
    result = run("list")
    assert result.exit_code == 1
    assert "mine.yaml" in result.stderr
    assert "nmae_zh" in result.stderr


def test_add_needs_a_folder_of_ones_own() -> None:
    assert "SHANHAI_CATALOGUE" in add("36座").stderr
