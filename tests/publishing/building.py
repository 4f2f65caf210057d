"""Small reports and claims for tests of what is made from them, without reading anything.

A paragraph is written as it stands, but for damage: ``{萬|万}`` is 萬 in the source and 万 when mended, ``{(wàn)|}`` is
removed by mending, and ``{?!}`` is a lost character.
"""

import datetime
import re
from collections.abc import Sequence

import msgspec

from shanhai.model import (
    Approx,
    Bounds,
    Claim,
    Damage,
    DamageKind,
    Kind,
    Number,
    Passage,
    Report,
    Role,
    Source,
    Span,
    TextMap,
    numerals,
)

Paragraph = str | tuple[Role, str] | tuple[Role, str, str]
"""The text, with its role (body when left out) and the reason for it."""

_DAMAGE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}|\{([^{}|]*)!\}")


def report(
    *paragraphs: Paragraph,
    name: str = "brief.txt",
    title: str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    date: datetime.date | None = None,
) -> Report:
    """A report of ``paragraphs``. A table row is a paragraph of role ``TABLE`` with its cells parted by tabs."""
    source, text, removed = "", "", []
    passages: list[Passage] = []
    spans: dict[DamageKind, list[Span]] = {kind: [] for kind in DamageKind}
    for number, paragraph in enumerate(paragraphs):
        role, written, *why = (Role.BODY, paragraph) if isinstance(paragraph, str) else paragraph
        reason = why[0] if why else ""
        if number:
            source, text = source + "\n", text + "\n"
        begin, at = len(text), 0
        for damage in _DAMAGE.finditer(written):
            source, text = source + written[at : damage.start()], text + written[at : damage.start()]
            was, now, lost = damage[1], damage[2], damage[3]
            span = Span(len(source), len(source) + len(was if lost is None else lost))
            spans[_kind(was, now)].append(span)
            if now == "":
                removed.append((span.start, span.end))
            source += was if lost is None else lost
            text += now if lost is None else lost
            at = damage.end()
        source, text = source + written[at:], text + written[at:]
        passages.append(_passage(text, begin, role, reason))
    return Report(
        source=Source(name, "5a" * 32, len(source.encode("utf-8", "replace")), "text/plain", "utf-8"),
        source_text=source,
        text=text,
        map=TextMap.without(len(source), removed),
        passages=tuple(passages),
        sentences=tuple(Span(p.start, p.end) for p in passages),
        damage=tuple(
            Damage(kind, tuple(found), kind is not DamageKind.LOST_CHARACTER)
            for kind, found in spans.items()
            if found
        ),
        title=title,
        publisher=publisher,
        author=author,
        date=date,
    )


def _kind(was: str | None, now: str | None) -> DamageKind:
    if was is None:
        return DamageKind.LOST_CHARACTER
    return DamageKind.TRADITIONAL_SCRIPT if now else DamageKind.PINYIN_GLOSS


def _passage(text: str, begin: int, role: Role, reason: str) -> Passage:
    if role is not Role.TABLE:
        return Passage(begin, len(text), role, reason)
    cells, at = [], begin
    for cell in text[begin:].split("\t"):
        cells.append(Span(at, at + len(cell)))
        at += len(cell) + 1
    return Passage(begin, len(text), role, reason, tuple(cells), 0)


def claim(of: Report, quote: str, value: Number | None, *, nth: int = 1, **more: object) -> Claim:
    """The claim that the ``nth`` occurrence of ``quote`` in the source text states; exact unless ``more`` says else."""
    start = -1
    for _ in range(nth):
        start = of.source_text.index(quote, start + 1)
    mended = of.map.to_mended_span(start, start + len(quote))
    around = next((s for s in of.sentences if s.start <= mended.start <= s.end), Span(0, len(of.text)))
    basic = Claim(
        doc=of.doc,
        start=start,
        end=start + len(quote),
        quote=quote,
        value=value,
        unit="",
        approx=Approx.EXACT,
        kind=Kind.LEVEL,
        bounds=Bounds(value, value),
        sentence=of.map.to_source_span(around.start, around.end),
        digits=numerals(quote),
    )
    return msgspec.structs.replace(basic, **more)


def briefs(count: int) -> list[tuple[Report, Sequence[Claim]]]:
    """``count`` short reports of two claims each."""
    found: list[tuple[Report, Sequence[Claim]]] = []
    for i in range(count):
        one = report(
            f"第一段：引进企业{i + 10}家。",
            "第二段：培训32人。",
            name=f"brief-{i}.txt",
            title=f"简报之{i + 1}",
        )
        company = claim(one, f"{i + 10}家", i + 10, unit="家", area="industry")
        found.append((one, [company, claim(one, "32人", 32, unit="人", area="training")]))
    return found
