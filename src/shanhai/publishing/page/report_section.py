"""One report in the page: what it is, its text, and the list of its claims beside it."""

from collections.abc import Iterator, Sequence

import msgspec

from shanhai.model import Claim, DamageKind, Report
from shanhai.model.errors import printable
from shanhai.publishing.page.cards import card
from shanhai.publishing.page.claim_list import claim_list
from shanhai.publishing.page.differences import damage_spans, lost_spans
from shanhai.publishing.page.displayed import display
from shanhai.publishing.page.escaping import escape, json_block
from shanhai.publishing.page.masking import without_private
from shanhai.publishing.page.passages import Passages, set_apart
from shanhai.publishing.page.words import DAMAGE, LOST_WHY, Word, both

_LONG = 2_000
"""Passages or claims beyond which a browser is told to lay out only what is in sight."""


class Entry(msgspec.Struct, frozen=True):
    """A report as the list of reports names it."""

    anchor: str
    title: str
    published: str
    claims: int
    mended: int
    lost: int
    unreadable: int


def entry(anchor: str, report: Report, claims: Sequence[Claim]) -> Entry:
    """What the list of reports says of one."""
    return Entry(
        anchor=anchor,
        title=without_private(report.title or printable(report.source.name)),
        published=" · ".join(x for x in (report.publisher, report.date and report.date.isoformat()) if x),
        claims=len(claims),
        mended=sum(len(d.spans) for d in report.damage if d.mended),
        lost=len(lost_spans(report)),
        unreadable=len(damage_spans(report, DamageKind.UNREADABLE_FIGURE)),
    )


def report_section(about: Entry, report: Report, claims: Sequence[Claim], *, first: bool) -> Iterator[str]:
    """One report as a section of the page; only the first is shown before the script runs."""
    shown = display(about.anchor, report, claims)
    passages = Passages(shown)
    long = " long" if max(len(report.passages), len(claims)) > _LONG else ""
    yield (
        f'<section class="report{" current" if first else ""}{long}" id="{about.anchor}" '
        f'aria-labelledby="{about.anchor}/title">\n<div class="reading">\n<header>\n'
        f'<h2 id="{about.anchor}/title" tabindex="-1">{passages.title() or escape(about.title)}</h2>\n'
    )
    yield from _facts(about, report)
    yield from _toggles(about, report)
    yield '</header>\n<article class="text" lang="zh-Hans">\n'
    yield from passages.chunks()
    if not report.text.strip():
        yield f'<p class="empty">{both(Word("这份报告没有文字。", "This report has no text."))}</p>\n'
    yield "</article>\n</div>\n"
    yield from claim_list(shown)
    yield '<script type="application/json" class="cards">['
    for number in range(1, len(shown.claims) + 1):
        yield f"{',' if number > 1 else ''}\n{json_block(card(shown, number))}"
    yield "]</script>\n</section>\n"


def _facts(about: Entry, report: Report) -> Iterator[str]:
    source = report.source
    said = [report.publisher, report.date.isoformat() if report.date else None, report.author]
    known = [f"<span>{escape(without_private(s))}</span>" for s in said if s]
    unknown = both(Word("文中未说发布者与日期", "publisher and date not stated"))
    yield f'<p class="byline">{" · ".join(known) or unknown}</p>\n'
    name = escape(printable(source.name))
    yield (
        f'<details class="facts"><summary><span class="file"><bdi>{name}</bdi></span> '
        f"<code>sha256 {escape(source.sha256[:12])}…</code></summary>\n<dl>\n"
    )
    rows = [
        (Word("文件", "File"), f"<bdi>{name}</bdi>"),
        (Word("校验值", "sha256"), f"<code>{escape(source.sha256)}</code>"),
        (Word("大小", "Size"), f"{source.size:,} 字节 bytes"),
        (Word("格式", "Format"), escape(" · ".join(x for x in (source.media_type, source.encoding) if x))),
        (Word("字数", "Characters"), f"{len(report.source_text):,} → {len(report.text):,}"),
    ]
    yield from (f"<div><dt>{both(word)}</dt><dd>{value}</dd></div>\n" for word, value in rows)
    yield "</dl></details>\n"
    if report.damage:
        yield _damage(report)
    if about.lost:
        yield (
            f'<p class="lost-note"><span class="lost">▢</span> {both(LOST_WHY)} '
            f"<output>{about.lost:,}</output></p>\n"
        )


def _damage(report: Report) -> str:
    items = (
        f'<li class="{"mended" if d.mended else "unmended"}">{both(DAMAGE.get(d.kind, Word(d.kind.value)))} '
        f"<output>{len(d.spans):,}</output></li>"
        for d in report.damage
    )
    label = both(Word("受损与修复", "Damage"))
    return f'<div class="damage"><span class="label">{label}</span><ul>{"".join(items)}</ul></div>\n'


def _toggles(about: Entry, report: Report) -> Iterator[str]:
    yield '<div class="toggles">'
    apart, damaged = set_apart(report), about.mended + about.lost
    yield _toggle("apart", Word("页面杂项与垃圾", "furniture & spam"), apart)
    yield _toggle("damage", Word("修复痕迹", "damage"), damaged)
    yield "</div>\n"


def _toggle(name: str, word: Word, count: int) -> str:
    off = "" if count else " disabled"
    return (
        f'<label class="toggle"><input type="checkbox" data-show="{name}" autocomplete="off"{off}> '
        f"{both(word)} <output>{count:,}</output></label>\n"
    )
