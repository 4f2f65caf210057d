"""The texts to measure on, the same in every run.

Reports have about one quantity in 80 characters (the seeds: 58 to 108). The texts marked by hand are three times as dense,
so that they test much in little space; ``prose`` thins them to the density of reports with sentences that state no
quantity, which are kept in ``prose.txt``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import cycle
from pathlib import Path

import opencc

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
MARKED = ROOT / "gold" / "open"
EXAMPLES = ROOT / "examples" / "reports"
PER_QUANTITY = 80
"""Characters to one quantity in a report."""
TO_SIMPLIFIED: Callable[[str], str] = opencc.OpenCC("tw2s").convert
TO_TRADITIONAL: Callable[[str], str] = opencc.OpenCC("s2tw").convert


@dataclass(frozen=True)
class Text:
    """One text: the name of its file, and its characters."""

    name: str
    text: str

    @property
    def data(self) -> bytes:
        """As it would be received."""
        return self.text.encode()


@dataclass(frozen=True)
class Corpus:
    """Texts under one name, with where they come from in a few words."""

    name: str
    origin: str
    texts: tuple[Text, ...]

    @property
    def characters(self) -> int:
        """Of all texts."""
        return sum(len(t.text) for t in self.texts)

    def told(self) -> str:
        """Name, origin, size and a hash, so that runs on other texts are not compared."""
        digest = sha256("".join(t.text for t in self.texts).encode()).hexdigest()[:8]
        return f"{self.name}: {self.origin}; {len(self.texts)} texts, {self.characters:,} characters, sha256 {digest}"


def corpora() -> list[Corpus]:
    """All that are here: made prose, the seeds where they lie beside the project, and the dense marked texts."""
    return [c for c in (prose(), seeds(), dense()) if c.texts]


@cache
def prose() -> Corpus:
    """The marked texts thinned to the density of reports; each about as long as a report."""
    sentences = _text(Path(__file__).parent / "prose.txt").text.splitlines()
    texts = tuple(_thinned(path, sentences) for path in _marked())
    return Corpus("prose", f"gold/open thinned to one quantity in {PER_QUANTITY} characters", texts)


@cache
def seeds() -> Corpus:
    """The real reports in ``shared`` beside the project; empty where it is not there."""
    texts = tuple(map(_text, sorted(SEEDS.glob("*.txt"))))
    return Corpus("seeds", "the real reports in shared/seeds beside the project", texts)


@cache
def dense() -> Corpus:
    """The marked texts and the plain examples as they are: one quantity in about 25 characters."""
    texts = tuple(map(_text, [*_marked(), *sorted(EXAMPLES.glob("*.txt"))]))
    return Corpus("dense", "gold/open and the plain examples as they are, far denser than reports", texts)


def longest_under(characters: int) -> Text:
    """The longest text of report density with at most so many characters; a seed where there are seeds."""
    fitting = [t for t in (seeds().texts or prose().texts) if len(t.text) <= characters]
    return max(fitting, key=lambda t: len(t.text))


def traditional(text: str) -> bool:
    """Whether the text is in traditional script, so that what is put beside it must be too, or it is foreign there."""
    return sum(a != b for a, b in zip(text, TO_SIMPLIFIED(text), strict=False)) > len(text) // 10


def _text(path: Path) -> Text:
    return Text(path.name, path.read_text("utf-8"))


def _marked() -> list[Path]:
    return sorted(MARKED.glob("*.txt"))


def _thinned(path: Path, sentences: list[str]) -> Text:
    """The text with paragraphs of ``sentences`` between its own, evenly, up to the wanted length."""
    text = _text(path).text
    wanted = PER_QUANTITY * len(path.with_suffix(".jsonl").read_text("utf-8").splitlines())
    added = cycle(map(TO_TRADITIONAL, sentences) if traditional(text) else sentences)
    lines: list[str] = []
    read = written = 0
    for line in text.splitlines():
        lines.append(line)
        read += len(line) + 1
        written += len(line) + 1
        paragraph = ""
        while written + len(paragraph) + 40 < wanted * read / len(text):
            paragraph += next(added)
        if paragraph:
            lines.append(paragraph)
            written += len(paragraph) + 1
    return Text(path.name, "\n".join(lines) + "\n")
