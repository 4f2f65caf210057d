"""What kind of source a report is: audit, official record, scholarship, press or self-report."""

from shanhai.catalogue.publishers import UNKNOWN, load_publishers
from shanhai.reasoning.evidence import Evidence


def kind_of_source(evidence: Evidence) -> str:
    """The kind by the publisher's name, or by the title where that says nothing; ``unknown`` where neither does."""
    title = (evidence.report.title if evidence.report else None) or ""
    return kind_of(evidence.publisher or "", title)


def kind_of(publisher: str, title: str = "") -> str:
    """The kind of a source by its publisher and title.

    >>> kind_of("某省日报"), kind_of("", "2014年度跟踪审计结果公告"), kind_of("")
    ('press', 'audit', 'unknown')
    """
    kinds = load_publishers()
    publisher, title = "".join(publisher.split()), "".join(title.split())
    for key, kind in kinds.items():
        if kind.title_decides and any(w in title for w in kind.title):
            return key
    for key, kind in kinds.items():
        if any(w in publisher for w in kind.publisher):
            return key
    for key, kind in kinds.items():
        if any(w in title for w in kind.title):
            return key
    return UNKNOWN
