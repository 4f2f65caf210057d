"""One finding where copies of one release say the same: it cites them all."""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from shanhai.model import Finding
from shanhai.reasoning.case import Case

Key = tuple[str, str, str, tuple[str, ...], int]


def told_once(findings: Iterable[Finding], case: Case) -> Iterator[Finding]:
    """Findings about one report each, those of copies put together with the first that says the same.

    So a number that copies repeat is one finding and not many, and each copy still shows it.
    """
    merged: dict[Key, Finding] = {}
    seen: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    for finding in findings:
        doc = finding.claims[0].doc
        quotes = tuple("".join(c.quote.split()) for c in finding.claims)
        # A report may tell the same twice: its second is put together with the second of its copies.
        number = seen[doc, finding.message.zh, quotes]
        seen[doc, finding.message.zh, quotes] += 1
        key = (case.original.get(doc, doc), finding.code.value, finding.message.zh, quotes, number)
        first = merged.get(key)
        merged[key] = (
            finding
            if first is None
            else msgspec.structs.replace(first, claims=(*first.claims, *finding.claims))
        )
    yield from merged.values()
