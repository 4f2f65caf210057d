"""Addresses of what the ledger holds: the one place that spells them, for every page, sheet and file that links.

They are stable: each is made of a key that does not change when the ledger is rebuilt or moved.
"""

from urllib.parse import quote, urlencode

UNFILED = "-"
"""Stands in an address for what is filed under no pairing."""


def source_path(sha256: str) -> str:
    """The page of a source."""
    return f"/sources/{sha256}/"


def room_path(sha256: str, statement: str = "") -> str:
    """A source's report in the reading room; at a statement where its key is given."""
    return f"/room/{sha256}/" + (f"#s-{statement}" if statement else "")


def fact_path(pairing: str | None, key: str) -> str:
    """The page of a fact; ``pairing`` is the pairing's key, None for what is filed under none."""
    return f"/facts/{pairing or UNFILED}/{quote(key, safe='')}/"


def facts_path(*, place: str = "", indicator: str = "") -> str:
    """The list of facts of a place (its code), or of an indicator."""
    asked = {name: value for name, value in (("place", place), ("indicator", indicator)) if value}
    return f"/facts/?{urlencode(asked)}" if asked else "/facts/"


def finding_path(key: str) -> str:
    """The page of a finding."""
    return f"/findings/{key}/"


def search_path(words: str) -> str:
    """The search for words."""
    return f"/find/?q={quote(words)}"
