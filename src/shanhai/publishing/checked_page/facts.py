"""The facts that the draft's numbers belong to: what all reports together support, and how far it can be relied on."""

from collections.abc import Iterator

from shanhai.catalogue.indicators import load_indicators
from shanhai.model import Cited, Fact, Grade
from shanhai.publishing.checked_page.sources import SENTENCES, Sources
from shanhai.publishing.checked_page.words import GRADE_PARTS, message, plain
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.figures import bounds, with_unit
from shanhai.publishing.page.words import KINDS, ROWS, Word, both, part_of_definition
from shanhai.reasoning.checked import Checked

_TITLE = Word("事实", "Facts")
_WHY = Word(
    "文稿中的数字各属于哪件事，各份报告合起来支持到什么程度。评级说的是可靠程度，不是背书。",
    "What the draft's numbers are about, and what all reports together support. A grade tells reliability, no endorsement.",
)
_NO_VALUE = Word("没有一个数能与各处所说都相符", "no value fits all that is told")
_DEFINITION = ("counted", "stage", "form", "scope", "since")


def facts_of_draft(checked: Checked) -> list[Fact]:
    """The facts that hold a number of the draft, in the order given."""
    doc = checked.draft.doc
    return [f for f in checked.reasoned.facts if any(c.doc == doc for c in (*f.supporting, *f.opposing))]


def fact_numbers(checked: Checked) -> dict[tuple[int, int], int]:
    """For each place of the draft the number of its fact in the page, counted from 1."""
    return {
        (c.start, c.end): number
        for number, fact in enumerate(facts_of_draft(checked), 1)
        for c in (*fact.supporting, *fact.opposing)
        if c.doc == checked.draft.doc
    }


def facts(checked: Checked, sources: Sources) -> Iterator[str]:
    """The section of facts; nothing where there are none."""
    found = facts_of_draft(checked)
    if not found:
        return
    yield (
        f'<section class="below" id="facts" aria-labelledby="facts-title"><h2 id="facts-title">{both(_TITLE)} '
        f'<output>{len(found):,}</output></h2>\n<p class="about-section">{both(_WHY)}</p>\n<ol class="facts-list">\n'
    )
    for number, fact in enumerate(found, 1):
        yield _item(number, fact, sources)
    yield "</ol></section>\n"


_RELEASES = Word("转载只算一个来源，最早的是", "copies count as one source, the earliest:")
_NAMED = 5


def _item(number: int, fact: Fact, sources: Sources) -> str:
    told = escape(with_unit(bounds(fact.bounds), fact.unit)) if fact.bounds else ""
    told = told or f'<span class="warn">{both(_NO_VALUE)}</span>'
    counts = [
        (fact.sources, Word("个独立来源", "independent sources")),
        (len(fact.supporting), Word("处支持", "for")),
        (len(fact.opposing), Word("处相左", "against")),
    ]
    counted = " · ".join(f"{n:,} {both(word)}" for n, word in counts)
    copies = len({c.doc for c in fact.supporting}) - fact.sources
    if copies > 0 and fact.releases:
        named = "、".join(fact.releases[:_NAMED])
        counted += f" · {both(_RELEASES)} {escape(named)}"
    return (
        f'<li class="fact" id="fact-{number}"><div class="grade g-{escape(fact.grade.letter)}">'
        f'<b>{escape(fact.grade.letter)}</b><span class="sr">{both(Word("评级", "grade"))}</span> '
        f"<small>{fact.grade.points}/{fact.grade.out_of}</small></div>\n"
        f'<div class="about-fact"><h3>{_subject(fact)}</h3>\n<p class="circumstances">{_circumstances(fact)}</p>\n'
        f'<p class="supported"><b>{told}</b> <span class="soft">{counted}</span></p>\n'
        f'<p class="together">{sources.links((*fact.supporting, *fact.opposing))}</p>\n'
        f"{_grade(fact.grade)}{_sentences(fact, sources)}</div></li>\n"
    )


def _subject(fact: Fact) -> str:
    known = load_indicators().get(fact.indicator) if fact.indicator else None
    if known:
        return both(Word(known.name_zh, known.name_en))
    return plain(fact.measure or fact.indicator or "") or both(Word("所指不明", "subject not told"))


def _circumstances(fact: Fact) -> str:
    parts = [
        plain(x) for x in (fact.measure if fact.indicator else None, fact.place, fact.party, fact.period) if x
    ]
    parts.append(both(KINDS[fact.kind]))
    for key in _DEFINITION:
        if said := part_of_definition(getattr(fact.definition, key)):
            parts.append(f"{both(ROWS[key])}：{both(said)}")
    if fact.definition.cumulative:
        parts.append(both(ROWS["cumulative"]))
    return " · ".join(f"<span>{part}</span>" for part in parts)


def _grade(grade: Grade) -> str:
    if not grade.parts:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{both(GRADE_PARTS.get(p.name, Word(p.name)))}</th>'
        f'<td class="points"><meter min="0" max="{max(p.out_of, 1)}" value="{p.points}" aria-hidden="true"></meter>'
        f" {p.points}/{p.out_of}</td><td>{message(p.why, 'why')}</td></tr>\n"
        for p in grade.parts
    )
    word = Word("评级怎么来的", "how the grade comes about")
    return (
        f'<details class="grading"><summary>{both(word)}</summary><table class="more-detail"><tbody>\n{rows}'
        "</tbody></table></details>\n"
    )


def _sentences(fact: Fact, sources: Sources) -> str:
    def side(cited: tuple[Cited, ...], word: Word, name: str) -> str:
        return (
            f'<div class="side {name}"><p class="part-name">{both(word)}</p>{sources.list_of(cited, name)}</div>'
            if cited
            else ""
        )

    sides = side(fact.supporting, Word("支持", "for"), "for") + side(
        fact.opposing, Word("相左", "against"), "against"
    )
    return f'<details class="evidence"><summary>{both(SENTENCES)}</summary><div class="sides">{sides}</div></details>\n'
