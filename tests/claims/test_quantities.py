"""Quantities: forms that must be read, and beside them forms that must be refused."""

from decimal import Decimal

import pytest

from shanhai import find_quantities
from shanhai.model import Quantity

READ = [
    # sentence, quote, value, unit, approx, kind
    ("共有33名干部。", "33名", 33, "名", "exact", "level"),
    ("到位资金2.71亿元。", "2.71亿元", 271_000_000, "元", "exact", "level"),
    ("筹资二百余万元。", "二百余万元", 2_000_000, "元", "over", "level"),
    ("招收近200名学员。", "近200名", 200, "名", "nearly", "level"),
    ("销售额超8000万元。", "超8000万元", 80_000_000, "元", "over", "level"),
    ("培训2.2万余人次。", "2.2万余人次", 22_000, "人次", "over", "level"),
    ("捐书20多万册。", "20多万册", 200_000, "册", "over", "level"),
    ("惠及群众上万名。", "上万名", 10_000, "名", "over", "level"),
    ("贸易额一万一千多亿美元。", "一万一千多亿美元", 1_100_000_000_000, "美元", "over", "level"),
    ("增长百分之十六点四。", "百分之十六点四", Decimal("16.4"), "%", "exact", "change"),
    ("援建两所学校。", "两所", 2, "所", "exact", "level"),
    ("死亡率降低79.46%。", "79.46%", Decimal("-79.46"), "%", "exact", "change"),
    ("上线率提高20.5个百分点。", "20.5个百分点", Decimal("20.5"), "百分点", "exact", "points"),
    ("资金占比80.79%。", "80.79%", Decimal("80.79"), "%", "exact", "share"),
    ("半数以上的学员毕业。", "半数以上", Decimal("0.5"), "", "over", "share"),
    ("约四分之一的农户受益。", "约四分之一", Decimal("0.25"), "", "about", "share"),
    ("三成学员来自牧区。", "三成", 30, "%", "exact", "share"),
    ("成本降了一成五。", "一成五", -15, "%", "exact", "change"),
    ("成本降低一成半。", "一成半", -15, "%", "exact", "change"),
    ("列车驶过十二座桥。", "十二座", 12, "座", "exact", "level"),
    ("来了３０来人。", "３０来人", 30, "人", "about", "level"),
    ("票价港币4900元。", "港币4900元", 4900, "港元", "exact", "level"),
    ("用电33.8亿度。", "33.8亿度", 3_380_000_000, "度", "exact", "level"),
    ("电站装机５·６３万千瓦。", "５·６３万千瓦", 56_300, "千瓦", "exact", "level"),
    ("投入6·31亿元。", "6·31亿元", 631_000_000, "元", "exact", "level"),
    ("每名教师每周辅导1次。", "1次", 1, "次", "exact", "level"),
    ("跑完7×5.35公里。", "7×5.35公里", Decimal("37.45"), "公里", "exact", "level"),
    ("修路12.6公里左右。", "12.6公里左右", Decimal("12.6"), "公里", "about", "level"),
    ("成活率在90%以上。", "90%以上", 90, "%", "over", "level"),
    ("气温零下12摄氏度。", "零下12摄氏度", -12, "摄氏度", "exact", "level"),
    ("历时两个多月。", "两个多月", 2, "个月", "over", "level"),
    ("为期一年半。", "一年半", Decimal("1.5"), "年", "exact", "level"),
    ("培训1 027 台次。", "1 027 台次", 1027, "台次", "exact", "level"),
    ("超过1/3的农户受益。", "超过1/3", Decimal(1) / 3, "", "over", "share"),
    ("死亡率降至千分之4.9。", "千分之4.9", Decimal("4.9"), "‰", "exact", "level"),
    ("添置CT1台。", "1台", 1, "台", "exact", "level"),
    ("收到锦旗13面。", "13面", 13, "面", "exact", "level"),
    ("销售额破亿元。", "破亿元", 100_000_000, "元", "over", "level"),
    ("浓度为29微克/立方米。", "29微克/立方米", 29, "微克/立方米", "exact", "level"),
]
JOINED = [
    # sentence, quote, from, value, upper, unit, kind
    ("每头3000—5000元。", "3000—5000元", None, 3000, 5000, "元", "level"),
    ("雪厚20～30厘米。", "20～30厘米", None, 20, 30, "厘米", "level"),
    ("产量是过去的四五倍。", "四五倍", None, 4, 5, "倍", "level"),
    ("每村补助3—5万元。", "3—5万元", None, 30_000, 50_000, "元", "level"),
    (
        "由2016年的85%提升到2023年的98.7%。",
        "85%提升到2023年的98.7%",
        85,
        Decimal("98.7"),
        None,
        "%",
        "from_to",
    ),
    ("企业从2家增加到15家。", "2家增加到15家", 2, 15, None, "家", "from_to"),
    ("专利由7件，增至17件。", "7件，增至17件", 7, 17, None, "件", "from_to"),
    ("每户补助3万—5万元。", "3万—5万元", None, 30_000, 50_000, "元", "level"),
    ("每班20人—30人。", "20人—30人", None, 20, 30, "人", "level"),
    ("票价从10元到50元不等。", "10元到50元", None, 10, 50, "元", "level"),
]
REFUSED = [
    "2023年5月27日下午", "8时30分", "第九批", "首例", "位列第一", "第二、三批", "“四个坚持”", "一对一", "“十四五”时期",
    "318国道", "三甲医院", "“一市三县”", "“五大工程”", "0595-22128966", "13900001234", "〔2021〕12号", "47岁的产妇",
    "G75高速", "4A级景区", "比分3:2", "5比3", "20世纪90年代", "三年级", "一是", "1. 总体情况", "30年来", "二是", "千方百计",
    "一些", "万一", "四川", "三峡", "六盘水", "八一", "两岸", "双方", "九寨沟", "百度", "一带一路", "一家亲", "三台县",
    "K3562次列车", "2024-05-17 10:20", "1?60", "投入?800", "高考", "打造一支队伍", "世界500强", "90后", "男子110米栏", "1/4决赛", "5/12日",
    "13面临", "突破口", "零起点学员",
]  # fmt: skip


def only(sentence: str) -> Quantity:
    found = find_quantities(sentence)
    assert [q.quote for q in found] == [found[0].quote], sentence
    return found[0]


@pytest.mark.parametrize(("sentence", "quote", "value", "unit", "approx", "kind"), READ)
def test_is_read(sentence: str, quote: str, value: object, unit: str, approx: str, kind: str) -> None:
    quantity = only(sentence)
    assert (quantity.quote, quantity.value, quantity.unit) == (quote, value, unit)
    assert (quantity.approx, quantity.kind) == (approx, kind)
    assert sentence[quantity.start : quantity.end] == quantity.quote


@pytest.mark.parametrize(("sentence", "quote", "from_value", "value", "upper", "unit", "kind"), JOINED)
def test_is_read_as_one(
    sentence: str, quote: str, from_value: object, value: object, upper: object, unit: str, kind: str
) -> None:
    quantity = only(sentence)
    assert (quantity.quote, quantity.unit, quantity.kind) == (quote, unit, kind)
    assert (quantity.from_value, quantity.value, quantity.upper) == (from_value, value, upper)


@pytest.mark.parametrize("text", REFUSED)
def test_is_refused(text: str) -> None:
    assert find_quantities(f"当地{text}，群众满意。") == []


def test_each_number_of_a_list_keeps_its_own_kind_and_sign() -> None:
    found = find_quantities(
        "门急诊量、手术量分别增加了66.44%、234.89%；死亡率、发病率分别降低了79.46%、78.32%。"
    )
    assert [q.value for q in found] == [
        Decimal("66.44"),
        Decimal("234.89"),
        Decimal("-79.46"),
        Decimal("-78.32"),
    ]
    assert {q.kind for q in found} == {"change"}


def test_a_change_and_the_level_it_leads_to_are_two() -> None:
    found = find_quantities("客流增长109%至5.2万人次。")
    assert [(q.kind, q.value) for q in found] == [("change", 109), ("level", 52_000)]


def test_a_count_beside_a_batch_is_two() -> None:
    assert [q.quote for q in find_quantities("选派三批59名干部。")] == ["三批", "59名"]


@pytest.mark.parametrize("sentence", ["十几名医生。", "数百名群众。", "几十家企业。"])
def test_a_vague_number_has_bounds_but_no_value(sentence: str) -> None:
    quantity = only(sentence)
    assert quantity.value is None
    assert quantity.minor
    assert quantity.bounds.low is not None
    assert quantity.bounds.high is not None


@pytest.mark.parametrize("text", ["", "没有数字的一段话。", "No numbers here.", "。" * 50, "\n\n\n"])
def test_nothing_is_invented(text: str) -> None:
    assert find_quantities(text) == []
