"""Promises: what the draft tells as yet to come, when it is due, and what later reports say of it."""

from collections.abc import Iterator, Sequence

from shanhai.model import Promise
from shanhai.publishing.checked_page.sources import Sources
from shanhai.publishing.checked_page.words import STATES, plain
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.words import Word, both
from shanhai.reasoning.checked import Checked

_MOST = 200
_TITLE = Word("承诺", "Promises")
_WHY = Word("说将要做到、还没有做到的。", "What is told as yet to come.")
_NO_DATE = Word("未给日期", "no date given")
_OTHERS = Word("证据中的承诺", "promises of the evidence")


def promises(checked: Checked, sources: Sources) -> Iterator[str]:
    """The section of promises: the draft's own, and folded those of the evidence."""
    doc = checked.draft.doc
    own = [p for p in checked.reasoned.promises if p.cited.doc == doc]
    others = [p for p in checked.reasoned.promises if p.cited.doc != doc]
    if not own and not others:
        return
    yield (
        f'<section class="below" id="promises" aria-labelledby="promises-title"><h2 id="promises-title">{both(_TITLE)} '
        f'<output>{len(own):,}</output></h2>\n<p class="about-section">{both(_WHY)}</p>\n'
    )
    if own:
        yield from _list(own, sources)
    else:
        yield f'<p class="empty">{both(Word("文稿里没有承诺。", "The draft promises nothing."))}</p>\n'
    if others:
        yield f'<details class="evidence others"><summary>{both(_OTHERS)} <b>{len(others):,}</b></summary>\n'
        yield from _list(others[:_MOST], sources)
        if (more := len(others) - _MOST) > 0:
            yield f'<p class="rest">{both(Word(f"还有 {more:,} 条", f"and {more:,} more"))}</p>\n'
        yield "</details>\n"
    yield "</section>\n"


def _list(found: Sequence[Promise], sources: Sources) -> Iterator[str]:
    yield '<ul class="promises">\n'
    for promise in found:
        due = (
            f"<time>{escape(promise.due)}</time>"
            if promise.due
            else f'<span class="no-date">{both(_NO_DATE)}</span>'
        )
        yield (
            f'<li class="promise p-{promise.state.value}"><p class="due">{due}</p><div>'
            f'<p class="what">{plain(promise.what, [promise.cited.quote])}</p>'
            f'<p class="state"><b>{both(STATES[promise.state])}</b> {sources.links([promise.cited])}</p>'
        )
        if promise.answers:
            yield f'<div class="answers"><p class="part-name">{both(Word("后来的报告", "later reports"))}</p>'
            yield f"{sources.list_of(promise.answers, 'with')}</div>"
        yield "</div></li>\n"
    yield "</ul>\n"
