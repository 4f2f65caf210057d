"""The list of a hand-over, as it is signed: every matter with who takes it, the list's hash, room for both signatures."""

from html import escape

from shanhai.programme.handover.listing import hash_of, matters_of
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Handover, Term
from shanhai.publishing.printed.paper import both, page, signatures, table

_LEDGER = {"source": "来源", "finding": "问题", "findings": "问题清单"}


def handover_page(handover: Handover) -> bytes:
    """The list as HTML; an unsigned one says that it is a draft."""
    sign = hash_of(handover)
    title = f"交接清单 {handover.key} {handover.pairing.name_zh}"
    parts = [
        f"<h1>{both('交接清单', 'Hand-over list')}</h1>",
        f'<p class="middle">{escape(handover.pairing.name_zh)} · {_term(handover.from_term)} → '
        f"{_term(handover.to_term)} · {escape(handover.key)}</p>",
        _state(handover, sign),
        _matters(handover),
        f"<p>{both('清单校验码', 'hash of this list')} <code>{sign}</code></p>",
        signatures(
            [("移交人", "handed over by", handover.given_by), ("接手人", "taken over by", handover.taken_by)]
        ),
    ]
    return page(title, f"{title} · {sign[:16]}", "\n".join(parts))


def _state(handover: Handover, sign: str) -> str:
    if not handover.signed:
        return f'<p class="warn">{both("未签字的草稿，内容还会变。", "A draft: not signed, and it may change.")}</p>'
    if handover.signed != sign:
        return (
            '<p class="warn">'
            + both(
                f"清单与签字时不同：签字时的校验码是{handover.signed}。请查审计记录。",
                f"The list is not as it was signed: its hash was {handover.signed}. See the audit.",
            )
            + "</p>"
        )
    return f'<p class="middle">{both(f"{handover.day}签字", f"signed on {handover.day}")}</p>'


def _matters(handover: Handover) -> str:
    heads = [
        both("序号", "no."),
        both("事项", "matter"),
        both("涉及", "about"),
        both("期限", "due"),
        both("接手人", "successor"),
        both("说明", "note"),
    ]
    rows = [
        [
            escape(m.key),
            escape(m.summary),
            escape(_about(m.about)),
            f'<span class="day">{m.due}</span>' if m.due else "—",
            escape(f"{m.successor.name}（{m.successor.key}）") if m.successor else "—",
            escape(m.note),
        ]
        for m in matters_of(handover)
    ]
    if not rows:
        return f"<p>{both('清单上还没有事项。', 'There is nothing on the list yet.')}</p>"
    return table(heads, rows)


def _about(about: str) -> str:
    """What a matter is about, in words; a source or a finding of the ledger by the beginning of its key."""
    name, _, key = about.partition(":")
    kind = KINDS.get(name)
    zh = kind.zh if kind else _LEDGER.get(name, name)
    return f"{zh} {key if kind else key[:8]}".strip()


def _term(term: Term) -> str:
    phase = f" {term.phase}" if term.phase else ""
    return escape(f"第{term.batch}批{phase}")
