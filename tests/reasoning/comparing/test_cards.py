"""Definition cards part by part: where two figures differ, where one leaves a part unsaid, where they are two things."""

import pytest

from shanhai.reasoning.comparing.cards import Card, Comparison, alike, cards_of, compare, same_topic

from ..reported import told

TEAM = "重庆市第九批援藏工作队"


def _card(text: str) -> Card:
    (card,) = cards_of(0, told("简报", text))
    return card


def _compared(one: str, other: str) -> Comparison:
    found = compare(_card(one), _card(other))
    assert found is not None
    return found


DIFFER = [
    ("counted", f"2023年，{TEAM}在洛隆县培训农牧民3287人次。", f"2023年，{TEAM}在洛隆县培训农牧民2100人。"),
    ("stage", "2023年，洛隆县到位资金300万元。", "2023年，洛隆县投入资金500万元。"),
    ("form", "2023年，向洛隆县捐赠资金500万元。", "2023年，向洛隆县捐赠款物折合800万元。"),
    ("scope", f"2023年，{TEAM}在洛隆县培训农牧民3287人次。", f"2023年，{TEAM}医疗组在洛隆县培训农牧民300人次。"),
    ("since", "2016年以来，援藏工作队累计在洛隆县培训农牧民3287人次。", "2019年以来，援藏工作队累计在洛隆县培训农牧民900人次。"),
    ("period", "2022年10月至2023年9月，洛隆县培训农牧民3287人次。", "2023年，洛隆县培训农牧民3100人次。"),
    ("payer", "2023年，洛隆县到位中央财政援助资金300万元。", "2023年，洛隆县到位社会捐赠援助资金500万元。"),
    ("status", "2023年，洛隆县培训农牧民3287人次。", "2023年，预计洛隆县培训农牧民3000人次。"),
]  # fmt: skip
UNSAID = [
    ("stage", "2023年，洛隆县到位教育资金300万元。", "2023年，洛隆县教育资金500万元。"),
    ("form", "2023年，向洛隆县捐赠资金500万元。", "2023年，向洛隆县捐赠800万元。"),
    ("scope", f"2023年，{TEAM}在洛隆县培训农牧民3287人次。", "2023年，在洛隆县培训农牧民300人次。"),
    ("cumulative", "2023年，洛隆县累计培训农牧民3287人次。", "2023年，洛隆县培训农牧民3000人次。"),
    ("since", "2016年以来，洛隆县累计培训农牧民3287人次。", "洛隆县累计培训农牧民900人次。"),
    ("period", "2023年，洛隆县培训农牧民3287人次。", "洛隆县培训农牧民3000人次。"),
    ("payer", "2023年，洛隆县到位中央财政援助资金300万元。", "2023年，洛隆县到位援助资金500万元。"),
    ("place", "2023年，洛隆县培训农牧民3287人次。", "2023年，培训农牧民3000人次。"),
]  # fmt: skip
APART = [
    ("2023年，洛隆县培训农牧民3287人次。", "2023年，丁青县培训农牧民3000人次。"),
    ("2023年，洛隆县培训农牧民3287人次。", "2022年，洛隆县培训农牧民3000人次。"),
    ("2023年，洛隆县培训农牧民3287人次。", "2023年上半年，洛隆县培训农牧民1600人次。"),
    (f"2023年，{TEAM}培训农牧民3287人次。", "2023年，天津市第九批援藏工作队培训农牧民3000人次。"),
    (f"2023年，{TEAM}培训农牧民3287人次。", "2023年，重庆市第十批援藏工作队培训农牧民3000人次。"),
]


@pytest.mark.parametrize(("part", "one", "other"), DIFFER, ids=[d[0] for d in DIFFER])
def test_a_part_that_differs_is_named_with_both_values(part: str, one: str, other: str) -> None:
    found = _compared(one, other)
    assert part in found.differs
    assert len(set(found.differs[part])) == 2
    back = _compared(other, one)
    assert back.differs[part] == found.differs[part][::-1]


@pytest.mark.parametrize(("part", "one", "other"), UNSAID, ids=[u[0] for u in UNSAID])
def test_a_part_that_only_one_tells_is_unsaid_and_no_difference(part: str, one: str, other: str) -> None:
    for found in (_compared(one, other), _compared(other, one)):
        assert part in found.unsaid
        assert part not in found.differs


@pytest.mark.parametrize("text", sorted({t for _, one, other in (*DIFFER, *UNSAID) for t in (one, other)}))
def test_a_card_does_not_differ_from_itself(text: str) -> None:
    assert _compared(text, text) == Comparison({}, ())


@pytest.mark.parametrize(("one", "other"), APART)
def test_another_place_time_or_team_is_another_thing(one: str, other: str) -> None:
    assert compare(_card(one), _card(other)) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2023年，洛隆县培训农牧民3287人次。", "2023年，洛隆县共培训农牧民3287人次。", True),
        ("2023年，洛隆县培训农牧民3287人次。", "2023年，洛隆县农牧民培训达3287人次。", True),
        ("2023年，洛隆县培训农牧民3287人次。", "2023年，洛隆县义诊群众3287人次。", False),
        ("2023年，洛隆县新建学校3所。", "2023年，洛隆县新建卫生院3所。", False),
        ("2023年，洛隆县培训农牧民3287人次。", "2023年，洛隆县培训农牧民投入3287万元。", False),
    ],
)
def test_what_is_counted_must_be_alike(one: str, other: str, same: bool) -> None:
    assert same_topic(_card(one), _card(other)) is same


def test_alike_is_the_same_from_both_sides() -> None:
    cards = [_card(text) for _, one, other in DIFFER for text in (one, other)]
    assert all(alike(a, b) == alike(b, a) for a in cards for b in cards)
    assert all(alike(a, a) == 1 for a in cards)
