"""Status: how far words of the future reach."""

import pytest

from claims.reports import claims

EXPECTED = [
    "预计年产值逾3亿元。", "项目建成后可带动就业200人。", "力争引进企业60家。", "计划投资1.2亿元建设综合楼。", "新校舍将容纳800名学生。",
    "拟培训干部300人次。", "到2030年，合作园区达到12个。", "设计年产菌粉200吨。", "余下17例将于月底前送诊。", "要确保培训2000人次。",
]  # fmt: skip
DONE = [
    "累计到位资金2.71亿元。", "引进企业59家。", "投资9.2亿元的项目开工建设。", "将30个村纳入示范。", "完成年度目标的74.4%。",
    "学校建成后，学生增加到900人。", "接近完成12个项目。", "计划内资金500万元已经到账。",
]  # fmt: skip


@pytest.mark.parametrize("sentence", EXPECTED)
def test_what_has_not_come_about_is_expected(sentence: str) -> None:
    assert {c.status for c in claims(sentence, date="2024-06-21").values()} == {"expected"}


@pytest.mark.parametrize("sentence", DONE)
def test_what_has_come_about_is_done(sentence: str) -> None:
    assert {c.status for c in claims(sentence, date="2024-06-21").values()} == {"done"}


def test_a_word_of_the_future_reaches_to_the_end_of_its_part_of_the_sentence() -> None:
    found = claims("预计完成生产总值277.8亿元，增长9.2%；社会消费品零售总额增长12%。")
    assert [c.status for c in found.values()] == ["expected", "expected", "done"]


def test_a_heading_about_plans_reaches_to_the_next_heading() -> None:
    found = claims(
        "下一步工作打算",
        "培训医生120人，派出专家30名。",
        "去年工作回顾",
        "培训教师80人，派出专家10名。",
        date="2024-01-05",
    )
    assert [c.status for c in found.values()] == ["expected", "expected", "done", "done"]


def test_a_share_of_a_planned_total_is_not_itself_planned() -> None:
    found = claims("落实资金4亿元，占计划总投资13亿元的31.5%。")
    assert found["31.5%"].status == "done"
