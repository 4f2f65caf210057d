"""How the page shows each verdict: a character in a seal, a colour, a name, and what to do next."""

from collections.abc import Mapping
from typing import NamedTuple

from shanhai.model import Verdict
from shanhai.publishing.page.words import Word


class Face(NamedTuple):
    """One verdict as a reader meets it.

    Attributes:
        seal: one character that stands at the number, so that colour never speaks alone.
        word: its name.
        todo: what to do next.
        noted: whether its note stands beside the text from the start; otherwise on demand.
    """

    seal: str
    word: Word
    todo: Word
    noted: bool


FACES: Mapping[Verdict, Face] = {
    Verdict.DOES_NOT_ADD_UP: Face(
        "算",
        Word("算不拢", "does not add up"),
        Word(
            "与一同说的其他数对不上：按批注里的算式逐项核对，改正错的那个。",
            "It clashes with other numbers: go through the sum in the note and correct the wrong one.",
        ),
        True,
    ),
    Verdict.DIFFERS: Face(
        "异",
        Word("与证据不符", "differs"),
        Word(
            "看两边的原句，改正数字，或写明为何不同。", "Read both sentences; correct the number or say why."
        ),
        True,
    ),
    Verdict.REPEATS: Face(
        "旧",
        Word("疑似旧数", "repeats another period"),
        Word("确认不是往年或别队的数字。", "Make sure it is not another year's or another team's number."),
        True,
    ),
    Verdict.DEFINITION: Face(
        "径",
        Word("口径不同", "differs by definition"),
        Word(
            "写明口径：人还是人次，签约还是到位，从何时算起。",
            "Say what is counted: people or visits, agreed or arrived, since when.",
        ),
        True,
    ),
    Verdict.ROUNDED: Face(
        "约",
        Word("取整后相符", "backed when rounded"),
        Word("可以用；要确数就照证据填写。", "It can stay; take the exact figure if one is wanted."),
        True,
    ),
    Verdict.BACKED: Face("✓", Word("有据", "backed"), Word("不用处理。", "Nothing to do."), False),
    Verdict.PROMISED: Face(
        "诺",
        Word("只有计划", "promised only"),
        Word(
            "已经做到的，补上依据；还没有做到的，写明是计划和期限。",
            "If it is done, add the evidence; if not, call it a plan and say when it is due.",
        ),
        True,
    ),
    Verdict.NO_SOURCE: Face(
        "无",
        Word("没有来源", "no source"),
        Word("找到出处，或加上证据再核对一次。", "Find its source, or add evidence and check again."),
        False,
    ),
}


def css_class(verdict: Verdict) -> str:
    """The class that colours a verdict."""
    return f"v-{verdict.value}"


def seal(verdict: Verdict) -> str:
    """The verdict's seal as HTML; its name always stands beside it, so it is not read aloud."""
    return f'<i class="seal c {css_class(verdict)}" aria-hidden="true">{FACES[verdict].seal}</i>'
