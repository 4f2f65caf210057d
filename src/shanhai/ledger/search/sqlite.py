"""The index on SQLite: FTS5 over words made by ``words``; its own tokenizer only parts them at spaces."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from shanhai.ledger.search.words import is_character, pairs_of

CREATE = (
    "CREATE VIRTUAL TABLE ledger_search USING fts5"
    "(words, tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co M*'\", columnsize=0)"
)
DROP = "DROP TABLE ledger_search"


class Index:
    """The table ``ledger_search``."""

    def put(self, report: int, words: Sequence[str]) -> None:
        """Index a report in the place of what was indexed of it before."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM ledger_search WHERE rowid = %s", [report])
            cursor.execute(
                "INSERT INTO ledger_search (rowid, words) VALUES (%s, %s)", [report, " ".join(words)]
            )

    def find(
        self, phrases: Sequence[str], most: int, narrowed: str = "", given: Sequence[Any] = ()
    ) -> list[int]:
        """The reports that hold all phrases, the last received first; among those that a query narrows them to."""
        asked = " AND ".join(_asked(phrase) for phrase in phrases)
        # The sign keeps SQLite from matching the phrases anew for each report of the list.
        among = f" AND +rowid IN ({narrowed})" if narrowed else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM ledger_search WHERE ledger_search MATCH %s{among} ORDER BY rowid DESC LIMIT %s",
                [asked, *given, most],
            )
            return [row[0] for row in cursor.fetchall()]


def _asked(phrase: str) -> str:
    quoted = '"' + " ".join(pairs_of(phrase)) + '"'
    return f"{quoted} *" if is_character(phrase) else quoted
