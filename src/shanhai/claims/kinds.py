"""Kinds: whether a figure is a level, a change, a share, and which way a change goes."""

import re

from shanhai.claims.grammar import grammar
from shanhai.claims.joining import Joined
from shanhai.model import Kind

_BETWEEN = re.compile(
    "(?:了|掉|率|速度|幅度|幅|速|均|都|各|又|再|已|也|分别|同比|环比|平均|达到|达|为|是|高达|仅|只|在|要|将|控制|确保|保持|稳定|控制|维持|近|约|超过?|逾|不足|大约|"
    r"[、\s]|[^，。；\d]{0,3}比[^，。；]{0,6})*"
)
_MOVED_TO = re.compile(
    "(?:提|提高|提升|增长|增加|上升|升|升高|下降|降低|减少|扩大|回落|下跌|上涨|涨|降|增|减|跌|高)(?:到|至|为)"
    "|(?:水平|程度|质量|最|更|较|新)高|(?:至|最|不|很|较)(?:多|少|低)"
)
_LIST = re.compile(r"[、，,]?\s*[、和及与]?\s*")
_OF = re.compile("(?:以上|左右|多|以内|以下)?的(?P<noun>[^，。；、！？]{0,6})")
_CHANGE_NOUN = re.compile("速度|增速|增幅|涨幅|增长率|降幅|幅度")
_NO_PART = re.compile(
    "目标|水平|利率|税率|关税|折扣|比例|概率|[^，。]{0,4}率|高位|[^，。]{0,3}成绩|佳绩|优惠|价格|溶液|酒精|湿度|坡度|浓度|补贴|补助|费用"
)
_PART_AFTER = re.compile(
    "(?:以上|左右|多)?(?:为|是|来自|用于|属于|投向|由|系|均为|都是|学生|农户|群众|企业|居民|村民|受访|家庭|人口|投资者|股份)"
)
_PART_BEFORE = re.compile(
    "占(?!地|领|用|补)|比重|份额|之比|其中[^，。率]{0,14}$|按[^，。率]{0,10}的$|比例[为是达]"
)
_RATE = re.compile("[^效]率")
_CLAUSE_SIGNS = "，。；！？,;"
_RATIO_UNITS = frozenset({"%", "‰"})


def kind_of(text: str, joined: Joined, start: int, before: tuple[Kind, int, int] | None) -> tuple[Kind, int]:
    """The kind of a quantity and, for changes, its sign.

    Args:
        text: the mended text.
        joined: the quantity.
        start: where its passage begins.
        before: kind, sign and end of the quantity of the same unit before it in the passage, if any.
    """
    last = joined.last
    if joined.moves:
        return Kind.FROM_TO, 1
    if last.unit != "百分点" and not last.share and last.unit not in _RATIO_UNITS:
        return Kind.LEVEL, 1
    if before is not None and _LIST.fullmatch(text, before[2], joined.start):
        return before[0], before[1]
    direction = _direction(text, joined, start)
    if last.unit == "百分点":
        return Kind.POINTS, direction or 1
    if direction:
        return Kind.CHANGE, direction
    if last.share:
        return (Kind.LEVEL if _is_rate(text, joined, start) else Kind.SHARE), 1
    return (Kind.SHARE if _is_part(text, joined, start) else _level_or_change(text, joined)), 1


def _direction(text: str, joined: Joined, start: int) -> int:
    """1 for a rise, -1 for a fall, 0 where the figure is not told as a change. A written sign is in the value."""
    clause = text[max(start, joined.start - 18) : joined.start]
    for found in reversed(list(grammar().change.finditer(clause))):
        if _BETWEEN.fullmatch(clause, found.end()):
            if _MOVED_TO.search(clause, max(0, found.start() - 1)):
                break
            return 1 if found["up"] or joined.last.sign < 0 else -1
    return 1 if joined.last.sign < 0 and joined.last.unit == "%" else 0


def _is_rate(text: str, joined: Joined, start: int) -> bool:
    """A rate told in tenths or halves (成活率达九成)."""
    return bool(_RATE.search(_clause(text, joined, start)))


def _clause(text: str, joined: Joined, start: int) -> str:
    clause = text[max(start, joined.start - 24) : joined.start]
    return clause[max(clause.rfind(c) for c in _CLAUSE_SIGNS) + 1 :]


def _is_part(text: str, joined: Joined, start: int) -> bool:
    clause = _clause(text, joined, start)
    if _PART_BEFORE.search(clause):
        return True
    found = _OF.match(text, joined.end)
    if found:
        noun = found["noun"]
        return (
            bool(noun)
            and not _CHANGE_NOUN.match(noun)
            and not _NO_PART.match(noun)
            and "率" not in clause[-8:]
        )
    return (
        bool(_PART_AFTER.match(text, joined.end))
        and "率" not in clause
        and clause[-1:] not in tuple("达为到至")
    )


def _level_or_change(text: str, joined: Joined) -> Kind:
    found = _OF.match(text, joined.end)
    return Kind.CHANGE if found and _CHANGE_NOUN.match(found["noun"]) else Kind.LEVEL
