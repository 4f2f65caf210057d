"""What a matter is about, as an address."""

from shanhai.programme.kinds import KINDS
from shanhai.web import links


def address_of(pairing: str, about: str) -> str:
    """Where what a matter is about can be looked at; "" where it names no page."""
    kind, _, key = about.partition(":")
    if kind == "findings":
        return links.findings_path(pairing=pairing)
    if kind == "finding" and key:
        return links.finding_path(key)
    if kind == "source" and key:
        return links.room_path(key.partition("@")[0])
    if kind in KINDS and key and kind != "money":
        return links.record_path(pairing, kind, key)
    return ""
