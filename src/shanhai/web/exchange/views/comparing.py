"""Two files held against each other: the result line by line, notes, the memo to be printed."""

import tempfile
from typing import Any

import msgspec
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shanhai.ledger import access
from shanhai.ledger.errors import NotPossible, NotThere
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.programme.actions import exchange
from shanhai.programme.exchange.compare import KINDS, Comparison, Row, Total
from shanhai.programme.exchange.differing import OUTCOMES, Outcome
from shanhai.programme.exchange.lines import Line, Side
from shanhai.programme.exchange.notes import LONGEST, Said
from shanhai.programme.exchange.wording import SIDES, part
from shanhai.programme.exchange.wording import told as line_told
from shanhai.programme.queries import exchange as queries
from shanhai.publishing.printed import STYLE_HASH, memo_page, memo_sheet
from shanhai.publishing.sheets import MEDIA_TYPES, Format, write
from shanhai.web.exchange.views.files import signing_key
from shanhai.web.exchange.wording import both
from shanhai.web.frame.refusing import told
from shanhai.web.requests import Request

_SIZE = 50
PRINTED = f"default-src 'none'; style-src '{STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""A printed document is one file with its own style and nothing else."""


class Shown(msgspec.Struct, frozen=True):
    """A row in the reader's language."""

    row: Row
    outcome: str
    kind: str
    sides: tuple[tuple[str, Line | None, str, bool], ...]
    differences: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    own: str


@require_safe
def result(request: Request, pairing: str, sending: str, receiving: str) -> HttpResponse:
    """The rows of a comparison, narrowed by outcome and kind, and the sums."""
    found = access.access_pairing(request.actor, pairing)
    comparison = _comparison(request, found, sending, receiving)
    said = queries.said(found, comparison)
    side = queries.own_side(found)
    outcome, kind = request.GET.get("outcome", ""), request.GET.get("kind", "")
    rows = [r for r in comparison.rows if outcome in ("", r.outcome) and kind in ("", r.kind)]
    page = Paginator(rows, _SIZE).get_page(request.GET.get("page"))
    counted = {o: sum(row.outcome is o for row in comparison.rows) for o in Outcome}
    own = queries.own_notes(found, comparison)
    context: dict[str, Any] = {
        "pairing": found,
        "comparison": comparison,
        "sending": sending,
        "receiving": receiving,
        "page": page,
        "rows": [_shown(row, said, side) for row in page.object_list],
        "outcomes": [(o, both(OUTCOMES[o]), n) for o, n in counted.items()],
        "kinds": [(key, both(words)) for key, words in KINDS.items()],
        "chosen": {"outcome": outcome, "kind": kind},
        "totals": _totals(comparison),
        "own_notes": own,
        "may_note": side is not None and request.actor.may(Right.RECORD, found.pk),
        "longest": LONGEST,
        "here": "files",
    }
    return render(request, "exchange/result.html", context)


@require_POST
def note(request: Request, pairing: str, sending: str, receiving: str) -> HttpResponse:
    """Write what this side says of a row."""
    found = access.access_pairing(request.actor, pairing, Right.RECORD)
    comparison = _comparison(request, found, sending, receiving)
    row = request.POST.get("row", "")
    try:
        exchange.write_note(
            found,
            comparison,
            row,
            request.POST.get("text", "").strip(),
            key=signing_key(),
            actor=request.actor,
            at=timezone.now(),
        )
    except NotPossible as refused:
        messages.error(request, told(refused))
    else:
        messages.success(request, _("已记下说明并签名。谈妥后请把说明文件交给对方。"))
    address = reverse("exchange:result", args=(pairing, sending, receiving))
    kept = request.GET.urlencode()
    return redirect(f"{address}{'?' + kept if kept else ''}#row-{row[:12]}")


@require_safe
def memo(request: Request, pairing: str, sending: str, receiving: str) -> HttpResponse:
    """The memo, to be printed."""
    found = access.access_pairing(request.actor, pairing)
    comparison = _comparison(request, found, sending, receiving)
    response = HttpResponse(memo_page(comparison, queries.said(found, comparison)))
    response["Content-Security-Policy"] = PRINTED
    return response


@require_safe
def sheet(request: Request, pairing: str, sending: str, receiving: str) -> FileResponse:
    """All lines as a sheet."""
    found = access.access_pairing(request.actor, pairing, Right.EXPORT)
    comparison = _comparison(request, found, sending, receiving)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    try:
        write(memo_sheet(comparison, queries.said(found, comparison)), Format.XLSX, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name = f"对账-{found.name_zh}-{comparison.key[:8]}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPES[Format.XLSX])


def _comparison(request: Request, pairing: Pairing, sending: str, receiving: str) -> Comparison:
    ours = queries.access_file(request.actor, pairing, sending)
    theirs = queries.access_file(request.actor, pairing, receiving)
    if not queries.pairs([ours, theirs]) or ours.side != Side.SENDING:
        raise NotThere(
            "这两个文件不能互相对账。请从“两方对账”页重新选择。",
            "These two files cannot be compared. Choose again on the page of exchanges.",
        )
    return queries.comparison_of(ours, theirs)


def _shown(row: Row, said: dict[Side, Said], own: Side | None) -> Shown:
    lines = ((Side.SENDING, row.sending), (Side.RECEIVING, row.receiving))
    differences = [both((d.zh, d.en)) for d in row.differences]
    if row.among:
        differences.append(_("可能对应：%(numbers)s") % {"numbers": "、".join(row.among)})
    notes = {side: s.notes[row.key] for side, s in said.items() if row.key in s.notes}
    return Shown(
        row,
        both(OUTCOMES[row.outcome]),
        both(KINDS[row.kind]),
        tuple(
            (both(SIDES[side]), line, both(line_told(line)) if line else "", side in row.counted)
            for side, line in lines
        ),
        tuple(differences),
        tuple((both(SIDES[side]), notes[side]) for side in Side if side in notes),
        notes.get(own, "") if own else "",
    )


def _totals(comparison: Comparison) -> list[tuple[str, list[tuple[str, Total]]]]:
    """The sums by group, each outcome and then all together."""
    told_of = []
    for whole in comparison.wholes:
        group = (whole.kind, whole.part, whole.currency)
        rows = [
            (both(OUTCOMES[t.outcome]), t)
            for t in comparison.totals
            if t.outcome and (t.kind, t.part, t.currency) == group
        ]
        name = " · ".join(filter(None, (both(KINDS[whole.kind]), both(part(whole)), whole.currency)))
        told_of.append((name, [*rows, (_("合计"), whole)]))
    return told_of
