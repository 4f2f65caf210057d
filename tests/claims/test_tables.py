"""Tables: the unit and meaning of a bare number stand in the heads of its row and column."""

from shanhai import Claim, find_claims, read

CSV = """2023年援疆项目资金表
序号,项目类别,项目数（个）,资金（万元）,年份
1,教育类,10,"4,000",2023
2,产业类,11,11243,2023
合计,,21,15243,
"""


def table(text: str, name: str = "table.csv") -> list[Claim]:
    return find_claims(read(text.encode(), name=name))


def test_units_and_scales_come_from_the_column_heads() -> None:
    found = [(c.quote, c.value, c.unit) for c in table(CSV)]
    assert found == [
        ("10", 10, "个"), ("4,000", 40_000_000, "元"), ("11", 11, "个"), ("11243", 112_430_000, "元"),
        ("21", 21, "个"), ("15243", 152_430_000, "元"),
    ]  # fmt: skip


def test_the_measure_is_the_head_of_the_row_and_of_the_column() -> None:
    assert [c.measure for c in table(CSV)][:2] == ["教育类项目数", "教育类资金"]


def test_numbers_of_rows_and_years_are_no_figures() -> None:
    assert not [c for c in table(CSV) if c.quote in ("1", "2", "2023")]


def test_a_note_gives_the_unit_where_the_heads_do_not() -> None:
    text = "单位：万元\n项目,计划,到位\n学校,1200,800\n"
    assert [(c.value, c.unit) for c in table(text)] == [(12_000_000, "元"), (8_000_000, "元")]


def test_a_column_without_head_is_not_guessed_at() -> None:
    assert table("教育,1200\n医疗,800\n") == []
