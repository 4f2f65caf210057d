"""The list of sources."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from shanhai.catalogue.publishers import UNKNOWN, load_publishers
from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.queries import source as of_source
from shanhai.ledger.queries import sources as queries
from shanhai.ledger.queries.narrowing import UNFILED
from shanhai.ledger.queries.paging import SIZE
from shanhai.ledger.rights import Right
from shanhai.web.frame.templatetags.frame import both
from shanhai.web.requests import Request

_ALL = ("", _("全部"))
_DAY = {"type": "date"}


class Filters(forms.Form):
    """What narrows the list (``queries.sources.SourceFilter``)."""

    use_required_attribute = False
    words = forms.CharField(label=_("题目、文件名、发布者含"), required=False, max_length=100)
    pairing = forms.ChoiceField(label=_("结对"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            _ALL,
            ("waiting", _("有待审核数字")),
            ("done", _("已审核完")),
            ("refused", pgettext_lazy("file", "未读出")),
        ],
    )
    publisher_kind = forms.ChoiceField(label=_("发布者类别"), required=False)
    collection = forms.ChoiceField(label=_("专题"), required=False)
    publisher = forms.CharField(label=_("发布者"), required=False, max_length=100)
    since = forms.DateField(label=_("报告日期从"), required=False, widget=forms.DateInput(_DAY))
    until = forms.DateField(label=_("到"), required=False, widget=forms.DateInput(_DAY))
    received_since = forms.DateField(label=_("收到日期从"), required=False, widget=forms.DateInput(_DAY))
    received_until = forms.DateField(label=_("到"), required=False, widget=forms.DateInput(_DAY))
    by = forms.CharField(label=_("上传者"), required=False, max_length=150)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(p.key, both(p.name_zh, p.name_en or p.name_zh)) for p in access.pairings(actor)]
        unfiled = [(UNFILED, _("未归入结对"))] if actor.may(Right.READ) else []
        kinds = [(k, both(kind.name_zh, kind.name_en)) for k, kind in load_publishers().items()]
        kinds.append((UNKNOWN, both("不明", "unknown")))
        collections = [(c.key, c.name) for c in access.collections(actor)]
        for name, choices in (
            ("pairing", [*named, *unfiled]),
            ("publisher_kind", kinds),
            ("collection", collections),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [_ALL, *choices]

    @property
    def wanted(self) -> queries.SourceFilter:
        """What is asked for, without what is not understood."""
        self.is_valid()
        return queries.SourceFilter(**{n: v for n, v in self.cleaned_data.items() if v})

    @property
    def further(self) -> bool:
        """Whether one of the less common parts is in use, or wrong."""
        names = ("publisher_kind", "collection", "publisher", "since", "until", "received_since")
        return any(self.data.get(n) for n in (*names, "received_until", "by"))


@require_safe
def index(request: Request) -> HttpResponse:
    """The sources, filtered, in an order, fifty a page."""
    actor = request.actor
    filters = Filters(actor, request.GET)
    order = request.GET.get("order", "")
    order = order if order in queries.ORDERS else queries.ORDERS[0]
    rows = queries.ordered(actor, filters.wanted, order)
    page = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    shown = list(page)
    copies = of_source.copies(actor, [s.report for s in shown if hasattr(s, "report")])
    came = of_source.receipts(shown)
    narrowed = any(request.GET.get(name) for name in filters.fields)
    context = {
        "filters": filters,
        "page": page,
        "rows": [_row(s, came[s.pk], copies) for s in shown],
        "order": order,
        "narrowed": narrowed,
        "may_send": actor.may_somewhere(Right.SEND),
    }
    return render(request, "sources/index.html", context)


def _row(source: Any, came: list[Any], copies: dict[int, Any]) -> dict[str, Any]:
    report = getattr(source, "report", None)
    return {
        "source": source,
        "report": report,
        "first": came[0] if came else None,
        "others": came[1:],
        "copy_of": copies.get(report.pk) if report else None,
    }
