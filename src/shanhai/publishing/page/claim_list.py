"""The list of a report's claims beside its text, with what narrows it down."""

from collections import Counter
from collections.abc import Iterator

from shanhai.catalogue.areas import load_areas
from shanhai.model import Approx, Claim, Kind, Status
from shanhai.publishing.page.displayed import Displayed
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.figures import bounds, quantity
from shanhai.publishing.page.inline import claim_classes
from shanhai.publishing.page.words import (
    APPROX,
    KINDS,
    LOST,
    MINOR,
    STATUS,
    UNKNOWN,
    VAGUE,
    Word,
    area_word,
    both,
    colour,
)

_LONGEST = 120
NO_CLAIMS = Word("这份报告里没有读出数字。", "No claims were found in this report.")


def claim_list(shown: Displayed) -> Iterator[str]:
    """The column beside the text: filters and the list, in text order."""
    total = len(shown.claims)
    yield f'<aside class="claims" aria-label="数字清单 Claims" data-total="{total}">\n<div class="claims-head">\n'
    yield f"<h3>{both(Word('数字', 'Claims'))} <output>{total:,}</output></h3>\n"
    if total:
        yield from _filters(shown)
    yield "</div>\n"
    if total:
        yield '<ol class="list" role="list" tabindex="-1">\n'
        for number in range(1, total + 1):
            yield _item(shown, number)
        yield "</ol>\n"
        none = both(Word("没有符合筛选的数字。", "No claim passes the filters."))
        yield f'<p class="empty none-left" hidden>{none}</p>\n'
    else:
        yield f'<p class="empty">{both(NO_CLAIMS)}</p>\n'
    yield "</aside>\n"


def _item(shown: Displayed, number: int) -> str:
    claim, span = shown.claims[number - 1], shown.spans[number - 1]
    here, there = f"{shown.anchor}/claim-{number}", f"{shown.anchor}/text-{number}"
    quote = shown.text[span.start : span.end] or claim.quote
    quote = quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST]}…"
    value = escape(quantity(claim)) or both(VAGUE)
    interval = bounds(claim.bounds)
    within = (
        f' <span class="bounds">{escape(interval)}</span>'
        if interval and not interval.startswith("=")
        else ""
    )
    parts = [
        f'<span class="no">{number}</span>',
        f'<bdi class="quote">{escape(quote)}</bdi> <span class="value">{value}{within}</span>',
        f'<span class="measure">{escape(claim.measure)}</span>' if claim.measure else "",
        f'<span class="tags">{_tags(claim, shown.lost[number - 1])}</span>',
    ]
    data = f'data-kind="{claim.kind.value}" data-status="{_status(claim)}" data-area="{escape(claim.area or "")}"'
    classes = claim_classes(claim, lost=shown.lost[number - 1])
    return f'<li class="{classes}" {data}><a id="{here}" href="#{there}" data-n="{number}">{"".join(parts)}</a></li>\n'


def _tags(claim: Claim, lost: bool) -> str:
    tags = []
    if claim.area is not None:
        tags.append(f'<b class="swatch">{both(area_word(claim.area))}</b>')
        tags.append(f"<span>{both(KINDS[claim.kind])}</span>")
    else:
        tags.append(f'<b class="swatch">{both(KINDS[claim.kind])}</b>')
    if claim.approx is not Approx.EXACT:
        tags.append(f"<span>{both(APPROX[claim.approx])}</span>")
    if claim.status is not None:
        tags.append(f'<span class="{claim.status.value}">{both(STATUS[claim.status])}</span>')
    tags += [f"<span>{escape(said)}</span>" for said in (claim.period, claim.place) if said]
    if claim.minor:
        tags.append(f"<span>{both(MINOR)}</span>")
    if lost:
        tags.append(f'<span class="warn">{both(LOST)}</span>')
    return " ".join(tags)


def _status(claim: Claim) -> str:
    return claim.status.value if claim.status else ""


def _filters(shown: Displayed) -> Iterator[str]:
    areas = Counter(c.area for c in shown.claims)
    kinds = Counter(c.kind for c in shown.claims)
    status = Counter(c.status for c in shown.claims)
    minor = sum(c.minor for c in shown.claims)
    yield (
        '<div class="filters"><label class="search"><span class="sr">筛选数字 Filter claims</span>'
        '<input type="search" class="filter" placeholder="筛选 Filter: 资金、1000、昌都…" autocomplete="off" '
        'spellcheck="false"></label>\n'
    )
    listed = load_areas()
    known = [
        *(a for a in listed if a in areas),
        *sorted(a for a in areas if a is not None and a not in listed),
    ]
    if known:
        chips = [(a, area_word(a), colour(a, Kind.LEVEL), areas[a]) for a in known]
        chips += [("", UNKNOWN, "", areas[None])] if areas[None] else []
        yield _group("area", "领域 Area", chips)
    yield '<details class="more"><summary>更多筛选 <span class="en" lang="en">More filters</span></summary>\n'
    yield _group(
        "kind", "类型 Kind", [(k.value, KINDS[k], colour(None, k), kinds[k]) for k in Kind if kinds[k]]
    )
    if status:
        states = [(s.value, STATUS[s], "", status[s]) for s in Status if status[s]]
        states += [("", UNKNOWN, "", status[None])] if status[None] else []
        yield _group("status", "状态 Status", states)
    yield "</details>\n"
    if minor:
        label = both(Word("背景数字", "background"))
        yield (
            '<label class="toggle"><input type="checkbox" data-show="minor" checked> '
            f"{label} <output>{minor:,}</output></label>\n"
        )
    yield '<button type="button" class="clear" hidden>清除筛选 <span class="en" lang="en">Clear</span></button></div>\n'


def _group(name: str, label: str, chips: list[tuple[str, Word, str, int]]) -> str:
    buttons = (
        f'<button type="button" class="chip {colours}" data-group="{name}" data-value="{escape(value)}" '
        f'aria-pressed="false">{both(word, mark=True)} <output>{count:,}</output></button>'
        for value, word, colours, count in chips
    )
    return f'<div class="chips" role="group" aria-label="{label}">{"".join(buttons)}</div>\n'
