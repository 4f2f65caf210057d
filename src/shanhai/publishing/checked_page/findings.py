"""Below the draft: findings that no note tells, and numbers that the texts fix without printing them."""

from collections.abc import Iterator, Sequence

from shanhai.model import Cited, Code, Finding, Message, Severity
from shanhai.publishing.checked_page.detail import RULES, worked
from shanhai.publishing.checked_page.sources import Sources
from shanhai.publishing.checked_page.words import CODES, SEVERITIES, message, settling
from shanhai.publishing.page.words import Word, both
from shanhai.reasoning.checked import Checked

_MOST = 200
"""Findings that one list shows; the rest is counted and stands in the other formats."""

_ELSEWHERE = RULES | {Code.IMPLIED, Code.PROMISE_OPEN, Code.PROMISE_DUE}
"""Findings that have a section of their own."""

_OTHER = Word("其他发现", "Other findings")
_OTHER_WHY = Word(
    "不在文稿某个数字的批注里的发现，多半来自证据之间。",
    "What no note beside the draft tells; most lies between the reports of the evidence.",
)
_IMPLIED = Word("推得的数", "Implied numbers")
_IMPLIED_WHY = Word(
    "文中没有写出、但由写出的数字可以算定的数。",
    "Numbers that the texts do not print, but fix by those that they do.",
)


def other_findings(checked: Checked, sources: Sources) -> Iterator[str]:
    """The findings that neither a note nor another section tells, worst first."""
    told = {_key(f) for judged in checked.judged for f in judged.findings}
    rest = [f for f in checked.reasoned.findings if _key(f) not in told and f.code not in _ELSEWHERE]
    order = list(Severity)
    yield from _section(
        "findings", _OTHER, _OTHER_WHY, sorted(rest, key=lambda f: order.index(f.severity)), sources
    )


def _key(finding: Finding) -> tuple[Code, Message, tuple[Cited, ...]]:
    return finding.code, finding.message, finding.claims


def implied_numbers(checked: Checked, sources: Sources) -> Iterator[str]:
    """The implied numbers with their derivation."""
    found = [f for f in checked.reasoned.findings if f.code is Code.IMPLIED]
    yield from _section("implied", _IMPLIED, _IMPLIED_WHY, found, sources)


def _section(name: str, title: Word, why: Word, found: Sequence[Finding], sources: Sources) -> Iterator[str]:
    if not found:
        return
    yield (
        f'<section class="below" id="{name}" aria-labelledby="{name}-title"><h2 id="{name}-title">{both(title)} '
        f'<output>{len(found):,}</output></h2>\n<p class="about-section">{both(why)}</p>\n<ol class="cards">\n'
    )
    for finding in found[:_MOST]:
        yield _item(finding, sources)
    yield "</ol>\n"
    if len(found) > _MOST:
        rest = len(found) - _MOST
        yield f'<p class="rest">{both(Word(f"还有 {rest:,} 条，见 JSONL 输出。", f"{rest:,} more stand in the JSONL output."))}</p>\n'
    yield "</section>\n"


def _item(finding: Finding, sources: Sources) -> str:
    level = f'<i class="level" aria-hidden="true">{SEVERITIES[finding.severity].zh}</i>'
    return (
        f'<li class="card {finding.severity.value}">\n<h3 class="verdict">{level}{both(CODES[finding.code])} '
        f'<span class="sr">{both(SEVERITIES[finding.severity])}</span></h3>\n'
        f"{message(finding.message, 'why', [c.quote for c in finding.claims])}{worked(finding)}"
        f"{settling(finding.settles)}{sources.folded(finding.claims)}</li>\n"
    )
