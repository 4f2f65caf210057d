"""The note beside a number: its verdict, why, the arithmetic, and the sentences for and against it side by side."""

from collections.abc import Iterator, Mapping, Sequence

from shanhai.model import Cited, Code, Finding, Verdict
from shanhai.publishing.checked_page.detail import RULES, worked
from shanhai.publishing.checked_page.register import register_told
from shanhai.publishing.checked_page.rules import meter
from shanhai.publishing.checked_page.sources import Sources
from shanhai.publishing.checked_page.told import Told
from shanhai.publishing.checked_page.verdicts import FACES, css_class, seal
from shanhai.publishing.checked_page.words import message, settling
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.excerpts import cut
from shanhai.publishing.page.figures import bounds, quantity
from shanhai.publishing.page.words import VAGUE, Word, both, said
from shanhai.reasoning.checked import Judged
from shanhai.reasoning.register import CHECK as REGISTER

_FOR = Word("支持", "for")
_AGAINST = Word("相左", "against")
_TOGETHER = Word("一起算的数", "figures in the sum")
_ELSEWHERE = Word("还涉及", "also concerns")
_SHARED = Word("详见此处的批注", "see the note at")
_DRAFT = Word("本稿所说", "the draft says")
_OPENED = 6
"""Drafts with no more notes than this show them all unfolded."""

_FACT = Word("所属事实", "its fact")


class Notes:
    """Writes the notes of a draft's numbers."""

    def __init__(
        self, judged: Sequence[Judged], sources: Sources, facts: Mapping[tuple[int, int], int]
    ) -> None:
        """``facts`` gives the number of the fact that the figure of a place belongs to."""
        self._judged = judged
        self._sources = sources
        self._facts = facts
        self._told = Told(judged)
        self._open = sum(FACES[j.verdict].noted for j in judged) <= _OPENED

    def beside(self, numbers: Sequence[int]) -> str:
        """The notes of the numbers of one passage, in text order."""
        return "".join(self._note(number) for number in numbers)

    def _note(self, number: int) -> str:
        judged = self._judged[number - 1]
        face, claim = FACES[judged.verdict], judged.claim
        when = "noted" if face.noted else "quiet"
        quote, value, interval = cut(claim.quote), quantity(claim), bounds(claim.bounds)
        committed = (
            ""
            if not interval or interval.startswith("=")
            else f' <span class="bounds">{escape(interval)}</span>'
        )
        figures = (claim.quote, *(c.quote for c in (*judged.supporting, *judged.opposing)))
        return (
            f'<section class="note {when} {css_class(judged.verdict)}" id="note-{number}" data-n="{number}" '
            f'aria-label="{escape(quote)}：{said(face.word)}">\n'
            f'<p class="about">{seal(judged.verdict)}<a class="back" href="#text-{number}" data-n="{number}">'
            f"<bdi>{escape(quote)}</bdi></a> <b>{both(face.word)}</b> "
            f'<span class="value">{escape(value) or both(VAGUE)}{committed}</span></p>\n'
            f"{message(judged.why, 'why', figures)}{register_told(judged, self._sources.record)}"
            f"{''.join(self._findings(number, judged))}"
            f"{self._evidence(number, judged)}{self._fact(claim.start, claim.end)}</section>\n"
        )

    def _findings(self, number: int, judged: Judged) -> Iterator[str]:
        for finding in judged.findings:
            first = self._told.elsewhere(finding, number, judged)
            if first is not None:
                quote = escape(cut(self._judged[first - 1].claim.quote))
                link = f'<a class="figure" href="#note-{first}" data-n="{first}"><bdi>{quote}</bdi></a>'
                yield f'<p class="together"><span>{both(_SHARED)}</span> {link}</p>\n'
                continue
            if finding.message != judged.why and finding.detail.get("check") != REGISTER:
                yield message(finding.message, "also", tuple(c.quote for c in finding.claims))
            yield meter(finding) if finding.code in RULES else ""
            yield worked(finding)

    def _evidence(self, number: int, judged: Judged) -> str:
        told = [f for f in judged.findings if self._told.elsewhere(f, number, judged) is None]
        others = _others(judged, told)
        here = [c for c in others if self._sources.number(c) is not None]
        elsewhere = [c for c in others if self._sources.number(c) is None]
        settles = list(dict.fromkeys(f.settles for f in told if f.settles.zh and f.code is not Code.ADDS_UP))
        if not (judged.supporting or judged.opposing or others or settles):
            return ""
        parts = []
        if judged.supporting or judged.opposing:
            summary = (
                f"{both(_FOR)} <b>{len(judged.supporting):,}</b> · "
                f"{both(_AGAINST)} <b>{len(judged.opposing):,}</b>"
            )
            parts.append(f'<div class="sides">{self._sides(judged)}</div>\n')
        else:
            summary = both(Word("详情", "details"))
        if here:
            word = _TOGETHER if judged.verdict is Verdict.DOES_NOT_ADD_UP else _ELSEWHERE
            parts.append(f'<p class="together"><span>{both(word)}</span> {self._sources.links(here)}</p>\n')
        if elsewhere:
            parts.append(self._side(elsewhere, _ELSEWHERE, "with"))
        parts += [settling(said) for said in settles]
        opened = " open" if self._open and FACES[judged.verdict].noted else ""
        return f'<details class="evidence"{opened}><summary>{summary}</summary>\n{"".join(parts)}</details>\n'

    def _sides(self, judged: Judged) -> str:
        """For and against side by side; where nothing is for it, the draft's own sentence stands there."""
        if judged.supporting:
            left = self._side(judged.supporting, _FOR, "for")
        else:
            left = self._side([Cited.of(judged.claim)], _DRAFT, "with")
        return left + (self._side(judged.opposing, _AGAINST, "against") if judged.opposing else "")

    def _side(self, cited: Sequence[Cited], word: Word, side: str) -> str:
        return f'<div class="side {side}"><p class="part-name">{both(word)}</p>{self._sources.list_of(cited, side)}</div>'

    def _fact(self, start: int, end: int) -> str:
        fact = self._facts.get((start, end))
        return (
            ""
            if fact is None
            else f'<p class="its-fact"><a href="#fact-{fact}">{both(_FACT)} {fact}</a></p>\n'
        )


def _others(judged: Judged, findings: Sequence[Finding]) -> list[Cited]:
    """What findings name beside the number itself and the figures for and against it, in their order."""
    known = {Cited.of(judged.claim), *judged.supporting, *judged.opposing}
    return list(dict.fromkeys(c for f in findings for c in f.claims if c not in known))
