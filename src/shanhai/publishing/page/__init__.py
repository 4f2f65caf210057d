"""The results page: one self-contained HTML file that shows reports with their claims, without any network."""

from collections.abc import Iterable, Iterator, Sequence

from shanhai.model import Claim, Report, UnreadableInput
from shanhai.publishing.page.escaping import anchor
from shanhai.publishing.page.frame import closing, head, opening
from shanhai.publishing.page.report_section import Entry, entry, report_section

__all__ = ["write_page"]


def write_page(
    read: Iterable[tuple[Report, Sequence[Claim]]],
    *,
    unreadable: Sequence[UnreadableInput] = (),
    generated: str = "",
) -> Iterator[str]:
    """Write the page chunk by chunk; no more than one report is held at a time.

    Args:
        read: each report with its claims, in the order in which they are to be listed.
        unreadable: the inputs that could not be read; looked at last, so it may grow while ``read`` is consumed.
        generated: when and by what the page was made, shown at its foot; the page itself looks at no clock.

    Yields:
        The text of the page, to be encoded as UTF-8.
    """
    yield head()
    yield opening()
    entries: list[Entry] = []
    taken: set[str] = set()
    for report, claims in read:
        about = entry(anchor(report.doc, taken), report, claims)
        yield from report_section(about, report, claims, first=not entries)
        entries.append(about)
    yield from closing(entries, unreadable, generated)
