"""The forms in which a planted report ties its figures, each in many wordings."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random

from .figures import ANY, DOWN, UP, Amount, Planted, Tie, amount, joined
from .words import EXCLUSIVE, MONEY, PROJECTS, SPLIT, Thing, whole_of

Pieces = list[str | Amount]


def _split(random: Random, things: Sequence[Thing] = SPLIT) -> tuple[str, str, list[tuple[str, Amount]]]:
    """How a thing is told, by what it is split, and its parts."""
    thing = random.choice(things)
    by, kinds = random.choice(thing.by)
    count = random.randint(min(3, len(kinds)), len(kinds))
    return random.choice(thing.told), by, thing.parts(tuple(random.sample(kinds, count)), random)


def _chosen(random: Random, wordings: Sequence[Pieces]) -> tuple[int, tuple[str | Amount, ...]]:
    number = random.randrange(len(wordings))
    return number, tuple(wordings[number])


def _all(count: int, direction: str = ANY) -> tuple[tuple[int, str], ...]:
    return tuple((i, direction) for i in range(count))


def parts(random: Random) -> Planted:
    """A whole and all its parts behind it."""
    head, by, some = _split(random)
    whole, rest = whole_of(some), some[-1]
    listed = joined(some, "、")
    number, pieces = _chosen(
        random,
        [
            [head, whole, "，分别为", *listed, "。"],
            [head, whole, f"，按{by}分，", *joined(some, "，"), "。"],
            [head, whole, "，其中", *joined(some[:-1], "、"), "，其余", rest[1], f"为{rest[0]}。"],
            [head, whole, "，由", *joined(some, "、", "和"), "组成。"],
            [head, whole, f"，按{by}划分：", *joined(some, "；"), "。"],
            [head, whole, f"。从{by}看，", *joined(some, "，"), "。"],
            [head, whole, f"，按{by}统计，", *listed, "。"],
            [head, whole, "，分为", *joined(some, "、", "和"), "。"],
        ],
    )
    return Planted("parts", number, pieces, (_sum(len(some)),), _all(len(some) + 1))


def _sum(count: int) -> Tie:
    """The first figure is the sum of the ``count`` behind it."""
    return Tie((0,), tuple(range(1, count + 1)))


def parts_told_openly(random: Random) -> Planted:
    """A whole and its parts where nothing says that they are all: only more than the whole is a fault."""
    head, _, some = _split(random, EXCLUSIVE)
    whole = whole_of(some)
    number, pieces = _chosen(
        random,
        [
            [head, whole, "，其中", *joined(some, "、"), "。"],
            [head, whole, "，其中", *joined(some, "，"), "。"],
            [head, whole, "，包括", *joined(some, "、"), "。"],
            [head, whole, "（", *joined(some, "、"), "）。"],
            [head, whole, "（其中", *joined(some, "，"), "）。"],
            [head, whole, "。其中，", *joined(some, "，"), "。"],
            [head, whole, "：", *joined(some, "、"), "。"],
        ],
    )
    return Planted(
        "parts told openly", number, pieces, (_sum(len(some)),), ((0, DOWN), *_all(len(some) + 1, UP)[1:])
    )


def total(random: Random) -> Planted:
    """Items and their total behind them."""
    _, by, some = _split(random)
    whole, count = whole_of(some), "零一两三四五六"[len(some)]
    number, pieces = _chosen(
        random,
        [
            ["2023年，", *joined(some, "、"), "，合计", whole, "。"],
            ["2023年，", *joined(some, "，"), f"，{count}项合计", whole, "。"],
            ["全年", *joined(some, "、"), "，总计", whole, "。"],
            ["全年", *joined(some, "、", "和"), f"，{count}类共", whole, "。"],
            [
                f"分{by}看，",
                *joined(some, "、"),
                "，三者相加为" if len(some) == 3 else "，相加为",
                whole,
                "。",
            ],
            ["当年", *joined(some, "，"), "，以上共计", whole, "。"],
            ["当年", *joined(some, "；"), "；合计", whole, "。"],
        ],
    )
    tie = Tie((len(some),), tuple(range(len(some))))
    return Planted("total", number, pieces, (tie,), _all(len(some) + 1))


def two_breakdowns(random: Random) -> Planted:
    """One whole split twice."""
    thing = random.choice([t for t in SPLIT if len(t.by) > 1])
    (by, kinds), (other_by, other_kinds) = random.sample(thing.by, 2)
    head = random.choice(thing.told)
    some = thing.parts(kinds[:4], random)
    whole = whole_of(some)
    others = _shared_out(whole, other_kinds[:3], random)
    number, pieces = _chosen(
        random,
        [
            [
                head,
                whole,
                f"。按{by}分，",
                *joined(some, "，"),
                f"；按{other_by}分，",
                *joined(others, "，"),
                "。",
            ],
            [
                head,
                whole,
                f"。按{by}分：",
                *joined(some, "、"),
                f"。按{other_by}分：",
                *joined(others, "、"),
                "。",
            ],
            [
                head,
                whole,
                f"，从{by}看，",
                *joined(some, "、"),
                f"；从{other_by}看，",
                *joined(others, "、"),
                "。",
            ],
            [
                head,
                whole,
                f"（按{by}分：",
                *joined(some, "、"),
                f"；按{other_by}分：",
                *joined(others, "、"),
                "）。",
            ],
            [
                head,
                whole,
                f"，按{by}划分为",
                *joined(some, "、"),
                f"，按{other_by}划分为",
                *joined(others, "、"),
                "。",
            ],
            [
                head,
                whole,
                f"。按{by}统计，",
                *joined(some, "，"),
                f"。按{other_by}统计，",
                *joined(others, "，"),
                "。",
            ],
        ],
    )
    first = len(some)
    ties = (_sum(first), Tie((0,), tuple(range(first + 1, first + len(others) + 1))))
    return Planted("two breakdowns", number, pieces, ties, _all(first + len(others) + 1))


def _shared_out(whole: Amount, kinds: Sequence[str], random: Random) -> list[tuple[str, Amount]]:
    """A whole shared out among kinds in another way."""
    left, found = whole.value, []
    for i, kind in enumerate(kinds):
        last = i == len(kinds) - 1
        part = left if last else (left * random.randint(30, 60) / 100).quantize(whole.value)
        found.append((kind, Amount(part, whole.unit)))
        left -= part
    return found


def counts_and_money(random: Random) -> Planted:
    """Projects and their money, each split alike."""
    kinds = tuple(random.sample(PROJECTS.by[0][1], 3))
    counts, money = PROJECTS.parts(kinds, random), MONEY.parts(kinds, random)
    n, m = whole_of(counts), whole_of(money)
    (a, an), (b, bn), (c, cn) = counts
    am, bm, cm = (told for _, told in money)
    number, pieces = _chosen(
        random,
        [
            ["实施项目", n, "、投资", m, f"，其中{a}", an, "、投资", am, f"，{b}", bn, "、投资", bm, f"，其余{c}", cn, "、投资", cm, "。"],
            ["安排项目", n, "，资金", m, f"，分别为{a}", an, "、资金", am, f"；{b}", bn, "、资金", bm, f"；{c}", cn, "、资金", cm, "。"],
            ["实施项目", n, "，总投资", m, f"。按行业分，{a}", an, "，投资", am, f"；{b}", bn, "，投资", bm, f"；{c}", cn, "，投资", cm, "。"],
            ["下达项目", n, "、资金", m, f"。按类别划分：{a}", an, "、资金", am, f"；{b}", bn, "、资金", bm, f"；{c}", cn, "、资金", cm, "。"],
            ["安排援藏项目", n, "（投资", m, f"），分别为{a}", an, "（投资", am, f"）、{b}", bn, "（投资", bm, f"）、{c}", cn, "（投资", cm, "）。"],
            ["安排援藏项目", n, "，投入", m, f"，按领域分：{a}", an, "，投入", am, f"；{b}", bn, "，投入", bm, f"；{c}", cn, "，投入", cm, "。"],
        ],
    )  # fmt: skip
    ties = (Tie((0,), (2, 4, 6)), Tie((1,), (3, 5, 7)))
    return Planted("counts and money", number, pieces, ties, _all(8))


def rate(random: Random) -> Planted:
    """A part, its whole and the rate."""
    whole = random.randint(40, 400)
    part = random.randint(whole // 3, whole - 2)
    n, d = amount(part, "个"), amount(whole, "个")
    share = amount(Decimal(100 * part) / whole, "%", random.choice((1, 2)))
    plan = random.randint(200000, 900000)
    paid = random.randint(plan // 3, plan - 2000)
    p, q = amount(Decimal(paid) / 100, "万元", 2), amount(Decimal(plan) / 100, "万元", 2)
    of_plan = amount(Decimal(100 * paid) / plan, "%", 1)
    wordings: list[Pieces] = [
        ["全年计划实施项目", d, "，已开工", n, "，开工率", share, "。"],
        ["援藏项目共", d, "，其中已完工", n, "，完工率达", share, "。"],
        ["截至年底，", d, "援藏项目中有", n, "开工建设，开工率为", share, "。"],
        ["计划投资", q, "，实际完成投资", p, "，完成率", of_plan, "。"],
        ["年度计划投资", q, "，已完成", p, "，占计划的", of_plan, "。"],
        ["到位资金", q, "，已拨付", p, "，拨付率", of_plan, "。"],
        ["全年安排援藏资金", q, "，其中民生领域", p, "，占", of_plan, "。"],
        ["下达资金", q, "，支出", p, "，支出进度", of_plan, "。"],
    ]
    number, pieces = _chosen(random, wordings)
    return Planted("rate", number, pieces, (Tie((1,), (0, 2), needed=3),), ((0, UP), (1, DOWN), (2, DOWN)))


def growth(random: Random) -> Planted:
    """Two levels and the growth between them."""
    base = random.randint(800, 5000)
    level = base + random.randint(base // 10, base // 2)
    per_cent = amount(Decimal(100 * (level - base)) / base, "%", random.choice((1, 2)))
    unit = random.choice(("人次", "万元", "吨"))
    told = {"人次": "接待游客", "万元": "销售农产品", "吨": "青稞产量达"}[unit]
    x, y, more = amount(level, unit), amount(base, unit), amount(level - base, unit)
    less = amount(Decimal(100 * (level - base)) / level, "%", 1)
    wordings: list[Pieces] = [
        [f"2023年{told}", x, "，比上年的", y, "增长", per_cent, "。"],
        [f"2023年{told}", x, "，上年为", y, "，增长", per_cent, "。"],
        [f"2023年{told}", x, "，较去年", y, "增加", more, "。"],
        [f"{told[:-1] if told[-1] == '达' else told}由上年的", y, "增加到", x, "，增长", per_cent, "。"],
        [f"2023年{told}", x, "（上年", y, "），同比增长", per_cent, "。"],
        [f"2022年{told}", y, "，2023年", x, "，同比增长", per_cent, "。"],
        [f"2023年{told}", x, "，比2022年的", y, "多", more, "。"],
        [f"2023年{told}", y, "，比上年的", x, "下降", less, "。"],
    ]
    number, pieces = _chosen(random, wordings)
    if number == 3:
        return Planted("growth", number, pieces, (Tie((1,), (0, 2), needed=2),), _all(3))
    ordered = (Tie((0,), (1, 2), needed=0 if number in (2, 6) else 3),)
    return Planted("growth", number, pieces, ordered, _all(3))


def points(random: Random) -> Planted:
    """Two rates and the points between them."""
    before = random.randint(400, 800)
    after = before + random.randint(20, 150)
    a, b = amount(Decimal(before) / 10, "%", 1), amount(Decimal(after) / 10, "%", 1)
    p = amount(Decimal(after - before) / 10, "个百分点", 1)
    what = random.choice(("高中阶段毛入学率", "参保率", "自来水普及率", "住院分娩率"))
    wordings: list[Pieces] = [
        [f"{what}由", a, "提高到", b, "，提高", p, "。"],
        [f"{what}从", a, "上升至", b, "，上升", p, "。"],
        [f"{what}达到", b, "，比上年的", a, "提高", p, "。"],
        [f"{what}从上年的", a, "提升到", b, "，提升了", p, "。"],
        [f"{what}为", b, "，较上年", a, "提高", p, "。"],
        [f"{what}由", b, "下降到", a, "，下降", p, "。"],
        [f"{what}由", a, "增至", b, "（提高", p, "）。"],
    ]
    number, pieces = _chosen(random, wordings)
    tie = Tie((0,), (1, 2), needed=3 if number in (2, 4) else 2)
    return Planted("points", number, pieces, (tie,), _all(3))


def average(random: Random) -> Planted:
    """A total, a number and what falls to each."""
    homes = random.randint(60, 900)
    sum_ = random.randint(300, 3000)
    each = amount(Decimal(sum_ * 10000) / homes, "元", 0)
    m, h = amount(sum_, "万元"), amount(homes, "户")
    n = random.randint(8, 60)
    p, per = amount(n, "个"), amount(Decimal(sum_) / n, "万元", 2)
    wordings: list[Pieces] = [
        ["发放产业分红", m, "，惠及群众", h, "，户均", each, "。"],
        ["合作社分红", m, "，", h, "受益，户均分红", each, "。"],
        ["项目总投资", m, "，涉及", h, "，平均每户", each, "。"],
        ["安排资金", m, "，实施项目", p, "，平均每个项目", per, "。"],
        ["向", p, "村拨付资金", m, "，村均", per, "。"],
        ["共有", h, "参与分红，分红总额", m, "，户均", each, "。"],
        ["实施小型项目", p, "，总投资", m, "，单个项目平均", per, "。"],
    ]
    number, pieces = _chosen(random, wordings)
    return Planted("average", number, pieces, (Tie((0,), (1, 2), needed=3),), _all(3))


def remainder(random: Random) -> Planted:
    """A whole, what is done of it and what is left."""
    done, left = random.randint(2000, 8000), random.randint(600, 3000)
    w, a, r = amount(done + left, "万元"), amount(done, "万元"), amount(left, "万元")
    n, b, s = amount(done // 50 + left // 50, "个"), amount(done // 50, "个"), amount(left // 50, "个")
    wordings: list[Pieces] = [
        ["到账资金", w, "，已拨付", a, "，剩余", r, "。"],
        ["年度援藏资金", w, "，已支出", a, "，尚余", r, "未支出。"],
        ["安排项目", n, "，已完工", b, "，其余", s, "正在建设。"],
        ["计划实施项目", n, "，开工", b, "，尚有", s, "未开工。"],
        ["下达资金", w, "，其中已使用", a, "，剩余资金", r, "结转使用。"],
        ["项目共", n, "，竣工", b, "，还有", s, "未竣工。"],
        ["安排资金", w, "，已到位", a, "，尚未到位", r, "。"],
    ]
    number, pieces = _chosen(random, wordings)
    return Planted("remainder", number, pieces, (Tie((0,), (1, 2)),), _all(3))


def account(random: Random) -> Planted:
    """What a year begins with, takes in, pays out and ends with."""
    o, i = random.randint(20000, 90000), random.randint(300000, 900000)
    e = random.randint(i // 2, i)
    opening, income, outlay, closing = (amount(Decimal(v) / 100, "万元", 2) for v in (o, i, e, o + i - e))
    wordings: list[Pieces] = [
        ["上年结转", opening, "，本年收入", income, "，本年支出", outlay, "，年末结余", closing, "。"],
        ["年初结余", opening, "，当年到位", income, "，当年支出", outlay, "，年末结余", closing, "。"],
        ["期初余额", opening, "，全年收到援藏资金", income, "，拨付", outlay, "，期末余额", closing, "。"],
        [
            "上年结余资金",
            opening,
            "，2023年资金收入",
            income,
            "；全年支出",
            outlay,
            "，结转下年",
            closing,
            "。",
        ],
        ["援藏资金上年结转", opening, "、本年拨入", income, "，本年列支", outlay, "，结存", closing, "。"],
        ["年初余额", opening, "。全年筹集资金", income, "，使用", outlay, "。年末余额", closing, "。"],
    ]
    number, pieces = _chosen(random, wordings)
    return Planted("account", number, pieces, (Tie((0, 1), (2, 3)),), _all(4))


def series(random: Random) -> Planted:
    """A cumulative total of an earlier report and of a later one; only two reports can clash in it."""
    before = random.randint(900, 5000)
    after = amount(before + random.randint(1, 80), "人次")
    team, old = "重庆市第九批援藏工作队", amount(before, "人次")
    wordings = [
        ("截至2022年底，{}累计培训农牧民{}。", "截至2023年底，{}累计培训农牧民"),
        ("截至2022年12月底，{}累计诊疗患者{}。", "截至2023年12月底，{}累计诊疗患者"),
        ("截至2022年6月底，{}累计接诊患者{}。", "截至2022年底，{}累计接诊患者"),
        ("截至2022年12月31日，{}已累计开展手术培训{}。", "截至2023年12月31日，{}已累计开展手术培训"),
        ("截至2022年底，{}累计组织劳务输出{}。", "截至2023年底，{}累计组织劳务输出"),
        ("截至2021年底，{}累计培训教师{}。", "截至2023年6月底，{}累计培训教师"),
    ]
    number = random.randrange(len(wordings))
    first, then = wordings[number]
    pieces = (then.format(team), after, "。")
    tie = Tie((0,), (), needed=2)
    return Planted("series", number, pieces, (tie,), ((0, DOWN),), first.format(team, old))


FORMS: tuple[Callable[[Random], Planted], ...] = (
    parts,
    parts_told_openly,
    total,
    two_breakdowns,
    counts_and_money,
    rate,
    growth,
    points,
    average,
    remainder,
    account,
    series,
)
