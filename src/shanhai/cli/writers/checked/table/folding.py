"""Lines that fit a terminal: Chinese breaks between any two characters, and no line begins with a closing mark."""

import re

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

_PIECE = re.compile(
    r"\s+|(?:[!-~]+[万亿]?[一-鿿]?|[（“《‘「【〔(\[]*.)[，。、；：！？）”》’」】〕…—%‰％\])]*", re.DOTALL
)
"""What stays in one line: a word in Latin letters or a figure, or one character, with the marks that close it."""


class Folded:
    """Text broken into lines by itself, as Rich takes Chinese without spaces for one long word."""

    def __init__(self, text: Text, indent: int = 0) -> None:
        self.text = text
        self.indent = indent

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, those after the first indented as they are."""
        for told in self.text.split("\n"):
            for at, line in enumerate(folded(told, max(options.max_width - self.indent, 2))):
                line.rstrip()
                yield Text(" " * self.indent if at else "", no_wrap=True, overflow="ignore").append_text(line)


def folded(text: Text, width: int) -> list[Text]:
    """The lines of ``text``, each of at most ``width`` columns; a piece that is longer is cut."""
    breaks: list[int] = []
    used = 0
    for piece in _PIECE.finditer(text.plain):
        columns = cell_len(piece[0])
        if used + columns > width and not piece[0].isspace():
            if used:
                breaks.append(piece.start())
            used = 0
            for at, character in enumerate(piece[0], piece.start()):
                if used + cell_len(character) > width:
                    breaks.append(at)
                    used = 0
                used += cell_len(character)
        else:
            used += columns
    return list(text.divide(breaks))
