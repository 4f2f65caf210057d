"""Names of reports: two inputs of one name are told apart, so that every cited place leads to one text."""

from collections.abc import Sequence

import msgspec

from shanhai.reasoning.evidence import Evidence


def told_apart(given: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The same evidence with names that differ: the second 简报 becomes 简报-2, its claims with it.

    The first of a name keeps it, and no new name is one that another input has.
    """
    taken = {evidence.doc for evidence in given}
    met: set[str] = set()
    following: dict[str, int] = {}
    found = []
    for evidence in given:
        if evidence.doc in met:
            number = following.get(evidence.doc, 2)
            while f"{evidence.doc}-{number}" in taken:
                number += 1
            following[evidence.doc] = number + 1
            evidence = _renamed(evidence, f"{evidence.doc}-{number}")
            taken.add(evidence.doc)
        met.add(evidence.doc)
        found.append(evidence)
    return tuple(found)


def _renamed(evidence: Evidence, doc: str) -> Evidence:
    claims = tuple(msgspec.structs.replace(claim, doc=doc) for claim in evidence.claims)
    return Evidence(doc, claims, evidence.report)
