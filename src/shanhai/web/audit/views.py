"""The audit: entries with filters, whether their chain is whole, the whole ledger as an archive."""

import datetime
import shutil
import tempfile
from pathlib import Path

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shanhai.ledger import archive as archives
from shanhai.ledger import audit
from shanhai.ledger.queries.audit import Chain, Wanted, chain, newest
from shanhai.ledger.rights import Right
from shanhai.web.audit.differences import told
from shanhai.web.audit.words import ACTIONS, SUBJECTS
from shanhai.web.requests import Request

_FILTERS = ("by", "action", "kind", "subject", "since", "until")


@require_safe
def index(request: Request) -> HttpResponse:
    """The entries, the last first."""
    return _page(request)


@require_safe
def check_chain(request: Request) -> HttpResponse:
    """The same page, after every entry was looked at."""
    return _page(request, chain(request.actor))


@require_POST
def archive(request: Request) -> FileResponse:
    """The whole ledger as an archive: written beside other temporary files, then sent piece by piece."""
    request.actor.require(Right.WHOLE)
    folder = Path(tempfile.mkdtemp(prefix="shanhai-"))
    try:
        file = folder / "ledger.zip"
        archives.write(file, actor=request.actor)
        stream = file.open("rb")
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # what is open stays readable until it is sent
    day = timezone.localdate().isoformat()
    answer = FileResponse(
        stream, as_attachment=True, filename=f"shanhai-{day}.zip", content_type="application/zip"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(request: Request, found: Chain | None = None) -> HttpResponse:
    chosen = {name: request.GET.get(name, "").strip()[:150].replace("\0", "") for name in _FILTERS}
    faults = {
        name: _("日期应为2024-03-01这样的形式。") for name in ("since", "until") if _is_no_day(chosen[name])
    }
    page = newest(request.actor, _wanted(chosen), request.GET.get("after", ""))
    shown = {
        "rows": [told(entry) for entry in page.rows],
        "after": page.after,
        "beginning": not request.GET.get("after"),
        "chosen": chosen,
        "narrowed": any(chosen.values()),
        "faults": faults,
        "actions": ACTIONS,
        "kinds": SUBJECTS,
        "head": audit.head(),
        "chain": found,
    }
    return render(request, "audit/index.html", shown)


def _wanted(chosen: dict[str, str]) -> Wanted:
    kind = chosen["kind"] if chosen["kind"] in SUBJECTS else ""
    subject = f"{kind}:{chosen['subject']}" if kind else chosen["subject"]
    return Wanted(
        by=chosen["by"],
        action=chosen["action"],
        subject=subject,
        since=_midnight(chosen["since"], 0),
        until=_midnight(chosen["until"], 1),
    )


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _is_no_day(text: str) -> bool:
    return bool(text) and _day(text) is None


def _midnight(text: str, days: int) -> datetime.datetime | None:
    """The beginning of a day, so many days later, where the office is."""
    day = _day(text)
    if day is None or not 1900 <= day.year < 9999:
        return None
    return timezone.make_aware(
        datetime.datetime.combine(day + datetime.timedelta(days=days), datetime.time())
    )
