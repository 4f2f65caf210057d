"""What the page calls things: Chinese first, English beside it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from shanhai.catalogue.areas import load_areas
from shanhai.model import Approx, DamageKind, Kind, Role, Status
from shanhai.publishing.page.escaping import escape


class Word(NamedTuple):
    """One label in both languages."""

    zh: str
    en: str = ""


_language: ContextVar[str] = ContextVar("language", default="")


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Within it, labels and messages are written in one language only: ``zh`` or ``en``; in both outside of it."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def in_one_language(word: Word) -> str | None:
    """What a label says in the language that is spoken (``spoken``); None where both are written."""
    language = _language.get()
    if not language:
        return None
    return word.en if language == "en" and word.en else word.zh


def said(word: Word) -> str:
    """A label as plain text, for attributes: in the language that is spoken, else in both."""
    alone = in_one_language(word)
    return f"{word.zh} {word.en}".strip() if alone is None else alone


KINDS: Mapping[Kind, Word] = {
    Kind.LEVEL: Word("数量", "level"),
    Kind.CHANGE: Word("增减幅", "change"),
    Kind.POINTS: Word("百分点", "points"),
    Kind.SHARE: Word("占比", "share"),
    Kind.FROM_TO: Word("由…到…", "from–to"),
}
APPROX: Mapping[Approx, Word] = {
    Approx.EXACT: Word("确数", "exact"),
    Approx.ABOUT: Word("约", "about"),
    Approx.NEARLY: Word("近", "nearly"),
    Approx.OVER: Word("超", "over"),
}
STATUS: Mapping[Status, Word] = {
    Status.DONE: Word("已实现", "done"),
    Status.EXPECTED: Word("预期", "expected"),
}
UNKNOWN = Word("未判定", "not read")
MINOR = Word("背景", "background")
LOST = Word("含缺失字符", "lost character")
LOST_WHY = Word("原文此处的字符已丢失，无法还原", "Lost in the source; cannot be restored")
UNREADABLE_WHY = Word("此数含缺失字符，无法读出", "This figure holds lost characters and cannot be read")
VAGUE = Word("无确数", "no exact number")
UNSAID = Word("文中未说", "Not stated")

ROLES: Mapping[Role, Word] = {
    Role.BYLINE: Word("署名信息", "byline"),
    Role.FURNITURE: Word("页面杂项", "page furniture"),
    Role.REPEAT: Word("重复内容", "repeated"),
    Role.SPAM: Word("植入的垃圾内容", "injected spam"),
    Role.HIDDEN: Word("隐藏内容", "hidden"),
}
DAMAGE: Mapping[DamageKind, Word] = {
    DamageKind.PINYIN_GLOSS: Word("夹带的拼音", "pinyin gloss"),
    DamageKind.TRADITIONAL_SCRIPT: Word("繁体字", "traditional script"),
    DamageKind.FULL_WIDTH: Word("全角字符", "full-width"),
    DamageKind.DECIMAL_SIGN: Word("小数点", "decimal sign"),
    DamageKind.BROKEN_PHRASE: Word("断开的词句", "broken phrase"),
    DamageKind.BROKEN_LINE: Word("断行", "broken line"),
    DamageKind.INVISIBLE: Word("不可见字符", "invisible"),
    DamageKind.LOST_CHARACTER: Word("缺失字符", "lost character"),
    DamageKind.UNREADABLE_FIGURE: Word("无法读出的数", "unreadable figure"),
    DamageKind.WRONG_CHARSET: Word("编码误标", "wrong charset"),
}
REMOVED = Word("移去的字符", "removed")

ROWS: Mapping[str, Word] = {
    "value": Word("折算", "Value"),
    "bounds": Word("所指范围", "Commits to"),
    "kind": Word("类型", "Kind"),
    "approx": Word("措辞", "Wording"),
    "status": Word("状态", "Status"),
    "area": Word("领域", "Area"),
    "indicator": Word("指标", "Indicator"),
    "measure": Word("所计", "Measure"),
    "period": Word("时间", "Period"),
    "place": Word("地点", "Place"),
    "party": Word("主体", "Party"),
    "counted": Word("计量单位", "Counted in"),
    "stage": Word("阶段", "Stage"),
    "form": Word("形式", "Form"),
    "cumulative": Word("累计", "Cumulative"),
    "since": Word("起算", "Since"),
    "scope": Word("范围", "Scope"),
    "minor": Word("备注", "Note"),
    "unsaid": UNSAID,
    "mended": Word("修复后", "Mended"),
    "span": Word("源文位置", "Source characters"),
    "definition": Word("口径", "Definition"),
    "quote": Word("原文", "As in source"),
}
DEFINITION: Mapping[str, Word] = {
    "planned": Word("计划", "planned"),
    "agreed": Word("签约", "agreed"),
    "arrived": Word("到位", "arrived"),
    "started": Word("开工", "started"),
    "completed": Word("完成", "completed"),
    "in_use": Word("投用", "in use"),
    "spent": Word("支出", "spent"),
    "money": Word("资金", "money"),
    "goods": Word("物资", "goods"),
    "both": Word("资金和物资", "money and goods"),
    "whole_team": Word("全队", "whole team"),
    "one_group": Word("其中一组", "one group"),
    "one_county": Word("一县", "one county"),
}


def part_of_definition(value: object) -> Word | None:
    """What one part of a definition says, in both languages where it is one of ours; None where it says nothing."""
    if value is None:
        return None
    if isinstance(value, bool):
        return Word("是", "yes") if value else Word("否", "no")
    return DEFINITION.get(str(value), Word(str(value)))


def area_word(area: str | None) -> Word:
    """The area's label; an area that the page does not know keeps its own name."""
    if area is None:
        return UNKNOWN
    known = load_areas().get(area)
    return Word(known.name_zh, known.name_en.lower()) if known else Word(area)


def colour(area: str | None, kind: Kind) -> str:
    """The class that colours a claim: by area when known, else by kind."""
    if area is None:
        return f"kind-{kind.value}"
    return f"area-{area if area in load_areas() else 'other'}"


def both(word: Word, *, mark: bool = False) -> str:
    """A label as HTML, the English smaller beside the Chinese; with ``mark`` the Chinese can be coloured apart."""
    alone = in_one_language(word)
    if alone is not None:
        told = f'<span lang="en">{escape(alone)}</span>' if alone == word.en else escape(alone)
        return f'<span class="zh">{told}</span>' if mark else told
    english = f' <span class="en" lang="en">{escape(word.en)}</span>' if word.en else ""
    chinese = f'<span class="zh">{escape(word.zh)}</span>' if mark else escape(word.zh)
    return f"{chinese}{english}"
