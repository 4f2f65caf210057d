"""The draft's text with each number marked by its verdict, and the notes beside it."""

from collections.abc import Iterator

from shanhai.model import Verdict
from shanhai.publishing.checked_page.facts import fact_numbers
from shanhai.publishing.checked_page.notes import Notes
from shanhai.publishing.checked_page.sources import Sources
from shanhai.publishing.checked_page.summary import counted
from shanhai.publishing.checked_page.verdicts import FACES, css_class
from shanhai.publishing.page.displayed import display
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.excerpts import cut
from shanhai.publishing.page.passages import Passages
from shanhai.publishing.page.words import Word, both, said
from shanhai.reasoning.checked import Checked, Judged

_LONG = 400
"""Passages or numbers beyond which a browser is told to lay out only what is in sight."""

_TITLE = Word("文稿与批注", "The draft with its notes")
_FILTER = Word("按结果筛选", "Filter by verdict")
_PREVIOUS, _NEXT = Word("上一处", "Previous"), Word("下一处", "Next")
_NO_TEXT = Word(
    "文稿的文字不在手，下面只有数字。", "The draft's text is not at hand; below are its numbers only."
)


def draft_text(checked: Checked, sources: Sources) -> Iterator[str]:
    """The section of the draft: what filters it, its text, and the notes."""
    judged = sorted(checked.judged, key=lambda j: (j.claim.start, j.claim.end))
    notes = Notes(judged, sources, fact_numbers(checked))
    report = checked.draft.report
    size = max(len(judged), len(report.passages) if report else 0)
    yield (
        f'<section class="draft{" long" if size > _LONG else ""}" id="draft" aria-labelledby="draft-title">\n'
        f'<h2 id="draft-title" tabindex="-1">{both(_TITLE)}</h2>\n'
    )
    yield _tools(judged)
    yield '<article class="text" lang="zh-Hans">\n'
    if report is None:
        yield f'<p class="empty">{both(_NO_TEXT)}</p>\n<div class="part">\n'
        for number, one in enumerate(judged, 1):
            yield f'<p class="body">{_mark(one, number, escape(cut(one.claim.quote)), True)}</p>\n'
            yield notes.beside([number])
        yield "</div>\n"
    else:
        shown = display("draft", report, [j.claim for j in judged])
        passages = Passages(shown, lambda n, text, first: _mark(judged[n - 1], n, text, first), notes.beside)
        yield from passages.chunks(with_title=True)
    yield "</article>\n</section>\n"


def _mark(judged: Judged, number: int, text: str, first: bool) -> str:
    face = FACES[judged.verdict]
    classes = f"c {css_class(judged.verdict)}{' noted' if face.noted else ''}"
    if not first:
        return f'<mark class="{classes}" data-of="{number}">{text}</mark>'
    label = escape(f"{cut(judged.claim.quote)}，{said(face.word)}")
    return (
        f'<mark class="{classes}"><a id="text-{number}" href="#note-{number}" data-n="{number}" '
        f'data-seal="{face.seal}" aria-label="{label}">{text}</a></mark>'
    )


def _tools(judged: list[Judged]) -> str:
    """What filters the marks and notes by verdict, and steps through them; stays in sight."""
    if not judged:
        return ""
    counts = counted(judged)
    chips = "".join(_chip(verdict, counts[verdict]) for verdict in Verdict if counts[verdict])
    every = both(Word("展开批注", "Unfold"))
    clear = both(Word("全部显示", "Show all"))
    return (
        f'<div class="tools needs-script" role="toolbar" aria-label="{said(_FILTER)}">'
        f'<div class="chips">{chips}</div>'
        f'<span class="ways"><button type="button" class="clear" hidden>{clear}</button>'
        f'<button type="button" class="unfold" aria-pressed="false">{every}</button>'
        f'<button type="button" class="step" data-step="-1" aria-label="{said(_PREVIOUS)}">‹</button>'
        f'<output class="position"></output>'
        f'<button type="button" class="step" data-step="1" aria-label="{said(_NEXT)}">›</button></span></div>\n'
    )


def _chip(verdict: Verdict, count: int) -> str:
    face = FACES[verdict]
    return (
        f'<button type="button" class="chip {css_class(verdict)}" data-verdict="{verdict.value}" aria-pressed="false">'
        f'<i class="seal" aria-hidden="true">{face.seal}</i>{both(face.word, mark=True)} <output>{count:,}</output></button>'
    )
