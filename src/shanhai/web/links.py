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


def finding_path(key: str) -> str:
    """The page of a finding."""
    return f"/findings/{key}/"


def search_path(words: str) -> str:
    """The search for words."""
    return f"/find/?q={quote(words)}"


def sources_path(**wanted: str | int) -> str:
    """The list of sources, narrowed by the parts of its filter (``queries.sources.SourceFilter``)."""
    return _narrowed("/sources/", wanted)


def facts_path(**wanted: str | int) -> str:
    """The list of facts, narrowed by the parts of its filter (``queries.facts.FactFilter``)."""
    return _narrowed("/facts/", wanted)


def findings_path(**wanted: str | int) -> str:
    """The queue of findings, narrowed by the parts of its filter (``queries.findings.FindingFilter``)."""
    return _narrowed("/findings/", wanted)


def register_path(pairing: str = "", kind: str = "", **wanted: str | int) -> str:
    """The registers, that of a pairing, or its list of a kind, narrowed by the kind's fields."""
    parts = "".join(f"{part}/" for part in (pairing, kind) if part)
    return _narrowed(f"/register/{parts}", wanted)


def record_path(pairing: str, kind: str, key: str) -> str:
    """The page of a record of a pairing's register."""
    return f"/register/{pairing}/{kind}/{quote(key, safe='')}/"


def plan_path(pairing: str, key: str, number: int | None = None) -> str:
    """The versions of a project's plan, or one of them."""
    path = f"{record_path(pairing, 'project', key)}plan/"
    return path if number is None else f"{path}{number}/"


def plans_path(pairing: str = "") -> str:
    """The requests about plans that wait, of one pairing or of all."""
    return f"/register/{pairing or UNFILED}/plans/"


def undo_path(number: int) -> str:
    """The page that tells what undoing an entry of the audit would put back."""
    return f"/register/{UNFILED}/undo/{number}/"


def board_path(pairing: str = "", part: str = "", **wanted: str | int) -> str:
    """The board of a pairing, or a part of it; without a pairing that of the sending office."""
    path = f"/boards/{quote(pairing, safe='')}/" if pairing else "/boards/"
    return _narrowed(f"{path}{part}/" if part else path, wanted)


def new_record_path(pairing: str, kind: str) -> str:
    """The form of a new record of a pairing's register."""
    return f"/register/{pairing}/{kind}/new/"


def brief_path(pairing: str, key: str) -> str:
    """The page of a brief."""
    return f"/briefs/of/{pairing}/{quote(key, safe='')}/"


def _narrowed(path: str, wanted: dict[str, str | int]) -> str:
    return f"{path}?{urlencode(wanted)}" if wanted else path
