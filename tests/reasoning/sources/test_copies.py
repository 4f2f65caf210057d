"""Copies: what is one release told again, and what is another report however alike it looks."""

import random

import msgspec
import opencc
import pytest

from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.sources.copies import originals

from ..reported import told

RELEASE = (
    "东海市援藏工作队交出年度答卷",
    "2023年，东海市第九批援藏工作队落实援藏资金3.26亿元，实施项目47个，其中民生项目31个，惠及农牧民2.18万人。",
    "在教育方面，工作队选派骨干教师36名，结对帮扶学校15所，开展示范课214节，培训当地教师1340人次，青稞县中学本科上线率提高到61.4%。",
    "在医疗方面，援藏医生接诊患者1.73万人次，完成手术862例，带教本地医生58名，新开设康复科和疼痛科，雪山乡卫生院有了第一台彩超。",
    "在产业方面，引进企业12家，到位投资4.85亿元，青稞加工厂带动就业326人，牦牛奶制品销往东海市的超市和社区，销售额达到2750万元。",
    "在交往交流方面，组织两地青少年415人开展夏令营，邀请致富带头人128名到东海市观摩学习，两地共建的图书馆藏书超过6.4万册。",
    "工作队还从社会各界募集计划外资金1936万元，为偏远村庄修通道路27.5公里，安装路灯640盏，村民夜里出门不再摸黑。",
)


def _body(*lines: str) -> tuple[str, ...]:
    return lines[1:]


def _damaged(line: str) -> str:
    """The line with one character in twenty lost."""
    chance = random.Random(11)
    return "".join(c for c in line if chance.random() > 0.05)


@pytest.mark.parametrize(
    "lines",
    [
        RELEASE,
        ("新闻：高原上的一年", *_body(*RELEASE)),
        tuple(opencc.OpenCC("s2t").convert(line) for line in RELEASE),
        tuple(_damaged(line) for line in RELEASE),
        ("首页 > 新闻 > 正文", "分享到微信", *RELEASE, "责任编辑：某某", "版权所有 转载须注明来源"),
        (RELEASE[0], RELEASE[1], RELEASE[3], RELEASE[5], "记者看到，高原的冬天阳光很好，街上很热闹。"),
    ],
    ids=["same", "headline", "traditional", "damaged", "furniture", "shortened"],
)
def test_a_release_told_again_is_a_copy(lines: tuple[str, ...]) -> None:
    release = told("release", *RELEASE, date="2024-01-05")

    found = originals([told("again", *lines, date="2024-01-09"), release])

    assert found == {"again": "release", "release": "release"}


def test_next_years_report_on_the_same_template_is_no_copy() -> None:
    figures = str.maketrans("0123456789", "9347182605")
    later = [line.translate(figures).replace("9094", "2024") for line in RELEASE]
    last = told("last", *RELEASE, date="2024-01-05")
    this = told("this", *later, date="2025-01-05")

    assert originals([last, this]) == {"last": "last", "this": "this"}


def test_last_years_figures_under_another_year_are_no_copy() -> None:
    last = told("last", *RELEASE, date="2024-01-05")
    this = told("this", *(line.replace("2023年", "2024年") for line in RELEASE), date="2025-01-05")

    assert originals([last, this]) == {"last": "last", "this": "this"}


def test_one_sentence_with_another_figure_is_no_copy() -> None:
    one = told("one", "2023年，东海市援藏工作队落实援藏资金2.12亿元，全部用于青稞县的民生项目。")
    other = told("other", "2023年，东海市援藏工作队落实援藏资金2.85亿元，全部用于青稞县的民生项目。")

    assert originals([one, other]) == {"one": "one", "other": "other"}


def test_a_copy_of_a_copy_goes_to_the_earliest() -> None:
    added = (
        "另外，工作队与湖畔小学、日出幼儿园签订了三年的共建约定，孩子们画了一幅很长的画送给远方的朋友。",
    )
    first = told("first", *RELEASE, date="2024-01-05")
    second = told("second", *RELEASE[:4], *added, date="2024-01-06")
    third = told("third", *RELEASE[2:4], *added, date="2024-01-07")

    assert set(originals([third, second, first]).values()) == {"first"}


def test_without_dates_the_first_given_is_the_original() -> None:
    assert originals([told("b", *RELEASE), told("a", *RELEASE)]) == {"b": "b", "a": "b"}


def test_a_review_that_takes_up_a_brief_is_no_copy_of_it() -> None:
    brief = told("brief", *RELEASE[:2], date="2024-01-05")
    review = told("review", *RELEASE, date="2024-06-05")

    assert originals([brief, review])["review"] == "review"


def test_claims_alone_are_copies_when_their_figures_come_in_the_same_order() -> None:
    release = told("release", *RELEASE, date="2024-01-05")
    bare = Evidence("bare", tuple(msgspec.structs.replace(c, doc="bare") for c in release.claims))
    mixed = Evidence("mixed", tuple(reversed(bare.claims)))

    found = originals([bare, release, mixed])

    assert found == {"bare": "release", "release": "release", "mixed": "mixed"}


def test_thousands_of_equal_texts_have_one_original() -> None:
    one = told("one", *RELEASE)
    many = [msgspec.structs.replace(one, doc=f"d{i}") for i in range(4000)]

    found = originals(many)

    assert set(found.values()) == {"d0"}


def test_nothing_and_empty_reports_are_no_copies() -> None:
    assert originals([]) == {}
    assert originals([Evidence("a", ()), Evidence("b", ())]) == {"a": "a", "b": "b"}
