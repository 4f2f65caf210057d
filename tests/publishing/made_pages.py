"""Pages made from small reports, taken apart again for the tests that look into them."""

import datetime
import json
from collections.abc import Sequence
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from shanhai.model import (
    Approx,
    Bounds,
    Claim,
    Report,
    Role,
    Status,
    UnreadableInput,
)
from shanhai.publishing.page import write_page

from .building import claim, report


def page(
    *read: tuple[Report, Sequence[Claim]], unreadable: Sequence[UnreadableInput] = (), generated: str = ""
) -> str:
    return "".join(write_page(read, unreadable=unreadable, generated=generated))


def parsed(*read: tuple[Report, Sequence[Claim]], **more: Any) -> LexborHTMLParser:
    return LexborHTMLParser(page(*read, **more))


def by_id(tree: LexborHTMLParser, name: str) -> LexborNode:
    found = [node for node in tree.css("[id]") if node.attributes["id"] == name]
    assert len(found) == 1, name
    return found[0]


def cards(tree: LexborHTMLParser) -> list[dict[str, Any]]:
    return [card for block in tree.css("script.cards") for card in json.loads(block.text())]


def an_ordinary_report() -> tuple[Report, list[Claim]]:
    brief = report(
        (Role.TITLE, "引进企业59家"),
        (Role.FURNITURE, "首页 > 新闻", "breadcrumb"),
        "投入援藏资金2.71{億|亿}元，选派{幹|干}部110余名。",
        (Role.HEADING, "二、培训1.6{萬|万}{(wàn)|}人"),
        (Role.CAPTION, "图为第3所学校"),
        (Role.TABLE, "项目\t金额"),
        (Role.TABLE, "卫生院\t300万元"),
        (Role.SPAM, "彩票 99倍", "foreign words"),
        title="引进企业59家",
        publisher="西藏日报",
        date=datetime.date(2024, 6, 21),
    )
    return brief, [
        claim(brief, "59家", 59, unit="家", area="industry", status=Status.DONE),
        claim(
            brief,
            "2.71億元",
            271_000_000,
            unit="元",
            area="funds",
            bounds=Bounds(270_500_000, 271_500_000, True, False),
        ),
        claim(
            brief,
            "110余名",
            110,
            unit="名",
            area="people",
            approx=Approx.OVER,
            bounds=Bounds(110, low_closed=False),
        ),
        claim(brief, "1.6萬(wàn)人", 16_000, unit="人", area="training", status=Status.EXPECTED),
        claim(brief, "3所", 3, unit="所", minor=True),
        claim(brief, "300万元", 3_000_000, unit="元", area="health"),
        claim(brief, "99倍", 99, unit="倍", area="other"),
    ]
