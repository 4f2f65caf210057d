"""The page around the reports: masthead, totals, list of reports, help, scripts."""

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
from shanhai.publishing.page.escaping import escape, json_block
from shanhai.publishing.page.masking import without_private
from shanhai.publishing.page.report_section import Entry
from shanhai.publishing.page.words import ROWS, Word, both

STYLES = ("page.css", "marks.css", "claims.css", "card.css", "print.css")
SCRIPTS = ("base.js", "page.js", "filters.js", "card.js", "keys.js")
NO_SCRIPT = (
    ".needs-script,.claims .filters,.toggles,#card,#index label{display:none!important}.apart{display:block}"
    ".report{display:grid!important}@media(max-width:1279px){#index{position:static;width:auto;height:auto;"
    "transform:none;visibility:visible}body{display:flex;flex-direction:column}}@media(max-width:819px){"
    ".report{display:block!important}.claims{position:static;height:auto;transform:none;visibility:visible}}"
)
NO_REPORTS = Word("没有读到报告。", "No reports were read.")
_MANY = 8
"""Reports from which on their list can be searched."""

_KEYS = (
    (("j", "k", "↓", "↑"), Word("下一处、上一处数字", "next, previous claim")),
    (("Enter",), Word("在原文与清单之间跳转", "jump between text and list")),
    (("/",), Word("筛选数字", "filter the claims")),
    (("]", "["), Word("下一份、上一份报告", "next, previous report")),
    (("Esc",), Word("关闭", "close")),
    (("?",), Word("打开这份说明", "this help")),
)


def head() -> str:
    """The document's head."""
    return document_head(embedded(STYLES), embedded(SCRIPTS), NO_SCRIPT)


def opening() -> str:
    """The body down to where the reports begin."""
    skips = (("text", Word("跳到正文", "Skip to text")), ("claims", Word("跳到数字清单", "Skip to claims")))
    reports = f'<button type="button" class="open-index">{both(Word("报告", "Reports"))}</button>'
    return f'{masthead(skips, reports)}<main id="reports" tabindex="-1">\n'


def closing(entries: Sequence[Entry], unreadable: Sequence[UnreadableInput], generated: str) -> Iterator[str]:
    """Everything after the reports. The totals stand at the end, so that reports can be written as they are read."""
    if not entries:
        what = both(Word("没有可以显示的内容，请换一份文件再试。", "Nothing to show; try another file."))
        yield f'<div class="nothing"><h2>{both(NO_REPORTS)}</h2><p>{what}</p></div>\n'
    yield "</main>\n"
    yield _totals(entries, unreadable)
    yield from could_not_be_read(unreadable)
    if len(entries) > 1:
        yield from _index(entries)
    yield footer(generated)
    yield _bar()
    yield '<div id="card" role="tooltip" hidden></div>\n<p id="status" class="sr" role="status"></p>\n'
    yield keyboard_help(_KEYS)
    words = {"rows": {key: list(word) for key, word in ROWS.items()}}
    yield f'<script type="application/json" id="words">{json_block(words)}</script>\n'
    yield f"<script>{embedded(SCRIPTS)}</script>\n</body>\n</html>\n"


def _totals(entries: Sequence[Entry], unreadable: Sequence[UnreadableInput]) -> str:
    figures = [
        (len(entries), Word("份报告", "reports"), ""),
        (sum(e.claims for e in entries), Word("处数字", "claims"), ""),
        (sum(e.mended for e in entries), Word("处修复", "repairs"), ""),
    ]
    if lost := sum(e.lost for e in entries):
        figures.append((lost, Word("处缺失", "lost"), "warn"))
    if unread := sum(e.unreadable for e in entries):
        figures.append((unread, Word("个数读不出", "unreadable figures"), "warn"))
    if unreadable:
        figures.append((len(unreadable), Word("份文件读不出", "unreadable inputs"), "warn"))
    items = (f'<li class="{name}"><b>{n:,}</b> {both(word)}</li>' for n, word, name in figures)
    return f'<ul id="totals">{"".join(items)}</ul>\n'


def _index(entries: Sequence[Entry]) -> Iterator[str]:
    yield f'<nav id="index" aria-label="报告 Reports"><h2>{both(Word("报告", "Reports"))}</h2>\n'
    if len(entries) >= _MANY:
        yield (
            '<label><span class="sr">查找报告 Find a report</span><input type="search" id="index-filter" '
            'placeholder="查找 Find…" autocomplete="off" spellcheck="false"></label>\n'
        )
    yield "<ol>\n"
    yield from (_index_item(e) for e in entries)
    yield "</ol></nav>\n"


def _index_item(e: Entry) -> str:
    counts = [
        (e.claims, Word("处数字", "claims"), ""),
        (e.mended, Word("修复", "repairs"), ""),
        (e.lost, Word("缺失", "lost"), "warn"),
        (e.unreadable, Word("个数读不出", "unreadable"), "warn"),
    ]
    told = [
        f'<span class="{c}"><b>{n:,}</b> {both(word)}</span>'
        for n, word, c in counts
        if n or word.en == "claims"
    ]
    published = (
        f'<span class="published">{escape(without_private(e.published))}</span>' if e.published else ""
    )
    return (
        f'<li><a href="#{e.anchor}"><bdi class="name">{escape(e.title)}</bdi>{published}'
        f'<span class="counts">{" ".join(told)}</span></a></li>\n'
    )


def _bar() -> str:
    return (
        '<div id="bar" class="needs-script" role="toolbar" aria-label="数字 Claims">'
        f'<button type="button" class="open-index">{both(Word("报告", "Reports"))}</button>'
        '<button type="button" class="step" data-step="-1" aria-label="上一处数字 Previous claim">‹</button>'
        '<button type="button" class="open-claims" aria-expanded="false">'
        f"{both(Word('数字', 'Claims'))} <output>0</output></button>"
        '<button type="button" class="step" data-step="1" aria-label="下一处数字 Next claim">›</button></div>\n'
    )
