"""What reasoning takes: the claims of one report, with the report itself where it is at hand."""

import datetime

import msgspec

from shanhai.model import Claim, Report, Span


class Evidence(msgspec.Struct, frozen=True):
    """The claims of one report.

    Attributes:
        doc: the report's name, as its claims give it.
        claims: in text order.
        report: where it is known; without it only the claims' own quotes can be shown, and nothing can be read
            from the sentences around them.
    """

    doc: str
    claims: tuple[Claim, ...]
    report: Report | None = None

    @property
    def date(self) -> datetime.date | None:
        """When the report was published, as it says."""
        return self.report.date if self.report else None

    @property
    def publisher(self) -> str | None:
        """Who published it, as it says."""
        return self.report.publisher if self.report else None

    def sentence_of(self, claim: Claim) -> str:
        """The sentence around a claim, mended; its quote where the report is not at hand."""
        if self.report is None:
            return claim.quote
        span = self.mended(claim.sentence)
        return self.report.text[span.start : span.end].strip()

    def mended(self, span: Span) -> Span:
        """A stretch of the source text in the mended text. The report must be at hand."""
        assert self.report is not None
        return self.report.map.to_mended_span(span.start, span.end)
