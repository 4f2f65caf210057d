"""What looks like a quantity and is none: years, dates, times, ordinals, codes, names, slogans.

Each rule answers for one reason. ``RULES`` lists them in the order in which they are asked.
"""

import re

from shanhai.claims.grammar import Grammar
from shanhai.claims.numerals import SCALES
from shanhai.claims.term import Term

ORDINAL = "ordinal"

_ONE_PLACE = frozenset({"一市", "一县", "一区", "一省", "一州", "一镇", "一乡"})
_LIST_SIGNS = frozenset({"、", "和", "至", "到", "-", "—", "及", "与", "或", "~", "，"})
_FRAME_AFTER = re.compile("(?:多|余)?(?:以?来|间|[之以]?前|[之以]?后|里|中(?!心)|期间|之际|之久)")
_YEAR_FOLLOWS = re.compile("[代级制度轻龄均产终初底末期会报版]")
_PERSON_TIME = frozenset({"岁", "周岁"})
_AGE_TOLD = re.compile("(?:平均|人均|预期|均|寿命|年龄)[^，。；]{0,6}$")
_HOUR = re.compile("(?:[时点]|[时点]\\d{1,2})$")
_ONE_MADE = re.compile(
    "(?:新建|建成|引进|捐赠|援建|改建|创建|设立|成立|开通|修建|扩建|建立|开设|新增|投用|建设|建)了?$"
)
_TOLD_BEFORE = re.compile(
    "(?:达到|[达为至到是共计报]|升至|增至|降至|收于|合计|总数|指数|里氏|震级|风力|阵风|得分|以|获|打了|得|拿下|砍下)$"
)
_TOLD_AFTER = re.compile("[，。；、）)！？!?,;.…\n]|以上|左右|以下|$")
_NAMED_BY_QUOTE = re.compile("[^“”，。；：！？]{0,16}”")
_NAMED_BY_TITLE = re.compile("[^《》\n]{0,40}》")
_CODE_BEFORE = re.compile(
    r"[A-Za-z]$|[A-Za-z][-—－·]$|(?:^|[^0-9])[一-鿿][-－·]$|\d[.:：∶/·]$|[-/]\d{1,2}[-/]$|[〔\[［№#＃*]$|(?:电话|热线|邮编|编号|证号|账号|QQ|邮箱|传真|微信)[:：]?$"
)
_CODE_AFTER = re.compile(r"[A-Za-z〕\]］]|[:：∶]\d|比\d|[/.·]\d|-\d{2}-|-\d{7}|号")
_DEVICE = re.compile("[一-鿿、，][A-Z]{2,3}$")
_LOST = "\ufffd"
_RANGE_AHEAD = re.compile("[到至~～—-]{1,2}[一二三四五六七八九十百千两0-9]")


class Place:
    """Where terms stand: the text, the passage's ends, and the end of the last ordinal (-1 before any)."""

    __slots__ = ("end", "grammar", "ordinal_end", "start", "text")

    def __init__(self, text: str, start: int, end: int, grammar: Grammar) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.grammar = grammar
        self.ordinal_end = -1

    def before(self, at: int, length: int = 1) -> str:
        """Up to ``length`` characters before ``at``, within the passage."""
        begin = at - length
        return self.text[begin if begin > self.start else self.start : at]


def excluded(term: Term, place: Place) -> str | None:
    """Why ``term`` is no quantity; None where it may be one."""
    for reason, rule in CHINESE_RULES if term.chinese else ARABIC_RULES:
        if rule(term, place):
            if reason is ORDINAL:
                place.ordinal_end = term.end
            return reason
    return None


def _ordinal(term: Term, place: Place) -> bool:
    before = place.before(term.number)
    if before == "第":
        return True
    return (
        place.ordinal_end >= 0
        and term.number - place.ordinal_end == 1
        and place.text[place.ordinal_end : term.number] in _LIST_SIGNS
    )


def _date_or_time(term: Term, place: Place) -> bool:
    word = term.word
    if word == "年":
        return _year(term, place)
    if word in ("月", "日", "时") or (word == "号" and not term.chinese):
        return True
    if word == "点":
        value = term.numeral.value
        return not term.scaled and isinstance(value, int) and value <= 24
    return word == "分" and bool(_HOUR.search(place.before(term.number, 3)))


def _year(term: Term, place: Place) -> bool:
    value = term.numeral.value
    if place.text[term.end : term.end + 1] == "代":
        return True
    if term.row or term.scaled or not isinstance(value, int):
        return False
    digits = term.chinese or place.text[term.number : term.number + 4]
    if 1000 <= value <= 2999 and ((term.chinese and "千" not in digits) or not term.chinese):
        return True
    return (
        not term.chinese
        and digits[0] in "056789"
        and digits[:2].isdigit()
        and (
            digits[0] == "0"
            or place.before(term.number) in ("’", "'", "从", "自", "至", "于", "是", "在", "与", "比")
            or place.text[term.end : term.end + 1] in tuple("初底末春夏秋冬")
        )
    )


def _code(term: Term, place: Place) -> bool:
    if term.chinese or term.number != term.start:
        return False
    before = place.before(term.number, 4)
    units = place.grammar.units
    if term.word in units.whole and _DEVICE.search(before):
        return False
    beside = before[-2:-1]
    if _CODE_BEFORE.search(before) and beside not in units.kind_of and beside not in SCALES:
        return True
    return not term.unit and bool(_CODE_AFTER.match(place.text, term.end, place.end))


def _unreadable(term: Term, place: Place) -> bool:
    """A numeral that touches a lost character may be another number."""
    return place.before(term.number) == _LOST or _LOST in place.text[term.number : term.end + 1]


def _long_digits(term: Term, place: Place) -> bool:
    value = term.numeral.value
    return (
        not term.unit and not term.scaled and not term.chinese and isinstance(value, int) and value >= 10**7
    )


def _name_by_quote(term: Term, place: Place) -> bool:
    before = place.before(term.number, 40)
    if "“" not in before and "《" not in before:
        return False
    before = before[-18:]
    opened = before.rfind("“")
    if opened > before.rfind("”") and _NAMED_BY_QUOTE.match(place.text, term.number, place.end):
        return True
    title = place.text.rfind("《", max(place.start, term.number - 40), term.number)
    if title < 0 or place.text.find("》", title, term.number) >= 0:
        return False
    return bool(_NAMED_BY_TITLE.match(place.text, term.number, place.end))


def _never_a_unit(term: Term, place: Place) -> bool:
    units = place.grammar.units
    if term.word not in units.never:
        return False
    things = units.only_with.get(term.word, ())
    around = place.before(term.start, 3) + "\0" + place.text[term.end : term.end + 3]
    return not any(thing in around for thing in things)


def _only_where_told(term: Term, place: Place) -> bool:
    if term.word not in place.grammar.units.told_only or term.minor:
        return False
    if term.word in ("点", "级", "分") and term.scaled:
        return False
    return not term.row and not _TOLD_BEFORE.search(place.before(term.start, 3))


def _chinese_without_count(term: Term, place: Place) -> bool:
    """Chinese numerals count only before a count noun that may follow them."""
    written = term.chinese
    if not written or term.share or term.word in ("%", "‰"):
        return False
    units = place.grammar.units
    if written == "一":
        return _one(term, place)
    if written in ("数", "几", "零") or (written[0] in "百千万亿" and not term.row):
        return True
    if not term.unit and _RANGE_AHEAD.match(place.text, term.end, place.end):
        return False
    if not term.unit:
        return not (term.row or term.scaled) or (len(written) == 1 and not term.row)
    if term.word not in units.any_numeral and units.kind_of.get(term.word) != "divisions":
        return True
    if len(written) == 1 and written != "十":
        return (term.word in units.not_after_single and written != "两") or (written == "二" and not term.row)
    return False


def _one(term: Term, place: Place) -> bool:
    """一 counts only where something was made or brought; even there it is background."""
    if term.word in place.grammar.units.any_numeral and (
        term.row or term.word == "倍" or term.numeral.value != 1
    ):
        return False
    term.minor = True
    return term.word not in ("所", "座", "家", "栋", "辆", "台", "条") or not _ONE_MADE.search(
        place.before(term.number, 4)
    )


def _exchange_base(term: Term, place: Place) -> bool:
    """1美元兑8.28元: the amount that a rate is told for."""
    return term.numeral.value in (1, 100) and place.text.startswith(("兑", "合人民币", "折合", "="), term.end)


def _place_name(term: Term, place: Place) -> bool:
    """一市三县: one of a kind beside several of another names the places."""
    if not term.chinese or place.grammar.units.kind_of.get(term.word) != "divisions":
        return False
    return place.before(term.number, 2) in _ONE_PLACE


def _age_of_one(term: Term, place: Place) -> bool:
    if term.word not in _PERSON_TIME:
        return False
    if term.row:
        term.minor = True
        return False
    return not _AGE_TOLD.search(place.before(term.number, 10))


def _time_frame(term: Term, place: Place) -> bool:
    if not term.minor or place.grammar.units.kind_of.get(term.word) != "duration":
        return False
    if term.word == "年" and _YEAR_FOLLOWS.match(place.text, term.end, place.end):
        return True
    return bool(_FRAME_AFTER.match(place.text, term.end, place.end))


def told(term: Term, place: Place) -> bool:
    """Whether a number without unit is told as a figure (达1200, 为0.85), not part of a name."""
    if term.share or (term.row and term.row not in ("at_least_before",)):
        return True
    value = term.numeral.value
    if term.scaled and (value is None or value >= 10_000):
        return True
    if isinstance(value, int) and 1900 <= value <= 2100:
        return False
    return bool(
        not term.chinese
        and _TOLD_BEFORE.search(place.before(term.start, 3))
        and _TOLD_AFTER.match(place.text, term.end, place.end)
    )


RULES = (
    (ORDINAL, _ordinal),
    ("unreadable", _unreadable),
    ("date_or_time", _date_or_time),
    ("code", _code),
    ("long_digits", _long_digits),
    ("never_a_unit", _never_a_unit),
    ("only_where_told", _only_where_told),
    ("chinese_without_count", _chinese_without_count),
    ("exchange_base", _exchange_base),
    ("place_name", _place_name),
    ("age_of_one", _age_of_one),
    ("time_frame", _time_frame),
    ("name_by_quote", _name_by_quote),
)
"""Every rule with the reason that it answers for, in the order in which they are asked."""

CHINESE_RULES = tuple(r for r in RULES if r[0] not in ("code", "long_digits"))
ARABIC_RULES = tuple(r for r in RULES if r[0] not in ("chinese_without_count", "place_name"))
