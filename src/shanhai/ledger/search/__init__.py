"""Search in reports: pairs of characters, on SQLite and PostgreSQL alike.

Chinese words are short and stand without spaces, so the words of the index are the pairs of neighbours (昌都市 is 昌都, 都市,
市); Latin words and numbers are whole. The index knows nothing of locales or languages: words are handed to the database
ready-made.
"""

from typing import TYPE_CHECKING

from django.core.exceptions import EmptyResultSet
from django.db import connection

from shanhai.ledger.models import Report as ReportRow
from shanhai.ledger.search import postgresql, sqlite
from shanhai.ledger.search.words import in_simplified, phrases_of, words_of
from shanhai.model import CONTENT, Report

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["MOST", "found", "index_report", "phrases_of"]

MOST = 2_000
"""So many reports a search gives at most; a query that finds more is too wide to be read."""


def index_report(row: ReportRow, report: Report) -> None:
    """Index a report anew: its name, title, publisher and the passages that speak for it."""
    passages = [report.text[p.start : p.end] for p in report.passages if p.role in CONTENT]
    head = "\n".join((row.doc, row.title, row.publisher))
    _index().put(row.pk, words_of("\n".join([in_simplified(head), *passages])))


def found(query: str, most: int = MOST, *, among: "QuerySet[ReportRow] | None" = None) -> list[int] | None:
    """The ids of the reports that hold all words of a query, the last received first; None for a query without words.

    Args:
        query: the words.
        most: so many are given at most.
        among: the reports in which to search; all where None. Who may see only some is given those of them that come
            last, however many others hold the words. Whoever gives None narrows what is found through ``access.reports``.
    """
    phrases = phrases_of(query)
    if not phrases:
        return None
    if among is None:
        return _index().find(phrases, most)
    try:
        narrowed, given = among.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # no report at all may be seen
        return []
    return _index().find(phrases, most, narrowed, given)


def _index() -> sqlite.Index | postgresql.Index:
    return postgresql.Index() if connection.vendor == "postgresql" else sqlite.Index()
