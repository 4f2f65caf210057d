"""Reports for tests of reasoning: read and their claims found as any other, then held together as one case."""

import datetime

from shanhai import find_claims, read
from shanhai.reasoning.case import Case
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.sources.copies import originals


def told(doc: str, *lines: str, date: str = "") -> Evidence:
    """The evidence of a report of the given lines; ``date`` is put into its byline."""
    head = ["来源：山海日报 发布时间：" + date, ""] if date else []
    report = read("\n".join([*head, *lines]).encode(), name=doc + ".txt")
    return Evidence(doc, tuple(find_claims(report)), report)


def case(*evidence: Evidence, on: datetime.date | None = None) -> Case:
    """All evidence together, copies found."""
    return Case(evidence, originals(evidence), on)
