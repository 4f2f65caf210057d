"""What must be read as a relation, with its figures, and beside it what must not: one table a form."""

import pytest

from shanhai import find_claims, read
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations import relations_of
from shanhai.reasoning.relations.relation import Form, Relation

from ..reported import told


def _relations(text: str) -> list[Relation]:
    return relations_of(Sheet(told("简报", text)))


def _quotes(relation: Relation) -> str:
    """The figures of a relation, the whole or the level first, then the others in text order."""
    first, *others = dict.fromkeys(slot.figure.claim.quote for slot in relation.slots)
    return " ".join(
        [
            first,
            *sorted(
                others, key=lambda q: [s.figure.start for s in relation.slots if s.figure.claim.quote == q]
            ),
        ]
    )


PARTS, TOTAL, REMAINDER, RATE = Form.PARTS, Form.TOTAL, Form.REMAINDER, Form.RATE
GROWTH, DIFFERENCE, AVERAGE, ACCOUNT, SHARES, ORDER = (
    Form.GROWTH, Form.DIFFERENCE, Form.AVERAGE, Form.ACCOUNT, Form.SHARES, Form.ORDER,
)  # fmt: skip

READ = [
    (PARTS, "实施项目22个，其中教育9个、卫生8个，其余5个为产业项目。", "22个 9个 8个 5个"),
    (PARTS, "实施项目22个（教育9个、卫生8个、产业5个）。", "22个 9个 8个 5个"),
    (PARTS, "实施项目22个。按行业分，教育9个，卫生8个，产业5个。", "22个 9个 8个 5个"),
    (PARTS, "选派干部人才31名，由党政干部8名、医生14名和教师9名组成。", "31名 8名 14名 9名"),
    (PARTS, "投入资金2.71亿元，其中教育1.2亿元、卫生1.51亿元。", "2.71亿元 1.2亿元 1.51亿元"),
    (PARTS, "转移就业860人，其中男性430人、女性410人。", "860人 430人 410人"),
    (PARTS, "引进企业12家，分别为农牧企业5家、文旅企业4家、商贸企业2家。", "12家 5家 4家 2家"),
    (TOTAL, "财政资金3200万元、社会资金1450万元，合计4650万元。", "4650万元 3200万元 1450万元"),
    (TOTAL, "新建校舍3栋，改建校舍4栋，两项合计8栋。", "8栋 3栋 4栋"),
    (TOTAL, "洛隆县76人次，丁青县85人次，边坝县40人次，以上共计211人次。", "211人次 76人次 85人次 40人次"),
    (REMAINDER, "到账资金9600万元，已拨付7250万元，剩余2350万元。", "9600万元 7250万元 2350万元"),
    (REMAINDER, "项目共40个，竣工25个，还有12个未竣工。", "40个 25个 12个"),
    (PARTS, "安排资金900万元，已到位950万元，尚未到位100万元。", "900万元 950万元 100万元"),
    (RATE, "计划实施项目85个，已开工80个，开工率94.1%。", "80个 85个 94.1%"),
    (RATE, "计划投资4200万元，实际完成投资3100万元，完成率90%。", "3100万元 4200万元 90%"),
    (RATE, "下达资金5000万元，支出4100万元，支出进度82%。", "4100万元 5000万元 82%"),
    (RATE, "安排资金8000万元，其中民生领域6400万元，占75%。", "6400万元 8000万元 75%"),
    (GROWTH, "2023年接待游客500人次，比上年的400人次增长25%。", "500人次 400人次 25%"),
    (GROWTH, "2022年接待游客400人次，2023年500人次，同比增长35%。", "500人次 400人次 35%"),
    (GROWTH, "销售收入由420万元增加到546万元，增长30%。", "420万元增加到546万元 30%"),
    (DIFFERENCE, "入学率由71.3%提高到88.9%，提高17.6个百分点。", "71.3%提高到88.9% 17.6个百分点"),
    (DIFFERENCE, "接诊患者500人次，比2022年的380人次多120人次。", "500人次 380人次 120人次"),
    (DIFFERENCE, "自来水普及率为70.1%，较上年65.1%提高5个百分点。", "70.1% 65.1% 5个百分点"),
    (AVERAGE, "发放分红172万元，惠及群众86户，户均20000元。", "172万元 86户 20000元"),
    (AVERAGE, "实施小型项目20个，总投资900万元，单个项目平均45万元。", "900万元 20个 45万元"),
    (AVERAGE, "计划三年投入15.27亿元，年均5.09亿元。", "15.27亿元 三年 5.09亿元"),
    (ACCOUNT, "上年结转500万元，本年收入3000万元，本年支出2800万元，年末结余700万元。", "700万元 500万元 3000万元 2800万元"),
    (SHARES, "资金分别占教育40%、卫生35%、产业25%。", "40% 35% 25%"),
    (ORDER, "截至2023年3月底累计培训农牧民1260人次。截至2023年9月底累计培训农牧民1100人次。", "1100人次 1260人次"),
]  # fmt: skip

LEFT = [
    # parts
    "实施项目22个，带动就业人员9人、培训人员8人。",
    "实施项目22个，其中教育9个、卫生8个等。",
    "全队46名队员，其中党员30名、博士12名、高级职称21名。",
    "引进企业2510家。分地区看，东部与南部共建园区215个，引导1078家企业投资436.5亿元；西部共建园区100个，落地企业426家。",
    "培训教师120人次，另外培训医生85人次、村干部60人次。",
    # total
    "洛隆县建成学校3所，丁青县建成卫生院5所，全县累计解决用水困难群众1200人。",
    "教师12名、医生20名，共同开展义诊30场。",
    "2021年12个、2022年15个，累计带动增收3600元。",
    # remainder
    "到账资金9600万元，其余工作按计划推进。",
    "安排项目20个、资金900万元，剩余3个月内完成。",
    # rate
    "全县常住人口3.2万人，脱贫人口8600人，群众满意率98.5%。",
    "安排资金8000万元，项目开工率95%，就业率88%。",
    "建成示范村12个，粮食播种面积3万亩，良种覆盖率92%。",
    # growth
    "2023年接待游客500人次，农牧民收入增长25%。",
    "上半年销售收入300万元，去年全年800万元，同比增长12%。",
    "2019年接待游客400人次，2023年500人次，农产品销售额同比增长35%，",
    # points
    "入学率达到97.2%，满意度提高3个百分点。",
    # average
    "实施项目20个，总投资900万元，农牧民人均增收1500元。",
    "合作社有86户，户均养殖牦牛20头，产值172万元。",
    "队员平均年龄41岁，共46人。",
    # account
    "上年结转500万元，接待游客3000人次，年末结余药品700盒。",
    # shares
    "民生占比80.79%，基层占比85.86%。",
    "党员占60%，高级职称占35%，少数民族占20%。",
    # order
    "2022年培训农牧民1260人次。2023年培训农牧民1100人次。",
]  # fmt: skip


@pytest.mark.parametrize(("form", "text", "figures"), READ, ids=[text[:24] for _, text, _ in READ])
def test_is_read_as_a_relation(form: Form, text: str, figures: str) -> None:
    found = [(r.form, _quotes(r)) for r in _relations(text) if r.form is not Form.ORDER or form is Form.ORDER]
    assert (form, figures) in found
    assert len(found) == 1  # which figure may not pass which is read beside the relation that they stand in


@pytest.mark.parametrize("text", LEFT, ids=[text[:24] for text in LEFT])
def test_is_left_alone(text: str) -> None:
    assert [(r.form.value, _quotes(r)) for r in _relations(text)] == []


BOUNDS = [
    ("超2亿元", "近1.2亿元", "0.9亿元", True),
    ("近500万元", "312万元", "245万元", False),
    ("约560万元", "312万元", "245万元", True),
    ("2.71亿元", "1.204亿元", "1.509亿元", True),
    ("2.71亿元", "1.204亿元", "1.519亿元", False),
]


@pytest.mark.parametrize(("whole", "one", "other", "holds"), BOUNDS)
def test_bounds_decide_whether_a_sum_holds(whole: str, one: str, other: str, holds: bool) -> None:
    found = _relations(f"投入资金{whole}，分别为财政资金{one}、社会资金{other}。")
    assert all(r.holds() for r in found) is holds
    assert found or whole.startswith("超")


def test_per_cent_told_for_points_is_noted() -> None:
    (relation,) = _relations("高中入学率由71.3%提高到88.9%，提高17.6%。")
    assert relation.note == "percent_for_points"
    assert not relation.holds()


@pytest.mark.parametrize(
    ("row", "forms"),
    [
        ("| 合计 | 76 | 4200 |", [TOTAL, TOTAL]),
        ("| 小计 | 76 | 4200 |", [TOTAL, TOTAL]),
        ("| 平均 | 38 | 2100 |", []),
        ("| 边坝县 | 12 | 900 |", []),
    ],
)
def test_only_a_total_row_adds_up(row: str, forms: list[Form]) -> None:
    table = "| 县 | 项目（个） | 资金（万元） |\n| --- | --- | --- |\n| 洛隆县 | 40 | 2200 |\n| 丁青县 | 36 | 2000 |\n"
    report = read((table + row).encode(), name="表.md")
    found = relations_of(Sheet(Evidence("表", tuple(find_claims(report)), report)))
    assert [r.form for r in found] == forms
