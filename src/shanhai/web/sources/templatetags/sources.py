"""What other pages show of sources: their address, and whether facts are older than they are."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.catalogue.publishers import load_publishers
from shanhai.ledger.models import Finding, Source
from shanhai.ledger.queries import freshness
from shanhai.ledger.rights import Right
from shanhai.programme.queries import matches
from shanhai.web import links, rebuilding
from shanhai.web.frame.templatetags.frame import both

MEDIA: "dict[str, str | Promise]" = {
    "text/html": gettext_lazy("网页"),
    "text/plain": gettext_lazy("纯文本"),
    "text/markdown": gettext_lazy("Markdown 文本"),
    "text/csv": gettext_lazy("CSV 表格"),
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": gettext_lazy("Word 文档"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": gettext_lazy("Excel 工作簿"),
}
"""What kinds of file are called."""

register = template.Library()


@register.filter
def source_address(source: Source) -> str:
    """The page of a source."""
    return links.source_path(source.sha256)


@register.filter
def room_address(source: Source) -> str:
    """A source's report in the reading room."""
    return links.room_path(source.sha256)


@register.filter
def finding_address(finding: Finding) -> str:
    """The page of a finding."""
    return links.finding_path(finding.key)


@register.filter
def publisher_kind(key: str) -> str:
    """What a kind of publisher is called."""
    kind = load_publishers().get(key)
    return both(kind.name_zh, kind.name_en) if kind else both("发布者不明", "publisher unknown")


@register.filter
def media_words(media_type: str) -> str:
    """A kind of file in words."""
    return str(MEDIA.get(media_type, media_type)) if media_type else _("未能识别")


@register.filter
def bytes_of(size: int) -> str:
    """A size as people read it: 5.2 MB."""
    told, unit = float(size), "B"
    for larger in ("KB", "MB", "GB"):
        if told < 1000:
            break
        told, unit = told / 1000, larger
    return f"{told:.0f} {unit}" if unit == "B" or told >= 100 else f"{told:.1f} {unit}"


@register.filter
def reader_words(stored: str) -> str:
    """Of a stored message in two lines, Chinese and English, the reader's."""
    zh, _, en = stored.partition("\n")
    return both(zh, en or zh)


@register.inclusion_tag("sources/parts/freshness.html", takes_context=True)
def freshness_of_facts(context: template.Context) -> dict[str, Any]:
    """Whether facts are older than the newest sources, how far their rebuilding is, and a button for who may rebuild."""
    return told_freshness(context["request"])


def told_freshness(request: Any) -> dict[str, Any]:
    """What the part ``sources/parts/freshness.html`` shows."""
    actor = request.actor
    state = rebuilding.state()
    late = freshness.behind(actor)
    told = {one.pairing.pk for one in late if one.pairing}
    changed = [pairing for pairing in matches.behind(actor) if pairing.pk not in told]
    return {
        "request": request,
        "behind": late,
        "changed": changed,
        "state": state,
        "goes_on": state is not None and not state.fault,
        "built": None if late or changed else freshness.built_last(actor),
        "may": actor.user_id is not None
        and any(
            actor.may(Right.REBUILD, pairing.pk if pairing else None)
            for pairing in (*(b.pairing for b in late), *changed)
        ),
        "public": settings.SHANHAI_PUBLIC,
    }
