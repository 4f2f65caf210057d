"""What comments and summary say beyond the names of the verdicts: Chinese first, English beside it."""

from typing import Final

from shanhai.publishing.page.words import Word

REGISTER: Final = Word("台账", "register")
RECORDS: Final = Word("台账记录", "records in the register")
FOR: Final = Word("支持", "for")
AGAINST: Final = Word("相左", "against")
TOGETHER: Final = Word("一同涉及", "together with")
SUM: Final = Word("算式", "sum")
SETTLES: Final = Word("怎样了结", "What would settle it")
SHARED: Final = ("详见“{}”处的批注。", "See the comment at {}.")
REPORTED: Final = Word("据", "reported by")
NOBODY: Final = Word("发布者未说明", "publisher not stated")
ON: Final = Word("日期", "on")
NO_DATE: Final = Word("日期未说明", "date not stated")
HERE: Final = Word("本稿", "this draft")
NO_TEXT: Final = Word("原文不在手，只有数字", "only the figure is at hand")

BESIDE_BOX: Final = (
    "此数在文本框、拼音、公式或锁定的控件之内，Word 不能在那里加批注，所以批注加在外面。",
    "The number stands in a text box, a reading, a formula or a locked control, where Word takes no comment; so this one "
    "stands around it.",
)
BESIDE_NOTE: Final = (
    "此数在脚注或尾注里，Word 不能在那里加批注，所以批注加在注号处。",
    "The number stands in a footnote or endnote, where Word takes no comment; so this one stands at the note's sign.",
)
BESIDE_FURNITURE: Final = (
    "此数不在正文里（页眉、页脚，或正文没有引用的注），Word 不能在那里加批注，所以批注加在文首。",
    "The number stands outside the text (a header, a footer, a note that nothing refers to), where Word takes no "
    "comment; so this one stands at the beginning.",
)

TITLE: Final = Word("核对结果", "Result of the check")
ADDED: Final = (
    "本页由山海（Shanhai）核对后加在文末，不是原文的一部分。原文、样式和修订均未改动；要改的数字旁有批注。",
    "Shanhai added this page after checking; it is no part of the draft. Text, styles and tracked changes are as "
    "they were. A comment stands at each number that needs one.",
)
ATTRIBUTED: Final = (
    "这里和批注里的数字都是所注报告的说法，只注明出处，不代表认可。",
    "Figures here and in the comments are what the named reports say: attributed, not endorsed.",
)
COUNTS: Final = Word("各类数字", "Numbers by verdict")
VERDICT: Final = Word("结论", "Verdict")
NUMBERS: Final = Word("个数", "Numbers")
ALL: Final = Word("合计", "all")
LIST: Final = Word("要处理的数字", "Numbers that need work")
ORDER: Final = Word("序", "No.")
QUOTE: Final = Word("原文", "In the draft")
TODO: Final = Word("怎么办", "What to do")
NOTHING: Final = Word("没有要处理的数字。", "No number needs work.")


def both(word: Word) -> str:
    """A label in both languages."""
    return f"{word.zh} {word.en}"


def more(count: int) -> str:
    """That a list leaves some out."""
    return f"还有 {count:,} 处 and {count:,} more"
