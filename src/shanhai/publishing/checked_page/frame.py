"""The page around the result: head with its security policy, masthead, help, scripts."""

from collections.abc import Iterator, Sequence

from shanhai.model import UnreadableInput
from shanhai.publishing.page.document import (
    could_not_be_read,
    document_head,
    embedded,
    footer,
    keyboard_help,
    masthead,
)
from shanhai.publishing.page.masking import without_private
from shanhai.publishing.page.words import Word, both
from shanhai.reasoning.checked import Checked

_HERE = "shanhai.publishing.checked_page"
NO_SCRIPT = ".needs-script{display:none!important}.apart{display:block}"
_KEYS = (
    (("j", "k", "↓", "↑"), Word("下一处、上一处要看的数字", "next, previous number that needs work")),
    (("Enter",), Word("在数字与批注之间跳转", "jump between number and note")),
    (("e",), Word("展开或收起全部批注", "unfold or fold all notes")),
    (("Esc",), Word("收起当前批注", "close the current note")),
    (("?",), Word("打开这份说明", "this help")),
)
_SKIPS = (
    ("draft", Word("跳到文稿", "Skip to the draft")),
    ("after-draft", Word("跳过文稿", "Skip the draft")),
)


def style() -> str:
    """The page's style: that of the page of claims without its list and cards, and its own."""
    shared = embedded(("page.css", "marks.css", "print.css"))
    return shared + embedded(("verdicts.css", "checked.css", "notes.css", "below.css", "print.css"), _HERE)


def script() -> str:
    """The page's script."""
    return embedded(("base.js",)) + embedded(("checked.js",), _HERE)


def head(checked: Checked) -> str:
    """The document's head."""
    report = checked.draft.report
    name = without_private((report.title if report else None) or checked.draft.doc)
    return document_head(style(), script(), NO_SCRIPT, f"{name} · 核对结果 · 山海 Shanhai")


def opening(unreadable: Sequence[UnreadableInput]) -> Iterator[str]:
    """The body down to where the summary begins."""
    yield masthead(_SKIPS, "")
    yield from could_not_be_read(unreadable)
    yield '<main id="checked">\n'


def closing(generated: str) -> Iterator[str]:
    """Everything after the last section."""
    yield "</main>\n"
    yield footer(generated)
    yield (
        '<nav id="bar" class="needs-script" aria-label="要看的数字 Numbers that need work">'
        '<button type="button" class="step" data-step="-1" aria-label="上一处 Previous">‹</button>'
        f'<button type="button" class="to-summary">{both(Word("结果", "Result"))} <output class="position"></output></button>'
        '<button type="button" class="step" data-step="1" aria-label="下一处 Next">›</button></nav>\n'
        '<p id="status" class="sr" role="status"></p>\n'
    )
    yield keyboard_help(_KEYS)
    yield f"<script>{script()}</script>\n</body>\n</html>\n"
