"""The index on PostgreSQL: an array of words under GIN proposes reports, the text itself decides.

Neither knows of locales; trigrams would find nothing Chinese in a database with the locale C.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from shanhai.ledger.search.words import is_character, pairs_of

CREATE = (
    "CREATE TABLE ledger_search (report bigint PRIMARY KEY, words text[] NOT NULL, running text NOT NULL)",
    "CREATE INDEX ledger_search_words ON ledger_search USING gin (words)",
)
DROP = "DROP TABLE ledger_search"


class Index:
    """The table ``ledger_search``; ``running`` holds the words with spaces between them."""

    def put(self, report: int, words: Sequence[str]) -> None:
        """Index a report in the place of what was indexed of it before."""
        distinct = sorted({*words, *(w[0] for w in words if is_character(w[0]))})
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO ledger_search (report, words, running) VALUES (%s, %s, %s) "
                "ON CONFLICT (report) DO UPDATE SET words = excluded.words, running = excluded.running",
                [report, distinct, f" {' '.join(words)} "],
            )

    def find(
        self, phrases: Sequence[str], most: int, narrowed: str = "", given: Sequence[Any] = ()
    ) -> list[int]:
        """The reports that hold all phrases, the last received first; among those that a query narrows them to."""
        words = sorted({word for phrase in phrases for word in pairs_of(phrase)})
        checks: list[str] = [f" AND report IN ({narrowed})"] if narrowed else []
        asked = list(given)
        for phrase in phrases:
            if not is_character(phrase) and len(pairs_of(phrase)) > 1:
                checks.append(" AND strpos(running, %s) > 0")
                asked.append(f" {' '.join(pairs_of(phrase))} ")
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT report FROM ledger_search WHERE words @> %s::text[]{''.join(checks)} "
                "ORDER BY report DESC LIMIT %s",
                [words, *asked, most],
            )
            return [row[0] for row in cursor.fetchall()]
