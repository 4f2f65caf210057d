"""Rules as data: the built-in ones as documented, a unit's own laid over them, and what is refused."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from shanhai.catalogue.rules import Must, Rule, code_of, load_rules
from shanhai.model import CatalogueError

from ..conftest import ROOT

PAGE = (ROOT / "docs" / "rules.md").read_text("utf-8")
EXAMPLE = PAGE.split("```yaml\n")[1].split("```")[0]


@pytest.fixture
def own_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a unit's own rules."""
    folder = tmp_path / "rules"
    folder.mkdir()
    monkeypatch.setenv("SHANHAI_CATALOGUE", str(tmp_path))
    load_rules.cache_clear()
    yield folder
    load_rules.cache_clear()


def row(rule: Rule, number: int) -> str:
    version = rule.versions[number]
    share = f"{'over' if version.must is Must.OVER else 'at least'} {version.threshold} %"
    return (
        f"| {rule.name_en} ({rule.name_zh}) | {'、'.join(version.where)} | {version.since or ''} "
        f"| {version.until or ''} | {share} | {version.source.when}, {version.source.who_en} "
        f"| {version.source.evidence} |"
    )


def test_the_documentation_lists_the_built_in_rules_and_no_others() -> None:
    rows = [row(rule, i) for rule in load_rules().values() for i in range(len(rule.versions))]
    listed = PAGE.split("|---|---|---|---|---|---|---|\n")[1].split("\n\n")[0].splitlines()

    assert listed == rows


def test_every_version_says_what_is_not_known_of_it() -> None:
    for rule in load_rules().values():
        for version in rule.versions:
            assert version.unknown_zh
            assert version.unknown_en


def test_the_example_of_the_documentation_is_a_rule(own_rules: Path) -> None:
    (own_rules / "industry_share.yaml").write_text(EXAMPLE, "utf-8")

    rules = load_rules()

    assert list(rules) == ["county_share", "industry_share", "livelihood_share"]
    version = rules["industry_share"].versions[0]
    assert (version.threshold, version.must, version.source.evidence) == (Decimal(60), Must.AT_LEAST, "own")


def test_an_own_file_replaces_the_built_in_rule_of_its_name(own_rules: Path) -> None:
    (own_rules / "county_share.yaml").write_text(EXAMPLE, "utf-8")

    assert load_rules()["county_share"].indicator == "funds.industry_share"


REFUSED = [
    ({"where": ["乌有县"]}, "乌有县.*no place"),
    ({"where": ["000001"]}, "no place with the code 000001"),
    ({"where": ["朝阳"]}, "朝阳.*may be any of .*write the code"),
    ({"where": []}, "where: must give at least one place"),
    ({"threshold": 0}, "threshold: 0 is no share"),
    ({"threshold": 180}, "threshold: 180 is no share"),
    ({"since": "去年"}, "since: '去年' is no year"),
    ({"until": "2024-13"}, "until: '2024-13' is no year"),
    ({"since": "2026"}, "since 2026 lies after until 2025"),
    ({"must": "about"}, "about"),
    ({"treshold": 80}, "treshold"),
    ({"source": {"who_zh": "甲", "who_en": "A", "when": "2024", "evidence": "sure"}}, "evidence 'sure'"),
]


@pytest.mark.parametrize(("changed", "told"), REFUSED)
def test_a_version_that_cannot_be_is_refused(own_rules: Path, changed: dict[str, object], told: str) -> None:
    entry = yaml.safe_load(EXAMPLE)
    entry["versions"][0] |= changed
    (own_rules / "own.yaml").write_text(yaml.safe_dump(entry, allow_unicode=True), "utf-8")

    with pytest.raises(CatalogueError, match=told):
        load_rules()


def test_all_problems_of_a_rule_are_told_together(own_rules: Path) -> None:
    entry = yaml.safe_load(EXAMPLE) | {"indicator": "funds.nothing", "inside": []}
    (own_rules / "own.yaml").write_text(yaml.safe_dump(entry, allow_unicode=True), "utf-8")

    with pytest.raises(CatalogueError) as raised:
        load_rules()

    assert len(raised.value.problems) == 2
    assert all(p.startswith("rules/own.yaml: ") for p in raised.value.problems)


@pytest.mark.parametrize(
    ("place", "code"), [("西藏自治区", "540000"), ("西藏", "540000"), ("540300", "540300")]
)
def test_places_are_given_by_name_or_code(place: str, code: str) -> None:
    assert code_of(place) == code
