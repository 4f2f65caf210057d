"""The top of the page: how many numbers got which verdict, and what to do next."""

from collections import Counter
from collections.abc import Iterator, Sequence

from shanhai.model import Verdict
from shanhai.model.errors import printable
from shanhai.publishing.checked_page.verdicts import FACES, css_class, seal
from shanhai.publishing.checked_page.words import plain
from shanhai.publishing.page.words import Word, both
from shanhai.reasoning.checked import Checked, Judged

_WIDTH = 1000
_CHECKED = Word("文稿核对结果", "Draft checked")
_NO_NUMBERS = Word(
    "文稿里没有读出数字，所以没有可核对的。若文中确有数字，请看是否读对了文件。",
    "No numbers were read in this draft, so there is nothing to check. If it holds numbers, see whether the right file was read.",
)
_NO_EVIDENCE = Word(
    "没有给出证据：只核对了文稿自身是否算得拢。加上以前的报告再核对一次，才知道每个数有没有来源。",
    "No evidence was given: the draft was only held against itself. Check again with earlier reports to learn which numbers are backed.",
)
_FINE = Word("没有需要处理的数字。", "No number needs work.")


def counted(judged: Sequence[Judged]) -> Counter[Verdict]:
    """How many numbers got each verdict."""
    return Counter(j.verdict for j in judged)


def summary(checked: Checked) -> Iterator[str]:
    """The section at the top."""
    counts = counted(checked.judged)
    report = checked.draft.report
    title = (
        plain(report.title)
        if report and report.title
        else f"<bdi>{plain(printable(checked.draft.doc))}</bdi>"
    )
    yield (
        f'<section class="summary" id="summary" aria-labelledby="summary-title">\n<p class="kicker">{both(_CHECKED)}</p>\n'
        f'<h2 id="summary-title" tabindex="-1">{title}</h2>\n<p class="byline">{_byline(checked)}</p>\n'
    )
    if not checked.judged:
        yield f'<p class="empty">{both(_NO_NUMBERS)}</p>\n</section>\n'
        return
    yield f'<p class="outcome">{_outcome(counts)}</p>\n'
    asked = any(j.register for j in checked.judged)
    if set(checked.evidence) <= {checked.draft.doc} and not asked:
        yield f'<p class="no-evidence">{both(_NO_EVIDENCE)}</p>\n'
    yield _strip(counts)
    yield '<ol class="verdicts">\n'
    yield from (_line(verdict, counts[verdict]) for verdict in Verdict if counts[verdict])
    yield "</ol>\n"
    absent = [v for v in Verdict if not counts[v]]
    if absent:
        names = both(Word("、", ", ")).join(both(FACES[v].word) for v in absent)
        yield f'<p class="absent">{both(Word("没有出现：", "none: "))}{names}</p>\n'
    yield "</section>\n"


def _byline(checked: Checked) -> str:
    draft, others = checked.draft, len(set(checked.evidence) - {checked.draft.doc})
    said = [plain(draft.publisher) if draft.publisher else "", draft.date.isoformat() if draft.date else ""]
    said.append(f"<bdi>{plain(printable(draft.report.source.name if draft.report else draft.doc))}</bdi>")
    told = Word(f"对照 {others:,} 份报告", f"held against {others:,} report{'' if others == 1 else 's'}")
    if any(j.register for j in checked.judged):
        told = Word(f"对照台账和 {others:,} 份报告", told.en.replace("against", "against the register and"))
    said.append(both(told))
    return " · ".join(f"<span>{s}</span>" for s in said if s)


def _outcome(counts: Counter[Verdict]) -> str:
    total = sum(counts.values())
    noted = sum(n for v, n in counts.items() if FACES[v].noted)
    unknown = counts[Verdict.NO_SOURCE]
    zh, en = [f"共 {total:,} 个数字"], [f"{total:,} number{'' if total == 1 else 's'}"]
    if noted:
        zh.append(f"{noted:,} 个有批注要看")
        en.append(f"{noted:,} to look at")
    if unknown:
        zh.append(f"{unknown:,} 个没有来源")
        en.append(f"{unknown:,} without a source")
    if not noted and not unknown:
        return both(Word(f"{zh[0]}。{_FINE.zh}", f"{en[0]}. {_FINE.en}"))
    return both(Word(f"{'，'.join(zh)}。", f"{', '.join(en)}."))


def _strip(counts: Counter[Verdict]) -> str:
    """The verdicts as one bar, in the order of the list below it, which says the same in words."""
    total, at, parts = sum(counts.values()), 0.0, []
    for verdict in Verdict:
        width = counts[verdict] / total * _WIDTH
        if width:
            parts.append(
                f'<rect class="c {css_class(verdict)}" x="{at:.2f}" y="0" width="{width:.2f}" height="10"/>'
            )
        at += width
    drawn = "".join(parts)
    return (
        f'<svg class="strip" viewBox="0 0 {_WIDTH} 10" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false">{drawn}</svg>\n'
    )


def _line(verdict: Verdict, count: int) -> str:
    face = FACES[verdict]
    return (
        f'<li class="{css_class(verdict)}">{seal(verdict)}<b class="count">{count:,}</b>'
        f'<span class="name">{both(face.word)}</span><span class="todo">{both(face.todo)}</span></li>\n'
    )
