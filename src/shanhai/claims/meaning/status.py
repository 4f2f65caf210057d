"""Status: done or expected, by words of the future and how far they reach."""

import re
from collections.abc import Sequence

from shanhai.catalogue.status import StatusPatterns
from shanhai.model import Passage, Quantity, Role, Status

_YEAR = re.compile(r"(?:(?<!到)|(?<=[高升长加降少大展]到))((?:19|20)\d\d)年")
_SOON = re.compile(
    "[^，。；、的]{0,8}?(?:将于|将在|将跨|拟|计划于|即将|尚未|有待|待(?=[^，。]{0,6}后))"
    r"|[^，。；、的]{0,4}?[于在](?:年底|月底|(?:1[0-2]|[1-9])月(?:\d{1,2}日|底|[上中下]旬)?)前"
)
_AHEAD = 30
"""How far behind the last figure words are looked at; some are known by what follows them."""
_SENTENCE_STARTS = frozenset("。！？；\n“　 、.：:")
_ENDED = re.compile("[。；;！？]")
_LISTED = re.compile(
    r"(?:第[一二三四五六七八九十]|其[一二三四五六]|[（(]?[一二三四五六七八九十]{1,2}[）)、是要]|\d{1,2}[.、．])"
)
_MUST = re.compile("(?<![需主重必只还想不简摘概纪首紧总])要(?!求|素|点|闻|塞|道|件|害|务|么|是|不是)")


class StatusReader:
    """Reads the status of a report's figures, passage by passage in order.

    Args:
        text: the mended text.
        patterns: the catalogue's words.
        year: in which the report was published; where it does not say, the last year that it names as its own.
    """

    def __init__(self, text: str, patterns: StatusPatterns, year: int | None) -> None:
        self.text = text
        self.patterns = patterns
        self.year = year or max((int(y) for y in _YEAR.findall(text)), default=None)
        self.section = self.document = False

    def heading(self, passage: Passage) -> None:
        """Take note of a heading: one about plans reaches to the next; a title of a plan through the report."""
        if passage.role is Role.TITLE:
            self.document = bool(self.patterns.document.search(self.text, passage.start, passage.end))
        self.section = bool(self.patterns.section.search(self.text, passage.start, passage.end))

    def read(self, passage: Passage, figures: Sequence[Quantity]) -> list[Status]:
        """The status of each figure of one passage."""
        found: list[Status] = []
        cues = self.patterns.cue.finditer(
            self.text, passage.start, min(passage.end, figures[-1].end + _AHEAD)
        )
        cue = next(cues, None)
        standing = self.section or self.document or self._asks(passage, figures)
        paragraph, sentence = standing, False
        before = -1
        for figure in figures:
            while cue and cue.start() < figure.end:
                paragraph, sentence = self._reach(cue, passage, paragraph, sentence)
                if cue["stop"] and self.document:
                    paragraph = True
                cue = next(cues, None)
            if before >= 0 and self.text[before : figure.start] == "的":
                sentence = False
            soon = _SOON.match(self.text, figure.end, min(passage.end, figure.end + 20))
            found.append(Status.EXPECTED if paragraph or sentence or soon else Status.DONE)
            before = figure.end
        return found

    def _asks(self, passage: Passage, figures: Sequence[Quantity]) -> bool:
        """Whether the paragraph opens with what must be done (劳务协作要稳中有进。), before any figure."""
        if not _LISTED.match(self.text, passage.start, passage.end):
            return False
        ended = _ENDED.search(self.text, passage.start, figures[0].start)
        return ended is not None and bool(_MUST.search(self.text, passage.start, ended.start()))

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
            year = int(cue["when"])
            later = self.year is not None and year > self.year
            gone = self.year is not None and year < self.year
            return (paragraph and not gone and (later or self.section or self.document)), sentence or later
        return paragraph, True
