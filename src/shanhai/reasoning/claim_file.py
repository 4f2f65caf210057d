"""Claim files: the JSON lines of ``shanhai claims --format jsonl`` (docs/contract.md), read back as evidence.

Of the report itself a claim file holds nothing but the quotes: no sentences, no date, no publisher.
"""

from shanhai.claims.contract import VERSION, from_line
from shanhai.model import BrokenInput, Claim, EmptyInput
from shanhai.reasoning.evidence import Evidence

_MOST_TOLD = 3
_REMEDY = "write it anew from the reports: shanhai claims PATH… --format jsonl"


def read_claims(data: bytes, *, name: str) -> tuple[Evidence, ...]:
    """The evidence of a claim file: one entry a report, in the order of their first claims, claims in text order.

    Args:
        data: the file's bytes.
        name: as the user gave it, for messages.

    Raises:
        EmptyInput: when there is no line in it.
        BrokenInput: when any line is wrong; the first few are named, and nothing of the file is used.
    """
    found: dict[str, dict[tuple[int, int], tuple[int, Claim]]] = {}
    faults: list[str] = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            fault = _taken(line, number, found)
            if fault:
                faults.append(f"line {number}: {fault}")
    if faults:
        left = len(faults) - _MOST_TOLD
        more = f" (and {left} line{'s' if left > 1 else ''} more)" if left > 0 else ""
        told = "; ".join(faults[:_MOST_TOLD])
        raise BrokenInput(name, f"no claims of version {VERSION}: {told}{more}", _REMEDY)
    if not found:
        raise EmptyInput(name, "it holds no claims", "name a file with claims, or leave it out")
    return tuple(
        Evidence(doc, tuple(claim for _, claim in sorted(claims.values(), key=_place)))
        for doc, claims in found.items()
    )


def _taken(
    line: bytes, number: int, found: dict[str, dict[tuple[int, int], tuple[int, Claim]]]
) -> str | None:
    """Put the claim of a line among the others; what is wrong with it if it cannot be."""
    try:
        claim = from_line(line)
    except ValueError as e:
        return str(e)
    claims = found.setdefault(claim.doc, {})
    first, _ = claims.setdefault((claim.start, claim.end), (number, claim))
    if first == number:
        return None
    return (
        f"the claim at {claim.start}–{claim.end} of {claim.doc!r} stands in line {first} too; if there are two "
        f"reports of this name, rename one"
    )


def _place(numbered: tuple[int, Claim]) -> tuple[int, int]:
    return numbered[1].start, numbered[1].end
