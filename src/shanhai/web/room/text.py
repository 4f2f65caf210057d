"""A report's text as the reading room shows it: every figure marked by its state, in parts that can be drawn anew alone."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shanhai.ledger.actors import Actor
from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import Origin, State, Statement
from shanhai.ledger.models import Report as ReportRow
from shanhai.ledger.packing import report_of
from shanhai.ledger.queries import room
from shanhai.ledger.rights import Right
from shanhai.model import Report
from shanhai.publishing.page.displayed import Displayed, display
from shanhai.publishing.page.passages import Passages
from shanhai.web.room.reasons import reason_of


class OpenReport:
    """A report that lies open before a reader.

    Args:
        row: the report, through its gate.
        actor: who reads.

    Attributes:
        may_review: whether the reader may decide about its figures.
    """

    def __init__(self, row: ReportRow, actor: Actor) -> None:
        self.row = row
        self.actor = actor
        self.sha256 = row.source.sha256
        self.may_review = actor.may(Right.REVIEW, row.source.pairing_id)

    @cached_property
    def report(self) -> Report:
        """What was read."""
        return report_of(self.row)

    @cached_property
    def marked(self) -> list[Statement]:
        """The figures that the text shows, in its order."""
        return room.marked(self.actor, self.row)

    @cached_property
    def displayed(self) -> Displayed:
        """The texts with private numbers masked."""
        return display("text", self.report, [claim_of(s, self.row.doc) for s in self.marked])

    @cached_property
    def _passages(self) -> Passages:
        return Passages(self.displayed, self._mark, placed=True, why=reason_of)

    def parts(self) -> list[SafeString]:
        """All parts of the text, as HTML."""
        return [self.part(i) for i in range(len(self._passages.starts()))]

    def part(self, number: int) -> SafeString:
        """One part of the text, as HTML."""
        return mark_safe(self._passages.part(number))

    def parts_with(self, statements: Iterable[Statement]) -> list[tuple[int, SafeString]]:
        """The parts in which figures lie, each with its number."""
        starts = self._passages.starts()
        reached = {
            n
            for s in statements
            for n in range(max(bisect_right(starts, s.start) - 1, 0), max(bisect_right(starts, s.end - 1), 1))
        }
        return [(n, self.part(n)) for n in sorted(reached) if n < len(starts)]

    def _mark(self, number: int, text: str, first: bool) -> str:
        if not text:  # wholly under another mark
            return ""
        statement = self.marked[number - 1]
        look = look_of(statement)
        classes = " ".join(
            [
                "f",
                look,
                *(["minor"] if statement.minor else []),
                *(["reopened"] if statement.reopened else []),
            ]
        )
        key = statement.key
        if not first:
            return f'<span class="{classes}" data-of="{key}">{text}</span>'
        title = words_of(look, reopened=statement.reopened)
        return f'<a class="{classes}" id="s-{key}" href="?s={key}" data-s="{key}" draggable="false" title="{title}">{text}</a>'


def look_of(statement: Statement) -> str:
    """How a figure is drawn: its state, but ``corrected`` where a reviewer wrote what stands."""
    if statement.state == State.ACCEPTED and statement.origin == Origin.REVIEW:
        return "corrected"
    return statement.state


def words_of(look: str, *, reopened: bool = False) -> str:
    """What a look means."""
    if reopened:
        return _("重新待审：读取有变")
    return {
        "open": _("待审核"),
        "accepted": _("已采纳"),
        "corrected": _("已由审核人写定"),
        "rejected": _("已排除"),
        "replaced": _("已更正"),
        "gone": _("已不再读出"),
    }[look]
