"""What planted reports tell of: things with their units and the kinds that they fall into."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from .figures import Amount, amount


@dataclass(frozen=True)
class Thing:
    """Something that is counted.

    Attributes:
        told: ways to begin a sentence about it; the amount follows.
        unit: of the amount.
        by: by what it is split, with the kinds that make it up.
        least, most: how large one part is.
        decimals: of the printed amounts.
    """

    told: tuple[str, ...]
    unit: str
    by: tuple[tuple[str, tuple[str, ...]], ...]
    least: int
    most: int
    decimals: int = 0

    def parts(self, kinds: tuple[str, ...], random: Random) -> list[tuple[str, Amount]]:
        """An amount for each kind."""
        step = Decimal(10) ** -self.decimals
        return [
            (
                kind,
                Amount((random.randint(self.least * 100, self.most * 100) * step).quantize(step), self.unit),
            )
            if self.decimals
            else (kind, amount(random.randint(self.least, self.most), self.unit))
            for kind in kinds
        ]


COUNTIES = ("洛隆县", "丁青县", "类乌齐县", "边坝县", "八宿县")
PROJECTS = Thing(
    ("全年实施援藏项目", "共安排援藏项目", "批复实施对口支援项目", "当年开工建设援藏项目"),
    "个",
    (
        ("行业", ("教育项目", "卫生项目", "产业项目", "基础设施项目", "文化旅游项目")),
        ("建设性质", ("新建项目", "续建项目")),
        ("县", COUNTIES),
    ),
    3,
    60,
)
PLACED = Thing(
    ("帮助农村劳动力转移就业", "全年实现农牧民转移就业", "帮助高校毕业生和农牧民就业"),
    "人",
    (("就业地", ("省外就业", "省内就业", "就近就业")), ("县", COUNTIES)),
    40,
    900,
)
TRAINED = Thing(
    ("举办各类培训班，培训本地人员", "全年培训各类人才", "组织培训基层人员"),
    "人次",
    (("行业", ("教师", "医务人员", "农技人员", "村干部")), ("县", COUNTIES)),
    30,
    800,
)
FIRMS = Thing(
    ("引进落地企业", "全年招商引进企业", "新增落户企业"),
    "家",
    (("产业", ("农牧业企业", "文旅企业", "商贸企业", "清洁能源企业")),),
    3,
    40,
)
MONEY = Thing(
    ("全年投入援藏资金", "共安排对口支援资金", "到位援藏资金", "下达年度援藏资金"),
    "万元",
    (
        ("领域", ("教育", "医疗卫生", "产业发展", "基础设施", "人才交流")),
        ("来源", ("市级财政资金", "区级财政资金", "社会捐赠资金")),
        ("县", COUNTIES),
    ),
    20,
    90,
    2,
)
SALES = Thing(
    ("全年消费帮扶销售农特产品", "组织采购和帮助销售当地农产品", "累计销售高原特色产品"),
    "万元",
    (("品类", ("青稞制品", "牦牛肉", "藏香手工艺品", "菌菇")),),
    100,
    900,
)
SPLIT = (PROJECTS, PLACED, TRAINED, FIRMS, MONEY, SALES)
EXCLUSIVE = (PROJECTS, FIRMS, MONEY, SALES)
"""Things whose kinds cannot overlap even where the text does not say that they are all."""


def whole_of(parts: list[tuple[str, Amount]]) -> Amount:
    """The sum of the parts, printed as they are."""
    return Amount(sum((told.value for _, told in parts), Decimal(0)), parts[0][1].unit)
