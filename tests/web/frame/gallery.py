"""Addresses for tests beside the application's own: one page of all components, and views in which things go wrong."""

import datetime
import errno
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from shanhai.ledger import errors
from shanhai.web.urls import handler400, handler403, handler404, handler500
from shanhai.web.urls import urlpatterns as own

__all__ = ["handler400", "handler403", "handler404", "handler500"]

BARS = {
    "xAxis": {"type": "category", "data": ["2021", "2022", "2023"]},
    "yAxis": {"type": "value"},
    "legend": {},
    "tooltip": {"trigger": "axis"},
    "series": [
        {"type": "bar", "name": "产业", "data": [12, 18, 25]},
        {"type": "bar", "name": "教育", "data": [7, 9, 16]},
    ],
}
FLOW = {
    "series": [
        {
            "type": "sankey",
            "data": [{"name": "甲市"}, {"name": "乙县"}, {"name": "丙县"}],
            "links": [
                {"source": "甲市", "target": "乙县", "value": 5},
                {"source": "甲市", "target": "丙县", "value": 3},
            ],
        }
    ],
    "table": {"head": ["派出", "受援", "条"], "rows": [["甲市", "乙县", 5], ["甲市", "丙县", 3]]},
}
PAGE = Path(__file__).with_suffix(".html").read_text("utf-8")


def gallery(request: HttpRequest) -> HttpResponse:
    day = datetime.date(2024, 3, 1)
    rows = [
        {
            "statement": SimpleNamespace(key="k", quote=quote),
            "measure": "到位资金",
            "low": low,
            "high": high,
            "closed": closed,
            "grade": grade,
            "state": state,
            "date": day,
        }
        for quote, low, high, closed, grade, state in (
            ("到位资金1200万元", "1200", "1200", "both", "A", "accepted"),
            ("近200万元", "", "200", "none", "B", "open"),
            ("2.71亿元", "27050", "27150", "low", "C", "replaced"),
            ("超80万元", "80", "", "none", "D", "rejected"),
        )
    ]
    messages.success(request, "已采纳3处数字。")
    context = {
        "rows": rows,
        "page": Paginator(range(400), 20).page(4),
        "bars": BARS,
        "at": datetime.datetime(2024, 3, 1, 1, 30, tzinfo=datetime.UTC),
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


ERRORS: dict[str, BaseException] = {
    "there": errors.NotThere("找不到。", "Nothing here."),
    "allowed": errors.NotAllowed("无权。", "May not."),
    "conflict": errors.Conflict("他人已采纳。", "Someone accepted it.", by="b", decision="accept"),
    "possible": errors.NotPossible("不能合并。", "Cannot be merged."),
    "damaged": errors.LedgerDamaged("账本被改动。", "The ledger was changed."),
    "locked": OperationalError("database is locked"),
    "full": OperationalError("database or disk is full"),
    "disk": OSError(errno.ENOSPC, "No space left on device"),
    "io": OperationalError("disk I/O error"),
    "older": ProgrammingError('relation "ledger_fact" does not exist'),
    "table": OperationalError("no such table: ledger_fact"),
    "ours": ZeroDivisionError("of our own"),
}


def wrong(request: HttpRequest, name: str) -> HttpResponse:
    raise ERRORS[name]


urlpatterns: list[Any] = [
    *own,
    path("gallery", gallery),
    path("flow", lambda request: JsonResponse(FLOW)),
    path("wrong/<name>", wrong),
]
