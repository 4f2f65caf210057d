"""What a figure counts, where, by whom, and its definition card."""

from claims.reports import claims, report
from shanhai import Sides, find_claims, find_sides
from shanhai.claims.find import explain


def test_area_and_indicator_follow_what_is_counted() -> None:
    found = claims("累计引进企业59家，投入援藏资金2.71亿元，培训当地医生3210人次，选派干部33名。")
    assert [c.area for c in found.values()] == ["industry", "funds", "training", "people"]
    assert all(c.indicator and c.indicator.startswith(f"{c.area}.") for c in found.values())


def test_a_figure_that_nothing_names_goes_with_the_one_before() -> None:
    found = claims("累计投入帮扶资金8000万元，其中省级5000万元，市级3000万元。")
    assert {c.area for c in found.values()} == {"funds"}


def test_each_number_behind_fenbie_gets_its_own_measure() -> None:
    found = claims("门急诊量、住院量、手术量分别增加了66.44%、62.24%、234.89%。")
    assert [c.measure and c.measure[:3] for c in found.values()] == ["门急诊", "住院量", "手术量"]


def test_the_noun_behind_a_count_belongs_to_its_measure() -> None:
    assert claims("选派33名援藏专技干部。")["33名"].measure == "选派援藏专技干部"


def test_place_and_party_are_those_the_sentence_names() -> None:
    found = claims("重庆市第九批援藏工作队在芒康县培训医生120人。")["120人"]
    assert found.place == "芒康县"
    assert found.party == "重庆市第九批援藏工作队"


def test_the_pairing_of_the_report_as_a_whole_is_known() -> None:
    made = report(
        "重庆援藏工作队在昌都",
        "",
        "重庆市第九批援藏工作队在昌都市芒康县培训医生120人，群众满意。",
        "昌都市新建学校3所，十分热闹。",
    )
    sides = find_sides(made)
    assert (sides.sending, sides.receiving, sides.team) == ("重庆", "昌都", "重庆市第九批援藏工作队")
    assert find_sides(report("上海股市上涨3%。")) == Sides()


def test_the_definition_card_says_only_what_the_text_says() -> None:
    card = claims("累计签约项目78个。")["78个"].definition
    assert (card.stage, card.cumulative, card.form, card.since) == ("agreed", True, None, None)
    goods = claims("捐赠价值25万元的药品。")["25万元"].definition
    assert goods.form == "goods"
    assert claims("有78个。")["78个"].definition.stage is None


def test_why_an_indicator_was_chosen_can_be_looked_into() -> None:
    made = report("累计引进企业59家。")
    claim = find_claims(made)[0]
    choice = explain(made)[claim.start, claim.end]
    assert choice.indicator == claim.indicator
    assert choice.weighed[0][0] == claim.indicator
    assert choice.weighed[0][2]


def test_furniture_and_spam_say_nothing() -> None:
    found = claims(
        "工作队一年引进企业59家，带动就业1200人，群众十分满意。",
        "",
        "责任编辑：张某 电话：010-12345678",
        "棋牌送38元| 体育365| 彩票2元网| 临沭县| 府谷县| 泽普县| 班玛县| 澳皇88| 平凉市| 莆田市",
    )
    assert list(found) == ["59家", "1200人"]


def test_the_same_input_gives_the_same_claims() -> None:
    lines = ("2023年，引进企业59家，签约项目78个。",)
    assert find_claims(report(*lines)) == find_claims(report(*lines))


def test_a_claim_told_in_the_heading_and_again_below_is_linked() -> None:
    made = report(
        "工作队选派33名专技干部", "", "去年3月，33名专技干部奔赴昌都，引进企业2家；今年又引进企业2家。"
    )
    first, again, *others = find_claims(made)
    assert first.repeats is None
    assert again.repeats is not None
    assert (again.repeats.start, again.repeats.end) == (first.start, first.end)
    assert [c.repeats for c in others] == [None, None]
