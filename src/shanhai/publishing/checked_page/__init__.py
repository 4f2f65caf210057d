"""The result of the draft checker: one self-contained HTML file that shows a draft with a note beside each number."""

from collections.abc import Callable, Iterator, Sequence

from shanhai.model import Cited, UnreadableInput
from shanhai.publishing.checked_page.draft import draft_text
from shanhai.publishing.checked_page.facts import facts
from shanhai.publishing.checked_page.findings import implied_numbers, other_findings
from shanhai.publishing.checked_page.frame import closing, head, opening
from shanhai.publishing.checked_page.promises import promises
from shanhai.publishing.checked_page.rules import rules
from shanhai.publishing.checked_page.sources import Sources
from shanhai.publishing.checked_page.summary import summary
from shanhai.reasoning.checked import Checked
from shanhai.reasoning.register import Kept

__all__ = ["checked_sections", "write_checked_page"]


def write_checked_page(
    checked: Checked, *, unreadable: Sequence[UnreadableInput] = (), generated: str = ""
) -> Iterator[str]:
    """Write the page chunk by chunk.

    Args:
        checked: the draft, held against itself and its evidence.
        unreadable: the inputs that could not be read.
        generated: when and by what the page was made, shown at its foot; the page itself looks at no clock.

    Yields:
        The text of the page, to be encoded as UTF-8.
    """
    yield head(checked)
    yield from opening(unreadable)
    yield from checked_sections(checked)
    yield from closing(generated)


def checked_sections(
    checked: Checked,
    address: Callable[[Cited], str] | None = None,
    record: Callable[[Kept], str] | None = None,
) -> Iterator[str]:
    """The parts of the page between its frame, for a page that has a frame of its own.

    Args:
        checked: the draft, held against itself and its evidence.
        address: where the sentence of a cited figure of the evidence can be opened, "" where nowhere.
        record: where a record of the register can be opened, "" where nowhere.
    """
    sources = Sources(checked, address, record)
    yield from summary(checked)
    yield from draft_text(checked, sources)
    yield '<div id="after-draft" tabindex="-1"></div>\n'
    yield from rules(checked, sources)
    yield from other_findings(checked, sources)
    yield from facts(checked, sources)
    yield from implied_numbers(checked, sources)
    yield from promises(checked, sources)
