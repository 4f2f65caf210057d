"""Status: done or expected, by words of the future and how far they reach."""

from collections.abc import Sequence

from shanhai.catalogue.status import StatusPatterns
from shanhai.model import Passage, Quantity, Status


class StatusReader:
    """Reads the status of a report's figures, passage by passage in order.

    Args:
        text: the mended text.
        patterns: the catalogue's words.
        year: in which the report was written; None where it does not say.
    """

    def __init__(self, text: str, patterns: StatusPatterns, year: int | None) -> None:
        self.text = text
        self.patterns = patterns
        self.year = year
        self.section = False

    def heading(self, passage: Passage) -> None:
        """Take note of a heading: one about plans reaches to the next."""
        self.section = bool(self.patterns.section.search(self.text, passage.start, passage.end))

    def read(self, passage: Passage, figures: Sequence[Quantity]) -> list[Status]:
        """The status of each figure of one passage."""
        found: list[Status] = []
        cues = self.patterns.cue.finditer(self.text, passage.start, passage.end)
        cue = next(cues, None)
        paragraph, sentence = self.section, False
        for figure in figures:
            while cue and cue.start() < figure.end:
                kind = cue.lastgroup
                if cue["stop"]:
                    sentence = False
                elif cue["done"]:
                    paragraph = sentence = False
                elif cue["paragraph"]:
                    paragraph = True
                elif cue["when"]:
                    if self.year is not None and int(cue["when"]) > self.year:
                        sentence = True
                    elif self.year is not None and kind:
                        paragraph = paragraph and self.section
                elif cue.start() < figure.start or cue["sentence"]:
                    sentence = True
                cue = next(cues, None)
            found.append(Status.EXPECTED if paragraph or sentence else Status.DONE)
        return found
