"""Small reports for tests, read as any other."""

from shanhai import Claim, Report, find_claims, read


def report(*lines: str, date: str = "") -> Report:
    """A report of the given lines; ``date`` is put into its byline."""
    head = ["来源：西藏日报 发布时间：" + date, ""] if date else []
    return read("\n".join([*head, *lines]).encode(), name="report.txt")


def claims(*lines: str, date: str = "") -> dict[str, Claim]:
    """The claims of a report of the given lines, by quote."""
    return {c.quote: c for c in find_claims(report(*lines, date=date))}
