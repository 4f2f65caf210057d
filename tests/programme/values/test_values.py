"""What every sort of value must read, and what it must refuse: two tables side by side."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from programme.conftest import LHORONG
from shanhai.programme.models import Stage
from shanhai.programme.values import (
    Amount,
    AreaKey,
    Choice,
    Context,
    Count,
    Counts,
    Currency,
    Day,
    IndicatorCode,
    Month,
    Places,
    Quantity,
    Reference,
    Share,
    Text,
    Unreadable,
    YesNo,
    options_of,
)

HERE = Context(LHORONG)
STAGE = Choice(options_of(Stage, "promised", "committed", "arrived", "paid on", "spent", "returned"))
DAY = datetime.date(2024, 3, 5)

READ: list[tuple[Any, Any, Any]] = [
    (Day(), "2024-03-05", DAY),
    (Day(), "2024年3月5日", DAY),
    (Day(), "2024/3/5", DAY),
    (Day(), "2024.03.05", DAY),
    (Day(), "20240305", DAY),
    (Day(), 20240305.0, DAY),
    (Day(), "２０２４－０３－０５", DAY),
    (Day(), " 2024 年 3 月 5 日 ", DAY),
    (Day(), datetime.datetime(2024, 3, 5, 23, 59), DAY),
    (Day(), DAY, DAY),
    (Day(), "2024-02-29", datetime.date(2024, 2, 29)),
    (Day(), "", None),
    (Day(), None, None),
    (Month(), "2024-03", DAY.replace(day=1)),
    (Month(), "2024年3月", DAY.replace(day=1)),
    (Month(), DAY, DAY.replace(day=1)),
    (Count(), "１２", 12),
    (Count(), "1,200", 1200),
    (Count(), 12.0, 12),
    (Count(), "0", 0),
    (Count(), "", None),
    (Amount(), "1200.5", Decimal("1200.50")),
    (Amount(), "1,200.50", Decimal("1200.50")),
    (Amount(), "１，２００．５", Decimal("1200.50")),
    (Amount(), "12万元", Decimal(120000)),
    (Amount(), "1.2亿", Decimal(120000000)),
    (Amount(), "12.3456万", Decimal("123456.00")),
    (Amount(), "￥5", Decimal(5)),
    (Amount(), "5元", Decimal(5)),
    (Amount(), 0.1 + 0.2, Decimal("0.30")),
    (Amount(), 0, Decimal(0)),
    (Amount(), "", None),
    (Currency(), "人民币", "CNY"),
    (Currency(), "usd", "USD"),
    (Currency(), "ＣＮＹ", "CNY"),
    (Share(), "35%", Decimal("0.35")),
    (Share(), "３５％", Decimal("0.35")),
    (Share(), "0.35", Decimal("0.35")),
    (Share(), 0.35, Decimal("0.35")),
    (Share(), "100%", Decimal(1)),
    (Share(), "0", Decimal(0)),
    (Share(), "33.333%", Decimal("0.33333")),
    (Quantity(), "-1.50", Decimal("-1.5")),
    (Quantity(), "1,000,000", Decimal(1000000)),
    (Text(), " 县  医院 ", "县 医院"),
    (Text(), 12.0, "12"),
    (Text(), "", None),
    (Text(), "１２号", "１２号"),
    (YesNo(), "是", True),
    (YesNo(), False, False),
    (YesNo(), "No", False),
    (STAGE, "到位", "arrived"),
    (STAGE, "Arrived", "arrived"),
    (STAGE, "下达(签约)", "committed"),
    (STAGE, "下达（签约）", "committed"),
    (AreaKey(), "医疗卫生", "health"),
    (AreaKey(), "HEALTH", "health"),
    (IndicatorCode(), "training.people", "training.people"),
    (IndicatorCode(), "培训人数", "training.people"),
    (Counts(), "女 12；男 20", {"女": 12, "男": 20}),
    (Counts(), "女：１２；男=20", {"女": 12, "男": 20}),
    (Counts(), "", None),
    (Places(), "洛隆县孜托镇", [[LHORONG, "孜托镇"]]),
    (Places(), f"{LHORONG}孜托镇", [[LHORONG, "孜托镇"]]),
    (Places(), "孜托镇", [[LHORONG, "孜托镇"]]),
    (Places(), "540329100加日村", [[LHORONG, "孜托镇加日村"]]),
    (Places(), "洛隆县；边坝县", [[LHORONG, ""], ["540330", ""]]),
    (Places(), "", None),
]

REFUSED: list[tuple[Any, Any, str]] = [
    (Day(), "2023-02-29", "没有2023年2月29日"),
    (Day(), "2024-13-01", "没有2024年13月"),
    (Day(), "2024-04-31", "没有"),
    (Day(), "20240230", "没有"),
    (Day(), "0000-01-01", "没有"),
    (Day(), "24-3-5", "不是日期"),
    (Day(), "3月5日", "不是日期"),
    (Day(), "2024年3月", "不是日期"),
    (Day(), "去年", "不是日期"),
    (Day(), 45356, "不是日期"),
    (Day(), "1024-03-05", "1949"),
    (Day(), datetime.date(1900, 1, 1), "1949"),
    (Month(), "2024-13", "没有"),
    (Count(), "1.5", "不是个数"),
    (Count(), "-1", "不是个数"),
    (Count(), "约12", "不是确切的数"),
    (Count(), "12人", "不是确切的数"),
    (Count(), True, "不是确切的数"),
    (Count(), "1e3", "不是确切的数"),
    (Count(), "1,20", "不是确切的数"),
    (Count(), 10**15, "不是个数"),
    (Amount(), "约12万元", "不是确切的数"),
    (Amount(), "12余万元", "不是确切的数"),
    (Amount(), "十二万元", "不是确切的数"),
    (Amount(), "12.345", "不能作金额"),
    (Amount(), "-5", "不能作金额"),
    (Amount(), "12美元", "别的币种"),
    (Amount(), "$12", "别的币种"),
    (Amount(), "12USD", "别的币种"),
    (Amount(), "￥12美元", "币种"),
    (Amount(), "$12元", "币种"),
    (Amount(), 10**15, "不能作金额"),
    (Amount(), float("nan"), "不能作金额"),
    (Amount(), float("inf"), "不能作金额"),
    (Amount(), "12-15", "不是确切的数"),
    (Currency(), "US", "不是币种"),
    (Currency(), "卢布", "不是币种"),
    (Share(), "101%", "0至100%"),
    (Share(), "35", "0至100%"),
    (Share(), "-1%", "0至100%"),
    (Share(), "约35%", "不是确切的数"),
    (Share(), float("nan"), "0至100%"),
    (Quantity(), "近100", "不是确切的数"),
    (Quantity(), "1" * 39, "不是确切的数"),
    (Quantity(), float("inf"), "不是确切的数"),
    (Text(3), "四个字符", "太长"),
    (Text(), "县\u200b医院", "U+200B"),
    (Text(), "\u202e县医院", "U+202E"),
    (STAGE, "已到", "到位"),
    (AreaKey(), "卫生院", "可选"),
    (IndicatorCode(), "没有的指标", "指标目录"),
    (Counts(), "女", "读不懂"),
    (Counts(), "女 约12", "读不懂"),
    (Counts(), "女 12；女 13", "写了两次"),
    (Counts(("女", "男")), "童 3", "女、男"),
    (Places(), "542132", "540329"),
    (Places(), "999999", "没有999999"),
    (Places(), "某某镇", "地名表中没有"),
    (Places(), "昌都市孜托镇", "请写到县"),
    (Places(), "不存在县", "地名表中没有"),
    (Places(most=1), "洛隆县；边坝县", "太多"),
    (Places(), "洛隆县" + "长" * 41, "太长"),
    (Reference("project", "项目", "project"), "X9", "台账中没有编号为“X9”的项目"),
]


def _id(told: Any) -> str:
    return type(told).__name__ if hasattr(told, "read") else repr(told)[:24]


@pytest.mark.parametrize(("value", "told", "expected"), READ, ids=_id)
def test_read(value: Any, told: Any, expected: Any) -> None:
    read = value.read(told, HERE)
    assert read == expected
    assert type(read) is type(expected)
    if read is not None:
        assert value.read(value.shown(read), HERE) == read
        assert value.read(value.shown(read, True), HERE) == read


@pytest.mark.parametrize(("value", "told", "reason"), REFUSED, ids=_id)
def test_refused_with_the_reason(value: Any, told: Any, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        value.read(told, HERE)
    assert reason in refused.value.zh
    assert refused.value.zh.endswith("。")
    assert refused.value.en.endswith(".")


def test_scale_of_a_sheet_holds_where_no_unit_is_written() -> None:
    in_ten_thousands = Context(scale=10_000)
    assert Amount().read("12.5", in_ten_thousands) == 125000
    assert Amount().read(12.5, in_ten_thousands) == 125000
    assert Amount().read("12.5万元", in_ten_thousands) == 125000
    assert Amount().read("12元", in_ten_thousands) == 12
    with pytest.raises(Unreadable):
        Amount().read("0.0000001", in_ten_thousands)


@given(st.decimals(0, 10**14, places=2), st.sampled_from([1, 10_000]))
@hypothesis_settings(max_examples=60)
def test_every_amount_comes_back_to_the_fen(amount: Decimal, scale: int) -> None:
    assert Amount().read(Amount().shown(amount), Context()) == amount
    assert Amount().read(str(amount / scale), Context(scale=scale)) == amount
    assert Amount().read(Amount().plain(amount), Context()) == amount


@given(st.dates(datetime.date(1949, 1, 1), datetime.date(2100, 12, 31)))
@hypothesis_settings(max_examples=40)
def test_every_day_comes_back(day: datetime.date) -> None:
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日"):
        assert Day().read(text, HERE) == day


@given(st.text(max_size=30))
@hypothesis_settings(max_examples=200)
def test_any_text_is_read_or_refused(text: str) -> None:
    for value in (
        Day(),
        Month(),
        Count(),
        Amount(),
        Currency(),
        Share(),
        Quantity(),
        Text(),
        Counts(),
        Places(),
        STAGE,
    ):
        try:
            read = value.read(text, HERE)
        except Unreadable:
            continue
        if read is not None:
            assert value.read(value.shown(read), HERE) == read
