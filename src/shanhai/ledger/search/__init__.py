"""Search in reports: pairs of characters, on SQLite and PostgreSQL alike.

Chinese words are short and stand without spaces, so the words of the index are the pairs of neighbours (昌都市 is 昌都, 都市,
市); Latin words and numbers are whole. The index knows nothing of locales or languages: words are handed to the database
ready-made.
"""

from django.db import connection

from shanhai.ledger.models import Report as ReportRow
from shanhai.ledger.search import postgresql, sqlite
from shanhai.ledger.search.words import in_simplified, phrases_of, words_of
from shanhai.model import CONTENT, Report

__all__ = ["MOST", "found", "index_report", "phrases_of"]

MOST = 2_000
"""So many reports a search gives at most; a query that finds more is too wide to be read."""


def index_report(row: ReportRow, report: Report) -> None:
    """Index a report anew: its name, title, publisher and the passages that speak for it."""
    passages = [report.text[p.start : p.end] for p in report.passages if p.role in CONTENT]
    head = "\n".join((row.doc, row.title, row.publisher))
    _index().put(row.pk, words_of("\n".join([in_simplified(head), *passages])))


def found(query: str, most: int = MOST) -> list[int] | None:
    """The ids of the reports that hold all words of a query, the last received first; None for a query without words.

    It does not ask who may see them: the caller narrows them through ``access.reports``.
    """
    phrases = phrases_of(query)
    return _index().find(phrases, most) if phrases else None


def _index() -> sqlite.Index | postgresql.Index:
    return postgresql.Index() if connection.vendor == "postgresql" else sqlite.Index()
