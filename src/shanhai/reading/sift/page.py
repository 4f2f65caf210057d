"""The lines of one page as sifting sees them, with the verdicts reached so far."""

import re
from collections.abc import Sequence

from shanhai.catalogue.furniture import Group
from shanhai.model import CONTENT, Role
from shanhai.reading.extracted import BlockKind
from shanhai.reading.sift.lines import Line, Verdict

PROSE = 40
"""Characters from which a line with a full stop, or with an end that leads on, is prose."""
OPEN_ENDS = "；;：:"
TRADITIONAL = 0.08
"""Share of traditional-only characters from which a text is in traditional script; real pages have 0.2 to 0.4."""
ONE_SCRIPT = 0.75
"""Share of a page's characters in one script from which a line in the other stands out."""
UNDECIDED = Verdict(Role.BODY)
BAR = re.compile(r"[|｜]")
FIGURES = re.compile(r"\s*(?::?-{2,}:?|[-+]?\d[\d,.]*\s*[%％]?)\s*")
MARKED = frozenset((BlockKind.ROW, BlockKind.HEADING, BlockKind.CAPTION))
"""What the format itself says is part of the report."""


class Page:
    """One page while it is sifted.

    Attributes:
        text: the mended text.
        lines: as given.
        texts: their characters, stripped.
        prose: whether each is a paragraph of prose.
        marked: whether the format says of each that it is a row, a heading or a caption.
        drawn: the lines of tables that are drawn with bars.
        groups: the group of furniture whose cue each shows, if any.
        verdicts: as far as they are reached; ``UNDECIDED`` elsewhere.
        title: what the page's metadata call it, "" where they do not.
        traditional: whether the source of its prose is in traditional script.
        one_script: whether nearly all of it is in the same script, so that a line in another one stands out.
        closed: the line that ends the article, such as the editor's; the number of lines where none does.
        last_prose: the last line of prose that is not furniture, -1 for none.
    """

    def __init__(self, text: str, lines: Sequence[Line], title: str = "") -> None:
        self.text = text
        self.lines = lines
        self.title = title
        self.texts = [text[line.start : line.end].strip() for line in lines]
        self.prose = [len(line) >= PROSE and ("。" in line or line[-1] in OPEN_ENDS) for line in self.texts]
        self.marked = [line.kind in MARKED for line in lines]
        self.drawn = _drawn(self.texts)
        self.groups: list[Group | None] = [None] * len(lines)
        self.verdicts = [UNDECIDED] * len(lines)
        self.traditional, self.one_script = _script(lines, self.prose)
        self.closed = len(lines)
        self.last_prose = -1

    def give(self, at: int, role: Role, reason: str) -> None:
        """Reach a verdict on line ``at``."""
        self.verdicts[at] = Verdict(role, reason)

    def open(self, at: int) -> bool:
        """Whether line ``at`` has no verdict yet."""
        return self.verdicts[at] is UNDECIDED

    def undecided(self) -> list[int]:
        """The lines that have no verdict yet."""
        return [at for at, verdict in enumerate(self.verdicts) if verdict is UNDECIDED]

    def content(self, at: int) -> bool:
        """Whether line ``at`` speaks for the report, as far as is known."""
        return self.verdicts[at].role in CONTENT


def _script(lines: Sequence[Line], prose: Sequence[bool]) -> tuple[bool, bool]:
    """Whether a page is in traditional script, and whether it is nearly all in one; its prose speaks for it, if any."""
    speaking = [line for line, is_prose in zip(lines, prose, strict=True) if is_prose] or lines
    length = sum(line.end - line.start for line in speaking)
    traditional = sum(line.end - line.start for line in speaking if line.traditional >= TRADITIONAL)
    share = traditional / length if length else 0.0
    return share >= 0.5, max(share, 1 - share) >= ONE_SCRIPT


def _drawn(lines: list[str]) -> frozenset[int]:
    """The lines of tables drawn with bars: neighbours with as many bars, one of them with a cell of figures."""
    runs: list[list[int]] = []
    bars_before = 0
    for at, line in enumerate(lines):
        if "|" in line or "｜" in line:
            bars = line.count("|") + line.count("｜")
            if runs and runs[-1][-1] == at - 1 and bars == bars_before:
                runs[-1].append(at)
            else:
                runs.append([at])
            bars_before = bars
    drawn = [run for run in runs if len(run) > 1 and any(_has_figures(lines[row]) for row in run)]
    return frozenset(row for run in drawn for row in run)


def _has_figures(line: str) -> bool:
    return any(FIGURES.fullmatch(cell) for cell in BAR.split(line.strip("|｜ ")))
