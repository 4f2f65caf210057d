"""Status: done or expected, by words of the future and how far they reach."""

import re
from collections import Counter
from collections.abc import Sequence

from shanhai.catalogue.status import StatusPatterns
from shanhai.model import Passage, Quantity, Status

_YEAR = re.compile(r"(20\d\d)年")
_SOON = re.compile("[^，。；、的]{0,8}?(?:将于|将在|将跨|拟|即将|尚未|有待|待(?=[^，。]{0,6}后))")
_SENTENCE_STARTS = frozenset("。！？；\n“　 、.：:")


class StatusReader:
    """Reads the status of a report's figures, passage by passage in order.

    Args:
        text: the mended text.
        patterns: the catalogue's words.
        year: in which the report was published; where it does not say, the year that it names most.
    """

    def __init__(self, text: str, patterns: StatusPatterns, year: int | None) -> None:
        self.text = text
        self.patterns = patterns
        named = Counter(_YEAR.findall(text)).most_common(1)
        self.year = year or (int(named[0][0]) if named else None)
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
        before = -1
        for figure in figures:
            while cue and cue.start() < figure.end:
                paragraph, sentence = self._reach(cue, passage, paragraph, sentence)
                cue = next(cues, None)
            if before >= 0 and self.text[before : figure.start] == "的":
                sentence = False
            soon = _SOON.match(self.text, figure.end, min(passage.end, figure.end + 12))
            found.append(Status.EXPECTED if paragraph or sentence or soon else Status.DONE)
            before = figure.end
        return found

    def _reach(
        self, cue: re.Match[str], passage: Passage, paragraph: bool, sentence: bool
    ) -> tuple[bool, bool]:
        """Whether the rest of the paragraph, and of the sentence part, is expected behind ``cue``."""
        if cue["stop"]:
            return paragraph, False
        if cue["done"]:
            return False, False
        if cue["paragraph"]:
            at = cue.start()
            first = at == passage.start or self.text[at - 1] in _SENTENCE_STARTS
            return paragraph or first, True
        if cue["when"]:
            later = self.year is not None and int(cue["when"]) > self.year
            return paragraph and (later or self.section), sentence or later
        return paragraph, True
