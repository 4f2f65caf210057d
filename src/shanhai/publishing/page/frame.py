"""The page around the reports: head with its security policy, masthead, list of reports, help, scripts."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files

from shanhai.model import UnreadableInput
from shanhai.model.errors import printable
from shanhai.publishing.page.escaping import escape, json_block
from shanhai.publishing.page.masking import without_private
from shanhai.publishing.page.report_section import Entry
from shanhai.publishing.page.words import ROWS, Word, both

STYLES = ("page.css", "claims.css", "card.css", "print.css")
SCRIPTS = ("page.js", "filters.js", "card.js", "keys.js")
NO_SCRIPT = (
    ".needs-script,.claims .filters,.toggles,#card,#index label{display:none!important}.apart{display:block}"
    ".report{display:grid!important}@media(max-width:1279px){#index{position:static;width:auto;height:auto;"
    "transform:none;visibility:visible}body{display:flex;flex-direction:column}}@media(max-width:819px){"
    ".report{display:block!important}.claims{position:static;height:auto;transform:none;visibility:visible}}"
)
NO_REPORTS = Word("没有读到报告。", "No reports were read.")
_MANY = 8
"""Reports from which on their list can be searched."""

_LOGO = (
    '<svg class="logo" viewBox="0 0 48 40" aria-hidden="true" focusable="false">'
    '<path class="far" d="M18 27 31 8l14 19z"/><path class="near" d="M2 27 16 4l14 23z"/>'
    '<path class="sea" d="M2 31q5.5-4 11 0t11 0 11 0 11 0M7 37q5.5-4 11 0t11 0 11 0"/></svg>'
)
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 40'%3E"
    "%3Cpath fill='%23c08a3e' d='M18 27 31 8l14 19z'/%3E%3Cpath fill='%230f5257' d='M2 27 16 4l14 23z'/%3E"
    "%3Cpath fill='none' stroke='%230f5257' stroke-width='3' d='M2 33q5.5-4 11 0t11 0 11 0 11 0'/%3E%3C/svg%3E"
)
_KEYS = (
    (("j", "k", "↓", "↑"), Word("下一处、上一处数字", "next, previous claim")),
    (("Enter",), Word("在原文与清单之间跳转", "jump between text and list")),
    (("/",), Word("筛选数字", "filter the claims")),
    (("]", "["), Word("下一份、上一份报告", "next, previous report")),
    (("Esc",), Word("关闭", "close")),
    (("?",), Word("打开这份说明", "this help")),
)


def head() -> str:
    """The document's head: no network, no script or style but the page's own."""
    style = embedded(STYLES)
    policy = "; ".join(
        [
            "default-src 'none'",
            f"style-src {digest(style)} {digest(NO_SCRIPT)}",
            f"script-src {digest(embedded(SCRIPTS))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">\n'
        f'<title>山海 Shanhai</title>\n<link rel="icon" href="{_ICON}">\n'
        f"<style>{style}</style>\n<noscript><style>{NO_SCRIPT}</style></noscript>\n</head>\n"
    )


def opening() -> str:
    """The body down to where the reports begin."""
    motto = both(Word("每个数字，都能一步回到原句", "every number, one step from its sentence"))
    skips = "".join(
        f'<a class="skip" href="#{target}">{both(word)}</a>'
        for target, word in (
            ("text", Word("跳到正文", "Skip to text")),
            ("claims", Word("跳到数字清单", "Skip to claims")),
        )
    )
    return (
        f'<body>\n<div class="skips needs-script">{skips}</div>\n<header id="brand">{_LOGO}'
        f'<h1>山海 <span class="en" lang="en">Shanhai</span></h1><p>{motto}</p>'
        '<span class="buttons needs-script">'
        f'<button type="button" class="open-index">{both(Word("报告", "Reports"))}</button>'
        '<button type="button" class="open-help" aria-label="按键说明 Keyboard help">?</button></span></header>\n'
        '<main id="reports" tabindex="-1">\n'
    )


def closing(entries: Sequence[Entry], unreadable: Sequence[UnreadableInput], generated: str) -> Iterator[str]:
    """Everything after the reports. The totals stand at the end, so that reports can be written as they are read."""
    if not entries:
        what = both(Word("没有可以显示的内容，请换一份文件再试。", "Nothing to show; try another file."))
        yield f'<div class="nothing"><h2>{both(NO_REPORTS)}</h2><p>{what}</p></div>\n'
    yield "</main>\n"
    yield _totals(entries, unreadable)
    yield from _unreadable(unreadable)
    if len(entries) > 1:
        yield from _index(entries)
    yield _footer(generated)
    yield _bar()
    yield '<div id="card" role="tooltip" hidden></div>\n<p id="status" class="sr" role="status"></p>\n'
    yield _help()
    words = {"rows": {key: list(word) for key, word in ROWS.items()}}
    yield f'<script type="application/json" id="words">{json_block(words)}</script>\n'
    yield f"<script>{embedded(SCRIPTS)}</script>\n</body>\n</html>\n"


def embedded(names: Sequence[str]) -> str:
    """Package files as one text, as it stands in the page."""
    here = files("shanhai.publishing.page")
    return "".join((here / name).read_text("utf-8").replace("\r\n", "\n") for name in names)


def digest(text: str) -> str:
    """The source expression by which a security policy admits an inline ``text``."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


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


def _unreadable(unreadable: Sequence[UnreadableInput]) -> Iterator[str]:
    if not unreadable:
        return
    title = both(Word("读不出的文件", "Inputs that could not be read"))
    yield f'<details id="unreadable" open><summary>{title} <output>{len(unreadable):,}</output></summary><ul>\n'
    for problem in unreadable:
        yield (
            f"<li><bdi><b>{escape(printable(problem.name))}</b></bdi> "
            f'<span>{escape(problem.reason)}</span> <span class="remedy">{escape(problem.remedy)}</span></li>\n'
        )
    yield "</ul></details>\n"


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


def _footer(generated: str) -> str:
    caveat = both(
        Word(
            "数字均为报告所述，山海不为其背书。",
            "Figures are as the reports state them, attributed and not endorsed.",
        )
    )
    alone = both(Word("本页自成一体，不访问网络。", "This page is one file and never uses the network."))
    made = f"<p>{escape(generated)}</p>" if generated else ""
    return f"<footer><p>{caveat}</p><p>{alone}</p>{made}</footer>\n"


def _bar() -> str:
    return (
        '<div id="bar" class="needs-script" role="toolbar" aria-label="数字 Claims">'
        f'<button type="button" class="open-index">{both(Word("报告", "Reports"))}</button>'
        '<button type="button" class="step" data-step="-1" aria-label="上一处数字 Previous claim">‹</button>'
        '<button type="button" class="open-claims" aria-expanded="false">'
        f"{both(Word('数字', 'Claims'))} <output>0</output></button>"
        '<button type="button" class="step" data-step="1" aria-label="下一处数字 Next claim">›</button></div>\n'
    )


def _help() -> str:
    rows = (
        f"<div><dt>{' '.join(f'<kbd>{key}</kbd>' for key in keys)}</dt><dd>{both(word)}</dd></div>"
        for keys, word in _KEYS
    )
    on = both(Word("启用单键操作", "single-key commands on"))
    return (
        '<dialog id="help" aria-labelledby="help-title"><form method="dialog">'
        f'<h2 id="help-title">{both(Word("按键说明", "Keyboard"))}</h2><dl>{"".join(rows)}</dl>'
        f'<label class="toggle"><input type="checkbox" id="keys-on" checked autocomplete="off"> {on}</label>'
        f"<button>{both(Word('关闭', 'Close'))}</button></form></dialog>\n"
    )
