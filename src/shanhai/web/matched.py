"""What the register says to claims, for pages: a record's claims, a claim's records, each a link away."""

import msgspec
from django.utils.translation import gettext as _

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing, Statement
from shanhai.programme.models import RecordMatch
from shanhai.programme.queries.matches import about_record, of_statements
from shanhai.web.frame.templatetags.frame import both
from shanhai.web.links import record_path, room_path

_TONES = {"backed": "good", "differs": "bad", "absent": "soft", "unlike": "wary"}
_MOST = 12
"""So many records are linked beside a claim; the figure tells of how many it is made."""


class AboutRecord(msgspec.Struct, frozen=True):
    """One claim about a record, as ``register/parts/claims.html`` shows it: the sentence's address, what it says, the verdict."""

    href: str
    text: str
    state: str
    why: str
    tone: str


class OfClaim(msgspec.Struct, frozen=True):
    """What the register says to one claim: the verdict, why, its records (address, key, whether it explains the difference)."""

    state: str
    why: str
    tone: str
    records: tuple[tuple[str, str, bool], ...]
    more: int


def verdict_word(verdict: str) -> str:
    """A verdict in the reader's language."""
    return {
        "backed": _("台账相符"),
        "differs": _("与台账不同"),
        "absent": _("台账中没有"),
        "unlike": _("不可相比"),
    }[verdict]


def claims_about(actor: Actor, pairing: Pairing, kind: str, key: str) -> list[AboutRecord]:
    """The claims about a record; of a project, those about its money and work, too, of a target
    those about its results."""
    return [
        AboutRecord(
            room_path(match.statement.report.source.sha256, match.statement.key),
            " ".join(
                part
                for part in (match.statement.period, match.statement.measure, match.statement.quote)
                if part
            ),
            verdict_word(match.verdict),
            _why(match),
            _TONES[match.verdict],
        )
        for match in about_record(actor, pairing, kind, key)
    ]


def said_to(actor: Actor, statement: Statement) -> OfClaim | None:
    """What the register says to a claim; None where it was not asked, or is empty."""
    answer = of_statements(actor, [statement.pk]).get(statement.pk)
    if answer is None:
        return None
    pairing = answer.match.pairing.key
    shown = answer.records[:_MOST]
    records = tuple((record_path(pairing, r.kind, r.key), r.key, r.explains) for r in shown)
    more = answer.match.count - len(shown) if shown else 0
    return OfClaim(
        verdict_word(answer.match.verdict),
        _why(answer.match),
        _TONES[answer.match.verdict],
        records,
        max(more, 0),
    )


def _why(match: RecordMatch) -> str:
    return str(both(match.reason_zh, match.reason_en))
